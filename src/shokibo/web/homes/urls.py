"""Addresses of the register."""

from django.urls import path

from shokibo.web.accounts.permissions import Permission
from shokibo.web.homes.views import (
    continuation,
    eligibility,
    home,
    homes,
    proposals,
    renewal,
    rows,
    staff,
    unit,
)

app_name = "homes"
urlpatterns = [
    path("", homes.homes, name="homes"),
    path("add/", home.add_home, name="add_home"),
    path(
        "occupancy/add/",
        rows.added("occupancy", "total", Permission.REGISTER_WRITE),
        name="add_total",
    ),
    path("eligibility/", eligibility.eligibility, name="eligibility"),
    path("confirmations/", renewal.confirmations, name="renew_confirmations"),
    path("<number:pk>/", home.home, name="home"),
    path("<number:pk>/edit/", home.edit_home, name="edit_home"),
    path("<number:pk>/units/add/", unit.add_unit, name="add_unit"),
    path("<number:pk>/confirmations/add/", rows.added("confirmations"), name="add_confirmation"),
    path("<number:pk>/occupancy/add/", rows.added("occupancy"), name="add_occupancy"),
    path("<number:pk>/proposals/add/", proposals.propose, name="propose"),
    path("<number:pk>/staff/", staff.staff, name="staff"),
    path("<number:pk>/staff/sheet/", staff.sheet, name="staff_sheet"),
    path("<number:pk>/staff/end/", staff.end_postings, name="end_postings"),
    path("<number:pk>/staff/add/", staff.add_posting, name="add_posting"),
    path("units/<number:pk>/", unit.unit, name="unit"),
    path("units/<number:pk>/edit/", unit.edit_unit, name="edit_unit"),
    path("units/<number:pk>/close/", unit.close_unit, name="close_unit"),
    path("units/<number:pk>/continue/", continuation.continue_unit, name="continue_unit"),
    path(
        "handovers/<number:pk>/undo/",
        continuation.UNDOING.view("undo_handover"),
        name="undo_handover",
    ),
    path("units/<number:pk>/capacities/add/", rows.added("capacities"), name="add_capacity"),
    path("capacities/<number:pk>/edit/", rows.edited("capacities"), name="edit_capacity"),
    path("capacities/<number:pk>/remove/", rows.removed("capacities"), name="remove_capacity"),
    path("postings/<number:pk>/edit/", rows.edited("staff"), name="edit_posting"),
    path("postings/<number:pk>/end/", staff.end_posting, name="end_posting"),
    path("postings/<number:pk>/remove/", rows.removed("staff"), name="remove_posting"),
    path("postings/<number:pk>/leave/", rows.added("absences"), name="leave_posting"),
    path("absences/<number:pk>/edit/", rows.edited("absences"), name="edit_absence"),
    path("absences/<number:pk>/remove/", rows.removed("absences"), name="remove_absence"),
    path("confirmations/<number:pk>/edit/", rows.edited("confirmations"), name="edit_confirmation"),
    path(
        "confirmations/<number:pk>/remove/",
        rows.removed("confirmations"),
        name="remove_confirmation",
    ),
    path("occupancy/<number:pk>/edit/", rows.edited("occupancy"), name="edit_occupancy"),
    path("occupancy/<number:pk>/remove/", rows.removed("occupancy"), name="remove_occupancy"),
    path("proposals/<number:pk>/accept/", proposals.accept_proposal, name="accept_proposal"),
    path("proposals/<number:pk>/decline/", proposals.decline_proposal, name="decline_proposal"),
    path("proposals/<number:pk>/withdraw/", proposals.withdraw_proposal, name="withdraw_proposal"),
    *rows.addresses(),
]
