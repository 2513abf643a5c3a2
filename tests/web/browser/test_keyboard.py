"""With the keyboard alone: log in, open an application, submit it; the focus is always seen."""

from playwright.sync_api import Page, expect

from tests.web.browser.practice import Practice
from tests.web.browser.visits import Visits
from tests.web.world import PASSWORD

MOST_STEPS = 60
_FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {
    words: (at.getAttribute('aria-label') || at.innerText || at.name || '').trim(),
    seen: box.width > 0 && box.left >= 0 && box.right <= innerWidth + 1
      && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def test_the_keyboard_alone_submits_an_application(visits: Visits, practice: Practice) -> None:
    window = visits.window()
    person = practice.person("home_staff")
    person.set_password(PASSWORD)
    person.save()
    window.goto("/")
    _tab_to(window, "login")
    window.keyboard.type(person.email)
    _tab_to(window, "password")
    window.keyboard.type(PASSWORD)
    _choose(window, "ログイン")
    _choose(window, "申請")
    _choose(window, "架空-R5-01")
    _choose(window, "提出する")
    _choose(window, "提出する")
    expect(window.get_by_role("status")).to_contain_text("提出しました")


def test_the_skip_link_leads_past_the_menu(visits: Visits, practice: Practice) -> None:
    window = visits.window()
    window.goto("/account/login/")
    window.keyboard.press("Tab")
    assert window.evaluate(_FOCUSED) == {"words": "本文へ", "seen": True}
    window.keyboard.press("Enter")
    assert window.evaluate("document.activeElement.id") == "main"
    assert _next(window) not in ("shokibo", "English")


def _choose(window: Page, words: str) -> None:
    """Go to a link or a button, press Enter, and wait for the page that follows."""
    _tab_to(window, words)
    with window.expect_navigation():
        window.keyboard.press("Enter")


def _tab_to(window: Page, words: str) -> None:
    passed = []
    for _ in range(MOST_STEPS):
        passed.append(_next(window))
        if passed[-1] == words:
            return
    raise AssertionError(passed)


def _next(window: Page) -> str:
    """Go on by one; whatever has the focus shows it."""
    window.keyboard.press("Tab")
    found = window.evaluate(_FOCUSED)
    assert found["seen"], found
    return str(found["words"])
