"""Forms of the plan's versions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shokibo.web.base.forms import ShownForm, TextField
from shokibo.web.base.language import language
from shokibo.web.pages.stepping import StepForm


class ProposeForm(ShownForm):
    """What changed in the version, and what the person looked at."""

    note = TextField(
        label=_("変更の内容"),
        help_text=_("前の版から何を、なぜ変えたか。決裁者が読み、版の一覧に残ります。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )


class PublishForm(StepForm):
    """The last look before a version is public: each thing that is odd is confirmed by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in self.shown["questions"]:
            self.fields[question.name] = forms.BooleanField(
                label=question.words.say(language()),
                error_messages={"required": _("このまま公表してよければ、印を付けてください。")},
            )
        self.order_fields([name for name in self.fields if name != "reason"])
