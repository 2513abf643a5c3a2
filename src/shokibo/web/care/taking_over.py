"""Children known only from the ledger's episodes, for whom records are created once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.care.stays import PROTECTION
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit import recording
from shokibo.web.audit.recording import Act
from shokibo.web.care.actions import digest_of, keep_version
from shokibo.web.care.deriving import derive
from shokibo.web.care.models import Child, Placement, Protection, UsedCode
from shokibo.web.register.models import Episode

_STAY = ("place", "home", "unit", "started_on", "ended_on", "end_reason", "move_reason")
TWO_BIRTHS = Text("生年月が行により違います", "its rows differ in the month of birth")
TWO_CENTERS = Text("児童相談所コードが行により違います", "its rows differ in the center")
OVERLAPS = Text("期間が重なります", "its stays overlap")
REVERSED = Text("終了日が開始日より前です", "a stay ends before it starts")


@dataclass(frozen=True)
class Candidate:
    """A child in the episodes: its rows in order, and why it can't be taken over."""

    code: str
    rows: Sequence[Episode]
    problems: tuple[Text, ...]


def candidates(office: Office) -> list[Candidate]:
    """Return the children of a person's center with episodes and without records."""
    rows = office.rows(Episode, Permission.CHILD_WRITE).exclude(of_records=True)
    rows = rows.select_related("home", "unit").order_by("child_code", "started_on")
    by_code = groupby(rows, key=lambda row: str(row.child_code))
    found = ((code, list(of_child)) for code, of_child in by_code)
    return [Candidate(code, of_child, tuple(_problems(of_child))) for code, of_child in found]


def _problems(rows: Sequence[Episode]) -> Iterable[Text]:
    """Say what records of the child could not hold."""
    if len({row.birth_month for row in rows}) > 1:
        yield TWO_BIRTHS
    if len({row.center_code or "" for row in rows}) > 1:
        yield TWO_CENTERS
    if any(row.ended_on and row.ended_on < row.started_on for row in rows):
        yield REVERSED
    if any(one.ended_on is None or one.ended_on >= two.started_on for one, two in pairwise(rows)):
        yield OVERLAPS


@transaction.atomic
def take_over(*, office: Office, found: Iterable[Candidate]) -> int:
    """Create records of the children without problems; return how many."""
    if not office.may(Permission.CHILD_WRITE):
        raise PermissionDenied(Permission.CHILD_WRITE)
    taken = [one for one in found if not one.problems]
    for one in taken:
        _take_over(office, one)
    return len(taken)


def _take_over(office: Office, one: Candidate) -> None:
    """Create a child with the stays of its episodes, which become derived and stay unchanged."""
    act, first = Act(office.person, "care.take_over"), one.rows[0]
    same = {"birth_month": first.birth_month, "center_code": first.center_code}
    child = Child(authority=office.authority, code=one.code, **same)
    recording.add(act, child)
    UsedCode.objects.get_or_create(digest=digest_of(one.code))
    whose = {"authority": office.authority, "child": child, "recorded_by": office.person}
    for row in one.rows:
        stay = Placement(**whose, **{name: getattr(row, name) for name in _STAY})
        recording.add(act, stay)
        keep_version(office, "placement", stay)
        if row.place == PROTECTION:
            protection = Protection(**whose, stay=stay, protected_at="other")
            recording.add(act, protection)
            keep_version(office, "protection", protection)
    derive(Act(office.person, "care.derive"), child)
