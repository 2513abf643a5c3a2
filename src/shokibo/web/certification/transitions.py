"""The one table of what may happen to an application, and the one way to make it happen."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, StaleError, change
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import hold
from shokibo.web.certification import guards
from shokibo.web.certification.facts import facts_of
from shokibo.web.certification.guards import Guard, Step
from shokibo.web.certification.models import STATES, Application
from shokibo.web.register.models import Home


@dataclass(frozen=True)
class Transition:
    """From which states to which, who may, what has to hold, and what the log calls it.

    Target None removes the row; REVISE leaves it returned and adds one in the target. `judged`
    where the page of the step shows what the rules say.
    """

    name: Text
    action: str
    sources: tuple[str, ...]
    target: str | None
    permission: Permission
    guards: tuple[Guard, ...] = ()
    judged: bool = False


EDIT = Transition(
    Text("直す", "Edit"),
    "application.edit",
    ("draft",),
    "draft",
    Permission.APPLICATION_WRITE,
    (guards.unit_is_the_homes,),
)
SUBMIT = Transition(
    Text("提出する", "Submit"),
    "application.submit",
    ("draft",),
    "submitted",
    Permission.APPLICATION_WRITE,
    (
        guards.unit_is_the_homes,
        guards.starts_in_its_year,
        guards.extra_is_asked_for,
        guards.no_other_is_live,
    ),
)
DISCARD = Transition(
    Text("下書きを消す", "Discard the draft"),
    "application.discard",
    ("draft",),
    None,
    Permission.APPLICATION_WRITE,
)
WITHDRAW = Transition(
    Text("取り下げる", "Withdraw"),
    "application.withdraw",
    ("submitted", "returned"),
    "withdrawn",
    Permission.APPLICATION_WRITE,
    (guards.is_the_latest_version, guards.reason_is_given),
)
REVISE = Transition(
    Text("直して新しい版を作る", "Correct in a new version"),
    "application.revise",
    ("returned",),
    "draft",
    Permission.APPLICATION_WRITE,
    (guards.is_the_latest_version,),
)
RETURN = Transition(
    Text("差し戻す", "Return"),
    "application.return",
    ("submitted",),
    "returned",
    Permission.APPLICATION_EXAMINE,
    (guards.reason_is_given,),
)
PROPOSE_CERTIFY = Transition(
    Text("認定を起案する", "Propose to certify"),
    "application.propose",
    ("submitted",),
    "proposed",
    Permission.APPLICATION_EXAMINE,
    (guards.proposed_extra_is_within_the_request, guards.rules_hold),
    judged=True,
)
PROPOSE_REJECT = Transition(
    Text("不認定を起案する", "Propose to reject"),
    "application.propose",
    ("submitted",),
    "proposed",
    Permission.APPLICATION_EXAMINE,
    (guards.reason_is_given,),
    judged=True,
)
TAKE_BACK = Transition(
    Text("起案を取り消す", "Take the proposal back"),
    "application.take_back",
    ("proposed",),
    "submitted",
    Permission.APPLICATION_EXAMINE,
)
SEND_BACK = Transition(
    Text("起案を担当者に戻す", "Send the proposal back"),
    "application.send_back",
    ("proposed",),
    "submitted",
    Permission.APPLICATION_DECIDE,
    (guards.reason_is_given,),
)
CERTIFY = Transition(
    Text("認定する", "Certify"),
    "application.certify",
    ("proposed",),
    "certified",
    Permission.APPLICATION_DECIDE,
    (guards.is_another_person, guards.certifying_is_proposed, guards.no_other_is_certified),
    judged=True,
)
REJECT = Transition(
    Text("不認定とする", "Reject"),
    "application.reject",
    ("proposed",),
    "rejected",
    Permission.APPLICATION_DECIDE,
    (guards.is_another_person, guards.rejecting_is_proposed),
    judged=True,
)
END = Transition(
    Text("認定を終了する", "End the certification"),
    "application.end",
    ("certified",),
    "ended",
    Permission.APPLICATION_DECIDE,
    (guards.ends_at_a_months_end, guards.ends_after_it_began, guards.reason_is_given),
)
TRANSITIONS: dict[str, Transition] = {
    "edit": EDIT,
    "submit": SUBMIT,
    "discard": DISCARD,
    "withdraw": WITHDRAW,
    "revise": REVISE,
    "return": RETURN,
    "propose_certify": PROPOSE_CERTIFY,
    "propose_reject": PROPOSE_REJECT,
    "take_back": TAKE_BACK,
    "send_back": SEND_BACK,
    "certify": CERTIFY,
    "reject": REJECT,
    "end": END,
}
"""Every transition; none is possible beside these."""


def possible(office: Office, application: Application) -> dict[str, Transition]:
    """Give the transitions that a person may make from the state as it is, guards aside."""
    return {
        code: transition
        for code, transition in TRANSITIONS.items()
        if application.state in transition.sources
        and office.may(transition.permission, application.home)
    }


def admit(
    transition: Transition,
    *,
    office: Office,
    application: Application,
    version: int,
    values: dict[str, Any] | None = None,
    reason: str = "",
    seen: str | None = None,
) -> Application:
    """Lock an application and its home, and hold a transition to the table; give the row.

    `seen` is what the page of the step showed. Raises PermissionDenied, StaleError where it was
    saved since `version`, ChangedSinceError where other facts hold now, RefusedError.
    """
    if not office.may(transition.permission, application.home):
        raise PermissionDenied
    # one home's applications are told apart one after the other, so that none overlap
    Home.objects.select_for_update(no_key=True).get(pk=application.home_id)
    locked = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    if locked.version != version:
        raise StaleError(locked)
    if locked.state not in transition.sources:
        raise wrong_state(transition, locked)
    if seen is not None:
        hold(seen, facts_of(locked, judged=transition.judged))
    step = Step(locked, office.person, values or {}, reason)
    for guard in transition.guards:
        guard(step)
    return locked


def take(
    transition: Transition,
    *,
    office: Office,
    application: Application,
    version: int,
    values: dict[str, Any] | None = None,
    reason: str = "",
    seen: str | None = None,
) -> None:
    """Take an application to a transition's target with more values, logged. Raises as `admit`."""
    row = admit(
        transition,
        office=office,
        application=application,
        version=version,
        values=values,
        reason=reason,
        seen=seen,
    )
    act = Act(office.person, transition.action, reason)
    change(act, row, version, {**(values or {}), "state": transition.target})
    application.refresh_from_db()


def wrong_state(transition: Transition, row: Application) -> RefusedError:
    """Say in which states a step can be taken; a home is not told of the office's own."""
    if row.state == "proposed" and transition.permission is Permission.APPLICATION_WRITE:
        return RefusedError(
            f"申請{row.code}は自治体で手続きが進んでいるため、今は「{transition.name.ja}」ことが"
            "できません。自治体の担当者に相談してください。",
            f"The authority is at work on application {row.code}; ask its officer.",
        )
    wanted = "、".join(STATES[state] for state in transition.sources)
    return RefusedError(
        f"申請{row.code}は「{row.get_state_display()}」です。「{transition.name.ja}」ことができるのは"
        f"「{wanted}」の間だけです。画面を開き直してください。",
        f"Application {row.code} is {row.state}; it has to be {' or '.join(transition.sources)}.",
    )
