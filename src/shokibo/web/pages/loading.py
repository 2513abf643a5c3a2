"""Templates as they are sent: the indentation that makes them readable stays in the file."""

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
    """Takes the indentation from an HTML template once, before it is compiled and cached.

    Lines stay lines, so words stay apart and errors name their line; text in which blanks count
    stays as it is, and so does a message, whose blanks are part of its msgid.
    """

    def get_contents(self, origin: Origin) -> str:
        """Return the template's source; `.txt` is as it is written."""
        source = super().get_contents(origin)
        return _INDENTATION.sub(r"\g<literal>", source) if origin.name.endswith(".html") else source
