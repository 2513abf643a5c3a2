"""The form of the files that a worker makes."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shokibo.web.needs.models import FILED


class FilesForm(forms.Form):
    """What is to be made."""

    kind = forms.ChoiceField(label=_("作るもの"))

    def __init__(self, *args: Any, kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(kind, FILED[kind]) for kind in kinds]
