"""What heads a page on paper: whose it is, of which day its figures are, when it was printed."""

import pytest
from django.urls import reverse

from tests.web.markup import markup_of
from tests.web.world import OURS, World


def head_of(world: World, role: str, address: str) -> str:
    """Return the head as text, without blanks."""
    markup = markup_of(world.client(role).get(address))
    start = markup.index('<div class="print-head">')
    return "".join(markup[start : markup.index("</div>", start)].split()).replace("</span>", "")


def test_it_names_the_authority_the_day_chosen_and_today(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-06-15")
    said = head_of(world, "officer", reverse("homes:homes", args=[OURS]) + "?as_of=R4.4.1")
    assert "架空県" in said
    assert "基準日令和4年4月1日" in said
    assert "印刷日令和4年6月15日" in said


def test_a_page_without_a_day_of_its_own_is_of_today(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-06-15")
    said = head_of(world, "officer", reverse("certification:queue", args=[OURS]))
    assert "基準日令和4年6月15日" in said


@pytest.mark.parametrize(
    ("form", "day"), [(1, "令和4年4月30日"), (2, "令和5年3月31日")], ids=["form 1", "form 2"]
)
def test_a_form_is_of_the_last_day_that_it_looks_at(
    world: World, monkeypatch: pytest.MonkeyPatch, form: int, day: str
) -> None:
    monkeypatch.setenv("SHOKIBO_TODAY", "2023-04-05")
    said = head_of(world, "officer", reverse("returns:form", args=[OURS, form, 2022]))
    assert f"基準日{day}" in said
