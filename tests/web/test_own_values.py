"""自治体の値 by four eyes: proposed by one, decided by another, and used by every judgement."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from shokibo.web.audit.models import Event
from shokibo.web.base.refusal import RefusedError
from shokibo.web.office.models import SettingProposal
from shokibo.web.office.proposals import ACCEPT, MAKE, WITHDRAW
from shokibo.web.planning.models import Plan
from shokibo.web.planning.plan_page import stored_plan
from shokibo.web.register.models import OwnValue
from shokibo.web.steps.taking import take
from tests.web.applications import also
from tests.web.calling import caller
from tests.web.markup import markup_of
from tests.web.world import OURS, World

APRIL = dt.date(2022, 4, 1)
SOURCE = "架空県要綱 第3条"
GIVEN = {"effective_from": "R4.4.1", "value": "5", "source": SOURCE, "reason": "要綱の施行"}


def url(name: str, *at: object) -> str:
    return reverse(f"office:{name}", args=[OURS, *at])


def send(client: Client, address: str, **given: str) -> str:
    """Open the page, then send its form with what is given."""
    form = client.get(address).context["form"]
    opened = {one.name: "" if one.value() is None else str(one.value()) for one in form}
    return markup_of(client.post(address, {**opened, **given}, follow=True))


def proposed(world: World, **given: Any) -> SettingProposal:  # noqa: ANN401
    values = {
        "change": "set",
        "name": "base_staff",
        "effective_from": APRIL,
        "value": "5",
        "source": SOURCE,
        "reason": "要綱の施行",
    }
    row = SettingProposal(authority=world.authority, **(values | given))
    return take(MAKE, office=world.office("officer"), row=row)


def decided(world: World, row: SettingProposal) -> SettingProposal:
    return take(ACCEPT, office=world.office("approver"), row=row, version=row.version)


def held(world: World, name: str = "base_staff") -> list[tuple[object, ...]]:
    rows = OwnValue.objects.filter(authority=world.authority, name=name)
    return list(rows.values_list("effective_from", "effective_to", "value", "source"))


def test_the_page_lists_what_may_be_set_with_the_value_of_the_law(world: World) -> None:
    page = markup_of(world.client("officer").get(url("values")))
    assert "自治体が定めた値はありません" in page
    assert "加配前の必要職員数" in page
    assert "3人" in page
    assert "子発1004第5号 別紙様式1 3(例) (未確認)" in page
    assert url("set", "base_qualified.community_home") in page
    assert "max_extra" not in page


def test_the_page_of_a_value_shows_law_source_unit_and_how_it_is_written(world: World) -> None:
    page = markup_of(world.client("officer").get(url("set", "base_staff")))
    for words in (
        "加配前の必要職員数",
        "3人",
        "別紙様式1 3(例) (未確認)",
        "0以上の整数",
        "<dd>人</dd>",
    ):
        assert words in page
    assert "○</option>" in markup_of(
        world.client("officer").get(url("set", "absent_staff_counted"))
    )


@pytest.mark.parametrize("name", ["max_extra", "base_qualified", "nothing", "base_staff.main_unit"])
def test_what_may_not_be_set_has_no_page(world: World, name: str) -> None:
    assert world.client("officer").get(url("set", name)).status_code == 404


def test_one_proposes_and_another_decides(world: World) -> None:
    page = send(world.client("officer"), url("set", "base_staff"), **GIVEN)
    assert "起案しました。" in page
    assert held(world) == []
    row = SettingProposal.objects.get()
    assert (row.state, row.proposed_by) == ("pending", world.people["officer"])
    approver = world.client("approver")
    assert url("accept", row.pk) in markup_of(approver.get(url("values")))
    assert url("accept", row.pk) in markup_of(approver.get(f"/{OURS}/"))
    shown = markup_of(approver.get(url("accept", row.pk)))
    assert "5人" in shown
    assert "自治体が定めないときの値</dt><dd>3人" in shown
    assert "決定しました。" in send(approver, url("accept", row.pk))
    assert held(world) == [(APRIL, None, "5", SOURCE)]
    events = Event.objects.filter(action__startswith="setting.").order_by("pk")
    assert list(events.values_list("action", "actor__name", "subject_kind")) == [
        ("setting.propose", "架空 officer", "office.settingproposal"),
        ("setting.accept", "架空 approver", "office.settingproposal"),
        ("setting.accept", "架空 approver", "register.ownvalue"),
    ]


def test_who_proposed_does_not_decide(world: World) -> None:
    both = also(world, "officer:second", "approver")
    row = SettingProposal(
        authority=world.authority,
        change="set",
        name="base_staff",
        effective_from=APRIL,
        value="5",
        source=SOURCE,
        reason="x",
    )
    take(MAKE, office=both, row=row)
    with pytest.raises(RefusedError, match="another approver"):
        take(ACCEPT, office=both, row=row, version=row.version)
    with pytest.raises(PermissionDenied):
        take(ACCEPT, office=world.office("officer"), row=row, version=row.version)
    assert held(world) == []


def test_the_database_holds_the_four_eyes(world: World) -> None:
    row = proposed(world)
    settled = {"state": "accepted", "decided_at": row.proposed_at, "decided_by": row.proposed_by}
    with pytest.raises(IntegrityError), transaction.atomic():
        SettingProposal.objects.filter(pk=row.pk).update(**settled)


def test_what_was_proposed_or_settled_never_changes(world: World) -> None:
    row = proposed(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        SettingProposal.objects.filter(pk=row.pk).update(value="6")
    decided(world, row)
    with pytest.raises(IntegrityError), transaction.atomic():
        SettingProposal.objects.filter(pk=row.pk).update(comment="x")


@pytest.mark.parametrize(
    ("name", "given", "field", "words"),
    [
        ("base_staff", {"value": "多め"}, "value", "整数"),
        ("base_staff", {"value": "-1"}, "value", "0以上の整数"),
        ("base_staff", {"value": ""}, "value", "記入してください。"),
        ("absent_staff_counted", {"value": "3"}, "value", ""),
        ("base_staff", {"source": ""}, "source", "記入してください。"),
        ("base_staff", {"effective_from": ""}, "effective_from", "記入してください。"),
        ("base_staff", {"effective_from": "4月"}, "effective_from", ""),
        ("base_staff", {"effective_to": "R4.3.31"}, "effective_to", "適用開始日より前です。"),
        ("base_staff", {"reason": ""}, "reason", ""),
    ],
)
def test_what_is_wrong_is_reported_at_its_field(
    world: World, name: str, given: dict[str, str], field: str, words: str
) -> None:
    client = world.client("officer")
    page = send(client, url("set", name), **(GIVEN | given))
    assert words in page.partition(f'id="id_{field}_error"')[2][:200]
    assert f'id="id_{field}_error"' in page
    assert not SettingProposal.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("R4.4.1", "", "effective_from"),  # it begins on the same day
        ("R4.3.31", "", "effective_to"),
        ("R4.3.31", "R4.4.1", "effective_to"),
        ("R4.3.31", "R4.3.31", ""),
        ("R5.3.31", "", "effective_from"),
        ("R5.4.1", "", ""),
    ],
)
def test_days_that_overlap_another_value_are_refused_at_the_field(
    world: World, first: str, last: str, field: str
) -> None:
    decided(world, proposed(world, effective_to=dt.date(2023, 3, 31)))
    given = GIVEN | {"effective_from": first, "effective_to": last, "value": "6"}
    page = send(world.client("officer"), url("set", "base_staff"), **given)
    assert ("起案しました。" in page) == (field == "")
    assert (f'id="id_{field}_error"' in page) == bool(field)
    if field == "effective_to":
        assert "適用終了日を令和4年3月31日以前にしてください。" in page


def test_a_new_value_ends_the_one_without_an_end_on_the_day_before(world: World) -> None:
    decided(world, proposed(world))
    row = proposed(world, effective_from=dt.date(2023, 4, 1), value="4")
    shown = markup_of(world.client("approver").get(url("accept", row.pk)))
    assert "令和5年3月31日で終わる値" in shown
    decided(world, row)
    assert held(world) == [
        (APRIL, dt.date(2023, 3, 31), "5", SOURCE),
        (dt.date(2023, 4, 1), None, "4", SOURCE),
    ]


def test_a_value_is_corrected_ended_and_taken_out(world: World) -> None:
    decided(world, proposed(world))
    stored = OwnValue.objects.get()
    officer = world.client("officer")
    opened = markup_of(officer.get(url("correct", stored.pk)))
    assert "令和4年4月1日" in opened
    assert 'name="effective_from"' not in opened
    page = send(
        officer, url("correct", stored.pk), value="4", effective_to="R5.3.31", reason="誤記"
    )
    assert "起案しました。" in page
    decided(world, SettingProposal.objects.filter(state="pending").get())
    assert held(world) == [(APRIL, dt.date(2023, 3, 31), "4", SOURCE)]
    assert "起案しました。" in send(officer, url("remove", stored.pk), reason="定めていない")
    decided(world, SettingProposal.objects.filter(state="pending").get())
    assert held(world) == []


def test_the_same_value_is_not_proposed_twice(world: World) -> None:
    row = proposed(world)
    page = send(world.client("officer"), url("set", "base_staff"), **GIVEN)
    assert "もう決裁を待っています。" in page
    take(WITHDRAW, office=world.office("officer"), row=row, version=row.version)
    assert "起案しました。" in send(world.client("officer"), url("set", "base_staff"), **GIVEN)


def test_an_approver_declines_with_the_reason(world: World) -> None:
    row = proposed(world)
    approver = world.client("approver")
    assert 'id="id_reason_error"' in send(approver, url("decline", row.pk))
    send(approver, url("decline", row.pk), reason="根拠を確かめてください")
    row.refresh_from_db()
    assert (row.state, row.comment) == ("declined", "根拠を確かめてください")
    assert "根拠を確かめてください" in markup_of(world.client("officer").get(url("values")))
    assert held(world) == []


def test_who_decides_on_what_changed_meanwhile_is_reported(world: World) -> None:
    decided(world, proposed(world))
    later = proposed(world, effective_from=dt.date(2023, 4, 1), value="4")
    approver = world.client("approver")
    seen = {
        one.name: one.value()
        for one in approver.get(url("accept", later.pk)).context["form"].hidden_fields()
    }
    OwnValue.objects.update(value="9")
    page = markup_of(approver.post(url("accept", later.pk), seen))
    assert "この画面を開いた後に、内容が変わりました。" in page
    assert len(held(world)) == 1


def test_days_that_overlap_since_are_refused_when_it_is_decided(world: World) -> None:
    row = proposed(world)
    OwnValue.objects.create(
        authority=world.authority,
        name="base_staff",
        effective_from=dt.date(2022, 10, 1),
        value="4",
        source=SOURCE,
    )
    page = send(world.client("approver"), url("accept", row.pk))
    assert "同じ項目の別の値と期間が重なります。" in page
    row.refresh_from_db()
    assert (row.state, len(held(world))) == ("pending", 1)


def test_every_judgement_uses_the_value_and_names_it_with_its_source(world: World) -> None:
    unit = world.unit("u4")
    officer, api = world.client("officer"), caller(world, "officer")
    address = f"/{OURS}/register/units/{unit.pk}/?as_of=2022-04-30"
    asked = f"{OURS}/evaluation"
    before = markup_of(officer.get(address))
    assert "自治体の値による" not in before
    decided(world, proposed(world))
    words = f"(自治体の値による:加配前の必要職員数({SOURCE}))"
    assert words in markup_of(officer.get(address))
    answer = api.get(asked, as_of="2022-04-30").json()
    (found,) = (one for one in answer["units"] if one["unit_id"] == "u4")
    named = [reason for reason in found["reasons"] if reason.get("own_values")]
    assert named
    assert {"name": "base_staff", "source": SOURCE} in named[0]["own_values"]
    earlier = markup_of(officer.get(address.replace("04-30", "03-31")))
    assert "自治体の値による" not in earlier


def test_plans_are_computed_with_the_value(world: World) -> None:
    Plan.objects.create(
        authority=world.authority, baseline_on="2022-03-31", from_year=2022, to_year=2023
    )
    plan = stored_plan(world.authority).plan
    assert plan is not None
    assert plan.law.integer("main_unit_most", APRIL) == 6
    decided(world, proposed(world, name="main_unit_most", value="5"))
    plan = stored_plan(world.authority).plan
    assert plan is not None
    assert plan.law.integer("main_unit_most", APRIL) == 5


def test_a_home_reads_the_values_and_no_proposal(world: World) -> None:
    decided(world, proposed(world))
    proposed(world, name="main_unit_most", value="5")
    page = markup_of(world.client("home_staff").get(url("values")))
    assert SOURCE in page
    assert "決裁を待っている起案" not in page
    assert "これまでの起案" not in page
    assert url("set", "base_staff") not in page


def test_another_authority_finds_nothing(world: World) -> None:
    row = proposed(world)
    for name in ("accept", "decline", "withdraw"):
        assert world.client("approver:other").get(url(name, row.pk)).status_code == 404
        theirs = reverse(f"office:{name}", args=["990028", row.pk])
        role = "officer:other" if name == "withdraw" else "approver:other"
        assert world.client(role).get(theirs).status_code == 404


def rows_beside(world: World, row: SettingProposal, page: str = "accept") -> list[tuple[str, str]]:
    answer = world.client("approver").get(url(page, row.pk))
    return [(now, then) for _label, now, then in answer.context["comparison"]]


def test_a_value_is_decided_on_next_to_what_holds_today(world: World) -> None:
    first = proposed(world, effective_from=dt.date(2023, 4, 1))
    law = ("3人", "5人"), ("—", "令和5年4月1日〜")
    assert tuple(rows_beside(world, first)[:2]) == law
    OwnValue.objects.create(
        authority=world.authority,
        name="base_staff",
        effective_from=dt.date(2021, 4, 1),
        effective_to=dt.date(2022, 4, 5),
        value="4",
        source="要綱",
    )
    span = "令和3年4月1日〜令和4年4月5日"
    assert rows_beside(world, first) == [
        ("4人", "5人"),
        (span, "令和5年4月1日〜"),
        ("要綱", SOURCE),
    ]
    OwnValue.objects.update(effective_to=dt.date(2022, 4, 4))
    assert tuple(rows_beside(world, first, "decline")[:2]) == law


def test_who_reports_is_decided_on_next_to_who_does_today(world: World) -> None:
    row = SettingProposal(
        authority=world.authority, change="reporting", reporting_officer="局長", reason="組織改正"
    )
    take(MAKE, office=world.office("officer"), row=row)
    assert rows_beside(world, row) == [("民生主管部長", "局長"), ("—", "—")]


@pytest.mark.parametrize("page", ["accept", "decline"])
def test_the_pages_that_decide_lead_back_to_the_values(world: World, page: str) -> None:
    html = markup_of(world.client("approver").get(url(page, proposed(world).pk)))
    assert f'<a href="{url("values")}">自治体の値</a>' in html
