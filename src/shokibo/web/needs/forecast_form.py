"""The form of a forecast: its options, and the rows of its scenarios."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo.documents.forecast.panels import GROUPS
from shokibo.ledger.columns import Column, Kind
from shokibo.need.scenarios import Change, Scenario
from shokibo.texts import Text
from shokibo.web.base.forms import LedgerField, TextField
from shokibo.web.base.language import labels
from shokibo.web.base.words import as_text
from shokibo.web.needs.words import FLOWS, PLACES

SCENARIO_ROWS = 6
"""The rows for changes of all scenarios on a page."""
_DAY = Column(
    "as_of",
    gettext_noop("基準日"),
    Kind.DATE,
    note=Text(
        "この日までに分かっていたことだけを使います。", "Only what was known by then is used."
    ),
    on_blank=Text(
        "空欄は、記録の最後の月の末日です。", "Blank: the last day of the record's last month."
    ),
)
_UNTIL = Column(
    "to_year",
    gettext_noop("どの年度末まで"),
    Kind.FISCAL_YEAR,
    required=True,
    note=Text("先になるほど、幅は広くなります。", "The later, the wider the intervals."),
)
_FROM_MONTH = Column("from_month", gettext_noop("始まる月"), Kind.MONTH)


class ForecastForm(forms.Form):
    """The question of a forecast, without its scenarios."""

    def __init__(self, data: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["as_of"] = LedgerField(_DAY)
        self.fields["to_year"] = LedgerField(_UNTIL)
        self.order_fields(["as_of", "to_year", "paths", "seed"])

    paths = forms.TypedChoiceField(
        label=gettext_lazy("試す経過の数"),
        choices=[(number, f"{number:,}") for number in (1_000, 10_000, 50_000)],
        coerce=int,
        help_text=gettext_lazy("多いほど、幅の端が落ち着きます。ふだんは10,000です。"),
    )
    seed = forms.IntegerField(
        label=gettext_lazy("乱数の種"),
        min_value=0,
        max_value=2**31 - 1,
        help_text=gettext_lazy("同じ種と同じ記録からは、同じ見通しになります。"),
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )


class ScenarioRow(forms.Form):
    """A change of a scenario; rows with the same name are one scenario. Blank rows are ignored."""

    name = TextField(label=gettext_lazy("場合の名前"), max_length=40, required=False)
    flow = forms.ChoiceField(label=gettext_lazy("変わること"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("区分"), required=False)
    to = forms.ChoiceField(label=gettext_lazy("移る先"), required=False)
    factor = forms.DecimalField(
        label=gettext_lazy("倍率"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )
    add = forms.DecimalField(
        label=gettext_lazy("1年に増える人数"),
        required=False,
        min_value=-1000,
        max_value=1000,
        max_digits=7,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )

    def __init__(self, data: Any, number: int, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=f"s{number}", initial=initial)
        self.number = number
        self.fields["from_month"] = LedgerField(_FROM_MONTH, required=False)
        groups = {code: as_text(text) for code, text in GROUPS.items()}
        for name, codes in (("flow", labels(FLOWS)), ("group", groups), ("to", labels(PLACES))):
            self.fields[name].choices = [("", ""), *codes.items()]  # type: ignore[attr-defined]
        self.order_fields(["name", "from_month", "flow", "group", "to", "factor", "add"])

    def clean(self) -> dict[str, Any]:
        """Require the missing parts of a change, if any part is given."""
        given = super().clean() or {}
        if not self.errors and not self.is_given(given):
            return given
        for name in ("name", "from_month", "flow", "group"):
            if name in given and not given[name]:
                self.add_error(name, _("記入してください。"))
        if {"factor", "add"} <= set(given) and given["factor"] is given["add"] is None:
            self.add_error("factor", _("倍率か人数を記入してください。"))
        if given.get("to") and given.get("flow", "moves") != "moves":
            self.add_error("to", _("移る先は「ほかの場に移る」ときだけ選びます。"))
        return given

    @staticmethod
    def is_given(given: Mapping[str, Any]) -> bool:
        """Whether anything is typed in the row."""
        return any(value not in (None, "") for value in given.values())

    @property
    def change(self) -> Change:
        """The change that it describes."""
        given = self.cleaned_data
        factor, add = given["factor"], given["add"]
        return Change(
            flow=given["flow"],
            group=given["group"],
            to=given["to"] or None,
            factor=1.0 if factor is None else float(factor),
            add=float(add or 0),
        )


def scenario_rows(data: Any, stored: tuple[Scenario, ...]) -> list[ScenarioRow]:
    """Make the rows of scenarios from what was sent, otherwise from the last question."""
    before = [*_initial(stored)][:SCENARIO_ROWS]
    before += [{}] * (SCENARIO_ROWS - len(before))
    return [ScenarioRow(data, number, initial) for number, initial in enumerate(before, 1)]


def _initial(stored: tuple[Scenario, ...]) -> Iterator[dict[str, Any]]:
    for scenario in stored:
        for change in scenario.changes:
            yield {
                "name": scenario.name,
                "from_month": scenario.from_month,
                "flow": change.flow,
                "group": change.group,
                "to": change.to or "",
                "factor": f"{change.factor:g}",
                "add": f"{change.add:g}" if change.add else "",
            }


def scenarios_of(rows: list[ScenarioRow]) -> tuple[Scenario, ...] | None:
    """Return the scenarios, grouping rows by name; None if a row has an error."""
    found: dict[str, list[ScenarioRow]] = {}
    for row in rows:
        if row.is_valid() and row.is_given(row.cleaned_data):
            same = found.setdefault(row.cleaned_data["name"], [])
            same.append(row)
            if row.cleaned_data["from_month"] != same[0].cleaned_data["from_month"]:
                row.add_error("from_month", _("同じ名前の場合は、始まる月をそろえてください。"))
    if any(row.errors for row in rows):
        return None
    return tuple(
        Scenario(
            name=name,
            from_month=same[0].cleaned_data["from_month"],
            changes=tuple(row.change for row in same),
        )
        for name, same in found.items()
    )
