"""The form of a new token."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Access
from shokibo.web.api.actions import DAYS, USUAL_DAYS
from shokibo.web.api.scopes import SCOPES, scopes_at
from shokibo.web.look.language import language
from shokibo.web.register.models import Authority

NATION = "nation"


class TokenForm(forms.Form):
    """Name, office, scopes and expiry; only what the person may."""

    name = forms.CharField(
        label=gettext_lazy("名前"),
        max_length=100,
        help_text=gettext_lazy("何に使うか。例:台帳の夜間の取出し"),
    )
    office = forms.ChoiceField(label=gettext_lazy("自治体"), widget=forms.RadioSelect)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("できること"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("要るものだけを選びます。役割を超えることはできません。"),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("有効期間"), coerce=int, initial=USUAL_DAYS, choices=[]
    )

    def __init__(self, data: Any, access: Access) -> None:
        super().__init__(data)
        self.access = access
        self.authorities = {a.code: a for a in access.authorities if scopes_at(access, a.pk)}
        offices = [(code, authority.name) for code, authority in self.authorities.items()]
        if scopes_at(access, None):
            offices.append((NATION, _("全国")))
        self._choices("office", offices)
        self._choices("scopes", self._scopes())
        self._choices("days", [(days, _("%(n)s日") % {"n": days}) for days in DAYS])
        if len(offices) == 1:
            self.initial["office"] = offices[0][0]

    @property
    def has_offices(self) -> bool:
        """Tell whether there is anything a token could do for the person."""
        return bool(self._field("office").choices)

    @property
    def authority(self) -> Authority | None:
        """The chosen authority; None for the nation."""
        return self.authorities.get(self.cleaned_data["office"])

    def clean(self) -> dict[str, Any]:
        """Hold the scopes to what the person may at the chosen office."""
        given = super().clean() or {}
        if "office" not in given or "scopes" not in given:
            return given
        authority = self.authorities.get(given["office"])
        offered = {s.code for s in scopes_at(self.access, authority.pk if authority else None)}
        for code in given["scopes"]:
            if code not in offered:
                words = _("「%(scope)s」は、この自治体での役割ではできません。外してください。")
                self.add_error("scopes", words % {"scope": SCOPES[code].name.say(language())})
        return given

    def _scopes(self) -> list[tuple[str, str]]:
        places = [*(a.pk for a in self.authorities.values()), None]
        offered = {scope.code for place in places for scope in scopes_at(self.access, place)}
        return [(s.code, s.name.say(language())) for s in SCOPES.values() if s.code in offered]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _choices(self, name: str, choices: list[Any]) -> None:
        self._field(name).choices = choices
