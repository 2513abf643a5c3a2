"""A certified add-on changed from a month on: it ends and another replaces it, or nothing is."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shokibo.checking import check_rows
from shokibo.law.certified_months import months_of_year
from shokibo.law.parameters import national_law
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import ChangedSinceError, seal
from shokibo.web.certification.judgement import Judgement
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import (
    CHANGE,
    END,
    PROCESS,
    PROPOSE_CHANGE,
    PROPOSE_END,
    SEND_BACK_END,
    TAKE_BACK_END,
    Applied,
)
from shokibo.web.register.models import Capacity, Posting
from shokibo.web.steps.taking import take
from shokibo.web.store.reading import ledger_of
from tests.web.applications import (
    APRIL,
    OCTOBER,
    also,
    certified_for_two,
    changed,
    changing,
    leaves,
    standing,
    unit_of_four,
)
from tests.web.world import World

SEPTEMBER_30 = dt.date(2022, 9, 30)


def _propose(world: World, row: Application, month: dt.date = OCTOBER, extra: int = 1) -> None:
    values = {"from_month": month, "changed_extra": extra}
    office = world.office("officer")
    take(PROPOSE_CHANGE, office=office, row=row, version=row.version, values=values, reason="退職")


def test_one_decision_ends_it_and_certifies_what_replaces_it(world: World) -> None:
    new = changed(world)
    old = new.replaces
    assert old is not None
    assert (old.state, old.ended_on, old.end_reason) == ("ended", SEPTEMBER_30, "退職")
    assert (new.state, new.fiscal_year, new.start_month) == ("certified", 2022, OCTOBER)
    assert (new.requested_extra, new.certified_extra, new.reason) == (1, 1, "退職")
    assert (new.unit, new.addon, new.home) == (old.unit, old.addon, old.home)
    assert (new.applied_on, new.decided_on) == (dt.date(2022, 4, 5), dt.date(2022, 4, 5))
    assert (new.proposed_by, new.decided_by) == (world.people["officer"], world.people["approver"])
    assert Judgement.of_json(new.judgement or {}).as_of == OCTOBER


def test_what_was_decided_before_is_not_rewritten(world: World) -> None:
    row = certified_for_two(world)
    words = "start_month requested_extra applied_on certified_extra decided_on reason judgement"
    names = [*words.split(), "proposed_by_id", "decided_by_id", "decided_at"]
    before = [getattr(row, name) for name in names]
    _propose(world, row)
    take(CHANGE, office=world.office("approver"), row=row, version=row.version, reason="所見")
    row.refresh_from_db()
    assert [getattr(row, name) for name in names] == before
    assert row.end_reason == "所見"


def test_the_ledger_finds_nothing_wrong_and_counts_each_month_once(world: World) -> None:
    new = changed(world)
    ledger = ledger_of(world.authority)
    assert new.code not in str([one.values for one in check_rows(ledger, national_law())])
    months = months_of_year(ledger, national_law(), 2022).units.filter(unit_id="c4")
    assert months["certified_extra"].to_list() == [2] * 6 + [1] * 6
    assert months["holds"].all()


def test_both_are_in_the_log_with_who_and_why(world: World) -> None:
    new = changed(world)
    events = Event.objects.filter(action__in=("application.propose_change", "application.change"))
    assert [(e.action, e.actor_name, e.reason, e.subject_id) for e in events.order_by("pk")] == [
        ("application.propose_change", "架空 officer", "退職", new.replaces_id),
        ("application.change", "架空 approver", "退職", new.replaces_id),
        ("application.change", "架空 approver", "退職", new.pk),
    ]


def test_what_replaced_another_can_change_and_end_in_its_turn(world: World) -> None:
    new = changed(world)
    _propose(world, new, dt.date(2023, 1, 1), extra=2)
    take(CHANGE, office=world.office("approver"), row=new, version=new.version)
    third = Application.objects.get(replaces=new)
    assert (third.start_month, third.certified_extra) == (dt.date(2023, 1, 1), 2)
    values = {"ended_on": dt.date(2023, 2, 28)}
    officer = world.office("officer")
    take(PROPOSE_END, office=officer, row=third, version=1, values=values, reason="閉鎖")
    take(END, office=world.office("approver"), row=third, version=third.version)
    assert (third.state, third.end_decided_by) == ("ended", world.people["approver"])


@pytest.mark.parametrize(
    ("month", "allowed"),
    [
        (dt.date(2022, 3, 1), False),
        (dt.date(2022, 4, 1), False),
        (dt.date(2022, 5, 1), True),
        (dt.date(2023, 3, 1), True),
        (dt.date(2023, 4, 1), False),
    ],
)
def test_it_changes_in_a_month_of_its_time(world: World, month: dt.date, *, allowed: bool) -> None:
    row = certified_for_two(world)
    if allowed:
        _propose(world, row, month)
        assert row.end_proposed_on == month - dt.timedelta(days=1)
    else:
        with pytest.raises(RefusedError) as refused:
            _propose(world, row, month)
        assert "令和4年5月から令和5年3月まで" in refused.value.text.ja


def test_what_starts_in_march_can_only_end(world: World) -> None:
    march = dt.date(2023, 3, 1)
    unit = unit_of_four(world, "m4", staff=5)
    row = standing(world, "certified", unit, start_month=march, decided_on=march)
    with pytest.raises(RefusedError, match="propose its end"):
        _propose(world, row, march, extra=2)


@pytest.mark.parametrize(("extra", "words"), [(0, "1 to 3"), (4, "1 to 3"), (2, "for 2 already")])
def test_it_changes_to_another_number_that_a_unit_can_get(
    world: World, extra: int, words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        _propose(world, certified_for_two(world), extra=extra)


def test_a_backup_add_on_has_no_number_to_change(world: World) -> None:
    row = Application.objects.filter(addon="backup", state="certified").first()
    assert row is not None
    with pytest.raises(RefusedError, match="no number to change"):
        _propose(world, row)


@pytest.mark.parametrize(("staff_left", "extra", "holds"), [(True, 1, True), (True, 3, False)])
def test_it_changes_to_what_the_staff_of_the_first_day_allows(
    world: World, *, staff_left: bool, extra: int, holds: bool
) -> None:
    row = certified_for_two(world)
    if staff_left:
        leaves(world, "c4", SEPTEMBER_30)
    if holds:
        _propose(world, row, extra=extra)
        return
    with pytest.raises(RefusedError) as refused:
        _propose(world, row, extra=extra)
    assert "加配できる1人を超えています" in refused.value.text.ja


def test_more_staff_let_it_change_to_more(world: World) -> None:
    row = certified_for_two(world)
    unit = row.unit
    assert unit is not None
    unit_of_four(world, "x", staff=1)
    Posting.objects.filter(code="x-0").update(unit=unit, started_on=OCTOBER)
    with pytest.raises(RefusedError):
        _propose(world, row, dt.date(2022, 9, 1), extra=3)
    _propose(world, row, extra=3)


def test_nothing_is_written_where_the_staff_changed_before_the_decision(world: World) -> None:
    row = changing(world)
    Posting.objects.filter(unit=row.unit).update(ended_on=SEPTEMBER_30)
    with pytest.raises(RefusedError):
        take(CHANGE, office=world.office("approver"), row=row, version=row.version)
    _stays_as_proposed(row)


def test_nothing_is_written_where_the_page_showed_another_capacity(world: World) -> None:
    row = changing(world)
    assert CHANGE.facts is not None
    seen = seal(CHANGE.facts(row))
    Capacity.objects.filter(unit=row.unit).update(capacity=4)
    with pytest.raises(ChangedSinceError):
        take(CHANGE, office=world.office("approver"), row=row, version=row.version, seen=seen)
    _stays_as_proposed(row)


def test_nothing_is_written_where_the_row_was_saved_since(world: World) -> None:
    row = changing(world)
    with pytest.raises(StaleError):
        take(CHANGE, office=world.office("approver"), row=row, version=row.version - 1)
    _stays_as_proposed(row)


def test_nothing_is_written_where_another_is_certified_for_a_month_after(world: World) -> None:
    row = changing(world)
    unit = row.unit
    assert unit is not None
    other = standing(world, "certified", unit, start_month=dt.date(2023, 3, 1))
    with pytest.raises(RefusedError, match=other.code):
        take(CHANGE, office=world.office("approver"), row=row, version=row.version)
    _stays_as_proposed(row)


def _stays_as_proposed(row: Application) -> None:
    row.refresh_from_db()
    assert (PROCESS.state_of(row), row.ended_on) == ("changing", None)
    assert not Application.objects.filter(replaces=row).exists()


@pytest.mark.parametrize(
    ("step", "taken"), [(TAKE_BACK_END, "officer"), (SEND_BACK_END, "approver")]
)
def test_a_change_taken_or_sent_back_leaves_it_certified(
    world: World, step: Applied, taken: str
) -> None:
    row = changing(world)
    take(step, office=world.office(taken), row=row, version=row.version, reason="見直す")
    proposal = ("end_proposed_on", "end_proposed_extra", "end_proposed_by", "end_proposal_reason")
    assert [getattr(row, name) for name in proposal] == [None] * 4
    assert PROCESS.state_of(row) == "certified"


def test_nobody_decides_on_the_change_they_proposed(world: World) -> None:
    row = changing(world)
    both = also(world, "officer", "approver")
    with pytest.raises(RefusedError, match="You proposed this"):
        take(CHANGE, office=both, row=row, version=row.version)


def test_who_worked_on_the_application_does_not_change_it(world: World) -> None:
    row = changing(world)
    both = also(world, "home_staff", "approver")
    with pytest.raises(RefusedError, match="worked on"):
        take(CHANGE, office=both, row=row, version=row.version)


@pytest.mark.parametrize("one_missing", [False, True])
def test_the_database_too_refuses_one_pair_of_eyes(world: World, *, one_missing: bool) -> None:
    row = changing(world)
    decided: dict[str, Any] = {
        "end_decided_by": None if one_missing else world.people["officer"],
        "end_decided_at": row.end_proposed_at,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(
            state="ended", ended_on=SEPTEMBER_30, decided_on=APRIL, **decided
        )
