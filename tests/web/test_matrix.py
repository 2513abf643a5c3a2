"""Every address tried by every role, in scope and out, by each method.

The list of addresses is the program's own: one that has no line in PAGES fails a test. What a
role may do stands here a second time, by hand, and not as the program works it out.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shokibo.web.accounts.models import Invitation
from shokibo.web.api.models import ApiToken
from shokibo.web.care.models import Situation
from shokibo.web.certification.models import Application, Evidence, Handover, LetterSettings
from shokibo.web.exchange.models import Run
from shokibo.web.office.models import SettingProposal
from shokibo.web.opendata.models import Publication
from shokibo.web.planning.models import Plan, PlanFile, PlanPicture, PlanVersion
from shokibo.web.register.models import (
    Absence,
    Capacity,
    ChangeProposal,
    Confirmation,
    Episode,
    Occupancy,
    OwnValue,
    Posting,
)
from shokibo.web.returns.actions import SUBMIT
from shokibo.web.returns.models import Return, ReturnFile
from shokibo.web.steps.taking import take
from tests.web import support_rows
from tests.web.calculations import PROPOSAL, kept, made, our_forecast, our_proposal
from tests.web.calling import secret_of
from tests.web.children import child_with_records
from tests.web.deliveries import asked, delivered, published_sum
from tests.web.plan_versions import proposed
from tests.web.world import LETTER, OURS, World

HOME, OFFICER, APPROVER, AUDITOR = "home_staff", "officer", "approver", "auditor"
READERS = {HOME, OFFICER, APPROVER, AUDITOR}
PLANNERS = {OFFICER, APPROVER, AUDITOR}
CENTER = "center_staff"
AT_OURS = READERS | {CENTER, "home_staff:sister"}
ELSEWHERE = {"officer:other", "approver:other", "auditor:other", "home_staff:other"}
NATION_AND_INSTANCE = {"ministry", "admin"}
ALL = AT_OURS | ELSEWHERE | NATION_AND_INSTANCE

SUPPORT_OF_HOMES = {
    "training": "trainings",
    "supportrecord": "support_log",
    "hiring": "hiring",
    "familysupport": "family_support",
    "qualityrecord": "quality",
    "communityevent": "community",
}
Arguments = Callable[[World], list[Any]]


@dataclass(frozen=True)
class Page:
    """Who may open it and who may send to it. `of_home` pages are of one home's row.

    To who may open such pages, and not this one, it is `unseen`.
    """

    get: set[str]
    post: set[str] | None = None
    arguments: Arguments = field(default=lambda _: [])
    of_home: bool = False
    asked: Callable[[World], str] = field(default=lambda _: "")
    unseen: frozenset[str] = frozenset()


def _the(model: type[models.Model], **given: object) -> Arguments:
    def found(world: World) -> list[Any]:
        rows = model._default_manager.filter(authority=world.authority, **given)
        return [rows.earliest("pk").pk]

    return found


def _application(state: str, **more: object) -> Arguments:
    def made(world: World) -> list[Any]:
        found = Application(
            authority=world.authority,
            home=world.home,
            unit=world.unit("u4"),
            code=f"m-{state}",
            addon="dispersal",
            fiscal_year=2022,
            start_month="2023-03-01",
            requested_extra=1,
            state=state,
            **more,
        )
        found.save()
        return [found.pk]

    return made


def _text_picture(world: World) -> list[Any]:
    row = PlanPicture.objects.create(authority=world.authority, name="a.svg", content=b"<svg/>")
    return [row.pk]


def _letter_template(world: World) -> list[Any]:
    LetterSettings.objects.create(authority=world.authority, template_name="a.docx", content=b"PK")
    return []


def _evidence(world: World) -> list[Any]:
    (pk,) = _application("draft")(world)
    kept = Evidence.objects.create(
        application_id=pk,
        name="a.pdf",
        content=b"%PDF-1.7",
        sha256="0",
        added_by=world.people[HOME],
    )
    return [pk, kept.pk]


def _proposal(world: World) -> list[Any]:
    made = ChangeProposal.objects.create(
        authority=world.authority,
        home=world.home,
        unit=world.unit("u4"),
        change="capacity",
        effective_on="2022-06-01",
        capacity=5,
        reason="x",
        proposed_by=world.people[HOME],
    )
    return [made.pk]


def _handover(world: World) -> list[Any]:
    made = Handover.objects.create(
        authority=world.authority,
        home=world.home,
        unit=world.unit("u4"),
        day="2022-10-01",
        written=[],
    )
    return [made.pk]


def _occupancy(world: World) -> list[Any]:
    made = Occupancy.objects.create(
        authority=world.authority,
        home=world.home,
        as_of="2022-04-01",
        population="residents",
        place="all",
        children=3,
    )
    return [made.pk]


def _absence(world: World) -> list[Any]:
    made = Absence.objects.create(
        authority=world.authority,
        home=world.home,
        code="u-1",
        started_on="2022-06-01",
        kind="sick",
    )
    return [made.pk]


def _episode(world: World) -> list[Any]:
    made = Episode.objects.create(
        authority=world.authority,
        home=world.home,
        child_code="C-1",
        birth_month="2012-06-01",
        place="children_home",
        started_on="2020-05-11",
    )
    return [made.pk]


def _support(table: str) -> Arguments:
    return lambda world: [support_rows.make_row(world, table).pk]


def _child(world: World) -> list[Any]:
    return [child_with_records(world).pk]


def _child_step(world: World) -> list[Any]:
    return [*_child(world), "protection"]


def _policy(world: World) -> list[Any]:
    child_with_records(world)
    return ["situation", Situation.objects.get().pk]


def _pictured(world: World) -> list[Any]:
    support_rows.make_row(world, "hiring")
    return ["hiring"]


def _own_value(world: World) -> list[Any]:
    made = OwnValue.objects.create(
        authority=world.authority,
        name="base_staff",
        effective_from="2022-04-01",
        value="4",
        source="架空県要綱",
    )
    return [made.pk]


def _setting(world: World) -> list[Any]:
    made = SettingProposal.objects.create(
        authority=world.authority,
        change="reporting",
        reports_from=2022,
        reason="x",
        proposed_by=world.people["officer:second"],
    )
    return [made.pk]


def _draft(world: World) -> list[Any]:
    made = Return.objects.create(
        authority=world.authority, form=1, fiscal_year=2022, drafted_by=world.people[OFFICER]
    )
    return [made.pk]


def _sent(world: World) -> list[Any]:
    from shokibo.web.returns import actions

    made = actions.draft(office=world.office(OFFICER), form=1, year=2022)
    take(SUBMIT, office=world.office(APPROVER), row=made, version=made.version, values=LETTER)
    return [made.pk]


def _sent_form(world: World) -> list[Any]:
    _sent(world)
    return [OURS, 1, 2022]


def _question(world: World) -> list[Any]:
    return [asked(world).pk]


def _delivered(world: World) -> list[Any]:
    return [delivered(world).pk]


def _drawn(world: World) -> list[Any]:
    _sent(world)
    return ["units"]


def _file(world: World) -> list[Any]:
    (pk,) = _sent(world)
    return [pk, ReturnFile.objects.filter(of=pk).earliest("pk").pk]


def _with_a_plan(world: World) -> list[Any]:
    Plan.objects.create(
        authority=world.authority, baseline_on="2022-03-31", from_year=2022, to_year=2023
    )
    return []


def _proposed_plan(world: World) -> list[Any]:
    _with_a_plan(world)
    return [proposed(world).number]


def _plan_file(world: World) -> list[Any]:
    (number,) = _proposed_plan(world)
    made = PlanVersion.objects.get(number=number)
    PlanFile.objects.create(of=made, name="a.pdf", content=b"%PDF-1.7", sha256="0")
    return [number, PlanFile.objects.get().pk]


def published(world: World) -> Publication:
    from shokibo.web.opendata import actions
    from shokibo.web.opendata.drafting import drafted

    draft = drafted(world.authority)
    return actions.publish(office=world.office(OFFICER), chosen=draft.chosen, digest=draft.digest)


def _invitation(world: World) -> list[Any]:
    made = Invitation.objects.create(
        email="i@example.jp", role="admin", digest="d", expires_at="2030-01-01T00:00Z"
    )
    return [made.pk]


def _token(world: World) -> list[Any]:
    secret_of(world, OFFICER)
    return [ApiToken.objects.latest("pk").pk]


def _person_with_token(world: World) -> list[Any]:
    _token(world)
    return [world.people[OFFICER].pk]


def _plan(world: World) -> list[Any]:
    Plan.objects.create(
        authority=world.authority,
        title="架空計画",
        baseline_on="2022-03-31",
        from_year=2022,
        to_year=2023,
    )
    return []


def _letter_of(world: World) -> str:
    return f"?pk={Application.objects.get(authority=world.authority, code='a-u4').pk}"


def _run(state: str) -> Arguments:
    """Return a run of one home's own workbook, as it is now after its upload."""

    def made(world: World) -> list[Any]:
        run = Run.objects.create(
            authority=world.authority,
            homes=[world.home.pk],
            state=state,
            file_name="台帳.xlsx",
            size=1,
            content=None if state == "applied" else b"x",
            applied_at="2022-04-05T00:00Z" if state == "applied" else None,
            uploaded_by=world.people[HOME],
        )
        return [run.pk]

    return made


def _forecast(world: World) -> list[Any]:
    _with_a_plan(world)
    return [our_forecast(world).pk]


def _proposal_of_actions(world: World) -> list[Any]:
    _with_a_plan(world)
    return [our_proposal(world).pk]


def _waiting_proposal(world: World) -> list[Any]:
    return [kept(world.authority, world.people[OFFICER], PROPOSAL, state="waiting").pk]


def _made_file(world: World) -> list[Any]:
    file = made(world).files.get()
    return [file.of_id, file.pk]


HOME_PK: Arguments = lambda world: [world.home.pk]  # noqa: E731
UNIT_PK: Arguments = lambda world: [world.unit("u4").pk]  # noqa: E731
CAPACITY = _the(Capacity, unit__code="u4")
POSTING = _the(Posting, code="u-1")
CONFIRMATION = _the(Confirmation)
NOT_OF_HOMES = frozenset({CENTER})
CARERS = {CENTER, HOME}
KEEPERS = {HOME, OFFICER}
DRAFT, SUBMITTED = _application("draft"), _application("submitted", applied_on="2022-04-04")

PAGES: dict[str, Page] = {
    "today:today": Page(AT_OURS),
    "today:search": Page(READERS | {"home_staff:sister"}, asked=lambda _: "?words=u"),
    "today:findings": Page(READERS | {"home_staff:sister"}),
    "today:picture": Page(READERS | {"home_staff:sister"}, None, lambda _: ["applications"]),
    "today:homes_due": Page({OFFICER}, {OFFICER}),
    "today:remind": Page({OFFICER}, {OFFICER}),
    "trail:events": Page({AUDITOR}),
    "trail:looks": Page({AUDITOR}),
    "homes:homes": Page(READERS | {"home_staff:sister"}),
    "homes:add_home": Page({OFFICER}, {OFFICER}),
    "homes:add_total": Page({OFFICER}, {OFFICER}),
    "homes:renew_confirmations": Page({OFFICER}, {OFFICER}),
    "homes:eligibility": Page(READERS | {"home_staff:sister"}),
    "homes:home": Page(READERS, None, HOME_PK, of_home=True),
    "homes:edit_home": Page({OFFICER}, {OFFICER}, HOME_PK, of_home=True),
    "homes:add_unit": Page({OFFICER}, {OFFICER}, HOME_PK, of_home=True),
    "homes:add_confirmation": Page({OFFICER}, {OFFICER}, HOME_PK, of_home=True),
    "homes:add_occupancy": Page(KEEPERS, KEEPERS, HOME_PK, of_home=True),
    "homes:propose": Page({HOME}, {HOME}, HOME_PK, of_home=True),
    "homes:staff": Page(READERS, None, HOME_PK, of_home=True),
    "homes:staff_sheet": Page(KEEPERS, KEEPERS, HOME_PK, of_home=True),
    "homes:add_posting": Page(KEEPERS, KEEPERS, HOME_PK, of_home=True),
    "homes:unit": Page(READERS, None, UNIT_PK, of_home=True),
    "homes:edit_unit": Page({OFFICER}, {OFFICER}, UNIT_PK, of_home=True),
    "homes:close_unit": Page({OFFICER}, {OFFICER}, UNIT_PK, of_home=True),
    "homes:continue_unit": Page({OFFICER}, {OFFICER}, UNIT_PK, of_home=True),
    "homes:undo_handover": Page({OFFICER}, {OFFICER}, _handover, of_home=True),
    "homes:add_capacity": Page({OFFICER}, {OFFICER}, UNIT_PK, of_home=True),
    "homes:edit_capacity": Page({OFFICER}, {OFFICER}, CAPACITY, of_home=True),
    "homes:remove_capacity": Page({OFFICER}, {OFFICER}, CAPACITY, of_home=True),
    "homes:edit_posting": Page(KEEPERS, KEEPERS, POSTING, of_home=True),
    "homes:end_postings": Page(
        KEEPERS, KEEPERS, HOME_PK, of_home=True, asked=lambda world: f"?pk={POSTING(world)[0]}"
    ),
    "homes:end_posting": Page(KEEPERS, KEEPERS, POSTING, of_home=True),
    "homes:remove_posting": Page(KEEPERS, KEEPERS, POSTING, of_home=True),
    "homes:leave_posting": Page(KEEPERS, KEEPERS, POSTING, of_home=True),
    "homes:edit_absence": Page(KEEPERS, KEEPERS, _absence, of_home=True),
    "homes:remove_absence": Page(KEEPERS, KEEPERS, _absence, of_home=True),
    "homes:edit_confirmation": Page({OFFICER}, {OFFICER}, CONFIRMATION, of_home=True),
    "homes:remove_confirmation": Page({OFFICER}, {OFFICER}, CONFIRMATION, of_home=True),
    "homes:edit_occupancy": Page(KEEPERS, KEEPERS, _occupancy, of_home=True),
    "homes:remove_occupancy": Page(KEEPERS, KEEPERS, _occupancy, of_home=True),
    "homes:accept_proposal": Page({OFFICER}, {OFFICER}, _proposal, of_home=True),
    "homes:decline_proposal": Page({OFFICER}, {OFFICER}, _proposal, of_home=True),
    **dict.fromkeys(
        (
            "homes:list_home",
            "homes:list_unit",
            "homes:list_capacity",
            "homes:list_posting",
            "homes:list_absence",
            "homes:list_confirmation",
            "homes:list_occupancy",
        ),
        Page(READERS | {"home_staff:sister"}),
    ),
    "homes:list_episode": Page({CENTER}),
    "homes:add_episode": Page({CENTER}, {CENTER}),
    "homes:edit_episode": Page({CENTER}, {CENTER}, _episode),
    "homes:remove_episode": Page({CENTER}, {CENTER}, _episode),
    **{
        f"homes:{verb}_{one}": page
        for one, table in SUPPORT_OF_HOMES.items()
        for verb, page in {
            "list": Page(READERS | {"home_staff:sister"}),
            "add": Page(KEEPERS | {"home_staff:sister"}, KEEPERS | {"home_staff:sister"}),
            "edit": Page(KEEPERS, KEEPERS, _support(table), of_home=True),
            "remove": Page(KEEPERS, KEEPERS, _support(table), of_home=True),
        }.items()
    },
    "support:staff": Page(READERS | {"home_staff:sister"}),
    "support:community": Page(READERS | {"home_staff:sister"}),
    "support:housing": Page(PLANNERS),
    "support:lead_costs": Page(PLANNERS, None, _support("housing")),
    "support:open_lead": Page({OFFICER}, {OFFICER}, _support("housing")),
    "support:picture": Page(READERS, None, _pictured, of_home=True),
    "homes:list_lead": Page(PLANNERS),
    "homes:add_lead": Page({OFFICER}, {OFFICER}),
    "homes:edit_lead": Page({OFFICER}, {OFFICER}, _support("housing")),
    "homes:remove_lead": Page({OFFICER}, {OFFICER}, _support("housing")),
    "care:children": Page(CARERS | {"home_staff:sister"}),
    "care:counts": Page(PLANNERS),
    "care:watch": Page({CENTER}),
    "care:retention": Page({CENTER}, {CENTER}),
    "care:take_over": Page({CENTER}, {CENTER}),
    "care:units": Page({CENTER}),
    "care:unit_rule": Page({CENTER}, {CENTER}, lambda world: [world.unit("u4").pk]),
    "care:add_child": Page({CENTER}, {CENTER}),
    "care:open_records": Page({CENTER}, {CENTER}),
    "care:child": Page(CARERS, None, _child, unseen=frozenset({"home_staff:sister"})),
    "care:edit_child": Page({CENTER}, {CENTER}, _child),
    "care:end_care": Page({CENTER}, {CENTER}, _child),
    "care:unregister": Page({CENTER}, {CENTER}, _child),
    "care:looks": Page({CENTER}, None, _child),
    "care:add_record": Page({CENTER}, {CENTER}, _child_step),
    "care:edit_record": Page({CENTER}, {CENTER}, _policy),
    "care:remove_record": Page({CENTER}, {CENTER}, _policy),
    "care:agree": Page(
        CARERS,
        {HOME},
        lambda world: _policy(world)[1:],
        unseen=frozenset({"home_staff:sister"}),
    ),
    "homes:withdraw_proposal": Page({HOME}, {HOME}, _proposal, of_home=True),
    "certification:queue": Page(READERS | {"home_staff:sister"}),
    "certification:applications": Page({HOME, "home_staff:sister"}),
    "certification:new": Page({HOME, "home_staff:sister"}, {HOME, "home_staff:sister"}),
    "certification:judge": Page({HOME, "home_staff:sister"}),
    "certification:next_year": Page({HOME}, {HOME}, lambda _: [2022], of_home=True),
    "certification:bulk_submit": Page({HOME, "home_staff:sister"}, {HOME, "home_staff:sister"}),
    "certification:bulk_propose": Page({OFFICER}, {OFFICER}),
    "certification:bulk_certify": Page({APPROVER}, {APPROVER}),
    "certification:months": Page(READERS | {"home_staff:sister"}),
    "certification:amounts": Page(PLANNERS),
    "certification:letters": Page({OFFICER, APPROVER}, {OFFICER}, asked=_letter_of),
    "certification:letters_file": Page({OFFICER, APPROVER}, asked=_letter_of),
    "certification:application": Page(READERS, None, DRAFT, of_home=True),
    "certification:edit": Page({HOME}, {HOME}, DRAFT, of_home=True),
    "certification:submit": Page({HOME}, {HOME}, DRAFT, of_home=True),
    "certification:discard": Page({HOME}, {HOME}, DRAFT, of_home=True),
    "certification:withdraw": Page({HOME}, {HOME}, SUBMITTED, of_home=True),
    "certification:revise": Page(
        {HOME}, {HOME}, _application("returned", applied_on="2022-04-04"), of_home=True
    ),
    "certification:evidence_add": Page({HOME}, {HOME}, DRAFT, of_home=True),
    "certification:evidence": Page(READERS, None, _evidence, of_home=True),
    "certification:evidence_remove": Page({HOME}, {HOME}, _evidence, of_home=True),
    "certification:send_for_correction": Page({OFFICER}, {OFFICER}, SUBMITTED, of_home=True),
    "certification:propose": Page({OFFICER}, {OFFICER}, SUBMITTED, of_home=True),
    "certification:take_back": Page({OFFICER}, {OFFICER}, SUBMITTED, of_home=True),
    "certification:decide": Page({APPROVER}, {APPROVER}, SUBMITTED, of_home=True),
    "certification:send_back": Page({APPROVER}, {APPROVER}, SUBMITTED, of_home=True),
    "certification:propose_end": Page(
        {OFFICER}, {OFFICER}, _the(Application, code="a-u4"), of_home=True
    ),
    "certification:propose_change": Page(
        {OFFICER}, {OFFICER}, _the(Application, code="a-u4"), of_home=True
    ),
    "certification:end": Page({APPROVER}, {APPROVER}, _the(Application, code="a-u4"), of_home=True),
    "exchange:exchange": Page(AT_OURS, KEEPERS | {"home_staff:sister", CENTER}),
    "exchange:ledger": Page(AT_OURS, None, lambda _: ["xlsx"]),
    "exchange:of_home": Page(READERS, None, HOME_PK, of_home=True, unseen=NOT_OF_HOMES),
    "exchange:template": Page(AT_OURS),
    "exchange:form1_template": Page(AT_OURS),
    "exchange:run": Page(KEEPERS, None, _run("ready"), of_home=True, unseen=NOT_OF_HOMES),
    "exchange:progress": Page(KEEPERS, None, _run("waiting"), of_home=True, unseen=NOT_OF_HOMES),
    "exchange:marked": Page(KEEPERS, None, _run("refused"), of_home=True, unseen=NOT_OF_HOMES),
    "exchange:problems": Page(KEEPERS, None, _run("refused"), of_home=True, unseen=NOT_OF_HOMES),
    "exchange:apply": Page(KEEPERS, KEEPERS, _run("ready"), of_home=True, unseen=NOT_OF_HOMES),
    "exchange:again": Page(KEEPERS, KEEPERS, _run("applied"), of_home=True, unseen=NOT_OF_HOMES),
    "exchange:undo": Page(KEEPERS, KEEPERS, _run("applied"), of_home=True, unseen=NOT_OF_HOMES),
    "exchange:discard": Page(KEEPERS, KEEPERS, _run("ready"), of_home=True, unseen=NOT_OF_HOMES),
    "returns:returns": Page({OFFICER, APPROVER, AUDITOR}),
    "returns:form": Page({OFFICER, APPROVER, AUDITOR}, {OFFICER}, lambda _: [1, 2022]),
    "returns:compare": Page(
        {OFFICER, APPROVER, AUDITOR}, {OFFICER, APPROVER, AUDITOR}, lambda _: [1, 2022]
    ),
    "returns:deadline": Page({OFFICER}, {OFFICER}, lambda _: [1, 2022]),
    "returns:paper": Page({OFFICER}, {OFFICER}, lambda _: [1, 2021]),
    "returns:detail": Page({OFFICER, APPROVER, AUDITOR}, {OFFICER}, _draft),
    "returns:submit": Page({APPROVER}, {APPROVER}, _draft),
    "returns:discard": Page({OFFICER}, {OFFICER}, _draft),
    "returns:questions": Page({OFFICER, APPROVER, AUDITOR}),
    "returns:answer": Page({OFFICER}, {OFFICER}, _question),
    "returns:preview": Page({OFFICER, APPROVER, AUDITOR}, None, lambda w: [*_draft(w), "pdf"]),
    "returns:notes": Page({OFFICER, APPROVER, AUDITOR}, None, _draft),
    "returns:file": Page({OFFICER, APPROVER, AUDITOR}, None, _file),
    "planning:overview": Page(PLANNERS),
    "planning:findings": Page(PLANNERS),
    "planning:picture": Page(PLANNERS, None, lambda w: [*_plan(w), "places"]),
    "planning:head": Page({OFFICER}, {OFFICER}),
    "planning:actions": Page(PLANNERS, {OFFICER}),
    "planning:actions_preview": Page({OFFICER}, {OFFICER}),
    "planning:need": Page(PLANNERS, {OFFICER}),
    "planning:need_preview": Page({OFFICER}, {OFFICER}),
    "planning:estimate": Page(PLANNERS),
    "planning:population": Page(PLANNERS, {OFFICER}),
    "planning:population_preview": Page({OFFICER}, {OFFICER}),
    "planning:care_rates": Page(PLANNERS, {OFFICER}),
    "planning:care_rates_preview": Page({OFFICER}, {OFFICER}),
    "planning:targets": Page(PLANNERS, {OFFICER}),
    "planning:targets_preview": Page({OFFICER}, {OFFICER}),
    "needs:forecasts": Page(PLANNERS, {OFFICER}),
    "needs:forecast": Page(PLANNERS, None, _forecast),
    "needs:forecast_picture": Page(PLANNERS, None, lambda w: [*_forecast(w), "in_homes"]),
    "needs:adopt_need": Page({OFFICER}, {OFFICER}, _forecast),
    "needs:proposals": Page(PLANNERS, {OFFICER}),
    "needs:proposal": Page(PLANNERS, None, _proposal_of_actions),
    "needs:proposal_picture": Page(
        PLANNERS, None, lambda w: [*_proposal_of_actions(w), "proposed"]
    ),
    "needs:pin": Page({OFFICER}, {OFFICER}, _proposal_of_actions),
    "needs:stop": Page({OFFICER}, {OFFICER}, _waiting_proposal),
    "needs:adopt_actions": Page({OFFICER}, {OFFICER}, _proposal_of_actions),
    "needs:progress": Page(PLANNERS, None, _waiting_proposal),
    "needs:files": Page(PLANNERS, {OFFICER}),
    "needs:made": Page(PLANNERS, None, lambda world: [made(world).pk]),
    "needs:file": Page(PLANNERS, None, _made_file),
    "costs:costs": Page(PLANNERS, {OFFICER}),
    "costs:preview": Page({OFFICER}, {OFFICER}),
    "costs:picture": Page(PLANNERS, None, _plan),
    "planning:versions": Page(PLANNERS),
    "planning:propose": Page({OFFICER}, {OFFICER}),
    "planning:compare": Page(PLANNERS),
    "planning:version": Page(PLANNERS, None, _proposed_plan),
    "planning:publish": Page({APPROVER}, {APPROVER}, _proposed_plan),
    "planning:send_back": Page({APPROVER}, {APPROVER}, _proposed_plan),
    "planning:take_back": Page({OFFICER}, {OFFICER}, _proposed_plan),
    "planning:version_draft": Page(PLANNERS, None, lambda w: [*_proposed_plan(w), "xlsx"]),
    "planning:version_file": Page(PLANNERS, None, _plan_file),
    "planning:texts": Page(PLANNERS),
    "planning:text_pictures": Page(PLANNERS),
    "planning:text_picture_add": Page({OFFICER}, {OFFICER}),
    "planning:text_picture_file": Page(PLANNERS, None, _text_picture),
    "planning:text_picture_remove": Page({OFFICER}, {OFFICER}, _text_picture),
    "planning:text": Page(PLANNERS, {OFFICER}, lambda _: [2]),
    "planning:text_preview": Page({OFFICER}, {OFFICER}, lambda _: [2]),
    "planning:text_reset": Page({OFFICER}, {OFFICER}, lambda _: [2]),
    "planning:document": Page(PLANNERS),
    "planning:document_draft": Page(PLANNERS, None, lambda _: ["docx"]),
    "planning:report": Page(PLANNERS, None, lambda _: ["docx"]),
    "planning:review": Page(PLANNERS),
    "planning:review_places": Page(PLANNERS, None, _with_a_plan),
    "office:values": Page(READERS | {"home_staff:sister"}),
    "office:reporting": Page({OFFICER}, {OFFICER}),
    "office:contact": Page({OFFICER}, {OFFICER}),
    "office:letters": Page({OFFICER, APPROVER}),
    "office:letters_numbering": Page({OFFICER}, {OFFICER}),
    "office:letters_template": Page({OFFICER}, {OFFICER}),
    "office:letters_template_file": Page({OFFICER, APPROVER}, arguments=_letter_template),
    "office:letters_template_remove": Page({OFFICER}, {OFFICER}, _letter_template),
    "office:letters_builtin": Page({OFFICER, APPROVER}),
    "office:set": Page({OFFICER}, {OFFICER}, lambda _: ["base_staff"]),
    "office:correct": Page({OFFICER}, {OFFICER}, _own_value),
    "office:remove": Page({OFFICER}, {OFFICER}, _own_value),
    "office:accept": Page({APPROVER}, {APPROVER}, _setting),
    "office:decline": Page({APPROVER}, {APPROVER}, _setting),
    "office:withdraw": Page({OFFICER}, {OFFICER}, _setting),
    "opendata:publications": Page({OFFICER}),
    "opendata:settings": Page({OFFICER}, {OFFICER}),
    "opendata:preview": Page({OFFICER}, {OFFICER}),
    "opendata:withdraw": Page({OFFICER}, {OFFICER}, lambda w: [published(w).pk]),
}
INSTANCE: dict[str, Page] = {
    "nation": Page({"ministry"}),
    "nation_paper": Page({"ministry"}, {"ministry"}, lambda _: [OURS, 1, 2021]),
    "nation_timeliness": Page({"ministry"}),
    "nation_timeliness_picture": Page({"ministry"}),
    "nation_years": Page({"ministry"}),
    "nation_years_picture": Page({"ministry"}, None, _drawn),
    "nation_prefectures": Page({"ministry"}),
    "nation_children": Page({"ministry"}),
    "nation_files": Page({"ministry"}, {"ministry"}),
    "nation_files_progress": Page({"ministry"}),
    "nation_received": Page({"ministry"}, None, _delivered),
    "nation_original": Page({"ministry"}, None, _delivered),
    "nation_sum": Page({"ministry"}),
    "nation_package": Page({"ministry"}),
    "nation_publish": Page({"ministry"}, {"ministry"}),
    "nation_questions": Page({"ministry"}),
    "nation_withdraw_question": Page({"ministry"}, {"ministry"}, _question),
    "nation_ask": Page({"ministry"}, {"ministry"}, _sent_form),
    "nation_accept": Page({"ministry"}, {"ministry"}, _sent_form),
    "nation_return": Page({"ministry"}, None, _sent),
    "nation_file": Page({"ministry"}, None, _file),
    "system_log": Page({"admin"}),
    "people:people": Page({"admin"}),
    "people:invite": Page({"admin"}, {"admin"}),
    "people:renew_invitation": Page({"admin"}, {"admin"}, _invitation),
    "people:cancel_invitation": Page({"admin"}, {"admin"}, _invitation),
    "people:end_membership": Page(
        {"admin"}, {"admin"}, lambda w: [w.people[OFFICER].memberships.get().pk]
    ),
    "people:reset_second_factor": Page({"admin"}, {"admin"}, lambda w: [w.people[APPROVER].pk]),
    "people:revoke_tokens": Page({"admin"}, {"admin"}, _person_with_token),
}
OWN: dict[str, list[int]] = {
    "start": [],
    "people_own:profile": [],
    "people_own:second_factor": [],
    "usersessions_list": [],
    "tokens:tokens": [],
    "tokens:make": [],
    "api:docs": [],
    "api:schemas": [],
    "help:index": [],
    "help:words": [],
    "help:section": [2],
}
"""Of whoever is logged in, with what their addresses hold."""
OF_ITS_OWNER: dict[str, tuple[str, Arguments]] = {"tokens:revoke": (OFFICER, _token)}
"""Of the one person whose row it is."""
OPEN = {"health", "language", "day_words", "day_calendar", "people_own:invitation"}
"""Of anybody; allauth's own pages (account_…, mfa_…) are its own tests' subject.

The addresses of the API (api:…) have their lines in `test_api_matrix.py`.
"""
"""Of anybody; allauth's own pages (account_…, mfa_…) are its own tests' subject."""
PUBLIC: dict[str, Arguments] = {
    "open:offices": lambda _: [],
    "open:office": lambda world: [published(world).authority.code],
    "open:latest_file": lambda world: [published(world).authority.code, "places.csv"],
    "open:edition": lambda world: [OURS, published(world).dated],
    "open:picture": lambda world: [OURS, published(world).dated],
    "open:dated_file": lambda world: [OURS, published(world).dated, "datapackage.json"],
    "open:sum": lambda world: [1, published_sum(world).fiscal_year],
    "open:sum_edition": lambda world: [1, 2022, published_sum(world).dated],
    "open:sum_file": lambda world: [1, 2022, published_sum(world).dated, "package.zip"],
}
"""Of everybody, and the same for everybody: what was published."""


def names_of(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names_of(pattern.url_patterns, prefix + space)
        else:
            yield f"{prefix}{pattern.name}"


def test_every_address_has_its_line() -> None:
    own = {
        name
        for name in names_of(get_resolver().url_patterns)
        if not name.startswith(("account_", "mfa_"))
        and (not name.startswith("api:") or name in OWN)
    }
    assert own == {*PAGES, *INSTANCE, *OWN, *OF_ITS_OWNER, *OPEN, *PUBLIC}


def _expected(page: Page, role: str, allowed: set[str] | None) -> set[int]:
    if role in ELSEWHERE | NATION_AND_INSTANCE:
        return {404, 405} if allowed is None else {404}
    if role in page.unseen or (role == "home_staff:sister" and page.of_home):
        return {403, 404} if allowed is not None else {404, 405}
    if allowed is None:
        return {405}
    return {200, 302} if role in allowed else {403}


def _status(client: Client, method: str, address: str) -> int:
    return int(client.generic(method, address).status_code)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_an_authority_is_open_to_its_roles_alone(world: World, name: str) -> None:
    page = PAGES[name]
    address = reverse(name, args=[OURS, *page.arguments(world)]) + page.asked(world)
    wrong: dict[tuple[str, str], object] = {}
    for role in sorted(ALL):
        client = world.client(role)
        found = _status(client, "GET", address)
        if found not in _expected(page, role, page.get):
            wrong["GET", role] = found
        for method in ("PUT", "PATCH", "DELETE"):
            if _status(client, method, address) not in (403, 404, 405):
                wrong[method, role] = "let through"
    assert wrong == {}


@pytest.mark.parametrize("name", PAGES)
def test_only_its_roles_send_to_a_page(world: World, name: str) -> None:
    page = PAGES[name]
    address = reverse(name, args=[OURS, *page.arguments(world)])
    wrong = {}
    for role in sorted(ALL):
        before = transaction.savepoint()
        found = _status(world.client(role), "POST", address)
        transaction.savepoint_rollback(before)
        if found not in _expected(page, role, page.post):
            wrong[role] = found
    assert wrong == {}


@pytest.mark.parametrize("name", INSTANCE)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_of_the_instance_is_open_to_its_role_alone(
    world: World, name: str, method: str
) -> None:
    page = INSTANCE[name]
    address = reverse(name, args=page.arguments(world))
    allowed = page.get if method == "GET" else page.post
    for role in sorted(ALL - page.get):
        expected = {404} if allowed is not None else {404, 405}
        assert _status(world.client(role), method, address) in expected, role
    (theirs,) = page.get
    expected = {405} if allowed is None else {200, 302}
    assert _status(world.client(theirs), method, address) in expected


@pytest.mark.parametrize("name", [*PAGES, *INSTANCE])
def test_nobody_gets_in_without_logging_in(world: World, name: str) -> None:
    page = PAGES.get(name) or INSTANCE[name]
    office = [OURS] if name in PAGES else []
    address = reverse(name, args=[*office, *page.arguments(world)])
    for method in ("GET", "POST"):
        answer = Client().generic(method, address)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (
            302,
            "/account/login/",
        )


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_is_the_same_for_everybody_and_only_read(world: World, name: str) -> None:
    address = reverse(name, args=PUBLIC[name](world))
    plain = Client().get(address)
    assert plain.status_code == 200
    for role in sorted(ALL):
        client = world.client(role)
        before = dict(client.session.items())
        answer = client.get(address)
        assert answer.content == plain.content, role
        assert not answer.cookies, role
        assert dict(client.session.items()) == before
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert _status(Client(), method, address) == 405


@pytest.mark.parametrize("name", sorted(OWN))
def test_account_pages_require_a_log_in(world: World, name: str) -> None:
    address = reverse(name, args=OWN[name])
    assert Client().get(address).status_code == 302
    for role in sorted(ALL):
        assert _status(world.client(role), "GET", address) in (200, 302)


@pytest.mark.parametrize("name", OF_ITS_OWNER)
def test_a_page_of_its_owner_is_not_found_by_anybody_else(world: World, name: str) -> None:
    owner, arguments = OF_ITS_OWNER[name]
    address = reverse(name, args=arguments(world))
    for method in ("GET", "POST"):
        assert _status(Client(), method, address) == 302
        for role in sorted(ALL - {owner}):
            assert _status(world.client(role), method, address) == 404, role
        assert _status(world.client(owner), method, address) in (200, 302)


@pytest.mark.parametrize("name", [n for n in PAGES if n not in ("certification:judge",)])
def test_a_page_sent_without_its_token_is_refused(world: World, name: str) -> None:
    page = PAGES[name]
    if page.post is None:
        return
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people[sorted(page.post)[0]])
    address = reverse(name, args=[OURS, *page.arguments(world)])
    assert client.post(address).status_code == 403
