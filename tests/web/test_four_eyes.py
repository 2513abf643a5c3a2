"""Who worked on something never decides on it alone, whatever roles they hold."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shokibo.web.accounts.access import Office, access_of
from shokibo.web.accounts.models import Membership
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification import actions as certification
from shokibo.web.certification.evidence import CheckedFile
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import CERTIFY, EDIT, PROPOSE_CERTIFY, SUBMIT
from shokibo.web.homes.proposals import ACCEPT, MAKE
from shokibo.web.planning.actions import change_plan
from shokibo.web.planning.models import Plan
from shokibo.web.planning.versions.publishing import PUBLISH
from shokibo.web.register.models import ChangeProposal
from shokibo.web.returns import actions as returns
from shokibo.web.steps.taking import take
from tests.web.applications import also, another, drafted
from tests.web.plan_versions import plan_of
from tests.web.plan_versions import proposed as proposed_plan
from tests.web.world import LETTER, OURS, World


def deciding_for_the_home(world: World) -> Office:
    """Return somebody who acts for the home and decides for the authority."""
    person = another(world, "approver", "both").person
    Membership.objects.create(
        person=person, role="home_staff", authority=world.authority, home=world.home
    )
    office = access_of(person).office(OURS)
    assert office is not None
    return office


def changed(office: Office, row: Application) -> None:
    take(EDIT, office=office, row=row, version=row.version, values={"requested_extra": 2})


def documented(office: Office, row: Application) -> None:
    file = CheckedFile("a.pdf", b"%PDF-1.7")
    certification.attach(office=office, application=row, version=row.version, file=file)


def submitted(office: Office, row: Application) -> None:
    take(SUBMIT, office=office, row=row, version=row.version, reason="採用の予定")


@pytest.mark.parametrize("worked", [changed, documented, submitted])
def test_who_worked_on_an_application_does_not_decide_on_it(
    world: World, worked: Callable[[Office, Application], None]
) -> None:
    row, both = drafted(world), deciding_for_the_home(world)
    worked(both, row)
    if row.state == "draft":
        submitted(world.office("home_staff"), row)
    take(
        PROPOSE_CERTIFY,
        office=world.office("officer"),
        row=row,
        version=row.version,
        values={"proposed_extra": 1},
        reason="可",
    )
    with pytest.raises(RefusedError, match="worked on"):
        take(CERTIFY, office=both, row=row, version=row.version)
    take(CERTIFY, office=world.office("approver"), row=row, version=row.version)
    assert row.state == "certified"


def test_who_changed_a_return_does_not_submit_it(world: World) -> None:
    both = also(world, "officer:second", "approver")
    made = returns.draft(office=world.office("officer"), form=1, year=2022)
    take(
        returns.EDIT,
        office=both,
        row=made,
        version=made.version,
        values={"letter_number": "1", "letter_date": None, "remark": "", "late_ground": ""},
    )
    with pytest.raises(RefusedError, match="worked on"):
        take(returns.SUBMIT, office=both, row=made, version=made.version, values=LETTER)
    submitted = take(
        returns.SUBMIT,
        office=world.office("approver"),
        row=made,
        version=made.version,
        values=LETTER,
    )
    assert submitted.state == "submitted"


def test_who_changed_a_plan_does_not_publish_it_until_the_next(
    world: World, tmp_path: Path
) -> None:
    plan_of(world, tmp_path)
    both = also(world, "officer:second", "approver")
    plan = Plan.objects.get()
    change_plan(office=both, plan=plan, version=plan.version, values={"title": "修正した計画"})
    made = proposed_plan(world)
    with pytest.raises(RefusedError, match="worked on"):
        take(PUBLISH, office=both, row=made, version=made.version)
    take(PUBLISH, office=world.office("approver"), row=made, version=made.version)
    later = proposed_plan(world, "次の版")
    take(PUBLISH, office=both, row=later, version=later.version)
    assert later.state == "published"


def test_who_proposed_a_change_does_not_enter_it(world: World) -> None:
    both = also(world, "home_staff", "officer")
    row = ChangeProposal(
        authority=world.authority,
        home=world.home,
        unit=world.unit("u4"),
        change="capacity",
        effective_on="2022-06-01",
        capacity=5,
        reason="増員",
    )
    take(MAKE, office=both, row=row)
    with pytest.raises(RefusedError, match="another officer"):
        take(ACCEPT, office=both, row=row, version=row.version, values={"code": None}, reason="可")
    officer = world.office("officer")
    row.refresh_from_db()
    take(ACCEPT, office=officer, row=row, version=row.version, values={"code": None}, reason="可")
    assert row.state == "accepted"
