"""From a child's stays to its episodes: one row each, changed by the records alone."""

import datetime as dt
from typing import Any

from shokibo.web.audit.recording import Act, Change, add_all, change_all, remove_all
from shokibo.web.care.models import Child, Placement
from shokibo.web.register.models import Episode

_SAME = ("place", "started_on", "ended_on", "end_reason", "move_reason", "home", "unit")


def derive(act: Act, child: Child) -> None:
    """Make the child's episodes what its stays are."""
    stays = Placement.objects.filter(child=child).select_related("home", "unit")
    wanted = {stay.started_on: _episode(child, stay) for stay in stays}
    stored: dict[dt.date, Episode] = {row.started_on: row for row in episodes_of(child)}
    gone = [row for day, row in stored.items() if day not in wanted]
    remove_all(act, gone, [row.version for row in gone])
    changes = [
        Change(row, row.version, values)
        for day, row in stored.items()
        if (values := wanted.get(day)) and any(getattr(row, f) != values[f] for f in values)
    ]
    change_all(act, changes)
    new = [values for day, values in wanted.items() if day not in stored]
    add_all(act, [Episode(authority=child.authority, child_code=child.code, **v) for v in new])


def episodes_of(child: Child) -> Any:
    """Return the derived episodes of a child."""
    return Episode.objects.filter(authority=child.authority_id, child_code=child.code)


def _episode(child: Child, stay: Placement) -> dict[str, Any]:
    return {
        **{name: getattr(stay, name) for name in _SAME},
        "birth_month": child.birth_month,
        "center_code": child.center_code,
        "of_records": True,
    }
