"""What waits because of children's records: for the center, and for the home they live in."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.words import as_text, wareki
from shokibo.web.care.watching import Due, opened, running, to_agree
from shokibo.web.care.wording import CLOCKS
from shokibo.web.today.work import Line, Today, Work, only_with, work_of


@only_with(Permission.CHILD_READ)
def overdue_or_near(today: Today) -> Iterator[Work]:
    """Find every clock that runs, the nearest first; one that is over is urgent.

    No child is named here: this page asks for no second factor.
    """
    clocks = running(today.office)
    late = [due for due in clocks if due.clock.due < today.day]
    on_time = [due for due in clocks if due.clock.due >= today.day]
    address = reverse("care:watch", args=[today.code])

    def line(due: Due) -> Line:
        note = _("期限 %(day)s") % {"day": wareki(due.clock.due)}
        return Line(as_text(CLOCKS[due.clock.what]), address, note=note)

    yield from work_of(_("期限を過ぎた児童の手続"), late, line, address, urgent=True)
    yield from work_of(_("期限のある児童の手続"), on_time, line, address)


@only_with(Permission.CHILD_READ)
def records_opened(today: Today) -> Iterator[Work]:
    """Find records of the center's children that somebody opened with a reason."""
    address = f"{reverse('care:watch', args=[today.code])}#openings"
    yield from work_of(
        _("理由を書いて開かれた児童の記録を確かめる"),
        opened(today.office),
        lambda row: Line(str(row.person), address, today.since(row.opened_at)),
        address,
        _("この1週間に、関係のない職員が開いた記録です。"),
        urgent=True,
    )


@only_with(Permission.CHILD_OF_HOME)
def policies_to_agree(today: Today) -> Iterator[Work]:
    """Find policies of the home's children to which it has not agreed yet; no child is named."""
    yield from work_of(
        _("援助方針に合意する"),
        to_agree(today.office),
        lambda row: Line(
            _("%(day)sの援助方針") % {"day": wareki(row.recorded_on)},
            reverse("care:agree", args=[today.code, row.pk]),
            today.since(row.recorded_on),
        ),
        reverse("care:children", args=[today.code]),
        _("児童相談所が書いた方針です。違うと思うところは、合意する前に児童相談所と話します。"),
    )
