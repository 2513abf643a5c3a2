"""The database holds what the ledger holds: models mirror tables, and nothing is lost between."""

from pathlib import Path
from typing import Any, cast

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Field
from pytest_django import DjangoAssertNumQueries

from shokibo.ledger.columns import Kind, Table
from shokibo.ledger.findings import UnreadableLedgerError
from shokibo.ledger.model import Ledger
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import BY_NAME, TABLES
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import Act
from shokibo.web.base.refusal import RefusedError
from shokibo.web.register.models import Authority, Posting
from shokibo.web.store.loading import REFUSED_BY_DATABASE, load
from shokibo.web.store.mapping import MAPPED
from shokibo.web.store.reading import WITHOUT_CHILDREN, ledger_of
from tests.builders import EXAMPLES, Edit, add, edit, made, planned, read
from tests.web.world import World

_FIELDS = {
    Kind.DATE: "DateField",
    Kind.MONTH: "DateField",
    Kind.DATE_OR_MONTH: "DateField",
    Kind.FISCAL_YEAR: "BigIntegerField",
    Kind.INTEGER: "BigIntegerField",
    Kind.YEN: "BigIntegerField",
    Kind.HOURS: "BigIntegerField",
    Kind.YES_NO: "BooleanField",
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_model_mirrors_its_table(table: Table) -> None:
    mapped = MAPPED[table.name]
    for column in table.columns:
        field = cast("Field[Any, Any]", mapped.model._meta.get_field(mapped.field(column.name)))
        if "__" in mapped.paths[column.name]:
            assert field.is_relation, column.name
            continue
        assert field.verbose_name == column.header or column.name == "decision"
        assert field.get_internal_type() == _FIELDS.get(column.kind, "CharField"), column.name
        assert field.null == (not column.required), column.name
        if column.codes is not None and column.name != "decision":
            assert dict(field.flatchoices) == column.codes


def _ledgers_equal(one: Ledger, two: Ledger, but: set[str]) -> None:
    for name, frame in one.tables.items():
        columns = [c for c in frame.columns if c not in but | {"_row"}]
        # a row that names another of its table is stored after it
        key = [c for c in BY_NAME[name].key if c in columns] or columns
        first, second = (part.select(columns).sort(key) for part in (frame, two[name]))
        assert first.equals(second), name


def test_what_is_loaded_is_what_was_read(db: None) -> None:
    ledger = read_ledger(EXAMPLES / "setagaya")
    (authority,) = load(Act(None, "register.load"), ledger)
    _ledgers_equal(ledger, ledger_of(authority, only=tuple(BY_NAME)), {"authority_code"})
    assert set(ledger_of(authority)["plan"]["authority_code"]) == {"131121"}


def test_a_ledger_takes_one_query_a_table(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(len(WITHOUT_CHILDREN)):
        ledger_of(world.authority)


def test_a_part_of_a_home_holds_nothing_of_another(world: World) -> None:
    part = ledger_of(world.authority, [world.sister])
    assert part["homes"]["home_id"].to_list() == ["s"]
    assert part["units"]["unit_id"].to_list() == ["s4"]
    assert part["capacities"]["unit_id"].to_list() == ["s4"]
    assert part["staff"]["staff_id"].to_list() == ["s-1"]
    assert part["applications"].is_empty()


def test_two_authorities_may_use_the_same_ids(world: World) -> None:
    assert ledger_of(world.other)["units"]["name"].to_list() == ["隣の家"]


def test_a_second_load_changes_nothing(world: World, tmp_path: Path) -> None:
    events = Event.objects.count()
    with pytest.raises(RefusedError, match="there already"):
        load(Act(None, "register.load"), ledger_of(world.other))
    assert (Authority.objects.count(), Event.objects.count()) == (2, events)


def _refusals() -> list[Edit]:
    return [
        edit("homes", "h", opened_on="2020-01-01", closed_on="2019-01-01"),
        edit("units", "u4", opened_on="2020-01-01", closed_on="2019-01-01"),
        edit("capacities", "u4", capacity="0"),
        edit("staff", "u-1", started_on="2020-01-01", ended_on="2019-01-01"),
        add("staff", "u-1", started_on="2020-01-01"),
        edit("confirmations", "training", expires_on="2019-01-01"),
        edit("applications", "a-u4", unit_id=""),
        edit("applications", "a-k", unit_id="u4"),
        edit("applications", "a-u4", decided_on=""),
        edit("applications", "a-u4", decision="rejected", ended_on="2022-05-31"),
    ]


@pytest.mark.parametrize("wrong", _refusals())
def test_rows_that_the_database_refuses_are_named_before(
    db: None, tmp_path: Path, wrong: Edit
) -> None:
    with pytest.raises(UnreadableLedgerError) as refused:
        load(Act(None, "register.load"), read(made(wrong), tmp_path))
    assert {problem.code for problem in refused.value.problems} <= REFUSED_BY_DATABASE
    assert ":" in refused.value.problems[0].place
    assert not Authority.objects.exists()


def test_a_row_of_no_authority_is_named(db: None, tmp_path: Path) -> None:
    two = add("authorities", authority_code="990028", name="隣県", kind="prefecture")
    with pytest.raises(UnreadableLedgerError) as refused:
        load(Act(None, "register.load"), read(made(planned, two), tmp_path))
    assert {problem.code for problem in refused.value.problems} == {"AUTHORITY_CODE_NEEDED"}


@pytest.mark.parametrize("wrong", _refusals())
def test_the_database_does_refuse_them(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: Edit
) -> None:
    monkeypatch.setattr("shokibo.web.store.loading.REFUSED_BY_DATABASE", frozenset())
    with pytest.raises(IntegrityError), transaction.atomic():
        load(Act(None, "register.load"), read(made(wrong), tmp_path))


def test_every_loaded_row_is_in_the_log(world: World) -> None:
    rows = sum(ledger_of(a)[t.name].height for a in Authority.objects.all() for t in TABLES)
    assert Event.objects.filter(action="register.load").count() == rows


def test_the_database_refuses_overlapping_postings(world: World) -> None:
    posting = Posting.objects.get(code="u-1")
    posting.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        posting.save(force_insert=True)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_the_log(world: World, verb: str) -> None:
    found = Event.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        found.update(reason="x") if verb == "update" else found.delete()
