"""A clock's deadline in a list: its day, and whether it has passed."""

import datetime as dt

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shokibo.care.clocks import Clock
from shokibo.web.base.words import wareki
from shokibo.web.pages.listing import lines
from shokibo.web.pages.templatetags.pages import badge


def deadline(clock: Clock, day: dt.date, *notes: object) -> SafeString:
    """Show a deadline, with a badge if it is before a day."""
    overdue = badge("error", _("期限切れ")) if clock.due < day else ""
    return lines(wareki(clock.due), overdue, *notes)
