"""A row of each support table, as the API sends it and as a test finds it in the database."""

from typing import Any

from shokibo.web.store.mapping import MAPPED
from tests.web.world import World

NEW: dict[str, dict[str, Any]] = {
    "housing": {
        "lead_id": "b-1",
        "found_on": "2022-04-01",
        "source": "agent",
        "area": "架空町",
        "home_id": "h",
        "state": "offered",
        "state_on": "2022-04-02",
        "planned_year": 2023,
        "monthly_rent": 200_000,
    },
    "trainings": {
        "training_id": "k-1",
        "home_id": "h",
        "unit_id": "u4",
        "held_on": "2022-05-10",
        "title": "個別的な養育",
        "purpose": "small_dispersed",
        "external": True,
        "participants": 8,
        "hours": "1.5",
    },
    "support_log": {
        "home_id": "h",
        "unit_id": "u4",
        "done_on": "2022-05-11",
        "duty": "duty_supervision",
        "by": "senior_worker",
        "minutes": 60,
    },
    "hiring": {"home_id": "h", "fiscal_year": 2022, "planned": 3, "hired": 2, "left": 1},
    "family_support": {"home_id": "h", "fiscal_year": 2022, "supported": 10, "returned_home": 3},
    "quality": {"home_id": "h", "done_on": "2022-10-03", "kind": "third_party"},
    "community": {
        "home_id": "h",
        "held_on": "2022-08-06",
        "kind": "event",
        "what": "夏祭り",
        "participants": 20,
    },
}
CHANGES: dict[str, dict[str, Any]] = {
    "housing": {"state": "dropped", "state_on": "2022-05-01"},
    "trainings": {"unit_id": None, "cost": 30_000, "subsidised": True},
    "support_log": {"note": "夜勤の体制"},
    "hiring": {"hired": 0, "measures": "実習生の受入れ"},
    "family_support": {"to_foster": 2, "activities": "家庭支援専門相談員の面談"},
    "quality": {"published_on": "2022-12-01", "result": "公表"},
    "community": {"participants": None, "unit_id": "u4"},
}
"""What a change of the row above holds."""


_OTHERWISE: dict[str, dict[str, Any]] = {
    "housing": {"code": "b-0"},
    "trainings": {"code": "k-0", "hours": 5400},
    "support_log": {"by": "head"},
    "hiring": {"fiscal_year": 2021},
    "family_support": {"fiscal_year": 2021},
    "quality": {"kind": "self"},
    "community": {"what": "運動会"},
}
"""What lets a row in the database stand next to the one that the API adds."""


def make_row(world: World, table: str, **given: object) -> Any:  # noqa: ANN401
    """Enter a row of a support table, with other values of its fields."""
    mapped = MAPPED[table]
    values = {mapped.field(name): value for name, value in NEW[table].items()}
    values |= {"home": world.home, **_OTHERWISE[table]}
    if "unit" in values:
        values["unit"] = world.unit("u4")
    return mapped.model._default_manager.create(authority=world.authority, **{**values, **given})
