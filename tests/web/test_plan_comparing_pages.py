"""Two versions next to each other on a page, in words and in figures."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shokibo.web.planning.models import Action, Cost, Need, Plan, PlanText, Target
from shokibo.web.register.models import Home
from tests.web.plan_versions import plan_of, proposed, published
from tests.web.world import OURS, World

COMPARE = f"/{OURS}/plan/versions/compare/"


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    """Return an office whose plan was published."""
    plan_of(world, tmp_path)
    published(world)
    return world


def shown(office: World, query: str = "") -> Any:  # noqa: ANN401 - the test client's answer
    answer = office.client("auditor").get(COMPARE + query)
    assert answer.status_code == 200
    assert len(answer.content) < 200_000
    return answer


def words(office: World) -> list[tuple[str, str, str, tuple[tuple[str, str, str], ...]]]:
    """Return every change in words: of what, about what, what happened, its lines."""
    return [
        (heading, one.subject, one.label, one.lines)
        for heading, changes in shown(office).context["words"]
        for one in changes
    ]


def test_nothing_changed_is_reported_in_words_and_figures(office: World) -> None:
    page = shown(office).content.decode()
    assert "違いはありません" in page
    assert "数値は同じです" in page


def test_an_action_that_was_put_off_is_reported_with_both_years_and_its_figures(
    office: World,
) -> None:
    Plan.objects.update(to_year=2024)
    published(office)
    Action.objects.update(fiscal_year=2024)
    sentence = "新たに定員4人のグループホームを1か所設置する。(地域分散化)"
    assert words(office) == [
        ("取組", "架空学園", "変更", (("", f"令和5年度 {sentence}", f"令和6年度 {sentence}"),))
    ]
    (row,) = [
        cells
        for part in shown(office).context["figures"]
        for label, cells in part["rows"]
        if part["name"] == "架空学園" and label == "グループホームの定員(人)"
    ]
    assert [(cell.before, cell.after, cell.difference) for cell in row] == [
        ("9", "9", ""),
        ("13", "9", "△4"),
        ("13", "13", ""),
    ]


def test_rows_of_every_table_are_reported_by_their_names(office: World) -> None:
    Need.objects.filter(fiscal_year=2023, age_band="school_age").update(children=15)
    Target.objects.update(value=20, approximate=True)
    Cost.objects.update(amount=1_300_000)
    Plan.objects.update(title="架空計画改")
    Home.objects.filter(pk=office.home.pk).update(name="架空の園")
    assert words(office) == [
        ("計画", "計画", "変更", (("計画名", "架空計画", "架空計画改"),)),
        (
            "目標",
            "令和5年度 合計定員",
            "変更",
            (("値", "19", "20"), ("程度", "", "○")),
        ),
        ("必要量", "令和5年度 学童期以降", "変更", (("人数", "14", "15"),)),
        (
            "経費単価",
            "令和4年度 家賃 扶助費 年間",
            "変更",
            (("金額(円)", "1,200,000", "1,300,000"),),
        ),
        ("施設", "架空の園", "変更", (("施設名", "架空学園", "架空の園"),)),
    ]


def test_a_text_is_reported_line_by_line_with_what_it_replaces(office: World) -> None:
    PlanText.objects.create(authority=office.authority, section="経緯", source="- 甲\n- 乙")
    (one,) = shown(office).context["found"].texts
    assert (one.section, one.lines) == ("経緯", (("added", "- 甲"), ("added", "- 乙")))


def test_only_figures_that_differ_are_shown_or_all_where_asked(office: World) -> None:
    assert shown(office).context["figures"] == []
    every = shown(office, "?before=1&after=draft&all=1").context["figures"]
    assert [part["name"] for part in every] == ["自治体合計", "架空学園", "架空姉妹園"]
    assert len(every[0]["rows"]) == 19


def test_any_two_versions_can_be_compared_in_either_direction(office: World) -> None:
    Action.objects.all().delete()
    proposed(office)
    there = shown(office, "?before=1&after=2").context["words"]
    back = shown(office, "?before=2&after=1").context["words"]
    assert [one.change for _, changes in there for one in changes] == ["removed"]
    assert [one.change for _, changes in back for one in changes] == ["added"]


def test_the_version_in_force_is_compared_with_the_current_data(office: World) -> None:
    published(office, "次の版")
    proposed(office, "まだの版")
    assert shown(office).context["names"] == ("2", "draft")


def test_without_a_version_the_page_says_so(world: World) -> None:
    assert "比べる版がまだありません" in shown(world).content.decode()


def test_a_draft_without_a_plan_is_reported(office: World) -> None:
    Plan.objects.all().delete()
    assert "計画がまだありません" in shown(office).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?before=9&after=draft",
        "?before=1&after=x",
        "?before=%00",
        "?before=1' OR 1",
        "?after=x",
        "?after=9",
    ],
)
def test_a_version_that_is_not_there_is_refused(office: World, query: str) -> None:
    assert office.client("auditor").get(COMPARE + query).status_code == 400


def test_markup_in_names_and_texts_is_no_markup(office: World) -> None:
    Home.objects.filter(pk=office.home.pk).update(name="<b>園</b>")
    PlanText.objects.create(authority=office.authority, section="経緯", source="<i>甲</i>")
    page = shown(office, "?before=1&after=draft&all=1").content.decode()
    assert "<b>" not in page
    assert "<i>" not in page


def test_the_page_asks_no_more_for_more_rows(office: World) -> None:
    def asked() -> int:
        client = office.client("auditor")
        with CaptureQueriesContext(connection) as found:
            client.get(COMPARE)
        return len(found)

    few = asked()
    for year in range(2022, 2024):
        for _ in range(10):
            Action.objects.create(
                authority=office.authority,
                home=office.home,
                fiscal_year=year,
                action="open",
                unit_kind="community_home",
                capacity=4,
            )
    assert asked() == few
