"""The preview of an import shows add-ons that would lapse and submitted forms that would differ."""

from shokibo.web.exchange.models import Run
from shokibo.web.returns import actions as returns
from shokibo.web.returns.actions import SUBMIT
from shokibo.web.steps.taking import take
from tests.web.imports import brought, downloaded, edited
from tests.web.markup import words_of
from tests.web.world import LETTER, OURS, World

LAPSES = "この変更で、要件を満たさなくなる認定があります。"
DIFFERS = "この変更で、提出済みの様式と数値が違うことになります。"


def page_of(world: World, run: Run, role: str = "officer") -> str:
    return words_of(world.client(role).get(f"/{OURS}/exchange/{run.pk}/"))


def test_an_import_names_what_lapses_by_it_and_the_form_that_differs(world: World) -> None:
    row = returns.draft(office=world.office("officer"), form=1, year=2022)
    values = {**LETTER, "left_blank": []}
    take(SUBMIT, office=world.office("approver"), row=row, version=row.version, values=values)
    content = edited(downloaded(world.office("officer")), "staff", "u-1", ended_on="R4.9.30")
    page = page_of(world, brought(world, "officer", content))
    assert LAPSES in page
    assert "a-u4 令和4年10月から令和5年3月まで(6か月)" in page
    assert DIFFERS not in page
    content = edited(content, "units", "u4", name="新しい名")
    page = page_of(world, brought(world, "officer", content))
    assert DIFFERS in page
    assert str(row) in page
    assert "新しい名" in page


def test_a_home_sees_what_lapses_by_what_its_workbook_proposes(world: World) -> None:
    content = edited(downloaded(world.office("home_staff")), "units", "u4", closed_on="R4.9.30")
    run = brought(world, "home_staff", content)
    assert run.counts == {"units": {"propose": 1}}
    page = page_of(world, run, "home_staff")
    assert "a-u4 令和4年10月から令和5年3月まで(6か月)" in page


def test_an_import_without_consequences_shows_none(world: World) -> None:
    content = edited(downloaded(world.office("officer")), "staff", "m-1", ended_on="R4.9.30")
    page = page_of(world, brought(world, "officer", content))
    assert LAPSES not in page
    assert DIFFERS not in page
