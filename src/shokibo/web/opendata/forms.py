"""Forms of open data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shokibo.opendata.disclosure import LEAST_THRESHOLD
from shokibo.opendata.tables import NAMES
from shokibo.web.base.forms import TextField, VersionedForm


def tables_field() -> forms.MultipleChoiceField:
    """Read the names of tables."""
    return forms.MultipleChoiceField(
        label=_("公開する表"), required=False, choices=[(name, name) for name in NAMES]
    )


class PublishForm(forms.Form):
    """The tables as they were previewed, and the digest of what was shown."""

    table = tables_field()
    digest = forms.CharField(max_length=64, required=False)


class SettingsForm(VersionedForm):
    """The threshold and the licence."""

    row_fields = ("threshold", "licence")
    threshold = forms.IntegerField(
        label=_("公開する最小の人数"),
        required=False,
        min_value=LEAST_THRESHOLD,
        max_value=1000,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_(
            "児童の数がこれより少ない行と、その行を内訳に含む合計の行は、すべて空欄にします"
            "(0は少ない数として扱いません)。3以上にしてください。2では、隠した数が1だと分かるためです。"
            "空欄のままでは、児童の数を含む表は公開しません。"
            "あとで小さくすると、前の版で空欄だった数が公開されます。"
        ),
    )
    licence = TextField(
        label=_("利用条件"),
        required=False,
        max_length=300,
        help_text=_("「CC BY 4.0」など。空欄は、条件を示しません。"),
    )
