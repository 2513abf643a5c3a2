"""A form's counts as one mapping: each by where it stands."""

from shokibo.returns import words
from shokibo.returns.forms import FormFigures

CountPath = tuple[str, str, str]
"""Table 1: kind, name and part (blank for units); table 2: `backup`, name and a blank."""


def counts_of(form: FormFigures) -> dict[CountPath, int]:
    """Return every count of tables 1 and 2, in the order of the form."""
    counts: dict[CountPath, int] = {}
    for name in words.COUNTS:
        for kind in words.KINDS:
            found = getattr(form.units[kind], name)
            parts = {"": found} if isinstance(found, int) else found
            counts |= {(kind, name, part): count for part, count in parts.items()}
    counts |= {("backup", name, ""): getattr(form.backup, name) for name in words.BACKUP}
    return counts
