"""What an application's steps require; each refusal says why and what to do."""

import datetime as dt
from collections.abc import Collection

from shokibo import calendar
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.judgement import Asked, Judgement, judge_one, law
from shokibo.web.certification.models import STATES, Application
from shokibo.web.steps.step import Step, Taking

LIVE = ("submitted", "returned", "proposed", "certified", "ended")
"""States in which an application counts as applied for or certified."""
CERTIFIED = ("certified", "ended")


Applying = Taking[Application]


def unit_is_the_homes(taking: Applying) -> None:
    """Refuse a unit of another home, and a backup add-on of a unit."""
    unit = taking.value("unit")
    if (taking.value("addon") == "dispersal") != (unit is not None):
        raise RefusedError(
            "小規模かつ地域分散化加算は生活単位ごと、バックアップ職員加算は施設ごとに申請します。",
            "Dispersal is applied for by unit, backup by home.",
        )
    if unit is not None and unit.home_id != taking.value("home").pk:
        raise RefusedError(
            f"生活単位「{unit}」は、この施設のものではありません。選び直してください。",
            f"The unit {unit} belongs to another home.",
        )


def starts_in_its_year(taking: Applying) -> None:
    """Refuse a start month outside the fiscal year."""
    start, year = taking.value("start_month"), taking.value("fiscal_year")
    if calendar.fiscal_year_of(start) != year:
        raise RefusedError(
            f"適用開始月{calendar.era_month(start)}が{calendar.fiscal_year_label(year)}の外です。"
            "年度か適用開始月を修正してください。",
            f"It starts in {start:%Y-%m}, outside fiscal year {year}.",
        )


def most_extra(day: dt.date) -> int:
    """Return the most extra staff of any unit (子発1004第5号 別紙3(1))."""
    return max(law().table("max_extra", day).values())


def extra_is_asked_for(taking: Applying) -> None:
    """Refuse a dispersal application for no extra staff or more than any unit gets."""
    asked = taking.value("requested_extra")
    most = most_extra(taking.value("start_month"))
    if taking.value("addon") == "dispersal" and (asked is None or not 1 <= asked <= most):
        raise RefusedError(
            f"申請加配数を1から{most}までの数で記入してください(子発1004第5号 別紙3(1))。",
            f"Ask for 1 to {most} extra staff.",
        )


def excess_has_its_reason(taking: Applying) -> None:
    """Refuse to ask for more extra staff than there are without a reason."""
    row = taking.row
    if taking.reason.strip() or row.unit is None:
        return
    judgement = judge_one(row.authority, Asked.by(row))
    if judgement.is_exceeded_by(row.requested_extra):
        asked, available = row.requested_extra, judgement.available
        raise RefusedError(
            f"加配できるのは{available}人までです。{asked}人を申請する理由を記入してください。",
            f"There are {available} available; say why {asked} are asked for.",
        )


def no_other_overlaps(taking: Applying) -> None:
    """Refuse a second application or certification of an add-on, place and month."""
    states = LIVE if taking.step.target == "submitted" else CERTIFIED
    refuse_overlap(taking.row, taking.row.start_month, states)


def refuse_overlap(own: Application, first: dt.date, states: Collection[str] = CERTIFIED) -> None:
    """Refuse months from the first on that another application in some states covers."""
    same = Application.objects.filter(
        home=own.home, addon=own.addon, unit=own.unit, fiscal_year=own.fiscal_year
    )
    others = same.filter(state__in=states)
    others = others.exclude(pk__in=[version.pk for version in versions(own)])
    for other in others:
        if other.state == "returned" and hasattr(other, "following"):
            continue  # its following version counts
        if _last_day(other) >= first and _last_day(own) >= other.start_month:
            state = other.state_seen(inside=False)  # a home reads this too
            raise RefusedError(
                f"同じ加算の申請{other.code}({STATES[state]})と月が重なります。"
                "一方を取り下げるか、適用開始月を修正してください。",
                f"Application {other.code} ({state}) is for the same add-on and months.",
            )


def _last_day(application: Application) -> dt.date:
    return application.ended_on or calendar.fiscal_year_end(application.fiscal_year)


def versions(application: Application) -> list[Application]:
    """Return an application and the versions before it, the latest first."""
    chain = [application]
    while chain[-1].previous is not None:
        chain.append(chain[-1].previous)
    return chain


def is_the_latest_version(taking: Applying) -> None:
    """Refuse to act on a returned version that has a successor."""
    following = Application.objects.filter(previous=taking.row).first()
    if following is not None:
        raise RefusedError(
            f"この版の後に新しい版{following.code}があります。そちらで手続してください。",
            f"Version {following.code} follows this one; go on there.",
        )


def proposed_extra_is_within_the_request(taking: Applying) -> None:
    """Refuse to propose no extra staff, or more than was asked for."""
    if taking.row.addon != "dispersal":
        return
    extra, asked = taking.value("proposed_extra"), taking.row.requested_extra or 0
    if extra is None or not 1 <= extra <= asked:
        raise RefusedError(
            f"起案の加配数は、1から申請の{asked}までにしてください。",
            f"Propose between 1 and the {asked} asked for.",
        )


def rules_hold(taking: Applying) -> None:
    """Refuse to propose what the rules do not allow or can't judge, with each ground."""
    judgement = Judgement.of_json(taking.values["judgement"])
    refuse_unheld(judgement, taking.value("proposed_extra"))


def refuse_unheld(judgement: Judgement, extra: int | None) -> None:
    """Refuse a number of extra staff that a judgement does not allow, with each ground."""
    grounds = judgement.blockers(extra)
    if grounds:
        raise RefusedError(
            "認定を起案できません。" + "".join(ground.ja for ground in grounds),
            "Can't be proposed. " + " ".join(ground.en for ground in grounds),
        )


def contradicts_proposal(step: Step[Application], row: Application) -> bool:
    """Whether a step certifies what was proposed for rejection, or vice versa."""
    wanted = {"certified": "certify", "rejected": "reject"}.get(step.target or "")
    return wanted is not None and row.state == "proposed" and row.proposal != wanted


def is_as_proposed(taking: Applying) -> None:
    """Refuse a decision that contradicts the proposal."""
    if contradicts_proposal(taking.step, taking.row):
        raise RefusedError(
            "起案と違う決裁はできません。起案を担当者に戻してください。",
            "The proposal says otherwise; send it back to the officer.",
        )


def ends_at_a_months_end(taking: Applying) -> None:
    """Refuse an end that is not at a month's end."""
    ended_on = taking.value("end_proposed_on")
    if ended_on != calendar.month_end(ended_on):
        raise RefusedError(
            f"終了日は月末にしてください(例:{calendar.era_date(calendar.month_end(ended_on))})。",
            f"It has to end at a month's end, as {calendar.month_end(ended_on)}.",
        )


def ends_early(taking: Applying) -> None:
    """Refuse an end before the start month or the decision, or with the year or after it."""
    row, ended_on = taking.row, taking.value("end_proposed_on")
    first = max(row.start_month, row.decided_on or row.start_month)
    last = calendar.fiscal_year_end(row.fiscal_year)
    if not first <= ended_on < last:
        raise RefusedError(
            f"この認定は、{calendar.era_date(last)}に終わります。終了を起案するときは、"
            f"{calendar.era_date(first)}以後で、それより前の月末にしてください。",
            f"This certification ends on {last} in any case. "
            f"It can only be ended at an earlier month's end, on or after {first}.",
        )
