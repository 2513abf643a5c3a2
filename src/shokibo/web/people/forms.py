"""Forms about people."""

from typing import Any, cast

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shokibo.web.accounts.models import Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.roles import ROLES
from shokibo.web.accounts.sessions import end_own
from shokibo.web.base.forms import RowField, TextField
from shokibo.web.base.language import language
from shokibo.web.register.models import Authority, Home


class InvitationForm(forms.Form):
    """Whom to invite to which role."""

    email = forms.EmailField(label=_("メールアドレス"))
    role = forms.ChoiceField(label=_("役割"), widget=forms.RadioSelect)
    authority = RowField(
        Authority.objects.none(),
        label=_("自治体"),
        required=False,
        depends=True,
        help_text=_("国とシステム管理のほかは必須。"),
    )
    home = RowField(
        Home.objects.none(),
        label=_("施設"),
        required=False,
        depends=True,
        help_text=_("施設担当者:一つの施設を担当するとき。"),
    )
    operator = forms.ChoiceField(
        label=_("法人名"),
        required=False,
        help_text=_(
            "施設担当者:法人のすべての施設を担当するとき。台帳に施設のある法人から選びます。"
        ),
    )

    center_code = TextField(
        label=_("児童相談所コード"),
        required=False,
        max_length=100,
        help_text=_("児童相談所:一つの児童相談所の児童だけを担当するとき。空欄は自治体のすべて。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choice("role").choices = [
            (role.code, f"{role.name.say(language())} — {role.description.say(language())}")
            for role in ROLES.values()
        ]
        self._choice("authority").queryset = Authority.objects.all()
        self._choice("home").queryset = Home.objects.select_related("authority")
        self._choice("home").label_from_instance = lambda home: f"{home.authority} {home}"
        places: dict[str, list[str]] = {}  # where each operator has homes
        homes = Home.objects.exclude(operator="").order_by("operator", "authority__code")
        for operator, authority in homes.values_list("operator", "authority__name").distinct():
            places.setdefault(operator, []).append(authority)
        operators = [(name, f"{name}({'、'.join(where)})") for name, where in places.items()]
        self._choice("operator").choices = [("", ""), *operators]
        self._choice("operator").depends = True

    def _choice(self, name: str) -> Any:
        return self.fields[name]

    def clean_center_code(self) -> str | None:
        """Take a center for its own staff only; None is all of the authority's."""
        role = ROLES.get(self.cleaned_data.get("role", ""))
        of_center = role is not None and Permission.CHILD_WRITE in role.permissions
        return self.cleaned_data["center_code"] or None if of_center else None

    def clean(self) -> dict[str, Any]:
        """Check the scope against the role."""
        given = super().clean() or {}
        role = ROLES.get(given.get("role", ""))
        scope = role.scope if role else ""
        authority, home, operator = (given.get(n) for n in ("authority", "home", "operator"))
        if scope in ("home", "authority") and "authority" in given and authority is None:
            self.add_error("authority", _("この役割には自治体を選んでください。"))
        if scope == "home" and {"home", "operator"} <= set(given) and bool(home) == bool(operator):
            self.add_error("home", _("施設か法人名のどちらか一つを記入してください。"))
        if (
            operator
            and authority
            and not (Home.objects.filter(authority=authority, operator=operator).exists())
        ):
            words = _("%(authority)sに、この法人の施設はありません。選び直してください。")
            self.add_error("operator", words % {"authority": authority})
        if home and authority and home.authority_id != authority.pk:
            self.add_error("home", _("施設が自治体のものではありません。"))
        if scope != "home":
            given |= {"home": None, "operator": ""}
        if scope in ("nation", "instance"):
            given["authority"] = None
        return given


class AcceptForm(forms.Form):
    """The name and password of somebody who was invited."""

    name = TextField(label=_("氏名"), max_length=100)
    password = forms.CharField(
        label=_("パスワード"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("12文字以上。ほかで使っていないもの。"),
        strip=False,
    )
    again = forms.CharField(
        label=_("パスワード(確認)"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Check the password against the rules."""
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", _("パスワードが一致しません。"))
        if given.get("password"):
            try:
                validate_password(
                    given["password"], Person(email=self.email, name=given.get("name", ""))
                )
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class SessionsForm(forms.Form):
    """Which of one's other sessions to end; all of them where none is named."""

    session = forms.ModelChoiceField(
        UserSession.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": _("この端末は、もうログインしていないか、今の端末です。")
        },
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = UserSession.objects.filter(user=request.user)
        named = cast("forms.ModelChoiceField[UserSession]", self.fields["session"])
        named.queryset = others.exclude(session_key=request.session.session_key)

    def save(self, request: HttpRequest) -> None:
        """End them."""
        one: UserSession | None = self.cleaned_data["session"]
        named = cast("forms.ModelChoiceField[UserSession]", self.fields["session"])
        end_own(cast("Person", request.user), [one] if one else list(named.queryset or ()))
