"""The form of the homes' deadline."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.base.forms import VersionedForm

_LEAP_YEAR = 2024


class HomesDueForm(VersionedForm):
    """Month and day, the same every year."""

    month = forms.IntegerField(
        label=gettext_lazy("月"), min_value=1, max_value=12, widget=forms.NumberInput
    )
    day = forms.IntegerField(
        label=gettext_lazy("日"),
        min_value=1,
        max_value=31,
        help_text=gettext_lazy("2月29日など、その年にない日は月の末日になります。"),
    )

    def clean(self) -> dict[str, Any]:
        """Require a day that some year has."""
        given = self.cleaned_data
        if "month" in given and "day" in given:
            try:
                dt.date(_LEAP_YEAR, given["month"], given["day"])
            except ValueError:
                self.add_error("day", _("この月にない日です。日を修正してください。"))
        return given
