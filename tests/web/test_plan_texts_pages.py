"""The plan's texts on pages: kept, shown with their figures, put back, told what is wrong."""

import threading
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shokibo.documents.plan.sections import SECTIONS
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.planning.models import Plan, PlanText
from shokibo.web.planning.texts.writing import LONGEST, write
from tests.web.markup import markup_of
from tests.web.plan_versions import plan_of
from tests.web.world import OURS, World

TEXTS = f"/{OURS}/plan/texts/"
HISTORY = SECTIONS[1]
"""Without a default."""
PURPOSE = SECTIONS[0]
"""With one."""


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    """Return an office with a plan."""
    return plan_of(world, tmp_path)


def sent(office: World, source: str, **more: object) -> str:
    """Send a text of the history as a page does; return the answer."""
    given = {"source": source, "version": 0, **more}
    answer = office.client("officer").post(f"{TEXTS}2/", given, follow=True)
    return answer.content.decode()


def previewed(office: World, source: str) -> str:
    answer = office.client("officer").post(f"{TEXTS}2/preview/", {"source": source})
    assert answer.status_code == 200
    return markup_of(answer)


# Kept


def test_a_text_is_kept_and_logged(office: World) -> None:
    assert "文章を保存しました" in sent(office, "- 甲は\r\n- 乙")
    assert PlanText.objects.get().source == "- 甲は\n- 乙"
    (event,) = Event.objects.filter(action="plan.add", subject_kind="planning.plantext")
    assert event.after["source"] == "- 甲は\n- 乙"


def test_a_text_is_changed_where_it_is_as_it_was_seen(office: World) -> None:
    sent(office, "- 甲")
    sent(office, "- 乙", version=1)
    assert PlanText.objects.get().source == "- 乙"


@pytest.mark.parametrize("source", ["", " \n ", PURPOSE.default])
def test_a_blank_or_default_text_does_not_count_as_the_offices_own(
    office: World, source: str
) -> None:
    client = office.client("officer")
    client.post(f"{TEXTS}1/", {"source": "- 甲", "version": 0})
    client.post(f"{TEXTS}1/", {"source": source, "version": 1})
    assert not PlanText.objects.exists()


def test_it_is_put_back_to_the_default_after_asking(office: World) -> None:
    sent(office, "- 甲")
    client = office.client("officer")
    assert "既定に戻しますか" in client.get(f"{TEXTS}2/reset/").content.decode()
    client.post(f"{TEXTS}2/reset/", {"version": 1})
    assert not PlanText.objects.exists()
    assert Event.objects.get(action="plan.remove").before["source"] == "- 甲"


def test_a_stale_text_is_reported_and_loses_nothing(office: World) -> None:
    sent(office, "- 先の人")
    page = sent(office, "- 後の人")
    assert "ほかの人が先に保存しました" in page
    assert "- 後の人" in page
    assert "- 先の人" in page
    assert PlanText.objects.get().source == "- 先の人"
    sent(office, "- 後の人", version=1)
    assert PlanText.objects.get().source == "- 後の人"


def test_a_text_that_was_put_back_meanwhile_is_reported(office: World) -> None:
    assert "ほかの人が先に保存しました" in sent(office, "- 甲", version=3)


def test_a_text_with_a_mistake_is_kept_and_reported(office: World) -> None:
    page = sent(office, "- {{ 定員合計.令和9年度末 }}")
    assert "文章を保存しました" in page
    assert "1行目" in page
    listed = office.client("auditor").get(TEXTS).context["rows"]
    assert [one.state for one, _, _ in listed if one.section == HISTORY] == ["wrong"]


def test_a_text_that_is_too_long_is_refused(office: World) -> None:
    answer = office.client("officer").post(
        f"{TEXTS}2/", {"source": "あ" * (LONGEST + 1), "version": 0}
    )
    assert answer.context["form"].errors["source"]
    assert not PlanText.objects.exists()


def test_a_line_end_of_a_browser_counts_once(office: World) -> None:
    source = "あ\r\n" * (LONGEST // 2)
    write(office=office.office("officer"), section=HISTORY, source=source, version=0)
    with pytest.raises(RefusedError, match="at most"):
        write(office=office.office("officer"), section=HISTORY, source=source + "いう", version=1)


def test_putting_back_what_somebody_changed_meanwhile_is_reported(office: World) -> None:
    sent(office, "- 甲")
    answer = office.client("officer").post(f"{TEXTS}2/reset/", {"version": 9}, follow=True)
    assert "ほかの人が先に保存しました" in answer.content.decode()
    assert PlanText.objects.exists()


def test_only_who_plans_writes(office: World) -> None:
    with pytest.raises(PermissionDenied):
        write(office=office.office("approver"), section=HISTORY, source="- 甲", version=0)


def test_two_simultaneous_writers_of_the_first_text_write_it_once(committed_world: World) -> None:
    world = committed_world
    start, came = threading.Barrier(2), []
    offices = [world.office("officer"), world.office("officer:second")]

    def act(number: int) -> None:
        start.wait()
        try:
            write(office=offices[number], section=HISTORY, source=f"- {number}", version=0)
        except StaleError:
            came.append("told")
        else:
            came.append("kept")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(came) == ["kept", "told"]
    assert PlanText.objects.count() == 1


# Shown


def test_a_text_is_shown_as_the_document_has_it(office: World) -> None:
    page = previewed(office, "- **施設**は{{ 施設数 }}か所\n  - {{ 定員合計.R5末 }}人")
    assert "<strong>施設</strong>は2か所" in page
    assert "23人" in page
    assert previewed(office, "- ① 甲\n- 乙\n  - ② 丙").count('<li class="numbered">') == 2
    assert not PlanText.objects.exists()


def test_what_is_wrong_is_reported_with_its_line_and_the_nearest_names(office: World) -> None:
    page = previewed(office, "- 甲\n- {{ 施設の数 }}\n\n# 見出し")
    assert "2行目" in page
    assert "近い名前:施設数" in page
    assert "4行目" in page
    assert "見出し(#)は使えません" in page


def test_without_scripts_the_button_shows_and_keeps_nothing(office: World) -> None:
    page = sent(office, "- {{ 施設数 }}か所", preview="1")
    assert "2か所" in page
    assert not PlanText.objects.exists()


@pytest.mark.parametrize("source", ["<script>alert(1)</script>", "<b>甲</b>", "[甲](http://x)"])
def test_markup_in_a_text_is_no_markup_of_the_page(office: World, source: str) -> None:
    page = previewed(office, source)
    assert "<script>" not in page
    assert "<b>甲" not in page
    assert 'href="http://x' not in page


def test_a_text_with_a_nul_is_shown_without_failing(office: World) -> None:
    page = previewed(office, "- 甲\x00乙")
    assert "甲" in page
    assert "乙" in page
    assert "\x00" not in page


def test_the_default_is_shown_where_there_is_no_own(office: World) -> None:
    page = office.client("auditor").get(f"{TEXTS}1/").content.decode()
    assert "架空県の児童養護施設の小規模かつ地域分散化" in page
    assert "<textarea" not in page


def test_the_figures_are_offered_by_their_names(office: World) -> None:
    groups = office.client("officer").get(f"{TEXTS}2/").context["groups"]
    found = dict(pair for group in groups for pair in group.figures)
    assert found["施設数"] == "2"
    assert found["定員合計.令和5年度末"] == "23"


def test_the_tables_of_the_section_are_next_to_its_text(office: World) -> None:
    page = office.client("auditor").get(f"{TEXTS}9/").content.decode()
    assert "施設養育の必要量" in page
    assert "3歳以上就学前" in page


def test_the_list_shows_the_state_of_every_section(office: World) -> None:
    sent(office, "- 甲")
    rows = office.client("auditor").get(TEXTS).context["rows"]
    states = {one.section.key: one.state for one, _, _ in rows}
    assert len(states) == len(SECTIONS)
    assert (states["趣旨"], states["経緯"], states["考え方"]) == ("default", "own", "open")


@pytest.mark.parametrize("path", ["", "2/"])
def test_without_a_plan_the_pages_say_so(office: World, path: str) -> None:
    Plan.objects.all().delete()
    answer = office.client("officer").get(TEXTS + path)
    assert answer.status_code == 200
    if path:
        assert "数値を入れて示すことができません" in answer.content.decode()


@pytest.mark.parametrize("number", [0, len(SECTIONS) + 1, 10**30])
def test_a_section_that_is_none_is_not_found(office: World, number: int) -> None:
    assert office.client("officer").get(f"{TEXTS}{number}/").status_code == 404


def test_another_authority_reads_and_writes_nothing(office: World) -> None:
    sent(office, "- 甲")
    client = office.client("officer:other")
    for path in ("", "2/", "2/preview/", "2/reset/"):
        assert client.get(TEXTS + path).status_code == 404
        assert client.post(TEXTS + path, {"source": "- 乙"}).status_code in (404, 405)
    assert PlanText.objects.get().source == "- 甲"


def test_the_pages_ask_no_more_for_more_texts(office: World) -> None:
    client = office.client("officer")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            for path in ("", "2/"):
                assert len(client.get(TEXTS + path).content) < 200_000
        return len(found)

    few = asked()
    for section in SECTIONS:
        PlanText.objects.create(authority=office.authority, section=section.key, source="- 甲")
    assert asked() == few
