"""The form of a proposal: every limit and option, with what it means and its default."""

from collections.abc import Mapping
from typing import Any, get_args

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.planning.proposal.comparing import Comparable
from shokibo.planning.proposal.limits import Limits, Pin
from shokibo.texts import Text
from shokibo.web.base.forms import LedgerField
from shokibo.web.base.language import labels
from shokibo.web.needs.asked import PERCENTILES

_LIMITS = (
    Column(
        "from_year",
        gettext_noop("最初の年度"),
        Kind.FISCAL_YEAR,
        on_blank=Text(
            "空欄は、計画の基準日の次の年度です。", "Blank: the year after the baseline's."
        ),
    ),
    Column(
        "to_year",
        gettext_noop("最後の年度"),
        Kind.FISCAL_YEAR,
        on_blank=Text("空欄は、計画終了年度です。", "Blank: the plan's last year."),
    ),
    Column(
        "openings_per_year",
        gettext_noop("1年度に新設するグループホームの上限(か所)"),
        Kind.INTEGER,
        required=True,
        note=Text("全施設を合わせた数です。", "Over all homes together."),
    ),
    Column(
        "budget",
        gettext_noop("1年度の自治体の負担の上限(円)"),
        Kind.YEN,
        note=Text("「経費」の差引と同じ数え方です。", "Counted as the net of the page of costs."),
        on_blank=Text("空欄は、上限なしです。", "Blank: no limit."),
    ),
    Column(
        "new_staff_per_year",
        gettext_noop("1年度に増やせる職員の上限(人)"),
        Kind.INTEGER,
        note=Text(
            "前の年度末より多く要る職員の数です。",
            "Staff needed beyond those of the year's end before.",
        ),
        on_blank=Text("空欄は、上限なしです。", "Blank: no limit."),
    ),
    Column(
        "shortage",
        gettext_noop("必要量に足りない年度"),
        required=True,
        codes={"allow": gettext_noop("認める(少ないほどよい)"), "forbid": gettext_noop("認めない")},
    ),
    Column(
        "open_kind",
        gettext_noop("新設するグループホームの種別"),
        required=True,
        codes={kind: UNIT_KINDS[kind] for kind in ("community_home", "branch_group_care")},
    ),
    Column(
        "keep_main",
        gettext_noop("本体施設に残す定員(人)"),
        Kind.INTEGER,
        required=True,
        note=Text(
            "本体施設のユニットがある施設ごとに、少なくともこの定員を残します。",
            "Each home with main units keeps at least so many places there.",
        ),
    ),
)


_BY_NAME = {column.name: column for column in _LIMITS}
_COMPARABLE: tuple[Comparable, ...] = get_args(Comparable)
_MOST_COMPARED = 5


def _least(column: Column) -> int | None:
    return 0 if column.kind in (Kind.INTEGER, Kind.YEN) else None


class NumbersField(forms.CharField):
    """Numbers, one per line, each parsed as a cell of a ledger column."""

    def __init__(self, column: Column, label: Any) -> None:
        self._number = LedgerField(column, required=False, least=0)
        super().__init__(
            label=label,
            required=False,
            help_text=gettext_lazy("1行に一つずつ。条件の数だけ、計算が長くなります。"),
            widget=forms.Textarea(attrs={"rows": 2, "class": "short", "inputmode": "numeric"}),
        )

    def to_python(self, value: Any) -> Any:
        """Read the lines. Raises ValidationError for each that can't be read."""
        numbers, errors = [], []
        for line in (value or "").split("\n"):
            try:
                number = self._number.clean(line.strip())
            except ValidationError as error:
                errors.append(error)
            else:
                numbers += [] if number is None or number in numbers else [number]
        if len(numbers) > _MOST_COMPARED:
            errors.append(ValidationError(_("%(n)s個までにしてください。") % {"n": _MOST_COMPARED}))
        if errors:
            raise ValidationError(errors)
        return numbers

    def prepare_value(self, value: Any) -> Any:
        """Format numbers, one per line."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value


class ProposalForm(forms.Form):
    """The question of a proposal."""

    group_limit = forms.BooleanField(
        label=gettext_lazy("長期目標年度の末に、グループホームの定員を5人以下にする"),
        required=False,
    )
    main_limit = forms.BooleanField(
        label=gettext_lazy("長期目標年度の末に、本体施設のユニットの定員を6人以下にする"),
        required=False,
    )
    keep_actions = forms.BooleanField(
        label=gettext_lazy("今の取組を残し、足すものだけを提案する"),
        required=False,
        help_text=gettext_lazy("選ばなければ、今の取組を置かずに、基準日から考えます。"),
    )
    of_need = forms.ChoiceField(label=gettext_lazy("どの必要量を満たすか"))
    alternatives = forms.TypedChoiceField(
        label=gettext_lazy("別の案の数"),
        choices=[(number, number) for number in range(6)],
        coerce=int,
        help_text=gettext_lazy("ほぼ同じよさで、できるだけ違う計画です。"),
    )
    gains = forms.BooleanField(
        label=gettext_lazy("条件を一つ緩めると何がよくなるかも調べる"),
        required=False,
        help_text=gettext_lazy("条件の数だけ、計算が長くなります。"),
    )
    compare_budget = NumbersField(
        _BY_NAME["budget"], gettext_lazy("比べる、1年度の自治体の負担の上限(円)")
    )
    compare_openings_per_year = NumbersField(
        _BY_NAME["openings_per_year"],
        gettext_lazy("比べる、1年度に新設するグループホームの上限(か所)"),
    )
    scenarios = forms.BooleanField(
        label=gettext_lazy("見通しの場合分けのどれでも、最初の年度に行うとよい取組も調べる"),
        required=False,
        help_text=gettext_lazy("いちばん新しい見通しの場合分けを使います。"),
    )
    time_limit = forms.IntegerField(
        label=gettext_lazy("制限時間(秒)"),
        min_value=1,
        max_value=600,
        help_text=gettext_lazy(
            "過ぎると、それまでで最もよい計画を示します。比べる計画には、もう一度同じ時間を使います。"
        ),
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )

    def __init__(
        self,
        data: Any,
        initial: dict[str, Any],
        needs: Mapping[str, str],
        *,
        with_scenarios: bool,
    ) -> None:
        super().__init__(data, initial=initial)
        if not with_scenarios:
            del self.fields["scenarios"]
        self.fields.update(
            {column.name: LedgerField(column, least=_least(column)) for column in _LIMITS}
        )
        for column in _LIMITS:
            if column.codes is not None:  # one of them is always meant
                self.fields[column.name].widget = forms.Select(
                    choices=[*labels(column.codes).items()]
                )
        self.fields["of_need"].choices = list(needs.items())  # type: ignore[attr-defined]
        self.order_fields(
            [
                *(column.name for column in _LIMITS),
                "group_limit",
                "main_limit",
                "keep_actions",
                "of_need",
                "alternatives",
                "gains",
                *(f"compare_{name}" for name in _COMPARABLE),
                "scenarios",
                "time_limit",
            ]
        )

    def clean(self) -> dict[str, Any]:
        """Check the order of the years."""
        given = super().clean() or {}
        first, last = given.get("from_year"), given.get("to_year")
        if first is not None and last is not None and last < first:
            self.add_error(
                "to_year", _("終わりの年度が始まりの年度より前です。どちらかを修正してください。")
            )
        return given

    @property
    def compare(self) -> tuple[tuple[Comparable, int], ...]:
        """Return the limits to compare, each with another number."""
        return tuple(
            (name, number)
            for name in _COMPARABLE
            for number in self.cleaned_data[f"compare_{name}"]
        )

    def limits(self, pins: tuple[Pin, ...] = ()) -> Limits:
        """Return the limits as they are typed."""
        names = {*Limits.__struct_fields__} - {"pins"}
        return Limits(**{name: self.cleaned_data[name] for name in names}, pins=pins)


def needs_to_meet(forecast_day: str, *, with_estimate: bool) -> dict[str, str]:
    """Return whose need a proposal may meet; `forecast_day` is blank if there is no forecast."""
    found = {"ledger": _("計画に記入した必要量")}
    if with_estimate:
        found["estimate"] = _("児童人口と率による推計")
    for percentile in PERCENTILES if forecast_day else ():
        words = _("見通し(%(day)s現在)の%(n)s%%")
        found[f"forecast-{percentile}"] = words % {"day": forecast_day, "n": percentile}
    return found
