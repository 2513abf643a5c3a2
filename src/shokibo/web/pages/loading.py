"""Templates without the indentation that makes their files readable."""

import re

from django.template import Origin
from django.template.loaders import app_directories

_INDENTATION = re.compile(
    r"(?P<literal><(pre|textarea|script)\b.*?</\2>"
    r"|{% (verbatim|blocktrans(?:late)?)\b.*?{% end\3\b)"
    r"|^[ \t]+",
    re.DOTALL | re.MULTILINE,
)


class Loader(app_directories.Loader):
    """Removes an HTML template's indentation once, before it is compiled and cached.

    Line breaks stay, so words stay apart and errors name their line; preformatted text and messages
    (whose blanks are part of the msgid) are unchanged.
    """

    def get_contents(self, origin: Origin) -> str:
        """Return the template's source; `.txt` is unchanged."""
        source = super().get_contents(origin)
        return _INDENTATION.sub(r"\g<literal>", source) if origin.name.endswith(".html") else source
