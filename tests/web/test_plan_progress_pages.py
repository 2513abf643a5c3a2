"""The document of what stands now, and plan against actual, on pages."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from shokibo.web.planning.models import Action, Plan, PlanText
from shokibo.web.register.models import Capacity, Unit
from tests.web.plan_versions import plan_of, published
from tests.web.world import OURS, World

DOCUMENT, REVIEW = f"/{OURS}/plan/document/", f"/{OURS}/plan/review/"


@pytest.fixture
def office(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return an office with a plan for 2022 and 2023, in the autumn of 2023."""
    monkeypatch.setenv("SHOKIBO_TODAY", "2023-10-01")
    return plan_of(world, tmp_path)


def opened(world: World) -> None:
    """Open the group home that the plan opens in 2023."""
    made = Unit.objects.create(
        authority=world.authority,
        home=world.home,
        code="new",
        name="新しい家",
        kind="community_home",
        opened_on="2023-07-01",
    )
    Capacity.objects.create(
        authority=world.authority, unit=made, effective_from="2023-07-01", capacity=4
    )


# The document


def test_the_current_plan_is_offered_as_word_pdf_and_excel(office: World) -> None:
    client = office.client("officer")
    answers = {kind: client.get(f"{DOCUMENT}draft.{kind}") for kind in ("docx", "pdf", "xlsx")}
    for kind, answer in answers.items():
        assert f"draft-plan-{OURS}.{kind}" in answer["Content-Disposition"]
    files = {kind: io.BytesIO(answer.content) for kind, answer in answers.items()}
    assert docx.Document(files["docx"]).core_properties.title == "架空計画"
    assert "架空計画" in PdfReader(files["pdf"]).pages[0].extract_text()
    assert openpyxl.load_workbook(files["xlsx"]).sheetnames


def test_the_report_to_a_committee_is_offered_as_word_and_pdf(office: World) -> None:
    client = office.client("officer")
    assert f"{DOCUMENT}report.docx" in client.get(DOCUMENT).content.decode()
    word = docx.Document(io.BytesIO(client.get(f"{DOCUMENT}report.docx").content))
    assert word.paragraphs[0].text == "架空計画の策定について"
    pdf = PdfReader(io.BytesIO(client.get(f"{DOCUMENT}report.pdf").content))
    assert "（別紙P1）" in pdf.pages[0].extract_text()


def test_what_is_missing_is_reported_first(office: World) -> None:
    page = office.client("officer").get(DOCUMENT)
    assert page.context["open_sections"][:2] == ["経緯", "考え方"]
    PlanText.objects.create(authority=office.authority, section="経緯", source="- 甲")
    page = office.client("officer").get(DOCUMENT)
    assert "経緯" not in page.context["open_sections"]


@pytest.mark.parametrize("spoiled", ["plan", "text"])
def test_what_can_not_be_made_is_reported_and_not_offered(office: World, spoiled: str) -> None:
    if spoiled == "plan":
        Plan.objects.all().delete()
    else:
        PlanText.objects.create(authority=office.authority, section="経緯", source="# 甲")
    client = office.client("officer")
    page = client.get(DOCUMENT)
    assert page.context["blockers"]
    assert "draft.docx" not in page.content.decode()
    assert client.get(f"{DOCUMENT}draft.docx").status_code == 302


def test_a_character_that_no_font_has_is_reported(office: World) -> None:
    PlanText.objects.create(authority=office.authority, section="経緯", source="- \U0001f469")
    client = office.client("officer")
    page = client.get(f"{DOCUMENT}draft.pdf", follow=True).content.decode()
    assert "印刷できない文字があります" in page
    assert client.get(f"{DOCUMENT}draft.docx").status_code == 302


def test_the_published_files_are_offered(office: World) -> None:
    made = published(office)
    page = office.client("auditor").get(DOCUMENT).content.decode()
    assert made.files.count() == 3
    for file in made.files.all():
        assert f"第{made.number}版の計画書({file.kind})" in page


# Progress


def test_each_action_is_reported_with_what_came_of_it(office: World) -> None:
    page = office.client("auditor").get(REVIEW)
    assert page.context["year"] == 2023
    assert [one["result"].ja for one in page.context["actions"]] == ["予定"]
    opened(office)
    (one,) = office.client("auditor").get(REVIEW).context["actions"]
    assert (one["result"].ja, one["actual"], one["unit"]) == ("計画どおり", 4, "新しい家")
    assert one["words"] == "新たに定員4人のグループホームを1か所設置する。(地域分散化)"


def test_year_ends_are_reported_with_their_differences(office: World) -> None:
    homes = {home["name"]: home["cells"] for home in _shown(office)["homes"]}
    assert homes["架空学園"] == [(1, 1, 0), (6, 6, 0), (3, 2, -1), (13, 9, -4)]


def _shown(office: World, query: str = "") -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", office.client("auditor").get(REVIEW + query).context)


def test_the_plan_is_the_version_that_was_published_last(office: World) -> None:
    draft = office.client("auditor").get(REVIEW).content.decode()
    assert "公表した版がまだないため、作業中の計画と" in draft
    published(office)
    Action.objects.all().delete()
    page = office.client("auditor").get(REVIEW)
    assert "公表した第1版と" in page.content.decode()
    assert len(page.context["actions"]) == 1


def test_any_year_that_has_begun_can_be_chosen(office: World) -> None:
    assert _shown(office)["years"] == [2022, 2023]
    assert _shown(office, "?year=2022")["actions"] == []
    client = office.client("auditor")
    assert client.get(f"{REVIEW}?year=令和5").status_code == 200
    for year in ("2024", "2021", "x"):
        assert client.get(f"{REVIEW}?year={year}").status_code == 400


def test_the_last_year_asks_to_verify_the_plan(office: World) -> None:
    client = office.client("auditor")
    assert "計画を検証し、次の計画を作ります" in client.get(REVIEW).content.decode()
    earlier = client.get(f"{REVIEW}?year=2022").content.decode()
    assert "計画を検証し" not in earlier
    assert "年度の途中です" not in earlier


def test_the_picture_shows_planned_and_actual_with_its_table(office: World) -> None:
    picture = _shown(office)["picture"]
    assert picture.rows == [
        ("令和4年度末", ["6", "13", "19"]),
        ("令和5年度末", ["6", "13", "23"]),
    ]
    drawn = office.client("auditor").get(f"{REVIEW}places.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<svg" in drawn.content


def test_before_its_first_year_there_is_no_progress(
    office: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-03-31")
    client = office.client("auditor")
    assert "計画の年度は、まだ始まっていません" in client.get(REVIEW).content.decode()
    assert client.get(f"{REVIEW}places.svg").status_code == 404


def test_without_a_plan_the_page_says_so(office: World) -> None:
    Plan.objects.all().delete()
    client = office.client("auditor")
    assert "計画がまだありません" in client.get(REVIEW).content.decode()
    assert client.get(f"{REVIEW}places.svg").status_code == 404


@pytest.mark.parametrize("address", [DOCUMENT, REVIEW, f"{DOCUMENT}draft.pdf"])
def test_another_authority_finds_nothing(office: World, address: str) -> None:
    assert office.client("officer:other").get(address).status_code == 404
    assert office.client("home_staff").get(address).status_code == 403


def test_the_pages_ask_no_more_for_more_rows(office: World) -> None:
    client = office.client("auditor")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            for address in (DOCUMENT, REVIEW):
                assert len(client.get(address).content) < 200_000
        return len(found)

    published(office)
    few = asked()
    opened(office)
    published(office)
    assert asked() == few
