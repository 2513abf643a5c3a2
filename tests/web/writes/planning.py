"""Writes of the plan."""

from functools import partial
from pathlib import Path

from django.db.models import Model

from shokibo.documents.plan.sections import SECTIONS
from shokibo.web.audit.recording import Act
from shokibo.web.pages.grid.saving import Changes, Opened
from shokibo.web.planning import actions
from shokibo.web.planning.models import (
    Action,
    Cost,
    Need,
    Plan,
    PlanPicture,
    PlanText,
    PlanVersion,
    Target,
)
from shokibo.web.planning.texts import pictures
from shokibo.web.planning.texts import writing as texts
from shokibo.web.planning.versions import publishing
from shokibo.web.steps.step import Step
from shokibo.web.steps.taking import take
from tests.web.applications import APRIL
from tests.web.plan_versions import plan_of, proposed
from tests.web.world import World
from tests.web.writes.acting import Prepare, Write, act, on


def _rows(model: type[Model], added: dict[str, object], **changed: object) -> Prepare:
    """Save a grid that adds, changes and removes."""

    def prepare(world: World, folder: Path) -> Write:
        plan_of(world, folder)
        office = world.office("officer")
        rows = [*model._default_manager.filter(authority=world.authority).order_by("pk")[:2]]
        held = [Opened(row.pk, row.version) for row in rows]  # type: ignore[attr-defined]
        given = {"home": world.home, **added} if model is Action else added
        changes = Changes(model, [given], [(held[0], changed)], held[1:])
        return lambda: actions.save_rows(office=office, changes=changes)

    return prepare


def _plan(world: World) -> Plan:
    return Plan.objects.create(
        authority=world.authority, title="計画", baseline_on=APRIL, from_year=2022, to_year=2024
    )


def _text(source: str, before: str = "") -> Prepare:
    """Write a section's text over the one before, if any."""

    def prepare(world: World, _folder: Path) -> Write:
        office, (section, *_rest) = world.office("officer"), SECTIONS
        write = partial(texts.write, office=office, section=section)
        if before:
            write(source=before, version=0)
        version = PlanText.objects.get().version if before else 0
        return lambda: write(source=source, version=version)

    return prepare


def _version(step: Step[PlanVersion], role: str, **given: object) -> Prepare:
    def prepare(world: World, folder: Path) -> Write:
        plan_of(world, folder)
        return on(proposed, "row", role, partial(take, step), **given)(world, folder)

    return prepare


def _propose(world: World, folder: Path) -> Write:
    plan_of(world, folder)
    return partial(publishing.propose, office=world.office("officer"), note="版")


def _picture(world: World) -> PlanPicture:
    return PlanPicture.objects.create(authority=world.authority, name="a.svg", content=b"<svg/>")


PLANNING: dict[str, Prepare] = {
    "actions.make_plan": act(
        "officer",
        actions.make_plan,
        values={"title": "計画", "baseline_on": APRIL, "from_year": 2022, "to_year": 2024},
    ),
    "actions.change_plan": on(
        _plan, "plan", "officer", actions.change_plan, values={"title": "新しい計画"}
    ),
    "actions.save_rows actions": _rows(
        Action, {"fiscal_year": 2022, "action": "close", "unit_code": "m6"}, note="備考"
    ),
    "actions.save_rows need": _rows(
        Need, {"fiscal_year": 2030, "age_band": "preschool", "children": 9}, children=8
    ),
    "actions.save_rows targets": _rows(
        Target, {"fiscal_year": 2030, "item": "total", "value": 20}, value=21
    ),
    "actions.save_rows costs": _rows(
        Cost,
        {"fiscal_year": 2030, "item": "家賃", "account": "費", "timing": "annual", "amount": 1},
        amount=2,
    ),
    "texts.writing.write first": _text("自分の文章"),
    "texts.writing.write again": _text("次の文章", before="自分の文章"),
    "texts.writing.write default": _text("", before="自分の文章"),
    "texts.pictures.store": act("officer", pictures.store, file=("a.svg", b"<svg/>")),
    "texts.pictures.take_away": on(_picture, "row", "officer", pictures.take_away),
    "texts.writing.import_texts": lambda world, _folder: partial(
        texts.import_texts, Act(None, "register.load"), world.authority, {SECTIONS[0].key: "文章"}
    ),
    "steps.taking.take propose a plan": _propose,
    "steps.taking.take publish": _version(publishing.PUBLISH, "approver"),
    "steps.taking.take send a plan back": _version(publishing.SEND_BACK, "approver", reason="修正"),
    "steps.taking.take take a plan back": _version(publishing.TAKE_BACK, "officer"),
}
