"""What is larger than its frame says so, and keeps in sight what belongs to each row."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.web.browser.practice import Practice
from tests.web.browser.visits import NARROW, Visits

ACROSS, DOWN = "↔ 横に動かせます", "↕ 縦に動かせます"


def test_what_can_be_done_to_a_row_is_in_sight_in_a_wide_list(
    visits: Visits, practice: Practice
) -> None:
    window = visits.window_of(practice.person("home_staff"))
    window.goto(reverse("homes:list_posting", args=[practice.authority.code]))
    table = window.get_by_role("table")
    assert table.evaluate("table => table.scrollWidth > table.parentElement.clientWidth")
    link = table.get_by_role("link", name="修正").first
    expect(link).to_be_in_viewport(ratio=1)
    link.click()
    expect(window.get_by_role("heading", level=1)).to_contain_text("職員")


def test_a_picture_on_a_phone_keeps_its_letters_and_says_that_it_moves(
    visits: Visits, practice: Practice
) -> None:
    window = visits.window_of(practice.person("officer"), width=NARROW)
    window.goto(reverse("support:housing", args=[practice.authority.code]))
    drawn = window.locator(".chart-drawn").first
    expect(drawn.locator("xpath=preceding-sibling::*[1]")).to_have_text(ACROSS)
    sizes = drawn.locator("svg text").evaluate_all(
        "texts => texts.map((text) => text.getBoundingClientRect().height)"
    )
    assert min(sizes) > 10


def test_a_public_table_cut_at_its_end_says_so(visits: Visits, practice: Practice) -> None:
    window = visits.window(width=NARROW)
    window.goto(reverse("open:office", args=[practice.authority.code]))
    cut = window.locator(".open-rows").evaluate_all(
        "frames => frames.map((one) => one.scrollHeight > one.clientHeight + 1)"
    )
    assert any(cut)
    expect(window.locator(".scrolls").filter(has_text=DOWN)).to_have_count(sum(cut))
