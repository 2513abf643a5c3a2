"""What may happen to an application: the table, its guards, two people at once."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification import actions
from shokibo.web.certification.judgement import Asked, judge_one
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import (
    CERTIFY,
    DISCARD,
    EDIT,
    END,
    PROCESS,
    PROPOSE_CERTIFY,
    PROPOSE_END,
    REJECT,
    RETURN,
    REVISE,
    SEND_BACK_END,
    SUBMIT,
    TAKE_BACK,
    TAKE_BACK_END,
    TRANSITIONS,
    WITHDRAW,
    Applied,
)
from shokibo.web.register.models import Capacity, Posting
from shokibo.web.steps.taking import admit, take
from tests.web.applications import (
    APRIL,
    also,
    another,
    certified,
    drafted,
    ended,
    ending,
    proposed,
    rejected,
    returned,
    standing,
    submitted,
    unit_of_four,
)
from tests.web.world import World

HOME, OFFICER, APPROVER = {"home_staff"}, {"officer", "officer:second"}, {"approver"}
ALLOWED = {
    "edit": ({"draft"}, HOME),
    "submit": ({"draft"}, HOME),
    "discard": ({"draft"}, HOME),
    "withdraw": ({"submitted", "returned"}, HOME),
    "revise": ({"returned"}, HOME),
    "return": ({"submitted"}, OFFICER),
    "propose_certify": ({"submitted"}, OFFICER),
    "propose_reject": ({"submitted"}, OFFICER),
    "take_back": ({"proposed"}, OFFICER),
    "send_back": ({"proposed"}, APPROVER),
    "certify": ({"proposed"}, APPROVER),
    "reject": ({"proposed"}, APPROVER),
    "propose_end": ({"certified"}, OFFICER),
    "propose_change": ({"certified"}, OFFICER),
    "take_back_end": ({"ending", "changing"}, OFFICER),
    "send_back_end": ({"ending", "changing"}, APPROVER),
    "end": ({"ending"}, APPROVER),
    "change": ({"changing"}, APPROVER),
}
TARGETS = {
    "edit": "draft",
    "submit": "submitted",
    "discard": None,
    "withdraw": "withdrawn",
    "revise": "draft",
    "return": "returned",
    "propose_certify": "proposed",
    "propose_reject": "proposed",
    "take_back": "submitted",
    "send_back": "submitted",
    "certify": "certified",
    "reject": "rejected",
    "propose_end": "ending",
    "propose_change": "changing",
    "take_back_end": "certified",
    "send_back_end": "certified",
    "end": "ended",
    "change": "ended",
}


def test_the_table_agrees_with_r8() -> None:
    assert {code: (set(t.sources), t.target) for code, t in TRANSITIONS.items()} == {
        code: (sources, TARGETS[code]) for code, (sources, _roles) in ALLOWED.items()
    }


def _values(world: World, code: str, row: Application) -> dict[str, Any]:
    if code == "propose_certify":
        judgement = judge_one(world.authority, Asked.by(row))
        return {"proposed_extra": 1, "judgement": judgement.as_json()}
    if code == "return":
        return {"comments": {"unit": "修正"}}
    if code == "propose_change":
        return {"from_month": dt.date(2022, 5, 1), "changed_extra": 2}
    return {"ended_on": dt.date(2022, 4, 30)} if code == "propose_end" else {}


@pytest.mark.parametrize("code", ALLOWED)
def test_a_step_is_possible_just_where_the_table_says(world: World, code: str) -> None:
    sources, roles = ALLOWED[code]
    holders = [name for name in world.people if name not in ("ministry", "admin")]
    for state in PROCESS.states:
        unit = unit_of_four(world, f"{state}-unit", staff=5)
        Capacity.objects.filter(unit=unit).update(capacity=6)
        proposal = {"proposal": "reject"} if code == "reject" and state == "proposed" else {}
        row = standing(world, state, unit, **proposal)
        values = _values(world, code, row)
        for name in holders:
            try:
                with transaction.atomic():
                    admit(
                        TRANSITIONS[code],
                        office=world.office(name),
                        row=row,
                        version=row.version,
                        values=values,
                        reason="理由",
                    )
            except PermissionDenied:
                assert name not in roles, (state, name)
            except RefusedError:
                assert (name in roles, state in sources) == (True, False), (state, name)
            else:
                assert (name in roles, state in sources) == (True, True), (state, name)


def test_the_whole_way_is_kept_in_the_log(world: World) -> None:
    row = ended(world, dt.date(2022, 9, 30))
    events = Event.objects.filter(
        subject_kind="certification.application", subject_id=row.pk
    ).order_by("pk")
    assert [(e.action, e.actor_name, e.reason) for e in events] == [
        ("application.draft", "架空 home_staff", ""),
        ("application.submit", "架空 home_staff", ""),
        ("application.propose", "架空 officer", "確認した"),
        ("application.certify", "架空 approver", "確認した"),
        ("application.propose_end", "架空 officer", "退職"),
        ("application.end", "架空 approver", "退職"),
    ]
    row.refresh_from_db()
    assert (row.state, row.decided_on, row.certified_extra, row.ended_on) == (
        "ended",
        dt.date(2022, 4, 5),
        1,
        dt.date(2022, 9, 30),
    )


def test_nobody_decides_what_they_proposed(world: World) -> None:
    row = proposed(world)
    office = also(world, "officer", "approver")
    with pytest.raises(RefusedError, match="You proposed this"):
        take(CERTIFY, office=office, row=row, version=row.version)
    row.refresh_from_db()
    assert row.state == "proposed"
    take(CERTIFY, office=world.office("approver"), row=row, version=row.version)
    assert row.state == "certified"


def test_the_database_too_refuses_one_pair_of_eyes(world: World) -> None:
    row = proposed(world)
    person = world.people["officer"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(
            state="certified", decided_on=APRIL, decided_by=person, decided_at=row.proposed_at
        )


def test_a_decision_is_the_one_that_was_proposed(world: World) -> None:
    row = proposed(world, decision="reject")
    with pytest.raises(RefusedError, match="proposal says otherwise"):
        take(CERTIFY, office=world.office("approver"), row=row, version=row.version)
    other = proposed(world, "d4")
    with pytest.raises(RefusedError, match="proposal says otherwise"):
        take(REJECT, office=world.office("approver"), row=other, version=other.version)


def test_a_second_approver_is_reported(world: World) -> None:
    row = proposed(world)
    seen = row.version
    take(CERTIFY, office=world.office("approver"), row=row, version=seen)
    with pytest.raises(StaleError):
        take(CERTIFY, office=another(world, "approver", "second"), row=row, version=seen)


def test_two_simultaneous_approvers_certify_once(committed_world: World) -> None:
    world = committed_world
    row = proposed(world)
    offices = [world.office("approver"), another(world, "approver", "second")]
    start, came = threading.Barrier(2), []

    def certify(number: int) -> None:
        own = Application.objects.select_related("home").get(pk=row.pk)
        start.wait()
        try:
            take(CERTIFY, office=offices[number], row=own, version=row.version)
        except StaleError as stale:
            came.append(f"told: {stale.current.state}")  # type: ignore[attr-defined]
        else:
            came.append("certified")
        finally:
            connection.close()

    threads = [threading.Thread(target=certify, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(came) == ["certified", "told: certified"]
    assert Event.objects.filter(action="application.certify").count() == 1


def test_two_simultaneous_overlapping_applications_are_submitted_once(
    committed_world: World,
) -> None:
    world = committed_world
    one = drafted(world)
    two = actions.draft(
        office=world.office("home_staff"),
        home=world.home,
        addon="dispersal",
        unit=one.unit,
        fiscal_year=2022,
        start_month=dt.date(2022, 6, 1),
        requested_extra=1,
    )
    office = world.office("home_staff")
    start, came = threading.Barrier(2), []

    def submit(pk: int) -> None:
        own = Application.objects.select_related("home").get(pk=pk)
        start.wait()
        try:
            take(SUBMIT, office=office, row=own, version=own.version)
        except RefusedError:
            came.append("refused")
        else:
            came.append("submitted")
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=(row.pk,)) for row in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(came) == ["refused", "submitted"]


@pytest.mark.parametrize("state", ["certified", "rejected", "withdrawn", "ended"])
def test_what_is_decided_never_changes_in_the_database(world: World, state: str) -> None:
    row = standing(world, state, world.unit("u4"))
    found = Application.objects.filter(pk=row.pk)
    for change in ({"certified_extra": 3}, {"start_month": dt.date(2022, 5, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            found.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        found.delete()


def test_a_stale_save_changes_nothing(world: World) -> None:
    row = drafted(world)
    seen, office = row.version, world.office("home_staff")
    take(EDIT, office=office, row=row, version=seen, values={"requested_extra": 2})
    with pytest.raises(StaleError):
        take(EDIT, office=office, row=row, version=seen, values={"requested_extra": 3})
    row.refresh_from_db()
    assert row.requested_extra == 2


REFUSED_DRAFTS: dict[str, tuple[dict[str, Any], str]] = {
    "no extra": ({"requested_extra": None}, "Ask for 1 to 3"),
    "too many": ({"requested_extra": 4}, "Ask for 1 to 3"),
}


@pytest.mark.parametrize("case", REFUSED_DRAFTS)
def test_an_incomplete_draft_is_not_submitted(world: World, case: str) -> None:
    given, words = REFUSED_DRAFTS[case]
    row = drafted(world, **given)
    with pytest.raises(RefusedError, match=words):
        take(SUBMIT, office=world.office("home_staff"), row=row, version=row.version)


def test_a_start_outside_the_year_is_refused(world: World) -> None:
    with pytest.raises(RefusedError, match="outside fiscal year"):
        drafted(world, start_month=dt.date(2023, 4, 1))
    assert drafted(world, "d4", start_month=dt.date(2023, 3, 1)).state == "draft"


def test_a_unit_of_another_home_is_refused(world: World) -> None:
    with pytest.raises(RefusedError, match="another home"):
        actions.draft(
            office=world.office("home_staff"),
            home=world.home,
            addon="dispersal",
            unit=world.unit("s4"),
            fiscal_year=2022,
            start_month=APRIL,
            requested_extra=1,
        )


def test_a_second_live_application_of_the_same_months_is_refused(world: World) -> None:
    row = submitted(world)
    office = world.office("home_staff")
    again = actions.draft(
        office=office,
        home=world.home,
        addon="dispersal",
        unit=row.unit,
        fiscal_year=2022,
        start_month=dt.date(2022, 10, 1),
        requested_extra=1,
    )
    with pytest.raises(RefusedError, match=row.code):
        take(SUBMIT, office=office, row=again, version=again.version)
    take(WITHDRAW, office=office, row=row, version=row.version, reason="誤り")
    take(SUBMIT, office=office, row=again, version=again.version)
    assert again.state == "submitted"


def test_months_after_an_end_are_free_again(world: World) -> None:
    row = ended(world, dt.date(2022, 9, 30))
    office = world.office("home_staff")
    for start, allowed in ((dt.date(2022, 9, 1), False), (dt.date(2022, 10, 1), True)):
        again = actions.draft(
            office=office,
            home=world.home,
            addon="dispersal",
            unit=row.unit,
            fiscal_year=2022,
            start_month=start,
            requested_extra=1,
        )
        if allowed:
            take(SUBMIT, office=office, row=again, version=again.version)
        else:
            with pytest.raises(RefusedError):
                take(SUBMIT, office=office, row=again, version=again.version)


@pytest.mark.parametrize("extra", [None, 0, 2])
def test_only_what_is_asked_for_is_proposed(world: World, extra: int | None) -> None:
    row = submitted(world)
    with pytest.raises(RefusedError, match="Propose between"):
        take(
            PROPOSE_CERTIFY,
            office=world.office("officer"),
            row=row,
            version=row.version,
            values={"proposed_extra": extra},
            reason="",
        )


def test_more_than_is_available_is_not_proposed(world: World) -> None:
    row = submitted(world, requested_extra=2)
    assert row.unit is not None
    Capacity.objects.create(
        authority=world.authority, unit=row.unit, effective_from=APRIL, capacity=6
    )
    with pytest.raises(RefusedError, match="2 extra is more than the 1 available"):
        take(
            PROPOSE_CERTIFY,
            office=world.office("officer"),
            row=row,
            version=row.version,
            values={"proposed_extra": 2},
            reason="",
        )


def test_a_rule_that_is_not_met_refuses_with_its_ground(world: World) -> None:
    row = submitted(world, staff=3)
    with pytest.raises(RefusedError) as refused:
        take(
            PROPOSE_CERTIFY,
            office=world.office("officer"),
            row=row,
            version=row.version,
            values={"proposed_extra": 1},
            reason="",
        )
    assert "加配できません" in refused.value.text.ja
    assert "No extra staff" in refused.value.text.en


def test_a_rule_that_cannot_be_judged_refuses_too(world: World) -> None:
    row = submitted(world)
    Posting.objects.filter(unit=row.unit, code="c4-0").update(employment="part_time")
    with pytest.raises(RefusedError) as refused:
        take(
            PROPOSE_CERTIFY,
            office=world.office("officer"),
            row=row,
            version=row.version,
            values={"proposed_extra": 1},
            reason="",
        )
    assert "判定できません" in refused.value.text.ja


@pytest.mark.parametrize(
    ("ended_on", "allowed"),
    [
        (dt.date(2022, 4, 29), False),
        (dt.date(2022, 3, 31), False),
        (dt.date(2023, 4, 30), False),
        (dt.date(2022, 4, 30), True),
        (dt.date(2023, 2, 28), True),
        (dt.date(2023, 3, 31), False),
    ],
)
def test_it_ends_at_a_months_end_of_its_time(
    world: World, ended_on: dt.date, *, allowed: bool
) -> None:
    row = certified(world)
    arguments: dict[str, Any] = {
        "office": world.office("officer"),
        "row": row,
        "version": row.version,
        "values": {"ended_on": ended_on},
        "reason": "退職",
    }
    if allowed:
        take(PROPOSE_END, **arguments)
        take(END, office=world.office("approver"), row=row, version=row.version)
    else:
        with pytest.raises(RefusedError):
            take(PROPOSE_END, **arguments)
    row.refresh_from_db()
    assert row.state == ("ended" if allowed else "certified")


@pytest.mark.parametrize("today", [dt.date(2023, 3, 31), dt.date(2023, 4, 1)])
def test_a_proposed_end_on_the_years_last_day_can_be_decided(
    world: World, monkeypatch: pytest.MonkeyPatch, today: dt.date
) -> None:
    row = ending(world)
    Application.objects.filter(pk=row.pk).update(end_proposed_on=dt.date(2023, 3, 31))
    row.refresh_from_db()
    monkeypatch.setenv("SHOKIBO_TODAY", today.isoformat())
    take(END, office=world.office("approver"), row=row, version=row.version)
    assert (row.state, row.ended_on) == ("ended", dt.date(2023, 3, 31))


def test_nobody_ends_what_they_proposed_to_end(world: World) -> None:
    row = ending(world)
    both = also(world, "officer", "approver")
    with pytest.raises(RefusedError, match="You proposed this"):
        take(END, office=both, row=row, version=row.version)
    assert PROCESS.state_of(row) == "ending"
    take(END, office=world.office("approver"), row=row, version=row.version, reason="所見")
    assert (row.state, row.ended_on, row.end_reason) == ("ended", dt.date(2022, 4, 30), "所見")


@pytest.mark.parametrize(
    ("step", "role"), [(TAKE_BACK_END, "officer:second"), (SEND_BACK_END, "approver")]
)
def test_a_proposed_end_that_is_taken_or_sent_back_leaves_it_certified(
    world: World, step: Applied, role: str
) -> None:
    row = ending(world)
    take(step, office=world.office(role), row=row, version=row.version, reason="見直す")
    assert (row.state, row.end_proposed_on, row.end_proposed_by) == ("certified", None, None)
    assert PROCESS.state_of(row) == "certified"


def test_a_returned_one_stays_and_is_followed_by_a_version(world: World) -> None:
    row = returned(world)
    office = world.office("home_staff")
    new = take(REVISE, office=office, row=row, version=row.version)
    assert (new.code, new.edition, new.previous, new.state) == (f"{row.code}-2", 2, row, "draft")
    row.refresh_from_db()
    assert (row.state, row.comments.get().text) == ("returned", "開始月を確かめてください")
    with pytest.raises(RefusedError, match=new.code):
        take(REVISE, office=office, row=row, version=row.version)
    with pytest.raises(RefusedError, match=new.code):
        take(WITHDRAW, office=office, row=row, version=row.version, reason="誤り")


def test_a_third_version_counts_on(world: World) -> None:
    row = returned(world)
    office = world.office("home_staff")
    second = take(REVISE, office=office, row=row, version=row.version)
    take(SUBMIT, office=office, row=second, version=second.version)
    take(
        RETURN,
        office=world.office("officer"),
        row=second,
        version=second.version,
        values={"comments": {"": "まだ違います"}},
    )
    third = take(REVISE, office=office, row=second, version=second.version)
    assert (third.code, third.edition) == (f"{row.code}-3", 3)


def test_withdrawing_a_version_withdraws_the_returned_ones_before_it(world: World) -> None:
    row = returned(world)
    office = world.office("home_staff")
    new = take(REVISE, office=office, row=row, version=row.version)
    take(SUBMIT, office=office, row=new, version=new.version)
    take(WITHDRAW, office=office, row=new, version=new.version, reason="見込みが立たない")
    row.refresh_from_db()
    assert (row.state, row.decided_on) == ("withdrawn", dt.date(2022, 4, 5))


def test_a_draft_is_discarded_and_the_log_remembers(world: World) -> None:
    row = drafted(world)
    take(DISCARD, office=world.office("home_staff"), row=row, version=row.version)
    assert not Application.objects.filter(code=row.code).exists()
    event = Event.objects.get(action="application.discard")
    assert event.before["code"] == row.code


def test_taking_back_forgets_the_proposal(world: World) -> None:
    row = proposed(world)
    take(TAKE_BACK, office=world.office("officer:second"), row=row, version=row.version, reason="")
    assert (row.state, row.proposal, row.proposed_by, row.judgement) == (
        "submitted",
        "",
        None,
        None,
    )


def test_a_rejection_keeps_its_reason(world: World) -> None:
    row = rejected(world)
    assert (row.state, row.reason, row.certified_extra) == ("rejected", "要件を満たさない", None)
