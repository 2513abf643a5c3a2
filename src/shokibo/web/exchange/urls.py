"""Addresses of exchange."""

from django.urls import path

from shokibo.web.exchange.views import downloads, runs

app_name = "exchange"
urlpatterns = [
    path("", runs.exchange, name="exchange"),
    path("ledger/<str:kind>/", downloads.ledger, name="ledger"),
    path("home/<number:pk>/", downloads.of_home, name="of_home"),
    path("template/", downloads.template, name="template"),
    path("template/form1/", downloads.form1_template, name="form1_template"),
    path("<number:pk>/", runs.run, name="run"),
    path("<number:pk>/progress/", runs.progress, name="progress"),
    path("<number:pk>/problems/", runs.problems, name="problems"),
    path("<number:pk>/marked/", runs.marked, name="marked"),
    path("<number:pk>/apply/", runs.apply, name="apply"),
    path("<number:pk>/again/", runs.again, name="again"),
    path("<number:pk>/undo/", runs.undo, name="undo"),
    path("<number:pk>/discard/", runs.discard, name="discard"),
]
