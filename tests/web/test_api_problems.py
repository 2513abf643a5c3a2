"""Whatever goes wrong is reported as RFC 9457 asks, and no answer leaves a trace in a browser."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, override_settings

from shokibo.web.api import caller as calls
from shokibo.web.api import reading
from shokibo.web.api.caller import CALLS_A_MINUTE, WRONG_A_MINUTE
from tests.web.calling import PROBLEM, caller, code_of
from tests.web.world import OURS, World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


def _raising(error: Exception) -> Callable[..., None]:
    def fail(*_args: object, **_given: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "code"),
    [
        ("GET", "none", {}, 404, "not-found"),
        ("GET", "", {}, 404, "not-found"),
        ("GET", "me/", {}, 404, "not-found"),
        ("GET", "{ours}/tables/none", {}, 404, "not-found"),
        ("GET", "{ours}/tables/units/999999", {}, 404, "not-found"),
        ("GET", "990028/tables/units", {}, 404, "not-found"),
        ("GET", "999999/tables/units", {}, 404, "not-found"),
        ("GET", "{ours}/tables/units/x", {}, 422, "invalid"),
        ("GET", "{ours}/forms/3/2022", {}, 422, "invalid"),
        ("GET", "{ours}/forms/1/1926", {}, 422, "invalid"),
        ("PUT", "me", {}, 405, "method-not-allowed"),
        ("OPTIONS", "me", {}, 405, "method-not-allowed"),
        ("TRACE", "me", {}, 405, "method-not-allowed"),
        ("GET", "me", {"Accept": "text/html"}, 406, "not-acceptable"),
        (
            "POST",
            "{ours}/tables/units",
            {"Content-Type": "text/plain"},
            415,
            "unsupported-media-type",
        ),
        ("POST", "{ours}/tables/units", {"Content-Length": "65537"}, 413, "too-large"),
        ("POST", "{ours}/tables/units", {"Content-Length": "-1"}, 413, "too-large"),
    ],
)
def test_a_problem_has_its_status_and_its_words(
    world: World, method: str, path: str, headers: dict[str, str], status: int, code: str
) -> None:
    calling = caller(world, "officer")
    content_type = headers.get("Content-Type", "application/json")
    length: dict[str, Any] = (
        {"CONTENT_LENGTH": headers["Content-Length"]} if "Content-Length" in headers else {}
    )
    given = {"Accept": headers["Accept"]} if "Accept" in headers else {}
    answer = calling.client.generic(
        method,
        f"/api/v1/{path.format(ours=OURS)}",
        "{}",
        content_type=content_type,
        headers={"Authorization": f"Bearer {calling.secret}", **given},
        **length,
    )
    assert (answer.status_code, code_of(answer)) == (status, code)
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "instance", "errors"}
    assert problem["instance"] == f"/api/v1/{path.format(ours=OURS)}"
    assert problem["title"]
    assert problem["detail"]


@pytest.mark.parametrize(
    "body",
    ["{", "[", '{"a": 1,}', "\xff", "NaN x", "[" * 60_000, '{"a": ' + "9" * 60_000 + "}"],
    ids=lambda body: repr(body[:9]),
)
def test_a_body_that_is_not_json_is_rejected_with_the_reason(world: World, body: str) -> None:
    calling = caller(world, "officer")
    answer = calling.client.generic(
        "POST",
        f"/api/v1/{OURS}/tables/units",
        body.encode("latin-1"),
        content_type="application/json",
        headers={"Authorization": f"Bearer {calling.secret}"},
    )
    assert (answer.status_code, code_of(answer)) == (400, "malformed")


@pytest.mark.parametrize("body", [[], "x", 1, None, True, {"name": "\ud800"}, [{}]])
def test_a_body_of_another_shape_is_rejected_with_the_reason(world: World, body: object) -> None:
    calling = caller(world, "officer")
    answer = calling.client.generic(
        "POST",
        f"/api/v1/{OURS}/tables/units",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {calling.secret}"},
    )
    assert (answer.status_code, code_of(answer)) == (422, "invalid")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "ja"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("fr,en;q=0.5", "en"),
        ("ja;q=0.9,en;q=0.8", "ja"),
        ("*", "ja"),
        ("fr", "ja"),
        (";;;=", "ja"),
    ],
)
def test_the_language_is_the_one_accepted(world: World, accepted: str, language: str) -> None:
    calling = caller(world, "officer")
    calling.language = accepted
    calling.client.cookies["django_language"] = "en"
    answer = calling.get("none")
    assert answer["Content-Language"] == language
    assert (answer.json()["title"] == "Not found") == (language == "en")


@pytest.mark.parametrize("path", ["me", "none", "{ours}/tables/units", "openapi.json"])
def test_no_answer_sets_a_cookie_or_is_kept(world: World, path: str) -> None:
    calling = caller(world, "officer")
    calling.client = world.client("officer") if path != "openapi.json" else Client()
    answer = calling.get(path)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer


def test_too_many_calls_of_a_token_wait_and_another_s_do_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "CALLS_A_MINUTE", 2)
    monkeypatch.setattr("shokibo.web.base.throttling.time.time", lambda: 600.5)
    calling = caller(world, "officer")
    assert [calling.get("me").status_code for _ in range(3)] == [200, 200, 429]
    answer = calling.get("me")
    assert (code_of(answer), answer["Retry-After"]) == ("throttled", "60")
    assert caller(world, "officer").get("me").status_code == 200
    monkeypatch.setattr("shokibo.web.base.throttling.time.time", lambda: 660.0)
    assert calling.get("me").status_code == 200
    assert CALLS_A_MINUTE == 300


def _with_wrong(number: int, client: Client) -> "Response":
    return client.get("/api/v1/me", headers={"Authorization": f"Bearer shokibo_{number}"})


def test_an_address_with_wrong_tokens_has_to_wait(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shokibo.web.base.throttling.time.time", lambda: 600.0)
    client = Client()
    answers = [_with_wrong(number, client) for number in range(WRONG_A_MINUTE + 2)]
    assert [one.status_code for one in answers] == [401] * WRONG_A_MINUTE + [429, 429]
    assert (code_of(answers[-1]), answers[-1]["Retry-After"]) == ("wrong-tokens", "60")
    assert caller(world, "officer").get("me").status_code == 200
    assert client.get("/api/v1/me").status_code == 401
    wrong = {"Authorization": "Bearer shokibo_0"}
    assert client.get("/api/v1/openapi.json", headers=wrong).status_code == 429
    assert _with_wrong(0, Client(REMOTE_ADDR="192.0.2.7")).status_code == 401
    monkeypatch.setattr("shokibo.web.base.throttling.time.time", lambda: 660.0)
    assert _with_wrong(0, client).status_code == 401


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_wrong_tokens_are_counted_as_the_log_in_counts_wrong_passwords(world: World) -> None:
    assert f"{WRONG_A_MINUTE}/m/ip" in settings.ACCOUNT_RATE_LIMITS["login_failed"].split(",")
    clients = [
        Client(headers={"X-Forwarded-For": f"198.51.100.1, 192.0.2.{address}"})
        for address in (1, 1, 2)
    ]
    for number in range(WRONG_A_MINUTE):
        _with_wrong(number, clients[0])
    assert [_with_wrong(99, client).status_code for client in clients] == [429, 429, 401]


def test_callers_of_unknown_address_are_counted_together(world: World) -> None:
    client = Client(REMOTE_ADDR="")
    answers = [_with_wrong(number, client).status_code for number in range(WRONG_A_MINUTE + 1)]
    assert answers == [401] * WRONG_A_MINUTE + [429]


def test_a_failure_is_reported_without_its_cause_and_logged(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reading, "page_of", _raising(KeyError("secret")))
    answer = caller(world, "officer").get("{ours}/tables/units")
    assert (answer.status_code, code_of(answer)) == (500, "failed")
    assert "secret" not in answer.content.decode()
    assert "/tables/units failed" in caplog.text


@pytest.mark.parametrize("where", ["page_of", "throttle", "token"])
def test_an_outage_is_reported_as_one(
    world: World, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    calling = caller(world, "officer")
    away = _raising(OperationalError("away"))
    if where == "page_of":
        monkeypatch.setattr(reading, "page_of", away)
    elif where == "throttle":
        monkeypatch.setattr("shokibo.web.base.throttling.cache.add", away)
    else:
        monkeypatch.setattr(calls, "digest_of", away)
    answer = calling.get("{ours}/tables/units")
    assert (answer.status_code, code_of(answer), answer["Retry-After"]) == (503, "outage", "30")


def test_head_is_answered_as_get_without_a_body(world: World) -> None:
    answer = caller(world, "officer").call("HEAD", "me")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_problem_has_its_own_content_type(world: World) -> None:
    assert caller(world, "officer").get("none")["Content-Type"] == PROBLEM
