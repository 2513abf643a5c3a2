"""Addresses of what an authority sets for itself."""

from django.urls import path, re_path

from shokibo.web.office import letters, views

app_name = "office"
urlpatterns = [
    path("", views.values, name="values"),
    path("contact/", views.contact, name="contact"),
    path("letters/", letters.letters, name="letters"),
    path("letters/numbering/", letters.numbering, name="letters_numbering"),
    path("letters/template/", letters.template, name="letters_template"),
    path("letters/template/file/", letters.template_file, name="letters_template_file"),
    path("letters/template/remove/", letters.template_remove, name="letters_template_remove"),
    path("letters/builtin/", letters.builtin_file, name="letters_builtin"),
    path("reporting/", views.reporting, name="reporting"),
    re_path(r"^set/(?P<name>[a-z_.]+)/$", views.set_value, name="set"),
    path("<number:pk>/correct/", views.correct, name="correct"),
    path("<number:pk>/remove/", views.remove, name="remove"),
    path("proposals/<number:pk>/accept/", views.PAGES.view("accept"), name="accept"),
    path("proposals/<number:pk>/decline/", views.PAGES.view("decline"), name="decline"),
    path("proposals/<number:pk>/withdraw/", views.PAGES.view("withdraw"), name="withdraw"),
]
