"""Addresses of what is published, for everybody."""

from django.urls import path, re_path

from shokibo.web.opendata import public

_CODE = r"^(?P<code>[0-9]{6})/"
_DATED = _CODE + r"(?P<dated>[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,6})/"
_NAME = r"(?P<name>[a-z]+\.(?:csv|json))$"

app_name = "open"
urlpatterns = [
    path("", public.offices, name="offices"),
    path("<code:code>/", public.office, name="office"),
    re_path(_CODE + _NAME, public.latest_file, name="latest_file"),
    re_path(_DATED + "$", public.edition, name="edition"),
    re_path(_DATED + r"places\.svg$", public.picture, name="picture"),
    re_path(_DATED + _NAME, public.dated_file, name="dated_file"),
]
