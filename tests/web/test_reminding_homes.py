"""An officer reminds homes of what is missing: seen first, logged, and a second mail is named."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from shokibo.web.audit.models import Event
from tests.web.applications import certified, returned
from tests.web.markup import words_of
from tests.web.test_certification_pages import shown
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db
ADDRESS = reverse("today:remind", args=[OURS])


def sends(world: World, **given: Any) -> Any:  # noqa: ANN401 - the test client's answer
    client = world.client("officer")
    return client.post(ADDRESS, {**shown(client, ADDRESS), "homes": [world.home.pk], **given})


def test_the_page_shows_what_is_missing_and_who_gets_the_mail(world: World) -> None:
    row = returned(world, unit="違います")
    page = words_of(world.client("officer").get(ADDRESS))
    assert f"差し戻された申請の修正:小規模かつ地域分散化加算 c4の家 {row.code}" in page
    assert world.people["home_staff"].name in page
    assert not mail.outbox


def test_those_of_the_home_get_one_mail_with_all_of_it_and_it_is_logged(world: World) -> None:
    first, second = returned(world, unit="違います"), returned(world, "c5", unit="違います")
    assert sends(world).status_code == 302
    (message,) = mail.outbox
    assert message.to == [world.people["home_staff"].email]
    assert str(world.home) in message.body
    assert first.code in message.body
    assert second.code in message.body
    event = Event.objects.get(action="home.remind")
    assert (event.home, event.actor) == (world.home, world.people["officer"])
    assert world.people["home_staff"].name in event.reason


@pytest.mark.usefixtures("world")
def test_an_add_on_that_was_not_applied_for_again_is_missing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOKIBO_TODAY", "2023-04-05")
    row = certified(world)
    assert f"令和5年度の申請の提出:小規模かつ地域分散化加算 c4の家 {row.code}" in words_of(
        world.client("officer").get(ADDRESS)
    )


def test_a_second_mail_of_a_day_is_named_and_not_chosen_by_itself(world: World) -> None:
    returned(world, unit="違います")
    assert sends(world).status_code == 302
    answer = world.client("officer").get(ADDRESS)
    assert f"{world.people['officer'].name}が送信済み" in words_of(answer)
    assert answer.context["form"].initial["homes"] == []
    assert sends(world).status_code == 302
    assert len(mail.outbox) == 2


def test_a_mail_that_somebody_sent_meanwhile_is_named_and_none_is_sent(world: World) -> None:
    returned(world, unit="違います")
    client = world.client("officer:second")
    opened = shown(client, ADDRESS)
    sends(world)
    page = words_of(client.post(ADDRESS, {**opened, "homes": [world.home.pk]}))
    assert "この画面を開いた後に、内容が変わりました" in page
    assert "送信済み" in page
    assert len(mail.outbox) == 1


def test_without_a_home_nothing_is_sent(world: World) -> None:
    returned(world, unit="違います")
    assert "知らせる施設を、一つ以上選んでください" in words_of(sends(world, homes=[]))
    assert not mail.outbox


def test_where_nothing_is_missing_it_says_so(world: World) -> None:
    page = words_of(world.client("officer").get(ADDRESS))
    assert "施設にお願いする手続はありません" in page
