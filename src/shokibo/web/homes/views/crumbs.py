"""The path above a page of the register, and its links."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.register.models import Home, Unit


def homes_url(office: Office) -> str:
    """Give the address of the homes' page."""
    return reverse("homes:homes", args=[office.authority.code])


def home_url(home: Home) -> str:
    """Give the address of a home's page."""
    return reverse("homes:home", args=[home.authority.code, home.pk])


def unit_url(unit: Unit) -> str:
    """Give the address of a unit's page."""
    return reverse("homes:unit", args=[unit.authority.code, unit.pk])


def staff_url(home: Home) -> str:
    """Give the address of a home's staff page."""
    return reverse("homes:staff", args=[home.authority.code, home.pk])


def to_homes(office: Office) -> tuple[str, ...]:
    """Lead from the homes' page."""
    return _("施設と生活単位"), homes_url(office)


def to_home(office: Office, home: Home) -> tuple[str, ...]:
    """Lead from a home's page."""
    return *to_homes(office), str(home), home_url(home)


def to_unit(office: Office, unit: Unit) -> tuple[str, ...]:
    """Lead from a unit's page."""
    return *to_home(office, unit.home), str(unit), unit_url(unit)


def to_staff(office: Office, home: Home) -> tuple[str, ...]:
    """Lead from a home's staff page."""
    return *to_home(office, home), _("職員"), staff_url(home)


def day_query(request: HttpRequest) -> str:
    """Give the query that keeps the chosen day."""
    asked = request.GET.copy()
    for name in set(asked) - {"as_of"}:
        del asked[name]
    return f"?{asked.urlencode()}" if asked else ""


def kind_is_undated() -> str:
    """Warn what changing a kind does, since the ledger has one kind a unit."""
    return _(
        "種別に履歴はありません。直すと、過去の日の判定も新しい種別で行います。"
        "途中から種別が変わるときは、この生活単位を廃止し、新しい生活単位を登録してください。"
    )
