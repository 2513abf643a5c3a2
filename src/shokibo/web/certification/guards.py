"""What has to hold before an application may take a step; each refusal says why and what to do."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from shokibo import calendar
from shokibo.web.accounts.models import Person
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.facts import workers_on
from shokibo.web.certification.judgement import Judgement, law
from shokibo.web.certification.models import STATES, Application

LIVE = ("submitted", "returned", "proposed", "certified", "ended")
"""States in which an application counts as applied for or certified."""


@dataclass(frozen=True)
class Step:
    """An application about to change: as it stands, who acts, the values to come, and why."""

    application: Application
    person: Person
    values: dict[str, Any]
    reason: str

    def value(self, name: str) -> Any:
        """Give a field as it will be."""
        return self.values.get(name, getattr(self.application, name))


Guard = Callable[[Step], None]


def unit_is_the_homes(step: Step) -> None:
    """Refuse a unit of another home, and a backup add-on of a unit."""
    unit = step.value("unit")
    if (step.value("addon") == "dispersal") != (unit is not None):
        raise RefusedError(
            "小規模かつ地域分散化加算は生活単位ごと、バックアップ職員加算は施設ごとに申請します。",
            "Dispersal is applied for by unit, backup by home.",
        )
    if unit is not None and unit.home_id != step.value("home").pk:
        raise RefusedError(
            f"生活単位「{unit}」は、この施設のものではありません。選び直してください。",
            f"The unit {unit} belongs to another home.",
        )


def starts_in_its_year(step: Step) -> None:
    """Refuse a start month outside the fiscal year."""
    start, year = step.value("start_month"), step.value("fiscal_year")
    if calendar.fiscal_year_of(start) != year:
        raise RefusedError(
            f"適用開始月{calendar.era_month(start)}が{calendar.fiscal_year_label(year)}の外です。"
            "年度か適用開始月を直してください。",
            f"It starts in {start:%Y-%m}, outside fiscal year {year}.",
        )


def most_extra(day: dt.date) -> int:
    """Give how many extra staff a unit of any capacity gets at most (子発1004第5号 別紙3(1))."""
    return max(law().table("max_extra", day).values())


def extra_is_asked_for(step: Step) -> None:
    """Refuse a dispersal application that asks for no extra staff or more than any unit gets."""
    asked = step.value("requested_extra")
    most = most_extra(step.value("start_month"))
    if step.value("addon") == "dispersal" and (asked is None or not 1 <= asked <= most):
        raise RefusedError(
            f"申請加配数を1から{most}までの数で記入してください(子発1004第5号 別紙3(1))。",
            f"Ask for 1 to {most} extra staff.",
        )


def no_other_is_live(step: Step) -> None:
    """Refuse a second application of the same add-on and place whose months overlap."""
    _refuse_overlapping(step, Application.objects.filter(state__in=LIVE))


def no_other_is_certified(step: Step) -> None:
    """Refuse a second certification of the same add-on and place whose months overlap."""
    _refuse_overlapping(step, Application.objects.filter(state__in=("certified", "ended")))


def _refuse_overlapping(step: Step, among: QuerySet[Application]) -> None:
    own = step.application
    others = among.filter(
        home=own.home, addon=own.addon, unit=own.unit, fiscal_year=own.fiscal_year
    ).exclude(pk__in=[version.pk for version in versions(own)])
    for other in others:
        if other.state == "returned" and hasattr(other, "following"):
            continue  # its following version stands for it
        if _last_day(other) >= own.start_month and _last_day(own) >= other.start_month:
            state = other.state_seen(inside=False)  # a home reads this too
            raise RefusedError(
                f"同じ加算の申請{other.code}({STATES[state]})と月が重なります。"
                "一方を取り下げるか、適用開始月を直してください。",
                f"Application {other.code} ({state}) is for the same add-on and months.",
            )


def _last_day(application: Application) -> dt.date:
    return application.ended_on or calendar.fiscal_year_end(application.fiscal_year)


def versions(application: Application) -> list[Application]:
    """Give an application and the versions before it, the latest first."""
    chain = [application]
    while chain[-1].previous is not None:
        chain.append(chain[-1].previous)
    return chain


def is_the_latest_version(step: Step) -> None:
    """Refuse to act on a returned version that was followed by another."""
    following = Application.objects.filter(previous=step.application).first()
    if following is not None:
        raise RefusedError(
            f"この版の後に新しい版{following.code}があります。そちらで手続してください。",
            f"Version {following.code} follows this one; go on there.",
        )


def reason_is_given(step: Step) -> None:
    """Refuse to act without saying why."""
    if not step.reason.strip():
        raise RefusedError("理由を記入してください。", "Say why.")


def proposed_extra_is_within_the_request(step: Step) -> None:
    """Refuse to propose no extra staff, or more than was asked for."""
    if step.application.addon != "dispersal":
        return
    extra, asked = step.value("proposed_extra"), step.application.requested_extra or 0
    if extra is None or not 1 <= extra <= asked:
        raise RefusedError(
            f"起案の加配数は、1から申請の{asked}までにしてください。",
            f"Propose between 1 and the {asked} asked for.",
        )


def rules_hold(step: Step) -> None:
    """Refuse to propose what the rules do not allow or can't judge, with each ground."""
    judgement = Judgement.of_json(step.values["judgement"])
    grounds = judgement.hindrances(step.value("proposed_extra"))
    if grounds:
        raise RefusedError(
            "認定を起案できません。" + "".join(ground.ja for ground in grounds),
            "Can't be proposed. " + " ".join(ground.en for ground in grounds),
        )


def is_another_person(step: Step) -> None:
    """Refuse a decision by who proposed it or worked on the application, whatever their roles."""
    if step.application.proposed_by_id == step.person.pk:
        raise RefusedError(
            "自分が起案したものは決裁できません。別の決裁者に頼んでください。",
            "You proposed this; another approver has to decide.",
        )
    if step.person.pk in workers_on(step.application):
        raise RefusedError(
            "自分が作成、変更または提出した申請は決裁できません。別の決裁者に頼んでください。",
            "You worked on this application; another approver has to decide.",
        )


def certifying_is_proposed(step: Step) -> None:
    """Refuse to certify what was proposed for rejection."""
    _hold_to_proposal(step, "certify")


def rejecting_is_proposed(step: Step) -> None:
    """Refuse to reject what was proposed for certification."""
    _hold_to_proposal(step, "reject")


def _hold_to_proposal(step: Step, decision: str) -> None:
    if step.application.proposal != decision:
        raise RefusedError(
            "起案と違う決裁はできません。起案を担当者に戻してください。",
            "The proposal says otherwise; send it back to the officer.",
        )


def ends_at_a_months_end(step: Step) -> None:
    """Refuse an end that is no month's end."""
    ended_on = step.values["ended_on"]
    if ended_on != calendar.month_end(ended_on):
        raise RefusedError(
            f"終了日は月末にしてください(例:{calendar.era_date(calendar.month_end(ended_on))})。",
            f"It has to end at a month's end, as {calendar.month_end(ended_on)}.",
        )


def ends_after_it_began(step: Step) -> None:
    """Refuse an end before the start month or the decision, or after the year."""
    row, ended_on = step.application, step.values["ended_on"]
    first = max(row.start_month, row.decided_on or row.start_month)
    last = calendar.fiscal_year_end(row.fiscal_year)
    if not first <= ended_on <= last:
        raise RefusedError(
            f"終了日は、{calendar.era_date(first)}から{calendar.era_date(last)}までの月末です。",
            f"It has to end between {first} and {last}.",
        )
