"""The form of files made by a worker."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shokibo.web.needs.models import FILED


class FilesForm(forms.Form):
    """Which files to make."""

    kind = forms.ChoiceField(label=_("作るもの"))

    def __init__(self, *args: Any, kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(kind, FILED[kind]) for kind in kinds]
