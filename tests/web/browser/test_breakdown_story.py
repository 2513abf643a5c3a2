"""A child breaks down in a group home, is protected, reassessed, and returns with backing.

Each step begins on the child's page, where its form is open with what is known; its keys are
counted. At two keys a second 240 are the two minutes that a step may take.
"""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from shokibo.web.care.models import Assessment, Backing, Child, Placement
from shokibo.web.register.models import Episode
from tests.web.browser.counting import Hands, Job, hold
from tests.web.browser.visits import Visits, field_of
from tests.web.children import NEED, child_of, placed, recorded
from tests.web.world import OURS, World

_MOST = 240
_START = "児童のページ (児童相談所の職員)"


def _step(name: str, ja: str, en: str) -> Job:
    return Job(name, ja, en, _START, most=_MOST)


BREAKDOWN = _step("breakdown", "不調を記録する", "Record a breakdown")
PROTECTION = _step("protection", "一時保護を始める", "Begin temporary protection")
REASSESSMENT = _step("reassessment", "再アセスメントをする", "Reassess the child")
RETURN = _step("return", "元の施設の別の生活単位に復帰する", "Return to another unit of the home")
BACKING = _step("backing", "復帰後の支援を決める", "Arrange the backing after the return")


@pytest.fixture
def child(committed_world: World) -> Iterator[Child]:
    """Return a child with high needs in a unit of our home."""
    cache.clear()
    found = child_of(committed_world)
    recorded(committed_world, found, "assessment", **NEED)
    placed(committed_world, found)
    yield found
    cache.clear()


def test_a_child_returns_after_a_breakdown(
    visits: Visits, committed_world: World, child: Child
) -> None:
    window = visits.window_of(committed_world.people["center_staff"])
    window.goto(f"/{OURS}/children/{child.pk}/")
    hold(BREAKDOWN, _breaks_down(window))
    hold(PROTECTION, _is_protected(window))
    hold(REASSESSMENT, _is_reassessed(window))
    hold(RETURN, _returns(window))
    hold(BACKING, _is_backed(window))

    before, protected, after = Placement.objects.filter(child=child).order_by("started_on")
    assert (str(before.ended_on), before.move_reason) == ("2022-03-30", "breakdown")
    assert (str(protected.started_on), protected.place) == ("2022-03-31", "temporary_protection")
    assert (after.home, after.unit) == (before.home, committed_world.unit("b5"))
    assert Assessment.objects.filter(child=child).count() == 2
    backing = Backing.objects.get(child=child)
    assert (backing.unit, backing.team) == (after.unit, ["center", "head"])
    assert Episode.objects.filter(child_code=child.code, of_records=True).count() == 3


def _opened(window: Page, heading: str) -> Hands:
    expect(window.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    return Hands(window)


def _saved(hands: Hands) -> Hands:
    hands.press_button("登録する")
    expect(hands.window.get_by_text("登録しました。")).to_be_visible()
    return hands


def _day(hands: Hands, label: str, day: str) -> None:
    field = field_of(hands.window, label)
    hands.click(field, label)
    hands.press("Control+a")
    hands.type(day)


def _tick(hands: Hands, group: str, label: str) -> None:
    box = hands.window.get_by_role("group", name=group).get_by_label(label, exact=True)
    hands.click(box, label)


def _breaks_down(window: Page) -> Hands:
    window.get_by_role("link", name="登録する 不調").click()
    hands = _opened(window, "不調を記録する")
    _day(hands, "気付いた日", "R4.3.30")
    hands.choose(field_of(window, "不調の内容"), "児童の間の関係")
    _tick(hands, "試みたこと", "話合い")
    _tick(hands, "関わった人", "児童相談所の担当")
    _tick(hands, "関わった人", "施設長")
    return _saved(hands)


def _is_protected(window: Page) -> Hands:
    hands = _opened(window, "一時保護を始める")
    _day(hands, "開始日", "R4.3.31")
    hands.choose(field_of(window, "保護の場所"), "一時保護所")
    return _saved(hands)


def _is_reassessed(window: Page) -> Hands:
    hands = _opened(window, "アセスメントをする")
    hands.choose(field_of(window, "児童の希望を聴いた"), "○")
    hands.choose(field_of(window, "聴き方"), "面接で")
    hands.choose(field_of(window, "結果"), "施設")
    unit = window.locator("select[name=unit] option", has_text="分園の家").first
    hands.choose(field_of(window, "生活単位"), str(unit.inner_text()))
    return _saved(hands)


def _returns(window: Page) -> Hands:
    return _saved(_opened(window, "措置を始める"))


def _is_backed(window: Page) -> Hands:
    hands = _opened(window, "復帰後の支援を決める")
    _day(hands, "次の見直し日", "R4.7.5")
    return _saved(hands)
