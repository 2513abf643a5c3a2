"""Importing a prefecture's ledger of 60 homes into PostgreSQL: upload, dry run, apply.

The peer is openpyxl in read-only mode, reading every cell's value and no more.
"""

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.measure import Figures, Result, fresh
from benchmarks.nation import nation
from benchmarks.reading import read_with_openpyxl
from scripts.with_postgresql import postgresql
from shokibo.ledger.model import ledger_of
from shokibo.ledger.workbook import write_workbook

if TYPE_CHECKING:
    from shokibo.web.accounts.access import Office

SEED = 1
HOMES = 60
SIZE = {"authorities": 1, "homes": HOMES, "units": 300, "postings": 3_000}
YEARS = {"first_year": 2021, "years": 2}
_SECRET = "measured, never served, long enough for a secret key"  # noqa: S105


def main() -> list[Result]:
    """Measure, print and give the result."""
    with TemporaryDirectory() as folder, postgresql() as address:
        path = str(Path(folder) / "prefecture.xlsx")
        written, _ = fresh(write, path)
        os.environ |= {
            "DATABASE_URL": address,
            "SHOKIBO_VAR": folder,
            "SHOKIBO_SECRET_KEY": _SECRET,
        }
        ours, peak = fresh(bring_in, path)
        peer, _ = fresh(read_with_openpyxl, path)
    result = Result(
        f"The ledger of a prefecture with {HOMES} homes, {written['rows']:,.0f} rows, imported",
        ours["seconds"],
        "openpyxl, cells only",
        peer["seconds"],
        peak,
        "python -m benchmarks imports",
        aim_seconds=4.0,
        notes=(
            f"upload and dry run {ours['dry_run']:.3f} s, doing it {ours['applying']:.3f} s, "
            f"each reads the workbook in a process of its own; undoing it {ours['undoing']:.3f} s",
            f"{ours['changes']:,.0f} rows added and logged in PostgreSQL",
        ),
    )
    result.show()
    return [result]


def write(path: str) -> Figures:
    """Write a prefecture as a workbook, without applications, which are entered on pages only."""
    frames = {**nation(SEED, **SIZE, **YEARS)}
    frames["applications"] = frames["applications"].clear()
    write_workbook(ledger_of(frames), Path(path))
    return {"rows": sum(frame.height for frame in frames.values())}


def bring_in(path: str) -> Figures:
    """Time the upload with its dry run, the import and undoing it, as on the pages."""
    from shokibo.web.running.setup import migrate, ready

    ready()
    migrate()
    from shokibo.web.exchange import actions, applying, dry_run

    office = _office(path)
    begin = time.perf_counter()
    run = actions.upload(office=office, name="台帳.xlsx", content=Path(path).read_bytes())
    dry_run.dry_run(run.pk)
    run.refresh_from_db()
    if run.state == "refused":
        raise RuntimeError(str(run.findings["problems"][:5]))
    tried = time.perf_counter()
    actions.ask(office=office, run=run, version=run.version, reason="測定")
    applying.apply(run.pk)
    run.refresh_from_db()
    done = time.perf_counter()
    if run.state != "applied":
        raise RuntimeError(str(run.message or run.findings["problems"][:5]))
    actions.undo(office=office, run=run, version=run.version)
    return {
        "seconds": done - begin,
        "dry_run": tried - begin,
        "applying": done - tried,
        "undoing": time.perf_counter() - done,
        "changes": run.changes.count(),
    }


def _office(path: str) -> "Office":
    """Make the authority, which holds nothing yet, and an officer of it."""
    from shokibo.ledger.reading import read_ledger
    from shokibo.web.accounts.access import access_of
    from shokibo.web.accounts.models import Membership, Person
    from shokibo.web.register.models import Authority

    row = read_ledger(Path(path))["authorities"].row(0, named=True)
    authority = Authority.objects.create(
        code=row["authority_code"],
        name=row["name"],
        kind=row["kind"],
        reporting_officer=row["reporting_officer"],
    )
    person = Person.objects.create_user("officer@example.jp", "架空 担当", _SECRET)
    Membership.objects.create(person=person, role="officer", authority=authority)
    office = access_of(person).office(str(authority.code))
    assert office is not None
    return office
