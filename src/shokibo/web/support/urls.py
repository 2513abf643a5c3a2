"""Addresses of the support."""

from django.urls import path

from shokibo.web.support import views

app_name = "support"
urlpatterns = [
    path("", views.staff, name="staff"),
    path("housing/", views.housing, name="housing"),
    path("housing/<number:pk>/open/", views.open_lead, name="open_lead"),
    path("housing/<number:pk>/costs/", views.lead_costs, name="lead_costs"),
    path("community/", views.community, name="community"),
    path("pictures/<slug:name>/", views.picture, name="picture"),
]
