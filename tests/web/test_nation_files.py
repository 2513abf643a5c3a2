"""Files of other authorities: uploaded many at once, read, in one table with what was sent here."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from shokibo.answers import plain
from shokibo.web.nation import actions, tasks
from shokibo.web.nation.reading import ReadFile, read_delivered
from shokibo.web.nation.summing import accepted_versions
from shokibo.web.receipts.models import Acceptance, DeliveredFile, Delivery, Question
from shokibo.web.register.models import Authority
from shokibo.web.returns.versions import latest_versions
from tests.returns.filed.invented import figures, invented, workbook
from tests.web.deliveries import delivered, waiting
from tests.web.markup import markup_of
from tests.web.test_nation import accepted, sent, state_for
from tests.web.test_own_values import send
from tests.web.world import OURS, THEIRS, World


def test_files_are_read_where_they_were_sent_and_stand_in_the_one_table(world: World) -> None:
    forms = {"隣県_様式1.xlsx": invented(3), "だれか.xlsx": invented(4)}
    files = [SimpleUploadedFile(name, workbook(form, None)) for name, form in forms.items()]
    files.append(SimpleUploadedFile("空.xlsx", b""))
    client = world.client("ministry")
    given = {"form": "1", "year": "R4", "came_on": "R4.4.4", "workbooks": files}
    page = markup_of(client.post("/nation/files/", given, follow=True))
    states = dict(DeliveredFile.objects.values_list("name", "state"))
    assert states["隣県_様式1.xlsx"] in ("clean", "questions")
    assert states["だれか.xlsx"] == states["空.xlsx"] == "unreadable"
    assert all(message in page for message in _messages())
    sent(world)
    listed = markup_of(client.get("/nation/?form=1&year=2022"))
    theirs = next(row for row in listed.split("<tr>") if "隣県" in row)
    assert "届いたファイル" in theirs
    assert "令和4年4月4日" in theirs
    assert "報告する2自治体のうち2が提出" in listed


def _messages() -> list[str]:
    rows = DeliveredFile.objects.filter(state="unreadable")
    found = [row.message["ja"] for row in rows]
    assert all(found)
    return found


def test_a_file_has_its_page_with_figures_questions_and_acceptance(world: World) -> None:
    file = delivered(world)
    client = world.client("ministry")
    page = markup_of(client.get(reverse("nation_received", args=[file.pk])))
    units = figures(invented(7)).units["total"].units
    assert file.figures is not None
    assert file.figures["units"]["total"]["units"] == units
    assert f'class="number">{units}</td>' in page
    assert "受理すると全国の計で変わるところ" in page
    accepted(world)
    assert accepted_versions(1, 2022)[world.authority.pk].sha256 == file.sha256
    whole = client.get(reverse("nation_original", args=[file.pk]))
    assert whole.content == bytes(DeliveredFile.objects.get(pk=file.pk).content)


def test_what_was_sent_here_counts_before_any_file(world: World) -> None:
    row = sent(world)
    delivered(world)
    assert accepted(world).sha256 == row.figures_sha256


def test_of_several_files_the_one_that_came_last_counts(world: World) -> None:
    first, last = delivered(world, 7), delivered(world, 8)
    listed = world.client("ministry").get("/nation/files/").context["listed"]
    assert [row.pk for row in listed.page] == [last.pk, first.pk]
    assert latest_versions(1, 2022)[world.authority.pk].sha256 == last.sha256
    assert accepted(world).sha256 == last.sha256
    assert "受理済み" in state_for(world, "ministry")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"workbooks": []}, "workbooks"),
        ({"year": "H30"}, "year"),
        ({"year": "R5"}, "year"),
        ({"came_on": "R4.4.6"}, "came_on"),
        ({"came_on": ""}, "came_on"),
        ({"came_on": "R4.3.31"}, "came_on"),
        ({"form": "2", "came_on": "R5.3.31"}, "came_on"),
        ({"form": "3"}, "form"),
    ],
)
def test_a_wrong_upload_is_refused_at_its_field(
    world: World, given: dict[str, object], field: str
) -> None:
    file = io.BytesIO(b"x")
    file.name = "a.xlsx"
    sent_form = {"form": "1", "year": "R4", "came_on": "R4.4.4", "workbooks": [file], **given}
    page = markup_of(world.client("ministry").post("/nation/files/", sent_form))
    assert f'id="id_{field}_error"' in page
    assert not Delivery.objects.exists()


def test_a_file_whose_reading_died_twice_is_left_with_its_reason(world: World) -> None:
    file = waiting(world.people["ministry"], b"x")
    DeliveredFile.objects.filter(pk=file.pk).update(tries=2)
    tasks.read.call(file.pk)
    file.refresh_from_db()
    assert (file.state, file.message["ja"][:11]) == ("unreadable", "読取りが2回続けて途中")
    tasks.end(file.pk, ReadFile("clean"))
    file.refresh_from_db()
    assert file.state == "unreadable"
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveredFile.objects.filter(pk=file.pk).update(name="b.xlsx")


def test_more_files_than_a_few_wait_for_the_workers(world: World) -> None:
    file = waiting(world.people["ministry"], b"x")
    for number in range(tasks.AT_ONCE):
        DeliveredFile.objects.create(
            delivery=file.delivery, name=f"{number}.xlsx", content=b"x", sha256="0" * 64
        )
    tasks.start(file.delivery)
    page = markup_of(world.client("ministry").get("/nation/files/progress/"))
    assert f"あと{tasks.AT_ONCE + 1}ファイルを読み取っています" in page
    assert tasks.take_up() == tasks.AT_ONCE + 1


def test_a_question_is_asked_and_answered_and_both_are_notified(world: World) -> None:
    sent(world)
    client = world.client("ministry")
    page = send(client, f"/nation/{OURS}/form1/2022/ask/", text="合計が合いません。")
    assert "照会しました。" in page
    assert "照会中" in state_for(world, "ministry")
    assert "国からの照会に回答が必要" in state_for(world, "officer")
    officer = world.client("officer")
    assert "国からの照会に回答する" in markup_of(officer.get(f"/{OURS}/"))
    address = reverse("returns:answer", args=[OURS, Question.objects.get().pk])
    assert "回答しました。" in send(officer, address, answer="訂正を出します。")
    assert "訂正を出します。" in markup_of(client.get("/nation/questions/?state=answered"))
    assert "要確認" in state_for(world, "ministry")
    assert officer.get(address).status_code == 302
    late = markup_of(officer.post(address, {"version": 1, "answer": "もう一つの回答"}))
    assert "訂正を出します。" in late  # the answer that is there
    assert "もう一つの回答" in late
    assert "今は「回答済み」です" in late
    assert "今の登録を置き換えます" not in late


def test_a_question_holds_as_many_findings_as_fit(world: World) -> None:
    found = [
        {"code": "X", "severity": "warning", "place": f"様式1!C{row}", "ja": "空" * 90, "en": ""}
        for row in range(1, 201)
    ]
    file = waiting(world.people["ministry"], b"x")
    tasks.end(file.pk, ReadFile("questions", OURS, plain(figures(invented(7))), found))
    client, ask = world.client("ministry"), f"/nation/{OURS}/form1/2022/ask/"
    assert "照会しました。" in send(client, ask)
    *lines, last = Question.objects.get().text.splitlines()
    assert lines[-1].startswith(f"様式1!C{len(lines)}:")
    assert last == f"ほか{len(found) - len(lines)}件"


def test_a_question_about_a_file_starts_from_its_findings_and_is_withdrawn(world: World) -> None:
    finding = {
        "code": "X",
        "severity": "warning",
        "place": "様式1!C5",
        "ja": "空欄です。",
        "en": "",
    }
    file = waiting(world.people["ministry"], b"x")
    tasks.end(file.pk, ReadFile("questions", OURS, plain(figures(invented(7))), [finding]))
    client = world.client("ministry")
    ask = f"/nation/{OURS}/form1/2022/ask/"
    assert "様式1!C5:空欄です。" in markup_of(client.get(ask))
    send(client, ask)
    row = Question.objects.get()
    assert row.text == "様式1!C5:空欄です。"
    withdrawn = send(client, reverse("nation_withdraw_question", args=[row.pk]))
    assert "照会を取り下げました。" in withdrawn
    assert "照会はありません" in markup_of(
        world.client("officer").get(f"/{OURS}/returns/questions/")
    )
    assert client.get(f"/nation/{OURS}/form2/2021/ask/").status_code == 404


def test_the_same_file_reads_the_same_in_a_process_of_its_own(world: World) -> None:
    content = workbook(invented(5), "隣県")
    senders = list(Authority.objects.values_list("code", "name"))
    read = read_delivered("a.xlsx", content, 1, 2022, senders)
    assert read.code == THEIRS
    assert read == read_delivered("a.xlsx", content, 1, 2022, senders)


def test_an_answer_that_comes_too_late_stays_on_its_page(world: World) -> None:
    sent(world)
    ministry, officer = world.client("ministry"), world.client("officer")
    send(ministry, f"/nation/{OURS}/form1/2022/ask/", text="合計が合いません。")
    row = Question.objects.get()
    address = reverse("returns:answer", args=[OURS, row.pk])
    opened = officer.get(address).context["form"]["version"].value()
    send(ministry, reverse("nation_withdraw_question", args=[row.pk]))
    late = officer.post(address, {"version": opened, "answer": "訂正を出します。"})
    assert late.status_code == 200
    assert "訂正を出します。" in markup_of(late)
    assert "今は「取下げ」です" in markup_of(late)
    assert "「取下げ」です" in markup_of(officer.get(address, follow=True))
    row.refresh_from_db()
    assert (row.state, row.answer) == ("withdrawn", "")


def test_a_version_that_came_meanwhile_is_shown_before_it_is_accepted(world: World) -> None:
    client, address = world.client("ministry"), f"/nation/{OURS}/form1/2022/accept/"
    delivered(world, 7)
    seen = client.get(address).context["form"]["seen"].value()
    latest = delivered(world, 8)
    refused = client.post(address, {"seen": seen})
    assert "この画面を開いた後に、内容が変わりました" in markup_of(refused)
    assert not Acceptance.objects.exists()
    client.post(address, {"seen": refused.context["form"]["seen"].value()})
    assert Acceptance.objects.get().sha256 == latest.sha256
    assert "この版は受理済みです" in markup_of(client.get(address, follow=True))


def test_more_files_than_one_delivery_takes_are_refused_in_words(world: World) -> None:
    files = [SimpleUploadedFile(f"{n}.xlsx", b"x") for n in range(actions.MOST_FILES + 1)]
    given = {"form": "1", "year": "R4", "came_on": "R4.4.1", "workbooks": files}
    answer = world.client("ministry").post(reverse("nation_files"), given)
    assert f"一度に読み込めるのは{actions.MOST_FILES}ファイルまでです" in markup_of(answer)
    assert not DeliveredFile.objects.exists()
