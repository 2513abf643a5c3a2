"""A full disk: 503 in our own words, on pages and by the API, and nothing is saved.

SQLite's own bound on the pages of its file stands for the disk's.
"""

import errno
import json
import os
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse
from psycopg.errors import DiskFull

from shokibo.web.audit.models import Event
from shokibo.web.base.outage import is_full, is_outage
from shokibo.web.exchange.models import Run
from shokibo.web.register.models import Home
from tests.web.calling import caller
from tests.web.world import OURS, World

HOME = {"name": "新しい園", "operator": "新法人", "reason": "理由" * 40}


@pytest.fixture
def full(committed_world: World) -> Iterator[World]:
    """Let the database's file grow no more."""
    if connection.vendor != "sqlite":
        pytest.skip("bounds SQLite's file")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        yield committed_world
        cursor.execute("PRAGMA max_page_count = 4294967294")


def test_the_api_says_that_the_disk_is_full(full: World) -> None:
    calling, homes = caller(full, "officer"), Home.objects.count()
    for number in range(200):
        answer = calling.send("POST", "{ours}/tables/homes", {**HOME, "home_id": f"n{number}"})
        if answer.status_code != 201:
            break
    problem = json.loads(answer.content)
    assert (answer.status_code, answer.get("Retry-After")) == (503, "30"), problem
    assert problem["type"].endswith("outage")
    assert "保存する場所がいっぱいです" in problem["detail"]
    assert Home.objects.count() == homes + number
    assert Event.objects.filter(action="register.add").count() == number


def test_a_page_says_that_the_disk_is_full(full: World) -> None:
    client = full.client("officer")
    client.raise_request_exception = False
    file = SimpleUploadedFile("台帳.xlsx", bytes(200_000))
    answer = client.post(reverse("exchange:exchange", args=[OURS]), {"file": file})
    assert (answer.status_code, answer.get("Retry-After")) == (503, "30")
    assert "保存する場所がいっぱいです" in answer.content.decode()
    assert not Run.objects.exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_of_the_program_is_an_outage(number: int) -> None:
    failure = OSError(number, os.strerror(number))
    assert (is_full(failure), is_outage(failure)) == (True, True)


def test_a_full_disk_of_postgresql_is_an_outage() -> None:
    failure = OperationalError("could not extend file")
    failure.__cause__ = DiskFull("could not extend file")
    assert (is_full(failure), is_outage(failure)) == (True, True)


@pytest.mark.parametrize("failure", [OSError(errno.EACCES, "x"), ValueError(), None])
def test_another_failure_is_none(failure: BaseException | None) -> None:
    assert (is_full(failure), is_outage(failure)) == (False, False)
