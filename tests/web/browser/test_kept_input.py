"""Nothing typed is lost: after a log-out in another tab, when a page is left, without scripts."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from shokibo.web.accounts.models import Draft
from shokibo.web.register.models import Home
from tests.web.browser.practice import Practice
from tests.web.browser.visits import Visits, field_of, log_in, press
from tests.web.world import PASSWORD

REASON = "改称の届出(第12号)\n二行目"


def _known(practice: Practice, *roles: str) -> list[str]:
    """Give people of some roles a password, without a second factor."""
    found = []
    for role in roles:
        person = practice.person(role)
        Authenticator.objects.filter(user=person).delete()
        person.set_password(PASSWORD)
        person.save()
        found.append(person.email)
    return found


def _edit(practice: Practice) -> str:
    return f"/{practice.authority.code}/register/{practice.home.pk}/edit/"


def _log_in_here(window: Page, email: str) -> None:
    """Fill in the log-in that the window shows."""
    window.get_by_label("メールアドレス").fill(email)
    window.get_by_label("パスワード").fill(PASSWORD)
    press(window, "ログイン")


def _type(window: Page) -> None:
    field_of(window, "施設名").fill("記入中の園")
    field_of(window, "法人名").fill("改称した法人")
    field_of(window, "変更の理由").fill(REASON)


def _holds_what_was_typed(window: Page) -> None:
    expect(window.get_by_text("まだ保存していません")).to_be_visible()
    expect(field_of(window, "施設名")).to_have_value("記入中の園")
    expect(field_of(window, "法人名")).to_have_value("改称した法人")
    expect(field_of(window, "変更の理由")).to_have_value(REASON)


def _save(window: Page) -> None:
    """Save; what the edit brings about is shown first."""
    press(window, "保存する")
    expect(window.get_by_text("まだ何も変わっていません")).to_be_visible()
    press(window, "保存する")
    expect(window.get_by_role("heading", level=1)).to_contain_text("記入中の園")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_form_sent_after_a_log_out_in_another_tab_is_resumed_with_all_its_input(
    visits: Visits, practice: Practice, javascript: bool
) -> None:
    officer, home_staff = _known(practice, "officer", "home_staff")
    window = visits.window(javascript=javascript)
    log_in(window, officer)
    window.goto(_edit(practice))
    _type(window)
    other_tab = window.context.new_page()
    other_tab.goto("/")
    other_tab.get_by_role("button", name="ログアウト").click()
    press(window, "保存する")
    expect(window.get_by_text("入力した内容は残っています")).to_be_visible()

    log_in(other_tab, home_staff)
    other_tab.goto(_edit(practice))
    assert "記入中の園" not in other_tab.content(), "another on the same machine gets nothing of it"
    other_tab.get_by_role("button", name="ログアウト").click()

    _log_in_here(window, officer)
    expect(window.get_by_text("もう一度ログインしてください")).to_be_visible()
    _log_in_here(window, officer)
    _holds_what_was_typed(window)
    assert Home.objects.get(pk=practice.home.pk).name != "記入中の園"
    _save(window)
    assert Home.objects.get(pk=practice.home.pk).operator == "改称した法人"
    assert not Draft.objects.exists()


def test_a_form_sent_after_a_new_log_in_in_another_tab_is_shown_as_typed(
    visits: Visits, practice: Practice
) -> None:
    (officer,) = _known(practice, "officer")
    window = visits.window()
    log_in(window, officer)
    window.goto(_edit(practice))
    _type(window)
    other_tab = window.context.new_page()
    other_tab.goto("/")
    other_tab.get_by_role("button", name="ログアウト").click()
    log_in(other_tab, officer)
    press(window, "保存する")
    _holds_what_was_typed(window)
    _save(window)


def test_a_page_that_is_left_offers_its_draft_with_its_time(
    visits: Visits, practice: Practice
) -> None:
    (officer,) = _known(practice, "officer")
    window = visits.window()
    log_in(window, officer)
    window.goto(_edit(practice))
    _type(window)
    expect(window.get_by_text("に下書きを残しました")).to_be_visible()
    field_of(window, "法人名").fill("改称した法人の")
    field_of(window, "法人名").fill("改称した法人")
    window.goto("/")
    window.goto(_edit(practice))
    expect(window.get_by_text("分の下書きがあります")).to_be_visible()
    press(window, "下書きを表示する")
    _holds_what_was_typed(window)
    window.goto(_edit(practice))
    press(window, "下書きを破棄する")
    expect(window.get_by_text("下書きを破棄しました")).to_be_visible()
    expect(field_of(window, "施設名")).not_to_have_value("記入中の園")
    assert not Draft.objects.exists()


def test_a_grid_stores_its_draft_and_a_saved_one_leaves_none(
    visits: Visits, practice: Practice
) -> None:
    (officer,) = _known(practice, "officer")
    window = visits.window()
    log_in(window, officer)
    window.goto(f"/{practice.authority.code}/plan/actions/")
    note = window.locator("[data-grid] input[name='1-note']")
    note.fill("記入中の注")
    expect(window.get_by_text("に下書きを残しました")).to_be_visible()
    window.on("dialog", lambda dialog: dialog.accept())
    window.goto("/")
    window.goto(f"/{practice.authority.code}/plan/actions/")
    press(window, "下書きを表示する")
    expect(note).to_have_value("記入中の注")
    note.fill("記入した注")
    press(window, "保存する")
    expect(window.get_by_text("保存しました")).to_be_visible()
    assert not Draft.objects.exists()
