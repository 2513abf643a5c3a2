"""How many files a person may send, and how much evidence a home may store in a year."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification import actions
from shokibo.web.certification.evidence import CheckedFile, Room
from shokibo.web.certification.models import Application, Evidence
from shokibo.web.certification.transitions import REVISE
from shokibo.web.exchange.models import Run
from shokibo.web.steps.taking import take
from tests.web.applications import drafted, returned
from tests.web.imports import sent
from tests.web.world import OURS, World

PDF = b"%PDF-1.7\n"


class Bounds(Protocol):
    """The settings that are made small here."""

    UPLOADS_IN_TEN_MINUTES: int
    EVIDENCE_MOST_BYTES: int


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock, so that no test falls into two spans of ten minutes."""
    now = time.time()
    monkeypatch.setattr("shokibo.web.base.throttling.time.time", lambda: now)


def _added(world: World, row: Application, content: bytes = PDF) -> tuple[Any, str]:
    """Add a file on the page; return its form, None if it was taken, and the page."""
    answer: Any = world.client("home_staff").post(
        reverse("certification:evidence_add", args=[OURS, row.pk]),
        {"version": row.version, "file": SimpleUploadedFile("計画.pdf", content)},
        follow=True,
    )
    return answer.context.get("form"), answer.content.decode()


def _attach(world: World, row: Application, size: int) -> Evidence:
    file = CheckedFile("計画.pdf", PDF.ljust(size))
    office = world.office("home_staff")
    return actions.attach(office=office, application=row, version=row.version, file=file)


@pytest.mark.parametrize("role", ["officer", "home_staff"])
def test_a_workbook_too_many_is_refused_at_the_field(
    world: World, settings: Bounds, role: str
) -> None:
    settings.UPLOADS_IN_TEN_MINUTES = 2
    for number in (1, 2):
        sent(world, role, b"x")
        assert Run.objects.count() == number
    answer: Any = sent(world, role, b"x")
    assert "一人が10分に送れるファイルは2件までです" in answer.context["form"].errors["file"][0]
    assert Run.objects.count() == 2
    sent(world, "officer" if role == "home_staff" else "home_staff", b"x")
    assert Run.objects.count() == 3


def test_workbooks_and_evidence_count_together_refused_ones_too(
    world: World, settings: Bounds
) -> None:
    settings.UPLOADS_IN_TEN_MINUTES = 2
    row = drafted(world)
    sent(world, "home_staff", b"")
    assert _added(world, row)[0] is None
    form, page = _added(world, row)
    assert "分後に、もう一度送ってください" in form.errors["file"][0]
    assert 'class="wrong"' in page
    assert row.evidence.count() == 1


def test_evidence_of_a_home_and_year_fits_up_to_the_last_byte(
    world: World, settings: Bounds
) -> None:
    settings.EVIDENCE_MOST_BYTES = 100
    row = drafted(world)
    _attach(world, row, 60)
    with pytest.raises(RefusedError, match="does not fit"):
        _attach(world, row, 41)
    _attach(world, row, 40)
    assert Room.of(row).left == 0
    actions.detach(office=world.office("home_staff"), evidence=row.evidence.all()[0], version=1)
    assert Room.of(row).left == 60


def test_the_page_shows_the_room_and_refuses_at_the_field(world: World, settings: Bounds) -> None:
    settings.EVIDENCE_MOST_BYTES = 3 * 1024 * 1024
    row = drafted(world)
    _attach(world, row, 1024 * 1024)
    address = reverse("certification:evidence_add", args=[OURS, row.pk])
    page = world.client("home_staff").get(address).content.decode().replace("\xa0", " ")
    assert "この施設の令和4年度の根拠資料は、合わせて3.0 MBまでです(使用1.0 MB、残り2.0 MB)" in page
    form, _ = _added(world, row, PDF.ljust(2 * 1024 * 1024 + 1))
    assert "合わせて3.0MBまでで、残りは2.0MBです" in form.errors["file"][0]
    assert row.evidence.count() == 1


def test_another_year_and_another_home_have_room_of_their_own(
    world: World, settings: Bounds
) -> None:
    settings.EVIDENCE_MOST_BYTES = 100
    row = drafted(world)
    _attach(world, row, 100)
    for code, change in (("d4", {"fiscal_year": 2023}), ("e4", {"home": world.sister})):
        other = drafted(world, code)
        Application.objects.filter(pk=other.pk).update(**change)
        other.refresh_from_db()
        assert Room.of(other).used == 0


def test_a_new_version_has_its_files_though_the_room_is_full(
    world: World, settings: Bounds
) -> None:
    row = returned(world)
    Evidence.objects.bulk_create(
        [Evidence(application=row, name="a.pdf", content=PDF, sha256="", added_by_id=1)]
    )
    settings.EVIDENCE_MOST_BYTES = len(PDF)
    office = world.office("home_staff")
    new = take(REVISE, office=office, row=row, version=row.version)
    assert new.evidence.count() == 1
    assert Room.of(new).left == 0


def test_the_room_is_counted_without_loading_a_file(world: World) -> None:
    row = drafted(world)
    _attach(world, row, 1_000)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert Room.of(row).used == 1_000
    (query,) = asked.captured_queries
    assert 'SUM(LENGTH("certification_evidence"."content"))' in query["sql"]


def test_two_simultaneous_files_do_not_share_the_last_space(
    committed_world: World, settings: Bounds
) -> None:
    settings.EVIDENCE_MOST_BYTES = 1_000
    rows = [drafted(committed_world, f"c{number}") for number in range(4)]

    def add(row: Application) -> bool:
        try:
            _attach(committed_world, row, 600)
        except RefusedError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as people:
        taken = list(people.map(add, rows))
    assert sorted(taken) == [False, False, False, True]
    assert Room.of(rows[0]).used == 600
