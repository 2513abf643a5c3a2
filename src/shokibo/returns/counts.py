"""A form's counts, or those of many added up, as one mapping: each by where it stands."""

from shokibo.answers import plain
from shokibo.returns import words
from shokibo.returns.forms import FormFigures
from shokibo.returns.rollup import RollUp

CountPath = tuple[str, str, str]
"""Table 1: kind, name and part (blank for units); table 2: `backup`, name and a blank."""


def counts_of(form: FormFigures | RollUp) -> dict[CountPath, int]:
    """Return every count of tables 1 and 2, in the order of the form; a sum of none has none."""
    counts: dict[CountPath, int] = {}
    for name in words.COUNTS:
        for kind in words.KINDS:
            if kind in form.units:
                found = getattr(form.units[kind], name)
                parts = {"": found} if isinstance(found, int) else found
                counts |= {(kind, name, part): count for part, count in parts.items()}
    backup = plain(form.backup)
    counts |= {("backup", name, ""): backup[name] for name in words.BACKUP if name in backup}
    return counts
