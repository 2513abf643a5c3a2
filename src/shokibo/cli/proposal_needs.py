"""The need that a proposal is made for: the ledger's, estimated, or forecast."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shokibo.cli.options import ArgumentError, Common
from shokibo.cli.scenarios import read_scenarios
from shokibo.texts import Text

if TYPE_CHECKING:
    from shokibo.law.parameters import Law
    from shokibo.ledger.model import Ledger
    from shokibo.need.arrays import Ints
    from shokibo.planning.proposal.limits import Limits

Drawn = Mapping[int, "Ints"]
_NO_NEED = Text(
    "必要量「{text}」は使えません。ledger、estimate、forecast、forecast:80(百分位1～99)の"
    "どれかにしてください。",
    "The need “{text}” can't be used: write ledger, estimate, forecast or forecast:80 "
    "(a percentile from 1 to 99).",
)


def needs_of(
    ledger: "Ledger", law: "Law", text: str, drawn: Drawn | None, common: Common
) -> Mapping[int, int] | None:
    """Return the children of three and over by fiscal year; None: the ledger's own."""
    if text == "ledger":
        return None
    if text == "estimate":
        from shokibo.need.estimate import estimate

        return estimate(ledger, law).three_and_over
    from shokibo.need.adopting import at_percentile

    percentile = _percentile(text, common)
    return {year: at_percentile(needs, percentile) for year, needs in (drawn or {}).items()}


def _percentile(text: str, common: Common) -> int:
    name, _, number = text.partition(":")
    if name != "forecast" or not (number or "50").isdecimal() or not 1 <= int(number or 50) <= 99:
        raise ArgumentError(_NO_NEED.say(common.lang, text=text))
    return int(number or 50)


def drawn_need(ledger: "Ledger", limits: "Limits", text: str, common: Common) -> Drawn | None:
    """Return the need by fiscal year in each path of the forecast; None if not requested."""
    if text in ("ledger", "estimate"):
        return None
    _percentile(text, common)
    from shokibo.need.forecast import as_of_default, draw

    drawn = draw(ledger, as_of_default(ledger), _last_year(ledger, limits))
    return {year: groups["three_and_over"] for year, groups in drawn.counts.items()}


def scenario_needs(
    ledger: "Ledger", limits: "Limits", files: Sequence[Path], common: Common
) -> Mapping[str, Mapping[int, int]]:
    """Return the expected need in each scenario of the forecast, by the scenario's name."""
    scenarios = read_scenarios(files, common.lang)
    if not scenarios:
        return {}
    from shokibo.need.forecast import as_of_default
    from shokibo.need.outlook import outlook

    made = outlook(ledger["episodes"], as_of_default(ledger), _last_year(ledger, limits))
    return {one.name: made.changed(one).expected_need for one in scenarios}


def _last_year(ledger: "Ledger", limits: "Limits") -> int:
    return limits.to_year or int(ledger["plan"]["to_year"][0])
