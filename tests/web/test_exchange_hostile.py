"""Files that mean harm, or are broken: named as what they are, and the pages go on."""

import os
import signal
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from shokibo.web.audit.models import Event, Look
from shokibo.web.base.isolation import file_name
from shokibo.web.exchange import isolation
from shokibo.web.exchange.dry_run import dry_run
from shokibo.web.exchange.isolation import read_isolated
from shokibo.web.exchange.models import Run
from shokibo.web.register.models import Posting
from tests.web.imports import downloaded, edited, sent
from tests.web.world import OURS, World


def _zip(**parts: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), part)
    return content.getvalue()


def _bomb() -> bytes:
    book = Workbook()
    book.active.title = "職員"  # type: ignore[union-attr]
    saved = BytesIO()
    book.save(saved)
    with (
        zipfile.ZipFile(saved, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/bomb.bin", "w") as part,
    ):
        for _ in range(1_100):
            part.write(bytes(1_000_000))
    return saved.getvalue()


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)


def _of_zip_version_9_9() -> bytes:
    content = bytearray(_zip(readme=b"hello"))
    at = content.index(b"PK\x01\x02") + 6
    content[at : at + 2] = (99).to_bytes(2, "little")
    return bytes(content)


HOSTILE = {
    "no workbook": (b"staff_id,home_id\n1,2\n", "staff.xlsx"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), "x.xlsx"),
    "encrypted or old": (ENCRYPTED, "x.xlsx"),
    "a zip of something else": (_zip(readme=b"hello"), "x.xlsx"),
    "a zip of a version to come": (_of_zip_version_9_9(), "x.xlsx"),
    "a name of four-byte letters": (b"PK", "𠮷" * 90 + ".xlsx"),
    "a program by its name": (b"MZ" + bytes(500), "x.exe"),
    "a page": (b"<script>alert(1)</script>", "<script>alert(1)</script>.xlsx"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_sound_workbook_is_refused_in_words(world: World, kind: str) -> None:
    content, name = HOSTILE[kind]
    answer = sent(world, "officer", content, name)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "誤りが1件あります。何も変わっていません。" in page
    assert "<script>alert" not in page
    assert Run.objects.get().state == "refused"


def test_a_workbook_cut_short_is_refused(world: World) -> None:
    content = downloaded(world.office("officer"))
    sent(world, "officer", content[: len(content) // 2])
    assert Run.objects.get().state == "refused"


def test_ten_thousand_mistakes_make_no_endless_page(world: World) -> None:
    book = load_workbook(BytesIO(downloaded(world.office("officer"))))
    for number in range(2_000):
        book["職員"].append([f"z{number}", "h", "ない", "大工", "臨時", "多い"])
    saved = BytesIO()
    book.save(saved)
    answer = sent(world, "officer", saved.getvalue())
    run = Run.objects.get()
    count = run.findings["problem_count"]
    assert count > 10_000
    assert f"誤りが{count}件あります。" in answer.content.decode()
    assert len(answer.content) < 200_000
    listed = world.client("officer").get(f"/{OURS}/exchange/{run.pk}/problems/").content
    assert len(listed.decode("utf-8-sig").splitlines()) == 1 + 2_000


def test_a_nul_in_a_cell_is_reported(world: World) -> None:
    content = edited(downloaded(world.office("officer")), "staff", "u-1", job="保_x0000_育")
    assert "職種" in sent(world, "officer", content).content.decode()
    assert Run.objects.get().state == "refused"


def test_a_zip_bomb_is_not_unpacked(world: World) -> None:
    sent(world, "officer", _bomb())
    run = Run.objects.get()
    assert run.state == "waiting"  # for the worker, not for the pages
    dry_run(run.pk)
    (found,) = Run.objects.get().findings["problems"]
    assert found["code"] == "TOO_LARGE"


def test_an_empty_file_is_reported_at_the_field(world: World) -> None:
    page = sent(world, "officer", b"").content.decode()
    assert "ファイルが空です" in page
    assert not Run.objects.exists()


def test_no_file_at_all_is_reported_at_the_field(world: World) -> None:
    page = world.client("officer").post(f"/{OURS}/exchange/").content.decode()
    assert 'class="wrong"' in page


@pytest.mark.parametrize("padding", [0, 2 * 1024 * 1024])
def test_a_file_beyond_the_limit_is_turned_away_with_a_page(
    world: World, settings: object, padding: int
) -> None:
    settings.IMPORT_MOST_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    content = b"PK" + bytes(1024 * 1024 + padding)
    answer = sent(world, "officer", content)
    assert answer.status_code == (413 if padding else 200)
    assert "1MB" in answer.content.decode()
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\台帳\\園.xlsx", "園.xlsx"),
        ("..", "upload.xlsx"),
        ("", "upload.xlsx"),
        (None, "upload.xlsx"),
        ("a\r\nb\x00.xlsx", "ab.xlsx"),
        ("架空県　様式１.xlsx", "架空県　様式１.xlsx"),
        (".hidden", "hidden"),
        ("長" * 300 + ".xlsx", "長" * 75 + ".xlsx"),
        ("𠮷" * 90 + ".xlsx", "𠮷" * 58 + ".xlsx"),
    ],
)
def test_a_file_s_name_leads_nowhere(given: str | None, kept: str) -> None:
    assert file_name(given) == kept


def _dies(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_reading_that_dies_is_a_problem_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_read", _dies)
    read = read_isolated("x.xlsx", b"", {})
    assert [one.code for one in read.problems] == ["FILE_UNREADABLE"]


def test_what_begins_like_a_formula_is_exported_as_text(world: World, tmp_path: Path) -> None:
    Posting.objects.filter(code="u-1").update(code="=1+1")
    world.home.name = "@SUM(A1)"
    world.home.save()
    client = world.client("officer")
    book = load_workbook(BytesIO(client.get(f"/{OURS}/exchange/ledger/xlsx/").content))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {"=1+1", "@SUM(A1)"} <= {cell.value for cell in cells}


def test_what_begins_like_a_formula_is_text_in_csv(world: World) -> None:
    Posting.objects.filter(code="u-1").update(code="=1+1")
    answer = world.client("officer").get(f"/{OURS}/exchange/ledger/csv/")
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        lines = archive.read("staff.csv").decode("utf-8-sig").splitlines()
    assert [line for line in lines if "1+1" in line] == [
        "'=1+1,h,u4,child_instructor,full_time,,,care,○,×,,"
    ]


def test_a_download_is_logged_and_its_staff_rows_are_looks(world: World) -> None:
    answer = world.client("home_staff").get(f"/{OURS}/exchange/ledger/xlsx/")
    event = Event.objects.get(action="export.ledger")
    assert event.after["rows"]["staff"] == 11
    assert Look.objects.get().rows == 11
    book = load_workbook(BytesIO(answer.content))
    assert "施設" not in book.sheetnames
    assert {row[1] for row in book["職員"].iter_rows(min_row=2, values_only=True)} == {"h"}
    assert book["取組"].max_row == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv", "exe"])
def test_a_download_is_of_a_kind_that_there_is(world: World, kind: str) -> None:
    answer = world.client("auditor").get(f"/{OURS}/exchange/ledger/{kind}/")
    assert answer.status_code == (404 if kind == "exe" else 200)


def test_a_wrong_file_field_is_no_error_page(world: World) -> None:
    file = SimpleUploadedFile("x.xlsx", b"x")
    answer = world.client("officer").post(f"/{OURS}/exchange/", {"other": file})
    assert answer.status_code == 200
