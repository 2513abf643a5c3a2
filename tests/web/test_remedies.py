"""Reasons: what stands in the way comes first, with the pages on which the person fixes it."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from shokibo.law.evaluate import HOME_RULES, UNIT_RULES
from shokibo.web.certification import remedies
from shokibo.web.certification.judgement import Asked, judge_one
from shokibo.web.certification.models import Application
from shokibo.web.pages.templatetags.pages import Remedies, reasons
from shokibo.web.register.models import Capacity, Confirmation, Posting
from tests.web.applications import APRIL, submitted, unit_of_four
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db


def found(world: World, role: str, row: Application) -> Remedies:
    judgement = judge_one(world.authority, Asked.by(row))
    place = row.unit or row.home
    return remedies.remedies(world.office(role), place, judgement.as_of, judgement.reasons)


def page(name: str, key: int, more: str = "") -> str:
    return reverse(f"homes:{name}", args=[OURS, key]) + more


def test_every_rule_has_a_page_on_which_it_is_fixed() -> None:
    assert {rule.code for rule in (*UNIT_RULES, *HOME_RULES)} == set(remedies.OF_RULE)


def test_blockers_come_first_gravest_at_the_top(world: World) -> None:
    row = submitted(world, staff=3)
    Confirmation.objects.filter(home=world.home, item="training").update(result=None)
    Confirmation.objects.filter(home=world.home, item="long_term_plan").delete()
    shown: Any = reasons(judge_one(world.authority, Asked.by(row)).reasons)["reasons"]
    listed = [reason.outcome for reason, _links in shown]
    assert listed[:2] == ["not_met", "cannot_judge"]
    assert not {"not_met", "cannot_judge", "failed"} & set(listed[2:])


def test_missing_staff_leads_to_the_units_staff_and_to_a_new_posting(world: World) -> None:
    row = submitted(world, staff=3)
    unit = row.unit
    assert unit is not None
    staff = page("unit", unit.pk, "?as_of=2022-04-01#staff")
    new = page("add_posting", world.home.pk, f"?unit={unit.pk}")
    assert [url for url, _ in found(world, "officer", row)["EXTRA_STAFF"]] == [staff, new]
    assert [url for url, _ in found(world, "home_staff", row)["EXTRA_STAFF"]] == [staff, new]
    assert [url for url, _ in found(world, "approver", row)["EXTRA_STAFF"]] == [staff]


def test_hours_that_are_missing_lead_to_the_posting(world: World) -> None:
    row = submitted(world)
    posting = Posting.objects.get(authority=world.authority, code="c4-0")
    Posting.objects.filter(pk=posting.pk).update(employment="part_time")
    links = found(world, "home_staff", row)["EXTRA_STAFF"]
    assert links[0][0] == page("edit_posting", posting.pk)
    assert "c4-0" not in links[0][1]


def test_a_capacity_that_is_missing_or_of_a_branch_leads_to_its_row(world: World) -> None:
    row = submitted(world)
    unit = row.unit
    assert unit is not None
    type(unit).objects.filter(pk=unit.pk).update(kind="branch_group_care")
    Capacity.objects.filter(unit=unit).update(capacity=3)
    capacity = Capacity.objects.get(unit=unit)
    assert found(world, "officer", row)["SCOPE_CAPACITY"] == [
        (page("edit_capacity", capacity.pk), "平成31年4月1日からの定員を修正する")
    ]
    at_home = [url for url, _ in found(world, "home_staff", row)["SCOPE_CAPACITY"]]
    assert at_home == [
        page("unit", unit.pk, "?as_of=2022-04-01#capacities"),
        page("propose", world.home.pk, f"?unit={unit.pk}"),
    ]
    Capacity.objects.filter(unit=unit).update(effective_from=dt.date(2022, 4, 2))
    assert found(world, "officer", row)["SCOPE_CAPACITY"] == [
        (page("add_capacity", unit.pk), "定員を登録する")
    ]
    assert found(world, "officer", row)["EXTRA_STAFF"][0][0] == page("add_capacity", unit.pk)


def test_a_kind_out_of_scope_leads_to_the_unit_or_to_a_proposal(world: World) -> None:
    unit = unit_of_four(world, "c4")
    type(unit).objects.filter(pk=unit.pk).update(kind="other_group_home")
    row = Application(home=world.home, unit=unit, fiscal_year=2022, start_month=APRIL)
    assert [url for url, _ in found(world, "officer", row)["SCOPE_KIND"]] == [
        page("edit_unit", unit.pk)
    ]
    assert [url for url, _ in found(world, "home_staff", row)["SCOPE_KIND"]] == [
        page("propose", world.home.pk, f"?unit={unit.pk}")
    ]
    assert found(world, "auditor", row)["SCOPE_KIND"] == []


def test_a_confirmation_leads_to_its_row_and_a_home_reads_who_enters_it(world: World) -> None:
    row = submitted(world)
    Confirmation.objects.filter(home=world.home, item="training").update(result=False)
    confirmation = Confirmation.objects.get(home=world.home, item="training")
    assert [url for url, _ in found(world, "officer", row)["REQ_TRAINING"]] == [
        page("edit_confirmation", confirmation.pk),
        page("add_confirmation", world.home.pk),
    ]
    ((url, words),) = found(world, "home_staff", row)["REQ_TRAINING"]
    assert url == page("home", world.home.pk, "?as_of=2022-04-01#confirmations")
    assert "自治体の担当者" in words


def test_the_pages_of_an_application_and_its_unit_show_them(world: World) -> None:
    row = submitted(world, staff=3)
    assert row.unit is not None
    new = page("add_posting", world.home.pk, f"?unit={row.unit.pk}")
    pages = (
        reverse("certification:application", args=[OURS, row.pk]),
        reverse("certification:propose", args=[OURS, row.pk]),
    )
    for address in pages:
        assert f'<a href="{new}">' in world.client("officer").get(address).content.decode()
    unit_page = world.client("officer").get(page("unit", row.unit.pk, "?as_of=2022-04-01"))
    assert unit_page.content.decode().count(f'href="{new}"') == 2
