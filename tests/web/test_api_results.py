"""What is computed answers the same by the API as by the command line."""

import json

import pytest

from shokibo.cli.app import run
from shokibo.law.support_evidence import evidence
from shokibo.texts import Language
from shokibo.web.accounts.models import Person
from shokibo.web.api.scopes import SCOPES
from shokibo.web.register.models import Authority
from shokibo.web.returns import actions as returns
from shokibo.web.returns.actions import SUBMIT
from shokibo.web.running.demo import prepare_demo
from shokibo.web.steps.taking import take
from shokibo.web.store.reading import ledger_of
from tests.builders import EXAMPLES
from tests.web.calling import Caller, caller, code_of, make_token
from tests.web.world import LETTER, World

SETAGAYA = str(EXAMPLES / "setagaya")
CODE = "131121"
ROADS = {
    f"{CODE}/evaluation?as_of=2022-04-01": ("evaluate", "--as-of", "2022-04-01"),
    f"{CODE}/evaluation?as_of=2029-04-01": ("evaluate", "--as-of", "2029-04-01"),
    f"{CODE}/status?as_of=2022-04-01": ("status", "--as-of", "2022-04-01"),
    f"{CODE}/findings": ("check",),
    f"{CODE}/forms/1/2022": ("form1", "--year", "2022"),
    f"{CODE}/forms/2/2022": ("form2", "--year", "2022"),
    f"{CODE}/months/2022": ("months", "--year", "2022"),
    f"{CODE}/plan": ("plan",),
    f"{CODE}/budget": ("budget",),
    f"{CODE}/review/2022?as_of=2022-10-01": ("review", "--year", "2022", "--as-of", "2022-10-01"),
    f"{CODE}/review/2022?as_of=2024-04-01": ("review", "--year", "2022", "--as-of", "2024-04-01"),
}


@pytest.fixture
def setagaya(db: None) -> Caller:
    """Return the officer of the example."""
    prepare_demo()
    officer = Person.objects.get(email="officer@example.jp")
    return Caller(make_token(officer, Authority.objects.get(), tuple(SCOPES)))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("address", ROADS)
def test_both_roads_give_the_same(
    setagaya: Caller, capsys: pytest.CaptureFixture[str], address: str, language: str
) -> None:
    command, *options = ROADS[address]
    run([command, SETAGAYA, *options, "--format", "json", "--lang", language])
    printed = json.loads(capsys.readouterr().out)
    setagaya.language = language
    path, _, asked = address.partition("?")
    answer = setagaya.get(path, **dict([asked.split("=")] if asked else []))
    assert answer.status_code == 200, answer.content
    assert _without_places(json.loads(answer.content)) == _without_places(printed)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_evidence_is_what_the_year_s_records_show(setagaya: Caller, language: Language) -> None:
    setagaya.language = language
    found = evidence(ledger_of(Authority.objects.get()), 2021)
    answer = setagaya.get(f"{CODE}/evidence/2021").json()
    body = {one["home_id"]: one["sentence"] for one in answer["homes"]}
    assert {home: one.say(language) for home, one in found.items()}.items() <= body.items()
    assert set(body.values()) != {""}
    assert setagaya.get(f"{CODE}/evidence/1999").json()["homes"][0]["sentence"] == ""


def _without_places(document: object) -> object:
    """Leave out where a finding stands: a cell of the workbook there, a row's number here."""
    if isinstance(document, dict):
        left_out = ("place",) if "severity" in document else ("drawn_on",)
        return {k: _without_places(v) for k, v in document.items() if k not in left_out}
    return [_without_places(one) for one in document] if isinstance(document, list) else document


def test_the_budget_of_one_year_is_that_of_the_list(setagaya: Caller) -> None:
    every = setagaya.get(f"{CODE}/budget").json()
    of_2022 = [one for one in every if one["fiscal_year"] == 2022]
    assert setagaya.get(f"{CODE}/budget", year="2022").json() == of_2022 != []


@pytest.mark.parametrize("year", ["2020", "2025"])
def test_a_budget_is_of_one_of_the_plans_years(setagaya: Caller, year: str) -> None:
    answer = setagaya.get(f"{CODE}/budget", year=year)
    assert (answer.status_code, code_of(answer)) == (404, "no-plan")


def test_a_home_is_judged_alone_and_as_the_authority_sees_it(world: World) -> None:
    asked = {"as_of": "2022-04-01"}
    whole = caller(world, "officer").get("{ours}/evaluation", **asked).json()
    own = caller(world, "home_staff:sister").get("{ours}/evaluation", **asked).json()
    assert [unit["unit_id"] for unit in own["units"]] == ["s4"]
    assert own["units"] == [unit for unit in whole["units"] if unit["home_id"] == "s"]
    assert own["homes"] == [home for home in whole["homes"] if home["home_id"] == "s"]


@pytest.mark.parametrize("address", ["status", "findings"])
def test_a_home_learns_of_no_other_home(world: World, address: str) -> None:
    text = caller(world, "home_staff:sister").get(f"{{ours}}/{address}").content.decode()
    assert "架空学園" not in text
    assert "地域の家" not in text


def test_findings_of_staff_need_their_scope(world: World, add_two_places: None) -> None:
    def tables(*scopes: str) -> set[str]:
        body = caller(world, "officer", *scopes).get("{ours}/findings").json()
        return {finding["table"] for finding in body["findings"]}

    assert "staff" in tables("read", "read_staff")
    assert "staff" not in tables("read")


@pytest.fixture
def add_two_places(world: World) -> None:
    """Let a person be dedicated to two units at once."""
    from shokibo.web.register.models import Posting

    posting = Posting.objects.get(code="u-1")
    posting.pk, posting.unit = None, world.unit("b5")
    posting.save(force_insert=True)


@pytest.mark.parametrize("day", ["2022-02-30", "1926-12-31", "2200-04-01", "R4.4.1", "20220401"])
def test_a_day_that_can_t_be_used_is_named(world: World, day: str) -> None:
    answer = caller(world, "officer").get("{ours}/evaluation", as_of=day)
    assert (answer.status_code, code_of(answer)) == (422, "invalid")
    assert answer.json()["errors"][0]["field"] == "as_of"


@pytest.mark.parametrize("address", ["plan", "budget", "review/2022"])
def test_without_a_plan_it_says_so(world: World, address: str) -> None:
    answer = caller(world, "officer").get(f"{{ours}}/{address}")
    assert (answer.status_code, code_of(answer)) == (404, "no-plan")


def test_a_year_outside_the_plan_has_no_review(setagaya: Caller) -> None:
    answer = setagaya.get(f"{CODE}/review/2050")
    assert (answer.status_code, code_of(answer)) == (404, "no-plan")


@pytest.mark.parametrize("year", [1990, 2018])
def test_a_year_before_the_notification_applied_has_no_form(world: World, year: int) -> None:
    answer = caller(world, "officer").get(f"{{ours}}/forms/1/{year}")
    assert (answer.status_code, code_of(answer)) == (404, "not-in-force")
    assert "平成31年4月1日から適用" in answer.json()["detail"]


def test_what_was_sent_is_reported_as_it_was_sent(world: World) -> None:
    sent = returns.draft(office=world.office("officer"), form=1, year=2022)
    calling = caller(world, "officer")
    assert calling.get("{ours}/forms/1/2022/submitted").json() == {"editions": []}
    take(SUBMIT, office=world.office("approver"), row=sent, version=sent.version, values=LETTER)
    (edition,) = calling.get("{ours}/forms/1/2022/submitted").json()["editions"]
    sent.refresh_from_db()
    assert (edition["figures"], edition["figures_sha256"]) == (sent.figures, sent.figures_sha256)
    ministry = caller(world, "ministry")
    nation = ministry.get("nation/returns", form="1", year="2022").json()
    assert [one["submitted"] is None for one in nation["returns"]] == [False, True]
    assert nation["sum"]["authorities"] == 1
    assert nation["sum"]["units"]["total"]["units"] == sent.figures["units"]["total"]["units"]  # type: ignore[index]
    read = ministry.get("nation/returns/{ours}/1/2022").json()
    assert read == {"editions": [edition]}


def test_nothing_was_sent_yet(world: World) -> None:
    body = caller(world, "ministry").get("nation/returns", form="2", year="2021").json()
    assert body["sum"] == {"authorities": 0, "units": {}, "backup": {}}


def test_a_token_of_an_office_reads_no_nation_and_the_nation_no_office(world: World) -> None:
    answer = caller(world, "officer").get("nation/returns", form="1", year="2022")
    assert (answer.status_code, code_of(answer)) == (404, "not-found")
    for address in ("tables", "tables/units", "evaluation", "forms/1/2022"):
        assert caller(world, "ministry").get(f"{{ours}}/{address}").status_code == 404
