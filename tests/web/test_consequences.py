"""What an edit of the register brings about is seen before it is saved, and asked once."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shokibo.web.audit.models import Event
from shokibo.web.homes.consequences import consequences_of
from shokibo.web.register.models import Capacity, ChangeProposal, Confirmation, Posting, Unit
from shokibo.web.returns import actions as returns
from shokibo.web.returns.actions import SUBMIT
from shokibo.web.returns.models import Return
from shokibo.web.steps.taking import take
from tests.web.markup import words_of
from tests.web.world import LETTER, OURS, World

LAPSES = "この変更で、要件を満たさなくなる認定があります。"
DIFFERS = "この変更で、提出済みの様式と数値が違うことになります。"


def url(name: str, *args: int) -> str:
    return reverse(f"homes:{name}", args=[OURS, *args])


def ends(world: World, role: str = "officer", **given: str) -> Any:  # noqa: ANN401 - the test client's answer
    row = Posting.objects.get(code="u-1")
    sent = {"ended_on": "R4.9.30", "version": str(row.version), "reason": "退職", **given}
    return world.client(role).post(url("end_posting", row.pk), sent)


def submitted(world: World, form: int = 1, year: int = 2022) -> Return:
    row = returns.draft(office=world.office("officer"), form=form, year=year)
    values = {**LETTER, "left_blank": []}
    office = world.office("approver")
    return take(SUBMIT, office=office, row=row, version=row.version, values=values)


def test_what_lapses_is_shown_with_its_months_and_ground_though_a_reason_is_given(
    world: World,
) -> None:
    answer = ends(world)
    page = words_of(answer)
    assert LAPSES in page
    assert "a-u4 令和4年10月から令和5年3月まで(6か月)" in page
    assert "満たさないもの" in page
    assert "もう一度送ってください" in page
    assert "退職" in page
    assert Posting.objects.get(code="u-1").ended_on is None


def test_sent_again_it_is_saved(world: World) -> None:
    seen = ends(world).context["form"]["confirmed"].value()
    assert ends(world, confirmed=seen).status_code == 302
    assert Posting.objects.get(code="u-1").ended_on == dt.date(2022, 9, 30)


def test_the_missing_reason_is_requested_with_it_and_both_are_answered_together(
    world: World,
) -> None:
    answer = ends(world, reason="")
    assert LAPSES in words_of(answer)
    assert "reason" in answer.context["form"].errors
    seen = answer.context["form"]["confirmed"].value()
    assert ends(world, confirmed=seen).status_code == 302


def test_what_was_seen_of_another_day_is_not_this_one(world: World) -> None:
    seen = ends(world).context["form"]["confirmed"].value()
    answer = ends(world, ended_on="R4.6.30", confirmed=seen)
    assert "a-u4 令和4年7月から令和5年3月まで(9か月)" in words_of(answer)
    again = answer.context["form"]["confirmed"].value()
    assert ends(world, ended_on="R4.6.30", confirmed=again).status_code == 302


def test_where_nothing_lapses_nothing_is_asked(world: World) -> None:
    row = Posting.objects.get(code="m-1")
    sent = {"ended_on": "R4.9.30", "version": str(row.version)}
    assert world.client("officer").post(url("end_posting", row.pk), sent).status_code == 302
    unit = world.unit("u4").pk
    later = {"effective_from": "R5.4.1", "capacity": "6"}
    assert world.client("officer").post(url("add_capacity", unit), later).status_code == 302


def test_an_edit_that_only_touches_asks_for_its_reason_alone(world: World) -> None:
    row = Confirmation.objects.get(item="training")
    fields = {"item": "training", "result": "1", "confirmed_on": "R4.4.6", "version": "1"}
    days = {"holds_from": "R4.4.1", "expires_on": "R5.4.30"}
    client, address = world.client("officer"), url("edit_confirmation", row.pk)
    moved = {**fields, **days, "confirmed_on": "R4.4.7"}
    page = words_of(client.post(address, moved))
    assert "認定済みの月に影響します" in page
    assert LAPSES not in page
    assert client.post(address, {**moved, "reason": "日の誤り"}).status_code == 302


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("edit_unit", {"name": "地域の家", "kind": "other_group_home"}),
        ("close_unit", {"closed_on": "R4.9.30"}),
    ],
)
def test_a_kind_and_a_closing_are_asked_about_too(
    world: World, name: str, given: dict[str, str]
) -> None:
    client, address = world.client("officer"), url(name, world.unit("u4").pk)
    sent = {**given, "version": "1", "reason": "届出"}
    answer = client.post(address, sent)
    assert LAPSES in words_of(answer)
    seen = answer.context["form"]["confirmed"].value()
    assert client.post(address, {**sent, "confirmed": seen}).status_code == 302


def test_home_staff_see_what_lapses_of_their_home_and_no_form(world: World) -> None:
    submitted(world)
    page = words_of(ends(world, "home_staff", ended_on="R4.4.30"))
    assert LAPSES in page
    assert DIFFERS not in page


def test_a_submitted_form_that_would_differ_is_named_with_its_differences(world: World) -> None:
    sent_form = submitted(world)
    row = Capacity.objects.get(unit=world.unit("m6"))
    client = world.client("officer")
    unit = Capacity.objects.get(unit=world.unit("u4"))
    sent = {"effective_from": "H31.4.1", "capacity": "5", "version": "1", "reason": "誤り"}
    page = words_of(client.post(url("edit_capacity", unit.pk), sent))
    assert DIFFERS in page
    assert str(sent_form) in page
    assert "加算申請か所数(地域小規模児童養護施設、定員4名) 1か所 → 0か所" in page
    assert "ほか4か所" in page
    assert LAPSES not in page
    outside = {**sent, "capacity": "5"}
    assert client.post(url("edit_capacity", row.pk), outside).status_code == 302


def test_a_form_that_differs_already_in_the_same_way_is_not_asked_about(world: World) -> None:
    submitted(world)
    Capacity.objects.filter(unit=world.unit("b5")).update(capacity=4)
    office = world.office("officer")
    unit = world.unit("m6")
    renamed = Unit.objects.get(pk=unit.pk)
    renamed.name = "別の名"
    assert not consequences_of(office, [(unit, renamed)]).is_grave


def test_an_edit_of_other_years_asks_nothing_of_a_form(world: World) -> None:
    submitted(world)
    unit = world.unit("u4")
    for day, asks in ((dt.date(2022, 4, 2), False), (dt.date(2023, 4, 1), False)):
        row = Capacity(authority=world.authority, unit=unit, effective_from=day, capacity=6)
        found = consequences_of(world.office("officer"), [(None, row)])
        assert bool(found.returns) is asks, day
    row = Capacity(
        authority=world.authority, unit=unit, effective_from=dt.date(2022, 4, 1), capacity=6
    )
    assert consequences_of(world.office("officer"), [(None, row)]).returns


def test_a_renamed_unit_differs_on_the_form(world: World) -> None:
    submitted(world)
    client, unit = world.client("officer"), world.unit("u4")
    sent = {"name": "新しい名", "kind": "community_home", "version": "1"}
    answer = client.post(url("edit_unit", unit.pk), sent)
    assert DIFFERS in words_of(answer)
    assert "新しい名" in words_of(answer)
    assert not answer.context["form"].errors
    seen = answer.context["form"]["confirmed"].value()
    assert client.post(url("edit_unit", unit.pk), {**sent, "confirmed": seen}).status_code == 302


def proposed(world: World, **values: object) -> ChangeProposal:
    return ChangeProposal.objects.create(
        authority=world.authority,
        home=world.home,
        unit=world.unit("u4"),
        reason="児童の減少",
        proposed_by=world.people["home_staff"],
        **{"change": "close", "effective_on": dt.date(2022, 9, 30), **values},
    )


def hidden(client: Client, address: str) -> dict[str, str]:
    form = client.get(address).context["form"]
    return {field.name: field.value() for field in form.hidden_fields()}


def test_the_page_that_accepts_a_proposal_shows_it_and_needs_no_second_submission(
    world: World,
) -> None:
    row, client = proposed(world), world.client("officer")
    address = url("accept_proposal", row.pk)
    page = words_of(client.get(address))
    assert LAPSES in page
    assert "a-u4 令和4年10月から令和5年3月まで(6か月)" in page
    sent = {**hidden(client, address), "reason": "届出のとおり"}
    assert client.post(address, sent).status_code == 302
    assert world.unit("u4").closed_on == dt.date(2022, 9, 30)


def test_a_proposal_is_shown_next_to_what_holds(world: World) -> None:
    row = proposed(world, change="capacity", capacity=6, effective_on=dt.date(2023, 4, 1))
    rows = world.client("officer").get(url("accept_proposal", row.pk)).context["saving"].comparison
    assert [(now, then) for _header, now, then in rows] == [
        ("地域小規模児童養護施設", "地域小規模児童養護施設"),
        ("4", "6"),
    ]
    closing = proposed(world)
    page = words_of(world.client("home_staff").get(url("withdraw_proposal", closing.pk)))
    assert "廃止日 — 令和4年9月30日" in page


def test_the_home_is_asked_once_about_what_its_proposal_would_end(world: World) -> None:
    client, address = world.client("home_staff"), url("propose", world.home.pk)
    assert "地域の家(地域小規模児童養護施設、定員4人)" in client.get(address).content.decode()
    sent = {
        "change": "close",
        "unit": str(world.unit("u4").pk),
        "effective_on": "R4.9.30",
        "reason": "児童の減少",
    }
    answer = client.post(address, sent)
    assert LAPSES in words_of(answer)
    assert "児童の減少" in words_of(answer)
    assert not ChangeProposal.objects.exists()
    seen = answer.context["form"]["confirmed"].value()
    assert client.post(address, {**sent, "confirmed": seen}).status_code == 302
    assert ChangeProposal.objects.get().change == "close"


def test_nothing_is_written_before_it_is_seen(world: World) -> None:
    events = Event.objects.count()
    ends(world)
    assert Event.objects.count() == events
