"""Every operation of the API with wrong values: in the address, the query, the headers, the body.

A value is refused, or it is what the answer shows: none is a fault, none is ignored. By default
some of the values are tried, by one role that may; `WRONG_VALUES=all` tries all as every role.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest
from django.core.cache import cache
from django.db import transaction

from shokibo.characters import clean
from shokibo.ledger.columns import Kind
from shokibo.web.api.api import openapi
from shokibo.web.store.mapping import MAPPED
from tests.web.calling import Caller, caller, code_of, fill
from tests.web.test_api_matrix import ALL, LINES, OPERATIONS, address_of, body_of
from tests.web.world import World
from tests.web.wrong_values import ALL_OF_THEM, EACH_TRIES, NEVER, NOTHING, quoted, values

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

SHAPES: list[Any] = [None, True, -1, 0, 1.5, 10**30, float("inf"), [], ["x"], {}, {"x": 1}]
"""Values of JSON that are no text."""
HEADERS = ("If-Match", "Accept", "Accept-Language", "Authorization", "Content-Type")


@pytest.fixture
def full(world: World) -> World:
    """Return a world with a row in every table, and a form that was sent."""
    fill(world)
    return world


def _declared(name: str, where: str) -> dict[str, dict[str, Any]]:
    """Return the schemas of an operation's parameters that stand in the path or the query."""
    found = next(
        operation
        for methods in openapi()["paths"].values()
        for operation in methods.values()
        if operation["operationId"] == name
    )
    return {one["name"]: one["schema"] for one in found["parameters"] if one["in"] == where}


def _fields(name: str) -> list[str]:
    """Return what the body of an operation may hold."""
    verb, _, table = name.partition("_")
    ending = {"add": "Added", "change": "Changed"}.get(verb)
    schemas = openapi()["components"]["schemas"]
    return list(schemas[table.capitalize() + ending]["properties"]) if ending else []


def _is_text(schema: dict[str, Any]) -> bool:
    """Say whether a parameter takes any text."""
    kinds = schema.get("anyOf", [schema])
    return "format" not in schema and any(one.get("type") == "string" for one in kinds)


def _call(calling: Caller, name: str, address: str, body: object, **headers: str) -> "Response":
    """Call, and put back what it changed."""
    (method,) = OPERATIONS[name][1].methods
    cache.clear()
    before = transaction.savepoint()
    answer = calling.client.generic(
        method,
        f"/api/v1/{address}",
        "" if body is None else json.dumps(body),
        content_type=headers.pop("Content-Type", "application/json"),
        headers={"Authorization": f"Bearer {calling.secret}", **headers},
    )
    transaction.savepoint_rollback(before)
    return answer


def _roles(name: str) -> list[str]:
    return sorted(ALL) if ALL_OF_THEM else sorted(LINES[name].roles)[:1]


def _in_the_address(calling: Caller, name: str, address: str) -> Iterator[object]:
    path, mark, query = address.partition("?")
    parts, pattern = path.split("/"), OPERATIONS[name][0].strip("/").split("/")
    for place, part in enumerate(pattern):
        for value in values(place) if "{" in part else ():
            other = "/".join([*parts[:place], quoted(value), *parts[place + 1 :]])
            status = _call(calling, name, other + mark + query, body_of(name)).status_code
            if not 400 <= status < 500:
                yield part, value[:20], status


def _in_the_query(calling: Caller, name: str, address: str) -> Iterator[object]:
    path, _mark, query = address.partition("?")
    others = {one.partition("=")[0]: one for one in query.split("&") if one}
    for place, (asked, schema) in enumerate(_declared(name, "query").items()):
        rest = [one for other, one in others.items() if other != asked]
        for value in values(place):
            given = "&".join([*rest, f"{asked}={quoted(value)}"])
            status = _call(calling, name, f"{path}?{given}", body_of(name)).status_code
            is_wrong = value in NOTHING + NEVER and not _is_text(schema)
            if status >= 500 or (is_wrong and status < 400):
                yield asked, value[:20], status


def _in_a_header(calling: Caller, name: str, address: str) -> Iterator[object]:
    for place, header in enumerate(HEADERS):
        for value in values(place):
            sent = value.encode("utf-8", "surrogatepass").decode("latin-1")
            status = _call(calling, name, address, body_of(name), **{header: sent}).status_code
            if status >= 500:
                yield header, value[:20], status


def _in_the_body(calling: Caller, name: str, address: str) -> Iterator[object]:
    for place, field in enumerate(_fields(name)):
        shapes = SHAPES if ALL_OF_THEM else SHAPES[place % len(SHAPES) :][:EACH_TRIES]
        for value in [*values(place), *shapes]:
            body = {**(body_of(name) or {}), field: value}
            answer = _call(calling, name, address, body)
            if answer.status_code >= 500 or _is_ignored(name, field, value, answer):
                yield field, str(value)[:20], answer.status_code


def _is_ignored(name: str, field: str, value: object, answer: "Response") -> bool:
    """Say whether something was saved that is not what was sent."""
    if answer.status_code not in (200, 201) or field in ("reason", "version"):
        return False
    sent = clean(value, lines=True) or None if isinstance(value, str) else value
    table = MAPPED[name.partition("_")[2]].table
    if isinstance(sent, str) and table.column(field).kind in (Kind.ID, Kind.CHILD_CODE):
        sent = normalize("NFKC", sent)
    return bool(answer.json()[field] != sent)


TRIES = (_in_the_address, _in_the_query, _in_a_header, _in_the_body)


@pytest.mark.parametrize("name", LINES)
def test_a_wrong_value_is_refused_or_shown_in_the_answer(full: World, name: str) -> None:
    wrong = {}
    for role in _roles(name):
        calling, address = caller(full, role), address_of(full, name)
        if found := [one for tries in TRIES for one in tries(calling, name, address)]:
            wrong[role] = found
    assert wrong == {}


@pytest.mark.parametrize("name", LINES)
def test_a_parameter_that_would_not_be_read_is_refused(full: World, name: str) -> None:
    calling, address = caller(full, sorted(LINES[name].roles)[0]), address_of(full, name)
    path, _mark, query = address.partition("?")
    unknown = f"{path}?{query}&as_off=2022-04-01"
    assert _told(_call(calling, name, unknown, body_of(name))) == ("as_off", "unknown")
    given = {"limit": "1", "after": "0", "form": "1", "year": "2022", "as_of": "2022-04-01"}
    given |= {"home_id": "h", "version": "1", "reason": "x"}
    for asked in _declared(name, "query"):
        twice = f"{path}?{query}&{asked}={given[asked]}&{asked}={given[asked]}"
        assert _told(_call(calling, name, twice, body_of(name))) == (asked, "given_twice")


def _told(answer: "Response") -> tuple[str, str]:
    assert (answer.status_code, code_of(answer)) == (422, "invalid")
    (error,) = answer.json()["errors"]
    assert (error["in"], error["message"] != "") == ("query", True)
    return error["field"], error["code"]
