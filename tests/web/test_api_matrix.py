"""Every operation of the API tried by every role, in scope and out, by each method.

The list of operations is ninja's own: one that has no line here fails a test. What a role may do
stands here by hand, and not as the program works it out.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import Client
from ninja.operation import Operation

from shokibo.web.api.api import API
from shokibo.web.register.models import Authority
from shokibo.web.store.mapping import MAPPED
from tests.web.calling import Caller, caller, code_of, fill
from tests.web.test_api_writing import NEW
from tests.web.world import OURS, World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

HOME, SISTER = "home_staff", "home_staff:sister"
OFFICER, APPROVER, AUDITOR, CENTER = "officer", "approver", "auditor", "center_staff"
OFFICE = {OFFICER, APPROVER, AUDITOR}
HOMES = {HOME, SISTER}
ELSEWHERE = {"officer:other", "approver:other", "auditor:other", "home_staff:other"}
MINISTRY, ADMIN = "ministry", "admin"
ALL = OFFICE | HOMES | ELSEWHERE | {CENTER, MINISTRY, ADMIN}
OUR_TEXT = ("架空学園", "架空姉妹園", "地域の家", "a-u4", "架空計画")
TELLS_WHO_CALLS = ("me", "authorities")


@dataclass(frozen=True)
class Line:
    """Who may; `of_home` where the row is of the one home, so that its sister has none there."""

    roles: set[str]
    of_home: bool = False


def _table(
    name: str, read: set[str], write: set[str] | None = None, *, of_home: bool = True
) -> dict[str, Line]:
    lines = {f"list_{name}": Line(read), f"get_{name}": Line(read, of_home)}
    if write is not None:
        for verb in ("change", "remove"):
            lines[f"{verb}_{name}"] = Line(write, of_home)
        lines[f"add_{name}"] = Line(write)
    return lines


LINES: dict[str, Line] = {
    "me": Line(ALL - {ADMIN}),
    "authorities": Line(ALL - {ADMIN}),
    "tables": Line(OFFICE | HOMES | {CENTER}),
    **_table("authorities", OFFICE | HOMES, of_home=False),
    **_table("homes", OFFICE | HOMES, {OFFICER}),
    **_table("units", OFFICE | HOMES, {OFFICER}),
    **_table("capacities", OFFICE | HOMES, {OFFICER}),
    **_table("staff", OFFICE | HOMES, {OFFICER, HOME, SISTER}),
    **_table("absences", OFFICE | HOMES, {OFFICER, HOME, SISTER}),
    **_table("confirmations", OFFICE | HOMES, {OFFICER}),
    **_table("applications", OFFICE | HOMES),
    **_table("plan", OFFICE, of_home=False),
    **_table("actions", OFFICE),
    **_table("need", OFFICE, of_home=False),
    **_table("targets", OFFICE, of_home=False),
    **_table("occupancy", OFFICE | HOMES, {OFFICER, HOME, SISTER}),
    **_table("costs", OFFICE, of_home=False),
    **_table("population", OFFICE, of_home=False),
    **_table("care_rates", OFFICE, of_home=False),
    **_table("episodes", {CENTER}, {CENTER}, of_home=False),
    **_table("parameters", OFFICE | HOMES, of_home=False),
    **_table("housing", OFFICE, {OFFICER}, of_home=False),
    **_table("trainings", OFFICE | HOMES, {OFFICER, HOME, SISTER}),
    **_table("support_log", OFFICE | HOMES, {OFFICER, HOME, SISTER}),
    **_table("hiring", OFFICE | HOMES, {OFFICER, HOME, SISTER}),
    **_table("family_support", OFFICE | HOMES, {OFFICER, HOME, SISTER}),
    **_table("quality", OFFICE | HOMES, {OFFICER, HOME, SISTER}),
    **_table("community", OFFICE | HOMES, {OFFICER, HOME, SISTER}),
    "evaluation": Line(OFFICE | HOMES),
    "status": Line(OFFICE | HOMES),
    "findings": Line(OFFICE | HOMES),
    "form": Line(OFFICE),
    "form_submitted": Line(OFFICE),
    "months": Line(OFFICE | HOMES),
    "evidence": Line(OFFICE | HOMES),
    "plan": Line(OFFICE),
    "budget": Line(OFFICE),
    "review": Line(OFFICE),
    "nation_returns": Line({MINISTRY}),
    "nation_return": Line({MINISTRY}),
}


def _operations() -> list[tuple[str, Operation]]:
    return [
        (path, operation)
        for router in API._get_bound_routers()
        for path, view in router.path_operations.items()
        for operation in view.operations
    ]


OPERATIONS = {str(one.operation_id): (path, one) for path, one in _operations()}


def test_every_operation_has_its_line() -> None:
    assert set(OPERATIONS) == set(LINES)
    assert len(OPERATIONS) == len(_operations())


def test_no_operation_decides_submits_or_publishes() -> None:
    writes = {name for name, (_, one) in OPERATIONS.items() if one.methods != ["GET"]}
    assert {name.partition("_")[2] for name in writes} == set(NEW)


@pytest.fixture
def full(world: World) -> World:
    """Return a world with a row in every table, and a form that was sent."""
    fill(world)
    return world


def address_of(world: World, name: str) -> str:
    """Return the address of an operation, of what stands at OURS."""
    path, _ = OPERATIONS[name]
    filled = path.strip("/").replace("{form}", "1").replace("{year}", "2022")
    if "{id}" in path:
        filled = filled.replace("{id}", str(_row(world, name.partition("_")[2])))
    asked = {"nation_returns": "?form=1&year=2022"}.get(name, "")
    if name.startswith("remove_"):
        asked = "?version=1&reason=x"
    return filled.replace("{code}", OURS) + asked


def body_of(name: str) -> dict[str, Any] | None:
    """Return a body that an operation takes, if it takes one."""
    verb, _, table = name.partition("_")
    if verb == "add":
        return {**NEW[table], "reason": "x"}
    return {"version": 1, "reason": "x"} if verb == "change" else None


def _row(world: World, table: str) -> int:
    model: Any = MAPPED[table].model
    if model is Authority:
        return world.authority.pk
    rows = model.objects.filter(authority=world.authority)
    path = model.home_path
    found = rows.filter(**{path: world.home.pk}) if path else rows
    return int(found.earliest("pk").pk)


def _called(world: World, calling: Caller, name: str) -> "Response":
    _, operation = OPERATIONS[name]
    (method,) = operation.methods
    before = transaction.savepoint()
    answer = calling.send(method, address_of(world, name), body_of(name))
    transaction.savepoint_rollback(before)
    return answer


def _expected(name: str, role: str) -> set[int]:
    line = LINES[name]
    if role == ADMIN:
        return {401}
    if role in ELSEWHERE | {MINISTRY} and role not in line.roles:
        return {404}
    if role not in line.roles:
        return {404} if name.startswith("nation") else {403}
    # the authority's own rows are no home's
    if (role == SISTER and line.of_home) or (role in HOMES and name == "get_parameters"):
        return {404}
    if role == SISTER and name.startswith("add_"):
        return {422}  # the new row names a home that she does not see
    return {200, 201, 204, 409} if name in IN_USE else {200, 201, 204}


IN_USE = {"remove_homes", "remove_units"}


@pytest.mark.parametrize("name", LINES)
def test_an_operation_is_open_to_its_roles_alone(full: World, name: str) -> None:
    wrong = {}
    for role in sorted(ALL):
        answer = _called(full, caller(full, role), name)
        if answer.status_code not in _expected(name, role):
            wrong[role] = (answer.status_code, answer.content.decode())
        if role in ELSEWHERE:
            assert not [text for text in OUR_TEXT if text in answer.content.decode()], role
    assert wrong == {}


@pytest.mark.parametrize("name", LINES)
def test_without_a_token_that_lives_nothing_opens(full: World, name: str) -> None:
    for calling in (Caller(None), Caller("shokibo_unknown"), caller(full, ADMIN)):
        answer = _called(full, calling, name)
        assert (answer.status_code, code_of(answer)) == (401, "unauthorized")


@pytest.mark.parametrize("name", LINES)
def test_a_token_without_scopes_that_fit_opens_nothing(full: World, name: str) -> None:
    scope = "read" if name.endswith(("_staff", "_absences", "_episodes")) else "read_staff"
    answer = _called(full, caller(full, OFFICER, scope), name)
    expected = {200} if name in (*TELLS_WHO_CALLS, "tables") else {403, 404}
    assert answer.status_code in expected


@pytest.mark.parametrize("path", sorted({path for path, _ in OPERATIONS.values()}))
def test_no_other_method_is_answered(full: World, path: str) -> None:
    names = [name for name, (at, _) in OPERATIONS.items() if at == path]
    allowed = {m for name in names for m in OPERATIONS[name][1].methods}
    address = address_of(full, names[0])
    calling = caller(full, OFFICER)
    for method in {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - allowed:
        answer = calling.send(method, address, {})
        assert (answer.status_code, code_of(answer)) == (405, "method-not-allowed")
        assert set(answer["Allow"].split(", ")) == allowed


def test_the_document_is_for_everyone_logged_in_or_calling(world: World) -> None:
    address = "/api/v1/openapi.json"
    answer = Client().get(address)
    assert (answer.status_code, code_of(answer)) == (401, "unauthorized")
    for role in ("admin", "ministry", CENTER, HOME):
        assert world.client(role).get(address).json()["openapi"] == "3.1.0"
    assert caller(world, OFFICER).get("openapi.json").status_code == 200
