"""Postings of a home that are ended together: chosen in the list, with one last day, or none."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from shokibo.web.audit.models import Event
from shokibo.web.register.models import Posting
from tests.web.markup import words_of
from tests.web.test_certification_pages import shown
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db


def staff_url(world: World, query: str = "") -> str:
    return reverse("homes:staff", args=[OURS, world.home.pk]) + query


def address(world: World, *codes: str, query: str = "") -> str:
    keys = Posting.objects.filter(code__in=codes, home=world.home).values_list("pk", flat=True)
    chosen = "&".join(f"pk={key}" for key in keys)
    return reverse("homes:end_postings", args=[OURS, world.home.pk]) + f"?{chosen}{query}"


def end(world: World, at: str, role: str = "home_staff", **typed: str) -> Any:  # noqa: ANN401 - the test client's answer
    client = world.client(role)
    sent = {**shown(client, at), "ended_on": "R4.9.30", "reason": "退職", **typed}
    return client.post(at, sent)


def confirmed(world: World, at: str, **typed: str) -> Any:  # noqa: ANN401 - the test client's answer
    seen = end(world, at, **typed).context["form"]["confirmed"].value()
    return end(world, at, confirmed=seen, **typed)


def last_days(*codes: str) -> set[dt.date | None]:
    return set(Posting.objects.filter(code__in=codes).values_list("ended_on", flat=True))


def test_those_that_are_chosen_in_the_list_end_on_one_day(world: World) -> None:
    page = world.client("home_staff").get(staff_url(world, "?all=1")).content.decode()
    assert page.count('name="pk"') == page.count(" checked>") > 1
    at = address(world, "u-1", "m-1", query="&words=1")
    answer = confirmed(world, at)
    assert answer.headers["Location"] == staff_url(world, "?words=1")
    assert last_days("u-1", "m-1") == {dt.date(2022, 9, 30)}
    events = Event.objects.filter(action="register.change").order_by("-pk")[:2]
    assert [event.reason for event in events] == ["退職", "退職"]


def test_what_lapses_is_shown_before_anything_is_saved(world: World) -> None:
    page = words_of(end(world, address(world, "u-1", "m-1")))
    assert "この変更で、要件を満たさなくなる認定があります。" in page
    assert "a-u4 令和4年10月から令和5年3月まで(6か月)" in page
    assert last_days("u-1", "m-1") == {None}


def test_a_day_before_one_of_them_begins_ends_none(world: World) -> None:
    Posting.objects.filter(code="u-1").update(started_on=dt.date(2022, 10, 1))
    page = words_of(end(world, address(world, "u-1", "m-1")))
    assert "u-1(令和4年10月1日から)" in page
    assert last_days("u-1", "m-1") == {None}


def test_what_somebody_changed_meanwhile_is_named_and_none_ends(world: World) -> None:
    at, client = address(world, "u-1", "m-1"), world.client("home_staff")
    sent = {**shown(client, at), "ended_on": "R4.9.30", "reason": "退職"}
    Posting.objects.filter(code="m-1").update(ended_on=dt.date(2022, 6, 30))
    page = words_of(client.post(at, sent))
    assert "「—」→「令和4年6月30日」" in page
    assert last_days("u-1") == {None}


def test_without_a_choice_it_leads_back_to_the_same_list(world: World) -> None:
    nothing = reverse("homes:end_postings", args=[OURS, world.home.pk]) + "?words=x"
    answer = world.client("home_staff").get(nothing)
    assert answer.headers["Location"] == staff_url(world, "?words=x")


def test_another_home_ends_none(world: World) -> None:
    at = address(world, "u-1")
    assert world.client("home_staff:sister").get(at).status_code == 404
    theirs = (
        reverse("homes:end_postings", args=[OURS, world.sister.pk]) + f"?{at.partition('?')[2]}"
    )
    assert world.client("home_staff:sister").get(theirs).status_code == 302
