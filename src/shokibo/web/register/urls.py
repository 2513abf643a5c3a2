"""Addresses of the register."""

from django.urls import path

from shokibo.web.register.views import confirmations, counts, home, homes, proposals, staff, unit

app_name = "register"
urlpatterns = [
    path("", homes.homes, name="homes"),
    path("add/", home.add_home, name="add_home"),
    path("occupancy/add/", counts.add_total, name="add_total"),
    path("<int:pk>/", home.home, name="home"),
    path("<int:pk>/edit/", home.edit_home, name="edit_home"),
    path("<int:pk>/units/add/", unit.add_unit, name="add_unit"),
    path("<int:pk>/confirmations/add/", confirmations.add_confirmation, name="add_confirmation"),
    path("<int:pk>/occupancy/add/", counts.add_occupancy, name="add_occupancy"),
    path("<int:pk>/proposals/add/", proposals.propose, name="propose"),
    path("<int:pk>/staff/", staff.staff, name="staff"),
    path("<int:pk>/staff/add/", staff.add_posting, name="add_posting"),
    path("units/<int:pk>/", unit.unit, name="unit"),
    path("units/<int:pk>/edit/", unit.edit_unit, name="edit_unit"),
    path("units/<int:pk>/close/", unit.close_unit, name="close_unit"),
    path("units/<int:pk>/capacities/add/", unit.add_capacity, name="add_capacity"),
    path("capacities/<int:pk>/edit/", unit.edit_capacity, name="edit_capacity"),
    path("capacities/<int:pk>/remove/", unit.remove_capacity, name="remove_capacity"),
    path("postings/<int:pk>/edit/", staff.edit_posting, name="edit_posting"),
    path("postings/<int:pk>/end/", staff.end_posting, name="end_posting"),
    path("postings/<int:pk>/remove/", staff.remove_posting, name="remove_posting"),
    path("confirmations/<int:pk>/edit/", confirmations.edit_confirmation, name="edit_confirmation"),
    path(
        "confirmations/<int:pk>/remove/",
        confirmations.remove_confirmation,
        name="remove_confirmation",
    ),
    path("occupancy/<int:pk>/edit/", counts.edit_occupancy, name="edit_occupancy"),
    path("occupancy/<int:pk>/remove/", counts.remove_occupancy, name="remove_occupancy"),
    path("proposals/<int:pk>/accept/", proposals.accept_proposal, name="accept_proposal"),
    path("proposals/<int:pk>/decline/", proposals.decline_proposal, name="decline_proposal"),
    path("proposals/<int:pk>/withdraw/", proposals.withdraw_proposal, name="withdraw_proposal"),
]
