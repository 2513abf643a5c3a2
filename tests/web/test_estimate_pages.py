"""必要量 › 推計: population and rates as grids, and the estimate that follows from them."""

import pytest
from django.test import Client
from django.urls import reverse

from shokibo.web.planning.models import CareRate, Population
from shokibo.web.register.models import Authority
from tests.web.plans import grid_of, load_setagaya, row_where, text_of
from tests.web.world import World


@pytest.fixture
def setagaya(world: World) -> Authority:
    """Return the example's authority, in which our people have their roles too."""
    return load_setagaya(world)


def at(authority: Authority, name: str) -> str:
    return reverse(f"planning:{name}", args=[authority.code])


@pytest.mark.parametrize("role", ["officer", "approver", "auditor"])
def test_the_estimate_is_given_with_what_is_stated(
    world: World, setagaya: Authority, role: str
) -> None:
    answer = world.client(role).get(at(setagaya, "estimate"))
    assert answer.context["estimate"].totals[-1].three_and_over == 113
    text = text_of(answer)
    for words in ("学童期以降", "136.78", "30.78", "50%に届いていません", "未確認"):
        assert words in text, words


def test_without_population_it_says_what_is_missing(world: World) -> None:
    text = text_of(world.client("officer").get(at(world.authority, "estimate")))
    assert "推計できる年度がありません" in text


@pytest.mark.parametrize("name", ["need", "population", "care_rates", "estimate"])
def test_the_pages_of_the_need_lead_to_each_other(
    world: World, setagaya: Authority, name: str
) -> None:
    page = world.client("officer").get(at(setagaya, name)).content.decode()
    for other in ("need", "population", "care_rates", "estimate"):
        assert f'href="{at(setagaya, other)}"' in page
    assert page.count('aria-current="page"') == 3  # menu, tab of the plan, page of the need


def test_population_as_typed_moves_the_estimate_and_saves_nothing(
    world: World, setagaya: Authority
) -> None:
    client = world.client("officer")
    sent = grid_of(client.get(at(setagaya, "population")))
    number = row_where(sent, children="97700")
    typed = sent | {f"{number}-children": "195400"}
    answer = client.post(at(setagaya, "population_preview"), typed)
    assert answer.context["estimate"].rows[-1].in_homes == 212
    assert Population.objects.filter(children=195_400).count() == 0
    client.post(at(setagaya, "population"), typed)
    assert Population.objects.get(children=195_400).age_band == "school_age"
    stored = client.get(at(setagaya, "estimate"))
    assert stored.context["estimate"].rows[-1].in_homes == 212


def test_a_band_that_is_not_estimated_is_shown_where_it_is_stored(
    world: World, setagaya: Authority
) -> None:
    client = world.client("officer")
    whole = {"fiscal_year": 2021, "age_band": "three_and_over", "children": 122_000}
    assert row_count(client, setagaya) == 12
    Population.objects.create(authority=setagaya, **whole)
    assert row_count(client, setagaya) == 16


def row_count(client: Client, setagaya: Authority) -> int:
    sent = grid_of(client.get(at(setagaya, "population")))
    return sum(name.endswith("-children") for name in sent)


def test_a_rate_keeps_its_digits(world: World, setagaya: Authority) -> None:
    client = world.client("officer")
    sent = grid_of(client.get(at(setagaya, "care_rates")))
    row = row_where(sent, fiscal_year="", age_band="")
    given = {"fiscal_year": "R7", "age_band": "school_age", "foster_rate": "２５．０"}
    cells = {f"{row}-{name}": cell for name, cell in given.items()}
    wrong = sent | cells | {f"{row}-in_care_per_10000": "14.55555"}
    assert "小数4桁まで" in text_of(client.post(at(setagaya, "care_rates"), wrong))
    client.post(at(setagaya, "care_rates"), wrong | {f"{row}-in_care_per_10000": "14.50"})
    made = CareRate.objects.get(authority=setagaya, fiscal_year=2025)
    assert (made.in_care_per_10000, made.foster_rate) == ("14.50", "25.0")
