"""What follows while a grid is typed: the core's figures for the grid as typed; nothing saved."""

import pytest
from django.test import Client
from django.urls import reverse

from shokibo.ledger.reading import read_ledger
from shokibo.web.audit.models import Event
from shokibo.web.planning.models import Action, Need, Target
from shokibo.web.register.models import Authority
from tests.planning.ledgers import outline_of
from tests.web.markup import markup_of
from tests.web.plans import (
    EXAMPLE,
    blank_row,
    figures_of,
    grid_of,
    load_setagaya,
    row_where,
    text_of,
)
from tests.web.world import World

ALL = "年度末の姿(全施設)"
PLACES = "合計定員 / 施設の計画の合計"


@pytest.fixture
def setagaya(world: World) -> Authority:
    """Return the example's authority, in which our people have their roles too."""
    return load_setagaya(world)


@pytest.fixture
def officer(world: World, setagaya: Authority) -> Client:
    """Return the officer's client."""
    return world.client("officer")


@pytest.fixture
def actions(setagaya: Authority) -> str:
    """Return the address of the grid of actions."""
    return reverse("planning:actions", args=[setagaya.code])


@pytest.fixture
def preview(setagaya: Authority) -> str:
    """Return the address of its preview."""
    return reverse("planning:actions_preview", args=[setagaya.code])


def _opening(sent: dict[str, str], **more: str) -> dict[str, str]:
    row = blank_row(sent)
    cells = {"home_id": "ikuseien", "fiscal_year": "R4", "action": "open"}
    cells |= {"unit_kind": "community_home", "capacity": "4", **more}
    return {f"{row}-{name}": value for name, value in cells.items()}


def test_a_grid_as_it_is_gives_the_figures_of_the_core(
    officer: Client, actions: str, preview: str
) -> None:
    sent = grid_of(officer.get(actions))
    previewed = figures_of(officer.post(preview, sent), ALL)
    core = outline_of(read_ledger(EXAMPLE))
    places = [row["main_capacity"] + row["group_capacity"] for row in core.all.to_dicts()]
    assert previewed[PLACES] == [str(value) for value in places]
    assert previewed["グループホームの定員の割合 / 目標"] == [
        "52.7%",
        "53.6%",
        "56.3%",
        "68.1%",
    ]


def test_a_row_that_is_not_saved_is_in_the_figures_and_nothing_is_saved(
    officer: Client, actions: str, preview: str, setagaya: Authority
) -> None:
    sent = grid_of(officer.get(actions))
    before = figures_of(officer.post(preview, sent), ALL)[PLACES]
    rows, events = Action.objects.count(), Event.objects.count()
    after = figures_of(officer.post(preview, sent | _opening(sent)), ALL)[PLACES]
    assert [int(new) - int(old) for old, new in zip(before, after, strict=True)] == [0, 4, 4, 4]
    assert (Action.objects.count(), Event.objects.count()) == (rows, events)


def test_what_is_typed_and_then_saved_gives_the_same_figures(
    officer: Client, actions: str, preview: str, setagaya: Authority
) -> None:
    sent = grid_of(officer.get(actions))
    number = row_where(sent, unit_id="ikuseien-g2")
    sent |= _opening(sent) | {f"{number}-removed": "1"}
    typed = figures_of(officer.post(preview, sent), ALL)
    officer.post(actions, sent)
    overview = reverse("planning:overview", args=[setagaya.code])
    assert figures_of(officer.get(overview), ALL) == typed


def test_a_row_with_something_wrong_is_left_out_and_named(
    officer: Client, actions: str, preview: str
) -> None:
    sent = grid_of(officer.get(actions))
    number = blank_row(sent)
    answer = officer.post(preview, sent | _opening(sent, capacity="四"))
    assert f"取組 {number}行目" in text_of(answer)
    assert "下の計算に入れていません" in text_of(answer)
    assert figures_of(answer, ALL) == figures_of(officer.post(preview, sent), ALL)


def test_a_finding_leads_to_the_row_as_it_is_typed(
    officer: Client, actions: str, preview: str
) -> None:
    sent = grid_of(officer.get(actions))
    number = blank_row(sent)
    typed = _opening(sent, action="close", unit_id="nobody")
    page = markup_of(officer.post(preview, sent | typed))
    assert f'<a href="#c{number}-unit_id">取組 {number}行目</a>' in page
    assert "nobody" in page


def test_a_unit_that_an_earlier_row_opens_is_offered(
    officer: Client, actions: str, preview: str
) -> None:
    sent = grid_of(officer.get(actions))
    page = officer.post(preview, sent | _opening(sent, unit_id="shin-1")).content.decode()
    units = page[page.index('<datalist id="units-ikuseien">') :]
    assert '<option value="shin-1">新設</option>' in units[: units.index("</datalist>")]


def test_rows_that_the_grid_does_not_show_still_count(
    officer: Client, actions: str, preview: str
) -> None:
    of_home = grid_of(officer.get(f"{actions}?home=fukuinryo"))
    every = grid_of(officer.get(actions))
    previewed = figures_of(officer.post(f"{preview}?home=fukuinryo", of_home), ALL)
    assert previewed == figures_of(officer.post(preview, every), ALL)


def test_homes_are_drawn_while_they_are_open(officer: Client, actions: str, preview: str) -> None:
    sent = grid_of(officer.get(actions))
    closed = officer.post(preview, sent).content.decode()
    opened = officer.post(preview, sent | {"open": "fukuinryo"})
    assert "<caption>福音寮</caption>" not in closed
    assert figures_of(opened, "福音寮")["合計定員 / 合計定員"] == ["57", "57", "57", "57"]


def test_the_answer_draws_no_svg(officer: Client, actions: str, preview: str) -> None:
    page = officer.post(preview, grid_of(officer.get(actions))).content.decode()
    assert "<img" not in page
    assert "vega-lite" in page


def test_a_target_as_typed_is_set_against_the_homes_plans(
    officer: Client, setagaya: Authority
) -> None:
    sent = grid_of(officer.get(reverse("planning:targets", args=[setagaya.code])))
    number = row_where(sent, value="113")
    address = reverse("planning:targets_preview", args=[setagaya.code])
    answer = officer.post(address, sent | {f"{number}-value": "120"})
    page = markup_of(answer)
    assert f'<span id="b{number}-homes" hx-swap-oob="true">111</span>' in page
    assert f'<span id="b{number}-difference" hx-swap-oob="true">+9</span>' in page
    assert figures_of(answer, ALL)["合計定員 / 目標"][-1] == "120程度"
    assert not Target.objects.filter(value=120).exists()


def test_typed_input_is_kept_for_a_row_stored_by_somebody_else(
    officer: Client, setagaya: Authority
) -> None:
    stored = Need.objects.get(authority=setagaya, children=106)
    number = row_where(grid_of(officer.get(_at("need", setagaya))), children="106")
    stored.delete()
    sent = grid_of(officer.get(_at("need", setagaya)))
    assert sent[f"{number}-children"] == ""
    stored.save(force_insert=True)
    answer = officer.post(_at("need_preview", setagaya), sent | {f"{number}-children": "126"})
    assert figures_of(answer, ALL)["必要量(3歳以上) / 必要量"][-1] == "133"


def _at(name: str, authority: Authority) -> str:
    return reverse(f"planning:{name}", args=[authority.code])


def test_need_as_typed_moves_the_gap(officer: Client, setagaya: Authority) -> None:
    sent = grid_of(officer.get(reverse("planning:need", args=[setagaya.code])))
    number = row_where(sent, children="106")
    address = reverse("planning:need_preview", args=[setagaya.code])
    answer = officer.post(address, sent | {f"{number}-children": "126"})
    assert figures_of(answer, ALL)["必要量(3歳以上) / 必要量"][-1] == "133"
    assert figures_of(answer, ALL)["必要量(3歳以上) / 目標と必要量の差"][-1] == "△20"


def _yen(text: str) -> int:
    return int(text.partition("\n")[0].replace(",", ""))


def test_costs_as_typed_move_the_budget(officer: Client, setagaya: Authority) -> None:
    sent = grid_of(officer.get(reverse("costs:costs", args=[setagaya.code])))
    number = row_where(sent, amount="8,000,000")
    address = reverse("costs:preview", args=[setagaya.code])
    before = figures_of(officer.post(address, sent), "歳出(円)")
    after = figures_of(officer.post(address, sent | {f"{number}-amount": "9,000,000"}), "歳出(円)")
    (_, contracted, one, three), raised = before["歳出 / 歳出合計"], after["歳出 / 歳出合計"]
    assert contracted == raised[1] == "34,098,000"  # the leads' own amounts
    assert [_yen(raised[2]) - _yen(one), _yen(raised[3]) - _yen(three)] == [1_000_000, 3_000_000]


@pytest.mark.parametrize("role", ["approver", "auditor"])
def test_who_only_reads_has_no_preview(world: World, preview: str, role: str) -> None:
    assert world.client(role).post(preview, {"rows": "0"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "typed", "previewed"),
    [
        ("need", {"1-children": "-5"}, "人数が負の数です(-5)"),
        ("population", {"1-children": "-5"}, "人数が負の数です(-5)"),
        ("care_rates", {"1-foster_rate": "100.01"}, "里親等委託率が100.01%で"),
        ("costs", {"1-amount": "-100"}, "金額が負の数です(△100円)"),
        ("costs", {"1-national_share": "3/2"}, "国の負担割合「3/2」が1を超えています"),
    ],
)
def test_a_figure_that_can_not_be_is_found_while_it_is_typed(
    officer: Client, setagaya: Authority, name: str, typed: dict[str, str], previewed: str
) -> None:
    app = "costs" if name == "costs" else "planning"
    page = reverse(f"{app}:{name}", args=[setagaya.code])
    answer = officer.post(f"{page}preview/", grid_of(officer.get(page)) | typed)
    assert previewed in text_of(answer)
    assert f'<a href="#c{next(iter(typed))}">' in markup_of(answer)
