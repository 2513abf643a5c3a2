"""The grid of actions: shown, saved whole or not at all, nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from shokibo.web.audit.models import Event
from shokibo.web.planning.models import Action
from shokibo.web.register.models import Authority, Unit
from tests.web.markup import markup_of
from tests.web.plans import blank_row, grid_of, load_setagaya, row_where, text_of
from tests.web.world import OURS, World


@pytest.fixture
def setagaya(world: World) -> Authority:
    """Return the example's authority, in which our people have their roles too."""
    return load_setagaya(world)


@pytest.fixture
def officer(world: World, setagaya: Authority) -> Client:
    """Return the officer's client."""
    return world.client("officer")


@pytest.fixture
def address(setagaya: Authority) -> str:
    """Return the grid's address."""
    return reverse("planning:actions", args=[setagaya.code])


def test_every_action_is_a_row_in_its_order(
    officer: Client, address: str, setagaya: Authority
) -> None:
    sent = grid_of(officer.get(address))
    stored = list(Action.objects.filter(authority=setagaya))
    assert [sent[f"{n}-unit_id"] for n in range(1, len(stored) + 1)] == [
        row.unit_code or "" for row in stored
    ]
    assert sent["1-fiscal_year"] == "R3"
    assert sent["rows"] == str(len(stored) + 3)


def test_a_grid_sent_as_it_is_changes_nothing(
    officer: Client, address: str, setagaya: Authority
) -> None:
    events = Event.objects.count()
    answer = officer.post(address, grid_of(officer.get(address)), follow=True)
    assert "変わったところはありません" in text_of(answer)
    assert Event.objects.count() == events


def test_it_adds_changes_and_removes_in_one_go(
    officer: Client, address: str, setagaya: Authority
) -> None:
    sent = grid_of(officer.get(address))
    changed = row_where(sent, unit_id="ikuseien-g2")
    removed = row_where(sent, unit_id="ikuseien-g3")
    added = blank_row(sent)
    sent |= {
        f"{changed}-capacity": "5",
        f"{removed}-removed": "1",
        f"{added}-home_id": "fukuinryo",
        f"{added}-fiscal_year": "令和6年度",
        f"{added}-action": "open",
        f"{added}-unit_kind": "community_home",
        f"{added}-capacity": "4",
    }
    before = Action.objects.filter(authority=setagaya).count()
    answer = officer.post(address, sent, follow=True)
    assert "保存しました(追加1行、変更1行、削除1行)。" in text_of(answer)
    rows = Action.objects.filter(authority=setagaya)
    assert rows.count() == before
    assert rows.get(unit_code="ikuseien-g2").capacity == 5
    assert not rows.filter(unit_code="ikuseien-g3").exists()
    new = rows.latest("pk")
    assert (new.home.code, new.fiscal_year, new.action, new.capacity) == (
        "fukuinryo",
        2024,
        "open",
        4,
    )
    kinds = Event.objects.filter(authority=setagaya, action__startswith="plan.")
    assert sorted(kinds.values_list("action", flat=True)) == [
        "plan.add",
        "plan.change",
        "plan.remove",
    ]


def test_all_that_is_wrong_is_reported_at_its_cell_and_nothing_is_saved(
    officer: Client, address: str, setagaya: Authority
) -> None:
    sent = grid_of(officer.get(address))
    added = blank_row(sent)
    sent |= {
        "1-fiscal_year": "来年",
        "2-capacity": "四人",
        f"{added}-note": "メモ",
        "3-capacity": "9",
    }
    answer = officer.post(address, sent)
    page = answer.content.decode()
    text = text_of(answer)
    assert "取組 1行目 年度" in text
    assert "取組 2行目 定員" in text
    assert f"取組 {added}行目 施設ID" in text
    assert f'href="#c{added}-action"' in page
    assert 'value="来年"' in page
    assert 'id="w2-capacity"' in page
    assert not Action.objects.filter(authority=setagaya, capacity=9).exists()


def test_a_row_that_somebody_else_changed_stops_all_and_is_shown_as_it_is_now(
    world: World, officer: Client, address: str, setagaya: Authority
) -> None:
    mine = grid_of(officer.get(address))
    other = world.client("officer:second")
    theirs = grid_of(other.get(address))
    number = row_where(mine, unit_id="ikuseien-g2")
    other.post(address, theirs | {f"{number}-capacity": "5"})
    mine |= {f"{number}-capacity": "3", "1-note": "私の備考"}
    answer = officer.post(address, mine)
    text = text_of(answer)
    assert "保存していません" in text
    assert f"取組 {number}行目" in text
    assert "今の値:5" in text
    again = grid_of(answer)
    assert again[f"{number}-capacity"] == "3"
    assert again["1-note"] == "私の備考"
    assert Action.objects.get(authority=setagaya, unit_code="ikuseien-g2").capacity == 5
    assert not Action.objects.filter(note="私の備考").exists()
    officer.post(address, again)
    assert Action.objects.get(authority=setagaya, unit_code="ikuseien-g2").capacity == 3
    assert Action.objects.filter(note="私の備考").exists()


def test_what_only_somebody_else_changed_in_a_row_stays_when_it_is_saved_again(
    world: World, officer: Client, address: str, setagaya: Authority
) -> None:
    mine = grid_of(officer.get(address))
    number = row_where(mine, unit_id="ikuseien-g2")
    before = mine[f"{number}-capacity"]
    other = world.client("officer:second")
    other.post(address, mine | {f"{number}-capacity": "5", f"{number}-note": "二人目の備考"})
    answer = officer.post(address, mine | {f"{number}-note": "私の備考"})
    text = text_of(answer)
    assert "二人とも変えた欄の下に、今の値を示しました" in text
    assert "今の値:二人目の備考" in text
    assert "ほかの人だけが変えた欄は、今の値にしました" in text
    assert f"ほかの人が変えました(前の値:{before})" in text
    again = grid_of(answer)
    assert (again[f"{number}-capacity"], again[f"{number}-note"]) == ("5", "私の備考")
    officer.post(address, again)
    row = Action.objects.get(authority=setagaya, unit_code="ikuseien-g2")
    assert (row.capacity, row.note) == (5, "私の備考")


def test_a_row_marked_to_be_removed_shows_what_somebody_else_changed_first(
    world: World, officer: Client, address: str, setagaya: Authority
) -> None:
    mine = grid_of(officer.get(address))
    number = row_where(mine, unit_id="ikuseien-g2")
    world.client("officer:second").post(address, mine | {f"{number}-capacity": "5"})
    answer = officer.post(address, mine | {f"{number}-removed": "1"})
    assert "もう一度保存すると、この行を削除します" in text_of(answer)
    assert "今の値:5" in text_of(answer)
    officer.post(address, grid_of(answer) | {f"{number}-removed": "1"})
    assert not Action.objects.filter(authority=setagaya, unit_code="ikuseien-g2").exists()


def test_a_row_that_somebody_else_removed_can_be_added_again(
    world: World, officer: Client, address: str, setagaya: Authority
) -> None:
    mine = grid_of(officer.get(address))
    number = row_where(mine, unit_id="ikuseien-g2")
    Action.objects.get(authority=setagaya, unit_code="ikuseien-g2").delete()
    answer = officer.post(address, mine | {f"{number}-capacity": "3"})
    assert "この行は削除されています" in text_of(answer)
    officer.post(address, grid_of(answer))
    assert Action.objects.get(authority=setagaya, unit_code="ikuseien-g2").capacity == 3


def test_two_people_at_different_rows_do_not_hinder_each_other(
    world: World, officer: Client, address: str, setagaya: Authority
) -> None:
    mine, other = grid_of(officer.get(address)), world.client("officer:second")
    other.post(address, grid_of(other.get(address)) | {"1-note": "二人目"})
    officer.post(address, mine | {"2-note": "一人目"})
    notes = list(Action.objects.filter(authority=setagaya).values_list("note", flat=True))
    assert notes[:2] == ["二人目", "一人目"]


def test_rows_are_added_without_scripts_and_nothing_is_saved(
    officer: Client, address: str, setagaya: Authority
) -> None:
    sent = grid_of(officer.get(address))
    answer = officer.post(address, sent | {"1-note": "まだ", "more": "1"})
    again = grid_of(answer)
    assert int(again["rows"]) == int(sent["rows"]) + 10
    assert again["1-note"] == "まだ"
    assert '<span class="unsaved" data-unsaved>' in markup_of(answer)
    assert not Action.objects.filter(note="まだ").exists()


def test_the_grid_of_one_home_adds_to_that_home(
    officer: Client, address: str, setagaya: Authority
) -> None:
    of_home = f"{address}?home=fukuinryo"
    sent = grid_of(officer.get(of_home))
    assert "1-home_id" not in sent
    added = blank_row(sent)
    sent |= {
        f"{added}-fiscal_year": "R6",
        f"{added}-action": "open",
        f"{added}-unit_kind": "community_home",
        f"{added}-capacity": "4",
    }
    officer.post(of_home, sent)
    assert Action.objects.filter(authority=setagaya).latest("pk").home.code == "fukuinryo"


def test_another_authority_s_rows_and_homes_are_out_of_reach(
    world: World, officer: Client, address: str, setagaya: Authority
) -> None:
    foreign = Action.objects.create(
        authority=world.authority, home=world.home, fiscal_year=2022, action="open"
    )
    sent = grid_of(officer.get(address))
    number = row_where(sent, unit_id="ikuseien-g2")
    officer.post(address, sent | {f"{number}-key": f"{foreign.pk}.1.x", f"{number}-note": "盗み"})
    foreign.refresh_from_db()
    assert foreign.note is None
    answer = officer.post(address, sent | {"1-home_id": world.home.code})
    assert "選べるものから選んでください" in text_of(answer)
    assert officer.get(f"{address}?home={world.home.code}").status_code == 400


@pytest.mark.parametrize(
    ("home", "typed", "stored"),
    [
        ("東京育成園", "架空 あおぞらの家", "ikuseien-g1"),
        ("ikuseien", "架空　あおぞらの家", "ikuseien-g1"),
        ("ikuseien", "ikuseien-g1", "ikuseien-g1"),
        ("fukuinryo", "架空 あおぞらの家", "架空 あおぞらの家"),
    ],
)
def test_a_unit_of_the_home_is_named_by_its_name(
    officer: Client, address: str, home: str, typed: str, stored: str
) -> None:
    sent = grid_of(officer.get(address))
    added = blank_row(sent)
    row = {"home_id": home, "fiscal_year": "R6", "action": "close", "unit_id": typed}
    officer.post(address, sent | {f"{added}-{name}": value for name, value in row.items()})
    assert Action.objects.latest("pk").unit_code == stored


def test_an_implausible_number_of_new_group_homes_is_refused(officer: Client, address: str) -> None:
    sent = grid_of(officer.get(address))
    row = row_where(sent, action="open")
    answer = officer.post(address, sent | {f"{row}-count": "20240"})
    assert "100以下の数を記入してください" in text_of(answer)
    assert not Action.objects.filter(count=20_240).exists()


@pytest.mark.parametrize("role", ["approver", "auditor"])
def test_who_only_reads_gets_no_input(world: World, address: str, role: str) -> None:
    client = world.client(role)
    page = client.get(address).content.decode()
    assert "ikuseien-g2" not in page or "<table" in page
    assert "data-follows" not in page
    assert client.post(address, {"rows": "0"}).status_code == 403


def test_rows_to_read_and_folded_rows_name_their_units(
    world: World, officer: Client, address: str, setagaya: Authority
) -> None:
    named = Unit.objects.get(authority=setagaya, code="ikuseien-g2")
    read = html.fromstring(world.client("auditor").get(address).content)
    cells = {cell.text_content().strip() for cell in read.iter("th", "td")}
    assert {"生活単位", named.name} <= cells
    assert cells.isdisjoint({"生活単位ID", "施設ID", named.code})
    folded = html.fromstring(officer.get(address).content).xpath("//details/summary")
    words = [one.text_content().strip() for one in folded]
    assert any(named.name in one for one in words)
    assert not any(named.code in one for one in words)


@pytest.mark.parametrize(
    "sent",
    [
        {"rows": "501"},
        {"rows": "-1"},
        {"rows": "x"},
        {"rows": "9" * 5000},
        {"rows": "1", "1-key": "a.b.c"},
        {"rows": "1", "1-key": "1" * 30 + ".1.c"},
        {"rows": "1", "1-key": f"1.{'9' * 5000}.c"},
    ],
)
def test_what_no_page_sends_is_a_bad_request(
    officer: Client, address: str, sent: dict[str, str]
) -> None:
    assert officer.post(address, sent).status_code == 400


def test_hostile_words_stay_words(officer: Client, address: str) -> None:
    sent = grid_of(officer.get(address))
    added = blank_row(sent)
    hostile = '"><script>alert(1)</script>'
    answer = officer.post(address, sent | {f"{added}-note": hostile, f"{added}-home_id": hostile})
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "選べるものから選んでください" in page


def test_an_authority_without_a_plan_can_have_actions(world: World) -> None:
    address = reverse("planning:actions", args=[OURS])
    client = world.client("officer")
    sent = grid_of(client.get(address))
    sent |= {
        "1-home_id": "h",
        "1-fiscal_year": "R5",
        "1-action": "open",
        "1-unit_kind": "community_home",
        "1-capacity": "4",
    }
    answer = client.post(address, sent, follow=True)
    assert "計画の基本事項を登録する" in text_of(answer)
    assert Action.objects.filter(authority=world.authority).count() == 1
