"""Where somebody may not do what comes next, the page names the roles that do it."""

from pathlib import Path

import pytest
from django.urls import reverse

from tests.web.applications import also, drafted, proposed, submitted
from tests.web.plan_versions import plan_of
from tests.web.plan_versions import proposed as proposed_plan
from tests.web.world import OURS, World


def _page(world: World, role: str, name: str, *arguments: object) -> str:
    answer = world.client(role).get(reverse(name, args=[OURS, *arguments]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("role", "name", "line"),
    [
        ("auditor", "homes:homes", "自治体担当者が行う操作:施設を登録する"),
        ("home_staff", "homes:homes", "自治体担当者が行う操作:施設を登録する"),
        ("auditor", "exchange:exchange", "施設担当者、自治体担当者、児童相談所が行う操作:取り込む"),
        ("approver", "office:values", "自治体担当者が行う操作:値を定める"),
    ],
)
def test_a_page_names_who_does_what_its_reader_may_not(
    world: World, role: str, name: str, line: str
) -> None:
    assert line in _page(world, role, name)
    assert "が行う操作:" not in _page(world, "officer", name)


def test_a_form_of_today_names_who_drafts_it(world: World) -> None:
    line = "自治体担当者が行う操作:起案する、期限を延長する"
    assert line in _page(world, "auditor", "returns:form", 1, 2022)
    assert line not in _page(world, "officer", "returns:form", 1, 2022)


def test_a_proposed_plan_names_who_publishes_it(world: World, tmp_path: Path) -> None:
    plan_of(world, tmp_path)
    number = proposed_plan(world).number
    publishing = "自治体決裁者が行う操作:公表する、担当者に戻す"
    withdrawing = "自治体担当者が行う操作:起案を取り消す"
    officer = _page(world, "officer", "planning:version", number)
    approver = _page(world, "approver", "planning:version", number)
    auditor = _page(world, "auditor", "planning:version", number)
    assert (publishing in officer, withdrawing in officer) == (True, False)
    assert (publishing in approver, withdrawing in approver) == (False, True)
    assert (publishing in auditor, withdrawing in auditor) == (True, True)


def test_a_submitted_application_names_who_examines_it(world: World) -> None:
    row = submitted(world)
    examining = "自治体担当者が行う操作:"
    withdrawing = "施設担当者が行う操作:取り下げる"
    officer = _page(world, "officer", "certification:application", row.pk)
    auditor = _page(world, "auditor", "certification:application", row.pk)
    assert withdrawing in officer
    assert examining not in officer
    assert withdrawing in auditor
    assert examining in auditor


def test_a_home_reads_the_same_of_what_is_examined_and_what_is_proposed(world: World) -> None:
    line = "自治体担当者が行う操作:差し戻す"
    for row in (submitted(world, "c4"), proposed(world, "c5")):
        assert line in _page(world, "home_staff", "certification:application", row.pk)


def test_who_decides_is_named_with_the_decision_that_was_proposed(world: World) -> None:
    page = _page(world, "auditor", "certification:application", proposed(world).pk)
    assert "自治体決裁者が行う操作:認定する、起案を担当者に戻す" in page
    assert "不認定とする" not in page


def test_a_draft_belongs_to_its_author_alone(world: World) -> None:
    page = _page(world, "home_staff", "certification:application", drafted(world).pk)
    assert "が行う操作:" not in page


def test_who_proposed_reads_that_another_decides(world: World) -> None:
    row = proposed(world)
    also(world, "officer", "approver")
    own = _page(world, "officer", "certification:application", row.pk)
    assert "自分が起案したものは決裁できません。" in own
    assert reverse("certification:decide", args=[OURS, row.pk]) not in own
