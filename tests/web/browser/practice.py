"""The demonstration's office (Setagaya) in the middle of an April: something in every state."""

import datetime as dt
from dataclasses import dataclass, replace

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import transaction

from shokibo.documents.letters.builtin import builtin_docx
from shokibo.documents.plan.sections import SECTIONS
from shokibo.need.scenarios import Change, Scenario
from shokibo.planning.proposal.limits import Limits
from shokibo.web.accounts import actions as accounts
from shokibo.web.accounts.access import Office, access_of
from shokibo.web.accounts.models import Invitation, Person
from shokibo.web.api import actions as tokens
from shokibo.web.audit import recording
from shokibo.web.audit.recording import Act
from shokibo.web.base.seen import seal
from shokibo.web.certification import actions
from shokibo.web.certification.evidence import CheckedFile
from shokibo.web.certification.issuing import set_letters
from shokibo.web.certification.models import Application, Handover
from shokibo.web.certification.transitions import (
    CERTIFY,
    PROPOSE_CERTIFY,
    PROPOSE_END,
    RETURN,
    SUBMIT,
)
from shokibo.web.exchange import actions as exchange
from shokibo.web.exchange import applying
from shokibo.web.exchange.dry_run import dry_run
from shokibo.web.exchange.models import Run
from shokibo.web.homes import actions as register
from shokibo.web.homes.continuing import Continuation, continue_unit, postings_from
from shokibo.web.homes.proposals import DECLINE, MAKE
from shokibo.web.nation import actions as nation
from shokibo.web.nation.publishing import drafted_sum
from shokibo.web.needs import actions as needs
from shokibo.web.needs.asked import ForecastAsked, ProposalAsked
from shokibo.web.needs.computing import compute
from shokibo.web.needs.models import Calculation
from shokibo.web.needs.tasks import work
from shokibo.web.office import proposals as settings
from shokibo.web.office.models import SettingProposal
from shokibo.web.opendata import actions as opendata
from shokibo.web.opendata.drafting import drafted
from shokibo.web.planning.models import Action, Need, PlanText, PlanVersion
from shokibo.web.planning.texts.pictures import store
from shokibo.web.planning.texts.writing import write
from shokibo.web.planning.versions import publishing
from shokibo.web.planning.versions.publishing import PUBLISH
from shokibo.web.receipts import steps as questions
from shokibo.web.receipts.models import SumEdition
from shokibo.web.register.models import (
    Absence,
    Authority,
    ChangeProposal,
    Confirmation,
    Home,
    Occupancy,
    Posting,
    Unit,
)
from shokibo.web.returns import actions as returns
from shokibo.web.returns.models import Return
from shokibo.web.running.demo import prepare_demo
from shokibo.web.running.practice import PRACTICE
from shokibo.web.steps.taking import take
from tests.web.browser.one_time import SECRET
from tests.web.calculations import kept
from tests.web.deliveries import read_here
from tests.web.imports import Cell, downloaded, edited
from tests.web.kept import Kept

PRACTICE_DAY = PRACTICE["SHOKIBO_TODAY"]
APRIL = dt.date(2023, 4, 1)
_PDF = b"%PDF-1.7\n%%EOF\n"


@dataclass
class Practice:
    """What stands in the database, by what the pages of a tour ask for."""

    authority: Authority
    home: Home
    unit: Unit
    token: str

    def person(self, role: str) -> Person:
        """Return the person of a role."""
        return Person.objects.get(email=f"{role.replace('_', '-')}@example.jp")

    def office(self, role: str) -> Office:
        """Return the office in which a person of a role acts."""
        found = access_of(self.person(role)).office(self.authority.code)
        assert found is not None
        return found

    def application(self, state: str) -> Application:
        """Return the newest application in a state, of the next year where there is one."""
        return Application.objects.filter(home=self.home, state=state).latest("fiscal_year", "pk")

    def ending(self) -> Application:
        """Return one whose end is proposed, the same to whoever asks again."""
        rows = Application.objects.filter(home=self.home)
        if made := rows.filter(state="ending").first():
            return made
        row = rows.filter(state="certified").earliest("fiscal_year", "pk")
        values = {"ended_on": dt.date(row.fiscal_year + 1, 1, 31)}
        office, version = self.office("officer"), row.version
        return take(
            PROPOSE_END, office=office, row=row, version=version, values=values, reason="退職"
        )

    def handover(self) -> Handover:
        """Return a unit's going on as another, the same to whoever asks again."""
        if made := Handover.objects.first():
            return made
        unit = Unit.objects.get(authority=self.authority, code="ikuseien-g4")

        def go_on(seen: str | None) -> Continuation:
            return continue_unit(
                office=self.office("officer"),
                unit=unit,
                version=unit.version,
                day=dt.date(2023, 6, 1),
                values={
                    "home": self.home,
                    "code": "ikuseien-g4-2",
                    "name": "架空 はなみずきの家",
                    "kind": "community_home",
                },
                capacity=4,
                carried=postings_from(unit, dt.date(2023, 6, 1)),
                ends=True,
                reason="転居",
                seen=seen,
            )

        shown = go_on(None)
        unit.refresh_from_db()
        go_on(seal(shown.facts))
        return Handover.objects.get()

    def run(self, state: str) -> Run:
        """Return an import of the officer's in a state, the same to whoever asks again."""
        if made := Run.objects.filter(state=state).first():
            return made
        content = downloaded(self.office("officer"))
        if state == "refused":
            content = edited(content, "staff", "", staff_id="x-1", home_id="nowhere", job="校長")
            content = edited(content, "capacities", "ikuseien-g1", capacity=0)
        else:
            content = edited(content, "staff", "ikuseien-g1", job="その他")
            content = edited(content, "occupancy", "", **_COUNTED)
        run = exchange.upload(office=self.office("officer"), name="台帳.xlsx", content=content)
        if state != "waiting":
            dry_run(run.pk)
            run.refresh_from_db()
        if state == "applied":
            why = "4月の職員配置のため"
            exchange.ask(office=self.office("officer"), run=run, version=run.version, reason=why)
            applying.apply(run.pk)
        return run

    def calculation(self, kind: str, state: str) -> Calculation:
        """Return a calculation in a state, the same to whoever asks again."""
        if made := Calculation.objects.filter(kind=kind, state=state).first():
            return made
        if kind == "check":
            work.call(needs.ask_for_files(office=self.office("officer"), kind=kind).pk)
            return Calculation.objects.get(kind=kind)
        asked = FORECAST if kind == "forecast" else PROPOSAL
        if state == "refused":
            message = {"ja": "養育の経過の記録がありません。", "en": "There is no record."}
            return kept(self.authority, self.person("officer"), asked, state, message=message)
        found = needs.ask(office=self.office("officer"), asked=asked)
        if state == "done":
            compute(found.pk)
        return found


FORECAST = ForecastAsked(
    as_of=dt.date(2023, 3, 31),
    to_year=2027,
    paths=1_000,
    seed=1,
    scenarios=(
        Scenario(
            name="里親が増える",
            from_month=dt.date(2023, 4, 1),
            changes=(Change(flow="moves", group="three_and_over", to="foster", factor=1.5),),
        ),
    ),
)
PROPOSAL = ProposalAsked(limits=Limits(), alternatives=1, gains=True)
_COUNTED: dict[str, Cell] = {
    "as_of": "2023-04-01",
    "population": "区域内施設の全入所児童",
    "home_id": "ikuseien",
    "place": "グループホーム",
    "children": 10,
}


_KEPT = Kept()
_TOKENS: list[str] = []
"""The token of the invitation, of which the database has only a digest."""


def make_practice() -> Practice:
    """Load the example, and let its people do what they do in April."""
    _KEPT.put(_make)
    return replace(_found(), token=_TOKENS[-1])


def _found() -> Practice:
    authority = Authority.objects.get()
    home = Home.objects.get(authority=authority, code="ikuseien")
    unit = Unit.objects.get(authority=authority, code="ikuseien-g1")
    return Practice(authority, home, unit, token="")


def _make() -> None:
    prepare_demo()
    practice = _found()
    for role in ("officer", "approver", "center_staff", "ministry", "admin"):
        Authenticator.objects.create(
            user=practice.person(role),
            type=Authenticator.Type.TOTP,
            data={"secret": encrypt(SECRET)},
        )
    _confirm(practice)
    _propose_changes(practice)
    _apply(practice)
    _report(practice)
    _deliver(practice)
    _plan(practice)
    _publish(practice)
    _set_values(practice)
    _set_letters(practice)
    _TOKENS.append(_invite(practice))
    _make_token(practice)


def _set_letters(practice: Practice) -> None:
    values = {"template_name": "世田谷区の通知書.docx", "content": builtin_docx()}
    set_letters(office=practice.office("officer"), version=0, values=values)


def _confirm(practice: Practice) -> None:
    office = practice.office("officer")
    last_year = Confirmation.objects.filter(home=practice.home, expires_on=dt.date(2023, 3, 31))
    for old in last_year:
        row = Confirmation(
            authority=practice.authority,
            home=practice.home,
            item=old.item,
            result=True,
            confirmed_on=dt.date(2023, 4, 4),
            holds_from=APRIL,
            expires_on=dt.date(2024, 3, 31),
            evidence=(old.evidence or "").replace("令和4年度", "令和5年度"),
        )
        register.add(office=office, row=row)
    count = Occupancy(
        authority=practice.authority,
        home=practice.home,
        as_of=APRIL,
        population="residents",
        place="all",
        children=41,
    )
    register.add(office=practice.office("home_staff"), row=count)
    posting = Posting.objects.filter(unit=practice.unit).earliest("pk")
    leave = Absence(
        authority=practice.authority,
        home=practice.home,
        code=posting.code,
        started_on=dt.date(2023, 5, 1),
        ended_on=dt.date(2023, 5, 31),
        kind="sick",
        counted=True,
    )
    register.add(office=practice.office("home_staff"), row=leave)


def _propose_changes(practice: Practice) -> None:
    office = practice.office("home_staff")
    for change, given in (
        ("capacity", {"unit": practice.unit, "capacity": 5}),
        ("open", {"unit_name": "架空 あさひの家", "unit_kind": "community_home", "capacity": 4}),
    ):
        row = ChangeProposal(
            authority=practice.authority,
            home=practice.home,
            change=change,
            effective_on=dt.date(2023, 7, 1),
            reason="新しい児童の受入れに備えるため",
            **given,
        )
        take(MAKE, office=office, row=row)
        if change == "capacity":
            take(
                DECLINE,
                office=practice.office("officer"),
                row=row,
                version=row.version,
                reason="職員の採用の見込みを確かめてから、もう一度申し出てください",
            )


def _apply(practice: Practice) -> None:
    """Bring an application into every state."""
    home, officer = practice.office("home_staff"), practice.office("officer")
    approver = practice.office("approver")

    def draft(code: str) -> Application:
        unit = Unit.objects.get(authority=practice.authority, code=code)
        return actions.draft(
            office=home,
            home=practice.home,
            addon="dispersal",
            unit=unit,
            fiscal_year=2023,
            start_month=APRIL,
            requested_extra=1,
        )

    def submit(row: Application) -> Application:
        take(SUBMIT, office=home, row=row, version=row.version, reason="採用の予定")
        return row

    def propose(row: Application) -> Application:
        take(
            PROPOSE_CERTIFY,
            office=officer,
            row=row,
            version=row.version,
            values={"proposed_extra": 1},
            reason="要件と職員配置を確認した",
        )
        return row

    drafted = draft("ikuseien-g2")
    actions.attach(
        office=home,
        application=drafted,
        version=drafted.version,
        file=CheckedFile("勤務表.pdf", _PDF),
    )
    submit(drafted)
    returned = submit(draft("ikuseien-g3"))
    take(
        RETURN,
        office=officer,
        row=returned,
        version=returned.version,
        values={
            "comments": {
                "start_month": "採用の日を確かめてください",
                "evidence": "勤務表を付けてください",
            }
        },
    )
    propose(submit(draft("ikuseien-g5")))
    decided = propose(submit(draft("ikuseien-g6")))
    take(CERTIFY, office=approver, row=decided, version=decided.version)
    kept = Application.objects.get(authority=practice.authority, code="架空-R5-01")
    actions.attach(
        office=home, application=kept, version=kept.version, file=CheckedFile("勤務表.pdf", _PDF)
    )


def _report(practice: Practice) -> None:
    officer, approver = practice.office("officer"), practice.office("approver")
    sent = returns.draft(office=officer, form=2, year=2022)
    take(
        returns.SUBMIT,
        office=approver,
        row=sent,
        version=sent.version,
        values={"letter_number": "5世児第120号", "letter_date": dt.date(2023, 4, 3)},
    )
    correction: Return = returns.draft(office=officer, form=2, year=2022)
    take(
        returns.EDIT,
        office=officer,
        row=correction,
        version=correction.version,
        values={
            "letter_number": "5世児第123号",
            "letter_date": dt.date(2023, 4, 5),
            "remark": "定員の登録に誤りがあったため",
            "late_ground": "",
        },
    )


def _deliver(practice: Practice) -> None:
    ministry = practice.person("ministry")
    access = access_of(ministry)
    for seed in (7, 8):  # the second is accepted and not published yet
        file = read_here(ministry, practice.authority.name, seed=seed)
        nation.accept(
            access=access, authority=practice.authority, form=1, year=2022, sha256=file.sha256
        )
        if not SumEdition.objects.exists():
            digest = drafted_sum(1, 2022).digest
            nation.publish_sum(access=access, form=1, year=2022, digest=digest)
    office = access_of(ministry).over(practice.authority)
    questions.ask(office=office, form=2, year=2022, text="か所数を確認してください。")


def _plan(practice: Practice) -> None:
    """Publish the plan, change it in every way, and propose it again."""
    first = _proposed_plan(practice, "最初の版")
    take(PUBLISH, office=practice.office("approver"), row=first, version=first.version)
    moved = Action.objects.filter(home=practice.home, fiscal_year=2024).earliest("pk")
    dropped = Action.objects.filter(home__code="fukuinryo", action="open").earliest("pk")
    need = Need.objects.get(fiscal_year=2024, age_band="school_age")
    act = Act(practice.person("officer"), "plan.change")
    with transaction.atomic():
        recording.change(act, moved, moved.version, {"fiscal_year": 2023})
        recording.remove(act, dropped, dropped.version)
        recording.change(act, need, need.version, {"children": 90})
    write(
        office=practice.office("officer"),
        section=SECTIONS[11],
        source="- 民間住宅の情報を、{{ 自治体名 }}が施設に提供する。\n- 賃料の一部を補助する。",
        version=PlanText.objects.get(section=SECTIONS[11].key).version,
    )
    _proposed_plan(practice, "東京育成園の取組を1年早め、必要量を見直した")
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'
    store(office=practice.office("officer"), file=("体系図.svg", drawn))


def _proposed_plan(practice: Practice, note: str) -> PlanVersion:
    return publishing.propose(office=practice.office("officer"), note=note)


def _set_values(practice: Practice) -> None:
    """Decide on one value, and propose another."""
    for name, value in (("weekly_hours_most", "55"), ("full_time_hours_most", "45")):
        row = SettingProposal(
            authority=practice.authority,
            change="set",
            name=name,
            effective_from=APRIL,
            value=value,
            source="世田谷区就業規則(架空) 第10条",
            reason="就業規則の改正",
        )
        take(settings.MAKE, office=practice.office("officer"), row=row)
        if name == "weekly_hours_most":
            approver = practice.office("approver")
            take(settings.ACCEPT, office=approver, row=row, version=row.version)


def _publish(practice: Practice) -> None:
    office = practice.office("officer")
    opendata.set_settings(office=office, version=0, threshold=10, licence="CC BY 4.0")
    draft = drafted(practice.authority)
    opendata.publish(office=office, chosen=draft.chosen, digest=draft.digest)


def _invite(practice: Practice) -> str:
    _, token = accounts.invite(
        access=access_of(practice.person("admin")),
        email="new@example.jp",
        role="officer",
        authority=practice.authority,
        operator="",
        home=None,
    )
    assert Invitation.objects.exists()
    return token


def _make_token(practice: Practice) -> None:
    tokens.make(
        access=access_of(practice.person("officer")),
        membership=practice.person("officer").memberships.get(),
        name="台帳の夜間の取出し",
        scopes=["read", "read_staff"],
        days=90,
    )
