"""The pages of forecasts and proposals: the record first, counts alone, a draft to adopt."""

import re

import pytest
from django.test import Client
from msgspec.structs import replace
from pytest_django.fixtures import Settings

from shokibo.web.audit.models import Event
from shokibo.web.needs.models import Calculation
from shokibo.web.planning.models import Action, Need
from tests.web.calculations import (
    CLOSING,
    FORECAST,
    OPENING,
    PROPOSAL,
    answered,
    compared_proposal,
    contradicting,
    kept,
    our_forecast,
    our_proposal,
    plan_of,
    proposal,
)
from tests.web.plans import grid_of, text_of
from tests.web.world import OURS, World

FORECASTS, PROPOSALS = f"/{OURS}/plan/forecasts/", f"/{OURS}/plan/proposals/"


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return text_of(answer)


def test_the_record_precedes_the_figures(world: World) -> None:
    found = our_forecast(world)
    text = _text(world.client("auditor"), f"{FORECASTS}{found.pk}/")
    assert text.index("これまでの成績") < text.index("これからの年度末")
    assert "80%の幅に入ったのは80.0%、平均の誤差は2.31人(今のままと見たときは3.87人)" in text


def test_a_group_forecast_worse_than_as_it_is_today_is_named(world: World) -> None:
    better, worse = answered(), answered()
    record = worse.forecast.backtest
    assert record is not None
    homes = replace(record.groups["in_homes"], error="3.87")
    groups = {**record.groups, "in_homes": homes}
    worse = replace(
        worse, forecast=replace(worse.forecast, backtest=replace(record, groups=groups))
    )
    client, warning = world.client("officer"), "当てにしすぎないでください。"
    page = _text(client, f"{FORECASTS}{our_forecast(world, worse).pk}/")
    assert f"{warning} 施設(児童養護施設と乳児院) すべての年" in page
    assert warning not in _text(client, f"{FORECASTS}{our_forecast(world, better).pk}/")


def test_a_record_too_short_to_look_back_says_so(world: World) -> None:
    found = our_forecast(world, answered(tested=False))
    text = _text(world.client("officer"), f"{FORECASTS}{found.pk}/")
    assert "過去にさかのぼって比べられる日がありません" in text


def test_a_small_group_is_shown_by_its_intervals_alone(world: World) -> None:
    found = our_forecast(world, answered(now={"children_home": 64, "family_home": 1}))
    page = world.client("officer").get(f"{FORECASTS}{found.pk}/").content.decode()
    section = page[page.index('id="g-family_home"') :]
    section = section[: section.index("</section>")]
    cells = re.findall(r'<td class="number">(.*?)</td>', section)
    assert cells[:5] == ["—", "0～2", "0～3", "0～4", "—"]
    assert "1.0" not in section
    assert "picture-family_home" not in page


def test_every_group_of_some_size_has_a_chart_and_its_table(world: World) -> None:
    found = our_forecast(world, answered(now={"children_home": 64, "foster": 20}))
    client = world.client("officer")
    page = client.get(f"{FORECASTS}{found.pk}/").content.decode()
    for group in ("three_and_over", "foster_care"):
        drawn = client.get(f"{FORECASTS}{found.pk}/{group}.svg")
        assert drawn["Content-Type"] == "image/svg+xml"
        assert f"{found.pk}/{group}.svg" in page
    assert client.get(f"{FORECASTS}{found.pk}/nobody.svg").status_code == 404


def test_scenarios_stand_side_by_side_with_their_numbers(world: World) -> None:
    found = our_forecast(world, answered(scenarios={"入所が増える": 6}))
    text = _text(world.client("officer"), f"{FORECASTS}{found.pk}/")
    assert "変わらない場合 入所が増える" in text
    assert "64.0(62～66) 70.0(68～72)" in text


def test_an_answer_is_marked_as_outdated_when_its_rows_change(world: World) -> None:
    plan_of(world.authority)
    found = our_proposal(world)
    client = world.client("officer")
    assert "もとにした登録が変わりました" not in _text(client, f"{PROPOSALS}{found.pk}/")
    Need.objects.create(
        authority=world.authority, fiscal_year=2022, age_band="three_and_over", children=9
    )
    assert "もとにした登録が変わりました" in _text(client, f"{PROPOSALS}{found.pk}/")


def test_a_forecast_is_adopted_into_the_need_through_the_grid(world: World) -> None:
    plan_of(world.authority)
    Need.objects.create(
        authority=world.authority, fiscal_year=2022, age_band="preschool", children=9
    )
    Need.objects.create(
        authority=world.authority,
        fiscal_year=2023,
        age_band="three_and_over",
        children=70,
        basis="actual",
    )
    found = our_forecast(world)
    client = world.client("officer")
    address = f"{FORECASTS}{found.pk}/need/?percentile=80"
    opened = client.get(address)
    assert "まだ保存していません" in text_of(opened)
    assert Need.objects.count() == 2
    saved = client.post(address, grid_of(opened), follow=True)
    assert "保存しました(追加1行、削除1行)" in text_of(saved)
    rows = Need.objects.order_by("fiscal_year").values_list(
        "fiscal_year", "age_band", "children", "basis"
    )
    assert list(rows) == [
        (2022, "three_and_over", 68, "forecast"),
        (2023, "three_and_over", 70, "actual"),
    ]
    assert Event.objects.filter(action="calculation.adopt", subject_id=found.pk).count() == 1


def test_a_proposal_is_shown_next_to_the_plan_as_it_is(world: World) -> None:
    plan_of(world.authority)
    found = our_proposal(world)
    text = _text(world.client("auditor"), f"{PROPOSALS}{found.pk}/")
    assert "最もよい計画です(証明済み)" in text
    assert "定員の合計(人) 今の計画 20 20 提案 24 24" in text
    assert "自治体の負担(円、全年度の合計) 4,200,000 4,200,000 証明済み" in text
    assert "取組の数 5 3 未証明" in text
    assert "取組の表に入れて確かめる" not in text


def test_limits_that_contradict_are_named_with_the_ways_out(world: World) -> None:
    plan_of(world.authority)
    found = our_proposal(world, contradicting())
    text = _text(world.client("officer"), f"{PROPOSALS}{found.pk}/")
    assert "開設を年1か所にすると、計画ができます。" in text
    assert "取組の表に入れて確かめる" not in text
    adopting = world.client("officer").get(f"{PROPOSALS}{found.pk}/actions/")
    assert (adopting.status_code, adopting["Location"]) == (302, f"{PROPOSALS}{found.pk}/")


def _action(world: World, **values: object) -> Action:
    return Action.objects.create(authority=world.authority, home=world.home, **values)


def test_a_proposal_is_adopted_into_the_actions_through_the_grid(world: World) -> None:
    plan_of(world.authority)
    _action(world, fiscal_year=2022, action="change_capacity", unit_code="u4", capacity=4)
    found = our_proposal(world)
    client = world.client("officer")
    address = f"{PROPOSALS}{found.pk}/actions/"
    opened = client.get(address)
    assert "まだ保存していません" in text_of(opened)
    assert Action.objects.get().capacity == 4
    saved = client.post(address, grid_of(opened), follow=True)
    assert "保存しました(追加2行、削除1行)" in text_of(saved)
    rows = Action.objects.order_by("pk").values_list("action", "unit_code", "count", "capacity")
    assert [row[0] for row in rows] == ["open", "close"]
    assert Event.objects.filter(action="calculation.adopt", subject_id=found.pk).count() == 1
    again = client.get(address)
    assert "削除" in text_of(again)
    assert client.post(address, grid_of(again)).status_code == 302
    assert Action.objects.count() == 2


def test_an_alternative_is_adopted_in_place_of_the_proposal(world: World) -> None:
    plan_of(world.authority)
    found = our_proposal(world)
    client = world.client("officer")
    address = f"{PROPOSALS}{found.pk}/actions/?plan=1"
    client.post(address, grid_of(client.get(address)))
    assert Action.objects.get().action == "change_capacity"
    assert client.get(f"{PROPOSALS}{found.pk}/actions/?plan=2").status_code == 400


def test_actions_can_be_kept_and_the_rest_asked_again(world: World, settings: Settings) -> None:
    plan_of(world.authority)
    found = our_proposal(world, proposal(OPENING, CLOSING))
    settings.PROPOSE_AT_ONCE_HOMES = 0
    client = world.client("officer")
    answer = client.post(f"{PROPOSALS}{found.pk}/again/", {"pin": ["1"]})
    made = Calculation.objects.latest("pk")
    assert answer["Location"] == f"{PROPOSALS}{made.pk}/"
    (pin,) = made.asked["limits"]["pins"]
    assert (pin["action"], pin["unit_id"], pin["fiscal_year"]) == ("close", "u4", 2023)
    assert client.post(f"{PROPOSALS}{found.pk}/again/", {"pin": ["9"]}).status_code == 400


@pytest.mark.parametrize("state", ["waiting", "failed", "refused"])
def test_a_calculation_without_an_answer_says_why(world: World, state: str) -> None:
    message = {} if state == "waiting" else {"ja": "記録がありません。", "en": "No record."}
    found = kept(world.authority, world.people["officer"], FORECAST, state=state, message=message)
    text = _text(world.client("officer"), f"{FORECASTS}{found.pk}/")
    assert ("順番を待っています。" if state == "waiting" else "記録がありません。") in text
    part = world.client("officer").get(f"/{OURS}/plan/calculations/{found.pk}/progress/")
    assert ("HX-Refresh" in part) is (state != "waiting")


def test_a_proposal_can_be_ended_with_the_best_so_far(world: World) -> None:
    plan_of(world.authority)
    found = kept(world.authority, world.people["officer"], PROPOSAL, state="waiting")
    client = world.client("officer")
    queued = _text(client, f"{PROPOSALS}{found.pk}/")
    assert ("順番待ち" in queued, "計算中" in queued) == (True, False)
    assert ("計算を止める" in queued, "今までで最もよい計画で終える" in queued) == (True, False)
    Calculation.objects.filter(pk=found.pk).update(progress={"stage": "solving"})
    assert "計算中" in _text(client, f"{PROPOSALS}{found.pk}/")
    assert "今までで最もよい計画で終える" in _text(client, f"{PROPOSALS}{found.pk}/")
    client.post(f"/{OURS}/plan/calculations/{found.pk}/stop/")
    found.refresh_from_db()
    assert found.is_to_stop
    assert Event.objects.filter(action="calculation.stop", subject_id=found.pk).count() == 1
    assert "終えるように頼みました" in _text(client, f"{PROPOSALS}{found.pk}/")


def test_a_forecast_is_stopped_and_its_progress_is_in_per_cent(world: World) -> None:
    found = kept(world.authority, world.people["officer"], FORECAST, state="waiting")
    progress = {"stage": "looking_back", "percent": 40}
    Calculation.objects.filter(pk=found.pk).update(progress=progress)
    client, address = world.client("officer"), f"{FORECASTS}{found.pk}/"
    page = client.get(address)
    assert "40%が済みました" in text_of(page)
    assert '<progress id="done" value="40" max="100">' in page.content.decode()
    assert "計算を止める" not in _text(world.client("auditor"), address)
    assert "計算を止める" in text_of(page)
    client.post(f"/{OURS}/plan/calculations/{found.pk}/stop/")
    assert "計算を止めるように頼みました" in _text(client, address)


def test_other_limits_stand_side_by_side_with_the_proposal(world: World) -> None:
    plan_of(world.authority)
    found = our_proposal(world, compared_proposal())
    page = world.client("auditor").get(f"{PROPOSALS}{found.pk}/")
    text = text_of(page)
    assert "この提案 自治体の負担 1年度4,000,000円まで 新設 1年度0か所まで" in text
    assert "必要量に足りない人数(年度末の合計) 2 3 —" in text
    assert "条件が両立しないため、計画を作れません" in text


def test_a_proposal_for_a_forecast_says_how_sure_it_is_that_places_suffice(world: World) -> None:
    plan_of(world.authority)
    found = our_proposal(world, compared_proposal())
    text = _text(world.client("auditor"), f"{PROPOSALS}{found.pk}/")
    assert "定員が足りる確率(見通しによる) 提案 83.4% —" in text


def test_what_is_right_in_every_scenario_is_named(world: World) -> None:
    plan_of(world.authority)
    client = world.client("officer")
    text = _text(client, f"{PROPOSALS}{our_proposal(world, compared_proposal()).pk}/")
    assert "場合分け(里親が増える)の必要量で" in text
    assert "架空学園は、5人のグループホームを1か所開きます。" in text
    none = replace(compared_proposal(), first_steps=[], first_steps_in_words=[])
    text = _text(client, f"{PROPOSALS}{our_proposal(world, none).pk}/")
    assert "すべてに共通する取組は、ありませんでした。" in text
    assert "どの場合分けでも" not in _text(client, f"{PROPOSALS}{our_proposal(world).pk}/")


@pytest.mark.parametrize(
    "name", ["openings_per_year", "budget", "new_staff_per_year", "keep_main", "compare_budget"]
)
def test_a_limit_below_zero_is_refused_at_its_field(world: World, name: str) -> None:
    client, address = world.client("officer"), f"/{OURS}/plan/proposals/"
    answer = client.post(address, {name: "-1"})
    assert any("0以上の数にしてください" in one for one in answer.context["form"].errors[name])


def test_a_scenario_that_lacks_something_is_named_above_the_form(world: World) -> None:
    address = f"/{OURS}/plan/forecasts/"
    answer = world.client("officer").post(address, {"s2-factor": "1.5"})
    assert "場合分けの「変化2」に、確かめるところがあります。" in answer.content.decode()


def test_a_scenario_shows_all_its_errors_together(world: World) -> None:
    address = f"/{OURS}/plan/forecasts/"
    sent = {"s2-factor": "たくさん", "s2-name": "x", "s2-to": "foster", "s2-flow": "ends"}
    answer = world.client("officer").post(address, sent)
    row = answer.context["scenario_rows"][1]
    assert {"factor", "from_month", "group"} <= set(row.errors)
    assert "name" not in row.errors
