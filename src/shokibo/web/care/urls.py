"""The addresses of children's records."""

from django.urls import path

from shokibo.web.care.views import (
    children,
    counts,
    looks,
    records,
    retention,
    taking_over,
    units,
    watching,
)

app_name = "care"
urlpatterns = [
    path("", children.children, name="children"),
    path("counts/", counts.counts, name="counts"),
    path("watch/", watching.watch, name="watch"),
    path("retention/", retention.retention, name="retention"),
    path("take_over/", taking_over.take_over, name="take_over"),
    path("units/", units.units, name="units"),
    path("units/<number:pk>/", units.unit_rule, name="unit_rule"),
    path("add/", children.add_child, name="add_child"),
    path("open/", children.open_records, name="open_records"),
    path("<number:pk>/", children.child, name="child"),
    path("<number:pk>/edit/", children.edit_child, name="edit_child"),
    path("<number:pk>/end/", children.end_care, name="end_care"),
    path("<number:pk>/unregister/", retention.unregister, name="unregister"),
    path("<number:pk>/looks/", looks.looks, name="looks"),
    path("<number:pk>/<slug:kind>/add/", records.add_record, name="add_record"),
    path("records/<slug:kind>/<number:pk>/edit/", records.edit_record, name="edit_record"),
    path("records/<slug:kind>/<number:pk>/remove/", records.remove_record, name="remove_record"),
    path("policies/<number:pk>/agree/", records.agree, name="agree"),
]
