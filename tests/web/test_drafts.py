"""What is typed into a long form is a draft of its person's alone, until the form is saved."""

import datetime as dt
import logging

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from shokibo.web.accounts.drafts import LIVE_FOR, MOST_DRAFTS, MOST_LENGTH
from shokibo.web.accounts.models import Draft
from shokibo.web.audit.models import Event, Look, SentForm
from shokibo.web.base import clock
from shokibo.web.register.models import Home
from shokibo.web.running.backup import backed_up
from tests.web.page_forms import forms_of
from tests.web.world import OURS, World

CONFIDENTIAL = "内密の根拠"
OFFERED = "下書きがあります"


def _opened(client: Client, address: str) -> dict[str, str]:
    """Return what the page's last form would send as it is now."""
    page = client.get(address).content.decode()
    return [one for one in forms_of(page, address) if one.targets[0][0] == "POST"][-1].sent


def _edit(world: World) -> str:
    return reverse("homes:edit_home", args=[OURS, world.home.pk])


def _typed(world: World, client: Client, **typed: str) -> dict[str, str]:
    return {**_opened(client, _edit(world)), "name": "記入中の園", **typed}


def _store(client: Client, address: str, sent: dict[str, str]) -> int:
    return client.post(address, {**sent, "form_draft": "store"}).status_code


def test_a_draft_is_offered_shown_and_saved(world: World) -> None:
    client = world.client("officer")
    sent = _typed(world, client)
    answer = client.post(_edit(world), {**sent, "form_draft": "store"})
    assert answer.status_code == 200
    (draft,) = Draft.objects.all()
    assert "に下書きを残しました" in answer.content.decode()
    assert Home.objects.get(pk=world.home.pk).name != "記入中の園", "nothing is saved"

    page = client.get(_edit(world)).content.decode()
    assert f"{localtime(draft.at):%-H時%M分}の{OFFERED}" in page
    assert "記入中の園" not in page
    shown = client.post(_edit(world), {**sent, "form_draft": "show"}, follow=True)
    page = shown.content.decode()
    assert "まだ保存していません" in page
    assert 'value="記入中の園"' in page
    assert OFFERED not in page
    assert OFFERED in client.get(_edit(world)).content.decode(), "until it is saved"

    sent |= {"reason": "改称のため"}
    assert client.post(_edit(world), sent).status_code == 302
    assert Home.objects.get(pk=world.home.pk).name == "記入中の園"
    assert not Draft.objects.exists()


def test_a_draft_that_is_discarded_is_gone(world: World) -> None:
    client = world.client("officer")
    sent = _typed(world, client)
    _store(client, _edit(world), sent)
    answer = client.post(_edit(world), {**sent, "form_draft": "discard"}, follow=True)
    assert "下書きを破棄しました" in answer.content.decode()
    assert OFFERED not in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_page_has_one_draft_the_latest(world: World) -> None:
    client = world.client("officer")
    sent = _typed(world, client)
    for name in ("一", "二"):
        assert _store(client, _edit(world), {**sent, "name": name}) == 200
    assert Draft.objects.get().typed.count("name=") == 1
    shown = client.post(_edit(world), {**sent, "form_draft": "show"}, follow=True)
    assert 'value="二"' in shown.content.decode()


def test_a_refused_form_leaves_its_draft(world: World) -> None:
    client = world.client("officer")
    sent = _typed(world, client)
    _store(client, _edit(world), sent)
    assert client.post(_edit(world), {**sent, "name": ""}).status_code == 200
    assert Draft.objects.exists()


def test_saving_in_one_tab_leaves_the_draft_typed_in_another(world: World) -> None:
    client = world.client("officer")
    one, other = (
        _typed(world, client, reason="改称のため"),
        _typed(world, client, name="別の画面の園"),
    )
    _store(client, _edit(world), one)
    _store(client, _edit(world), other)
    assert client.post(_edit(world), one).status_code == 302
    assert "別の画面の園" in QueryDict(Draft.objects.get().typed)["name"]
    resumed = {
        **_opened(client, _edit(world)),
        **dict(QueryDict(Draft.objects.get().typed).items()),
    }
    resumed |= {"version": _opened(client, _edit(world))["version"], "reason": "再度の改称"}
    assert client.post(_edit(world), resumed).status_code == 302
    assert not Draft.objects.exists()


def test_a_form_that_was_refused_still_takes_its_draft_with_it(world: World) -> None:
    client = world.client("officer")
    sent = _typed(world, client)
    _store(client, _edit(world), sent)
    page = client.post(_edit(world), {**sent, "name": ""}).content.decode()
    again = [one for one in forms_of(page, _edit(world)) if one.targets[0][0] == "POST"][-1].sent
    assert client.post(_edit(world), {**again, "name": "園", "reason": "改称"}).status_code == 302
    assert not Draft.objects.exists()


@pytest.mark.parametrize("role", ["approver", "home_staff", "officer:other", "admin"])
def test_nobody_else_gets_anything_of_a_draft(world: World, role: str) -> None:
    client = world.client("officer")
    sent = _typed(world, client, reason=CONFIDENTIAL)
    _store(client, _edit(world), sent)
    other = world.client(role)
    for asked in ("show", "discard", "store"):
        assert other.post(_edit(world), {**sent, "form_draft": asked}).status_code == 400
    answer = other.get(_edit(world))
    assert CONFIDENTIAL not in answer.content.decode()
    assert OFFERED not in answer.content.decode()
    assert Draft.objects.get().person == world.people["officer"]


def test_a_draft_is_of_a_page_that_showed_its_form(world: World) -> None:
    client = world.client("home_staff")
    own = reverse("homes:propose", args=[OURS, world.home.pk])
    sent = {**_opened(client, own), "reason": CONFIDENTIAL}
    for home in (world.sister.pk, world.stranger.pk):
        for name in ("homes:propose", "homes:edit_home"):
            assert _store(client, reverse(name, args=[OURS, home]), sent) == 400
    assert not Draft.objects.exists()


def test_a_draft_whose_page_is_out_of_scope_by_now_is_not_shown(world: World) -> None:
    client = world.client("officer")
    _store(client, _edit(world), _typed(world, client, reason=CONFIDENTIAL))
    Draft.objects.update(resumes=True)
    world.people["officer"].memberships.update(role="auditor")
    answer = client.get(_edit(world))
    assert answer.status_code == 403
    assert CONFIDENTIAL not in answer.content.decode()


@pytest.mark.parametrize("forged", ["", "1.x.y:z:w"])
def test_without_the_token_of_the_page_a_draft_is_refused(world: World, forged: str) -> None:
    client = world.client("officer")
    sent = {**_typed(world, client), "form_token": forged}
    assert _store(client, _edit(world), sent) == 400
    assert not Draft.objects.exists()


def test_what_is_typed_after_the_session_s_end_is_stored_and_nothing_is_shown(world: World) -> None:
    client = world.client("officer")
    sent = _typed(world, client)
    client.cookies.clear()
    answer = client.post(_edit(world), {**sent, "form_draft": "store"})
    assert (answer.status_code, answer.content) == (401, b"")
    assert OFFERED in world.client("officer").get(_edit(world)).content.decode()


def test_with_the_token_of_an_older_log_in_it_is_stored_for_its_person(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["officer"])
    sent = _typed(world, client, csrfmiddlewaretoken="x" * 64, reason=CONFIDENTIAL)
    for person in ("officer", "home_staff"):
        client.force_login(world.people[person])
        answer = client.post(_edit(world), {**sent, "form_draft": "store"})
        assert answer.status_code == 403
        assert CONFIDENTIAL not in answer.content.decode()
        assert Draft.objects.get().person == world.people["officer"]


def test_somebody_who_was_let_go_stores_nothing(world: World) -> None:
    client = world.client("officer")
    sent = _typed(world, client)
    person = world.people["officer"]
    person.is_active = False
    person.save()
    client.post(_edit(world), sent)
    assert not Draft.objects.exists()


def test_a_draft_lives_for_two_weeks(world: World) -> None:
    client = world.client("officer")
    sent = _typed(world, client)
    _store(client, _edit(world), sent)
    for age, offered in ((LIVE_FOR - dt.timedelta(hours=1), True), (LIVE_FOR, False)):
        Draft.objects.update(at=clock.now() - age)
        assert (OFFERED in client.get(_edit(world)).content.decode()) is offered
    other = reverse("homes:edit_home", args=[OURS, world.sister.pk])
    _store(client, other, _opened(client, other))
    assert Draft.objects.get().page == other, "what is too old is deleted"


def test_a_person_keeps_a_limited_number_of_drafts_the_latest(world: World) -> None:
    client = world.client("officer")
    for number in range(MOST_DRAFTS + 2):
        address = f"{_edit(world)}?n={number}"
        assert _store(client, address, _opened(client, address)) == 200
    assert Draft.objects.count() == MOST_DRAFTS
    assert not Draft.objects.filter(page__endswith="n=1").exists()


def test_a_draft_that_is_too_long_is_refused(world: World) -> None:
    client = world.client("officer")
    assert _store(client, _edit(world), _typed(world, client, reason="x" * MOST_LENGTH)) == 413
    assert not Draft.objects.exists()


def test_nothing_typed_is_in_the_logs_or_a_backup(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = world.client("officer")
    before = Event.objects.count(), Look.objects.count(), SentForm.objects.count()
    sent = _typed(world, client, reason=CONFIDENTIAL)
    _store(client, _edit(world), sent)
    client.post(_edit(world), {**sent, "form_draft": "show"}, follow=True)
    _store(client, _edit(world), {**sent, "form_token": ""})
    client.cookies.clear()
    _store(client, _edit(world), sent)
    client.post(_edit(world), sent)
    assert Draft.objects.exists()
    assert (Event.objects.count(), Look.objects.count(), SentForm.objects.count()) == before
    assert [
        one for one in caplog.messages if CONFIDENTIAL in one or "%E5%86%85%E5%AF%86" in one
    ] == []
    assert Draft not in backed_up()


def test_a_page_of_staff_is_a_look_with_a_draft_or_without(world: World) -> None:
    client = world.client("home_staff")
    address = reverse("homes:staff", args=[OURS, world.home.pk])
    client.get(address)
    before = Look.objects.count()
    person = world.people["home_staff"]
    Draft.objects.create(person=person, page=address, typed="x=1", resumes=True)
    client.get(address)
    assert Look.objects.count() == before + 1


def test_a_draft_of_a_grid_is_offered_wherever_the_grid_opens(world: World) -> None:
    client = world.client("officer")
    address = reverse("planning:actions", args=[OURS])
    page = client.get(address).content.decode()
    (form,) = [one for one in forms_of(page, address) if one.targets[0][0] == "POST"]
    sent = {**form.sent, "1-note": "記入中の注"}
    _store(client, form.targets[0][1], sent)
    page = client.get(address).content.decode()
    assert OFFERED in page
    (offer, _grid) = [one for one in forms_of(page, address) if one.targets[0][0] == "POST"]
    shown = client.post(offer.targets[0][1], {**offer.sent, "form_draft": "show"}, follow=True)
    assert 'value="記入中の注"' in shown.content.decode()
