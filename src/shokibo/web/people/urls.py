"""Addresses of the pages about all people."""

from django.urls import path

from shokibo.web.api import views as api
from shokibo.web.people import views

app_name = "people"
urlpatterns = [
    path("", views.people, name="people"),
    path("invite/", views.invite, name="invite"),
    path("invitations/<number:pk>/cancel/", views.cancel_invitation, name="cancel_invitation"),
    path("invitations/<number:pk>/renew/", views.renew_invitation, name="renew_invitation"),
    path("roles/<number:pk>/end/", views.end_membership, name="end_membership"),
    path("<number:pk>/second-factor/reset/", views.reset_second_factor, name="reset_second_factor"),
    path("<number:pk>/tokens/revoke/", api.revoke_all, name="revoke_tokens"),
]
