"""Letters of decisions, read back as files."""

import datetime as dt
import zipfile
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils.html import escape
from docx.document import Document
from pypdf import PdfReader

from shokibo.documents.letters.letter import BLANK_DATE, BLANK_NUMBER
from shokibo.law.day_evaluation import TextUsed, UnitFigures
from shokibo.law.outcomes import Outcome
from shokibo.law.reasons import Reason
from shokibo.ledger.marks import is_fictitious
from shokibo.web.audit.models import Event
from shokibo.web.certification.judgement import Judgement
from shokibo.web.certification.letters import letters_for
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import END, PROPOSE_END
from shokibo.web.register.models import Authority, Home, Unit
from shokibo.web.steps.taking import take
from shokibo.web.store.reading import ledger_of
from tests.web.applications import certified, changed, ended, rejected, submitted
from tests.web.world import OURS, World

GIVEN = {
    "number": "4架子第12号",
    "issued_on": "R4.4.22",
    "signatory": "架空県知事",
    "conditions": "届け出ること。\n\n記録すること。",
    "remark": "教示",
}


def _get(world: World, *rows: Application, role: str = "officer", **given: str) -> bytes:
    query: dict[str, str | list[int]] = {"pk": [row.pk for row in rows], **given}
    response = world.client(role).get(f"/{OURS}/applications/letters/file/", query)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return response.content


def _both(world: World, row: Application) -> list[str]:
    """Return the words of the letter as PDF and as Word."""
    word = _words(_get(world, row, format="docx", **GIVEN))
    return [_pdf(_get(world, row, format="pdf", **GIVEN))[0], "".join(word.split())]


def _pdf(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def _words(content: bytes) -> str:
    document: Document = docx.Document(BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def test_a_certified_add_on_is_reported_in_full(world: World) -> None:
    row = certified(world)
    for text in _both(world, row):
        for words in (
            "4架子第12号",
            "令和4年4月22日",
            "社会福祉法人架空会理事長様（架空学園）",
            "架空県知事",
            "小規模かつ地域分散化加算認定通知書",
            "令和4年4月5日付けで申請のあった令和4年度",
            "c4の家（地域小規模児童養護施設）",
            "1名",
            "令和4年4月から令和5年3月まで",
            "子発1004第5号別紙3(1)、別紙4",
            "(1)届け出ること。",
            "(2)記録すること。",
            "教示",
            "確認した",
        ):
            assert words in text, words


def test_a_rejection_states_its_reason_and_no_conditions(world: World) -> None:
    row = rejected(world)
    (text,) = _pdf(_get(world, row, format="pdf", **GIVEN))
    assert "不認定通知書" in text
    assert "認定しないこととした" in text
    assert "要件を満たさない" in text
    assert "届け出ること" not in text


_TEXT = TextUsed(None, "子発1004第5号", dt.date(2022, 10, 4), wording_of_the_day_at_hand=False)


def _judged(available: int | None, **outcomes: Outcome) -> Judgement:
    reasons = [Reason(code, outcome, "", "") for code, outcome in outcomes.items()]
    figures = UnitFigures(
        *("h", "u", "community_home"),
        in_scope=True,
        capacity=6,
        staff_fte="4.0",
        qualified_fte="4.0",
        max_extra=1,
        available_extra=available,
        eligible=False,
    )
    return Judgement(dt.date(2022, 4, 1), _TEXT, figures, {"ja": reasons})


@pytest.mark.parametrize(
    ("judgement", "cited"),
    [
        (_judged(0, SCOPE_CAPACITY="not_met", EXTRA_STAFF="not_applicable"), "別紙2(2)"),
        (_judged(0, EXTRA_STAFF="not_met"), "別紙3(1)"),
        (_judged(0, EXTRA_STAFF="met"), "別紙3(1)"),
        (_judged(1, EXTRA_STAFF="met", REQ_TRAINING="not_met"), "別紙4(2)"),
        (_judged(1, REQ_TRAINING="not_met", REQ_EARLY_RETURN="cannot_judge"), "別紙4(2)"),
        (_judged(None, REQ_EARLY_RETURN="cannot_judge"), "別紙4(1)"),
        (_judged(1, EXTRA_STAFF="met"), "別紙4"),
        (Judgement(dt.date(2022, 4, 1), _TEXT), "別紙2(1)(2)"),
    ],
)
def test_a_refusal_cites_the_article_of_what_was_not_met(
    world: World, judgement: Judgement, cited: str
) -> None:
    row = rejected(world)
    row.judgement = judgement.as_json()
    (letter,) = letters_for(world.authority, [row], {**GIVEN, "issued_on": None})
    assert dict(letter.facts)["根拠"] == f"子発1004第5号 {cited}"


def test_the_backup_add_on_has_its_official_name(world: World) -> None:
    row = Application.objects.filter(addon="backup", state="certified").first()
    assert row is not None
    (text,) = _pdf(_get(world, row, format="pdf"))
    name = "地域小規模児童養護施設等バックアップ職員加算"
    assert f"{name}認定通知書" in text
    assert f"加算の種類{name}" in text


@pytest.mark.parametrize(
    ("operator", "recipient", "head"),
    [
        ("社会福祉法人架空会", "", "理事長"),
        ("社会福祉法人架空会", "会長 架空太郎", "会長架空太郎"),
        ("架空県", "", "(職・氏名)"),
        ("架空県", "知事", "知事"),
    ],
)
def test_the_letter_is_addressed_to_the_head_of_the_operator(
    world: World, operator: str, recipient: str, head: str
) -> None:
    Home.objects.filter(pk=world.home.pk).update(operator=operator)
    (text,) = _pdf(_get(world, certified(world), format="pdf", recipient=recipient))
    assert f"{operator}{head}様（架空学園）" in text


def test_an_end_has_a_letter_of_its_own(world: World) -> None:
    row = ended(world, dt.date(2022, 9, 30))
    for text in _both(world, row):
        for words in (
            "小規模かつ地域分散化加算認定終了通知書",
            "令和4年4月5日付けで認定した令和4年度の小規模かつ地域分散化加算について",
            "認定を終了したので通知します",
            "令和4年4月から令和4年9月まで",
            "終了日令和4年9月30日",
            "根拠子発1004第5号別紙4",
            "理由退職",
        ):
            assert words in text, words
        assert "届け出ること" not in text


def test_a_change_names_what_was_before_and_from_when(world: World) -> None:
    new = changed(world)
    for text in _both(world, new):
        for words in (
            "小規模かつ地域分散化加算認定変更通知書",
            "令和4年4月5日付けで認定した令和4年度の小規模かつ地域分散化加算について",
            "認定を変更したので通知します",
            "変更前加配する職員2名（令和4年4月から令和4年9月まで）",
            "変更後加配する職員1名（令和4年10月から令和5年3月まで）",
            "子発1004第5号別紙3(1)、別紙4",
            "(1)届け出ること。",
            "理由退職",
        ):
            assert words in text, words


def test_what_was_replaced_keeps_the_letter_of_its_own_decision(world: World) -> None:
    old = changed(world).replaces
    assert old is not None
    text, _ = _both(world, old)
    assert "小規模かつ地域分散化加算認定通知書" in text
    assert "令和4年4月から令和4年9月まで" in text


def test_what_replaced_another_and_ended_has_the_letter_of_its_end(world: World) -> None:
    row, officer = changed(world), world.office("officer")
    values = {"ended_on": dt.date(2022, 12, 31)}
    take(PROPOSE_END, office=officer, row=row, version=row.version, values=values, reason="閉鎖")
    take(END, office=world.office("approver"), row=row, version=row.version)
    text, _ = _both(world, row)
    assert "認定終了通知書" in text
    assert "加配する職員1名" in text
    assert "令和4年10月から令和4年12月まで" in text


def test_the_backup_add_on_ends_by_its_official_name(world: World) -> None:
    row = Application.objects.filter(addon="backup", state="certified").get()
    row.state, row.ended_on, row.end_reason = "ended", dt.date(2022, 9, 30), "退職"
    row.save()
    text, _ = _both(world, row)
    assert "地域小規模児童養護施設等バックアップ職員加算認定終了通知書" in text
    assert "バックアップ職員1名" in text


def test_blank_number_date_and_signatory_are_left_open(world: World) -> None:
    row = certified(world)
    text = _words(_get(world, row, format="docx"))
    assert BLANK_NUMBER in text
    assert BLANK_DATE in text


def test_many_are_one_pdf_or_a_package_of_word_files(world: World) -> None:
    rows = [certified(world, "c4"), rejected(world, "d4")]
    pages = _pdf(_get(world, *rows, format="pdf", number="4架子第12号"))
    assert ["不認定" in page for page in pages] == [False, True]
    assert ["4架子第12号" in page for page in pages] == [True, False]
    assert ["4架子第13号" in page for page in pages] == [False, True]
    with zipfile.ZipFile(BytesIO(_get(world, *rows, format="docx"))) as package:
        assert package.namelist() == [f"通知書_{row.code}.docx" for row in rows]
        assert "c4の家" in _words(package.read(package.namelist()[0]))


def test_a_name_that_looks_like_a_formula_or_markup_is_plain_text(world: World) -> None:
    Home.objects.filter(pk=world.home.pk).update(name='=SUM(1)#[*x*]"&<w:t>')
    row = certified(world)
    assert "=SUM(1)#[*x*]" in _pdf(_get(world, row, format="pdf"))[0]
    assert '=SUM(1)#[*x*]"&<w:t>' in _words(_get(world, row, format="docx"))


def test_a_character_without_a_glyph_is_named(world: World) -> None:
    Home.objects.filter(pk=world.home.pk).update(name="架空😀園")
    row = certified(world)
    response = world.client("officer").get(
        f"/{OURS}/applications/letters/file/", {"pk": f"{row.pk}", "format": "pdf"}
    )
    assert "😀 (U+1F600)" in response.content.decode()


@pytest.mark.parametrize("marked", ["authority", "home", "unit", None])
def test_it_is_marked_as_the_ledger_is(world: World, marked: str | None) -> None:
    Authority.objects.filter(pk=world.authority.pk).update(name="甲県")
    Home.objects.update(name="園")
    for number, unit in enumerate(Unit.objects.filter(authority=world.authority)):
        Unit.objects.filter(pk=unit.pk).update(name=f"家{number}")
    changed = {"authority": Authority, "home": Home, "unit": Unit}
    if marked:
        first = changed[marked].objects.order_by("pk")[:1].values("pk")  # type: ignore[attr-defined]
        changed[marked].objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(  # type: ignore[attr-defined]
            name="架空"
        )
    authority = Authority.objects.get(pk=world.authority.pk)
    rows = list(Application.objects.filter(code="a-u4").select_related("home", "unit"))
    (letter,) = letters_for(authority, rows, {**GIVEN, "issued_on": None})
    assert (letter.mark == "架空") is is_fictitious(ledger_of(authority)) is (marked is not None)


def test_making_one_is_logged(world: World) -> None:
    row = certified(world)
    _get(world, row, format="pdf")
    event = Event.objects.get(action="application.letter")
    assert (event.subject_id, event.actor_name) == (row.pk, "架空 officer")


def test_nothing_is_made_of_what_is_not_decided(world: World) -> None:
    row = submitted(world)
    client = world.client("officer")
    assert client.get(f"/{OURS}/applications/letters/file/", {"pk": row.pk}).status_code == 404
    response = client.get(f"/{OURS}/applications/letters/", {"pk": row.pk}, follow=True)
    assert "認定、終了又は不認定の行" in response.content.decode()


def test_the_filter_of_the_list_is_kept_there_and_back(world: World) -> None:
    row = certified(world)
    client = world.client("officer")
    asked = {"state": "certified", "sort": "-code"}
    detail = client.get(reverse("certification:application", args=[OURS, row.pk]), asked)
    letters = f"/{OURS}/applications/letters/?state=certified&sort=-code&pk={row.pk}"
    assert escape(letters) in detail.content.decode()
    page = client.get(letters).content.decode()
    queue = reverse("certification:queue", args=[OURS])
    assert f'href="{escape(f"{queue}?state=certified&sort=-code")}"' in page
    assert '<input type="hidden" name="state" value="certified">' in page
    wrong = {**asked, "pk": str(row.pk), "format": "pdf", "issued_on": "いつか"}
    again = client.get(f"/{OURS}/applications/letters/file/", wrong).content.decode()
    assert escape(f"{queue}?state=certified&sort=-code") in again
    assert again.count('name="issued_on"') == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [("home_staff", 403), ("auditor", 403), ("approver", 200), ("officer:other", 404)],
)
def test_only_the_office_makes_letters(world: World, role: str, status: int) -> None:
    row = certified(world)
    response = world.client(role).get(f"/{OURS}/applications/letters/", {"pk": row.pk})
    assert response.status_code == status


def test_a_wrong_date_is_reported(world: World) -> None:
    row = certified(world)
    response = world.client("officer").get(
        f"/{OURS}/applications/letters/file/", {"pk": f"{row.pk}", "issued_on": "昨日"}
    )
    assert "日付として読めません" in response.content.decode()
