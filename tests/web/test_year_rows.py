"""Rows of a year in the database: households, changes of applications, leave and own values."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from shokibo.ledger.findings import UnreadableLedgerError
from shokibo.ledger.model import Ledger
from shokibo.web.audit.recording import Act
from shokibo.web.certification.models import Application
from shokibo.web.exchange import actions
from shokibo.web.homes.affected_months import affected
from shokibo.web.register.models import Absence, Authority, OwnValue, Posting, Unit
from shokibo.web.store.loading import load
from shokibo.web.store.reading import ledger_of
from tests.builders import Edit, add, all_of, application, edit, made, posting, read, unit
from tests.web.calling import caller
from tests.web.imports import brought, downloaded, edited, planned, problems, taken_in, workbook
from tests.web.markup import words_of
from tests.web.page_forms import forms_of
from tests.web.world import OURS, World

YEAR = all_of(
    edit("authorities", "990001", reports_from="2021"),
    edit("units", "m6", closed_on="2022-09-30", area="架空町"),
    unit("x", "main_unit", "6", opened_on="2022-10-01", closed_on="2023-03-31", continues="m6"),
    unit("y", "main_unit", "6", opened_on="2023-04-01", continues="x"),
    edit("applications", "a-b5", ended_on="2022-09-30", end_reason="退職"),
    application("n", "b5", start_month="2022-10", replaces="a-b5"),
    posting("k-1", "", role="support", dedicated="×", started_on="2022-04-01"),
    add("absences", staff_id="m-1", started_on="2022-12-01", kind="maternity", counted="×"),
    add("confirmations", home_id="h", item="duty_other", confirmed_on="2022-04-06"),
    add(
        "parameters",
        name="base_qualified.community_home",
        effective_from="2022-04-01",
        value="2",
        source="架空県要綱",
    ),
)


def _loaded(tmp_path: Path, *edits: Edit) -> tuple[Ledger, Authority]:
    ledger = read(made(*edits), tmp_path)
    (authority,) = load(Act(None, "register.load"), ledger)
    return ledger, authority


@pytest.mark.django_db
def test_what_is_loaded_is_what_was_read(tmp_path: Path) -> None:
    ledger, authority = _loaded(tmp_path, YEAR)
    held = ledger_of(authority)
    for name, frame in ledger.tables.items():
        columns = [column for column in frame.columns if column not in ("authority_code", "_row")]
        assert frame.select(columns).equals(held[name].select(columns)), name
    assert Absence.objects.get().home.code == "h"


@pytest.mark.django_db
def test_a_row_may_stand_above_the_one_that_it_names(tmp_path: Path) -> None:
    _, authority = _loaded(
        tmp_path,
        YEAR,
        lambda tables: tables["units"].reverse(),
        lambda tables: tables["applications"].reverse(),
    )
    units = ledger_of(authority)["units"].select("unit_id", "continues")
    assert dict(units.drop_nulls().iter_rows()) == {"x": "m6", "y": "x"}
    assert Application.objects.get(code="n").replaces == Application.objects.get(code="a-b5")


def lead(lead_id: str = "b-1", **values: str) -> Edit:
    """Return an edit that adds a lead to housing."""
    found = {"found_on": "2022-04-01", "state_on": "2022-04-02", "state": "offered"}
    given = {"source": "agent", "area": "架空町", "authority_code": "990001"}
    return add("housing", lead_id=lead_id, **{**found, **given, **values})


REFUSED: list[tuple[str, Edit]] = [
    ("CONTINUES_ITSELF", edit("units", "m6", continues="m6")),
    (
        "CONTINUES_CIRCLE",
        all_of(
            edit("units", "本体の家", continues="u4"), edit("units", "地域の家", continues="m6")
        ),
    ),
    (
        "CONTINUES_OTHER_AUTHORITY",
        all_of(
            edit("units", "u4", closed_on="2022-09-30"),
            add("authorities", "架空県", authority_code="990019", name="架空市"),
            add("homes", "架空学園", home_id="h2", name="架空の園", authority_code="990019"),
            unit("z", "community_home", "6", "h2", opened_on="2022-10-01", continues="u4"),
        ),
    ),
    ("REPLACES_CIRCLE", edit("applications", "a-b5", replaces="a-b5")),
    ("REPLACES_OTHER", edit("applications", "a-b5", replaces="a-u4")),
    ("LEAD_STATE_BEFORE_FOUND", lead(state_on="2022-03-31")),
    ("LEAD_OPENED_WITHOUT_UNIT", lead(state="opened")),
    (
        "LEAD_UNIT_TWICE",
        all_of(lead(unit_id="u4", state="opened"), lead("b-2", unit_id="u4", state="opened")),
    ),
    ("SUPPORT_NUMBER_NEGATIVE", lead(monthly_rent="-1")),
    ("ABSENCE_OF_NOBODY", add("absences", staff_id="z", started_on="2022-12-01", kind="sick")),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "wrong"), REFUSED, ids=[code for code, _ in REFUSED])
def test_rows_that_can_t_be_loaded_are_named_before(code: str, wrong: Edit, tmp_path: Path) -> None:
    ledger = read(made(), tmp_path / "sound")
    with pytest.raises(UnreadableLedgerError) as refused:
        _loaded(tmp_path, wrong)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert not Authority.objects.exists()
    load(Act(None, "register.load"), ledger)


# What the database itself refuses


@pytest.mark.django_db
def test_one_person_is_never_twice_at_one_place_in_one_role(tmp_path: Path) -> None:
    _loaded(tmp_path, YEAR)
    again = Posting.objects.get(code="k-1", role="support")
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    again.role = "care"
    again.save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "free"), [("2022-12-31", False), ("2023-01-01", True)])
def test_leave_of_one_person_never_overlaps(day: str, free: bool, tmp_path: Path) -> None:
    _loaded(tmp_path, YEAR)
    leave = Absence.objects.get()
    Absence.objects.update(ended_on="2022-12-31")
    leave.pk, leave.started_on = None, dt.date.fromisoformat(day)
    if free:
        leave.save(force_insert=True)
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        leave.save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "free"), [("2023-03-31", False), ("2023-04-01", True)])
def test_own_values_of_one_name_never_overlap(day: str, free: bool, tmp_path: Path) -> None:
    _loaded(tmp_path, YEAR)
    value = OwnValue.objects.get()
    OwnValue.objects.update(effective_to="2023-03-31")
    value.pk, value.effective_from = None, dt.date.fromisoformat(day)
    if free:
        value.save(force_insert=True)
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        value.save(force_insert=True)


@pytest.mark.django_db
def test_what_a_certified_application_replaces_is_never_changed(tmp_path: Path) -> None:
    _loaded(tmp_path, YEAR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(code="n").update(replaces=None)


@pytest.mark.django_db
def test_a_unit_never_continues_itself(tmp_path: Path) -> None:
    _loaded(tmp_path, YEAR)
    mine = Unit.objects.get(code="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=mine.pk).update(continues=mine)


# Imports


def test_a_chain_is_imported_undone_and_removed(world: World, tmp_path: Path) -> None:
    content = edited(downloaded(world.office("officer")), "units", "m6", closed_on="2022-09-30")
    for later, earlier, opened, closed in (
        ("y", "x", "2023-04-01", None),
        ("x", "m6", "2022-10-01", "2023-03-31"),
    ):
        new = {"unit_id": later, "home_id": "h", "name": later, "kind": "本体施設ユニット"}
        days = {"opened_on": opened, "closed_on": closed, "continues": earlier}
        content = edited(content, "units", "", **new, **days)
        content = edited(
            content, "capacities", "", unit_id=later, effective_from=opened, capacity=6
        )
    run = taken_in(world, "officer", content)
    continuing = Unit.objects.exclude(continues=None).values_list("code", "continues__code")
    assert dict(continuing) == {"x": "m6", "y": "x"}
    actions.undo(office=world.office("officer"), run=run, version=run.version)
    assert not Unit.objects.filter(code__in=["x", "y"]).exists()
    taken_in(world, "officer", content)
    gone = downloaded(world.office("officer"))
    for code in ("x", "y"):
        gone = edited(gone, "units", code, delete="○")
        gone = edited(gone, "capacities", code, delete="○")
    run = taken_in(world, "officer", gone)
    assert not Unit.objects.filter(code__in=["x", "y"]).exists()
    actions.undo(office=world.office("officer"), run=run, version=run.version)
    assert Unit.objects.get(code="y").continues == Unit.objects.get(code="x")


def test_a_unit_that_is_continued_is_not_removed(world: World, tmp_path: Path) -> None:
    unit = world.unit("u4")
    Unit.objects.filter(pk=unit.pk).update(continues=world.unit("m6"))
    gone = edited(downloaded(world.office("officer")), "units", "m6", delete="○")
    run = brought(world, "officer", gone)
    assert "STILL_NAMED" in [code for code, _ in problems(run)]


def test_a_home_brings_in_the_leave_of_its_own_people_alone(world: World, tmp_path: Path) -> None:
    own = {"staff_id": "u-1", "started_on": "2022-12-01", "kind": "育児休業"}
    content = edited(downloaded(world.office("home_staff")), "absences", "", **own)
    taken_in(world, "home_staff", content)
    leave = Absence.objects.get()
    assert (leave.home, leave.kind, leave.counted) == (world.home, "childcare", None)
    other = edited(content, "absences", "", staff_id="s-1", started_on="2022-12-01", kind="その他")
    run = brought(world, "home_staff", other)
    assert {code for code, _ in problems(run)} == {"ABSENCE_OF_NOBODY", "NOT_KEPT_BY_YOU"}


def test_an_amended_number_of_a_certification_is_reported_at_its_cell(
    world: World, tmp_path: Path
) -> None:
    content = edited(downloaded(world.office("officer")), "applications", "a-u4", certified_extra=2)
    run = brought(world, "officer", content)
    ((code, place),) = problems(run)
    assert (code, place[:6]) == ("CERTIFIED_AMENDED", "申請認定!J")


def test_own_values_come_in_by_their_page_alone(world: World, tmp_path: Path) -> None:
    content = workbook(
        tmp_path,
        add(
            "parameters",
            name="base_staff",
            effective_from="2022-04-01",
            value="4",
            source="架空県要綱",
        ),
    )
    run = brought(world, "officer", content)
    assert problems(run) == [("OWN_VALUE_BY_PAGES", "自治体の値!A2")]
    assert planned(run) == []


# Pages and API


def test_leave_touches_what_rests_on_its_person(world: World) -> None:
    leave = Absence(
        authority=world.authority,
        home=world.home,
        code="u-1",
        started_on=dt.date(2022, 12, 1),
        kind="sick",
        counted=False,
    )
    ((application, first, last),) = [
        (one.code, one.first, one.last) for one in affected([(None, leave)])
    ]
    assert (application, first, last) == ("a-u4", dt.date(2022, 12, 1), dt.date(2023, 3, 1))


def test_the_api_writes_leave_of_people_it_knows(world: World) -> None:
    calling = caller(world, "home_staff")
    given = {"staff_id": "u-1", "started_on": "2022-12-01", "kind": "sick", "reason": "x"}
    added = calling.send("POST", "{ours}/tables/absences", given)
    assert added.status_code == 201, added.content
    assert Absence.objects.get().home == world.home
    strange = calling.send("POST", "{ours}/tables/absences", {**given, "staff_id": "s-1"})
    (error,) = strange.json()["errors"]
    assert (strange.status_code, error["field"], error["code"]) == (422, "staff_id", "unknown_id")
    again = calling.send("POST", "{ours}/tables/absences", given)
    (error,) = again.json()["errors"]
    assert (again.status_code, error["field"]) == (422, "started_on")
    assert "別の休業と期間が重なります" in error["message"]


# A unit that continues another, on its pages and by the API


def _edited(world: World, unit: Unit, **given: object) -> str:
    address = reverse("homes:edit_unit", args=[OURS, unit.pk])
    kept = {"name": unit.name, "kind": unit.kind, "version": unit.version, "reason": "引継ぎ"}
    client = world.client("officer")
    response = client.post(address, {**kept, **given}, follow=True)
    if response.redirect_chain == []:  # once more, after what comes of it was seen
        (form,) = forms_of(response.content.decode(), address)
        response = client.post(address, form.sent, follow=True)
    return words_of(response)


def test_a_unit_s_page_links_both_ways_in_words_and_days(world: World) -> None:
    earlier, later = world.unit("b5"), world.unit("u4")
    Unit.objects.filter(pk=earlier.pk).update(closed_on="2022-09-30")
    _edited(world, later, continues=earlier.pk, opened_on="R4.10.1", area="架空町")
    later.refresh_from_db()
    assert (later.continues, later.area) == (earlier, "架空町")
    pages = {
        one.code: words_of(world.client("officer").get(reverse("homes:unit", args=[OURS, one.pk])))
        for one in (earlier, later)
    }
    words = "前の生活単位 分園の家 、分園型小規模グループケア (廃止日 令和4年9月30日)"
    assert words in pages["u4"]
    assert "所在地 架空町" in pages["u4"]
    words = "引き継いだ生活単位 地域の家 、地域小規模児童養護施設 (開設日 令和4年10月1日)"
    assert words in pages["b5"]


def test_another_home_s_unit_is_not_named_to_a_home(world: World) -> None:
    Unit.objects.filter(code="u4").update(continues=world.unit("s4"))
    address = reverse("homes:unit", args=[OURS, world.unit("u4").pk])
    page = words_of(world.client("home_staff").get(address))
    assert "前の生活単位 ほかの施設の生活単位" in page
    assert "架空姉妹園" not in page


def test_a_unit_is_continued_once_and_in_no_circle(world: World) -> None:
    first, second, third = world.unit("m6"), world.unit("u4"), world.unit("b5")
    Unit.objects.filter(pk=second.pk).update(continues=first)
    twice = _edited(world, third, continues=first.pk)
    assert "生活単位「本体の家」を、「地域の家」と「分園の家」の二つが引き継いでいます" in twice
    circle = _edited(world, first, continues=second.pk)
    assert "前の生活単位IDをたどると、元の生活単位に戻ります" in circle
    assert not Unit.objects.filter(pk__in=[first.pk, third.pk]).exclude(continues=None).exists()


@pytest.mark.parametrize("code", ["u4", "無い"])
def test_the_api_writes_what_a_unit_continues(code: str, world: World) -> None:
    calling = caller(world, "officer")
    given = {"area": "架空町", "continues": "b5", "version": 1, "reason": "引継ぎ"}
    path = f"{{ours}}/tables/units/{world.unit('u4').pk}"
    changed = calling.send("PATCH", path, given)
    assert changed.status_code == 200, changed.content
    assert (changed.json()["continues"], changed.json()["area"]) == ("b5", "架空町")
    wrong = calling.send("PATCH", path, {**given, "version": 2, "continues": code})
    (error,) = wrong.json()["errors"]
    assert (wrong.status_code, error["field"]) == (422, "continues")
    blanked = calling.send("PATCH", path, {"continues": None, "version": 2, "reason": "誤り"})
    assert blanked.json()["continues"] is None
