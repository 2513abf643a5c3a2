"""The steps of a proposal: made, withdrawn, decided, or declined."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from shokibo.texts import Text
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit import recording
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import Facts
from shokibo.web.base.words import nendo, or_dash, wareki
from shokibo.web.office.items import in_words, item_of, label_of
from shokibo.web.office.models import SettingProposal
from shokibo.web.register.models import Authority, OwnValue
from shokibo.web.steps.step import NEW, Process, Step, Taking, settled
from shokibo.web.store.wording import Comparison, Labelled, fields_of


def asked_of(row: SettingProposal) -> Labelled:
    """Return the proposed values; of how the authority reports, also the present ones."""
    if row.name is None:
        now = row.authority
        return (
            (_("報告者職名"), _then(now.reporting_officer, row.reporting_officer)),
            (_("報告開始年度"), _then(_year(now.reports_from), _year(row.reports_from))),
        )
    if row.change == "remove":
        return fields_of(row, "effective_from")
    value = (_("値"), in_words(row.name, str(row.value)))
    return (*fields_of(row, "effective_from", "effective_to"), value, *fields_of(row, "source"))


def shown_of(row: SettingProposal) -> Labelled:
    """Return what pages show of a proposal: the proposed and present values."""
    named = () if row.name is None else ((_("項目"), label_of(row.name)),)
    return (
        *named,
        *fields_of(row, "change"),
        *asked_of(row),
        *_held(row),
        *fields_of(row, "reason"),
        (_("起案した人"), row.proposed_by.name),
    )


def comparison_of(row: SettingProposal) -> Comparison:
    """Return today's values (by law if nothing is set) next to the proposed ones."""
    if row.name is None:
        authority = row.authority
        names = (authority.reporting_officer, row.reporting_officer)
        years = (_year(authority.reports_from), _year(row.reports_from))
        return tuple(
            (label, str(or_dash(old)), str(or_dash(new)))
            for label, (old, new) in ((_("報告者職名"), names), (_("報告開始年度"), years))
        )
    today = clock.today()
    values = OwnValue.objects.filter(authority=row.authority, name=row.name)
    ended = Q(effective_to__lt=today)
    stored = values.filter(effective_from__lte=today).exclude(ended).first()
    now = _parts(stored) if stored else _of_law(row.name, today)
    then = _of_law(row.name, _first_day(row)) if row.change == "remove" else _parts(row)
    labels = (_("値"), _("期間"), _("根拠"))
    return tuple(zip(labels, now, then, strict=True))


def _parts(one: OwnValue | SettingProposal) -> tuple[str, str, str]:
    last = wareki(one.effective_to) if one.effective_to else ""
    span = f"{wareki(one.effective_from)}〜{last}"
    return in_words(str(one.name), str(one.value)), span, str(one.source)


def _of_law(name: str, day: dt.date) -> tuple[str, str, str]:
    item = item_of(name)
    return (item.law_value(day), "—", item.law_source(day)) if item else ("—", "—", "—")


def _year(year: int | None) -> str | None:
    return None if year is None else nendo(year)


def _then(now: str | None, then: str | None) -> str:
    return f"{or_dash(now)} → {or_dash(then)}" if now != then else str(or_dash(now))


def _held(row: SettingProposal) -> Iterator[tuple[str, str]]:
    """Return the law's value, and the own values that the proposal would change or end."""
    if row.name is None:
        return
    if item := item_of(row.name):
        yield _("自治体が定めないときの値"), item.law_value(_first_day(row))
        yield _("その根拠"), item.law_source(_first_day(row))
    if stored := stored_of(row):
        yield _("今の自治体の値"), described(stored)
    if earlier := ended_by(row):
        last = wareki(_first_day(row) - dt.timedelta(days=1))
        yield _("%(day)sで終わる値") % {"day": last}, described(earlier)


def described(value: OwnValue) -> str:
    """Describe an own value with its days and source."""
    return _("%(value)s(%(first)sから%(last)s、%(source)s)") % {
        "value": in_words(value.name, value.value),
        "first": wareki(value.effective_from),
        "last": _("%(day)sまで") % {"day": wareki(value.effective_to)}
        if value.effective_to
        else _("期限なし"),
        "source": value.source,
    }


def facts_of(row: SettingProposal) -> Facts:
    """Return the same in Japanese, for a decision."""
    with translation.override("ja"):
        today = {f"今の{label}": now for label, now, _then in comparison_of(row)}
        return {**dict(shown_of(row)), **today}


def _first_day(row: SettingProposal) -> dt.date:
    first: dt.date = row.effective_from
    return first


def stored_of(row: SettingProposal) -> OwnValue | None:
    """Return the own value that a proposal changes or removes."""
    values = OwnValue.objects.filter(authority=row.authority, name=row.name)
    return values.filter(effective_from=row.effective_from).first()


def ended_by(row: SettingProposal) -> OwnValue | None:
    """Return the open-ended own value that a new one ends on the day before."""
    if row.change != "set" or stored_of(row) is not None:
        return None
    values = OwnValue.objects.filter(authority=row.authority, name=row.name)
    return values.filter(effective_from__lt=row.effective_from, effective_to=None).first()


def overlapping(row: SettingProposal) -> OwnValue | None:
    """Return another own value that would hold on the same days."""
    last = row.effective_to or dt.date.max
    ended = ended_by(row)
    others = OwnValue.objects.filter(
        authority=row.authority, name=row.name, effective_from__lte=last
    ).exclude(effective_from=row.effective_from)
    return next(
        (
            other
            for other in others
            if other != ended and (other.effective_to or dt.date.max) >= _first_day(row)
        ),
        None,
    )


def _none_is_pending(taking: Taking[SettingProposal]) -> None:
    row = taking.row
    same = SettingProposal.objects.filter(
        authority=row.authority, state="pending", name=row.name, effective_from=row.effective_from
    )
    if same.exists():
        raise RefusedError(
            "同じ項目と適用開始日の起案が、もう決裁を待っています。"
            "その起案の決裁を待つか、取り下げてから起案してください。",
            "Such a proposal waits for its decision already: wait for it, or withdraw it first.",
        )


def _enter(taking: Taking[SettingProposal]) -> None:
    row, act = taking.row, taking.act
    if row.change == "reporting":
        authority = Authority.objects.get(pk=row.authority_id)
        values = {name: getattr(row, name) for name in ("reporting_officer", "reports_from")}
        recording.change(act, authority, authority.version, values)
        return
    stored, earlier = stored_of(row), ended_by(row)
    values = {name: getattr(row, name) for name in ("effective_to", "value", "source")}
    if row.change == "remove":
        if stored is None:
            raise RefusedError("この値は、もうありません。", "This value is no longer there.")
        recording.remove(act, stored, stored.version)
    elif stored is not None:
        recording.change(act, stored, stored.version, values)
    else:
        if earlier is not None:
            last = _first_day(row) - dt.timedelta(days=1)
            recording.change(act, earlier, earlier.version, {"effective_to": last})
        start = {"name": row.name, "effective_from": row.effective_from}
        recording.add(act, OwnValue(authority=row.authority, **start, **values))


PROCESS = Process(
    SettingProposal,
    SettingProposal.STATES,
    lambda row: Text(f"起案「{row}」", f"proposal {row}"),
)
MAKE = Step(
    PROCESS,
    Text("起案する", "Propose"),
    "setting.propose",
    Permission.SETTING_PROPOSE,
    (NEW,),
    "pending",
    (_none_is_pending,),
    because=lambda taking: taking.row.reason,
    values=lambda taking: {"proposed_by": taking.office.person},
)
WITHDRAW = Step(
    PROCESS,
    Text("取り下げる", "Withdraw"),
    "setting.withdraw",
    Permission.SETTING_PROPOSE,
    ("pending",),
    "withdrawn",
    facts=facts_of,
    values=settled,
)
DECLINE = Step(
    PROCESS,
    Text("決定しない", "Decline"),
    "setting.decline",
    Permission.SETTING_DECIDE,
    ("pending",),
    "declined",
    reason="required",
    facts=facts_of,
    values=settled,
)
ACCEPT = Step(
    PROCESS,
    Text("決定する", "Decide"),
    "setting.accept",
    Permission.SETTING_DECIDE,
    ("pending",),
    "accepted",
    never_by=(
        (
            lambda row: (row.proposed_by_id,),
            Text(
                "自分が起案した値は決定できません。ほかの決裁者が決定してください。",
                "Who proposed it can't decide on it; another approver has to.",
            ),
        ),
    ),
    reason="optional",
    facts=facts_of,
    values=settled,
    more=_enter,
)
