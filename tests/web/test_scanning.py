"""Uploads and the virus scanner: a real clamd with one signature of its own."""

import hashlib
import subprocess
import time
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from shokibo.web.exchange.models import Run
from tests.web.world import OURS, World

MALICIOUS = b"PK\x03\x04 this stands for something malicious " * 40
PATIENCE = 600


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a clamd that knows one file; return its address."""
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "own.hdb").write_text(
        f"{hashlib.md5(MALICIOUS, usedforsecurity=False).hexdigest()}:{len(MALICIOUS)}:Kakuu.Test\n"
    )
    control = folder / "clamd.ctl"
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder}\nLocalSocket {control}\n"
        "Foreground yes\nConcurrentDatabaseReload no\n"
    )
    process = subprocess.Popen(
        ["/usr/sbin/clamd", "--config-file", folder / "clamd.conf"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    given_up = time.monotonic() + PATIENCE
    while not control.exists():
        assert process.poll() is None, "clamd did not start"
        assert time.monotonic() < given_up
        time.sleep(0.1)
    yield f"unix:{control}"
    process.terminate()
    process.wait()


def _upload(world: World, content: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("台帳.xlsx", content)
    address = reverse("exchange:exchange", args=[OURS])
    answer = world.client("officer").post(address, {"file": file})
    return answer.status_code, answer.content.decode()


def test_a_file_the_scanner_knows_is_refused_by_name(world: World, clamd: str) -> None:
    with override_settings(CLAMD=clamd):
        status, page = _upload(world, MALICIOUS)
    assert status == 422
    assert "台帳.xlsx" in page
    assert "Kakuu.Test" in page
    assert not Run.objects.exists()


def test_a_clean_file_is_taken_up_as_ever(world: World, clamd: str) -> None:
    with override_settings(CLAMD=clamd):
        scanned = _upload(world, b"no workbook")
    without = _upload(world, b"no workbook")
    assert scanned[0] == without[0] != 503


@pytest.mark.parametrize("address", ["unix:/nonexistent/clamd.ctl", "127.0.0.1:9"])
def test_without_the_scanner_s_answer_no_file_is_taken(world: World, address: str) -> None:
    with override_settings(CLAMD=address):
        status, page = _upload(world, b"no workbook")
    assert status == 503
    assert "ウイルス対策ソフトが応答しない" in page
    assert not Run.objects.exists()
