"""The forms to the ministry: drafted, sent, frozen, corrected, read by the ministry."""

import datetime as dt
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from lxml import html
from msgspec.structs import replace
from pypdf import PdfReader

from shokibo.answers import plain
from shokibo.law.parameters import national_law
from shokibo.returns.forms import fill_form
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.language import COOKIE
from shokibo.web.base.refusal import RefusedError
from shokibo.web.register.models import Capacity
from shokibo.web.returns import actions
from shokibo.web.returns.actions import DISCARD, EDIT, SUBMIT
from shokibo.web.returns.drawing import drawn
from shokibo.web.returns.figures import facts_of, figure_tables
from shokibo.web.returns.models import Return
from shokibo.web.steps.frozen import canonical
from shokibo.web.steps.taking import take
from shokibo.web.store.reading import ledger_of
from tests.printed import as_json
from tests.web.world import LETTER, OURS, THEIRS, World


def _drafted(world: World, form: int = 1, year: int = 2022) -> Return:
    return actions.draft(office=world.office("officer"), form=form, year=year)


def _submit(world: World, drafted: Return) -> Return:
    return take(
        SUBMIT, office=world.office("approver"), row=drafted, version=drafted.version, values=LETTER
    )


def _submitted(world: World) -> Return:
    return _submit(world, _drafted(world))


def test_the_page_shows_what_form1_gives(world: World) -> None:
    response = world.client("officer").get(f"/{OURS}/returns/form1/2022/")
    expected = as_json(fill_form(ledger_of(world.authority), national_law(), 1, 2022), "ja")
    notes = expected.pop("notes")
    figures = plain(response.context["figures"])
    assert {name: figures[name] for name in expected} == expected
    assert response.context["notes"] == notes


def test_each_figure_of_the_page_is_one_of_the_facts_that_are_sealed(world: World) -> None:
    figures = drawn(world.authority, 1, 2022).figures
    tables = figure_tables(figures)
    cells = sum(len(values) for _label, values, _part in tables["counts"])
    facts = facts_of(figures)
    kinds = tuple(str(kind) for kind in tables["kinds"])
    assert len([fact for fact in facts if fact.endswith(kinds)]) == cells
    assert {"申請 うち定員4名 合計", "認定 うち定員4名 合計"} <= facts.keys()


def test_of_units_with_one_name_every_figure_is_sealed(world: World) -> None:
    figures = drawn(world.authority, 1, 2022).figures
    alike = replace(figures, rows=[figures.rows[0], figures.rows[0]])
    changed = replace(alike, rows=[replace(figures.rows[0], capacity=99), figures.rows[0]])
    assert facts_of(alike) != facts_of(changed)


def test_the_days_left_stand_at_the_deadline_and_parts_are_set_in(world: World) -> None:
    listed = world.client("officer").get(f"/{OURS}/returns/")
    page = html.fromstring(listed.content)
    days = [cell for cell in page.iter("td") if "あと" in cell.text_content()]
    assert {cell.get("data-label") for cell in days} == {"期限"}
    form = html.fromstring(world.client("officer").get(f"/{OURS}/returns/form1/2022/").content)
    parts = [head.text_content() for head in form.iter("th") if head.get("class") == "part"]
    assert parts
    assert all(words.strip().startswith("うち") for words in parts)


def test_an_officer_drafts_and_the_approver_submits(world: World) -> None:
    officer, approver = world.client("officer"), world.client("approver")
    drafted = officer.post(f"/{OURS}/returns/form1/2022/", follow=True)
    made = Return.objects.get()
    assert drafted.redirect_chain[-1][0] == f"/{OURS}/returns/{made.pk}/"
    address = f"/{OURS}/returns/{made.pk}/submit/"
    seen = approver.get(address).context["form"]["seen"].value()
    letter = {"version": made.version, "letter_number": "4架子第1号", "letter_date": "R4.4.28"}
    approver.post(address, {**letter, "seen": seen})
    made.refresh_from_db()
    assert (made.state, made.submitted_by) == ("submitted", world.people["approver"])
    assert made.figures
    assert hashlib.sha256(canonical(made.figures)).hexdigest() == made.figures_sha256


def _sheets(content: bytes) -> list[str]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).sheetnames)


def test_what_is_sent_is_the_form_alone(world: World) -> None:
    Capacity.objects.filter(unit__code="u4").update(capacity=7)
    sent = _submitted(world)
    assert "notes" not in (sent.figures or {})
    assert [note.code for note in sent.frozen_notes("ja")] == ["FORM_CAPACITY_OUTSIDE"]
    workbook = sent.files.get(name__endswith=".xlsx")
    assert _sheets(bytes(workbook.content)) == ["様式1"]
    words = "定員7人は、内訳のどの行にもありません"
    officer = world.client("officer")
    assert words in officer.get(f"/{OURS}/returns/{sent.pk}/").content.decode()
    officer.cookies[COOKIE] = "en"
    in_english = officer.get(f"/{OURS}/returns/{sent.pk}/").content.decode()
    assert words not in in_english
    assert "7 places" in in_english
    for page in ("/nation/?form=1&year=2022", f"/nation/returns/{sent.pk}/"):
        assert words not in world.client("ministry").get(page).content.decode()


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_what_is_to_be_checked_is_a_file_of_its_own(world: World, state: str) -> None:
    Capacity.objects.filter(unit__code="u4").update(capacity=7)
    made = _drafted(world) if state == "draft" else _submitted(world)
    answer = world.client("officer").get(f"/{OURS}/returns/{made.pk}/notes.xlsx")
    assert answer["Content-Disposition"].startswith("attachment")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["確認事項"]
    assert "定員7人" in str(sheet["B3"].value)


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_a_correction_prints_its_number_its_reason_and_what_it_changes(
    world: World, kind: str
) -> None:
    _submitted(world)
    Capacity.objects.filter(unit__code="u4").update(capacity=5)
    correction = _drafted(world)
    Return.objects.filter(pk=correction.pk).update(remark="定員の誤り")
    correction.refresh_from_db()
    _submit(world, correction)
    content = bytes(correction.files.get(name__endswith=kind).content)
    if kind == "pdf":
        printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    else:
        cells = openpyxl.load_workbook(io.BytesIO(content))["様式1"].values
        printed = "".join(str(cell) for row in cells for cell in row if cell is not None)
    for words in (
        "訂正（第1回）",
        "訂正の理由：定員の誤り",
        "訂正した箇所",
        "加算認定か所数(地域小規模児童養護施設、定員5名)0か所→1か所",
    ):
        assert words in "".join(printed.split())
    page = world.client("ministry").get(f"/nation/returns/{correction.pk}/").content.decode()
    assert "加算認定か所数(地域小規模児童養護施設、定員5名) 0か所 → 1か所" in page
    log = world.client("auditor").get(f"/{OURS}/log/?action=return.submit").content.decode()
    assert "加算認定か所数(地域小規模児童養護施設、定員5名) 0か所 → 1か所" in log


def test_a_first_edition_prints_no_correction(world: World) -> None:
    workbook = _submitted(world).files.get(name__endswith=".xlsx")
    cells = openpyxl.load_workbook(io.BytesIO(bytes(workbook.content)))["様式1"].values
    assert not any("訂正" in str(cell) for row in cells for cell in row)


def _shown(client: Client, address: str) -> dict[str, Any]:
    """Open the page of a submission; return what its form carries."""
    form = client.get(address).context["form"]
    return {field.name: field.value() for field in form.hidden_fields()}


@pytest.mark.parametrize(
    ("given", "is_sent"),
    [
        ({}, False),
        ({"letter_number": "1号"}, False),
        ({"letter_date": "R4.4.28"}, False),
        ({"letter_number": "1号", "letter_date": "いつか"}, False),
        ({"letter_number": "1号", "letter_date": "R4.4.28"}, True),
        ({"letter_number": "1号", "leave_letter_date": "on"}, True),
        ({"leave_letter_number": "on", "leave_letter_date": "on"}, True),
    ],
)
def test_number_and_day_are_given_or_left_blank_on_purpose(
    world: World, given: dict[str, str], is_sent: bool
) -> None:
    made = _drafted(world)
    client = world.client("approver")
    address = f"/{OURS}/returns/{made.pk}/submit/"
    answer = client.post(address, {**_shown(client, address), **given})
    made.refresh_from_db()
    assert (made.state == "submitted") is is_sent
    if is_sent:
        assert made.letter_number == given.get("letter_number", "")
    else:
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert given.get("letter_number", "") in answer.content.decode()


def test_number_and_day_of_the_draft_are_proposed_and_what_is_blank_is_named(
    world: World,
) -> None:
    made = _drafted(world)
    Return.objects.filter(pk=made.pk).update(letter_number="4架子第7号")
    page = world.client("approver").get(f"/{OURS}/returns/{made.pk}/submit/")
    assert 'value="4架子第7号"' in page.content.decode()
    assert page.context["blanks"] == ["文書の日付"]


@pytest.mark.parametrize("left_blank", [(), ("letter_number",), ("letter_date",)])
def test_a_blank_that_was_not_chosen_is_refused(world: World, left_blank: tuple[str, ...]) -> None:
    made = _drafted(world)
    with pytest.raises(RefusedError, match="Blank"):
        take(
            SUBMIT,
            office=world.office("approver"),
            row=made,
            version=made.version,
            values={"letter_number": "", "letter_date": None, "left_blank": left_blank},
        )
    assert Return.objects.get().state == "draft"


def test_who_submits_what_was_changed_since_loses_nothing(world: World) -> None:
    made = _drafted(world)
    client, address = world.client("approver"), f"/{OURS}/returns/{made.pk}/submit/"
    given = {"version": made.version - 1, "letter_number": "9号", "leave_letter_date": "on"}
    page = client.post(address, {**_shown(client, address), **given})
    made.refresh_from_db()
    assert made.state == "draft"
    assert 'value="9号"' in page.content.decode()
    assert "ほかの人が先に保存しました" in page.content.decode()


@pytest.mark.parametrize("year", [1990, 2018])
@pytest.mark.parametrize("form", [1, 2])
def test_a_year_before_the_notification_applied_is_refused(
    world: World, form: int, year: int
) -> None:
    for send in ("get", "post"):
        client = world.client("officer")
        answer = getattr(client, send)(f"/{OURS}/returns/form{form}/{year}/", follow=True)
        assert "子発1004第5号は平成31年4月1日から適用されています" in answer.content.decode()
    assert not Return.objects.exists()


def test_figures_stored_with_their_notes_by_an_earlier_version_stay_readable(
    world: World,
) -> None:
    Capacity.objects.filter(unit__code="u4").update(capacity=7)
    sent = _submitted(world)
    earlier = Return(figures={**(sent.figures or {}), "notes": sent.notes})
    assert plain(earlier.sent) == earlier.figures
    assert earlier.frozen_notes("ja") == sent.frozen_notes("ja") != []


def test_what_was_sent_stays_when_the_register_changes(world: World) -> None:
    sent = _submitted(world)
    before = sent.figures
    Capacity.objects.filter(unit__code="u4").update(capacity=5)
    page = world.client("officer").get(f"/{OURS}/returns/{sent.pk}/")
    assert plain(page.context["figures"]) == before
    now = world.client("officer").get(f"/{OURS}/returns/form1/2022/").context["figures"]
    assert plain(now)["units"] != before["units"]


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
            assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == ["様式1"]


def test_who_drafted_it_can_not_submit_it(world: World) -> None:
    made = _drafted(world)
    Return.objects.filter(pk=made.pk).update(drafted_by=world.people["approver"])
    made.refresh_from_db()
    with pytest.raises(RefusedError, match="approver"):
        take(SUBMIT, office=world.office("approver"), row=made, version=made.version, values=LETTER)
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
        _submit(world, correction)
    take(
        EDIT,
        office=world.office("officer"),
        row=correction,
        version=correction.version,
        values={
            "letter_number": "4世子第1号",
            "letter_date": dt.date(2022, 4, 6),
            "remark": "定員の誤り",
            "late_ground": "",
        },
    )
    take(
        SUBMIT,
        office=world.office("approver"),
        row=correction,
        version=correction.version,
        values=LETTER,
    )
    assert list(Return.objects.order_by("edition").values_list("edition", "state")) == [
        (1, "submitted"),
        (2, "submitted"),
    ]


def test_the_correction_shows_what_changed(world: World) -> None:
    _submitted(world)
    Capacity.objects.filter(unit__code="u4").update(capacity=5)
    correction = _drafted(world)
    page = world.client("officer").get(f"/{OURS}/returns/{correction.pk}/").content.decode()
    assert "加算認定か所数(地域小規模児童養護施設、定員4名) 1か所 → 0か所" in page
    assert "加算認定か所数(地域小規模児童養護施設、定員5名) 0か所 → 1か所" in page
    assert "u4の家「" not in page
    assert "units.community_home" not in page


def test_after_the_deadline_a_ground_is_needed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _drafted(world)
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-05-02")  # 30 April 2022 is a Saturday
    with pytest.raises(RefusedError, match="deadline"):
        take(SUBMIT, office=world.office("approver"), row=made, version=made.version, values=LETTER)


@pytest.mark.parametrize(("day", "late"), [("2022-04-28", False), ("2022-04-29", True)])
def test_the_deadline_is_the_last_business_day_of_april(
    world: World, monkeypatch: pytest.MonkeyPatch, day: str, late: bool
) -> None:
    made = _drafted(world)  # 29 April is a holiday, 30 April a Saturday
    monkeypatch.setenv("SHOKIBO_TODAY", day)
    assert world.client("officer").get(f"/{OURS}/returns/{made.pk}/").context["late"] is late


def test_a_stale_form_is_reported_and_loses_nothing(world: World) -> None:
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
    take(DISCARD, office=world.office("officer"), row=made, version=made.version)
    assert not Return.objects.exists()
    sent = _submitted(world)
    with pytest.raises(RefusedError):
        take(DISCARD, office=world.office("officer"), row=sent, version=sent.version)


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
    assert plain(page.context["figures"])["units"] == sent.figures["units"]
    assert client.get(f"/nation/returns/{sent.pk}/").status_code == 200


def test_the_ministry_does_not_see_a_draft(world: World) -> None:
    made, client = _drafted(world), world.client("ministry")
    assert client.get(f"/nation/returns/{made.pk}/").status_code == 404
    assert client.get(f"/{OURS}/returns/{made.pk}/").status_code == 404


@pytest.mark.parametrize("role", ["officer", "admin", "auditor", "home_staff"])
def test_only_the_ministry_reads_the_nation(world: World, role: str) -> None:
    assert world.client(role).get("/nation/").status_code == 404


def test_of_two_simultaneous_submissions_one_is_refused(committed_world: World) -> None:
    world = committed_world
    made = _drafted(world)

    def submit(_: int) -> str:
        try:
            take(
                SUBMIT,
                office=world.office("approver"),
                row=Return.objects.get(pk=made.pk),
                version=made.version,
                values=LETTER,
            )
        except (StaleError, RefusedError):
            return "told"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(submit, range(2))) == ["done", "told"]
    assert made.files.count() == 2
