"""Checking the rows again after an edit: the findings of a full check, with less of the work."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo import checking
from shokibo.checking import Rechecks, check_rows
from shokibo.law.own_law import law_of
from shokibo.law.parameters import Law, national_law
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from tests.builders import made, own_law, unit
from tests.reference.generate import COLUMNS, random_tables

from .building import ledger_from

EDITED = st.lists(st.sets(st.sampled_from(sorted(COLUMNS)), max_size=2), min_size=1, max_size=4)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), EDITED)
def test_rows_checked_again_after_edits_have_the_findings_of_a_full_check(
    seed: int, edits: list[set[str]]
) -> None:
    stored, others = (ledger_from(random_tables(each)) for each in (seed, seed + 1))
    rechecks = Rechecks()
    for edited in [set(), *edits]:
        of_others = {name: others[name] for name in edited}
        ledger = replace(stored, tables={**stored.tables, **of_others})
        law = law_of(ledger, national_law())
        assert rechecks.check_rows(ledger, law) == check_rows(ledger, law)


def test_a_check_runs_again_only_where_it_reads_what_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran = []

    def of_staff(ledger: Ledger, _law: Law) -> Iterator[Finding]:
        ran.append(("staff", ledger["staff"].height))
        yield from ()

    def of_all(ledger: Ledger, _law: Law) -> Iterator[Finding]:
        ran.append(("all", len({**ledger.tables})))
        yield from ()

    monkeypatch.setattr(checking, "_ROW_CHECKS", (of_staff, of_all))
    rechecks, stored = Rechecks(), ledger_from(random_tables(1))
    read_again = replace(stored, tables={n: frame.clone() for n, frame in stored.tables.items()})
    for ledger in (stored, stored, read_again, _without_homes(stored)):
        rechecks.check_rows(ledger, national_law())
    assert [name for name, _number in ran] == ["staff", "all", "all"]


def test_another_law_has_everything_checked_again(tmp_path: Path) -> None:
    rechecks, ledger = Rechecks(), ledger_from(made(unit("u1", "community_home", "6")))
    stricter = own_law(tmp_path, "max_extra", "{4: 1}")
    found = [rechecks.check_rows(ledger, law) for law in (national_law(), stricter)]
    assert found == [check_rows(ledger, law) for law in (national_law(), stricter)]
    assert found[0] != found[1]


def _without_homes(ledger: Ledger) -> Ledger:
    return replace(ledger, tables={**ledger.tables, "homes": ledger["homes"].clear()})
