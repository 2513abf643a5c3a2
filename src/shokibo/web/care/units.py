"""Units for a child: the labels of the choices, and why one does not fit."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.care import fit
from shokibo.care.fit import misfits, most_places
from shokibo.web.base.clock import today
from shokibo.web.base.forms import RowField
from shokibo.web.base.words import as_text, bracketed
from shokibo.web.care.models import Assessment, Child, Placement, UnitRule
from shokibo.web.care.reach import law_of
from shokibo.web.register.models import Home, Unit


class UnitField(RowField):
    """Reads an open unit; each choice shows places, residents, and what does not fit."""

    def __init__(self, homes: Collection[Home], child: Child, most: int | None) -> None:
        day = today()
        units = Unit.objects.filter(home__in=homes).exclude(closed_on__lt=day)
        super().__init__(
            units.select_related("home").prefetch_related("capacities"),
            label=gettext_lazy("生活単位"),
            required=False,
            help_text=gettext_lazy("生活単位を選ぶと、施設も決まります。"),
        )
        self.child, self.most = child, most
        self.residents, self.rules = residents(), _rules()

    def label_from_instance(self, obj: Any) -> str:
        """Label a unit with its home, places, children and what does not fit."""
        capacity = capacity_of(obj)
        living = self.residents[obj.pk]
        parts = [_("入所%(n)s人") % {"n": living}]
        if capacity is not None:
            parts.insert(0, _("定員%(n)s人") % {"n": capacity})
        parts += [as_text(one) for one in misfits(self.most, capacity, living)]
        if rule := self.rules.get(obj.pk):
            parts += [*_rule_words(rule, self.child), *filter(None, [rule.note])]
        return bracketed(f"{obj.home} {obj}", _("、").join(map(str, parts)))


def residents() -> Counter[int]:
    """Count the children with an open stay, by unit."""
    open_stays = Placement.objects.filter(ended_on__isnull=True, unit__isnull=False)
    return Counter(open_stays.values_list("unit", flat=True))


def capacity_of(unit: Unit) -> int | None:
    """Return a unit's places today; None if unknown."""
    held = [one for one in unit.capacities.all() if one.effective_from <= today()]
    return max(held, key=lambda one: one.effective_from).capacity if held else None


def most_for(child: Child) -> int | None:
    """Return the largest unit that suits a child, by its latest assessment."""
    latest = Assessment.objects.filter(child=child).first()
    if latest is None:
        return None
    return most_asked(child, latest.individual_care, latest.at_most_four)


def most_asked(child: Child, individual_care: bool, at_most_four: bool) -> int | None:
    """Return the largest unit that suits a child, by an assessment's answers."""
    high_care_most = law_of(child.authority).integer("high_care_most", today())
    return most_places(
        individual_care=individual_care, at_most_four=at_most_four, high_care_most=high_care_most
    )


def misfit_words(unit: Unit, child: Child, most: int | None) -> list[str]:
    """Say why a unit does not fit a child with a limit of places."""
    found = [as_text(one) for one in misfits(most, capacity_of(unit), residents()[unit.pk])]
    rule = _rules().get(unit.pk)
    return [*found, *_rule_words(rule, child)] if rule else found


def _rules() -> dict[int, UnitRule]:
    return {rule.unit_id: rule for rule in UnitRule.objects.all()}


def _rule_words(rule: UnitRule, child: Child) -> list[str]:
    takes = fit.UnitRule(rule.gender, rule.age_from, rule.age_to)
    age = fit.age_on(child.birth_month, today())
    return [as_text(one) for one in fit.rule_misfits(takes, child.gender, age)]
