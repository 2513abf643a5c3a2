"""The form of a new token."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Access
from shokibo.web.accounts.models import Membership
from shokibo.web.api.actions import DAYS, USUAL_DAYS
from shokibo.web.api.scopes import SCOPES, scopes_of
from shokibo.web.base.forms import TextField
from shokibo.web.base.language import language
from shokibo.web.base.words import counted


class TokenForm(forms.Form):
    """Name, role, scopes and expiry; only what the person may."""

    name = TextField(
        label=gettext_lazy("名前"),
        max_length=100,
        help_text=gettext_lazy("何に使うか。例:台帳の夜間の取出し"),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("役割"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "トークンはこの役割だけで働き、この役割が終わると使えなくなります。"
        ),
    )
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
        self.memberships = {str(m.pk): m for m in access.memberships if scopes_of(m)}
        self._choices("role", [(pk, str(m)) for pk, m in self.memberships.items()])
        offered = {scope.code for m in self.memberships.values() for scope in scopes_of(m)}
        scopes = [(s.code, s.name.say(language())) for s in SCOPES.values() if s.code in offered]
        self._choices("scopes", scopes)
        self._choices("days", [(days, counted("%(n)s日", days)) for days in DAYS])
        if len(self.memberships) == 1:
            (self.initial["role"],) = self.memberships

    @property
    def membership(self) -> Membership:
        """The chosen role."""
        return self.memberships[self.cleaned_data["role"]]

    def clean(self) -> dict[str, Any]:
        """Hold the scopes to what the chosen role holds."""
        given = super().clean() or {}
        if "role" not in given or "scopes" not in given:
            return given
        offered = {scope.code for scope in scopes_of(self.membership)}
        for code in given["scopes"]:
            if code not in offered:
                words = _("「%(scope)s」は、この役割ではできません。外してください。")
                self.add_error("scopes", words % {"scope": SCOPES[code].name.say(language())})
        return given

    def _choices(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
