"""The sheet of confirmations for thirty homes: by keyboard, without scripts, at 390 pixels."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from shokibo.web.register.models import Confirmation, Home
from tests.web.browser.practice import Practice
from tests.web.browser.visits import NARROW, WIDE, Visits, log_in, runs_over
from tests.web.world import PASSWORD

PICTURES = os.environ.get("PICTURES_FOLDER")


@pytest.fixture
def homes(practice: Practice) -> list[Home]:
    """Return thirty homes that have no confirmation yet."""
    Confirmation.objects.all().delete()
    more = 30 - Home.objects.count()
    new = [
        Home(authority=practice.authority, code=f"n{n}", name=f"架空第{n}学園", operator="架空会")
        for n in range(more)
    ]
    for home in new:
        home.save()
    return list(Home.objects.order_by("pk"))


def opened(window: Page, practice: Practice) -> None:
    person = practice.person("officer")
    person.set_password(PASSWORD)
    person.save()
    log_in(window, person.email)
    window.goto(reverse("homes:renew_confirmations", args=[practice.authority.code]))
    window.fill("[name='reason']", "4月の確認")  # months that are certified already are touched


def cell(home: Home | str, item: str, part: str) -> str:
    row = home if isinstance(home, str) else home.pk
    return f"[name='{row}-{item}-{part}']"


@pytest.mark.parametrize(("width", "javascript"), [(WIDE, True), (NARROW, True), (NARROW, False)])
def test_thirty_homes_are_confirmed_from_one_row(
    visits: Visits, practice: Practice, homes: list[Home], width: int, javascript: bool
) -> None:
    window = visits.window(width=width, javascript=javascript)
    opened(window, practice)
    items = ("early_return", "training", "long_term_plan")
    for item in items:
        window.select_option(cell("every", item, "result"), "1")
        window.fill(cell("every", item, "evidence"), "監査資料")
    window.select_option(cell(homes[3], "training", "result"), "0")
    window.get_by_role("button", name="1行目を空欄に写す").click()
    expect(window.get_by_role("status").first).to_contain_text("89か所に写しました")
    expect(window.locator(cell(homes[3], "training", "result"))).to_have_value("0")
    expect(window.locator(cell(homes[29], "training", "evidence"))).to_have_value("監査資料")
    assert runs_over(window) <= 0
    if PICTURES:
        window.screenshot(path=f"{PICTURES}/renewing-{width}-{javascript}.png", full_page=True)
    window.get_by_role("button", name="保存する").click()
    expect(window.get_by_role("status").first).to_contain_text("要件確認を90件登録しました")
    assert Confirmation.objects.filter(result=True).count() == 89


def test_the_keyboard_moves_through_a_column_and_saves(
    visits: Visits, practice: Practice, homes: list[Home]
) -> None:
    item = "duty_relief"
    Confirmation.objects.create(
        authority=homes[1].authority, home=homes[1], item=item, confirmed_on="2023-04-03"
    )
    window = visits.window()
    opened(window, practice)
    window.focus(cell(homes[0], item, "evidence"))
    window.keyboard.type("日誌")
    window.keyboard.press("Enter")  # over the home that is confirmed already
    expect(window.locator(cell(homes[2], item, "evidence"))).to_be_focused()
    window.keyboard.type("記録")
    window.keyboard.press("ArrowLeft")
    window.keyboard.insert_text("○")
    window.keyboard.press("Shift+Enter")
    window.keyboard.type("1")
    window.keyboard.press("Control+s")
    expect(window.get_by_role("status").first).to_contain_text("要件確認を2件登録しました")
