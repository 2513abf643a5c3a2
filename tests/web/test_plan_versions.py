"""Versions of the plan: proposed, published by another, frozen, sent back, taken back."""

import hashlib
import io
import threading
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.planning.contents import Contents
from shokibo.web.planning.models import Action, Plan, PlanText, PlanVersion
from shokibo.web.planning.versions import publishing
from shokibo.web.planning.versions.publishing import PUBLISH, SEND_BACK, TAKE_BACK
from shokibo.web.register.models import Capacity, Home
from shokibo.web.steps.taking import take
from tests.web.markup import words_of
from tests.web.plan_versions import (
    another_approver,
    holding_both_roles,
    plan_of,
    proposed,
    published,
)
from tests.web.world import OURS, THEIRS, World

VERSIONS = f"/{OURS}/plan/versions/"
STEPS = {"publish": PUBLISH, "send_back": SEND_BACK, "take_back": TAKE_BACK}


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    """Return an office with a plan."""
    return plan_of(world, tmp_path)


def change_the_plan() -> None:
    Action.objects.update(capacity=5)


def send(client: Client, address: str, given: dict[str, Any]) -> Any:  # noqa: ANN401 - the test client's answer
    """Open the page of a step, then send its form with what is given."""
    form = client.get(address).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    return client.post(address, {**hidden, **given}, follow=True)


# Through the pages


def test_an_officer_proposes_and_the_approver_publishes(office: World) -> None:
    officer, approver = office.client("officer"), office.client("approver")
    page = officer.get(f"{VERSIONS}propose/")
    seen = page.context["form"]["seen"].value()
    officer.post(f"{VERSIONS}propose/", {"note": "最初の版", "seen": seen})
    made = PlanVersion.objects.get()
    assert (made.number, made.state, made.proposed_by) == (1, "proposed", office.people["officer"])
    send(approver, f"{VERSIONS}1/publish/", {"version": made.version, "undated": "on"})
    made.refresh_from_db()
    assert (made.state, made.decided_by) == ("published", office.people["approver"])


def test_the_files_are_those_that_were_published(office: World) -> None:
    made = published(office)
    client = office.client("auditor")
    names = []
    for kept in made.files.all():
        answer = client.get(f"{VERSIONS}1/files/{kept.pk}/")
        assert hashlib.sha256(answer.content).hexdigest() == kept.sha256
        names.append(kept.name)
        _opens(kept.name, answer.content)
    assert names == [f"plan-{OURS}-1.docx", f"plan-{OURS}-1.pdf", f"plan-{OURS}-1.xlsx"]
    page = words_of(client.get(f"{VERSIONS}1/"))
    for kind in ("Word", "PDF", "Excel"):
        assert f"第1版の計画書({kind})" in page


def _opens(name: str, content: bytes) -> None:
    file = io.BytesIO(content)
    if name.endswith(".docx"):
        assert docx.Document(file).core_properties.title == "架空計画"
    elif name.endswith(".pdf"):
        assert "架空計画" in PdfReader(file).pages[0].extract_text()
    else:
        assert openpyxl.load_workbook(file).sheetnames[0] == "目次"


def test_what_is_proposed_is_offered_as_a_draft_of_what_was_frozen(office: World) -> None:
    proposed(office)
    Plan.objects.update(title="別の計画")
    answer = office.client("approver").get(f"{VERSIONS}1/draft.docx")
    assert f"draft-plan-{OURS}-1.docx" in answer["Content-Disposition"]
    assert docx.Document(io.BytesIO(answer.content)).core_properties.title == "架空計画"


def test_a_published_version_has_no_draft(office: World) -> None:
    published(office)
    assert office.client("approver").get(f"{VERSIONS}1/draft.docx").status_code == 404


def test_what_was_published_stays_when_plan_and_register_change(office: World) -> None:
    made = published(office)
    client = office.client("officer")
    before = client.get(f"{VERSIONS}1/").context["rows"]
    change_the_plan()
    Capacity.objects.filter(unit__code="m6").update(capacity=5)
    PlanText.objects.create(authority=office.authority, section="経緯", source="- 新しい")
    assert client.get(f"{VERSIONS}1/").context["rows"] == before
    kept = Contents.of_version(PlanVersion.objects.get(pk=made.pk))
    assert kept.figures == made.figures  # drawn again from what was kept
    assert kept.sha256 == made.sha256


def test_a_version_keeps_no_name_of_an_officer(office: World) -> None:
    office.authority.reporting_officer = "架空 報告者"
    office.authority.save()
    assert "架空 報告者" not in str(proposed(office).snapshot)


# Who may, and what is refused


def test_who_proposed_it_can_not_publish_it(office: World) -> None:
    both = holding_both_roles(office)
    made = proposed(office)
    with pytest.raises(RefusedError, match="another approver"):
        take(PUBLISH, office=both, row=made, version=made.version)
    assert PlanVersion.objects.get().state == "proposed"


def test_the_database_too_asks_for_four_eyes(office: World) -> None:
    made = proposed(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(pk=made.pk).update(
            state="published", decided_by=made.proposed_by, decided_at=clock.now()
        )


def test_without_the_second_factor_nobody_publishes(office: World) -> None:
    made, client = proposed(office), Client()
    client.force_login(office.people["approver"])
    answer = client.post(f"{VERSIONS}1/publish/", {"version": made.version, "undated": "on"})
    assert answer["Location"].startswith("/account/second-factor/")
    assert PlanVersion.objects.get().state == "proposed"


@pytest.mark.parametrize(("role", "step"), [("officer", "publish"), ("approver", "take_back")])
def test_each_step_is_of_its_role(office: World, role: str, step: str) -> None:
    made = proposed(office)
    with pytest.raises(PermissionDenied):
        take(STEPS[step], office=office.office(role), row=made, version=made.version)


def test_only_who_plans_proposes(office: World) -> None:
    with pytest.raises(PermissionDenied):
        publishing.propose(office=office.office("approver"), note="x")


def test_it_is_not_sent_back_without_a_reason(office: World) -> None:
    made = proposed(office)
    with pytest.raises(RefusedError, match="Say why"):
        take(
            SEND_BACK, office=office.office("approver"), row=made, version=made.version, reason=" "
        )


def test_the_page_says_why_one_s_own_proposal_is_not_published(office: World) -> None:
    holding_both_roles(office)
    made = proposed(office)
    answer = send(
        office.client("officer"), f"{VERSIONS}1/publish/", {"version": made.version, "reason": ""}
    )
    assert "自分が起案した計画は公表できません" in answer.content.decode()


def test_a_character_that_no_font_has_is_reported_at_publication_too(office: World) -> None:
    PlanText.objects.create(authority=office.authority, section="経緯", source="- \U0001f469")
    contents = Contents.of_draft(office.authority)
    made = PlanVersion.objects.create(
        authority=office.authority,
        number=1,
        note="x",
        snapshot=contents.snapshot,
        figures=contents.figures,
        sha256=contents.sha256,
        proposed_by=office.people["officer"],
    )
    answer = send(
        office.client("approver"),
        f"{VERSIONS}1/publish/",
        {"version": made.version, "undated": "on"},
    )
    assert "印刷できない文字があります" in answer.content.decode()
    assert not made.files.exists()


def test_the_page_of_a_proposal_shows_what_changed_since(office: World) -> None:
    published(office)
    change_the_plan()
    page = office.client("officer").get(f"{VERSIONS}propose/").content.decode()
    assert "公表した第1版からの変更" in page
    assert "新たに定員5人のグループホームを1か所設置する。" in page


def test_a_second_proposal_is_refused_while_one_is_open(office: World) -> None:
    proposed(office)
    with pytest.raises(RefusedError, match="Version 1 is proposed"):
        proposed(office)


@pytest.mark.parametrize("step", ["publish", "send_back", "take_back"])
def test_a_version_that_is_closed_takes_no_step(office: World, step: str) -> None:
    made = published(office)
    role = "officer" if step == "take_back" else "approver"
    with pytest.raises(RefusedError, match="it has to be “Proposed”"):
        take(STEPS[step], office=office.office(role), row=made, version=made.version, reason="x")


def test_it_is_sent_back_with_a_reason_and_proposed_again(office: World) -> None:
    made = proposed(office)
    approver = office.client("approver")
    send(approver, f"{VERSIONS}1/send-back/", {"version": made.version, "reason": ""})
    assert PlanVersion.objects.get().state == "proposed"
    send(approver, f"{VERSIONS}1/send-back/", {"version": made.version, "reason": "根拠が要る"})
    assert PlanVersion.objects.get().state == "sent_back"
    assert "根拠が要る" in office.client("officer").get(VERSIONS).content.decode()
    assert proposed(office).number == 2


def test_the_officer_takes_it_back(office: World) -> None:
    made = proposed(office)
    send(
        office.client("officer"),
        f"{VERSIONS}1/take-back/",
        {"version": made.version, "reason": ""},
    )
    assert PlanVersion.objects.get().state == "taken_back"


def test_a_stale_page_is_reported_and_publishes_nothing(office: World) -> None:
    proposed(office)
    answer = send(
        office.client("approver"), f"{VERSIONS}1/publish/", {"version": 7, "undated": "on"}
    )
    assert "ほかの人が先に保存しました" in answer.content.decode()
    assert PlanVersion.objects.get().state == "proposed"


def test_a_plan_that_changed_under_the_page_is_not_proposed_unseen(office: World) -> None:
    client = office.client("officer")
    seen = client.get(f"{VERSIONS}propose/").context["form"]["seen"].value()
    change_the_plan()
    answer = client.post(f"{VERSIONS}propose/", {"note": "最初の版", "seen": seen})
    page = answer.content.decode()
    assert "変わったところ:取組「" in page
    assert "最初の版" in page
    assert not PlanVersion.objects.exists()
    again = answer.context["form"]["seen"].value()
    client.post(f"{VERSIONS}propose/", {"note": "最初の版", "seen": again})
    assert PlanVersion.objects.count() == 1


def test_a_note_of_what_changed_is_asked_for(office: World) -> None:
    answer = office.client("officer").post(f"{VERSIONS}propose/", {"note": "", "seen": "x"})
    assert answer.context["form"].errors["note"]


# What can't be published


def _without_a_plan() -> None:
    Plan.objects.all().delete()


def _without_a_home() -> None:
    Home.objects.update(opened_on="2030-04-01")


def _with_a_wrong_text() -> None:
    row = Plan.objects.get()
    PlanText.objects.create(
        authority=row.authority, section="経緯", source="- {{ 定員合計.令和99年度末 }}"
    )


def _with_a_character_no_font_has() -> None:
    row = Plan.objects.get()
    PlanText.objects.create(authority=row.authority, section="経緯", source="- \U0001f469")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_without_a_plan, "計画がまだありません"),
        (_without_a_home, "基準日に開いている施設がない"),
        (_with_a_wrong_text, "文章「経緯」の1行目"),
        (_with_a_character_no_font_has, "印刷できない文字があります"),
    ],
)
def test_what_can_not_be_printed_is_not_proposed(office: World, spoil: object, words: str) -> None:
    assert callable(spoil)
    spoil()
    client = office.client("officer")
    page = client.get(f"{VERSIONS}propose/")
    seen = page.context["form"]["seen"].value()
    answer = client.post(f"{VERSIONS}propose/", {"note": "x", "seen": seen})
    assert words in answer.content.decode()
    assert not PlanVersion.objects.exists()


# What never changes


@pytest.mark.parametrize("verb", ["update", "delete"])
@pytest.mark.parametrize("what", ["version", "file"])
def test_the_database_refuses_to_change_what_was_published(
    office: World, what: str, verb: str
) -> None:
    made = published(office)
    rows = PlanVersion.objects.filter(pk=made.pk) if what == "version" else made.files.all()
    given = {"comment": "x"} if what == "version" else {"name": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**given) if verb == "update" else rows._raw_delete(rows.db)


@pytest.mark.parametrize(
    "given", [{"snapshot": {}}, {"figures": {}}, {"note": "x"}, {"number": 9}, {"sha256": "0"}]
)
def test_what_was_proposed_stays_as_it_was_proposed(
    office: World, given: dict[str, object]
) -> None:
    proposed(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.update(**given)


def test_a_second_open_version_is_refused_by_the_database(office: World) -> None:
    made = proposed(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.create(
            authority=office.authority,
            number=2,
            note="x",
            snapshot={},
            figures={},
            proposed_by=made.proposed_by,
        )


def test_every_step_is_in_the_log(office: World) -> None:
    made = proposed(office)
    take(SEND_BACK, office=office.office("approver"), row=made, version=made.version, reason="修正")
    made = proposed(office)
    take(TAKE_BACK, office=office.office("officer"), row=made, version=made.version)
    last = published(office)
    found = Event.objects.filter(authority=office.authority, action__startswith="plan.")
    assert set(found.values_list("action", flat=True)) == {
        "plan.propose",
        "plan.send_back",
        "plan.take_back",
        "plan.publish",
    }
    assert {file.name: file.sha256 for file in last.files.all()} in [e.after for e in found]
    assert not any("snapshot" in event.after for event in found)


# Two at once


def test_two_simultaneous_approvers_publish_once(committed_world: World, tmp_path: Path) -> None:
    world = plan_of(committed_world, tmp_path)
    made = proposed(world)
    offices = [world.office("approver"), another_approver(world)]
    start, came = threading.Barrier(2), []

    def publish(number: int) -> None:
        own = PlanVersion.objects.get(pk=made.pk)
        start.wait()
        try:
            take(PUBLISH, office=offices[number], row=own, version=made.version)
        except StaleError as stale:
            came.append(f"told: {stale.current.state}")  # type: ignore[attr-defined]
        else:
            came.append("published")
        finally:
            connection.close()

    _both(publish)
    assert sorted(came) == ["published", "told: published"]
    assert made.files.count() == 3
    assert (
        Event.objects.filter(action="plan.publish", subject_kind="planning.planfile").count() == 3
    )


def test_two_simultaneous_officers_propose_once(committed_world: World, tmp_path: Path) -> None:
    world = plan_of(committed_world, tmp_path)
    offices = [world.office("officer"), world.office("officer:second")]
    start, came = threading.Barrier(2), []

    def propose(number: int) -> None:
        start.wait()
        try:
            publishing.propose(office=offices[number], note="x")
        except RefusedError:
            came.append("refused")
        else:
            came.append("proposed")
        finally:
            connection.close()

    _both(propose)
    assert sorted(came) == ["proposed", "refused"]


def _both(act: object) -> None:
    assert callable(act)
    threads = [threading.Thread(target=act, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


# Others


@pytest.mark.parametrize(
    "path", ["", "1/", "1/draft.pdf", "compare/?before=1&after=draft", "propose/", "1/publish/"]
)
def test_another_authority_finds_nothing(office: World, path: str) -> None:
    proposed(office)
    role = "approver:other" if "publish" in path else "officer:other"
    assert office.client(role).get(VERSIONS + path).status_code == 404
    theirs = office.client(role).get(f"/{THEIRS}/plan/versions/{path}")
    missing = 400 if path.startswith("compare") else 404
    assert theirs.status_code == (missing if path.startswith(("1/", "compare")) else 200)


def test_an_auditor_reads_and_changes_nothing(office: World) -> None:
    made, client = proposed(office), office.client("auditor")
    assert client.get(f"{VERSIONS}1/").status_code == 200
    assert client.post(f"{VERSIONS}propose/", {"note": "x"}).status_code == 403
    answer = client.post(f"{VERSIONS}1/publish/", {"version": made.version, "undated": "on"})
    assert answer.status_code == 403


def test_the_list_asks_no_more_for_more_versions(office: World) -> None:
    client = office.client("auditor")
    published(office)
    with CaptureQueriesContext(connection) as few:
        client.get(VERSIONS)
    change_the_plan()
    published(office)
    proposed(office)
    with CaptureQueriesContext(connection) as more:
        answer = client.get(VERSIONS)
    assert len(few) == len(more)
    assert len(answer.content) < 200_000
    assert not any("content" in query["sql"] for query in more if "planfile" in query["sql"])


@pytest.mark.parametrize(
    ("title", "adopted_on", "asked"),
    [
        ("架空計画", "2022-03-31", set()),
        ("架空計画", None, {"undated"}),
        ("架空計画(案)", "2022-03-31", {"as_draft"}),
        ("架空計画(素案)", None, {"as_draft", "undated"}),
        ("架空計画【案】", "2022-03-31", {"as_draft"}),
        ("架空案内計画", "2022-03-31", set()),
    ],
)
def test_warnings_are_confirmed_before_a_plan_is_public(
    office: World, title: str, adopted_on: str | None, asked: set[str]
) -> None:
    Plan.objects.update(title=title, adopted_on=adopted_on)
    made = proposed(office)
    client, address = office.client("approver"), f"{VERSIONS}1/publish/"
    page = client.get(address)
    assert set(page.context["form"].fields) - {"version", "seen", "reason"} == asked
    assert "確認事項(" in page.content.decode(), "the findings that stand are shown"
    for missing in sorted(asked):
        confirmed = dict.fromkeys(asked - {missing}, "on")
        answer = send(client, address, {"version": made.version, **confirmed})
        assert "このまま公表してよければ" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == "proposed"
    send(client, address, {"version": made.version, **dict.fromkeys(asked, "on")})
    made.refresh_from_db()
    assert made.state == "published"


def test_the_findings_that_stand_are_shown_before_a_plan_is_proposed_with_where_to_fix_them(
    office: World,
) -> None:
    page = office.client("officer").get(f"{VERSIONS}propose/").content.decode()
    assert "起案前の確認" in page
    found = page.partition('id="findings"')[2]
    assert "確認事項(" in found
    assert f'href="/{OURS}/plan/' in found
