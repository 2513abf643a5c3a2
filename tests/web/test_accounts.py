"""People come in by invitation, hold roles over a scope, and show a second factor to decide."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from shokibo.web.accounts import actions
from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.models import Invitation, Membership, Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.roles import ROLES
from shokibo.web.audit.models import Event
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.register.models import Home, Unit
from tests.web.world import OURS, PASSWORD, World

NEW = {"name": "新任 花子", "password": "a long new passphrase", "again": "a long new passphrase"}


def _invite(world: World, email: str = "new@example.jp", role: str = "officer") -> str:
    scope = ROLES[role].scope
    _, token = actions.invite(
        access=access_of(world.people["admin"]),
        email=email,
        role=role,
        authority=world.authority if scope in ("home", "authority") else None,
        operator="",
        home=world.home if scope == "home" else None,
    )
    return f"/account/invitation/{token}/"


def test_an_invited_person_chooses_a_password_and_holds_the_role(world: World) -> None:
    client = Client()
    answer = client.post(_invite(world), NEW, follow=True)
    person = Person.objects.get(email="new@example.jp")
    assert answer.wsgi_request.user == person
    assert person.check_password(NEW["password"])
    assert [str(m) for m in access_of(person).memberships] == ["自治体担当者(架空県)"]


def test_an_invitation_works_once(world: World) -> None:
    link = _invite(world)
    Client().post(link, NEW)
    assert Client().get(link).status_code == 404
    assert Client().post(link, {**NEW, "name": "別人"}).status_code == 404
    assert Person.objects.filter(email="new@example.jp").count() == 1


@pytest.mark.parametrize("what", ["expired", "cancelled"])
def test_a_closed_invitation_is_reported_as_closed(world: World, what: str) -> None:
    link = _invite(world)
    closed = {"expires_at": clock.now() - dt.timedelta(seconds=1)}
    if what == "cancelled":
        closed = {"cancelled_at": clock.now()}
    Invitation.objects.update(**closed)
    answer = Client().post(link, NEW)
    assert (answer.status_code, "招待は使えません" in answer.content.decode()) == (404, True)
    assert not Person.objects.filter(email="new@example.jp").exists()


def test_one_who_is_known_logs_in_and_takes_the_further_role(world: World) -> None:
    known = world.people["auditor"]
    link = _invite(world, known.email)
    assert Client().get(link)["Location"].startswith("/account/login/")
    world.client("auditor").post(link)
    assert {m.role for m in access_of(known).memberships} == {"auditor", "officer"}


@pytest.mark.parametrize(
    "wrong",
    [{"again": "another"}, {"password": "short", "again": "short"}, {"name": ""}],
    ids=["not the same", "too short", "no name"],
)
def test_a_password_that_will_not_do_is_reported(world: World, wrong: dict[str, str]) -> None:
    answer = Client().post(_invite(world), {**NEW, **wrong})
    assert (answer.status_code, "入力を確かめてください" in answer.content.decode()) == (200, True)
    assert not Person.objects.filter(email="new@example.jp").exists()


def test_the_admin_invites_on_a_page_and_the_link_is_mailed(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    client = world.client("admin")
    given = {"email": "new@example.jp", "role": "home_staff", "authority": world.authority.pk}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        page = client.post("/people/invite/", {**given, "home": world.home.pk})
    link = re.search(r"http://testserver(/account/invitation/[^\s<]+/)", page.content.decode())
    assert link is not None
    assert link[1] in mail.outbox[0].body
    assert Client().get(link[1]).status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        {"role": "officer"},
        {"role": "home_staff", "authority": "ours"},
        {"role": "home_staff", "authority": "ours", "home": "theirs"},
        {"role": "home_staff", "authority": "ours", "home": "ours", "operator": "別法人"},
        {"role": "home_staff", "authority": "ours", "operator": "別法入"},
        {"role": "home_staff", "authority": "ours", "operator": "隣法人"},
        {"role": "nobody"},
    ],
    ids=[
        *("no authority", "no home", "another's home", "home and operator"),
        *("mistyped operator", "another authority's operator", "no such role"),
    ],
)
def test_a_scope_that_does_not_fit_the_role_is_reported(
    world: World, given: dict[str, str]
) -> None:
    keys = {"ours": world.authority.pk, "theirs": world.stranger.pk}
    filled: dict[str, object] = {**given}
    if "authority" in given:
        filled["authority"] = keys["ours"]
    if "home" in given:
        filled["home"] = world.home.pk if given["home"] == "ours" else world.stranger.pk
    page = world.client("admin").post("/people/invite/", {"email": "n@example.jp", **filled})
    assert "入力を確かめてください" in page.content.decode()
    assert not Invitation.objects.filter(email="n@example.jp").exists()


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("officer", {}),
        ("home_staff", {"authority": True}),
        ("home_staff", {"authority": True, "home": True, "operator": "法人"}),
        ("admin", {"authority": True}),
        ("ministry", {"home": True}),
    ],
)
def test_the_database_refuses_a_scope_that_does_not_fit(
    world: World, role: str, scope: dict[str, object]
) -> None:
    given = {
        "authority": world.authority if scope.get("authority") else None,
        "home": world.home if scope.get("home") else None,
        "operator": scope.get("operator", ""),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=world.people["admin"], role=role, **given)


def test_a_role_over_an_operator_sees_all_its_homes_and_no_other(world: World) -> None:
    person = Person.objects.create_user("op@example.jp", "法人 担当", PASSWORD)
    operator = world.home.operator
    Home.objects.create(authority=world.authority, code="h2", name="第二園", operator=operator)
    Home.objects.create(authority=world.other, code="h3", name="隣の同名", operator=operator)
    Membership.objects.create(
        person=person, role="home_staff", authority=world.authority, operator=operator
    )
    office = access_of(person).office(OURS)
    assert office is not None
    assert {home.code for home in office.homes(Permission.REGISTER_READ)} == {"h", "h2"}
    assert {unit.home.code for unit in office.rows(Unit, Permission.REGISTER_READ)} == {"h"}
    page = world.client("officer").get(f"/{OURS}/register/{world.home.pk}/edit/")
    assert f"法人名「{operator}」の利用者が1人います" in page.content.decode()


def test_an_ended_role_sees_nothing(world: World) -> None:
    client = world.client("officer")
    assert client.get(f"/{OURS}/register/").status_code == 200
    actions.end_membership(
        access=access_of(world.people["admin"]),
        membership=world.people["officer"].memberships.get(),
        reason="異動",
    )
    assert client.get(f"/{OURS}/register/").status_code == 302
    assert _password_only(world, "officer").get(f"/{OURS}/register/").status_code == 404


def test_the_last_administrator_stays(world: World) -> None:
    admin = world.people["admin"]
    with pytest.raises(RefusedError):
        actions.end_membership(
            access=access_of(admin), membership=admin.memberships.get(), reason="異動"
        )
    assert actions.has_admin()


def test_only_an_administrator_manages_people(world: World) -> None:
    with pytest.raises(PermissionDenied):
        actions.invite(
            access=access_of(world.people["officer"]),
            email="n@example.jp",
            role="admin",
            authority=None,
            operator="",
            home=None,
        )
    assert world.client("officer").get("/people/").status_code == 404


def _password_only(world: World, role: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=world.people[role].pk))
    return client


@pytest.mark.parametrize("role", ["approver"])
def test_a_decision_asks_for_the_second_factor_first(world: World, role: str) -> None:
    from shokibo.web.returns.models import Return

    made = Return.objects.create(
        authority=world.authority, form=1, fiscal_year=2022, drafted_by=world.people["officer"]
    )
    path = f"/{OURS}/returns/{made.pk}/submit/"
    answer = _password_only(world, role).post(path, {"version": 1})
    assert answer["Location"] == f"/account/second-factor/?next={path}"
    made.refresh_from_db()
    assert made.state == "draft"


def test_who_has_no_second_factor_yet_reads_and_is_led_to_set_it_up(world: World) -> None:
    Authenticator.objects.all().delete()
    client = _password_only(world, "approver")
    assert client.get(f"/{OURS}/returns/").status_code == 200
    page = client.get(f"/account/second-factor/?next=/{OURS}/returns/")
    assert "/account/2fa/totp/activate/" in page.content.decode()


def _code(secret: str) -> str:
    counter = int(dt.datetime.now(dt.UTC).timestamp()) // 30
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_a_log_in_with_a_second_factor_asks_for_its_code(world: World) -> None:
    person = world.people["approver"]
    Authenticator.objects.all().delete()
    secret = "JBSWY3DPEHPK3PXP"  # noqa: S105
    TOTP.activate(person, secret)
    client = Client()
    first = client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert first["Location"] == "/account/2fa/authenticate/"
    assert client.get(f"/{OURS}/returns/")["Location"].startswith("/account/login/")
    client.post("/account/2fa/authenticate/", {"code": _code(secret)})
    assert client.get(f"/{OURS}/returns/").status_code == 200


def test_a_wrong_password_is_slowed_down(world: World) -> None:
    client, person = Client(), world.people["officer"]
    wrong = {"login": person.email, "password": "wrong wrong wrong"}
    for _ in range(6):
        client.post("/account/login/", wrong)
    client.post("/account/login/", {**wrong, "password": PASSWORD})
    assert client.get(f"/{OURS}/register/").status_code == 302


def test_an_unknown_address_and_a_wrong_password_are_reported_alike(world: World) -> None:
    def answer(email: str) -> str:
        page = Client().post("/account/login/", {"login": email, "password": "wrong wrong"})
        return re.sub(r'value="[^"]*"', "", page.content.decode())

    assert answer(world.people["auditor"].email) == answer("nobody@example.jp")


def test_nobody_signs_up_by_themselves(db: None) -> None:
    page = Client().post(
        "/account/signup/",
        {"email": "x@example.jp", "password1": NEW["password"], "password2": NEW["password"]},
    )
    assert not Person.objects.exists()
    assert page.status_code == 200


def test_a_session_ends_after_idleness(world: World, settings: object) -> None:
    client = world.client("officer")
    session = client.session
    assert session.get_expiry_age() == 60 * 60
    session.set_expiry(-1)
    session.save()
    assert client.get(f"/{OURS}/register/")["Location"].startswith("/account/login/")


def test_a_lost_second_factor_is_reset_by_another_administrator(world: World) -> None:
    approver, admin = world.people["approver"], access_of(world.people["admin"])
    world.client("admin").post(
        f"/people/{approver.pk}/second-factor/reset/", {"reason": "端末の紛失"}
    )
    assert not Authenticator.objects.filter(user=approver).exists()
    with pytest.raises(RefusedError):
        actions.reset_second_factor(access=admin, person=admin.person, reason="x")
    event = Event.objects.get(action="person.reset_second_factor")
    assert (event.actor, event.reason) == (admin.person, "端末の紛失")


def test_the_log_holds_no_password_and_no_token(world: World) -> None:
    Client().post(_invite(world), NEW)
    logged = [{**event.before, **event.after} for event in Event.objects.all()]
    assert not any({"password", "digest"} & set(values) for values in logged)


def test_every_role_has_words_in_both_languages() -> None:
    for role in ROLES.values():
        assert role.name.ja, role.code
        assert role.name.en, role.code
        assert role.description.ja.endswith("。"), role.code
        assert role.description.en.endswith("."), role.code


@pytest.mark.parametrize("permission", list(Permission), ids=lambda p: p.name)
def test_every_permission_is_somebody_s(permission: Permission) -> None:
    assert any(permission in role.permissions for role in ROLES.values())


def test_no_role_proposes_and_decides() -> None:
    for role in ROLES.values():
        assert (
            not {Permission.APPLICATION_EXAMINE, Permission.APPLICATION_DECIDE} <= role.permissions
        )
        assert not {Permission.RETURN_DRAFT, Permission.RETURN_SUBMIT} <= role.permissions


def test_an_invitation_shows_all_its_errors_and_marks_what_some_roles_need(world: World) -> None:
    client = world.client("admin")
    sent = {"email": "x", "home": world.home.pk, "authority": world.other.pk}
    page = client.post("/people/invite/", sent)
    form = page.context["form"]
    assert set(form.errors) == {"email", "role", "home"}
    names = ("authority", "home", "operator")
    assert [form[name].field.depends for name in names] == [True] * 3
    accepted = Client().post(_invite(world), {"name": "", "password": "short", "again": "other"})
    assert set(accepted.context["form"].errors) == {"name", "password", "again"}
