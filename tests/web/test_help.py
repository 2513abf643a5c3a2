"""Help in its place: the guide's section for each page, the keys, the first day, whom to ask."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from pytest_django.fixtures import Settings

from shokibo.web.help.guide import section_of, sections
from shokibo.web.help.words import EVERYWHERE, FIRST_DAY, NOT_FOUND, PLACES
from shokibo.web.register.models import Authority
from shokibo.web.running.demo import prepare_demo
from shokibo.web.running.practice import PASSWORD
from tests.web.test_matrix import INSTANCE, OWN, PAGES
from tests.web.world import OURS, World

CONTACT = "子ども家庭課 計画係 内線1234"


def test_every_place_is_a_heading_of_the_guide() -> None:
    headings = {one.heading for one in sections()}
    assert {*PLACES.values(), EVERYWHERE, NOT_FOUND} - headings == set()


def test_every_place_is_of_an_address() -> None:
    names = {*PAGES, *INSTANCE, *OWN, "usersessions_list"}
    apps = {name.partition(":")[0] for name in names}
    assert set(PLACES) - names - apps == set()


@pytest.mark.parametrize("app", sorted({name.partition(":")[0] for name in PAGES}))
def test_every_app_of_an_office_has_its_section(app: str) -> None:
    assert section_of(PLACES[app]) is not None


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("today:today", PLACES["today"]),
        ("planning:actions", PLACES["planning:actions"]),
        ("office:contact", PLACES["office"]),
    ],
)
def test_a_page_leads_to_its_section(world: World, name: str, heading: str) -> None:
    client = world.client("officer")
    page = client.get(reverse(name, args=[OURS])).content.decode()
    (address,) = re.findall(r'<a href="([^"]+)">この画面の使い方</a>', page)
    assert f'<h1 lang="ja">{heading}</h1>' in client.get(address).content.decode()


def test_links_of_the_guide_lead_to_its_sections(world: World) -> None:
    linked = set()
    for one in sections():
        assert "<img" not in one.html
        linked |= set(re.findall(r'href="([^"]+)"', one.html))
    numbers = {one.number for one in sections()}
    assert linked
    assert {int(re.fullmatch(r"\.\./(\d+)/", target)[1]) for target in linked} <= numbers  # type: ignore[index]


def test_a_section_that_is_not_there_is_no_page(world: World) -> None:
    number = len(sections()) + 1
    for wrong in (0, number):
        answer = world.client("officer").get(reverse("help:section", args=[wrong]))
        assert answer.status_code == 404


@pytest.mark.parametrize("role", FIRST_DAY)
def test_a_first_day_leads_to_pages_that_open(world: World, role: str) -> None:
    client = world.client(role)
    page = client.get(reverse("help:index")).content.decode()
    steps = page.partition('id="first-day"')[2].partition('id="keys"')[0]
    addresses = re.findall(r'<a href="([^"]+)"', steps)
    assert len(addresses) == len(FIRST_DAY[role])
    for address in addresses:
        assert client.get(address, follow=True).status_code == 200, address


def test_a_page_that_is_not_there_keeps_the_menu(world: World) -> None:
    client = world.client("officer")
    with pytest.raises(Resolver404):
        resolve("/nothing/here/")
    for address in ("/nothing/here/", reverse("homes:home", args=[OURS, 999_999]), "/999999/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 404
        assert f'href="{reverse("homes:homes", args=[OURS])}"' in page
        assert "ページがありません" in page


def test_a_refused_page_keeps_the_menu(world: World) -> None:
    answer = world.client("auditor").get(reverse("homes:add_home", args=[OURS]))
    assert answer.status_code == 403
    assert f'href="{reverse("homes:homes", args=[OURS])}"' in answer.content.decode()


def test_the_contact_is_shown_under_every_page_of_the_office_alone(world: World) -> None:
    client = world.client("officer")
    address = reverse("office:contact", args=[OURS])
    sent = {"version": world.authority.version, "contact": CONTACT}
    answer = client.post(address, sent, follow=True)
    assert "問い合わせ先を変更しました" in answer.content.decode()
    for role in ("home_staff", "auditor"):
        assert CONTACT in world.client(role).get(reverse("help:index")).content.decode()
    assert CONTACT not in world.client("officer:other").get("/", follow=True).content.decode()
    client.post(address, {"version": world.authority.version + 1, "contact": ""})
    assert Authority.objects.get(pk=world.authority.pk).contact is None


def test_a_practice_lists_its_people_where_one_logs_in(db: None) -> None:
    assert PASSWORD not in Client().get(reverse("account_login")).content.decode()
    people = prepare_demo()
    page = Client().get(reverse("account_login")).content.decode()
    assert PASSWORD in page
    for role, email in people:
        assert f' data-label="メールアドレス">{email}</td>' in page
        assert role in page


def test_an_office_lists_no_people_at_log_in(world: World) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert "@example.jp" not in page
    assert PASSWORD not in page


def test_production_lists_nobody_whatever_its_database(db: None, settings: Settings) -> None:
    prepare_demo()
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, production=True)
    assert PASSWORD not in Client().get(reverse("account_login")).content.decode()
