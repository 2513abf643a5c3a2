"""Forms of the ministry's pages."""

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.ledger.columns import Column, Kind
from shokibo.web.base.clock import today
from shokibo.web.base.forms import LedgerField, TextField
from shokibo.web.base.words import nendo, wareki
from shokibo.web.receipts.models import FORMS
from shokibo.web.returns.drawing import first_year

MOST_OF_A_QUESTION = 10_000


class AskForm(forms.Form):
    """What an authority is asked."""

    text = TextField(
        label=gettext_lazy("照会の内容"),
        max_length=MOST_OF_A_QUESTION,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Reads several files."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files. Raises ValidationError if there is none."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]


class DeliveryForm(forms.Form):
    """Files of one form and year, and the day on which they came."""

    form = forms.TypedChoiceField(label=gettext_lazy("様式"), choices=FORMS, coerce=int)
    year = LedgerField(Column("year", "年度", Kind.FISCAL_YEAR), required=True)
    came_on = LedgerField(Column("came_on", "届いた日", Kind.DATE), required=True)
    workbooks = FilesField(
        label=gettext_lazy("様式のブック(.xlsx。いくつでも選べます)"),
        widget=_FilesInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy(
            "差出しは、鑑文の自治体名か、ファイル名の団体コード・自治体名で見分けます。"
        ),
        allow_empty_file=True,
    )

    def clean_year(self) -> int:
        """Hold the year to those of the Notification. Raises ValidationError."""
        year: int = self.cleaned_data["year"]
        last = calendar.fiscal_year_of(today())
        if not first_year() <= year <= last:
            words = _("%(first)sから%(last)sまでの年度を記入してください。")
            raise forms.ValidationError(words % {"first": nendo(first_year()), "last": nendo(last)})
        return year

    def clean(self) -> dict[str, Any]:
        """Require a day on which the form can have come: form 2 is of a year that is over."""
        given = super().clean() or {}
        form, year, day = (given.get(name) for name in ("form", "year", "came_on"))
        if form is not None and year is not None and day is not None:
            first = calendar.fiscal_year_start(year + form - 1)
            if day < first:
                words = _("%(first)sから今日までの日を記入してください。")
                self.add_error("came_on", words % {"first": wareki(first)})
        return given

    def clean_came_on(self) -> dt.date:
        """Hold the day to today or before. Raises ValidationError."""
        day: dt.date = self.cleaned_data["came_on"]
        if day > today():
            raise forms.ValidationError(_("今日までの日を記入してください。"))
        return day
