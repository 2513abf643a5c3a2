"""The engine of steps: the order of what has to hold, states, four eyes, what is left untouched."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shokibo.texts import Text
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import ChangedSinceError, seal
from shokibo.web.certification.transitions import DISCARD_PREPARED, DRAFT, PREPARE, TRANSITIONS
from shokibo.web.homes import handing_over, proposals
from shokibo.web.office import proposals as settings
from shokibo.web.opendata import actions as opendata
from shokibo.web.planning.versions import publishing
from shokibo.web.register.models import ChangeProposal
from shokibo.web.returns import actions as returns
from shokibo.web.steps.step import NEW, Step, Taking
from shokibo.web.steps.taking import checked, may, possible, stale_words, take
from tests.web.test_register_proposals import proposed
from tests.web.world import World

STEPS: list[Step[Any]] = [
    DRAFT,
    PREPARE,
    DISCARD_PREPARED,
    *TRANSITIONS.values(),
    publishing.PROPOSE,
    publishing.PUBLISH,
    publishing.SEND_BACK,
    publishing.TAKE_BACK,
    returns.DRAFT,
    returns.CORRECT,
    returns.EDIT,
    returns.DISCARD,
    returns.SUBMIT,
    proposals.MAKE,
    proposals.WITHDRAW,
    proposals.DECLINE,
    proposals.ACCEPT,
    handing_over.RECORD,
    handing_over.UNDO,
    settings.MAKE,
    settings.WITHDRAW,
    settings.DECLINE,
    settings.ACCEPT,
    opendata.PUBLISH,
    opendata.WITHDRAW,
]


def in_state(step: Step[Any], state: str) -> Any:  # noqa: ANN401
    """Return a row in a state, which no database holds."""
    row = step.process.model()
    row.fiscal_year = 2022  # by which a message names a return
    if state != NEW:
        row.pk = 1
        if state not in step.process.derived:
            row.state = state
        elif state == "withdrawn":
            row.withdrawn_at = "2022-04-05"
        elif state in ("ending", "changing"):
            row.state, row.end_proposed_at = "certified", "2022-04-05"
            row.end_proposed_extra = 1 if state == "changing" else None
    return row


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.action)
def test_no_step_is_taken_from_a_state_that_it_does_not_name(world: World, step: Step[Any]) -> None:
    for state in {NEW, *step.process.states} - set(step.sources):
        taking = Taking(step, world.office("officer"), in_state(step, state), {}, "理由")
        if state == NEW:
            assert step.process.state_of(taking.row) not in step.sources
            continue
        with pytest.raises(RefusedError) as refused:
            checked(taking)
        assert step.name.ja in refused.value.text.ja


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.action)
def test_every_state_that_a_step_names_is_one_of_its_process(step: Step[Any]) -> None:
    assert set(step.sources) <= {NEW, *step.process.states}
    assert step.target is None or step.target in step.process.states
    for hidden in step.process.hidden.values():
        assert {*hidden, *hidden.values()} <= set(step.process.states)


def refuse(_taking: Taking[ChangeProposal]) -> None:
    raise RefusedError("だめです。", "guarded")


def test_what_has_to_hold_is_asked_in_one_order(world: World) -> None:
    row, person = proposed(world), world.people["officer"].pk
    logged = Event.objects.count()
    barred = replace(
        proposals.DECLINE,
        never_by=((lambda _row: (person,), Text("別の人に", "barred")),),
        guards=(refuse,),
        sources=("accepted",),
    )
    right, wrong = world.office("officer"), world.office("approver")
    shown = seal(proposals.facts_of(row))
    given: dict[str, Any] = {"office": wrong, "row": row, "version": 7, "seen": "x"}
    with pytest.raises(PermissionDenied):
        take(barred, **given)
    given["office"] = right
    with pytest.raises(StaleError):
        take(barred, **given)
    given["version"] = row.version
    with pytest.raises(ChangedSinceError):
        take(barred, **given)
    given["seen"] = shown
    with pytest.raises(RefusedError, match="has to be “Entered”"):
        take(barred, **given)
    in_its_state = replace(barred, sources=("pending",))
    with pytest.raises(RefusedError, match="barred"):
        take(in_its_state, **given)
    by_another = replace(in_its_state, never_by=())
    with pytest.raises(RefusedError, match="Say why"):
        take(by_another, **given)
    given["reason"] = "図面を添えてください"
    with pytest.raises(RefusedError, match="guarded"):
        take(by_another, **given)
    row.refresh_from_db()
    assert (row.state, row.version, Event.objects.count()) == ("pending", 1, logged)
    take(replace(by_another, guards=()), **given)
    assert Event.objects.count() == logged + 1
    event = Event.objects.latest("pk")
    assert (row.state, row.version, row.comment) == ("declined", 2, given["reason"])
    assert (event.action, event.reason) == ("proposal.decline", given["reason"])


def test_a_row_of_another_authority_or_home_takes_no_step(world: World) -> None:
    row = proposed(world)
    assert may(proposals.WITHDRAW, world.office("home_staff"), row)
    assert not may(proposals.WITHDRAW, world.office("home_staff:sister"), row)
    row.authority = world.other
    assert not may(proposals.WITHDRAW, world.office("home_staff"), row)


def test_what_is_possible_follows_from_state_and_permission(world: World) -> None:
    row = proposed(world)
    steps = (proposals.WITHDRAW, proposals.DECLINE, proposals.ACCEPT)
    officer, staff = world.office("officer"), world.office("home_staff")
    assert possible(steps, officer, row) == [proposals.DECLINE, proposals.ACCEPT]
    assert possible(steps, staff, row) == [proposals.WITHDRAW]
    take(proposals.WITHDRAW, office=staff, row=row, version=row.version)
    assert possible(steps, officer, row) == possible(steps, staff, row) == []


def test_who_was_late_reads_the_state_of_now(world: World) -> None:
    row = proposed(world)
    take(proposals.WITHDRAW, office=world.office("home_staff"), row=row, version=row.version)
    assert "今は「取下げ」です" in stale_words(proposals.ACCEPT, row).ja


def test_what_takes_long_is_prepared_before_any_lock_and_only_where_the_step_is_allowed(
    world: World,
) -> None:
    row, prepared = proposed(world), []

    def prepare(row: ChangeProposal) -> Mapping[str, Any]:
        prepared.append(len(captured.captured_queries))
        return {"drawn": row.pk}

    slow = replace(proposals.DECLINE, prepare=prepare)
    given: dict[str, Any] = {"row": row, "version": row.version, "reason": "理由"}
    with CaptureQueriesContext(connection) as captured:
        with pytest.raises(PermissionDenied):
            take(slow, office=world.office("approver"), **given)
        with pytest.raises(StaleError):
            take(slow, office=world.office("officer"), **given | {"version": 7})
        assert prepared == []
        take(slow, office=world.office("officer"), **given)
    before = [query["sql"] for query in captured.captured_queries[: prepared[0]]]
    assert not [sql for sql in before if sql.startswith(("SAVEPOINT", "BEGIN", "UPDATE"))]


def test_a_new_row_has_no_version_and_is_added_with_the_fields_of_the_step(world: World) -> None:
    row = ChangeProposal(
        authority=world.authority,
        home=world.home,
        unit=world.unit("u4"),
        change="close",
        effective_on="2023-03-31",
        reason="統合",
    )
    made = take(proposals.MAKE, office=world.office("home_staff"), row=row)
    assert (made.pk is not None, made.state) == (True, "pending")
    assert made.proposed_by == world.people["home_staff"]
