"""Files made by the workers: asked for on a page or for all, seen by whom they are for."""

import datetime as dt
import json

import pytest

from shokibo.need.forecast import PATHS, SEED, as_of_default
from shokibo.planning.proposal.limits import Limits
from shokibo.web.accounts.access import access_of
from shokibo.web.needs import actions, tasks, watching
from shokibo.web.needs.asked import ForecastAsked, ProposalAsked, stored
from shokibo.web.needs.grounds import ledger_for
from shokibo.web.needs.models import KINDS, Calculation
from tests.web.calculations import answered, kept, plan_of, proposal
from tests.web.markup import markup_of
from tests.web.plans import load_setagaya
from tests.web.world import OURS, THEIRS, World

ADDRESS = f"/{OURS}/plan/files/"
DAY = dt.date(2022, 3, 31)


def made(world: World, kind: str, code: str = OURS) -> Calculation:
    office = access_of(world.people["officer"]).office(code)
    assert office
    one = actions.ask_for_files(office=office, kind=kind)
    tasks.work.call(one.pk)
    return Calculation.objects.get(pk=one.pk)


def test_what_is_asked_for_waits_for_a_worker_and_is_downloaded(world: World) -> None:
    client = world.client("officer")
    page = markup_of(client.post(ADDRESS, {"kind": "check"}, follow=True))
    assert "順番を待っています" in page
    one = Calculation.objects.get()
    client.post(ADDRESS, {"kind": "check"})
    assert Calculation.objects.get() == one
    tasks.work.call(one.pk)
    file = one.files.get()
    page = markup_of(client.get(f"{ADDRESS}{one.pk}/"))
    assert file.name in page
    assert file.sha256 in page
    answer = client.get(f"{ADDRESS}{one.pk}/{file.pk}/")
    assert json.loads(answer.content)["findings"]
    listed = markup_of(client.get(ADDRESS))
    assert "台帳の確認" in listed


def test_a_plan_is_drawn_in_every_format_the_same_each_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PAUSE", 0)  # every part is recorded, however fast it is
    setagaya = load_setagaya(world)
    first, again = (made(world, "document", code=setagaya.code) for _ in range(2))
    assert first.state == "done"
    assert first.answer == again.answer
    kinds = {name.rpartition(".")[2] for name in first.answer or {}}
    assert kinds == {"docx", "pdf", "xlsx"}
    assert first.progress["percent"] > 0


def test_without_a_plan_there_is_no_document_and_the_page_says_so(world: World) -> None:
    one = made(world, "document")
    assert one.state == "refused"
    page = markup_of(world.client("officer").get(f"{ADDRESS}{one.pk}/"))
    assert "計画がまだありません" in page
    assert "もう一度作る" in page


def test_open_data_that_are_not_public_yet_are_for_who_publishes(world: World) -> None:
    one = made(world, "open_data")
    assert "datapackage.json" in (one.answer or {})
    address = f"{ADDRESS}{one.pk}/"
    assert world.client("officer").get(address).status_code == 200
    for role in ("approver", "auditor"):
        assert world.client(role).get(address).status_code == 404
        assert not world.client(role).get(ADDRESS).context["listed"].page


def test_what_is_stopped_makes_no_file(world: World) -> None:
    plan_of(world.authority)
    one = actions.ask_for_files(office=world.office("officer"), kind="check")
    actions.stop(office=world.office("officer"), calculation=one)
    tasks.work.call(one.pk)
    one.refresh_from_db()
    assert (one.state, one.files.count()) == ("failed", 0)
    assert "計算を止めました" in one.message["ja"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_operator_asks_for_all_authorities_once(world: World, kind: str) -> None:
    asked = actions.ask_for_all(kinds=[kind])
    assert {one.authority.code for one in asked} == {OURS, THEIRS}
    assert actions.ask_for_all(kinds=[kind]) == asked
    assert all(one.asked_by is None for one in asked)


def test_an_operator_asks_what_the_authority_asked_last_as_of_its_record(world: World) -> None:
    setagaya, officer = load_setagaya(world), world.people["officer"]
    plan_of(world.authority)
    limits = Limits(openings_per_year=7)
    kept(
        setagaya,
        officer,
        ForecastAsked(as_of=DAY, to_year=2030, paths=1000, seed=7),
        answer=answered(),
    )
    kept(setagaya, officer, ProposalAsked(limits=limits, of_need="estimate"), answer=proposal())
    asked = {
        (one.authority.code, one.kind): one.asked
        for one in actions.ask_for_all(kinds=["forecast", "proposal"])
    }
    forecasts, usual = asked[setagaya.code, "forecast"], asked[OURS, "forecast"]
    assert (forecasts["to_year"], forecasts["paths"], forecasts["seed"]) == (2030, 1000, 7)
    assert forecasts["as_of"] == as_of_default(ledger_for("forecast", setagaya)).isoformat()
    assert (usual["to_year"], usual["paths"], usual["seed"]) == (2023, PATHS, SEED)
    assert asked[setagaya.code, "proposal"] == stored(
        ProposalAsked(limits=limits, of_need="estimate")
    )
    assert asked[OURS, "proposal"] == stored(ProposalAsked(limits=Limits()))
