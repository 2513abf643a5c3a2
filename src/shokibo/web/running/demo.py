"""The demonstration: the Setagaya example and one person for each role."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

import shokibo
from shokibo.care.access import CENTER
from shokibo.documents.plan.texts import sources_in
from shokibo.ledger.reading import read_ledger
from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.models import Membership, Person
from shokibo.web.accounts.roles import ROLES, Role
from shokibo.web.audit.recording import Act
from shokibo.web.planning.texts.writing import import_texts
from shokibo.web.register.models import Authority, Home
from shokibo.web.running.models import Practice
from shokibo.web.running.practice import PASSWORD
from shokibo.web.running.practice_children import add_children
from shokibo.web.store.loading import load

EXAMPLE = Path(shokibo.__file__).parent / "examples" / "setagaya"

_NAMES = {
    "home_staff": "施設 花子",
    "officer": "担当 一郎",
    "approver": "決裁 次郎",
    "center_staff": "児相 三郎",
    "ministry": "国 四郎",
    "auditor": "監査 五郎",
    "admin": "管理 六郎",
}


@transaction.atomic
def prepare_demo() -> list[tuple[str, str]]:
    """Load the example, its people and children where they are not there; give roles and addresses.

    The database is marked, so that it is known as a practice's ever after.
    """
    Practice.objects.get_or_create()
    is_new = not Authority.objects.exists()
    if is_new:
        act = Act(None, "register.load", "練習用の台帳")
        (loaded,) = load(act, read_ledger(EXAMPLE))
        import_texts(act, loaded, sources_in(EXAMPLE / "texts"))
    authority = Authority.objects.earliest("pk")
    home = Home.objects.filter(authority=authority).earliest("pk")
    for code, name in _NAMES.items():
        if Person.objects.filter(email=_email(code)).exists():
            continue
        scope = ROLES[code].scope
        Membership.objects.create(
            person=Person.objects.create_user(_email(code), name, PASSWORD),
            role=code,
            authority=authority if scope in ("home", "authority") else None,
            home=home if scope == "home" else None,
        )
    center = access_of(Person.objects.get(email=_email(CENTER))).office(authority.code)
    if is_new and center is not None:
        add_children(center)
    return [(ROLES[code].name.ja, _email(code)) for code in _NAMES]


def practice_people() -> list[tuple[type[Role], str]]:
    """Return role and address of the people that a practice has; nobody of an office's database."""
    if settings.ENVIRONMENT.production or not Practice.objects.exists():
        return []
    emails = {_email(code): ROLES[code] for code in _NAMES}
    known = set(
        Person.objects.filter(email__in=emails, is_active=True).values_list("email", flat=True)
    )
    return [(role, email) for email, role in emails.items() if email in known]


def _email(code: str) -> str:
    return f"{code.replace('_', '-')}@example.jp"
