"""Nobody sees a child but by the table: on pages, in exports, search, errors and the API."""

import datetime as dt
from pathlib import Path

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from shokibo.web.audit.models import Look
from shokibo.web.base import clock
from shokibo.web.care.models import Child, Opening, Situation
from shokibo.web.care.reach import Reach
from shokibo.web.register.models import Episode
from tests.builders import add
from tests.web.calling import caller
from tests.web.children import (
    PROTECTED,
    child_of,
    child_with_records,
    moved_to_center,
    placed,
    recorded,
)
from tests.web.imports import brought, downloaded, workbook
from tests.web.test_matrix import PAGES
from tests.web.world import OURS, World

DAY = dt.timedelta(days=1)


def url(page: str, *arguments: object) -> str:
    return reverse(f"care:{page}", args=[OURS, *arguments])


@pytest.mark.parametrize("role", ["officer", "approver", "auditor", "home_staff:sister"])
def test_no_page_shows_a_child_to_who_has_no_relation(world: World, role: str) -> None:
    child = child_with_records(world)
    recorded(world, child, "protection", **PROTECTED)
    client, shown = world.client(role), []
    for name, page in PAGES.items():
        if role not in page.get or name.startswith(("exchange:", "planning:", "needs:")):
            continue
        before = transaction.savepoint()
        address = reverse(name, args=[OURS, *page.arguments(world)]) + page.asked(world)
        more = "&" if "?" in address else "?"
        for asked in (address, f"{address}{more}export=csv"):
            shown += [name] if child.code.encode() in client.get(asked).content else []
        transaction.savepoint_rollback(before)
    assert shown == []
    found = client.get(f"{reverse('today:search', args=[OURS])}?words={child.code}")
    assert f">{child.code}<" not in found.content.decode()
    for kind in ("xlsx", "csv"):
        ledger = client.get(reverse("exchange:ledger", args=[OURS, kind]))
        assert child.code.encode() not in ledger.content
    for closed in ("child", "looks", "edit_child"):
        answer = client.get(url(closed, child.pk))
        assert answer.status_code in (403, 404)
        assert child.code not in answer.content.decode()
    assert caller(world, role).get("{ours}/tables/episodes").status_code == 403


@pytest.mark.parametrize(("days", "seen"), [(0, True), (90, True), (91, False)])
def test_a_home_sees_a_child_for_ninety_days_after_it_left(
    world: World, days: int, seen: bool
) -> None:
    child = child_of(world)
    placed(world, child)
    last = clock.today() - days * DAY
    placed(world, child, place="foster", home=None, unit=None, started_on=last + DAY) if (
        days
    ) else None
    client = world.client("home_staff")
    assert (client.get(url("child", child.pk)).status_code == 200) is seen
    assert (child.code in client.get(url("children")).content.decode()) is seen


def test_a_home_sees_only_records_that_concern_it(world: World) -> None:
    child = child_with_records(world)
    recorded(world, child, "protection", **PROTECTED)
    placed(world, child, home=world.sister, unit=world.unit("s4"), started_on=dt.date(2022, 4, 1))
    shown = world.client("home_staff").get(url("child", child.pk)).content.decode()
    assert "架空姉妹園" not in shown
    assert "一時保護所" not in shown
    assert "児童の間の関係" in shown
    policy = Situation.objects.get()
    sister = world.client("home_staff:sister")
    assert sister.get(url("child", child.pk)).status_code == 200
    assert sister.get(url("agree", policy.pk)).status_code == 404


@pytest.mark.parametrize("center", ["C1", None])
def test_a_center_sees_its_own_children_alone(world: World, center: str | None) -> None:
    ours, theirs = child_of(world, "C1"), child_of(world, "C2")
    placed(world, theirs)
    if center:
        moved_to_center(world, "center_staff", center)
    client, sees_all = world.client("center_staff"), center is None
    assert client.get(url("child", ours.pk)).status_code == 200
    assert (client.get(url("child", theirs.pk)).status_code == 200) is sees_all
    for page in ("care:children", "homes:list_episode"):
        listed = client.get(reverse(page, args=[OURS])).content.decode()
        assert (theirs.code in listed) is sees_all
    csv = client.get(reverse("exchange:ledger", args=[OURS, "csv"]))
    assert csv.status_code == 200
    rows = caller(world, "center_staff").get("{ours}/tables/episodes").json()["rows"]
    assert (theirs.code in [row["child_code"] for row in rows]) is sees_all
    row = Episode.objects.get(child_code=theirs.code)
    address = reverse("homes:edit_episode", args=[OURS, row.pk])
    assert (client.get(address).status_code == 200) is sees_all


def test_a_workbook_of_a_center_changes_its_own_children_alone(world: World) -> None:
    child = child_of(world, "C2")
    placed(world, child)
    whole = downloaded(world.office("center_staff"))
    moved_to_center(world, "center_staff", "C1")
    part = downloaded(world.office("center_staff"))
    assert brought(world, "center_staff", part).counts == {}
    run = brought(world, "center_staff", whole)
    assert {one["code"] for one in run.findings["problems"]} == {"CHILD_OF_OTHER_CENTER"}


def test_records_are_opened_with_a_reason_for_fifteen_minutes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = child_of(world, "C2")
    placed(world, child)
    moved_to_center(world, "center_staff", "C1")
    moved_to_center(world, "center_staff:other", "C2")
    client = world.client("center_staff")
    sent = {"code": child.code.lower(), "reason": "夜間の緊急の連絡"}
    assert client.get(url("child", child.pk)).status_code == 404
    wrong = client.post(url("open_records"), {**sent, "code": "2222-2223"}).content.decode()
    assert "書き間違い" in wrong
    unknown = client.post(url("open_records"), {**sent, "code": "2222-2222"}).content.decode()
    assert "この児童コードの記録はありません" in unknown
    answer = client.post(url("open_records"), sent)
    assert answer["Location"] == url("child", child.pk)
    shown = client.get(url("child", child.pk)).content.decode()
    assert "15分間" in shown
    assert "登録内容の修正" not in shown
    assert Look.objects.get(child=child.pk).relation == "opened"
    opened = Opening.objects.get()
    for minutes, status in ((14, 200), (16, 404)):
        now = opened.opened_at + dt.timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda at=now: at)
        assert client.get(url("child", child.pk)).status_code == status


def test_the_center_is_reported_the_same_day(world: World) -> None:
    child = child_of(world, "C2")
    moved_to_center(world, "center_staff", "C1")
    client = world.client("center_staff")
    client.post(url("open_records"), {"code": child.code, "reason": "急を要する"})
    assert mail.outbox == []  # nobody of that center has an account
    moved_to_center(world, "center_staff", "C2")
    today = client.get(reverse("today:today", args=[OURS])).content.decode()
    assert "理由を書いて開かれた児童の記録を確かめる" in today
    assert child.code not in today
    watched = client.get(url("watch")).content.decode()
    assert all(words in watched for words in (child.code, "急を要する"))


def test_mail_names_no_child(world: World) -> None:
    child = child_of(world, "C2")
    other = world.people["officer:second"]
    other.memberships.update(role="center_staff", center_code="C2")
    moved_to_center(world, "center_staff", "C1")
    world.client("center_staff").post(url("open_records"), {"code": child.code, "reason": "急"})
    (sent,) = mail.outbox
    assert sent.to == [other.email]
    assert child.code not in sent.body


def test_the_start_page_has_every_clock_and_the_unusual_looks(world: World) -> None:
    child, client = child_with_records(world), world.client("center_staff")
    client.get(url("child", child.pk))
    Look.objects.filter(child=child.pk)
    reach = Reach(world.office("center_staff"), clock.today())
    reach.office.looked("児童の記録", 1, child=child.pk, relation="former_home")
    watched = client.get(url("watch")).content.decode()
    assert all(
        words in watched for words in ("援助方針を見直す", "令和4年3月31日", "退所した児童を見た")
    )
    today = client.get(reverse("today:today", args=[OURS])).content.decode()
    assert "期限を過ぎた児童の手続" in today
    assert Child.objects.get().code not in today


@pytest.mark.parametrize("of_records", [True, False])
def test_a_center_learns_nothing_of_another_s_child_by_adding_rows(
    world: World, of_records: bool
) -> None:
    """Neither whether it has records nor on which day a stay began; and it adds nothing to them."""
    child = child_of(world, "C2")
    placed(world, child)
    Episode.objects.update(of_records=of_records)
    moved_to_center(world, "center_staff", "C1")
    row = {"child_code": child.code, "birth_month": "2012-06", "place": "foster"}
    row |= {"center_code": "C1"}
    client, answers, details = world.client("center_staff"), set(), set()
    for day in ("2021-04-01", "2021-04-02", "2019-04-01"):
        given = {**row, "started_on": day}
        page = client.post(reverse("homes:add_episode", args=[OURS]), given)
        answers.add(str(page.context["form"].errors))
        called = caller(world, "center_staff").send("POST", "{ours}/tables/episodes", given)
        details.add((called.status_code, called.json()["detail"]))
    assert len(answers) == len(details) == 1
    assert "あなたの児童相談所では使えません" in answers.pop()
    assert Episode.objects.count() == 1


def test_a_worker_who_moves_to_another_center_no_longer_sees_their_imports(
    world: World, tmp_path: Path
) -> None:
    moved_to_center(world, "center_staff", "C1")
    row = {"birth_month": "2012-06", "place": "foster", "started_on": "2019-04-01"}
    made = workbook(tmp_path, add("episodes", child_code="C-0001", center_code="C1", **row))
    run, client = brought(world, "center_staff", made), world.client("center_staff")
    address = reverse("exchange:run", args=[OURS, run.pk])
    assert "C-0001" in client.get(address).content.decode()
    moved_to_center(world, "center_staff", "C2")
    assert client.get(address).status_code == 404
    assert (
        run.file_name not in client.get(reverse("exchange:exchange", args=[OURS])).content.decode()
    )
    asked = {"version": run.version, "reason": ""}
    assert client.post(f"{address}apply/", asked).status_code == 404
    moved_to_center(world, "center_staff", "")
    assert client.get(address).status_code == 200
