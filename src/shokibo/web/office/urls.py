"""Addresses of what an authority sets for itself."""

from django.urls import path, re_path

from shokibo.web.office import views

app_name = "office"
urlpatterns = [
    path("", views.values, name="values"),
    path("contact/", views.contact, name="contact"),
    path("reporting/", views.reporting, name="reporting"),
    re_path(r"^set/(?P<name>[a-z_.]+)/$", views.set_value, name="set"),
    path("<number:pk>/correct/", views.correct, name="correct"),
    path("<number:pk>/remove/", views.remove, name="remove"),
    path("proposals/<number:pk>/accept/", views.PAGES.view("accept"), name="accept"),
    path("proposals/<number:pk>/decline/", views.PAGES.view("decline"), name="decline"),
    path("proposals/<number:pk>/withdraw/", views.PAGES.view("withdraw"), name="withdraw"),
]
