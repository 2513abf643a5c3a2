"""What was filed compared with the ledger, as text."""

from typing import TYPE_CHECKING

from shokibo.cli.printing import print_table, show, words
from shokibo.returns import words as of_form
from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from shokibo.returns.filed.against import ComparisonReport

_EQUAL = Text(
    "提出した様式と等しいセル:{equal}。異なるセル:{count}。", "Equal: {equal}. Different: {count}."
)
_HEAD = (
    Text("箇所", "Place"),
    Text("欄", "Cell"),
    Text("提出", "Filed"),
    Text("台帳", "Ledger"),
    Text("理由", "Reason"),
)


def print_comparison(report: "ComparisonReport", language: Language) -> None:
    """Print how many cells are equal, and a line for each different one."""
    show(_EQUAL.say(language, equal=report.equal, count=len(report.differences)))
    if report.differences:
        print_table(
            Text("違い", "Differences").say(language),
            words(language, *_HEAD),
            [
                (one.place, one.label, _shown(one.filed), _shown(one.computed), one.reason)
                for one in report.differences
            ],
            numbers=(2, 3),
        )


def _shown(value: int | str | bool | None) -> object:
    return (of_form.YES if value else of_form.NO) if isinstance(value, bool) else value
