"""What every answer tells the browser, and what production asks of it beyond that."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import reverse

from tests.web.production import safe_production
from tests.web.test_running import _environment, _python
from tests.web.world import OURS, PASSWORD, World

ADDRESSES = (
    "/account/login/",
    f"/{OURS}/register/",
    f"/{OURS}/log/",
    "/no-such-page/",
    "/api/v1/no-such-address",
    "/api/v1/docs",
    "/static/look/look.css",
    "/static/look/icon.svg",
    "/health/",
)


def _answer(client: Client, address: str, method: str = "GET") -> HttpResponseBase:
    answer: HttpResponseBase = client.generic(method, address)
    if answer.streaming:
        list(cast("Iterable[bytes]", answer))  # or the file stays open
    return answer


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_protecting_headers(world: World, address: str) -> None:
    headers = _answer(world.client("officer"), address).headers
    policy = headers["Content-Security-Policy"]
    for directive in (
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "script-src 'self'",
    ):
        assert directive in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_text_declares_its_encoding(world: World, address: str) -> None:
    kind = _answer(world.client("officer"), address).headers["Content-Type"]
    has_its_own = kind.startswith(
        ("application/json", "application/problem+json", "image/svg+xml")
    )  # JSON and XML are UTF-8 unless they say otherwise
    assert has_its_own or "charset=utf-8" in kind.replace('"', "").lower()


@pytest.mark.parametrize("address", [a for a in ADDRESSES if not a.startswith("/static/")])
def test_only_static_files_are_cached(world: World, address: str) -> None:
    assert "no-store" in _answer(world.client("officer"), address).headers["Cache-Control"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
def test_foreign_methods_are_refused(world: World, address: str, method: str) -> None:
    answer = _answer(world.client("officer"), address, method)
    assert answer.status_code in (302, 404, 405)


def test_logging_out_empties_the_browser_s_cache(world: World) -> None:
    client = world.client("officer")
    client.force_login(world.people["officer"])
    asked = client.get(reverse("account_logout"))
    assert "Clear-Site-Data" not in asked.headers
    done = client.post(reverse("account_logout"))
    assert done.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_message_is_not_lost_to_a_page_that_follows_while_somebody_types(world: World) -> None:
    client = world.client("officer")
    behind = world.client("officer").session  # as a slower request read it
    given = {"version": world.authority.version, "month": 4, "day": 12}
    assert client.post(reverse("today:homes_due", args=[OURS]), given).status_code == 302
    behind.save()
    assert "期限を変えました" in client.get(f"/{OURS}/").content.decode()


def test_the_language_is_kept_in_a_cookie_scripts_cannot_read(world: World) -> None:
    client = Client()
    with override_settings(LANGUAGE_COOKIE_SECURE=True):
        client.post(reverse("language"), {"language": "en"})
    cookie = client.cookies["django_language"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")


def test_a_program_that_calls_over_plain_http_is_refused(world: World) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        answer = Client().get("/api/v1/authorities", headers={"authorization": "Bearer secret"})
    assert answer.status_code == 403
    assert json.loads(answer.content)["type"].endswith("#problem-https-required")
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_other_origin_is_allowed(world: World, address: str) -> None:
    client = world.client("officer")
    answer = client.get(address, headers={"origin": "https://elsewhere.example"})
    if answer.streaming:
        list(cast("Iterable[bytes]", answer))
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    public = address.startswith("/static/")  # the same for everybody, and holds nothing of anybody
    assert allowed == ("*" if public else None)


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_nobody_is_redirected_to_another_host(world: World, elsewhere: str) -> None:
    client = Client()
    given = {"login": world.people["auditor"].email, "password": PASSWORD, "next": elsewhere}
    logged_in = client.post(f"/account/login/?next={elsewhere}", given)
    chosen = client.post("/language/", {"language": "en", "next": elsewhere})
    factor = client.get(f"/account/second-factor/?next={elsewhere}")
    assert (logged_in.status_code, chosen.status_code) == (302, 400)
    for answer in (logged_in, chosen, factor):
        location = answer.headers.get("Location", "/")
        assert re.match(r"/(?![/\\])", location)
        assert f'href="{elsewhere}"' not in answer.content.decode()


@pytest.mark.parametrize("address", ["/static/", "/static/look/", "/static/vendor"])
def test_no_folder_is_listed(db: None, address: str) -> None:
    assert Client().get(address).status_code == 404


PAGES_WITH_PASSWORDS = ("/account/login/", "/account/password/change/", "/account/reauthenticate/")


@pytest.mark.parametrize("address", PAGES_WITH_PASSWORDS)
def test_password_fields_are_masked_and_let_managers_help(world: World, address: str) -> None:
    client = Client() if address == PAGES_WITH_PASSWORDS[0] else world.client("officer")
    page = client.get(address).content.decode()
    fields = re.findall(r'<input(?! type="hidden")[^>]*password[^>]*>', page)
    assert fields
    for shown in fields:
        assert 'type="password"' in shown
        assert re.search(r'autocomplete="(current|new)-password"', shown)
    assert "onpaste" not in page


@pytest.mark.parametrize("typed", [PASSWORD.upper(), f" {PASSWORD}", f"{PASSWORD} ", PASSWORD[:12]])
def test_a_password_counts_exactly_as_typed(world: World, typed: str) -> None:
    client = Client()
    given = {"login": world.people["auditor"].email, "password": typed}
    assert client.post("/account/login/", given).status_code == 200
    assert client.post("/account/login/", {**given, "password": PASSWORD}).status_code == 302


def test_a_common_password_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password("qwertyuiop123")
    assert "password_too_common" in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize(
    "password",
    ["shokibo-2026-04", "ＳＨＯＫＩＢＯ20260401", "児童養護施設パスワード", "kodomokessai123"],
)
def test_a_password_made_of_the_office_s_words_is_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_context_word" in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize(
    "password",
    [
        "さくら もみじ いちょう けやき 橋",
        "918273645546372819",
        "correct horse battery staple",
        "kodomo-no-inai-yama-michi",
        "x" * 12 + "y" * 88,
    ],
)
def test_a_long_password_of_any_letters_is_taken(password: str) -> None:
    validate_password(password)


def test_an_office_s_production_hardens_cookies_and_transport(tmp_path: Path) -> None:
    environment = _environment(tmp_path, **safe_production())
    asked = (
        "import json; from django.test import Client\n"
        "host = {'host': 'kodomo.pref.example.jp'}\n"
        "plain = Client().get('/account/login/', headers=host)\n"
        "program = Client().get('/api/v1/authorities', headers=host)\n"
        "client = Client()\n"
        "page = client.get('/account/login/', secure=True, headers=host)\n"
        "client.post('/language/', {'language': 'en'}, secure=True, headers=host)\n"
        "cookies = {name: [c['secure'], c['httponly'], c['path'], c['domain'], c['samesite']]\n"
        "           for name, c in client.cookies.items()}\n"
        "print(json.dumps([plain.status_code, plain.headers['Location'], program.status_code,\n"
        "    page.headers['Strict-Transport-Security'], cookies]))"
    )
    plain, location, program, transport, cookies = json.loads(_python(environment, asked))
    assert (plain, location) == (301, "https://kodomo.pref.example.jp/account/login/")
    assert program == 403
    assert transport == "max-age=31536000; includeSubDomains"
    assert set(cookies) == {"__Host-csrftoken", "__Host-language"}
    assert all(made == [True, True, "/", "", "Lax"] for made in cookies.values())
