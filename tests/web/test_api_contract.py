"""The API keeps its own document: whatever is sent, in whatever role, no answer is outside it."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.db.models import Model
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from shokibo.web.base import clock
from shokibo.web.register.models import Authority
from shokibo.web.store.mapping import MAPPED
from tests.web.calling import fill, secret_of
from tests.web.world import OURS, World

load_all_checks()
KEPT: Any = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
    ]
)
EXAMPLES = 30 if os.environ.get("ATTACK") == "all" else 3
"""Of each operation, role and mode."""
PAST = clock.now() - dt.timedelta(days=1)
Secret = Callable[[World], str | None]


def _role(role: str) -> Secret:
    return lambda world: secret_of(world, role)


CALLERS: dict[str, Secret] = {
    **{
        role: _role(role)
        for role in (
            "officer",
            "home_staff",
            "approver",
            "auditor",
            "center_staff",
            "ministry",
            "officer:other",
        )
    },
    "none": lambda _: None,
    "expired": lambda world: secret_of(world, "officer", expires_at=PAST),
    "revoked": lambda world: secret_of(
        world, "officer", revoked_at=PAST, revoked_by=world.people["officer"]
    ),
}
OUTSIDE = ("officer:other", "none", "expired", "revoked")
OF_OURS = ("架空学園", "架空姉妹園", "地域の家", "a-u4")


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the test's connection open between calls, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def secrets(world: World) -> dict[str, str | None]:
    """Return every caller's secret."""
    return {who: made(world) for who, made in CALLERS.items()}


TRIED = {
    GenerationMode.POSITIVE: tuple(CALLERS),
    GenerationMode.NEGATIVE: ("officer", "home_staff", "officer:other", "none"),
}
"""Who sends what: nonsense is refused before it matters who sent it."""


@pytest.mark.parametrize("mode", GenerationMode)
def test_every_answer_is_one_that_the_document_names(
    world: World, secrets: dict[str, str | None], mode: GenerationMode
) -> None:
    fill(world)
    document = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json",
        WSGIHandler(),
        headers={"Authorization": f"Bearer {secrets['officer']}"},
    )
    document.validate()
    seen: Counter[tuple[str, int]] = Counter()
    tried = {who: secrets[who] for who in TRIED[mode]}
    for one in document.get_all_operations():
        assert isinstance(one, Ok)
        operation = one.ok()
        fixed = _fixed(world, operation) if mode is GenerationMode.POSITIVE else {}
        _try(operation.as_strategy(mode, **fixed), tried, seen)
    if mode is GenerationMode.POSITIVE:
        assert {200, 201, 204} <= {status for who, status in seen if who == "officer"}


def _fixed(world: World, operation: APIOperation[Any, Any, Any, Any]) -> dict[str, Any]:
    """Return what is fixed of an address: what stands at OURS, so that there is an answer."""
    if "{code}" not in operation.path:
        return {}
    path: dict[str, Any] = {"code": OURS}
    if "{year}" in operation.path:
        path["year"] = 2022
    if "{id}" not in operation.path:
        return {"path_parameters": path}
    rows = MAPPED[operation.path.split("/")[-2]].model._default_manager
    path["id"] = rows.filter(**_of(world, rows.model)).latest("pk").pk
    given = {"path_parameters": path}
    if operation.method == "delete":
        given["query"] = {"version": 1, "reason": "x"}
    return given


def _of(world: World, model: type[Model]) -> dict[str, Any]:
    return {"pk": world.authority.pk} if model is Authority else {"authority": world.authority}


def _try(
    strategy: SearchStrategy[Case[Any]],
    secrets: dict[str, str | None],
    seen: Counter[tuple[str, int]],
) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def holds(case: Case[Any]) -> None:
        cache.clear()
        for who, secret in secrets.items():
            headers = {"Authorization": f"Bearer {secret}"} if secret else {}
            before = transaction.savepoint()
            answer = case.call(headers=headers)
            transaction.savepoint_rollback(before)
            case.validate_response(answer, checks=KEPT, headers=headers)
            seen[who, answer.status_code] += 1
            if who in OUTSIDE:
                assert answer.status_code >= 400 or "{code}" not in case.path
                assert not [name for name in OF_OURS if name in answer.text]

    holds()
