"""Large plans: pages stay small, and the number of queries does not grow with homes and rows."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shokibo.web.planning.models import Action, Plan
from shokibo.web.register.models import Home, Unit
from tests.web.markup import markup_of
from tests.web.plans import Answer, grid_of, make_large_plan, text_of
from tests.web.world import OURS, World

PAGES = (
    "planning:overview",
    "planning:findings",
    "planning:actions",
    "planning:need",
    "planning:targets",
    "costs:costs",
)
MOST_BYTES = 200_000


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_pages_of_sixty_homes_and_ten_years_stay_small(world: World, role: str) -> None:
    make_large_plan(world, 58)  # and the two of the world
    client = world.client(role)
    sizes = {name: len(client.get(reverse(name, args=[OURS])).content) for name in PAGES}
    last = f"{reverse('planning:overview', args=[OURS])}?page=6"
    sizes["planning:overview last"] = len(client.get(last).content)
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}


def test_a_preview_of_a_large_plan_stays_small_and_shows_its_home(world: World) -> None:
    make_large_plan(world, 58)
    client = world.client("officer")
    sent = grid_of(client.get(f"{reverse('planning:actions', args=[OURS])}?home=x7"))
    preview = f"{reverse('planning:actions_preview', args=[OURS])}?home=x7"
    answer = client.post(preview, sent | {"open": "x7"})
    assert len(answer.content) < MOST_BYTES
    assert "<caption>架空第7学園</caption>" in answer.content.decode()


def test_a_large_plan_shows_one_home_s_actions_and_leads_to_a_row_of_another(world: World) -> None:
    make_large_plan(world, 58)
    client = world.client("officer")
    address = reverse("planning:actions", args=[OURS])
    sent = grid_of(client.get(address))
    assert "1-home_id" not in sent
    page = client.get(reverse("planning:findings", args=[OURS]))
    assert "確認事項" in text_of(page)
    row = Action.objects.filter(home__code="x30").earliest("pk")
    of_row = client.get(f"{address}?row={row.pk}").content.decode()
    assert f'id="row-{row.pk}"' in of_row
    assert '<option value="x30" selected>' in of_row


def test_a_grid_of_all_homes_stays_one_when_there_are_more_before_it_is_saved(
    world: World,
) -> None:
    make_large_plan(world, 6)  # sixty actions: all that one grid shows
    client = world.client("officer")
    address = reverse("planning:actions", args=[OURS])
    page = client.get(address)
    sent = grid_of(page)
    target = _target(page)
    Action.objects.create(
        authority=world.authority, home=world.home, fiscal_year=2022, action="close"
    )
    number = int(sent["rows"])
    cells = {"home_id": "x3", "fiscal_year": "R5", "action": "close", "unit_id": "x3-5"}
    client.post(address + target, sent | {f"{number}-{name}": v for name, v in cells.items()})
    assert Action.objects.get(action="close", unit_code="x3-5").home.code == "x3"


def test_a_grid_opened_on_a_row_stays_that_of_its_home_when_the_row_is_gone(world: World) -> None:
    make_large_plan(world, 58)
    client = world.client("officer")
    address = reverse("planning:actions", args=[OURS])
    row = Action.objects.filter(home__code="x30").earliest("pk")
    page = client.get(f"{address}?row={row.pk}")
    sent, target = grid_of(page), _target(page)
    row.delete()
    number = int(sent["rows"])
    cells = {"fiscal_year": "R5", "action": "close", "unit_id": "x30-5"}
    client.post(address + target, sent | {f"{number}-{name}": v for name, v in cells.items()})
    assert Action.objects.get(action="close").home.code == "x30"


def _target(page: Answer) -> str:
    """Return the address that a page's grid is sent to, as its form names it."""
    form = r'<form method="post"(?: action="([^"]*)")?[^>]*data-follows'
    found = re.search(form, markup_of(page))
    return html.unescape((found and found[1]) or "")


@pytest.mark.parametrize("name", [*PAGES, "planning:actions_preview", "costs:preview"])
def test_the_number_of_queries_does_not_grow(world: World, name: str) -> None:
    address = reverse(name, args=[OURS])
    client = world.client("officer")
    make_large_plan(world, 12, years=3)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    _grow(world)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def _grow(world: World) -> None:
    """Make the plan larger: more homes, units and actions."""
    Plan.objects.filter(authority=world.authority).update(to_year=2031)
    for n in range(20):
        home = Home.objects.create(
            authority=world.authority, code=f"y{n}", name=f"架空増{n}", operator="架空"
        )
        Unit.objects.create(
            authority=world.authority, home=home, code=f"y{n}", name="架空", kind="main_unit"
        )
        for year in range(2022, 2030):
            Action.objects.create(
                authority=world.authority, home=home, fiscal_year=year, action="close"
            )
