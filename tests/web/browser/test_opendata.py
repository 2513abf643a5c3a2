"""Open data in a browser without scripts: settings, preview, publish, read, withdraw."""

from playwright.sync_api import expect

from tests.web.browser.practice import Practice
from tests.web.browser.test_today import _without_scripts
from tests.web.browser.visits import Visits, runs_over


def test_an_officer_publishes_and_everybody_reads_without_scripts(
    visits: Visits, practice: Practice
) -> None:
    code = practice.authority.code
    office = _without_scripts(visits, practice, "officer")
    office.goto(f"/{code}/open-data/settings/")
    office.get_by_label("公開する最小の人数").fill("50")
    office.get_by_role("button", name="保存する").click()
    office.get_by_role("link", name="公開する内容を確かめる").click()
    office.get_by_role("checkbox", name="計画", exact=True).uncheck()
    office.get_by_role("button", name="選んだ表で確かめ直す").click()
    expect(office.get_by_role("heading", name="計画")).to_have_count(0)
    office.get_by_role("button", name="公開する", exact=True).click()
    expect(office.locator("tbody tr")).to_have_count(2)

    anybody = visits.window(javascript=False, width=390)
    anybody.goto("/open/")
    anybody.get_by_role("link", name=practice.authority.name).click()
    expect(anybody.get_by_role("heading", level=1)).to_have_text(practice.authority.name)
    expect(anybody.get_by_text("第2版").first).to_be_visible()
    expect(anybody.get_by_role("heading", name="計画")).to_have_count(0)
    expect(anybody.get_by_role("cell", name="秘匿").first).to_be_visible()
    assert anybody.context.cookies() == []
    assert runs_over(anybody) == 0

    office.get_by_role("link", name="取りやめる").first.click()
    office.get_by_label("取りやめの理由").fill("しきい値の誤り")
    office.get_by_role("button", name="取りやめる").click()
    expect(office.get_by_role("status")).to_contain_text("公開を取りやめました")
    somebody_else = visits.window(javascript=False)  # the first may keep the page for 5 minutes
    somebody_else.goto(f"/open/{code}/")
    expect(somebody_else.get_by_text("第1版").first).to_be_visible()
    expect(somebody_else.get_by_text("第2版")).to_have_count(0)
