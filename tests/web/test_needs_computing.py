"""Calculations on pages: asked in a form, computed here or by the worker, the same either way."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from shokibo.need.forecast import as_of_default, draw, forecast
from shokibo.planning.plan import plan_of as computed
from shokibo.planning.proposal.answers import Proposal
from shokibo.planning.proposal.limits import Limits
from shokibo.planning.proposal.proposing import propose
from shokibo.web.accounts.access import access_of
from shokibo.web.audit.models import Event
from shokibo.web.needs import actions, tasks, watching
from shokibo.web.needs.asked import ForecastAsked, ProposalAsked, forecast_of, proposal_of, read
from shokibo.web.needs.grounds import ledger_for
from shokibo.web.needs.models import Calculation
from shokibo.web.needs.watching import Watch
from shokibo.web.planning.contents import plan_ledger
from shokibo.web.planning.models import Action
from shokibo.web.register.models import Authority
from shokibo.web.store.rules import own_law
from tests.web.calculations import FORECAST, PROPOSAL, answered, kept, our_forecast, plan_of
from tests.web.killing import on_this_database
from tests.web.plans import grid_of, load_setagaya, text_of
from tests.web.test_exchange_worker import _until, _worker
from tests.web.world import OURS, World

FORM = {
    "from_year": "",
    "to_year": "",
    "openings_per_year": "2",
    "budget": "",
    "new_staff_per_year": "",
    "shortage": "allow",
    "open_kind": "community_home",
    "keep_main": "0",
    "group_limit": "on",
    "main_limit": "on",
    "of_need": "ledger",
    "alternatives": "0",
    "compare_budget": "",
    "compare_openings_per_year": "",
    "time_limit": "60",
}


def _proposed(authority: Authority, limits: Limits | None = None) -> Proposal:
    ledger = plan_ledger(authority)
    return propose(ledger, own_law(ledger), limits or Limits(), "ja")


def test_a_small_proposal_is_computed_in_the_request_and_adopted_unchanged(world: World) -> None:
    authority = load_setagaya(world)
    client = world.client("officer")
    address = f"/{authority.code}/plan/proposals/"
    page = client.post(address, FORM, follow=True)
    made = Calculation.objects.get()
    direct = _proposed(authority)
    assert proposal_of(made.answer) == direct
    assert "最もよい計画です(証明済み)" in text_of(page)
    adopting = f"{address}{made.pk}/actions/"
    saved = client.post(adopting, grid_of(client.get(adopting)), follow=True)
    assert "保存しました" in text_of(saved)
    assert Action.objects.filter(authority=authority).count() == len(direct.actions)
    plan = computed(plan_ledger(authority), own_law(plan_ledger(authority)))
    assert plan is not None
    parts = ("fiscal_year", "main_capacity", "group_capacity")
    ends = {year: main + group for year, main, group in plan.all.select(parts).iter_rows()}
    costs = {one.fiscal_year: one.net for one in plan.budgets}
    assert [(ends[one.fiscal_year], costs[one.fiscal_year]) for one in direct.years] == [
        (one.places, one.net_cost) for one in direct.years
    ]
    assert "もとにした登録が変わりました" in text_of(client.get(f"{address}{made.pk}/"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"openings_per_year": ""}, "記入してください。"),
        ({"budget": "千円"}, "1年度の自治体の負担の上限(円)"),
        ({"from_year": "R6", "to_year": "R5"}, "終わりの年度が始まりの年度より前です。"),
        ({"time_limit": "0"}, "1"),
        ({"compare_budget": "20,000,000\n千円"}, "「千円」"),
        ({"compare_openings_per_year": "1\n2\n3\n4\n5\n6"}, "5個までにしてください。"),
        ({"of_need": "forecast-80"}, "選べるものから選んでください。"),
    ],
)
def test_a_limit_that_can_t_be_read_is_asked_for_again(
    world: World, given: dict[str, str], said: str
) -> None:
    plan_of(world.authority)
    page = world.client("officer").post(f"/{OURS}/plan/proposals/", FORM | given)
    assert page.status_code == 200
    assert said in text_of(page)
    assert not Calculation.objects.exists()


def test_without_a_plan_nothing_is_asked_for(world: World) -> None:
    page = world.client("officer").get(f"/{OURS}/plan/proposals/")
    assert "計画の基本事項がまだありません" in text_of(page)


def test_a_year_before_the_baseline_is_refused_in_the_words_of_the_form(world: World) -> None:
    plan_of(world.authority)
    page = world.client("officer").post(
        f"/{OURS}/plan/proposals/", FORM | {"from_year": "H30"}, follow=True
    )
    text = text_of(page)
    assert "基準日の年度より前です。最初の年度を" in text
    assert "--from" not in text


def test_a_large_proposal_is_left_to_the_worker(world: World, settings: Settings) -> None:
    settings.PROPOSE_AT_ONCE_HOMES = 1
    plan_of(world.authority)
    page = world.client("officer").post(f"/{OURS}/plan/proposals/", FORM, follow=True)
    assert "順番を待っています。" in text_of(page)
    assert Calculation.objects.get().state == "waiting"


CHILD = """
import os, signal
from shokibo.web.running.setup import ready
ready()
from shokibo.web.needs import computing
from shokibo.web.running.worker import work

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def then(done, following):
    def doing(*args, **kwargs):
        given = done(*args, **kwargs)
        following()
        return given
    return doing

{point}
if __name__ == "__main__":
    work()
"""
POINTS = {
    "while it is solved": "computing.propose = then(computing.propose, die)",
    "before it is stored": "computing.end = die",
    "once it is stored": "computing.end = then(computing.end, die)",
}


def _killed(folder: Path, point: str) -> None:
    child = folder / "child.py"
    child.write_text(CHILD.replace("{point}", POINTS[point]), "utf-8")
    killed = subprocess.run(
        [sys.executable, str(child)], env=on_this_database(folder), capture_output=True, timeout=600
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()


def _state(made: Calculation) -> str:
    return str(Calculation.objects.values_list("state", flat=True).get(pk=made.pk))


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_leaves_a_calculation_that_ends_with_the_same_answer(
    committed_world: World, tmp_path: Path, point: str
) -> None:
    plan_of(committed_world.authority)
    made = actions.ask(office=committed_world.office("officer"), asked=PROPOSAL)
    tasks.take_up()
    _killed(tmp_path, point)
    assert _state(made) == ("done" if point == "once it is stored" else "waiting")
    with _worker(tmp_path):
        _until(lambda: _state(made) == "done")
    made.refresh_from_db()
    assert proposal_of(made.answer) == _proposed(committed_world.authority)


def test_a_calculation_whose_worker_died_twice_is_left_and_says_so(
    committed_world: World, tmp_path: Path
) -> None:
    plan_of(committed_world.authority)
    made = actions.ask(office=committed_world.office("officer"), asked=PROPOSAL)
    for _ in range(2):
        _killed(tmp_path, "before it is stored")
    with _worker(tmp_path):
        _until(lambda: _state(made) == "failed")
    page = committed_world.client("officer").get(f"/{OURS}/plan/proposals/{made.pk}/")
    assert "2回続けて途中で終了しました" in text_of(page)
    event = Event.objects.get(action="calculation.break_off")
    assert (event.subject_id, event.after) == (made.pk, {"tries": 2})


def test_a_task_that_fails_leaves_its_calculation_and_says_so(world: World) -> None:
    made = kept(world.authority, world.people["officer"], PROPOSAL, state="waiting")
    tasks.broke_off(made.pk)
    page = world.client("officer").get(f"/{OURS}/plan/proposals/{made.pk}/")
    assert "計算が途中で止まりました" in text_of(page)


def test_who_is_worked_for_can_ask_to_stop_and_see_how_far_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PAUSE", 0)
    made = kept(world.authority, world.people["officer"], PROPOSAL, state="waiting")
    watch = Watch(made)
    assert not watch.stop()
    actions.stop(office=world.office("officer"), calculation=made)
    assert watch.stop()


def test_what_waits_is_taken_up(world: World) -> None:
    kept(world.authority, world.people["officer"], PROPOSAL, state="waiting")
    assert tasks.take_up() == 1


def test_the_estimate_can_be_the_need_that_is_met(world: World) -> None:
    authority = load_setagaya(world)
    asked = ProposalAsked(limits=Limits(), of_need="estimate")
    office = access_of(world.people["officer"]).office(str(authority.code))
    assert office is not None
    made = actions.ask(office=office, asked=asked)
    tasks.start(made)
    made.refresh_from_db()
    needs = {one.fiscal_year: one.need for one in proposal_of(made.answer).years}
    assert needs == {one.fiscal_year: one.need for one in _proposed(authority).years}


FORECASTING = {
    "as_of": "",
    "to_year": "R9",
    "paths": "1000",
    "seed": "1",
    "s1-name": "里親が増える",
    "s1-from_month": "R5.4",
    "s1-flow": "moves",
    "s1-group": "three_and_over",
    "s1-to": "foster",
    "s1-factor": "1.5",
}


def test_a_forecast_shows_counts_and_never_a_child(world: World) -> None:
    authority = load_setagaya(world)
    client = world.client("officer")
    address = f"/{authority.code}/plan/forecasts/"
    waiting = client.post(address, FORECASTING, follow=True)
    assert "順番を待っています。" in text_of(waiting)
    made = Calculation.objects.get()
    tasks.work.call(made.pk)
    made.refresh_from_db()
    answered = forecast_of(made.answer)
    ledger = ledger_for("forecast", authority)
    asked = read(made.asked, ForecastAsked)
    assert asked.as_of == as_of_default(ledger)
    drawn = draw(ledger, asked.as_of, 2027, paths=1000, seed=1)
    assert answered.forecast == forecast(ledger, drawn, scenarios=asked.scenarios, backtest=True)
    page = client.get(f"{address}{made.pk}/").content.decode()
    assert (
        "「里親が増える」:令和5年4月から、児童養護施設(3歳以上)でほかの場に移る児童が1.5倍" in page
    )
    codes = set(ledger["episodes"]["child_code"])
    shown = page + json.dumps(made.answer) + text_of(client.get(address))
    assert codes
    assert not {code for code in codes if code in shown}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"to_year": "R4"}, "令和5年度から"),
        ({"s1-group": ""}, "記入してください。"),
        ({"s1-factor": ""}, "倍率か人数を記入してください。"),
        ({"s1-flow": "exits"}, "移る先は「ほかの場に移る」ときだけ選びます。"),
        (
            {
                "s2-name": "里親が増える",
                "s2-from_month": "R6.4",
                "s2-flow": "entries",
                "s2-group": "all",
                "s2-add": "-2",
            },
            "始まる月をそろえてください。",
        ),
        ({"as_of": "R1.13.1"}, "基準日"),
    ],
)
def test_a_forecast_that_can_t_be_read_is_asked_for_again(
    world: World, given: dict[str, str], said: str
) -> None:
    authority = load_setagaya(world)
    client = world.client("officer")
    page = client.post(f"/{authority.code}/plan/forecasts/", FORECASTING | given)
    assert page.status_code == 200
    assert said in text_of(page)
    assert not Calculation.objects.exists()


def test_without_an_episode_a_forecast_says_so(world: World) -> None:
    page = world.client("officer").post(f"/{OURS}/plan/forecasts/", FORECASTING, follow=True)
    assert "養育の経過が1件もないため、見通しを作れません" in text_of(page)
    given = FORECASTING | {"as_of": "R5.3.31"}
    page = world.client("officer").post(f"/{OURS}/plan/forecasts/", given, follow=True)
    assert "養育の経過がないため、見通しを作れません" in text_of(page)
    assert Calculation.objects.get().state == "refused"


def test_a_forecast_is_stopped_between_two_of_its_parts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PAUSE", 0)
    authority = load_setagaya(world)
    client = world.client("officer")
    client.post(f"/{authority.code}/plan/forecasts/", FORECASTING)
    made = Calculation.objects.get()
    seen: list[object] = []
    recorded = Watch.percent

    def stopping(watch: Watch, done: int, of: int) -> None:
        if done == 2:
            Calculation.objects.filter(pk=made.pk).update(is_to_stop=True)
        try:
            recorded(watch, done, of)
        finally:
            seen.append(Calculation.objects.get(pk=made.pk).progress)

    monkeypatch.setattr(Watch, "percent", stopping)
    tasks.work.call(made.pk)
    made.refresh_from_db()
    assert (made.state, made.answer) == ("failed", None)
    assert "計算を止めました" in made.message["ja"]
    shares = [one["percent"] for one in seen]  # type: ignore[index]
    assert shares[0] == 0
    assert shares == sorted(set(shares))
    assert len(shares) == 3


def test_a_proposal_meets_the_need_of_a_forecast(world: World) -> None:
    plan_of(world.authority)
    our_forecast(world)
    client = world.client("officer")
    client.post(f"/{OURS}/plan/proposals/", FORM | {"of_need": "forecast-80"}, follow=True)
    made = Calculation.objects.get(kind="proposal")
    assert made.asked["need"]["2022"] == 68
    found = proposal_of(made.answer)
    assert {one.need for one in found.years} == {68}
    assert [one.chance_percent for one in found.chances] == ["25.0", "25.0"]


def test_a_proposal_is_compared_with_other_limits_and_scenarios(world: World) -> None:
    authority = load_setagaya(world)
    kept(authority, world.people["officer"], FORECAST, answer=answered(scenarios={"増える": 6}))
    client = world.client("officer")
    address = f"/{authority.code}/plan/proposals/"
    asked = {"compare_budget": "20,000,000\n３０００００００", "compare_openings_per_year": "１"}
    asking = client.post(address, FORM | asked | {"scenarios": "on"}, follow=True)
    assert "順番を待っています。" in text_of(asking)
    made = Calculation.objects.get(kind="proposal")
    tasks.work.call(made.pk)
    made.refresh_from_db()
    found = proposal_of(made.answer)
    assert [(one.limit, one.number) for one in found.compared] == [
        ("budget", 20_000_000),
        ("budget", 30_000_000),
        ("openings_per_year", 1),
    ]
    direct = _proposed(authority, Limits(openings_per_year=1))
    assert found.compared[2].objectives == direct.objectives
    assert found.scenarios == ["増える"]
    again = client.get(address).content.decode()
    assert "20000000\n30000000</textarea>" in again


def test_scenarios_are_asked_for_only_where_the_forecast_has_some(world: World) -> None:
    plan_of(world.authority)
    client = world.client("officer")
    assert 'name="scenarios"' not in client.get(f"/{OURS}/plan/proposals/").content.decode()
    our_forecast(world, answered(scenarios={"増える": 6}))
    assert 'name="scenarios"' in client.get(f"/{OURS}/plan/proposals/").content.decode()
