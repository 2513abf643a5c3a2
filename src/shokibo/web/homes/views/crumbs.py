"""The path above a page of the register, and its links."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.register.models import Home, Unit


def to_homes(office: Office) -> tuple[str, ...]:
    """Lead from the homes' page."""
    return _("施設と生活単位"), reverse("homes:homes", args=[office.authority.code])


def to_home(office: Office, home: Home) -> tuple[str, ...]:
    """Lead from a home's page."""
    address = reverse("homes:home", args=[office.authority.code, home.pk])
    return *to_homes(office), str(home), address


def to_unit(office: Office, unit: Unit) -> tuple[str, ...]:
    """Lead from a unit's page."""
    address = reverse("homes:unit", args=[office.authority.code, unit.pk])
    return *to_home(office, unit.home), str(unit), address


def to_staff(office: Office, home: Home) -> tuple[str, ...]:
    """Lead from a home's staff page."""
    address = reverse("homes:staff", args=[office.authority.code, home.pk])
    return *to_home(office, home), _("職員"), address


def day_query(request: HttpRequest) -> str:
    """Return the query that keeps the chosen day."""
    asked = request.GET.copy()
    for name in set(asked) - {"as_of"}:
        del asked[name]
    return f"?{asked.urlencode()}" if asked else ""


_NOT_CARRIED = frozenset({"page", "export", "all", "list", "pk", "unit"})
"""Parameters of a list that do not go along to a row's page and back."""


def at_list(request: HttpRequest, **more: str) -> str:
    """Return the query with which a row's page leads back to the list as filtered.

    `list` names the list's table; without it the list is the page above.
    """
    query = request.GET.copy()
    for name in _NOT_CARRIED & query.keys():
        del query[name]
    for name, value in more.items():
        query[name] = value
    return f"?{query.urlencode()}" if query else ""


def list_named(request: HttpRequest) -> str:
    """Return the table whose list leads to the page; blank if none does."""
    return request.GET.get("list", "")


def kind_is_undated() -> str:
    """Warn that changing a kind changes the past too, since a unit has a single kind."""
    return _(
        "種別に履歴はありません。修正すると、過去の日の判定も新しい種別で行います。"
        "途中から種別が変わるときは、この生活単位を廃止し、新しい生活単位を登録してください。"
    )
