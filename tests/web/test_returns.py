"""The forms to the ministry: drafted, sent, frozen, corrected, read by the ministry."""

import datetime as dt
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from shokibo.law.parameters import national_law
from shokibo.returns.forms import as_json, fill_form
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.bridge.reading import ledger_of
from shokibo.web.refusal import RefusedError
from shokibo.web.register.models import Capacity
from shokibo.web.returns import actions
from shokibo.web.returns.drawing import canonical
from shokibo.web.returns.models import Return
from tests.web.world import OURS, THEIRS, World


def _drafted(world: World, form: int = 1, year: int = 2022) -> Return:
    return actions.draft(office=world.office("officer"), form=form, year=year)


def _submitted(world: World) -> Return:
    made = _drafted(world)
    actions.submit(office=world.office("approver"), drafted=made, version=made.version)
    return made


def test_the_page_shows_what_form1_gives(world: World) -> None:
    response = world.client("officer").get(f"/{OURS}/returns/form1/2022/")
    expected = as_json(fill_form(ledger_of(world.authority), national_law(), 1, 2022), "ja")
    figures = response.context["figures"]
    assert {name: figures[name] for name in expected} == expected


def test_an_officer_drafts_and_the_approver_submits(world: World) -> None:
    officer, approver = world.client("officer"), world.client("approver")
    drafted = officer.post(f"/{OURS}/returns/form1/2022/", follow=True)
    made = Return.objects.get()
    assert drafted.redirect_chain[-1][0] == f"/{OURS}/returns/{made.pk}/"
    approver.post(f"/{OURS}/returns/{made.pk}/submit/", {"version": made.version})
    made.refresh_from_db()
    assert (made.state, made.submitted_by) == ("submitted", world.people["approver"])
    assert made.figures
    assert hashlib.sha256(canonical(made.figures)).hexdigest() == made.figures_sha256


def test_what_was_sent_stays_when_the_register_changes(world: World) -> None:
    sent = _submitted(world)
    before = sent.figures
    Capacity.objects.filter(unit__code="u4").update(capacity=5)
    page = world.client("officer").get(f"/{OURS}/returns/{sent.pk}/")
    assert page.context["figures"] == before
    now = world.client("officer").get(f"/{OURS}/returns/form1/2022/").context["figures"]
    assert now["units"] != before["units"]


def test_the_files_are_those_that_were_sent(world: World) -> None:
    sent = _submitted(world)
    client = world.client("auditor")
    for kept in sent.files.all():
        answer = client.get(f"/{OURS}/returns/{sent.pk}/files/{kept.pk}/")
        assert hashlib.sha256(answer.content).hexdigest() == kept.sha256
        assert answer["Content-Disposition"].startswith("attachment")
        if kept.name.endswith(".pdf"):
            assert "架空県" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
        else:
            assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "様式1"


def test_who_drafted_it_can_not_submit_it(world: World) -> None:
    made = _drafted(world)
    Return.objects.filter(pk=made.pk).update(drafted_by=world.people["approver"])
    made.refresh_from_db()
    with pytest.raises(RefusedError, match="approver"):
        actions.submit(office=world.office("approver"), drafted=made, version=made.version)
    assert Return.objects.get().state == "draft"


def test_a_second_draft_is_refused(world: World) -> None:
    _drafted(world)
    with pytest.raises(RefusedError):
        _drafted(world)


def test_a_correction_is_a_new_edition_with_a_reason(world: World) -> None:
    sent = _submitted(world)
    correction = _drafted(world)
    assert (correction.edition, correction.previous) == (2, sent)
    with pytest.raises(RefusedError, match="reason"):
        actions.submit(
            office=world.office("approver"), drafted=correction, version=correction.version
        )
    actions.edit(
        office=world.office("officer"),
        drafted=correction,
        version=correction.version,
        letter_number="4世子第1号",
        letter_date=dt.date(2022, 4, 6),
        remark="定員の誤り",
        late_ground="",
    )
    actions.submit(office=world.office("approver"), drafted=correction, version=correction.version)
    assert list(Return.objects.order_by("edition").values_list("edition", "state")) == [
        (1, "submitted"),
        (2, "submitted"),
    ]


def test_the_correction_shows_what_changed(world: World) -> None:
    _submitted(world)
    Capacity.objects.filter(unit__code="u4").update(capacity=5)
    correction = _drafted(world)
    changes = world.client("officer").get(f"/{OURS}/returns/{correction.pk}/").context["changes"]
    assert ("units.community_home.certified.4", 1, 0) in changes
    assert ("units.community_home.certified.5", 0, 1) in changes


def test_after_the_deadline_a_ground_is_needed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _drafted(world)
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-05-02")  # 30 April 2022 is a Saturday
    with pytest.raises(RefusedError, match="deadline"):
        actions.submit(office=world.office("approver"), drafted=made, version=made.version)


@pytest.mark.parametrize(("day", "late"), [("2022-04-28", False), ("2022-04-29", True)])
def test_the_deadline_is_the_last_business_day_of_april(
    world: World, monkeypatch: pytest.MonkeyPatch, day: str, late: bool
) -> None:
    made = _drafted(world)  # 29 April is a holiday, 30 April a Saturday
    monkeypatch.setenv("SHOKIBO_TODAY", day)
    assert world.client("officer").get(f"/{OURS}/returns/{made.pk}/").context["late"] is late


def test_a_stale_form_is_told_and_loses_nothing(world: World) -> None:
    made = _drafted(world)
    client = world.client("officer")
    first = {"version": made.version, "letter_number": "1号"}
    client.post(f"/{OURS}/returns/{made.pk}/", first)
    second = client.post(f"/{OURS}/returns/{made.pk}/", {**first, "letter_number": "2号"})
    made.refresh_from_db()
    assert made.letter_number == "1号"
    assert "2号" in second.content.decode()
    assert "ほかの人が先に保存しました" in second.content.decode()


def test_a_draft_can_be_thrown_away_and_what_was_sent_not(world: World) -> None:
    made = _drafted(world)
    actions.discard(office=world.office("officer"), drafted=made, version=made.version)
    assert not Return.objects.exists()
    sent = _submitted(world)
    with pytest.raises(RefusedError):
        actions.discard(office=world.office("officer"), drafted=sent, version=sent.version)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_sent(world: World, verb: str) -> None:
    sent = Return.objects.filter(pk=_submitted(world).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        sent.update(remark="x") if verb == "update" else sent.delete()


def test_every_step_is_in_the_log(world: World) -> None:
    sent = _submitted(world)
    found = Event.objects.filter(authority=world.authority, action__startswith="return.")
    assert set(found.values_list("action", flat=True)) == {"return.draft", "return.submit"}
    digests = {file.name: file.sha256 for file in sent.files.all()}
    assert digests in list(found.values_list("after", flat=True))


@pytest.mark.parametrize("path", ["", "submit/", "discard/", "preview.pdf", "preview.xlsx"])
def test_another_authority_finds_nothing(world: World, path: str) -> None:
    made = _drafted(world)
    client = world.client("approver:other" if path == "submit/" else "officer:other")
    assert client.get(f"/{OURS}/returns/{made.pk}/{path}").status_code == 404
    assert client.get(f"/{THEIRS}/returns/{made.pk}/{path}").status_code == 404


def test_a_home_sees_no_return(world: World) -> None:
    assert world.client("home_staff").get(f"/{OURS}/returns/").status_code == 403


def test_an_auditor_reads_and_changes_nothing(world: World) -> None:
    client = world.client("auditor")
    assert client.get(f"/{OURS}/returns/form1/2022/").status_code == 200
    assert client.post(f"/{OURS}/returns/form1/2022/").status_code == 403
    assert not Return.objects.exists()


def test_the_ministry_reads_what_was_submitted_and_its_sum(world: World) -> None:
    sent, client = _submitted(world), world.client("ministry")
    page = client.get("/nation/?form=1&year=2022")
    assert sent.figures
    assert page.context["sent"] == 1
    assert page.context["figures"]["units"] == sent.figures["units"]
    assert client.get(f"/nation/returns/{sent.pk}/").status_code == 200


def test_the_ministry_does_not_see_a_draft(world: World) -> None:
    made, client = _drafted(world), world.client("ministry")
    assert client.get(f"/nation/returns/{made.pk}/").status_code == 404
    assert client.get(f"/{OURS}/returns/{made.pk}/").status_code == 404


@pytest.mark.parametrize("role", ["officer", "admin", "auditor", "home_staff"])
def test_only_the_ministry_reads_the_nation(world: World, role: str) -> None:
    assert world.client(role).get("/nation/").status_code == 404


def test_of_two_who_submit_at_once_one_is_told(committed_world: World) -> None:
    world = committed_world
    made = _drafted(world)

    def submit(_: int) -> str:
        try:
            actions.submit(
                office=world.office("approver"),
                drafted=Return.objects.get(pk=made.pk),
                version=made.version,
            )
        except (StaleError, RefusedError):
            return "told"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(submit, range(2))) == ["done", "told"]
    assert made.files.count() == 2
