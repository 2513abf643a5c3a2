"""The single table of an application's steps."""

from django.utils.translation import gettext_lazy

from shokibo.texts import Text
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import labels
from shokibo.web.certification import changing, guards, writes
from shokibo.web.certification.facts import changed_facts, facts_of, judged_facts, workers_on
from shokibo.web.certification.models import STATES, Application
from shokibo.web.steps.step import NEW, Process, Step

Applied = Step[Application]
_HIDDEN = {"proposed": "submitted", "ending": "certified", "changing": "certified"}


def _ends(row: Application) -> bool:
    return row.state == "certified" and row.end_proposed_at is not None


PROCESS = Process(
    Application,
    {
        **labels(STATES),
        "ending": gettext_lazy("終了の決裁待ち"),
        "changing": gettext_lazy("変更の決裁待ち"),
    },
    lambda row: Text(f"申請{row.code}", f"application {row.code}"),
    parent=lambda row: row.home,
    hidden={Permission.APPLICATION_WRITE: _HIDDEN},
    derived={
        "ending": lambda row: _ends(row) and row.end_proposed_extra is None,
        "changing": lambda row: _ends(row) and row.end_proposed_extra is not None,
    },
)
OWN_PROPOSAL = Text(
    "自分が起案したものは決裁できません。別の決裁者に頼んでください。",
    "You proposed this; another approver has to decide.",
)
OWN_WORK = Text(
    "自分が作成、変更または提出した申請は決裁できません。別の決裁者に頼んでください。",
    "You worked on this application; another approver has to decide.",
)
OTHERS = ((lambda row: (row.proposed_by_id,), OWN_PROPOSAL), (workers_on, OWN_WORK))
"""People who may not decide, whatever their roles."""
_OWN_END = (lambda row: (row.end_proposed_by_id,), OWN_PROPOSAL)

DRAFT = Step(
    PROCESS,
    Text("下書きを作る", "Draft"),
    "application.draft",
    Permission.APPLICATION_WRITE,
    (NEW,),
    "draft",
    (guards.unit_is_the_homes, guards.starts_in_its_year),
    values=writes.drafted,
)
PREPARE = Step(
    PROCESS,
    Text("下書きを用意する", "Prepare a draft"),
    "application.draft",
    Permission.APPLICATION_EXAMINE,
    (NEW,),
    "draft",
    (guards.unit_is_the_homes, guards.starts_in_its_year),
    values=writes.drafted,
)
"""The officer prepares what a home then completes and submits, or discards."""
EDIT = Step(
    PROCESS,
    Text("修正", "Edit"),
    "application.edit",
    Permission.APPLICATION_WRITE,
    ("draft",),
    "draft",
    (guards.unit_is_the_homes,),
    values=writes.edited,
)
SUBMIT = Step(
    PROCESS,
    Text("提出する", "Submit"),
    "application.submit",
    Permission.APPLICATION_WRITE,
    ("draft",),
    "submitted",
    (
        guards.unit_is_the_homes,
        guards.starts_in_its_year,
        guards.extra_is_asked_for,
        guards.no_other_overlaps,
        guards.excess_has_its_reason,
    ),
    reason="optional",
    facts=judged_facts,
    values=writes.submitted,
)
DISCARD = Step(
    PROCESS,
    Text("下書きを消す", "Discard the draft"),
    "application.discard",
    Permission.APPLICATION_WRITE,
    ("draft",),
    None,
    write=writes.discard,
)
DISCARD_PREPARED = Step(
    PROCESS,
    Text("用意した下書きを消す", "Discard the prepared draft"),
    "application.discard",
    Permission.APPLICATION_EXAMINE,
    ("draft",),
    None,
    write=writes.discard,
)
"""The officer takes back what was prepared, as long as the home has not touched it."""
WITHDRAW = Step(
    PROCESS,
    Text("取り下げる", "Withdraw"),
    "application.withdraw",
    Permission.APPLICATION_WRITE,
    ("submitted", "returned"),
    "withdrawn",
    (guards.is_the_latest_version,),
    reason="required",
    facts=facts_of,
    values=writes.withdrawn,
    more=writes.withdraw_earlier,
)
REVISE = Step(
    PROCESS,
    Text("修正して新しい版を作る", "Correct in a new version"),
    "application.revise",
    Permission.APPLICATION_WRITE,
    ("returned",),
    "draft",
    (guards.is_the_latest_version,),
    write=writes.revise,
)
RETURN = Step(
    PROCESS,
    Text("差し戻す", "Return for correction"),
    "application.return",
    Permission.APPLICATION_EXAMINE,
    ("submitted",),
    "returned",
    reason="required",
    facts=facts_of,
    because=writes.all_comments,
    values=writes.returned,
    more=writes.write_comments,
)
PROPOSE_CERTIFY = Step(
    PROCESS,
    Text("認定を起案する", "Propose to certify"),
    "application.propose",
    Permission.APPLICATION_EXAMINE,
    ("submitted",),
    "proposed",
    (guards.proposed_extra_is_within_the_request, guards.rules_hold),
    reason="optional",
    facts=judged_facts,
    values=writes.proposed_to_certify,
)
PROPOSE_REJECT = Step(
    PROCESS,
    Text("不認定を起案する", "Propose to reject"),
    "application.propose",
    Permission.APPLICATION_EXAMINE,
    ("submitted",),
    "proposed",
    reason="required",
    facts=judged_facts,
    values=writes.proposed_to_reject,
)
TAKE_BACK = Step(
    PROCESS,
    Text("起案を取り消す", "Take the proposal back"),
    "application.take_back",
    Permission.APPLICATION_EXAMINE,
    ("proposed",),
    "submitted",
    reason="optional",
    facts=facts_of,
    values=writes.no_proposal,
)
SEND_BACK = Step(
    PROCESS,
    Text("起案を担当者に戻す", "Send the proposal back"),
    "application.send_back",
    Permission.APPLICATION_DECIDE,
    ("proposed",),
    "submitted",
    reason="required",
    facts=facts_of,
    values=writes.no_proposal,
)
CERTIFY = Step(
    PROCESS,
    Text("認定する", "Certify"),
    "application.certify",
    Permission.APPLICATION_DECIDE,
    ("proposed",),
    "certified",
    (guards.is_as_proposed, guards.no_other_overlaps),
    never_by=OTHERS,
    reason="optional",
    facts=judged_facts,
    because=writes.reason_or_proposals,
    values=writes.certified,
)
REJECT = Step(
    PROCESS,
    Text("不認定とする", "Reject"),
    "application.reject",
    Permission.APPLICATION_DECIDE,
    ("proposed",),
    "rejected",
    (guards.is_as_proposed,),
    never_by=OTHERS,
    reason="optional",
    facts=judged_facts,
    because=writes.reason_or_proposals,
    values=writes.rejected,
)
PROPOSE_END = Step(
    PROCESS,
    Text("認定の終了を起案する", "Propose to end the certification"),
    "application.propose_end",
    Permission.APPLICATION_EXAMINE,
    ("certified",),
    "ending",
    (guards.ends_at_a_months_end, guards.ends_early),
    reason="required",
    facts=facts_of,
    values=writes.proposed_to_end,
)
PROPOSE_CHANGE = Step(
    PROCESS,
    Text("加配数の変更を起案する", "Propose to change the number of extra staff"),
    "application.propose_change",
    Permission.APPLICATION_EXAMINE,
    ("certified",),
    "changing",
    (
        changing.changes_its_extra,
        changing.changes_in_its_time,
        changing.nothing_overlaps_the_change,
        changing.changed_rules_hold,
    ),
    reason="required",
    facts=facts_of,
    values=changing.proposed_to_change,
)
TAKE_BACK_END = Step(
    PROCESS,
    Text("終了・変更の起案を取り消す", "Take the proposed end or change back"),
    "application.take_back",
    Permission.APPLICATION_EXAMINE,
    ("ending", "changing"),
    "certified",
    reason="optional",
    facts=facts_of,
    values=writes.no_end_proposed,
)
SEND_BACK_END = Step(
    PROCESS,
    Text("終了・変更の起案を担当者に戻す", "Send the proposed end or change back"),
    "application.send_back",
    Permission.APPLICATION_DECIDE,
    ("ending", "changing"),
    "certified",
    reason="required",
    facts=facts_of,
    values=writes.no_end_proposed,
)
END = Step(
    PROCESS,
    Text("認定を終了する", "End the certification"),
    "application.end",
    Permission.APPLICATION_DECIDE,
    ("ending",),
    "ended",
    never_by=(_OWN_END,),
    reason="optional",
    facts=facts_of,
    because=writes.reason_or_that_of_the_end,
    values=writes.ended,
)
"""Its day was checked when it was proposed, and nothing of it has changed since."""
CHANGE = Step(
    PROCESS,
    Text("認定を変更する", "Change the certification"),
    "application.change",
    Permission.APPLICATION_DECIDE,
    ("changing",),
    "ended",
    (
        changing.changes_in_its_time,
        changing.nothing_overlaps_the_change,
        changing.changed_rules_hold,
    ),
    never_by=(_OWN_END, (workers_on, OWN_WORK)),
    reason="optional",
    facts=changed_facts,
    because=writes.reason_or_that_of_the_end,
    values=writes.ended,
    more=changing.certify_changed,
)
TRANSITIONS: dict[str, Applied] = {
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
    "propose_end": PROPOSE_END,
    "propose_change": PROPOSE_CHANGE,
    "take_back_end": TAKE_BACK_END,
    "send_back_end": SEND_BACK_END,
    "end": END,
    "change": CHANGE,
}
"""All steps of an existing application."""
