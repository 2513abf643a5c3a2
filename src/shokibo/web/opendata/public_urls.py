"""Addresses of what is published, for everybody."""

from django.urls import path, re_path

from shokibo.web.opendata import public, public_sums

_CODE = r"^(?P<code>[0-9]{6})/"
_DATED = _CODE + r"(?P<dated>[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,6})/"
_SUM = (
    r"^form(?P<number>[12])/(?P<year>[0-9]{4})/"
    r"(?P<dated>[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,6})/"
)
_NAME = r"(?P<name>[a-z]+\.(?:csv|json))$"

app_name = "open"
urlpatterns = [
    path("", public.offices, name="offices"),
    path("form<number:number>/<number:year>/", public_sums.latest, name="sum"),
    re_path(_SUM + "$", public_sums.edition, name="sum_edition"),
    re_path(_SUM + r"(?P<name>[a-z]+\.(?:csv|json|xlsx|zip))$", public_sums.file, name="sum_file"),
    path("<code:code>/", public.office, name="office"),
    re_path(_CODE + _NAME, public.latest_file, name="latest_file"),
    re_path(_DATED + "$", public.edition, name="edition"),
    re_path(_DATED + r"places\.svg$", public.picture, name="picture"),
    re_path(_DATED + _NAME, public.dated_file, name="dated_file"),
]
