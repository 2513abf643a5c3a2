"""Proposals of a home: made, accepted into the register, declined, withdrawn."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import ConsequencesError
from shokibo.web.homes.proposals import ACCEPT, DECLINE, MAKE, WITHDRAW
from shokibo.web.register.models import Capacity, ChangeProposal, Unit
from shokibo.web.steps.taking import take
from tests.web.markup import markup_of
from tests.web.world import OURS, World


def url(name: str, *args: int) -> str:
    return reverse(f"homes:{name}", args=[OURS, *args])


def proposed(world: World, change: str = "capacity", **values: object) -> ChangeProposal:
    given = {"capacity": 6, "unit": world.unit("u4")} if change == "capacity" else {}
    return ChangeProposal.objects.create(
        authority=world.authority,
        home=world.home,
        change=change,
        reason="児童の減少",
        proposed_by=world.people["home_staff"],
        **{"effective_on": dt.date(2023, 4, 1), **given, **values},
    )


def post(client: Client, address: str, **given: str) -> str:
    """Open the page, then send its form with what is given."""
    form = client.get(address).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    return markup_of(client.post(address, {**hidden, **given}, follow=True))


@pytest.mark.parametrize(
    ("change", "given", "kept"),
    [
        (
            "open",
            {"unit_name": "新しい家", "unit_kind": "community_home", "capacity": "4"},
            ("新しい家", "community_home", 4),
        ),
        ("close", {"unit": "u4"}, (None, None, None)),
        (
            "kind",
            {"unit": "u4", "unit_kind": "branch_group_care"},
            (None, "branch_group_care", None),
        ),
        ("capacity", {"unit": "u4", "capacity": "6", "unit_name": "余り"}, (None, None, 6)),
    ],
)
def test_home_staff_propose(
    world: World, change: str, given: dict[str, str], kept: tuple[object, ...]
) -> None:
    if "unit" in given:
        given["unit"] = str(world.unit("u4").pk)
    before = list(Unit.objects.values()), list(Capacity.objects.values())
    page = post(
        world.client("home_staff"),
        url("propose", world.home.pk),
        change=change,
        effective_on="R5.4.1",
        reason="児童の減少",
        **given,
    )
    assert "申し出ました。" in page
    row = ChangeProposal.objects.get()
    assert (row.unit_name, row.unit_kind, row.capacity) == kept
    assert (row.state, row.home, row.proposed_by) == (
        "pending",
        world.home,
        world.people["home_staff"],
    )
    assert (list(Unit.objects.values()), list(Capacity.objects.values())) == before
    assert Event.objects.latest("pk").action == "proposal.make"
    officer = world.client("officer")
    assert "申出 1件" in officer.get(url("homes")).content.decode()
    assert "台帳に登録する" in officer.get(url("home", world.home.pk)).content.decode()


@pytest.mark.parametrize(
    ("change", "given", "field"),
    [
        ("open", {"unit_kind": "main_unit", "capacity": "4"}, "unit_name"),
        ("open", {"unit_name": "家", "unit_kind": "main_unit", "capacity": "0"}, "capacity"),
        ("open", {"unit_name": "長" * 201, "unit_kind": "main_unit", "capacity": "4"}, "unit_name"),
        ("close", {}, "unit"),
        ("kind", {}, "unit_kind"),
        ("capacity", {}, "capacity"),
        ("capacity", {"capacity": "x"}, "capacity"),
    ],
)
def test_what_a_proposal_lacks_is_reported_at_the_field(
    world: World, change: str, given: dict[str, str], field: str
) -> None:
    page = post(
        world.client("home_staff"),
        url("propose", world.home.pk),
        change=change,
        effective_on="R5.4.1",
        reason="理由",
        **given,
    )
    assert f'id="id_{field}_error"' in page
    assert not ChangeProposal.objects.exists()


def test_a_proposal_is_of_a_unit_of_the_home(world: World) -> None:
    post(
        world.client("home_staff"),
        url("propose", world.home.pk),
        change="close",
        effective_on="R5.4.1",
        reason="理由",
        unit=str(world.unit("s4").pk),
    )
    assert not ChangeProposal.objects.exists()
    row = ChangeProposal(authority=world.authority, home=world.home, unit=world.unit("s4"))
    with pytest.raises(PermissionDenied):
        take(MAKE, office=world.office("home_staff"), row=row)


def test_accepting_a_capacity_enters_it(world: World) -> None:
    row = proposed(world)
    page = post(world.client("officer"), url("accept_proposal", row.pk), version="1")
    assert "申出のとおり台帳に登録しました。" in page
    entered = Capacity.objects.get(unit=row.unit, effective_from=dt.date(2023, 4, 1))
    assert entered.capacity == 6
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("accepted", world.people["officer"])
    assert [e.action for e in Event.objects.order_by("-pk")[:2]] == [
        "register.add",
        "proposal.accept",
    ]


def test_accepting_a_capacity_of_a_day_that_has_one_changes_it(world: World) -> None:
    standing = Capacity.objects.create(
        authority=world.authority,
        unit=world.unit("u4"),
        effective_from=dt.date(2023, 4, 1),
        capacity=5,
    )
    post(world.client("officer"), url("accept_proposal", proposed(world).pk), version="1")
    standing.refresh_from_db()
    assert (standing.capacity, standing.version) == (6, 2)


def test_accepting_an_opening_asks_for_an_id_and_enters_unit_and_capacity(world: World) -> None:
    row = proposed(world, "open", unit_name="新しい家", unit_kind="community_home", capacity=4)
    address, client = url("accept_proposal", row.pk), world.client("officer")
    assert 'id="id_code_error"' in post(client, address, version="1")
    page = post(client, address, version="1", code="u4")
    assert "この生活単位IDは、もう使われています" in page
    row.refresh_from_db()
    assert row.state == "pending"
    post(client, address, version="1", code="n4")
    unit = world.unit("n4")
    assert (unit.name, unit.kind, unit.opened_on) == (
        "新しい家",
        "community_home",
        dt.date(2023, 4, 1),
    )
    held = Capacity.objects.get(unit=unit)
    assert (held.effective_from, held.capacity) == (dt.date(2023, 4, 1), 4)


def test_accepting_a_closing_closes(world: World) -> None:
    row = proposed(world, "close", unit=world.unit("u4"), effective_on=dt.date(2023, 3, 31))
    post(world.client("officer"), url("accept_proposal", row.pk), version="1")
    assert world.unit("u4").closed_on == dt.date(2023, 3, 31)


def test_a_closing_before_the_opening_is_reported(world: World) -> None:
    Unit.objects.filter(code="u4").update(opened_on=dt.date(2023, 4, 1))
    row = proposed(world, "close", unit=world.unit("u4"), effective_on=dt.date(2023, 3, 31))
    given = {"version": "1", "reason": "統合"}
    page = post(world.client("officer"), url("accept_proposal", row.pk), **given)
    assert "廃止日が開設日より前です" in page
    row.refresh_from_db()
    assert row.state == "pending"


def test_accepting_a_kind_asks_why_where_it_touches(world: World) -> None:
    row = proposed(world, "kind", unit=world.unit("u4"), unit_kind="branch_group_care")
    address, client = url("accept_proposal", row.pk), world.client("officer")
    assert "種別に履歴はありません" in client.get(address).content.decode()
    assert "申請ID a-u4" in post(client, address, version="1")
    assert world.unit("u4").kind == "community_home"
    row.refresh_from_db()
    assert row.state == "pending"
    post(client, address, version="1", reason="届出の誤り")
    assert world.unit("u4").kind == "branch_group_care"
    assert Event.objects.latest("pk").reason == "届出の誤り"


def test_acceptance_and_register_stand_or_fall_together(world: World) -> None:
    row = proposed(world, effective_on=dt.date(2022, 6, 1))
    with pytest.raises(ConsequencesError), transaction.atomic():
        take(ACCEPT, office=world.office("officer"), row=row, version=1, values={"code": None})
    row.refresh_from_db()
    assert row.state == "pending"
    assert not Capacity.objects.filter(effective_from=dt.date(2022, 6, 1)).exists()


def test_declining_says_why_and_changes_nothing(world: World) -> None:
    row = proposed(world)
    client, address = world.client("officer"), url("decline_proposal", row.pk)
    assert 'id="id_comment_error"' in post(client, address, version="1")
    post(client, address, version="1", comment="図面を添えてください")
    row.refresh_from_db()
    assert (row.state, row.comment) == ("declined", "図面を添えてください")
    assert not Capacity.objects.filter(effective_from=row.effective_on).exists()
    page = world.client("home_staff").get(url("home", world.home.pk)).content.decode()
    assert "図面を添えてください" in page


def test_the_home_withdraws(world: World) -> None:
    row = proposed(world)
    page = post(world.client("home_staff"), url("withdraw_proposal", row.pk), version="1")
    assert "申出を取り下げました。" in page
    row.refresh_from_db()
    assert row.state == "withdrawn"


@pytest.mark.parametrize("name", ["accept_proposal", "decline_proposal", "withdraw_proposal"])
def test_what_is_settled_stays_settled(world: World, name: str) -> None:
    row = proposed(world)
    take(DECLINE, office=world.office("officer"), row=row, version=1, reason="不足")
    role = "home_staff" if name == "withdraw_proposal" else "officer"
    page = post(world.client(role), url(name, row.pk), version="2", comment="x")
    assert "は「登録しない」です。" in page
    row.refresh_from_db()
    assert row.state == "declined"


@pytest.mark.parametrize("name", ["accept_proposal", "decline_proposal", "withdraw_proposal"])
def test_who_comes_second_is_reported(world: World, name: str) -> None:
    row = proposed(world)
    ChangeProposal.objects.filter(pk=row.pk).update(version=2)
    role = "home_staff" if name == "withdraw_proposal" else "officer"
    page = post(world.client(role), url(name, row.pk), version="1", comment="打ったまま")
    assert "ほかの人が先に保存しました" in page
    assert name != "decline_proposal" or "打ったまま" in page
    assert 'name="version" value="2"' in page
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("accept_proposal", "home_staff", 403),
        ("accept_proposal", "approver", 403),
        ("accept_proposal", "auditor", 403),
        ("decline_proposal", "home_staff", 403),
        ("decline_proposal", "officer:other", 404),
        ("withdraw_proposal", "officer", 403),
        ("withdraw_proposal", "home_staff:sister", 404),
        ("withdraw_proposal", "auditor", 403),
    ],
)
def test_it_is_closed_to_others(world: World, name: str, role: str, status: int) -> None:
    row = proposed(world)
    client = world.client(role)
    assert client.get(url(name, row.pk)).status_code == status
    assert client.post(url(name, row.pk), {"version": "1"}).status_code == status
    row.refresh_from_db()
    assert row.state == "pending"


def test_an_action_refuses_what_the_person_may_not_do(world: World) -> None:
    row = proposed(world)
    staff, sister = world.office("home_staff"), world.office("home_staff:sister")
    with pytest.raises(PermissionDenied):
        take(ACCEPT, office=staff, row=row, version=1, values={"code": None})
    with pytest.raises(PermissionDenied):
        take(DECLINE, office=staff, row=row, version=1, reason="x")
    with pytest.raises(PermissionDenied):
        take(WITHDRAW, office=sister, row=row, version=1)
    with pytest.raises(StaleError), transaction.atomic():
        take(WITHDRAW, office=staff, row=row, version=0)


def test_a_proposal_without_its_unit_is_refused(world: World) -> None:
    row = proposed(world, "close", unit=None)
    page = post(world.client("officer"), url("accept_proposal", row.pk), version="1")
    assert "生活単位のない申出です。" in page
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.parametrize("name", ["accept_proposal", "decline_proposal", "withdraw_proposal"])
def test_it_is_settled_on_what_the_register_held_when_the_page_was_shown(
    world: World, name: str
) -> None:
    row = proposed(world)
    client = world.client("home_staff" if name == "withdraw_proposal" else "officer")
    address = url(name, row.pk)
    opened = client.get(address)
    assert "今の内容" in opened.content.decode()
    typed = {"comment": "打ったまま", "reason": "打ったまま"}
    shown = {field.name: field.value() for field in opened.context["form"].hidden_fields()}
    Capacity.objects.filter(unit=row.unit).update(capacity=5)
    answer = client.post(address, {**shown, **typed})
    page = answer.content.decode()
    assert "変わったところ:今の定員「4」→「5」" in page
    assert name == "withdraw_proposal" or "打ったまま" in page
    row.refresh_from_db()
    assert row.state == "pending"
    again = {field.name: field.value() for field in answer.context["form"].hidden_fields()}
    client.post(address, {**again, **typed})
    row.refresh_from_db()
    assert row.state != "pending"


@pytest.mark.parametrize("name", ["accept_proposal", "decline_proposal", "withdraw_proposal"])
def test_an_answer_that_names_no_seen_version_settles_nothing(world: World, name: str) -> None:
    row = proposed(world)
    client = world.client("home_staff" if name == "withdraw_proposal" else "officer")
    page = post(client, url(name, row.pk), comment="x", seen="")
    assert "この画面を開いた後に" in page
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.parametrize("role", ["home_staff", "officer"])
def test_a_home_lists_what_it_proposed_next_to_what_holds_today(world: World, role: str) -> None:
    proposed(world, capacity=5)
    page = markup_of(world.client(role).get(url("home", world.home.pk)))
    assert "今の内容と変更後の内容" in page
    assert '<td data-label="変更後の内容"><strong>5' in page
    assert "廃止日" not in page.split("今の内容と変更後の内容")[1].split("</table>")[0]
