"""Every page with a role that may open it, and what its address asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from shokibo.web.accounts.models import Invitation
from shokibo.web.api.models import ApiToken
from shokibo.web.care.models import Child, Situation
from shokibo.web.certification.models import Evidence
from shokibo.web.office.models import SettingProposal
from shokibo.web.opendata.models import Publication
from shokibo.web.planning.models import PlanPicture, PlanVersion
from shokibo.web.receipts.models import DeliveredFile, Question, SumEdition
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
from shokibo.web.returns.models import Return
from shokibo.web.store.mapping import MAPPED
from shokibo.web.support.models import Lead
from tests.web import support_rows
from tests.web.browser.practice import Practice

HOME, OFFICER, APPROVER, AUDITOR = "home_staff", "officer", "approver", "auditor"
CENTER, MINISTRY, ADMIN, NOBODY = "center_staff", "ministry", "admin", ""
Arguments = Callable[[Practice], list[Any]]


@dataclass(frozen=True)
class Stop:
    """A page as a role opens it. `asked` follows the address."""

    role: str
    arguments: Arguments = lambda _: []
    asked: Callable[[Practice], str] = lambda _: ""

    def address(self, name: str, practice: Practice) -> str:
        """Return the page's address."""
        office = [practice.authority.code] if name.partition(":")[0] in _OF_AN_OFFICE else []
        return reverse(name, args=[*office, *self.arguments(practice)]) + self.asked(practice)


_OF_AN_OFFICE = {
    "today",
    "homes",
    "certification",
    "returns",
    "trail",
    "planning",
    "needs",
    "support",
    "care",
    "costs",
    "exchange",
    "office",
    "opendata",
}


def _the(model: type[Model], **given: object) -> Arguments:
    return lambda practice: [model._default_manager.filter(**given).latest("pk").pk]


def _run(state: str) -> Arguments:
    return lambda practice: [practice.run(state).pk]


def _application(state: str) -> Arguments:
    return lambda practice: [practice.application(state).pk]


def _calculation(kind: str, state: str) -> Arguments:
    return lambda practice: [practice.calculation(kind, state).pk]


def _plan(state: str) -> Arguments:
    return lambda _: [PlanVersion.objects.filter(state=state).latest("number").number]


def _own_home(practice: Practice) -> list[Any]:
    return [practice.home.pk]


def _own_unit(practice: Practice) -> list[Any]:
    return [practice.unit.pk]


def _chosen(*states: str) -> Callable[[Practice], str]:
    return lambda practice: "?" + "&".join(f"pk={practice.application(s).pk}" for s in states)


_CAPACITY = _the(Capacity, unit__code="ikuseien-g1")
_POSTING = _the(Posting, unit__code="ikuseien-g1")
_ABSENCE = _the(Absence)
_CONFIRMATION = _the(Confirmation, home__code="ikuseien")
_EPISODE = _the(Episode, of_records__isnull=True)
_CHILD = _the(Child, code="GHRY-36TZ")
_POLICY = _the(Situation, home__code="ikuseien")
_OCCUPANCY = _the(Occupancy, home__code="ikuseien")
_PROPOSAL = _the(ChangeProposal, state="pending")
_SETTING = _the(SettingProposal, state="pending")
_DRAFT = _the(Return, state="draft")
_SENT = _the(Return, state="submitted")


def _sent_form() -> tuple[int, int]:
    found = Return.objects.filter(state="submitted").latest("pk")
    return found.form, found.fiscal_year


PAGES: dict[str, Stop] = {
    "start": Stop(OFFICER),
    "people_own:profile": Stop(APPROVER),
    "people_own:second_factor": Stop(HOME, asked=lambda _: "?next=/"),
    "people_own:invitation": Stop(NOBODY, lambda practice: [practice.token]),
    "account_login": Stop(NOBODY),
    "account_logout": Stop(OFFICER),
    "account_change_password": Stop(OFFICER),
    "account_reset_password": Stop(NOBODY),
    "account_reset_password_done": Stop(NOBODY),
    "account_reset_password_from_key_done": Stop(NOBODY),
    "account_reset_password_from_key": Stop(NOBODY, lambda _: ["x", "y-z"]),
    "account_signup": Stop(NOBODY),
    "account_inactive": Stop(NOBODY),
    "account_reauthenticate": Stop(OFFICER),
    "mfa_index": Stop(APPROVER),
    "mfa_activate_totp": Stop(AUDITOR),
    "mfa_deactivate_totp": Stop(APPROVER),
    "mfa_reauthenticate": Stop(APPROVER),
    "mfa_generate_recovery_codes": Stop(APPROVER),
    "mfa_list_webauthn": Stop(APPROVER),
    "mfa_add_webauthn": Stop(APPROVER),
    "help:index": Stop(OFFICER),
    "help:words": Stop(OFFICER),
    "help:section": Stop(OFFICER, lambda _: [2]),
    "people:people": Stop(ADMIN),
    "people:invite": Stop(ADMIN),
    "people:cancel_invitation": Stop(ADMIN, _the(Invitation)),
    "people:renew_invitation": Stop(ADMIN, _the(Invitation)),
    "system_log": Stop(ADMIN),
    "usersessions_list": Stop(OFFICER),
    "people:end_membership": Stop(
        ADMIN, lambda practice: [practice.person(OFFICER).memberships.get().pk]
    ),
    "people:reset_second_factor": Stop(ADMIN, lambda practice: [practice.person(APPROVER).pk]),
    "today:today": Stop(OFFICER),
    "today:findings": Stop(OFFICER),
    "today:search": Stop(OFFICER, asked=lambda practice: f"?words={practice.unit.name}"),
    "today:homes_due": Stop(OFFICER),
    "today:remind": Stop(OFFICER),
    "people:revoke_tokens": Stop(ADMIN, lambda practice: [practice.person(OFFICER).pk]),
    "tokens:tokens": Stop(OFFICER),
    "tokens:make": Stop(OFFICER),
    "tokens:revoke": Stop(OFFICER, _the(ApiToken)),
    "api:docs": Stop(OFFICER),
    "api:schemas": Stop(OFFICER),
    "trail:events": Stop(AUDITOR),
    "trail:looks": Stop(AUDITOR),
    "homes:homes": Stop(OFFICER),
    "homes:add_home": Stop(OFFICER),
    "homes:add_total": Stop(OFFICER),
    "homes:renew_confirmations": Stop(OFFICER),
    "homes:eligibility": Stop(OFFICER),
    "homes:home": Stop(OFFICER, _own_home),
    "homes:edit_home": Stop(OFFICER, _own_home),
    "homes:add_unit": Stop(OFFICER, _own_home),
    "homes:add_confirmation": Stop(OFFICER, _own_home),
    "homes:add_occupancy": Stop(HOME, _own_home),
    "homes:propose": Stop(HOME, _own_home),
    "homes:staff": Stop(HOME, _own_home),
    "homes:staff_sheet": Stop(HOME, _own_home),
    "homes:add_posting": Stop(HOME, _own_home),
    "homes:unit": Stop(OFFICER, _own_unit),
    "homes:edit_unit": Stop(OFFICER, _own_unit),
    "homes:close_unit": Stop(OFFICER, _own_unit),
    "homes:continue_unit": Stop(OFFICER, _own_unit),
    "homes:undo_handover": Stop(OFFICER, lambda practice: [practice.handover().pk]),
    "homes:add_capacity": Stop(OFFICER, _own_unit),
    "homes:edit_capacity": Stop(OFFICER, _CAPACITY),
    "homes:remove_capacity": Stop(OFFICER, _CAPACITY),
    "homes:edit_posting": Stop(HOME, _POSTING),
    "homes:end_postings": Stop(HOME, _own_home, lambda practice: f"?pk={_POSTING(practice)[0]}"),
    "homes:end_posting": Stop(HOME, _POSTING),
    "homes:remove_posting": Stop(HOME, _POSTING),
    "homes:leave_posting": Stop(HOME, _POSTING),
    "homes:edit_absence": Stop(HOME, _ABSENCE),
    "homes:remove_absence": Stop(HOME, _ABSENCE),
    "homes:edit_confirmation": Stop(OFFICER, _CONFIRMATION),
    "homes:remove_confirmation": Stop(OFFICER, _CONFIRMATION),
    "homes:edit_occupancy": Stop(HOME, _OCCUPANCY),
    "homes:remove_occupancy": Stop(HOME, _OCCUPANCY),
    "homes:list_home": Stop(OFFICER),
    "homes:list_unit": Stop(OFFICER),
    "homes:list_capacity": Stop(OFFICER),
    "homes:list_posting": Stop(HOME),
    "homes:list_absence": Stop(HOME),
    "homes:list_confirmation": Stop(OFFICER),
    "homes:list_episode": Stop(CENTER),
    "homes:add_episode": Stop(CENTER),
    "homes:edit_episode": Stop(CENTER, _EPISODE),
    "homes:remove_episode": Stop(CENTER, _EPISODE),
    "homes:list_occupancy": Stop(HOME),
    "care:children": Stop(CENTER),
    "care:counts": Stop(OFFICER),
    "care:watch": Stop(CENTER),
    "care:retention": Stop(CENTER),
    "care:take_over": Stop(CENTER),
    "care:units": Stop(CENTER),
    "care:unit_rule": Stop(CENTER, lambda practice: [practice.unit.pk]),
    "care:add_child": Stop(CENTER),
    "care:open_records": Stop(CENTER),
    "care:child": Stop(CENTER, _CHILD),
    "care:edit_child": Stop(CENTER, _CHILD),
    "care:end_care": Stop(CENTER, _CHILD),
    "care:unregister": Stop(CENTER, _CHILD),
    "care:looks": Stop(CENTER, _CHILD),
    "care:add_record": Stop(CENTER, lambda practice: [*_CHILD(practice), "protection"]),
    "care:edit_record": Stop(CENTER, lambda practice: ["situation", *_POLICY(practice)]),
    "care:remove_record": Stop(CENTER, lambda practice: ["situation", *_POLICY(practice)]),
    "care:agree": Stop(CENTER, _POLICY),
    "support:staff": Stop(OFFICER),
    "support:housing": Stop(OFFICER),
    "support:lead_costs": Stop(OFFICER, _the(Lead, home__isnull=False)),
    "support:open_lead": Stop(OFFICER, _the(Lead, home__isnull=False, state="negotiating")),
    "support:community": Stop(OFFICER),
    **{
        f"homes:{verb}_{MAPPED[table].label.rpartition('.')[2].lower()}": Stop(
            OFFICER, _the(MAPPED[table].model) if verb in ("edit", "remove") else lambda _: []
        )
        for table in support_rows.NEW
        for verb in ("list", "add", "edit", "remove")
    },
    "homes:accept_proposal": Stop(OFFICER, _PROPOSAL),
    "homes:decline_proposal": Stop(OFFICER, _PROPOSAL),
    "homes:withdraw_proposal": Stop(HOME, _PROPOSAL),
    "certification:queue": Stop(OFFICER),
    "certification:applications": Stop(HOME),
    "certification:new": Stop(HOME, asked=lambda p: f"?addon=dispersal&unit={p.unit.pk}"),
    "certification:next_year": Stop(HOME, lambda _: [2022]),
    "certification:bulk_submit": Stop(HOME, asked=_chosen("draft")),
    "certification:bulk_propose": Stop(OFFICER, asked=_chosen("submitted", "proposed")),
    "certification:bulk_certify": Stop(APPROVER, asked=_chosen("submitted", "proposed")),
    "certification:months": Stop(OFFICER, asked=lambda _: "?year=2022"),
    "certification:amounts": Stop(OFFICER, asked=lambda _: "?year=2022"),
    "certification:letters": Stop(OFFICER, asked=_chosen("certified", "submitted")),
    "certification:application": Stop(OFFICER, _application("proposed")),
    "certification:edit": Stop(HOME, _application("draft")),
    "certification:submit": Stop(HOME, _application("draft")),
    "certification:discard": Stop(HOME, _application("draft")),
    "certification:withdraw": Stop(HOME, _application("submitted")),
    "certification:revise": Stop(HOME, _application("returned")),
    "certification:evidence_add": Stop(HOME, _application("draft")),
    "certification:evidence_remove": Stop(
        HOME, lambda p: [p.application("draft").pk, Evidence.objects.latest("pk").pk]
    ),
    "certification:send_for_correction": Stop(OFFICER, _application("submitted")),
    "certification:propose": Stop(OFFICER, _application("submitted")),
    "certification:take_back": Stop(OFFICER, _application("proposed")),
    "certification:decide": Stop(APPROVER, _application("proposed")),
    "certification:send_back": Stop(APPROVER, _application("proposed")),
    "certification:propose_end": Stop(OFFICER, _application("certified")),
    "certification:propose_change": Stop(OFFICER, _application("certified")),
    "certification:end": Stop(APPROVER, lambda practice: [practice.ending().pk]),
    "returns:returns": Stop(OFFICER),
    "returns:form": Stop(OFFICER, lambda _: [1, 2023]),
    "returns:compare": Stop(OFFICER, lambda _: [1, 2023]),
    "returns:deadline": Stop(OFFICER, lambda _: [1, 2023]),
    "returns:paper": Stop(OFFICER, lambda _: [1, 2021]),
    "returns:detail": Stop(OFFICER, _DRAFT),
    "returns:submit": Stop(APPROVER, _DRAFT),
    "returns:discard": Stop(OFFICER, _DRAFT),
    "planning:overview": Stop(OFFICER),
    "planning:findings": Stop(OFFICER),
    "planning:head": Stop(OFFICER),
    "planning:actions": Stop(OFFICER),
    "planning:need": Stop(OFFICER),
    "planning:estimate": Stop(OFFICER),
    "planning:population": Stop(OFFICER),
    "planning:care_rates": Stop(OFFICER),
    "planning:targets": Stop(OFFICER),
    "costs:costs": Stop(OFFICER),
    "needs:forecasts": Stop(OFFICER),
    "needs:forecast": Stop(OFFICER, _calculation("forecast", "done")),
    "needs:adopt_need": Stop(OFFICER, _calculation("forecast", "done")),
    "needs:files": Stop(OFFICER),
    "needs:made": Stop(OFFICER, _calculation("check", "done")),
    "needs:proposals": Stop(OFFICER),
    "needs:proposal": Stop(OFFICER, _calculation("proposal", "done")),
    "needs:adopt_actions": Stop(OFFICER, _calculation("proposal", "done")),
    "planning:versions": Stop(OFFICER),
    "planning:propose": Stop(OFFICER),
    "planning:compare": Stop(OFFICER),
    "planning:version": Stop(OFFICER, _plan("published")),
    "planning:publish": Stop(APPROVER, _plan("proposed")),
    "planning:send_back": Stop(APPROVER, _plan("proposed")),
    "planning:take_back": Stop(OFFICER, _plan("proposed")),
    "planning:texts": Stop(OFFICER),
    "planning:text": Stop(OFFICER, lambda _: [11]),
    "planning:text_pictures": Stop(OFFICER),
    "planning:text_picture_add": Stop(OFFICER),
    "planning:text_picture_remove": Stop(OFFICER, lambda _: [PlanPicture.objects.get().pk]),
    "planning:text_reset": Stop(OFFICER, lambda _: [11]),
    "planning:document": Stop(OFFICER),
    "planning:review": Stop(OFFICER),
    "exchange:exchange": Stop(OFFICER),
    "exchange:run": Stop(OFFICER, _run("ready")),
    "exchange:undo": Stop(OFFICER, _run("applied")),
    "exchange:discard": Stop(OFFICER, _run("ready")),
    "office:values": Stop(OFFICER),
    "office:reporting": Stop(OFFICER),
    "office:contact": Stop(OFFICER),
    "office:letters": Stop(OFFICER),
    "office:letters_numbering": Stop(OFFICER),
    "office:letters_template": Stop(OFFICER),
    "office:letters_template_remove": Stop(OFFICER),
    "office:set": Stop(OFFICER, lambda _: ["absent_staff_counted"]),
    "office:correct": Stop(OFFICER, _the(OwnValue)),
    "office:remove": Stop(OFFICER, _the(OwnValue)),
    "office:accept": Stop(APPROVER, _SETTING),
    "office:decline": Stop(APPROVER, _SETTING),
    "office:withdraw": Stop(OFFICER, _SETTING),
    "opendata:publications": Stop(OFFICER),
    "opendata:settings": Stop(OFFICER),
    "opendata:preview": Stop(OFFICER),
    "opendata:withdraw": Stop(OFFICER, _the(Publication)),
    "open:offices": Stop(NOBODY),
    "open:office": Stop(NOBODY, lambda practice: [practice.authority.code]),
    "open:edition": Stop(
        NOBODY, lambda practice: [practice.authority.code, Publication.objects.earliest("pk").dated]
    ),
    "open:sum": Stop(NOBODY, lambda _: [1, 2022]),
    "open:sum_edition": Stop(NOBODY, lambda _: [1, 2022, SumEdition.objects.earliest("pk").dated]),
    "nation": Stop(MINISTRY, asked=lambda _: "?form=2&year=2022"),
    "nation_accept": Stop(MINISTRY, lambda practice: [practice.authority.code, *_sent_form()]),
    "nation_timeliness": Stop(MINISTRY),
    "nation_files": Stop(MINISTRY),
    "nation_received": Stop(MINISTRY, _the(DeliveredFile)),
    "nation_sum": Stop(MINISTRY, asked=lambda _: "?form=1&year=2022"),
    "nation_publish": Stop(MINISTRY, asked=lambda _: "?form=1&year=2022"),
    "nation_questions": Stop(MINISTRY),
    "nation_ask": Stop(MINISTRY, lambda practice: [practice.authority.code, *_sent_form()]),
    "nation_withdraw_question": Stop(MINISTRY, _the(Question)),
    "returns:questions": Stop(OFFICER),
    "returns:answer": Stop(OFFICER, _the(Question)),
    "nation_years": Stop(MINISTRY, asked=lambda _: "?form=2"),
    "nation_prefectures": Stop(MINISTRY, asked=lambda _: "?form=2&year=2022"),
    "nation_children": Stop(MINISTRY),
    "nation_paper": Stop(MINISTRY, lambda practice: [practice.authority.code, 1, 2021]),
    "nation_return": Stop(MINISTRY, _SENT),
}
MORE: dict[str, tuple[str, Stop]] = {
    "today_of_a_home": ("today:today", Stop(HOME)),
    "today_of_the_approver": ("today:today", Stop(APPROVER)),
    "today_of_the_auditor": ("today:today", Stop(AUDITOR)),
    "today_of_the_center": ("today:today", Stop(CENTER)),
    "today_findings_of_a_home": ("today:findings", Stop(HOME)),
    "homes_homes_of_a_home": ("homes:homes", Stop(HOME)),
    "homes_home_of_a_home": ("homes:home", Stop(HOME, _own_home)),
    "homes_unit_before_it_opened": (
        "homes:unit",
        Stop(HOME, _own_unit, lambda _: "?as_of=2022-03-31"),
    ),
    "homes_propose_wrong": ("homes:propose", Stop(HOME, _own_home)),
    "application_draft": ("certification:application", Stop(HOME, _application("draft"))),
    "application_returned": ("certification:application", Stop(HOME, _application("returned"))),
    "application_certified": (
        "certification:application",
        Stop(APPROVER, _application("certified")),
    ),
    "application_audited": ("certification:application", Stop(AUDITOR, _application("proposed"))),
    "plan_audited": ("planning:overview", Stop(AUDITOR)),
    "plan_actions_audited": ("planning:actions", Stop(AUDITOR)),
    "plan_actions_of_a_home": ("planning:actions", Stop(OFFICER, asked=lambda _: "?home=ikuseien")),
    "costs_audited": ("costs:costs", Stop(AUDITOR)),
    "needs_forecast_audited": ("needs:forecast", Stop(AUDITOR, _calculation("forecast", "done"))),
    "needs_proposal_waiting": (
        "needs:proposal",
        Stop(OFFICER, _calculation("proposal", "waiting")),
    ),
    "needs_forecast_refused": (
        "needs:forecast",
        Stop(OFFICER, _calculation("forecast", "refused")),
    ),
    "return_sent": ("returns:detail", Stop(OFFICER, _SENT)),
    "planning_version_proposed": ("planning:version", Stop(APPROVER, _plan("proposed"))),
    "planning_compare_all": (
        "planning:compare",
        Stop(AUDITOR, asked=lambda _: "?before=1&after=draft&all=1"),
    ),
    "planning_text_audited": ("planning:text", Stop(AUDITOR, lambda _: [10])),
    "planning_review_last_year": ("planning:review", Stop(AUDITOR, asked=lambda _: "?year=2022")),
    "exchange_of_a_home": ("exchange:exchange", Stop(HOME)),
    "exchange_to_download_only": ("exchange:exchange", Stop(AUDITOR)),
    "exchange_run_refused": ("exchange:run", Stop(OFFICER, _run("refused"))),
    "exchange_run_applied": ("exchange:run", Stop(OFFICER, _run("applied"))),
    "exchange_run_waiting": ("exchange:run", Stop(OFFICER, _run("waiting"))),
    "nation_nothing_sent": ("nation", Stop(MINISTRY)),
    "tokens_of_a_role_without_any": ("tokens:tokens", Stop(ADMIN)),
    "start_without_an_office": ("start", Stop(ADMIN)),
    "opendata_preview_of_one_table": (
        "opendata:preview",
        Stop(OFFICER, asked=lambda _: "?table=occupancy"),
    ),
    "open_office_in_english": (
        "open:office",
        Stop(NOBODY, lambda practice: [practice.authority.code], lambda _: "?lang=en"),
    ),
    "forbidden": ("homes:add_home", Stop(AUDITOR)),
    "not_found": ("homes:home", Stop(OFFICER, lambda _: [999_999])),
}
"""Pages that look different to another role or in another state, by their pictures' names."""
NO_PAGE = {
    "returns:notes",
    "exchange:ledger",
    "exchange:of_home",
    "exchange:template",
    "exchange:form1_template",
    "exchange:problems",
    "exchange:marked",
    "exchange:progress",
    "exchange:apply",
    "exchange:again",
    "day_words",
    "day_calendar",
    "health",
    "language",
    "certification:judge",
    "certification:letters_file",
    "office:letters_template_file",
    "office:letters_builtin",
    "certification:evidence",
    "today:picture",
    "open:picture",
    "open:latest_file",
    "open:dated_file",
    "open:sum_file",
    "returns:preview",
    "planning:version_draft",
    "planning:version_file",
    "planning:text_preview",
    "planning:text_picture_file",
    "planning:document_draft",
    "planning:report",
    "planning:review_places",
    "returns:file",
    "nation_file",
    "nation_timeliness_picture",
    "nation_years_picture",
    "nation_package",
    "nation_files_progress",
    "nation_original",
    "planning:picture",
    "planning:actions_preview",
    "planning:need_preview",
    "planning:population_preview",
    "planning:care_rates_preview",
    "planning:targets_preview",
    "costs:preview",
    "needs:forecast_picture",
    "needs:proposal_picture",
    "needs:file",
    "needs:pin",
    "needs:stop",
    "needs:progress",
    "support:picture",
    "costs:picture",
    "mfa_authenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_set_password",
}
"""Files, parts of pages, answers to programs, and allauth's pages that nobody is led to."""


def stops() -> dict[str, tuple[str, Stop]]:
    """Return every page and state to look at, by the name of its picture."""
    return {name.replace(":", "_"): (name, stop) for name, stop in PAGES.items()} | MORE
