"""Open data: preview, publish, withdraw; and the public pages that show only what was frozen."""

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.opendata import actions
from shokibo.web.opendata.actions import WITHDRAW
from shokibo.web.opendata.drafting import drafted
from shokibo.web.opendata.models import OpenSettings, Publication, PublishedFile
from shokibo.web.planning.models import Action, Need, PlanVersion
from shokibo.web.planning.versions.publishing import PUBLISH
from shokibo.web.register.models import Capacity, Occupancy
from shokibo.web.returns import actions as returns
from shokibo.web.returns.actions import SUBMIT
from shokibo.web.steps.taking import take
from tests.web.plan_versions import plan_of, proposed
from tests.web.world import LETTER, OURS, THEIRS, World

OFFICE = f"/{OURS}/open-data/"
PUBLIC = f"/open/{OURS}/"


def settings(world: World, threshold: int | None = 10, licence: str = "CC BY 4.0") -> None:
    standing = OpenSettings.objects.filter(authority=world.authority).first()
    actions.set_settings(
        office=world.office("officer"),
        version=standing.version if standing else 0,
        threshold=threshold,
        licence=licence,
    )


def publish(world: World, *chosen: str) -> Publication:
    draft = drafted(world.authority, chosen or None)
    return actions.publish(office=world.office("officer"), chosen=draft.chosen, digest=draft.digest)


def withdraw(world: World, made: Publication, reason: str = "誤り") -> None:
    take(WITHDRAW, office=world.office("officer"), row=made, version=made.version, reason=reason)


def children(world: World, count: int) -> Occupancy:
    return Occupancy.objects.create(
        authority=world.authority,
        as_of=dt.date(2022, 3, 31),
        population="residents",
        place="all",
        children=count,
    )


def public(address: str = PUBLIC) -> str:
    response = Client().get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_without_a_threshold_no_table_of_children_is_offered(world: World) -> None:
    children(world, 50)
    said = world.client("officer").get(f"{OFFICE}preview/").content.decode()
    assert "公開する最小の人数が未設定か3人未満" in said
    assert 'value="occupancy"' not in said
    publish(world)
    assert Client().get(f"{PUBLIC}occupancy.csv").status_code == 404


def test_a_count_below_the_threshold_is_nowhere_in_what_is_public(world: World) -> None:
    settings(world)
    children(world, 7)
    made = publish(world, "occupancy")
    assert made.hidden == 1
    (row,) = json.loads(Client().get(f"{PUBLIC}occupancy.json").content)
    assert (row["children"], row["children_mark"]) == (None, "x")
    assert "秘匿" in public()


def test_a_threshold_of_an_earlier_release_that_hides_nothing_counts_as_none(world: World) -> None:
    children(world, 50)
    settings(world, threshold=2)
    assert "occupancy" not in drafted(world.authority).offered
    assert "未設定又は3人未満" in world.client("officer").get(OFFICE).content.decode()


def test_the_rule_is_on_the_public_page_and_an_edition_without_one_stays_readable(
    world: World,
) -> None:
    settings(world)
    children(world, 50)
    made = publish(world, "occupancy")
    assert "内訳の行が一つでも秘匿" in public()
    assert "The row of the total is hidden too" in public(f"{PUBLIC}?lang=en")
    del made.description["disclosure"]
    kept = list(made.files.all())
    made.edition += 1
    made.pk, made._state.adding = None, True
    made.save()
    PublishedFile.objects.bulk_create(
        PublishedFile(of=made, name=one.name, content=one.content, sha256=one.sha256)
        for one in kept
    )
    assert "「秘匿」としています" in public()


def test_the_preview_is_what_becomes_public(world: World) -> None:
    settings(world)
    children(world, 50)
    client = world.client("officer")
    asked = client.get(f"{OFFICE}preview/?table=places&table=occupancy")
    draft = asked.context["draft"]
    sent = {"digest": draft.digest, "table": ["places", "occupancy"]}
    assert client.post(f"{OFFICE}preview/", sent)["Location"] == OFFICE
    for name, content in draft.files.items():
        assert Client().get(f"{PUBLIC}{name}").content == content
    made = Publication.objects.get()
    assert made.digest == draft.digest
    assert hashlib.sha256(draft.files["datapackage.json"]).hexdigest() == made.digest


def test_what_changed_since_the_preview_is_not_published(world: World) -> None:
    client = world.client("officer")
    digest = client.get(f"{OFFICE}preview/").context["draft"].digest
    Capacity.objects.filter(unit__code="u4").update(capacity=6)
    sent = {"digest": digest, "table": ["places", "units"]}
    answer = client.post(f"{OFFICE}preview/", sent)
    assert "台帳が変わった" in answer.content.decode()
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "status"), [([], 200), (["nothing"], 400), (["../x", "\x00"], 400)]
)
def test_without_a_table_nothing_is_published(world: World, chosen: list[str], status: int) -> None:
    answer = world.client("officer").post(f"{OFFICE}preview/", {"table": chosen, "digest": "x"})
    assert answer.status_code == status
    with pytest.raises(RefusedError):
        actions.publish(office=world.office("officer"), chosen=chosen, digest="")
    assert not Publication.objects.exists()


def test_the_plan_s_tables_are_those_of_the_version_published_last(
    world: World, tmp_path: Path
) -> None:
    settings(plan_of(world, tmp_path), threshold=3)
    proposed(world)
    assert not {"plan", "need"} & set(drafted(world.authority).offered)
    version = PlanVersion.objects.get()
    take(PUBLISH, office=world.office("approver"), row=version, version=version.version)
    before = drafted(world.authority, ["plan", "need"]).files
    assert {"plan.csv", "need.csv"} <= before.keys()
    Need.objects.update(children=99)
    Action.objects.update(capacity=6)
    assert drafted(world.authority, ["plan", "need"]).files == before


def test_what_is_public_stays_when_the_register_changes(world: World) -> None:
    publish(world)
    before = public(), Client().get(f"{PUBLIC}places.csv").content
    Capacity.objects.filter(unit__code="u4").update(capacity=6)
    assert (public(), Client().get(f"{PUBLIC}places.csv").content) == before


def test_a_later_edition_is_listed_with_the_earlier_one(world: World) -> None:
    first = publish(world)
    old = Client().get(f"{PUBLIC}{first.dated}/units.csv").content
    Capacity.objects.filter(unit__code="u4").update(capacity=6)
    second = publish(world)
    assert (first.dated, second.dated) == ("2022-04-05.1", "2022-04-05.2")
    assert Client().get(f"{PUBLIC}{first.dated}/units.csv").content == old
    assert Client().get(f"{PUBLIC}units.csv").content != old
    assert "第1版" in public()


def test_a_withdrawn_edition_is_gone_and_the_one_before_is_the_latest(world: World) -> None:
    first, second = publish(world), publish(world)
    withdraw(world, second)
    for end in ("", "places.csv", "places.svg", "datapackage.json"):
        assert Client().get(f"{PUBLIC}{second.dated}/{end}").status_code == 410
    assert first.dated in public()
    assert second.dated not in public()
    withdraw(world, first)
    assert Client().get(PUBLIC).status_code == 404
    assert OURS not in public("/open/")
    assert PublishedFile.objects.filter(of=second).exists()


def test_it_is_withdrawn_once_and_with_a_reason(world: World) -> None:
    made = publish(world)
    with pytest.raises(RefusedError):
        withdraw(world, made, " ")
    stale = Publication.objects.get(pk=made.pk)
    withdraw(world, made)
    with pytest.raises(StaleError):
        withdraw(world, stale)
    with pytest.raises(RefusedError):
        withdraw(world, made)
    event = Event.objects.get(action="open.withdraw")
    assert event.reason == "誤り"


def test_an_officer_withdraws_on_its_page(world: World) -> None:
    made = publish(world)
    address = f"{OFFICE}{made.pk}/withdraw/"
    client = world.client("officer")
    assert client.post(address, {"version": "1", "reason": ""}).status_code == 200
    assert client.post(address, {"version": "0", "reason": "x"}).status_code == 200
    assert Publication.objects.get().withdrawn_at is None
    client.post(address, {"version": "1", "reason": "誤り"})
    assert "取りやめ" in client.get(OFFICE).content.decode()
    assert Publication.objects.get().withdrawn_by == world.people["officer"]


def test_an_already_withdrawn_edition_is_reported(world: World) -> None:
    made = publish(world)
    withdraw(world, made)
    address = f"{OFFICE}{made.pk}/withdraw/"
    sent = {"version": str(made.version), "reason": "x"}
    shown = world.client("officer").post(address, sent, follow=True)
    assert "は「取りやめ」です。" in shown.content.decode()


def test_the_settings_are_kept_and_the_second_of_two_is_reported(world: World) -> None:
    client, address = world.client("officer"), f"{OFFICE}settings/"
    client.post(address, {"threshold": "10", "licence": "CC BY 4.0", "version": "0"})
    shown = client.post(address, {"threshold": "3", "licence": "", "version": "0"})
    assert "ほかの人が先に保存しました" in shown.content.decode()
    assert OpenSettings.objects.get().threshold == 10
    client.post(address, {"threshold": "", "licence": "", "version": "1"})
    standing = OpenSettings.objects.get()
    assert (standing.threshold, standing.licence) == (None, "")


@pytest.mark.parametrize("threshold", ["0", "-1", "1", "2", "x", "1.5", "99999999999999999999"])
def test_a_threshold_that_is_none_is_refused(world: World, threshold: str) -> None:
    sent = {"threshold": threshold, "licence": "", "version": "0"}
    assert world.client("officer").post(f"{OFFICE}settings/", sent).status_code == 200
    assert not OpenSettings.objects.exists()


def test_add_ons_come_from_what_was_submitted_alone(world: World) -> None:
    made = returns.draft(office=world.office("officer"), form=1, year=2022)
    assert "addons" not in drafted(world.authority).offered
    take(SUBMIT, office=world.office("approver"), row=made, version=made.version, values=LETTER)
    assert "addons" in drafted(world.authority).offered


def test_no_row_of_staff_and_no_home_is_public(world: World) -> None:
    settings(world, 1)
    children(world, 5)
    made = publish(world)
    said = public() + "".join(bytes(kept.content).decode("utf-8-sig") for kept in made.files.all())
    for name in ("架空学園", "地域の家", "u-1", "架空会"):
        assert name not in said


def test_another_authority_has_nothing_public(world: World) -> None:
    publish(world)
    assert Client().get(f"/open/{THEIRS}/").status_code == 404
    assert "架空県" in public("/open/")
    assert "隣県" not in public("/open/")


@pytest.mark.parametrize(
    "end",
    [
        "nothing.csv",
        "PLACES.csv",
        "places.exe",
        "../places.csv",
        "2022-04-05.9/",
        "2022-04-06.1/",
        "2022-99-99.1/",
        "2022-04-05.1/nothing.json",
        "2022-04-05.999999/places.csv",
    ],
)
def test_what_was_not_published_answers_404(world: World, end: str) -> None:
    publish(world)
    assert Client().get(f"{PUBLIC}{end}").status_code == 404


@pytest.mark.parametrize("end", ["", "places.csv", "2022-04-05.1/"])
def test_a_public_page_can_be_kept_on_the_way_and_knows_no_cookie(world: World, end: str) -> None:
    publish(world)
    for client in (Client(), world.client("officer")):
        answer = client.get(f"{PUBLIC}{end}")
        assert answer["Cache-Control"] == "public, max-age=300"
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


def test_somebody_logged_in_stays_so(world: World) -> None:
    publish(world)
    client = world.client("officer")
    client.get(PUBLIC)
    assert client.get(f"/{OURS}/").status_code == 200


def test_a_file_that_is_known_is_not_sent_again(world: World) -> None:
    publish(world)
    first = Client().get(f"{PUBLIC}places.csv")
    again = Client().get(f"{PUBLIC}places.csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_language_is_in_the_address(world: World) -> None:
    publish(world)
    assert '<html lang="ja">' in public()
    english = public(f"{PUBLIC}?lang=en")
    assert '<html lang="en">' in english
    assert "Places by kind" in english


def test_queries_do_not_grow_with_editions_or_rows(world: World) -> None:
    def count(address: str, client: Client) -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        return len(made)

    officer = world.client("officer")
    publish(world)
    addresses = ((PUBLIC, Client()), ("/open/", Client()), (OFFICE, officer))
    few = [count(address, client) for address, client in addresses]
    for _ in range(3):
        publish(world)
    assert [count(address, client) for address, client in addresses] == few


def test_a_page_of_many_rows_is_small(world: World) -> None:
    publish(world)
    assert len(public()) < 200_000


@pytest.mark.parametrize(
    "change",
    [
        lambda made: Publication.objects.filter(pk=made.pk).update(digest="x"),
        lambda made: Publication.objects.filter(pk=made.pk).update(description={}),
        lambda made: Publication.objects.filter(pk=made.pk).delete(),
        lambda made: PublishedFile.objects.filter(of=made).update(content=b"x"),
        lambda made: PublishedFile.objects.filter(of=made).delete(),
    ],
)
def test_the_database_refuses_to_change_what_was_published(world: World, change: object) -> None:
    made = publish(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        change(made)  # type: ignore[operator]


def test_the_database_refuses_to_bring_back_what_was_withdrawn(world: World) -> None:
    made = publish(world)
    withdraw(world, made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=made.pk).update(withdrawn_at=None, withdrawn_by=None)


def test_who_may_not_publish_may_do_none_of_it(world: World) -> None:
    made = publish(world)
    for role in ("home_staff", "approver", "auditor", "center_staff"):
        office = world.office(role)
        with pytest.raises(PermissionDenied):
            actions.publish(office=office, chosen=["places"], digest=made.digest)
        with pytest.raises(PermissionDenied):
            actions.set_settings(office=office, version=0, threshold=1, licence="")
        with pytest.raises(PermissionDenied):
            take(WITHDRAW, office=office, row=made, version=1, reason="x")
    with pytest.raises(PermissionDenied):
        take(WITHDRAW, office=world.office("officer:other"), row=made, version=1, reason="x")
