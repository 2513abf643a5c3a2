"""The form by which a lead is noted as opened."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.ledger.support_tables import HOUSING
from shokibo.web.base.forms import LedgerField, ReasonedForm, ValuesForm
from shokibo.web.homes.forms import UnitField, explain_reason
from shokibo.web.register.models import Unit
from shokibo.web.store.mapping import MAPPED
from shokibo.web.support.models import Lead


class OpenedForm(ReasonedForm, ValuesForm):
    """The unit that a lead became, and from which day."""

    row_fields = ("unit", "state_on")

    def __init__(self, data: Any, lead: Lead) -> None:
        self.lead = lead
        units = Unit.objects.filter(home=lead.home).exclude(kind="main_unit").order_by("-pk")
        others = Lead.objects.filter(authority=lead.authority, unit__isnull=False).exclude(
            pk=lead.pk
        )
        units = units.exclude(pk__in=others.values("unit"))
        newest = units.filter(opened_on__gte=lead.found_on).first()
        super().__init__(data, initial={"version": lead.version})
        self.fields["unit"] = UnitField(
            units, label=gettext_lazy("開設した生活単位"), required=True
        )
        self.fields["state_on"] = LedgerField(HOUSING.column("state_on"))
        if newest is not None:
            self.fields["unit"].initial = newest.pk
            self.fields["state_on"].initial = newest.opened_on
        self.fields["state_on"].label = gettext_lazy("開設日")
        self.fields["state_on"].help_text = ""
        explain_reason(self, MAPPED["housing"])
        self.order_fields([*self.row_fields, "reason", "version"])

    def clean(self) -> dict[str, Any]:
        """Let the lead be opened."""
        given = super().clean()
        if barred := closed_to_opening(self.lead):
            self.add_error(None, barred)
        given["values"]["state"] = "opened"
        return given


def closed_to_opening(lead: Lead) -> str:
    """Say why a lead can't be noted as opened; blank if it can."""
    if lead.state == "dropped":
        return _("見送った物件です。使うことになったときは、先に状態を修正してください。")
    if lead.state == "opened":
        return _("この物件の開設は、もう記録されています。")
    return ""
