"""Forms of imports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from shokibo.web.base.forms import TextField, VersionedForm
from shokibo.web.exchange.models import Run


class UploadForm(forms.Form):
    """The workbook to import."""

    file = forms.FileField(
        label=gettext_lazy("台帳のブック(.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy(
            "読み込んでも、登録はまだ変わりません。何が変わるかを先に示します。"
        ),
        allow_empty_file=True,
        max_length=None,
    )


class ApplyForm(VersionedForm):
    """Confirmation and reason of an import."""

    reason = TextField(
        label=gettext_lazy("変更の理由"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("変わった行すべての記録に残ります。"),
    )

    def __init__(self, given: Any = None, *, run: Run, must_say_why: bool) -> None:
        super().__init__(given, initial={"version": run.version})
        self.fields["reason"].required = must_say_why
