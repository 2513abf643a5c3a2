"""Forms of the ministry's pages."""

from django import forms


class AcceptForm(forms.Form):
    """The version that the page showed."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
