"""Days as people type them: what an input shows of them, the calendar, and a month for a day."""

import pytest
from django.test import Client
from django.urls import reverse

from shokibo.web.base.language import COOKIE
from shokibo.web.register.models import Capacity
from tests.web.markup import markup_of
from tests.web.world import OURS, World


def words(text: str, kind: str = "date", language: str = "ja", **more: str) -> str:
    client = Client()
    client.cookies[COOKIE] = language
    answer = client.get(reverse("day_words"), {"text": text, "kind": kind, **more})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "text", ["R4.4.1", "令和４年４月１日", "2022/4/1", "令4.4.1", "2022-04-01"]
)
def test_a_day_is_shown_in_both_counts(text: str) -> None:
    assert words(text) == "令和4年4月1日(2022年、金曜日)"
    assert words(text, language="en") == "2022-04-01, Friday (R4)"


@pytest.mark.parametrize(
    ("kind", "text", "ja", "en"),
    [
        ("month", "R4.4", "令和4年4月(2022年)", "2022-04 (R4)"),
        ("fiscal_year", "R4", "令和4年度(2022年度)", "FY2022 (R4)"),
        ("date", "", "", ""),
    ],
)
def test_months_and_years_are_shown_in_both_counts(kind: str, text: str, ja: str, en: str) -> None:
    assert words(text, kind) == ja
    assert words(text, kind, "en") == en


def test_a_month_is_asked_about_where_a_day_is_meant() -> None:
    assert "令和4年4月1日ですか" in words("R4.4")
    assert "令和4年4月30日ですか" in words("R4.4", last="1")


def test_what_is_no_day_is_named() -> None:
    assert "「あした」は日付として読めません" in words("あした")


def calendar(**asked: str) -> str:
    answer = Client().get(reverse("day_calendar"), asked)
    assert answer.status_code == 200
    return markup_of(answer)


def test_the_calendar_opens_at_the_day_that_was_typed() -> None:
    page = calendar(text="R4.4.8")
    assert '<option value="2022" selected>令和4年(2022年)</option>' in page
    assert '<option value="2019">平成31年・令和元年(2019年)</option>' in page
    assert page.count('aria-pressed="true"') == 1
    assert 'value="令和4年4月8日"' in page
    assert page.count("<button") == 30 + len(("前の月", "次の月"))


def test_the_calendar_moves_to_another_month() -> None:
    page = calendar(text="R4.4.8", year="2024", month="2")
    assert 'value="令和6年2月29日"' in page
    assert "aria-pressed" not in page
    assert 'data-month="2024-1"' in page
    assert 'data-month="2024-3"' in page


def test_a_month_in_a_day_s_field_is_offered_as_its_first_day(world: World) -> None:
    client = world.client("officer")
    address = reverse("homes:add_capacity", args=[OURS, world.unit("u4").pk])
    typed = {"effective_from": "R5.10", "capacity": "5", "reason": "定員の変更"}
    page = client.post(address, typed)
    text = markup_of(page)
    assert "「R5.10」には日がありません。令和5年10月1日ですか。" in text
    assert 'value="令和5年10月1日"' in text
    assert not Capacity.objects.filter(effective_from="2023-10-01").exists()
    offered = page.context["form"]["effective_from"].value()
    assert client.post(address, {**typed, "effective_from": offered}).status_code == 302
    assert Capacity.objects.filter(effective_from="2023-10-01").exists()


def test_a_month_in_the_address_is_offered_and_filters_nothing(world: World) -> None:
    answer = world.client("officer").get(reverse("homes:homes", args=[OURS]), {"as_of": "R4.4"})
    assert answer.status_code == 400
    page = markup_of(answer)
    assert "何も絞り込んでいません" in page
    assert 'value="令和4年4月1日"' in page
