"""A page's HTML as a browser takes it, whatever lines its template is written in."""

import re

from tests.web.plans import Answer


def markup_of(answer: Answer) -> str:
    """Return a page's HTML without the white space next to its tags, the rest made one blank."""
    return re.sub(r"\s*(<[^>]*?)\s*>\s*", r"\1>", " ".join(answer.content.decode().split()))


def words_of(answer: Answer) -> str:
    """Return the words of a page without its tags, as somebody reads them."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())
