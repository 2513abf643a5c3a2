"""The pages that people open under load, in order: a working day of each role.

One line adds a page. A page whose address the program does not have is left out.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page: its address's name, and of which row it is: `of` names the kind, blank for none."""

    address: str
    of: str = ""


PAGES = {
    "start": Page("today:today"),
    "homes": Page("homes:homes"),
    "home": Page("homes:home", "home"),
    "unit": Page("homes:unit", "unit"),
    "staff": Page("homes:staff", "home"),
    "enter a posting": Page("homes:add_posting", "home"),
    "queue": Page("certification:queue"),
    "application": Page("certification:application", "application"),
    "own applications": Page("certification:applications"),
    "new application": Page("certification:new"),
    "returns": Page("returns:returns"),
    "form 1": Page("returns:form", "form 1"),
    "form 2": Page("returns:form", "form 2"),
    "plan": Page("planning:overview"),
    "plan's actions": Page("planning:actions"),
    "log": Page("trail:events"),
    "nation": Page("nation", "nation"),
    "health": Page("health", "nation"),
}
SENT = {"enter a posting"}
"""The pages whose form is filled in and sent."""
WALKS = {
    "officer": (
        "start",
        "queue",
        "application",
        "application",
        "homes",
        "home",
        "unit",
        "staff",
        "plan",
        "plan's actions",
        "returns",
        "form 1",
        "form 2",
        "health",
    ),
    "approver": ("start", "queue", "application", "plan", "form 1", "health"),
    "home_staff": (
        "start",
        "home",
        "unit",
        "staff",
        "enter a posting",
        "unit",
        "own applications",
        "application",
        "new application",
        "start",
        "home",
        "unit",
        "staff",
        "unit",
        "own applications",
        "application",
        "health",
    ),
    "auditor": ("start", "log", "homes", "queue", "health"),
    "ministry": ("nation", "health"),
}
"""What each role opens, repeatedly in this order."""
PEOPLE = (
    *(("home_staff", place) for place in (0, 0, 0, 0, 1, 2, 3, 4)),
    *(("officer", place) for place in (0, 0, 0, 1, 2, 3)),
    *(("approver", place) for place in (0, 0, 1)),
    *(("auditor", place) for place in (0, 1)),
    ("ministry", 0),
)
"""The twenty people: role, and the authority's place by its number of homes."""
