"""The same form sent again is taken once; what comes too late is shown again, as it was typed."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse

from shokibo.web.accounts.drafts import MOST_LENGTH
from shokibo.web.accounts.models import Draft, Invitation
from shokibo.web.api.models import ApiToken
from shokibo.web.audit.models import SentForm
from shokibo.web.certification.models import Application, Evidence
from shokibo.web.exchange.models import Run
from shokibo.web.receipts.models import DeliveredFile
from shokibo.web.register.models import ChangeProposal, Occupancy
from tests.web.applications import ending
from tests.web.browser.one_time import SECRET, one_time_code
from tests.web.page_forms import forms_of
from tests.web.test_matrix import DRAFT
from tests.web.world import OURS, PASSWORD, World

PROPOSAL = {"change": "capacity", "effective_on": "R4.6.1", "capacity": "5", "reason": "増員"}
ALREADY = "同じ内容は、もう受け付けています"
NOT_SAVED = "まだ保存していません"
STORED = "入力した内容は残っています。ログインすると、続きから送れます。"


def _address(world: World) -> str:
    return reverse("homes:propose", args=[OURS, world.home.pk])


def _opened(client: Client, address: str) -> dict[str, str]:
    """Return what the page's form would send as it is now."""
    page = client.get(address).content.decode()
    (form,) = [one for one in forms_of(page, address) if one.targets[0][0] == "POST"]
    return form.sent


def _proposal(world: World, client: Client) -> dict[str, str]:
    unit = str(world.unit("u4").pk)
    return {**_opened(client, _address(world)), **PROPOSAL, "unit": unit}


def test_the_same_sent_three_times_is_made_once(world: World) -> None:
    client = world.client("home_staff")
    sent = _proposal(world, client)
    for _ in range(3):
        answer = client.post(_address(world), sent, follow=True)
    assert ChangeProposal.objects.count() == 1
    assert answer.redirect_chain == [(reverse("homes:home", args=[OURS, world.home.pk]), 302)]
    assert ALREADY in answer.content.decode()


def test_a_form_that_was_changed_or_opened_again_is_another(world: World) -> None:
    client = world.client("home_staff")
    sent = _proposal(world, client)
    client.post(_address(world), sent)
    client.post(_address(world), {**sent, "capacity": "6"})
    client.post(_address(world), _proposal(world, client))
    assert ChangeProposal.objects.count() == 3


def test_what_was_refused_can_be_sent_again(world: World) -> None:
    client = world.client("home_staff")
    sent = _proposal(world, client)
    for _ in range(2):
        answer = client.post(_address(world), {**sent, "capacity": "0"})
        assert "定員は1以上" in answer.content.decode()
    client.post(_address(world), sent)
    assert ChangeProposal.objects.count() == 1


def test_nobody_s_form_is_taken_for_another_s(world: World) -> None:
    sent = _proposal(world, world.client("home_staff"))
    sister = world.client("home_staff:sister")
    own = reverse("homes:propose", args=[OURS, world.sister.pk])
    unit = str(world.sister.unit_set.get().pk)
    for _ in range(2):
        assert sister.post(own, {**sent, "unit": unit}).status_code == 302
    assert SentForm.objects.count() == 0, "a form that was shown to another has no token"


def test_every_creating_form_is_taken_once(world: World) -> None:
    home = world.client("home_staff")
    draft = {"addon": "backup", "fiscal_year": "2022", "start_month": "2022-06"}
    address = reverse("certification:new", args=[OURS])
    _twice(home, address, {**draft, "home": str(world.home.pk)})
    assert Application.objects.filter(state="draft").count() == 1

    count = {"as_of": "2022-04-01", "population": "residents", "place": "all", "children": "3"}
    _twice(home, reverse("homes:add_occupancy", args=[OURS, world.home.pk]), count)
    assert Occupancy.objects.count() == 1

    admin = world.client("admin")
    _twice(admin, reverse("people:invite"), {"email": "n@example.jp", "role": "admin"})
    assert Invitation.objects.count() == 1

    officer, role = world.client("officer"), world.people["officer"].memberships.get()
    token = {"name": "夜間", "role": str(role.pk), "scopes": "read", "days": "90"}
    _twice(officer, reverse("tokens:make"), token)
    assert ApiToken.objects.count() == 1


def _twice(client: Client, address: str, given: dict[str, str]) -> None:
    sent = {**_opened(client, address), **given}
    assert client.post(address, sent).status_code in (200, 302)
    again = client.post(address, sent, follow=True)
    assert ALREADY in again.content.decode()


def test_a_file_sent_twice_is_taken_once(world: World) -> None:
    client = world.client("home_staff")
    for address, made in (
        (reverse("exchange:exchange", args=[OURS]), Run),
        (reverse("certification:evidence_add", args=[OURS, *DRAFT(world)]), Evidence),
    ):
        sent = _opened(client, address)
        for _ in range(2):
            file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")
            client.post(address, {**sent, "file": file})
        assert made.objects.count() == 1
        client.post(address, {**sent, "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 y")})
        assert made.objects.count() == 2


def test_two_simultaneous_requests_make_one(committed_world: World) -> None:
    world = committed_world
    sent = _proposal(world, world.client("home_staff"))

    def send(_number: int) -> int:
        try:
            return world.client("home_staff").post(_address(world), sent).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(send, range(4))) == [302] * 4
    assert ChangeProposal.objects.count() == 1


def _log_in(client: Client, role: str, back: str) -> str:
    """Log in with a password and the second factor, and give where it led."""
    email = role.replace("_", "-") + "@example.jp"
    sent = {"login": email, "password": PASSWORD, "next": back}
    factor = Authenticator.objects.get(user__email=email)
    factor.data = {"secret": get_adapter().encrypt(SECRET)}
    factor.save()
    client.post(reverse("account_login"), sent)
    answer = client.post(reverse("mfa_authenticate"), {"code": one_time_code()})
    assert answer.status_code == 302
    return str(answer["Location"])


def _next_of(location: str) -> str:
    return parse_qs(urlsplit(location).query)["next"][0]


def test_what_came_after_the_session_s_end_is_in_the_form_again(world: World) -> None:
    client = world.client("home_staff")
    sent = {**_proposal(world, client), "reason": "<b>増員</b>"}
    client.cookies.clear()
    answer = client.post(_address(world), sent)
    assert answer.status_code == 302
    assert STORED in client.get(answer["Location"]).content.decode()
    back = _log_in(client, "home_staff", _next_of(answer["Location"]))
    assert back == _address(world)
    page = client.get(back).content.decode()
    assert NOT_SAVED in page
    assert "&lt;b&gt;増員&lt;/b&gt;" in page
    assert 'value="R4.6.1"' in page
    assert not ChangeProposal.objects.exists()
    (form,) = [one for one in forms_of(page, back) if one.targets[0][0] == "POST"]
    client.post(back, {**sent, **form.sent, "change": "capacity"})
    assert ChangeProposal.objects.get().reason == "<b>増員</b>"
    assert NOT_SAVED not in client.get(back).content.decode()


def test_typed_input_is_shown_to_nobody_else(world: World) -> None:
    client = world.client("home_staff")
    sent = {**_proposal(world, client), "reason": "内密の理由"}
    client.cookies.clear()
    client.post(_address(world), sent)
    client.force_login(world.people["officer"])
    page = client.get(_address(world)).content.decode()
    assert "内密の理由" not in page
    client.force_login(world.people["home_staff"])
    assert "内密の理由" in client.get(_address(world)).content.decode()


def test_without_a_form_of_ours_nothing_is_stored(world: World) -> None:
    Client().post(_address(world), {"reason": "x"})
    assert not Draft.objects.exists()


def test_more_than_a_draft_holds_is_not_stored(world: World) -> None:
    client = world.client("home_staff")
    sent = {**_proposal(world, client), "reason": "x" * MOST_LENGTH}
    client.cookies.clear()
    answer = client.post(_address(world), sent, follow=True)
    assert not Draft.objects.exists()
    assert STORED not in answer.content.decode()


def test_a_form_of_an_older_log_in_is_shown_again_with_what_was_typed(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["home_staff"])
    sent = {**_proposal(world, client), "reason": "増員です", "csrfmiddlewaretoken": "x" * 64}
    answer = client.post(_address(world), sent)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert NOT_SAVED in page
    assert "増員です" in page
    assert not ChangeProposal.objects.exists()
    (form,) = [one for one in forms_of(page, _address(world)) if one.targets[0][0] == "POST"]
    assert (
        client.post(_address(world), {**sent, **form.sent, "change": "capacity"}).status_code == 302
    )
    assert ChangeProposal.objects.get().reason == "増員です"


def test_a_form_shown_to_another_is_refused_without_its_contents(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["home_staff"])
    sent = {**_proposal(world, client), "reason": "内密の理由", "csrfmiddlewaretoken": "x" * 64}
    client.force_login(world.people["officer"])
    answer = client.post(_address(world), sent)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "別の利用者" in page
    assert "内密の理由" not in page
    client.force_login(world.people["home_staff"])
    assert "内密の理由" in client.get(_address(world)).content.decode()


def test_a_forged_form_is_refused_on_a_page_of_ours(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["home_staff"])
    answer = client.post(_address(world), {"reason": "偽の理由", "form_token": "1.x:y"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "画面が古くなりました" in page
    assert "偽の理由" not in page
    assert 'lang="ja"' in page


def test_a_log_in_of_an_older_page_is_opened_again_and_leads_where_it_led(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    sent = {"login": "x@example.jp", "password": PASSWORD, "next": _address(world)}
    answer = client.post(reverse("account_login"), {**sent, "csrfmiddlewaretoken": "x" * 64})
    assert _next_of(answer["Location"]) == _address(world)
    page = client.get(answer["Location"]).content.decode()
    assert "もう一度ログインしてください" in page
    assert PASSWORD not in page
    assert f'value="{_address(world)}"' in page


def test_a_file_has_to_be_chosen_again(world: World) -> None:
    client = world.client("home_staff")
    address = reverse("certification:evidence_add", args=[OURS, *DRAFT(world)])
    sent = _opened(client, address)
    client.cookies.clear()
    client.post(address, {**sent, "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")})
    _log_in(client, "home_staff", address)
    assert "もう一度選んでください" in client.get(address).content.decode()


def test_a_grid_typed_before_the_session_s_end_is_there_again(world: World) -> None:
    client = world.client("officer")
    address = reverse("planning:actions", args=[OURS])
    sent = _opened(client, address)
    number = re.search(r"(\d+)-note", str(sent))
    assert number is not None
    sent[f"{number[1]}-note"] = "途中の記入"
    client.cookies.clear()
    client.post(address, sent)
    _log_in(client, "officer", address)
    page = client.get(address).content.decode()
    assert 'value="途中の記入"' in page
    assert NOT_SAVED in page


def test_a_decision_without_the_second_factor_is_there_again(world: World) -> None:
    client = Client()
    client.force_login(world.people["approver"])
    address = reverse("certification:end", args=[OURS, ending(world).pk])
    sent = {**_opened(client, address), "reason": "要件を欠いたため"}
    answer = client.post(address, sent)
    assert _next_of(answer["Location"]) == address
    assert "要件を欠いたため" in client.get(address).content.decode()


def test_files_that_differ_in_any_are_others(world: World) -> None:
    client, address = world.client("ministry"), reverse("nation_files")
    sent = _opened(client, address) | {"form": "1", "year": "R4", "came_on": "R4.4.1"}
    for first in ("one.xlsx", "other.xlsx"):
        files = [SimpleUploadedFile(name, b"no workbook") for name in (first, "last.xlsx")]
        client.post(address, {**sent, "workbooks": files})
    names = DeliveredFile.objects.order_by("pk").values_list("name", flat=True)
    assert sorted(names) == ["last.xlsx", "last.xlsx", "one.xlsx", "other.xlsx"]
