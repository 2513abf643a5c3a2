"""The postings of a home in one sheet: saved whole or not at all, what is wrong at its cell."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shokibo.web.audit.models import Event
from shokibo.web.register.models import Posting
from tests.web.plans import Answer, grid_of, row_where, text_of
from tests.web.world import OURS, World

TODAY = dt.date(2022, 4, 5)


@pytest.fixture
def keeper(world: World) -> Client:
    """Return the client of the home's own staff."""
    return world.client("home_staff")


@pytest.fixture
def address(world: World) -> str:
    """Return the sheet's address."""
    return reverse("homes:staff_sheet", args=[OURS, world.home.pk])


def new(sent: dict[str, str], code: str = "n-1", **cells: str) -> dict[str, str]:
    number = row_where(sent, staff_id="")
    values = {
        "staff_id": code,
        "job": "保育士",
        "employment": "常勤",
        "role": "直接養育",
        "dedicated": "○",
        "main_rota": "×",
        "started_on": "R5.4.1",
        **cells,
    }
    return {f"{number}-{name}": value for name, value in values.items()}


def save(client: Client, address: str, sent: dict[str, str]) -> Answer:
    """Save, and save again where the page first shows what comes of it."""
    answer = client.post(address, sent, follow=True)
    if "保存しました" in text_of(answer):
        return answer
    seen = {"reason": sent["reason"], **grid_of(answer)}
    return client.post(address, seen, follow=True)


def test_it_shows_the_postings_that_are_not_over(
    world: World, keeper: Client, address: str
) -> None:
    Posting.objects.filter(code="u-1").update(ended_on=TODAY)
    Posting.objects.filter(code="k-1").update(ended_on=TODAY - dt.timedelta(days=1))
    sent = grid_of(keeper.get(address))
    codes = {value for name, value in sent.items() if name.endswith("-staff_id")}
    assert "u-1" in codes
    assert not codes & {"k-1", "s-1"}
    assert sent[f"{row_where(sent, staff_id='u-1')}-ended_on"] == "令和4年4月5日"


def test_rows_are_added_changed_and_removed_together_and_each_is_logged(
    world: World, keeper: Client, address: str
) -> None:
    sent = grid_of(keeper.get(address))
    ended, removed = row_where(sent, staff_id="u-1"), row_where(sent, staff_id="k-1")
    sent |= new(sent, unit_id="u4") | {
        f"{ended}-ended_on": "R5.3.31",
        f"{removed}-removed": "1",
        "reason": "年度末の異動",
    }
    answer = save(keeper, address, sent)
    assert "保存しました(追加1行、変更1行、削除1行)。" in text_of(answer)
    posting = Posting.objects.get(code="n-1")
    assert (posting.home, posting.unit, posting.job) == (
        world.home,
        world.unit("u4"),
        "childcare_worker",
    )
    assert Posting.objects.get(code="u-1").ended_on == dt.date(2023, 3, 31)
    assert not Posting.objects.filter(code="k-1").exists()
    events = Event.objects.filter(reason="年度末の異動").values_list("action", flat=True)
    assert sorted(events) == ["register.add", "register.change", "register.remove"]


def test_a_unit_is_read_by_its_name_too(world: World, keeper: Client, address: str) -> None:
    sent = grid_of(keeper.get(address))
    name = world.unit("m6").name
    keeper.post(address, sent | new(sent, unit_id=name))
    assert Posting.objects.get(code="n-1").unit == world.unit("m6")


def test_a_certified_month_asks_for_the_reason_and_what_was_typed_stays(
    keeper: Client, address: str
) -> None:
    sent = grid_of(keeper.get(address))
    number = row_where(sent, staff_id="u-1")
    changed = {f"{number}-job": "other"}
    answer = keeper.post(address, sent | changed)
    assert "認定済みの月に影響するので、理由を記入してください。" in text_of(answer)
    again = grid_of(answer)
    assert again[f"{number}-job"] == "other"
    assert Posting.objects.get(code="u-1").job != "other"
    save(keeper, address, again | {"reason": "職種の誤り"})
    assert Posting.objects.get(code="u-1").job == "other"


@pytest.mark.parametrize(
    ("started", "ended", "cell"),
    [
        ("R5.4.2", "R5.4.1", "ended_on"),
        ("R5.4.1", "R5.4.1", ""),
    ],
)
def test_the_days_of_a_posting_don_t_turn(
    keeper: Client, address: str, started: str, ended: str, cell: str
) -> None:
    sent = grid_of(keeper.get(address))
    answer = keeper.post(address, sent | new(sent, started_on=started, ended_on=ended))
    number = row_where(sent, staff_id="")
    assert (f'id="w{number}-{cell}"' in answer.content.decode()) == bool(cell)
    assert Posting.objects.filter(code="n-1").exists() != bool(cell)


@pytest.mark.parametrize(("first", "is_free"), [("R4.3.31", False), ("R4.4.1", True)])
def test_nobody_is_posted_twice_to_one_place_even_where_one_posting_is_over(
    world: World, keeper: Client, address: str, first: str, is_free: bool
) -> None:
    Posting.objects.create(
        authority=world.authority,
        home=world.home,
        unit=world.unit("m6"),
        code="n-1",
        job="other",
        employment="full_time",
        role="care",
        dedicated=False,
        main_rota=False,
        started_on=dt.date(2021, 4, 1),
        ended_on=dt.date(2022, 3, 31),
    )
    sent = grid_of(keeper.get(address))
    answer = keeper.post(
        address, sent | new(sent, unit_id="m6", started_on=first) | {"reason": "異動"}
    )
    number = row_where(sent, staff_id="")
    assert (f'id="w{number}-started_on"' in answer.content.decode()) != is_free
    assert Posting.objects.filter(code="n-1").count() == 1 + is_free


def test_a_refusal_counts_what_was_typed_and_what_is_wrong(keeper: Client, address: str) -> None:
    sent = grid_of(keeper.get(address))
    first, second = row_where(sent, staff_id="u-1"), row_where(sent, staff_id="k-1")
    sent |= new(sent, job="園長") | {f"{first}-ended_on": "来年", f"{second}-removed": "1"}
    answer = keeper.post(address, sent)
    assert "追加1行、変更1行、削除1行のうち、誤りのある行は2行です。" in text_of(answer)
    assert "園長" in grid_of(answer).values()
    assert Posting.objects.filter(code="k-1").exists()


def test_a_row_that_somebody_else_changed_stops_all_and_is_shown(
    world: World, keeper: Client, address: str
) -> None:
    mine = grid_of(keeper.get(address))
    other = world.client("officer")
    theirs = grid_of(other.get(address))
    number = row_where(mine, staff_id="u-1")
    save(other, address, theirs | {f"{number}-ended_on": "R5.3.31", "reason": "退職"})
    answer = keeper.post(address, mine | {f"{number}-ended_on": "R6.3.31", "reason": "異動"})
    assert "今の値:令和5年3月31日" in text_of(answer)
    assert Posting.objects.get(code="u-1").ended_on == dt.date(2023, 3, 31)
    save(keeper, address, grid_of(answer) | {"reason": "異動"})
    assert Posting.objects.get(code="u-1").ended_on == dt.date(2024, 3, 31)


def test_another_home_s_unit_is_no_choice(world: World, keeper: Client, address: str) -> None:
    sent = grid_of(keeper.get(address))
    answer = keeper.post(address, sent | new(sent, unit_id="s4"))
    assert "選べるものから選んでください。" in text_of(answer)
    assert not Posting.objects.filter(code="n-1").exists()
