"""Addresses of one's own account; log-in and second factor are allauth's."""

from allauth.account import views as allauth
from allauth.usersessions import views as usersessions
from django.urls import include, path, re_path

from shokibo.web.people import views
from shokibo.web.people.forms import SessionsForm
from shokibo.web.people.login import PracticeLoginView
from shokibo.web.people.logout import logout

_own = [
    path("", views.profile, name="profile"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
urlpatterns = [
    path("", include((_own, "people_own"))),
    path("tokens/", include("shokibo.web.api.token_urls")),
    path("login/", PracticeLoginView.as_view(), name="account_login"),
    path("logout/", logout, name="account_logout"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(  # the key has a hyphen of its own, the person none
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("signup/", allauth.signup, name="account_signup"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path(
        "sessions/",
        usersessions.ListUserSessionsView.as_view(form_class=SessionsForm),
        name="usersessions_list",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]
