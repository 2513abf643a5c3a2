"""Addresses of exchange."""

from django.urls import path

from shokibo.web.exchange.views import downloads, runs

app_name = "exchange"
urlpatterns = [
    path("", runs.exchange, name="exchange"),
    path("ledger/<str:kind>/", downloads.ledger, name="ledger"),
    path("home/<int:pk>/", downloads.of_home, name="of_home"),
    path("template/", downloads.template, name="template"),
    path("<int:pk>/", runs.run, name="run"),
    path("<int:pk>/progress/", runs.progress, name="progress"),
    path("<int:pk>/problems/", runs.problems, name="problems"),
    path("<int:pk>/apply/", runs.apply, name="apply"),
    path("<int:pk>/again/", runs.again, name="again"),
    path("<int:pk>/undo/", runs.undo, name="undo"),
    path("<int:pk>/discard/", runs.discard, name="discard"),
]
