"""A plan is decided on as its pages showed it: what changed is named, nothing typed is lost."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shokibo.web.base.refusal import RefusedError
from shokibo.web.planning.models import PlanVersion
from shokibo.web.planning.versions.publishing import PUBLISH, TAKE_BACK
from shokibo.web.steps.taking import take
from tests.web.by_hand import by_hand
from tests.web.plan_versions import plan_of, proposed
from tests.web.world import OURS, World

STEPS = [
    ("approver", "publish", {"undated": "on", "reason": "所見のとおり"}),
    ("approver", "send-back", {"reason": "戻す理由"}),
    ("officer", "take-back", {"reason": "取り消す理由"}),
]


@pytest.fixture
def version(world: World, tmp_path: Path) -> PlanVersion:
    return proposed(plan_of(world, tmp_path))


def address(step: str) -> str:
    return f"/{OURS}/plan/versions/1/{step}/"


def hidden(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - the test client's answer
    form = answer.context["form"]
    return {field.name: field.value() for field in form.hidden_fields()}


def one_child_more(version: PlanVersion) -> None:
    """Change a figure that the page shows, as only the owner of the database can."""
    figures = version.figures
    figures["plan"]["authority"]["rows"][0]["total"] += 1
    with by_hand("planning_planversion"):
        PlanVersion.objects.filter(pk=version.pk).update(figures=figures)


def state() -> str:
    return PlanVersion.objects.get().state


@pytest.mark.parametrize(("role", "step", "typed"), STEPS)
def test_every_step_is_refused_once_a_figure_is_another(
    world: World, version: PlanVersion, role: str, step: str, typed: dict[str, str]
) -> None:
    client = world.client(role)
    shown = hidden(client.get(address(step)))
    total = version.figures["plan"]["authority"]["rows"][0]["total"]
    one_child_more(version)
    answer = client.post(address(step), {**shown, **typed})
    page = answer.content.decode()
    assert f"末の定員「{total}人」→「{total + 1}人」" in page
    assert typed["reason"] in page
    assert state() == "proposed"
    client.post(address(step), {**hidden(answer), **typed})
    assert state() != "proposed"


@pytest.mark.parametrize(("role", "step", "typed"), STEPS)
def test_a_decision_that_names_no_seen_version_is_refused(
    world: World, version: PlanVersion, role: str, step: str, typed: dict[str, str]
) -> None:
    client = world.client(role)
    answer = client.post(address(step), {"version": version.version, **typed})
    assert "この画面を開いた後に" in answer.content.decode()
    assert state() == "proposed"


def test_a_refused_step_loses_nothing_that_was_typed(world: World, version: PlanVersion) -> None:
    client: Client = world.client("approver")
    shown = hidden(client.get(address("send-back")))
    take(TAKE_BACK, office=world.office("officer"), row=version, version=version.version)
    answer = client.post(address("send-back"), {**shown, "reason": "長く考えた理由"})
    page = answer.content.decode()
    assert "ほかの人が先に保存しました" in page
    assert "長く考えた理由" in page


def test_figures_that_come_out_otherwise_than_proposed_are_not_published(
    world: World, version: PlanVersion
) -> None:
    with by_hand("planning_planversion"):
        PlanVersion.objects.update(sha256="0" * 64)
    version.refresh_from_db()
    with pytest.raises(RefusedError, match="come out otherwise"):
        take(PUBLISH, office=world.office("approver"), row=version, version=version.version)
    assert state() == "proposed"
