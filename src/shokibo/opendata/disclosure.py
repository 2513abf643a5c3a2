"""The rows of a table of children that stay blank, so that no small count can be inferred.

The rule, which may be public:

1. A row is blank if one of its counts, or the difference of two, is from 1 to below the threshold.
   Zero counts nobody.
2. The row of the whole is blank if a row of its parts is, or if its parts leave so few.

No row except the whole is blank because of another. So nothing published depends on what a blank
row holds beyond its being a small count: any other small count would have led to the same
publication. That holds for one edition or any number of them, and for a reader who knows every
other row. Of a lower and a higher threshold, the lower one reveals everything.
"""

from collections.abc import Mapping
from typing import NamedTuple

from shokibo.texts import Text

LEAST_THRESHOLD = 3
"""Below 2 nothing would be blank, and with 2 a blank count could only be 1."""
RULE = Text(
    "児童の数、又は二つの数の差が1人以上{threshold}人未満の行は、行ごと秘匿しています(ファイルでは空欄)。"
    "内訳の行が一つでも秘匿のとき、又は合計から内訳を引いた残りが少ないときは、合計の行も秘匿します。",
    "A row is hidden (blank in the files) where a count of children, or the difference of two, is "
    "from 1 to below {threshold}. The row of the total is hidden too where a row of its parts is, "
    "or where they leave so few of it.",
)


class Counts(NamedTuple):
    """The children of a row and, if known, how many of them need individual care."""

    children: int
    care: int | None = None


def is_small(count: int, threshold: int) -> bool:
    """Return whether a count is below the threshold; zero is not."""
    return 0 < count < threshold


def hidden(rows: Mapping[str, Counts], whole: str, threshold: int) -> frozenset[str]:
    """Return the rows that stay blank; all rows except the whole are its parts.

    Raises ValueError for a threshold so low that a blank count could be inferred.
    """
    if threshold < LEAST_THRESHOLD:
        raise ValueError(threshold)
    parts = {name: counts for name, counts in rows.items() if name != whole}
    blank = {name for name, counts in parts.items() if _shows_few(counts, threshold)}
    if total := rows.get(whole):
        # what a reader has left of the whole by taking away the parts; care can be taken away
        # only with the parts that state it
        left = [total, Counts(total.children - sum(part.children for part in parts.values()))]
        if total.care is not None:
            known = [(part.children, part.care) for part in parts.values() if part.care is not None]
            children, care = (sum(part[at] for part in known) for at in (0, 1))
            left.append(Counts(total.children - children, total.care - care))
        if blank or any(_shows_few(counts, threshold) for counts in left):
            blank.add(whole)
    return frozenset(blank)


def _shows_few(counts: Counts, threshold: int) -> bool:
    figures = [counts.children]
    if counts.care is not None:
        figures += [counts.care, counts.children - counts.care]
    return any(is_small(figure, threshold) for figure in figures)
