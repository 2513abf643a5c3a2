"""Whatever a workbook changes: done and undone, the ledger is as it was, row for row."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from shokibo.ledger.keys import ExternalIds
from shokibo.ledger.reading import Progress, Reading, read_rows
from shokibo.ledger.workbook import write_workbook
from shokibo.web.exchange import actions, applying, dry_run, examining
from shokibo.web.exchange.models import Run
from shokibo.web.store.mapping import MAPPED
from shokibo.web.store.reading import ledger_of
from tests.web.imports import brought, downloaded, planned
from tests.web.random_imports import imports
from tests.web.world import World

Rows = dict[tuple[str, int], tuple[int, tuple[Any, ...]]]


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read workbooks in this process: starting one for each takes most of the time."""

    def read(name: str, content: bytes, known: ExternalIds, progress: Progress) -> Reading:
        path = tmp_path / name
        path.write_bytes(content)
        return read_rows(path, progress, known)

    monkeypatch.setattr(dry_run, "read_isolated", read)
    monkeypatch.setattr(examining, "check", lambda *_: [])  # notes, which change nothing


@pytest.mark.usefixtures("_quick")
def test_what_an_import_does_is_undone_row_for_row(world: World, tmp_path: Path) -> None:
    counted: list[int] = []

    # a failing example is not shrunk: that takes minutes
    @settings(max_examples=5, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        with transaction.atomic():
            if data.draw(st.booleans()):
                _done(world, data, tmp_path)
            before = _rows(world)
            run = _done(world, data, tmp_path)
            after = _rows(world)
            assert planned(brought(world, "officer", downloaded(world.office("officer")))) == []
            actions.undo(office=world.office("officer"), run=run, version=run.version)
            _is_as_before(before, after, _rows(world))
            counted.append(run.changes.count())
            transaction.set_rollback(True)

    holds()
    assert max(counted) > 10


def _done(world: World, data: st.DataObject, folder: Path) -> Run:
    """Bring a random workbook in; return its run, done or with nothing to do."""
    path = folder / "book.xlsx"
    write_workbook(data.draw(imports(ledger_of(world.authority))), path)
    run = brought(world, "officer", path.read_bytes())
    assume(run.state == "ready" and run.counts)
    office = world.office("officer")
    actions.ask(office=office, run=run, version=run.version, reason="試験")
    applying.apply(run.pk)
    run.refresh_from_db()
    assert (run.state, run.message) == ("applied", {})
    return run


def _rows(world: World) -> Rows:
    """Return each row of the ledger by its key in the database: its version and what it holds."""
    return {
        (name, pk): (version, tuple(values))
        for name, mapped in MAPPED.items()
        for pk, version, *values in mapped.model._default_manager.filter(
            **{"pk" if name == "authorities" else "authority": world.authority.pk}
        ).values_list("pk", "version", *mapped.paths.values())
    }


def _is_as_before(before: Rows, meanwhile: Rows, after: Rows) -> None:
    assert {key: held for key, (_, held) in after.items()} == {
        key: held for key, (_, held) in before.items()
    }
    for key, (version, _) in before.items():
        grew = after[key][0] - version
        assert grew == (
            0 if meanwhile.get(key) == before[key] else 1 if key not in meanwhile else 2
        )
