"""Letters under the authority's own numbers and by its own template; who sets them."""

import datetime as dt
import threading
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from shokibo.documents.letters.numbering import Numbering
from shokibo.documents.letters.problems import TemplateError
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.issuing import issue, next_count, set_letters, settings_of
from shokibo.web.certification.models import Letter
from tests.web.applications import certified, rejected
from tests.web.world import OURS, World

LETTERS = f"/{OURS}/applications/letters/"
SETTINGS = f"/{OURS}/values/letters/"
PATTERN = "{{ 年度 }}架子第{{ 番号 }}号"
ADDED: dict[str, Any] = {
    "issued_on": dt.date(2022, 4, 22),
    "signatory": "架空県知事",
    "conditions": "届け出ること。",
    "remark": "",
}


def numbered(world: World, **more: object) -> None:
    stored = settings_of(world.authority)
    values = {"pattern": PATTERN, **more}
    set_letters(office=world.office("officer"), version=stored.version, values=values)


def test_each_letter_takes_the_next_number_and_has_it_for_good(world: World) -> None:
    numbered(world)
    first, second = certified(world, "c4"), rejected(world, "d4")
    office = world.office("officer")
    (one,) = issue(office=office, rows=[first], **ADDED).values()
    both = issue(office=office, rows=[first, second], **{**ADDED, "signatory": "他"})
    assert [both[row.pk].number for row in (first, second)] == ["4架子第1号", "4架子第2号"]
    assert (both[first.pk].pk, both[first.pk].signatory) == (one.pk, "架空県知事")
    actions = Event.objects.filter(action="letter.issue").order_by("pk")
    assert [event.after["number"] for event in actions] == ["4架子第1号", "4架子第2号"]


def test_the_count_begins_again_with_the_fiscal_year_of_the_letter(world: World) -> None:
    numbered(world)
    office = world.office("officer")
    days = [dt.date(2023, 3, 31), dt.date(2023, 4, 1)]
    rows = [certified(world, "c4"), rejected(world, "d4")]
    found = [
        issue(office=office, rows=[row], **{**ADDED, "issued_on": day})[row.pk].number
        for row, day in zip(rows, days, strict=True)
    ]
    assert found == ["4架子第1号", "5架子第1号"]


def test_a_year_may_begin_with_a_later_number(world: World) -> None:
    numbered(world, first_year=2022, first_number=41)
    row = certified(world)
    letter = issue(office=world.office("officer"), rows=[row], **ADDED)[row.pk]
    assert letter.number == "4架子第41号"
    assert next_count(settings_of(world.authority), 2022) == 42
    assert next_count(settings_of(world.authority), 2023) == 1


def test_another_decision_of_a_row_has_a_letter_of_its_own(world: World) -> None:
    numbered(world)
    office, row = world.office("officer"), certified(world)
    issue(office=office, rows=[row], **ADDED)
    row.state, row.ended_on, row.end_reason = "ended", dt.date(2022, 9, 30), "退職"
    row.save()
    assert issue(office=office, rows=[row], **ADDED)[row.pk].count == 2


def test_one_that_was_issued_is_corrected_under_its_number(world: World) -> None:
    numbered(world)
    office, row = world.office("officer"), certified(world)
    letter = issue(office=office, rows=[row], **ADDED)[row.pk]
    given = {**ADDED, "issued_on": dt.date(2023, 4, 1), "signatory": "知事"}
    again = issue(office=office, rows=[row], version=letter.version, **given)[row.pk]
    assert (again.number, again.signatory) == ("4架子第1号", "知事")
    with pytest.raises(StaleError):
        issue(office=office, rows=[row], version=letter.version - 1, **ADDED)
    event = Event.objects.get(action="letter.correct")
    assert event.after["signatory"] == "知事"


def test_a_number_can_t_be_changed_or_taken_away(world: World) -> None:
    numbered(world)
    row = certified(world)
    letter = issue(office=world.office("officer"), rows=[row], **ADDED)[row.pk]
    for change in (lambda: Letter.objects.update(count=9), letter.delete):
        with pytest.raises(IntegrityError, match="letter_kept"), transaction.atomic():
            change()


def test_a_number_is_never_given_twice(world: World) -> None:
    numbered(world)
    first, second = certified(world, "c4"), rejected(world, "d4")
    letter = issue(office=world.office("officer"), rows=[first], **ADDED)[first.pk]
    copy = Letter(
        authority=world.authority,
        application=second,
        decision="rejected",
        fiscal_year=letter.fiscal_year,
        count=letter.count,
        number="x",
        issued_on=letter.issued_on,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_two_simultaneous_letters_take_two_numbers(committed_world: World) -> None:
    world = committed_world
    numbered(world)
    rows = [certified(world, "c4"), rejected(world, "d4")]
    office = world.office("officer")

    def one(row: object) -> None:
        try:
            issue(office=office, rows=[row], **ADDED)  # type: ignore[list-item]
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Letter.objects.values_list("count", flat=True)) == [1, 2]


def test_nothing_is_issued_without_a_numbering_or_by_others(world: World) -> None:
    row = certified(world)
    with pytest.raises(RefusedError):
        issue(office=world.office("officer"), rows=[row], **ADDED)
    numbered(world)
    for role in ("approver", "home_staff"):
        with pytest.raises(PermissionDenied):
            issue(office=world.office(role), rows=[row], **ADDED)
        with pytest.raises(PermissionDenied):
            set_letters(office=world.office(role), version=1, values={"pattern": ""})
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("架子第号", "{{ 番号 }}"),
        ("{{番号}}{{番号}}", "一つだけ"),
        ("{{年}}第{{番号}}号", "「年」という差し込み項目はありません"),
        ("第{{番号号", "対になっていません"),
    ],
)
def test_a_wrong_pattern_is_reported(pattern: str, words: str) -> None:
    with pytest.raises(TemplateError) as caught:
        Numbering.read(pattern)
    assert words in caught.value.message("ja")


@pytest.mark.parametrize(
    ("year", "number"), [(2018, "30第7号"), (2019, "1第7号"), (2025, "7第7号")]
)
def test_the_year_is_that_of_the_era(year: int, number: str) -> None:
    assert Numbering.read("{{年度}}第｛｛番号｝｝号").number(year, 7) == number


# The pages


def test_the_numbering_is_set_on_its_page(world: World) -> None:
    client = world.client("officer")
    page = client.get(f"{SETTINGS}numbering/").content.decode()
    assert "今年度の次の番号" in page
    wrong = client.post(f"{SETTINGS}numbering/", {"version": 0, "pattern": "第号"})
    assert "一つだけ書いてください" in wrong.content.decode()
    given = {"version": 0, "pattern": PATTERN, "first_number": 12}
    shown = client.post(f"{SETTINGS}numbering/", given, follow=True).content.decode()
    assert "架子第12号" in shown
    assert Event.objects.get(action="letter.settings").after["pattern"] == PATTERN
    stale = client.post(f"{SETTINGS}numbering/", {**given, "pattern": "x{{番号}}"})
    assert settings_of(world.authority).pattern == PATTERN
    assert stale.status_code == 200


def test_a_used_number_is_no_first_number(world: World) -> None:
    numbered(world)
    row = certified(world)
    given = {**ADDED, "issued_on": None}
    issue(office=world.office("officer"), rows=[row], **given)
    version = settings_of(world.authority).version
    answer = world.client("officer").post(
        f"{SETTINGS}numbering/", {"version": version, "pattern": PATTERN, "first_number": 1}
    )
    assert "2以上の番号を記入してください" in answer.content.decode()


def test_letters_are_issued_and_printed_again_as_they_were(world: World) -> None:
    numbered(world)
    row, client = certified(world), world.client("officer")
    address = f"{LETTERS}?pk={row.pk}"
    assert "発行する" in client.get(address).content.decode()
    early = client.get(f"{LETTERS}file/?format=pdf&pk={row.pk}")
    assert "先に発行してください" in early.content.decode()
    wrong = client.post(address, {"version": 0, "issued_on": "いつか"})
    assert "日付として読めません" in wrong.content.decode()
    given = {"version": 0, "issued_on": "R4.4.22", "signatory": "架空県知事", "remark": "教示"}
    shown = client.post(address, given, follow=True).content.decode()
    assert "通知書を発行しました" in shown
    assert "4架子第1号" in shown
    for _again in range(2):
        made = client.get(f"{LETTERS}file/?format=pdf&pk={row.pk}").content
        text = "".join(PdfReader(BytesIO(made)).pages[0].extract_text().split())
        for words in ("4架子第1号", "令和4年4月22日", "架空県知事", "教示"):
            assert words in text
    approver = world.client("approver").get(address).content.decode()
    assert "4架子第1号" in approver
    assert "修正する" not in approver


def _word(*lines: str) -> SimpleUploadedFile:
    document, content = docx.Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(content)
    return SimpleUploadedFile("様式.docx", content.getvalue())


def test_the_office_s_template_is_taken_used_and_given_back(world: World) -> None:
    row, client = certified(world), world.client("officer")
    builtin = client.get(f"{SETTINGS}builtin/")
    assert docx.Document(BytesIO(builtin.content)).paragraphs[0].text == "{{ 文書番号 }}"
    given = {"version": 0, "file": _word("架空県様式", "{{ 標題 }}")}
    shown = client.post(f"{SETTINGS}template/", given, follow=True).content.decode()
    assert "様式.docx" in shown
    assert client.get(f"{SETTINGS}template/file/")["Content-Disposition"].endswith(".docx")
    made = client.get(f"{LETTERS}file/?format=docx&pk={row.pk}").content
    lines = [paragraph.text for paragraph in docx.Document(BytesIO(made)).paragraphs]
    assert lines == ["架空", "架空県様式", "小規模かつ地域分散化加算認定通知書"]
    assert "PDFは文例で作ります" in client.get(f"{LETTERS}?pk={row.pk}").content.decode()
    client.post(f"{SETTINGS}template/remove/", {"version": 1})
    assert client.get(f"{SETTINGS}template/file/").status_code == 404
    assert client.get(f"{SETTINGS}template/remove/").status_code == 404


def test_a_wrong_template_is_reported_in_full_and_refused(world: World) -> None:
    given = {"version": 0, "file": _word("{{ 標題 }}", "{{ 文書番 }}", "{{ 通知")}
    page = world.client("officer").post(f"{SETTINGS}template/", given).content.decode()
    assert "近い名前:文書番号" in page
    assert "対になっていません" in page
    assert not settings_of(world.authority).template_name
