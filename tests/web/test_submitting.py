"""Before an application is submitted its judgement is seen once more, what refuses it first."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shokibo.web.audit.models import Event
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import SUBMIT
from shokibo.web.steps.taking import take
from tests.web.applications import certified_for_two, changing, drafted, ending
from tests.web.markup import words_of
from tests.web.world import OURS, World

BLOCKED = "現時点の台帳のままでは、認定されません。"
EXCESS = "加配できる数を超えて申請する理由"


def address(row: Application, page: str = "submit") -> str:
    return f"/{OURS}/applications/{row.pk}/{page}/"


def send(client: Client, row: Application, page: str = "submit", **given: str) -> Any:  # noqa: ANN401 - the test client's answer
    form = client.get(address(row, page)).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    return client.post(address(row, page), {**hidden, **given})


def test_what_holds_is_shown_and_asks_nothing_more(world: World) -> None:
    row, client = drafted(world), world.client("home_staff")
    page = client.get(address(row))
    assert "要件の判定" in words_of(page)
    assert BLOCKED not in words_of(page)
    assert EXCESS not in words_of(page)
    assert [field.name for field in page.context["form"].visible_fields()] == []
    assert send(client, row).status_code == 302
    row.refresh_from_db()
    assert row.state == "submitted"


def test_blockers_come_first_and_it_may_still_be_submitted(
    world: World,
) -> None:
    row, client = drafted(world), world.client("home_staff")
    world.home.confirmation_set.filter(item="training").delete()
    page = words_of(client.get(address(row)))
    assert page.index(BLOCKED) < page.index("申請ID") < page.index("要件の判定")
    assert send(client, row).status_code == 302


def test_more_than_is_available_needs_a_reason_which_the_officer_reads(world: World) -> None:
    row, client = drafted(world, requested_extra=2), world.client("home_staff")
    page = words_of(client.get(address(row)))
    assert "加配2人は、加配できる1人を超えています。" in page
    assert EXCESS in page
    answer = send(client, row, reason="  ")
    assert answer.context["form"].errors["reason"]
    row.refresh_from_db()
    assert row.state == "draft"
    assert send(client, row, reason="10月に採用の予定").status_code == 302
    assert Event.objects.latest("pk").reason == "10月に採用の予定"
    row.refresh_from_db()
    for page_name in ("", "propose"):
        officer = world.client("officer").get(
            f"/{OURS}/applications/{row.pk}/{page_name}".rstrip("/") + "/"
        )
        assert "10月に採用の予定" in words_of(officer), page_name


@pytest.mark.parametrize(("asked", "refused"), [(1, False), (2, True), (3, True)])
def test_without_a_page_more_than_is_available_is_refused_too(
    world: World, asked: int, *, refused: bool
) -> None:
    row, office = drafted(world, requested_extra=asked), world.office("home_staff")
    given: dict[str, Any] = {"office": office, "row": row, "version": row.version}
    if refused:
        with pytest.raises(RefusedError, match="say why"), transaction.atomic():
            take(SUBMIT, **given)
        take(SUBMIT, **given, reason="採用の予定")
    else:
        take(SUBMIT, **given)
    row.refresh_from_db()
    assert row.state == "submitted"


def test_it_is_submitted_on_the_judgement_that_was_shown(world: World) -> None:
    row, client = drafted(world), world.client("home_staff")
    form = client.get(address(row)).context["form"]
    sent = {field.name: field.value() for field in form.hidden_fields()}
    world.home.confirmation_set.filter(item="training").delete()
    page = client.post(address(row), sent)
    assert "判定「可」→" in words_of(page)
    row.refresh_from_db()
    assert row.state == "draft"


def test_the_judgement_is_read_with_no_query_a_unit(world: World) -> None:
    row, client = drafted(world), world.client("home_staff")
    counts = []
    for code in ("d4", "e4"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address(row))
        counts.append(len(queries))
        drafted(world, code)
    assert counts[0] == counts[1]


def test_an_end_and_a_change_stand_next_to_what_is_certified(world: World) -> None:
    row = ending(world, ended_on=dt.date(2022, 9, 30))
    shown = world.client("approver").get(address(row, "end"))
    assert "加配数 1人 —" in words_of(shown)
    assert "令和5年3月31日 令和4年9月30日" in words_of(shown)
    change = changing(world, "d4")
    shown = world.client("approver").get(address(change, "end"))
    assert "加配数 2人 令和4年10月から1人" in words_of(shown)


@pytest.mark.parametrize("page", ["propose-end", "propose-change"])
def test_what_is_certified_is_shown_where_an_end_or_a_change_is_proposed(
    world: World, page: str
) -> None:
    row = certified_for_two(world)
    assert "今の認定加配数 2人" in words_of(world.client("officer").get(address(row, page)))
