"""The pages of applications: who sees and does what, what is reported, what is never shown."""

import datetime as dt
import re
from typing import Any, Protocol

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shokibo.web.accounts.models import Person
from shokibo.web.audit.models import Event
from shokibo.web.base.language import COOKIE
from shokibo.web.certification import actions
from shokibo.web.certification.models import Application, Evidence
from shokibo.web.certification.transitions import EDIT, RETURN, REVISE, SUBMIT, TAKE_BACK, WITHDRAW
from shokibo.web.certification.urls import urlpatterns
from shokibo.web.register.models import Posting
from shokibo.web.steps.taking import stale_words, take
from tests.web.applications import (
    APRIL,
    certified,
    drafted,
    proposed,
    returned,
    submitted,
    unit_of_four,
)
from tests.web.page_forms import forms_of
from tests.web.world import OURS, THEIRS, World

PDF = b"%PDF-1.7\n"


class Answer(Protocol):
    """What a page answered."""

    @property
    def content(self) -> bytes:
        """The page."""


def url(name: str, *args: int, code: str = OURS) -> str:
    return reverse(f"certification:{name}", args=[code, *args])


def text(response: Answer) -> str:
    return str(response.content.decode())


def shown(client: Client, address: str) -> dict[str, Any]:
    """Open the page of a step; return what its form carries: the version, and what is shown."""
    form = client.get(address).context["form"]
    return {field.name: field.value() for field in form.hidden_fields()}


def main(response: Answer) -> str:
    """Return the page's own words, without marks of HTML."""
    inside = text(response).partition('id="main"')[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def fields(**given: object) -> dict[str, Any]:
    return {
        "addon": "dispersal",
        "fiscal_year": "R4",
        "start_month": "R4.4",
        "requested_extra": "1",
        **given,
    }


# Who may open what

READERS = {"officer", "officer:second", "approver", "auditor"}
HOMES = {"home_staff", "home_staff:sister"}
OFFICERS = {"officer", "officer:second"}
OPEN_TO = {
    "queue": READERS | HOMES,
    "applications": HOMES,
    "new": HOMES,
    "judge": HOMES,
    "bulk_submit": HOMES,
    "bulk_propose": OFFICERS,
    "bulk_certify": {"approver"},
    "months": READERS | HOMES,
    "amounts": READERS,
    "letters": OFFICERS | {"approver"},
    "letters_file": OFFICERS | {"approver"},
    "next_year": HOMES,
    "application": READERS | {"home_staff"},
    "edit": {"home_staff"},
    "submit": {"home_staff"},
    "discard": {"home_staff"},
    "withdraw": {"home_staff"},
    "revise": {"home_staff"},
    "evidence_add": {"home_staff"},
    "evidence": READERS | {"home_staff"},
    "evidence_remove": {"home_staff"},
    "send_for_correction": OFFICERS,
    "propose": OFFICERS,
    "take_back": OFFICERS,
    "decide": {"approver"},
    "send_back": {"approver"},
    "propose_end": OFFICERS,
    "propose_change": OFFICERS,
    "end": {"approver"},
}


def _arguments(name: str, row: Application, evidence: Evidence) -> list[int]:
    if name == "next_year":
        return [2022]
    if name in ("evidence", "evidence_remove"):
        return [row.pk, evidence.pk]
    return (
        []
        if OPEN_TO[name] >= HOMES or name.startswith(("amounts", "bulk", "letters"))
        else [row.pk]
    )


def test_every_address_is_tried() -> None:
    assert set(OPEN_TO) == {pattern.name for pattern in urlpatterns}


def _with_evidence(world: World) -> tuple[Application, Evidence]:
    row = drafted(world)
    evidence = Evidence.objects.create(
        application=row, name="計画.pdf", content=PDF, sha256="0", added_by=world.people["officer"]
    )
    return row, evidence


@pytest.mark.parametrize("name", OPEN_TO)
def test_a_page_opens_to_its_roles_and_to_no_other(world: World, name: str) -> None:
    row, evidence = _with_evidence(world)
    address = url(name, *_arguments(name, row, evidence))
    for person in world.people:
        status = world.client(person).get(address).status_code
        if person in OPEN_TO[name]:
            allowed = {200, 302, 404} if name == "letters_file" else {200, 302}
            if name == "next_year" and person.endswith("sister"):
                allowed = {404}
            assert status in allowed, person
        else:
            assert status in (403, 404), person
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", sorted(OPEN_TO))
def test_a_write_is_refused_to_every_other_role_and_changes_nothing(
    world: World, name: str
) -> None:
    row, evidence = _with_evidence(world)
    address = url(name, *_arguments(name, row, evidence))
    for person in set(world.people) - OPEN_TO[name]:
        response = world.client(person).post(address, {"version": row.version, "reason": "x"})
        assert response.status_code in (403, 404, 405), person
    row.refresh_from_db()
    assert (row.state, row.version) == ("draft", 1)


@pytest.mark.parametrize("person", ["home_staff:sister", "home_staff:other", "officer:other"])
def test_what_is_out_of_scope_is_not_there(world: World, person: str) -> None:
    row, evidence = _with_evidence(world)
    client = world.client(person)
    code = THEIRS if person.endswith("other") else OURS
    assert client.get(url("application", row.pk, code=code)).status_code == 404
    assert client.get(url("evidence", row.pk, evidence.pk, code=code)).status_code == 404
    listing = "queue" if person.startswith("officer") else "applications"
    assert row.code not in text(client.get(url(listing, code=code)))


def test_evidence_of_another_application_is_not_there(world: World) -> None:
    _row, evidence = _with_evidence(world)
    other = drafted(world, "d4")
    assert world.client("officer").get(url("evidence", other.pk, evidence.pk)).status_code == 404


def test_a_decision_asks_for_the_second_factor_first(world: World) -> None:
    row = proposed(world)
    client = Client()
    client.force_login(world.people["approver"])
    assert "先に確認してください" in main(client.get(url("decide", row.pk)))
    response = client.post(url("decide", row.pk), {"version": row.version})
    assert (response.status_code, "second-factor" in response["Location"]) == (302, True)
    row.refresh_from_db()
    assert row.state == "proposed"


# Home staff


def test_a_draft_is_made_and_led_to_its_page(world: World) -> None:
    unit = unit_of_four(world, "c4")
    response = world.client("home_staff").post(
        url("new"), fields(unit=unit.pk, home=world.home.pk), follow=True
    )
    row = Application.objects.get(unit=unit)
    assert (row.state, row.code, row.start_month) == ("draft", "2022-0001", APRIL)
    assert "下書きを作りました" in main(response)


def test_the_button_judges_without_saving(world: World) -> None:
    unit = unit_of_four(world, "c4", staff=3)
    before = Application.objects.count()
    response = world.client("home_staff").post(
        url("new"), fields(unit=unit.pk, home=world.home.pk, judge="1")
    )
    words = main(response)
    assert "あと1.0人で加配1名" in words
    assert "〔子発1004第5号 別紙3(1)" in words
    assert "加配できるのは0人までです" in words
    assert Application.objects.count() == before


def test_the_panel_judges_while_it_is_filled_in(world: World) -> None:
    unit = unit_of_four(world, "c4")
    client = world.client("home_staff")
    given = fields(unit=unit.pk, home=world.home.pk)
    words = " ".join(re.sub(r"<[^>]+>", " ", text(client.get(url("judge"), given))).split())
    assert words.startswith("可 令和4年4月1日現在の台帳で判定")
    assert "html" not in text(client.get(url("judge"), given))[:20]
    unfinished = text(client.get(url("judge"), fields(home=world.home.pk)))
    assert "判定がここに出ます" in unfinished


def test_the_panel_reveals_nothing_about_another_home_s_unit(world: World) -> None:
    other = world.unit("s4")
    given = fields(unit=other.pk, home=world.sister.pk)
    assert "判定がここに出ます" in text(world.client("home_staff").get(url("judge"), given))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"start_month": "R5.4"}, "年度の4月から翌年3月まで"),
        ({"requested_extra": "4"}, "1から3までの数"),
        ({"unit": ""}, "生活単位を選んでください"),
        ({"start_month": "いつか"}, "いつか"),
        ({"start_month": "いつか", "requested_extra": "0"}, "1以上の数にしてください"),
    ],
)
def test_a_wrong_field_is_reported_and_nothing_is_lost(
    world: World, given: dict[str, str], words: str
) -> None:
    unit = unit_of_four(world, "c4")
    sent = {**fields(unit=unit.pk, home=world.home.pk), **given}
    response = world.client("home_staff").post(url("new"), sent)
    assert response.status_code == 200
    assert words in text(response)
    assert not Application.objects.filter(unit=unit).exists()


def test_a_stale_edit_is_reported_and_what_was_typed_stays(world: World) -> None:
    row = drafted(world)
    office = world.office("home_staff")
    take(EDIT, office=office, row=row, version=1, values={"start_month": dt.date(2022, 5, 1)})
    sent = fields(unit=row.unit_id, home=row.home_id, start_month="R4.9", version=1)
    client = world.client("home_staff")
    response = client.post(url("edit", row.pk), sent)
    assert "ほかの人が先に保存しました" in main(response)
    assert 'value="R4.9"' in text(response)
    assert 'name="version" value="2"' in text(response)
    client.post(url("edit", row.pk), {**sent, "version": 2})
    row.refresh_from_db()
    assert row.start_month == dt.date(2022, 9, 1)


@pytest.mark.parametrize("name", ["edit", "evidence_add"])
def test_after_submission_nothing_can_be_edited(world: World, name: str) -> None:
    row = submitted(world)
    client = world.client("home_staff")
    sent = fields(unit=row.unit_id, home=row.home_id, version=row.version, requested_extra="3")
    sent["file"] = SimpleUploadedFile("計画.pdf", PDF)
    assert "作成中" in main(client.post(url(name, row.pk), sent, follow=True))
    row.refresh_from_db()
    assert (row.requested_extra, row.evidence.count()) == (1, 0)


def test_a_returned_one_is_corrected_in_a_version_with_the_comments_at_their_fields(
    world: World,
) -> None:
    row = returned(world, start_month="7月からにしてください", staff="勤務表を見せてください")
    client = world.client("home_staff")
    page = main(client.get(url("application", row.pk)))
    assert "適用開始月:7月からにしてください" in page
    response = client.post(url("revise", row.pk), {"version": row.version}, follow=True)
    form = text(response)
    at_field = form.partition('for="id_start_month"')[2].partition("</div>")[0]
    assert "7月からにしてください" in at_field
    assert "勤務表を見せてください" in form
    new = Application.objects.get(previous=row)
    client.post(
        url("edit", new.pk),
        fields(unit=new.unit_id, home=new.home_id, start_month="R4.7", version=new.version),
    )
    differing = main(client.get(url("application", new.pk)))
    assert "前の版との違い" in differing
    assert "適用開始月 令和4年4月 令和4年7月" in differing


def test_a_home_does_not_see_the_offices_own_steps(world: World) -> None:
    row = proposed(world)
    client = world.client("home_staff")
    for page in (client.get(url("application", row.pk)), client.get(url("applications"))):
        assert "決裁待ち" not in main(page)
        assert "起案" not in main(page)
    assert "決定の起案" in main(world.client("officer").get(url("application", row.pk)))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_refusal_reveals_the_office_s_own_steps_to_a_home(world: World, language: str) -> None:
    row = proposed(world)
    client = world.client("home_staff")
    client.cookies[COOKIE] = language
    given = fields(unit=row.unit_id, home=row.home_id, version=row.version)
    draft = Application.objects.create(
        authority=row.authority,
        home=row.home,
        unit=row.unit,
        code="twice",
        addon=row.addon,
        fiscal_year=row.fiscal_year,
        start_month=row.start_month,
        requested_extra=1,
    )
    address = url("submit", draft.pk)
    (shown,) = forms_of(client.get(address).content.decode(), address)
    pages = [
        client.post(url(step, row.pk), {**given, "reason": "x"}, follow=True)
        for step in ("edit", "withdraw", "submit", "discard", "evidence_add")
    ]
    pages.append(client.post(address, {**shown.sent, "reason": "x"}, follow=True))
    assert re.search("審査中|submitted", main(pages[-1]))
    for page in pages:
        assert page.status_code == 200
        assert not re.search("決裁待ち|起案|proposed", main(page)), main(page)


@pytest.mark.parametrize(("inside", "state"), [(True, "決裁待ち"), (False, "審査中")])
def test_who_was_late_reads_the_state_as_they_may_see_it(
    world: World, inside: bool, state: str
) -> None:
    words = stale_words(RETURN if inside else WITHDRAW, proposed(world))
    assert state in words.ja
    assert ("Waiting for the decision" in words.en) == inside


def test_next_years_drafts_are_made_once_from_the_certified(world: World) -> None:
    client = world.client("home_staff")
    assert "令和5年度の下書きを作る" in main(client.get(url("applications")))
    client.post(url("next_year", 2022))
    made = Application.objects.filter(fiscal_year=2023).order_by("pk")
    assert [(row.unit and row.unit.code, row.requested_extra, row.state) for row in made] == [
        ("u4", 1, "draft"),
        ("b5", 2, "draft"),
        (None, None, "draft"),
    ]
    assert {row.start_month for row in made} == {dt.date(2023, 4, 1)}
    response = client.post(url("next_year", 2022), follow=True)
    assert "0件作りました" in main(response)
    assert made.count() == 3


# Evidence

GOOD = {"計画.pdf": PDF, "写真.png": b"\x89PNG\r\n\x1a\n", "写真.JPG": b"\xff\xd8\xff\xe0"}
BAD = {
    "計画.exe": PDF,
    "計画.pdf": b"<html>",
    "表.xlsx": b"PK\x03\x04 broken",
    "大きい.pdf": PDF + b"0" * (5 * 1024 * 1024),
}


def _upload(world: World, row: Application, name: str, content: bytes) -> str:
    response = world.client("home_staff").post(
        url("evidence_add", row.pk),
        {"version": row.version, "file": SimpleUploadedFile(name, content)},
        follow=True,
    )
    return main(response)


@pytest.mark.parametrize("name", GOOD)
def test_evidence_is_kept_and_handed_out_as_a_file(world: World, name: str) -> None:
    row = drafted(world)
    assert "付けました" in _upload(world, row, name, GOOD[name])
    file = row.evidence.get()
    response = world.client("officer").get(url("evidence", row.pk, file.pk))
    assert (response.content, response["Content-Disposition"][:10]) == (GOOD[name], "attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    event = Event.objects.latest("pk")
    assert (event.action, event.actor) == ("application.evidence_out", world.people["officer"])
    assert event.after == {"evidence": name}


@pytest.mark.parametrize("name", BAD)
def test_other_files_are_refused_by_name_and_content(world: World, name: str) -> None:
    row = drafted(world)
    words = _upload(world, row, name, BAD[name])
    assert "受け付けられません" in words or "5MBを超えています" in words
    assert not row.evidence.exists()


def test_only_a_limited_number_of_files_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_FILES", 1)
    row = drafted(world)
    _upload(world, row, "一.pdf", PDF)
    assert "1件までです" in _upload(world, row, "二.pdf", PDF)
    assert row.evidence.count() == 1


def test_evidence_is_carried_to_the_next_version(world: World) -> None:
    row = drafted(world)
    _upload(world, row, "計画.pdf", PDF)
    office = world.office("home_staff")
    take(SUBMIT, office=office, row=row, version=row.version)
    take(
        RETURN,
        office=world.office("officer"),
        row=row,
        version=row.version,
        values={"comments": {"evidence": "足りません"}},
    )
    new = take(REVISE, office=office, row=row, version=row.version)
    assert bytes(new.evidence.get().content) == PDF
    client = world.client("home_staff")
    file = new.evidence.get()
    client.post(url("evidence_remove", new.pk, file.pk), {"version": new.version})
    assert (new.evidence.count(), row.evidence.count()) == (0, 1)


# The office


def test_the_queue_counts_by_state_within_the_other_filters(world: World) -> None:
    submitted(world, "c4")
    proposed(world, "d4")
    client = world.client("officer")
    page = main(client.get(url("queue")))
    for words in ("対応待ち 1", "審査中 1", "決裁待ち 1", "認定 3", "作成中 0"):
        assert words in page
    assert "認定 0" in main(client.get(url("queue"), {"home": world.sister.pk}))
    assert "審査中 0" in main(client.get(url("queue"), {"addon": "backup"}))
    assert "審査中 0" in main(client.get(url("queue"), {"year": "2021"}))


def test_the_queue_says_how_long_it_waits_and_what_is_due(world: World) -> None:
    row = submitted(world)
    Application.objects.filter(pk=row.pk).update(applied_on=dt.date(2022, 3, 31))
    page = main(world.client("officer").get(url("queue")))
    assert "令和4年4月10日 (あと5日)" in page
    assert "令和4年3月31日 5" in page


def test_certified_add_ons_that_no_longer_hold_stand_out(world: World) -> None:
    row = certified(world)
    client = world.client("officer")
    assert "要件を満たさない月がある認定" not in main(client.get(url("queue")))
    Posting.objects.filter(unit=row.unit, code="c4-0").delete()
    page = main(client.get(url("queue")))
    assert "要件を満たさない月がある認定 1件" in page
    assert row.code in page
    assert "要件を満たさない月があります" in main(client.get(url("application", row.pk)))


def test_filters_that_can_t_be_read_are_all_named_at_once(world: World) -> None:
    given = {"state": "x", "home": "999", "year": "²", "addon": "backup", "page": "9"}
    answer = world.client("officer").get(url("queue"), given)
    assert answer.status_code == 400
    page = main(answer)
    assert page.count("選べるものから選んでください。") == 2 * 2  # above the form and at each field
    assert "「年度」の「²」" in page


def test_a_page_beyond_the_last_is_refused(world: World) -> None:
    answer = world.client("officer").get(url("queue"), {"page": "9"})
    assert answer.status_code == 400
    assert "1から1までのページがあります" in main(answer)


def test_the_queue_asks_the_database_as_often_for_many_rows(world: World) -> None:
    client = world.client("officer")
    counts = []
    for number in range(3):
        submitted(world, f"e{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(url("queue"))
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_a_homes_list_asks_the_database_as_often_for_many_rows(world: World) -> None:
    client = world.client("home_staff")
    counts = []
    for number in range(3):
        returned(world, f"e{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(url("applications"))
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_a_return_needs_a_comment(world: World) -> None:
    row = submitted(world)
    client = world.client("officer")
    sent = shown(client, url("send_for_correction", row.pk))
    assert "一つ以上記入してください" in main(client.post(url("send_for_correction", row.pk), sent))
    client.post(url("send_for_correction", row.pk), {**sent, "comment_unit": "違います"})
    row.refresh_from_db()
    assert (row.state, row.reason) == ("returned", "生活単位:違います")


def test_a_proposal_that_does_not_hold_is_refused_and_what_was_typed_stays(world: World) -> None:
    row = submitted(world, staff=3)
    sent = {
        "version": row.version,
        "proposal": "certify",
        "proposed_extra": "1",
        "reason": "見込みで",
    }
    response = world.client("officer").post(url("propose", row.pk), sent)
    assert "加配できません" in main(response)
    assert "見込みで" in text(response)
    row.refresh_from_db()
    assert row.state == "submitted"


def test_the_approver_sees_both_judgements_where_they_differ(world: World) -> None:
    row = proposed(world)
    client = world.client("approver")
    assert "現時点の台帳での判定" not in main(client.get(url("decide", row.pk)))
    Posting.objects.filter(unit=row.unit, code="c4-0").delete()
    page = main(client.get(url("decide", row.pk)))
    assert "起案のときの判定(控え)" in page
    assert "現時点の台帳での判定" in page
    sent = shown(client, url("decide", row.pk))
    client.post(url("decide", row.pk), {**sent, "reason": "控えのとおり"})
    row.refresh_from_db()
    assert (row.state, row.reason) == ("certified", "控えのとおり")


def test_a_second_decision_is_reported(world: World) -> None:
    row = proposed(world)
    client = world.client("approver")
    sent = shown(client, url("decide", row.pk))
    client.post(url("decide", row.pk), sent)
    response = client.post(url("decide", row.pk), sent, follow=True)
    assert "「認定」です" in main(response)


def _picked(response: Answer) -> list[str]:
    return re.findall(r'name="row" value="(\d+:\d+:\w+)"', text(response))


def _keys(response: Answer) -> list[str]:
    return [picked.rpartition(":")[0] for picked in _picked(response)]


def test_many_are_proposed_and_the_others_are_left_with_their_reason(world: World) -> None:
    good, bad = submitted(world, "c4"), submitted(world, "d4", staff=3)
    less = submitted(world, "e5", requested_extra=2)
    client = world.client("officer")
    page = client.get(url("bulk_propose"), {"pk": [good.pk, bad.pk, less.pk]})
    assert _keys(page) == [f"{good.pk}:{good.version}"]
    assert "加配できません" in main(page)
    assert "申請2人に対し、加配できるのは1人です" in main(page)
    assert Application.objects.filter(state="proposed").count() == 0
    report = client.post(url("bulk_propose"), {"row": _picked(page)})
    assert "1件を終えました" in main(report)
    good.refresh_from_db()
    assert (good.state, good.proposed_extra) == ("proposed", 1)


def test_many_are_certified_but_not_what_changed_or_is_ones_own(world: World) -> None:
    good, changed = proposed(world, "c4"), proposed(world, "d4")
    Posting.objects.filter(code="d4-0").delete()
    client = world.client("approver")
    page = client.get(url("bulk_certify"), {"pk": [good.pk, changed.pk]})
    assert _keys(page) == [f"{good.pk}:{good.version}"]
    assert "起案の後に台帳が変わり" in main(page)
    client.post(url("bulk_certify"), {"row": _picked(page)})
    good.refresh_from_db()
    assert (good.state, good.decided_by) == ("certified", world.people["approver"])


def test_one_that_fails_keeps_no_other_back(world: World) -> None:
    one, two = proposed(world, "c4"), proposed(world, "d4")
    client = world.client("approver")
    page = client.get(url("bulk_certify"), {"pk": [one.pk, two.pk]})
    take(TAKE_BACK, office=world.office("officer"), row=one, version=one.version, reason="")
    report = main(client.post(url("bulk_certify"), {"row": _picked(page)}))
    assert "1件を終えました" in report
    assert "1件はできませんでした" in report
    two.refresh_from_db()
    assert two.state == "certified"


def test_rows_of_others_are_as_if_not_chosen(world: World) -> None:
    row = proposed(world)
    response = world.client("approver:other").post(
        url("bulk_certify", code=THEIRS), {"row": f"{row.pk}:{row.version}"}
    )
    assert "0件を終えました" in main(response)
    row.refresh_from_db()
    assert row.state == "proposed"


def test_every_page_says_it_in_english_too(world: World) -> None:
    row = proposed(world)
    client = world.client("officer")
    client.cookies["django_language"] = "en"
    assert "is in scope" in main(client.get(url("application", row.pk)))


def test_no_page_holds_inline_script_or_style(world: World) -> None:
    row = proposed(world)
    for name, person in (("decide", "approver"), ("application", "officer"), ("new", "home_staff")):
        page = text(world.client(person).get(url(name, *([row.pk] if name != "new" else []))))
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)|\son\w+=", page)


def test_a_person_without_work_here_is_reported_nothing(world: World) -> None:
    outsider = Person.objects.create_user("outside@example.jp", "架空 外")
    client = Client()
    client.force_login(outsider)
    assert client.get(url("queue")).status_code == 404
