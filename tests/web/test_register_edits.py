"""Edits of the register: who may, what is kept, and what stands in the way of a save."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from shokibo.web.audit.models import Event
from shokibo.web.homes import actions
from shokibo.web.register.models import (
    Absence,
    Capacity,
    Confirmation,
    Home,
    Occupancy,
    Posting,
    Unit,
)
from tests.web.markup import markup_of
from tests.web.world import OURS, World

POSTING = {
    "code": "n-1",
    "unit": "",
    "job": "other",
    "employment": "part_time",
    "weekly_hours": "7:30",
    "full_time_weekly_hours": "38.75",
    "role": "support",
    "dedicated": "0",
    "main_rota": "1",
    "started_on": "R4.5.1",
    "ended_on": "",
}
COUNT = {
    "as_of": "R4.4.1",
    "population": "placed",
    "place": "all",
    "children": "12",
    "individual_care": "",
}
WRITES = {
    "add_home": "officer",
    "add_total": "officer",
    "edit_home": "officer",
    "add_unit": "officer",
    "edit_unit": "officer",
    "close_unit": "officer",
    "add_capacity": "officer",
    "edit_capacity": "officer",
    "remove_capacity": "officer",
    "add_confirmation": "officer",
    "edit_confirmation": "officer",
    "remove_confirmation": "officer",
    "add_posting": "officer home_staff",
    "edit_posting": "officer home_staff",
    "end_posting": "officer home_staff",
    "remove_posting": "officer home_staff",
    "add_occupancy": "officer home_staff",
    "edit_occupancy": "officer home_staff",
    "remove_occupancy": "officer home_staff",
    "propose": "home_staff",
}
ROLES = ("officer", "home_staff", "approver", "auditor", "center_staff")


def url(name: str, *args: int) -> str:
    return reverse(f"homes:{name}", args=[OURS, *args])


def address_of(world: World, name: str) -> str:
    what = name.rsplit("_", maxsplit=1)[-1]
    if name in ("add_home", "add_total"):
        return url(name)
    if name.startswith("add") and name != "add_capacity":
        return url(name, world.home.pk)
    row: Any = {
        "home": world.home,
        "propose": world.home,
        "unit": world.unit("u4"),
        "posting": Posting.objects.get(code="u-1"),
        "confirmation": Confirmation.objects.get(item="training"),
    }.get(what)
    if name == "add_capacity":
        row = world.unit("u4")
    elif what == "capacity":
        row = Capacity.objects.get(unit=world.unit("u4"))
    elif what == "occupancy":
        row = count(world)
    return url(name, row.pk)


def count(world: World) -> Occupancy:
    return Occupancy.objects.create(
        authority=world.authority,
        home=world.home,
        as_of=dt.date(2022, 3, 31),
        population="placed",
        place="all",
        children=9,
    )


def said(client: Client, address: str, **given: str) -> str:
    """Post what must not be saved; return the page that comes back."""
    response = client.post(address, given)
    assert response.status_code == 200, response
    return markup_of(response)


def saved(client: Client, address: str, **given: str) -> str:
    """Post what is saved; return the page to which it leads."""
    response = client.post(address, given, follow=True)
    assert response.redirect_chain, response.content.decode()
    return response.content.decode()


def confirmed(client: Client, address: str, **given: str) -> str:
    """Post what shows its consequences first, then send it again; return the page it leads to."""
    seen = client.post(address, given).context["form"]["confirmed"].value()
    assert seen
    return saved(client, address, **given, confirmed=seen)


def last_event() -> Event:
    return Event.objects.latest("pk")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", WRITES)
def test_it_is_open_to_those_who_keep_the_row(world: World, name: str, role: str) -> None:
    address = address_of(world, name)
    client = world.client(role)
    allowed = role in WRITES[name].split()
    assert client.get(address).status_code == (200 if allowed else 403)
    events = Event.objects.count()
    assert client.post(address, {}).status_code == (200 if allowed else 403)
    assert client.put(address).status_code == 405 or not allowed
    assert Event.objects.count() == events


@pytest.mark.parametrize("name", WRITES)
def test_it_is_closed_to_the_anonymous_and_to_another_authority(world: World, name: str) -> None:
    address = address_of(world, name)
    assert Client().get(address).status_code == 302
    assert world.client("officer:other").get(address).status_code == 404
    assert world.client("officer:other").post(address, {}).status_code == 404


def test_a_home_is_registered(world: World) -> None:
    page = saved(
        world.client("officer"),
        url("add_home"),
        code="新",
        name="=新しい園",
        operator="法人",
        opened_on="R4.4.1",
    )
    home = Home.objects.get(code="新")
    assert (home.name, home.opened_on) == ("=新しい園", dt.date(2022, 4, 1))
    assert (home.authority, home.operator_number) == (world.authority, None)
    assert "=新しい園" in page
    assert "施設を登録しました。" in page
    event = last_event()
    assert (event.action, event.actor, event.home_id) == (
        "register.add",
        world.people["officer"],
        home.pk,
    )


def test_a_unit_is_registered_with_its_first_capacity(world: World) -> None:
    given = {"code": "n", "name": "新しい家", "kind": "community_home", "opened_on": "R4.4.1"}
    page = saved(
        world.client("officer"),
        url("add_unit", world.home.pk),
        **given,
        capacity="4",
        effective_from="R4.4.1",
    )
    assert "新しい家" in page
    unit = world.unit("n")
    assert (unit.home, unit.kind) == (world.home, "community_home")
    assert Capacity.objects.get(unit=unit).capacity == 4


def test_a_unit_whose_capacity_is_refused_is_not_registered(world: World) -> None:
    page = said(
        world.client("officer"),
        url("add_unit", world.home.pk),
        code="n",
        name="新しい家",
        kind="community_home",
        capacity="0",
        effective_from="R4.4.1",
    )
    assert "定員は1以上の数にしてください。" in page
    assert not Unit.objects.filter(code="n").exists()


def test_home_staff_keep_staff(world: World) -> None:
    client = world.client("home_staff")
    page = saved(client, url("add_posting", world.home.pk), **POSTING)
    assert "n-1" not in page  # it begins in May, and today is in April
    row = Posting.objects.get(code="n-1")
    assert (row.weekly_hours, row.full_time_weekly_hours) == (27000, 139500)
    assert (row.home, row.unit, row.dedicated, row.main_rota) == (world.home, None, False, True)
    saved(
        client, url("edit_posting", row.pk), **{**POSTING, "job": "child_instructor"}, version="1"
    )
    row.refresh_from_db()
    assert (row.job, row.version) == ("child_instructor", 2)
    leave = {"started_on": "R4.6.1", "ended_on": "", "kind": "sick", "counted": ""}
    saved(client, url("leave_posting", row.pk), **leave)
    absence = Absence.objects.get(code="n-1")
    assert (absence.home, absence.started_on) == (world.home, dt.date(2022, 6, 1))
    saved(client, url("edit_absence", absence.pk), **{**leave, "ended_on": "R4.6.20"}, version="1")
    absence.refresh_from_db()
    assert absence.ended_on == dt.date(2022, 6, 20)
    saved(client, url("remove_absence", absence.pk), version="2")
    assert not Absence.objects.exists()
    saved(client, url("end_posting", row.pk), ended_on="R4.6.30", version="2")
    row.refresh_from_db()
    assert row.ended_on == dt.date(2022, 6, 30)
    saved(client, url("remove_posting", row.pk), version="3")
    assert not Posting.objects.filter(code="n-1").exists()
    assert last_event().before["code"] == "n-1"


def test_a_form_shows_what_is_stored(world: World) -> None:
    row = Posting.objects.create(
        authority=world.authority,
        home=world.home,
        unit=world.unit("u4"),
        code="n-2",
        job="other",
        employment="part_time",
        weekly_hours=27000,
        full_time_weekly_hours=139500,
        role="care",
        dedicated=False,
        main_rota=True,
    )
    page = world.client("officer").get(url("edit_posting", row.pk)).content.decode()
    assert 'value="7.5"' in page
    assert 'value="38.75"' in page
    assert '<option value="0" selected>×</option>' in page
    assert (
        f'<option value="{row.unit_id}" selected>地域の家(地域小規模児童養護施設)</option>' in page
    )


def test_the_list_of_what_is_wrong_names_each_field_once(world: World) -> None:
    unit = world.unit("u4")
    sent = {"opened_on": "きのう", "name": ""}
    page = world.client("officer").post(url("edit_unit", unit.pk), sent).content.decode()
    assert ">「開設日」の「きのう」は日付として読めません。" in page
    assert ">生活単位名:記入してください。</a>" in page
    assert "開設日:「開設日」" not in page


def test_a_posting_is_to_a_unit_of_its_own_home_only(world: World) -> None:
    sister = world.unit("s4")
    given = {**POSTING, "unit": str(sister.pk)}
    said(world.client("home_staff"), url("add_posting", world.home.pk), **given)
    assert not Posting.objects.filter(code="n-1").exists()


def test_a_new_posting_begins_at_the_unit_it_was_asked_for(world: World) -> None:
    address = url("add_posting", world.home.pk)
    client = world.client("home_staff")
    unit = world.unit("u4")
    page = client.get(f"{address}?unit={unit.pk}").content.decode()
    assert f'<option value="{unit.pk}" selected>' in page
    for asked in (world.unit("s4").pk, "x", "99999999999999999999"):
        assert client.get(f"{address}?unit={asked}").status_code == 400


def test_home_staff_keep_occupancy(world: World) -> None:
    client = world.client("home_staff")
    assert "12" in saved(client, url("add_occupancy", world.home.pk), **COUNT)
    row = Occupancy.objects.get(home=world.home)
    assert (row.children, row.individual_care) == (12, None)
    changed = {**COUNT, "children": "0", "individual_care": "0"}
    saved(client, url("edit_occupancy", row.pk), **changed, version="1")
    row.refresh_from_db()
    assert (row.children, row.individual_care) == (0, 0)
    saved(client, url("remove_occupancy", row.pk), version="2")
    assert not Occupancy.objects.exists()


def test_counts_of_the_whole_authority_are_the_officers(world: World) -> None:
    officer = world.client("officer")
    saved(officer, url("add_total"), **COUNT)
    row = Occupancy.objects.get()
    assert row.home is None
    saved(officer, url("edit_occupancy", row.pk), **{**COUNT, "children": "13"}, version="1")
    assert world.client("home_staff").get(url("edit_occupancy", row.pk)).status_code == 404
    saved(officer, url("remove_occupancy", row.pk), version="2")
    assert not Occupancy.objects.exists()


def test_the_officer_confirms_requirements(world: World) -> None:
    page = saved(
        world.client("officer"),
        url("add_confirmation", world.home.pk),
        item="training",
        result="1",
        confirmed_on="R5.4.3",
        holds_from="R5.4.1",
        expires_on="R6.3.31",
        evidence="研修計画",
    )
    assert "研修計画" in page
    row = Confirmation.objects.get(evidence="研修計画")
    assert (row.holds_from, row.result) == (dt.date(2023, 4, 1), True)


def test_touching_a_certified_month_asks_why_and_keeps_the_reason(world: World) -> None:
    client = world.client("officer")
    row = Capacity.objects.get(unit=world.unit("u4"))
    given = {"effective_from": "H31.4.1", "capacity": "5", "version": "1"}
    page = said(client, url("edit_capacity", row.pk), **given)
    assert "この変更は、認定済みの月に影響します。" in page
    assert "小規模かつ地域分散化加算 申請ID a-u4" in page
    assert "令和4年4月から令和5年3月まで(12か月)" in page
    assert "バックアップ職員加算 申請ID a-k" in page
    assert 'value="5"' in page
    row.refresh_from_db()
    assert row.capacity == 4
    page = saved(client, url("edit_capacity", row.pk), **given, reason="届出の誤り")
    row.refresh_from_db()
    assert row.capacity == 5
    event = last_event()
    assert (event.reason, event.before, event.after) == (
        "届出の誤り",
        {"capacity": 4},
        {"capacity": 5},
    )
    assert "理由:届出の誤り" in page
    assert "定員:4 → 5" in page


@pytest.mark.parametrize("name", ["close_unit", "end_posting", "remove_confirmation"])
def test_every_way_of_touching_asks_why(world: World, name: str) -> None:
    client, address = world.client("officer"), address_of(world, name)
    given = {"closed_on": "R4.12.31", "ended_on": "R4.12.31", "version": "1"}
    events = Event.objects.count()
    assert "認定済みの月に影響するので、理由を記入してください。" in said(client, address, **given)
    assert Event.objects.count() == events
    confirmed(client, address, **given, reason="届出のとおり")
    assert last_event().reason == "届出のとおり"


def test_a_change_that_touches_nothing_asks_nothing(world: World) -> None:
    saved(
        world.client("officer"),
        url("add_capacity", world.unit("u4").pk),
        effective_from="R5.4.1",
        capacity="6",
    )
    assert last_event().reason == ""


def test_another_home_s_certification_is_not_named(world: World) -> None:
    """Home staff are not told of what they may not see; the officer is."""
    given = {**POSTING, "code": "u-1", "started_on": "R4.5.1"}
    address = url("add_posting", world.sister.pk)
    assert "a-u4" in said(world.client("officer"), address, **given)
    saved(world.client("home_staff:sister"), address, **given)


def test_the_second_of_two_saves_is_reported_and_loses_nothing(world: World) -> None:
    unit = world.unit("m6")
    address = url("edit_unit", unit.pk)
    given = {"name": "先の名", "kind": "main_unit", "version": "1"}
    saved(world.client("officer"), address, **given)
    second = world.client("officer:second")
    page = said(second, address, **{**given, "name": "後の名", "opened_on": "R2.4.1"})
    assert "ほかの人が先に保存しました" in page
    assert "先の名" in page
    assert 'value="後の名"' in page
    assert "<strong>令和2年4月1日</strong>" in page
    assert 'name="version" value="2"' in page
    unit.refresh_from_db()
    assert (unit.name, unit.opened_on) == ("先の名", None)
    saved(second, address, **{**given, "name": "後の名", "version": "2"})
    unit.refresh_from_db()
    assert unit.name == "後の名"


def test_the_second_of_two_saves_of_a_posting_is_reported_in_words(world: World) -> None:
    client = world.client("home_staff")
    saved(client, url("add_posting", world.home.pk), **POSTING)
    row = Posting.objects.get(code="n-1")
    given = {**POSTING, "unit": str(world.unit("m6").pk), "weekly_hours": "8"}
    seal = client.get(url("edit_posting", row.pk)).context["form"].seal
    Posting.objects.filter(pk=row.pk).update(version=2)
    page = said(client, url("edit_posting", row.pk), **given, version="1", seal=seal)
    for now, typed in (("本体施設", "本体の家"), ("7.5", "8")):
        assert f">{now}</td>" in page
        assert f"<strong>{typed}</strong>" in page


def test_a_form_shows_all_its_errors_together(world: World) -> None:
    client = world.client("officer")
    given = {"effective_from": "R4.13.1", "capacity": "0"}
    form = client.post(url("add_capacity", world.unit("m6").pk), given).context["form"]
    assert set(form.errors) == {"effective_from", "capacity"}
    unit = {"code": "m6", "name": "", "kind": "main_unit", "opened_on": "R4.4.1"}
    given |= unit | {"closed_on": "R4.3.31", "reason": "x" * 1001}
    form = client.post(url("add_unit", world.home.pk), given).context["form"]
    wrong = {"code", "name", "closed_on", "effective_from", "capacity", "reason"}
    assert set(form.errors) == wrong
    assert form.errors["code"] == ["この生活単位IDは、もう使われています。別のIDにしてください。"]


def test_two_saves_of_a_posting_are_merged_field_by_field(world: World) -> None:
    client = world.client("home_staff")
    saved(client, url("add_posting", world.home.pk), **POSTING)
    row = Posting.objects.get(code="n-1")
    address = url("edit_posting", row.pk)
    seal = client.get(address).context["form"].seal
    first = {"weekly_hours": "8", "role": "care", "full_time_weekly_hours": "40"}
    saved(world.client("officer"), address, **{**POSTING, **first}, version="1", seal=seal)
    mine = {"weekly_hours": "9", "employment": "full_time", "full_time_weekly_hours": "40:00"}
    page = client.post(address, {**POSTING, **mine, "version": "1", "seal": seal})
    form = page.context["form"]
    changed = {
        name: (field.mine, field.theirs, field.saved)
        for name, field in zip(form.row_fields, form.newer_row, strict=True)
        if field.mine or field.theirs
    }
    assert changed == {
        "employment": (True, False, "常勤"),
        "weekly_hours": (True, True, "9"),
        "full_time_weekly_hours": (True, True, "40"),
        "role": (False, True, "直接養育"),
    }
    again = {name: form[name].value() for name in form.row_fields}
    assert again["role"] == "care"
    saved(client, address, **again, version="2", seal=form.seal)
    row.refresh_from_db()
    stored = (row.weekly_hours, row.employment, row.role, row.version)
    assert stored == (9 * 3600, "full_time", "care", 3)


@pytest.mark.parametrize("version", ["", "0", "x"])
def test_a_save_without_a_version_is_not_saved(world: World, version: str) -> None:
    unit = world.unit("m6")
    said(
        world.client("officer"),
        url("edit_unit", unit.pk),
        name="名",
        kind="main_unit",
        version=version,
    )
    unit.refresh_from_db()
    assert unit.name == "本体の家"


def test_a_stale_removal_is_reported(world: World) -> None:
    row = count(world)
    Occupancy.objects.filter(pk=row.pk).update(version=2, children=10)
    page = said(world.client("officer"), url("remove_occupancy", row.pk), version="1")
    assert "ほかの人が先に保存しました" in page
    assert Occupancy.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("name", "given", "field", "words"),
    [
        (
            "add_posting",
            {**POSTING, "code": "m-1", "unit": "m6", "role": "care"},
            "started_on",
            "別の配置と期間が重なります",
        ),
        (
            "add_posting",
            {**POSTING, "ended_on": "R4.4.30"},
            "ended_on",
            "配置終了日が配置開始日より前です",
        ),
        (
            "add_home",
            {"code": "h", "name": "園", "operator": "法人"},
            "code",
            "この施設IDは、もう使われています",
        ),
        (
            "add_home",
            {
                "code": "n",
                "name": "園",
                "operator": "法人",
                "opened_on": "R4.4.2",
                "closed_on": "R4.4.1",
            },
            "closed_on",
            "廃止日が開設日より前です",
        ),
        (
            "add_unit",
            {
                "code": "u4",
                "name": "家",
                "kind": "main_unit",
                "capacity": "6",
                "effective_from": "R4.4.1",
            },
            "code",
            "この生活単位IDは、もう使われています",
        ),
        (
            "add_unit",
            {
                "code": "n",
                "name": "家",
                "kind": "main_unit",
                "capacity": "6",
                "effective_from": "R4.4.1",
                "opened_on": "R4.4.2",
                "closed_on": "R4.4.1",
            },
            "closed_on",
            "廃止日が開設日より前です",
        ),
        (
            "add_capacity",
            {"effective_from": "2019-04-01", "capacity": "4", "reason": "誤り"},
            "effective_from",
            "この日からの定員は、もう登録されています",
        ),
        (
            "add_capacity",
            {"effective_from": "R5.4.1", "capacity": "0"},
            "capacity",
            "定員は1以上の数にしてください",
        ),
        (
            "add_confirmation",
            {"item": "training", "confirmed_on": "2022-04-06", "reason": "誤り"},
            "confirmed_on",
            "同じ確認日の確認があります",
        ),
        (
            "add_confirmation",
            {
                "item": "training",
                "confirmed_on": "R5.4.3",
                "holds_from": "R5.4.2",
                "expires_on": "R5.4.1",
            },
            "expires_on",
            "有効期限が効力開始日より前です",
        ),
        (
            "add_occupancy",
            {**COUNT, "as_of": "2022-03-31"},
            "as_of",
            "同じ基準日、対象、区分の人数があります",
        ),
        (
            "add_occupancy",
            {**COUNT, "children": "-1"},
            "children",
            "入所児童数は0以上の数にしてください",
        ),
        ("add_total", {**COUNT}, "as_of", "同じ基準日、対象、区分の人数があります"),
    ],
)
def test_what_the_database_refuses_is_reported_at_the_field(
    world: World, name: str, given: dict[str, str], field: str, words: str
) -> None:
    count(world)
    Occupancy.objects.create(
        authority=world.authority,
        as_of=dt.date(2022, 4, 1),
        population="placed",
        place="all",
        children=12,
    )
    if given.get("unit") == "m6":
        given = {**given, "unit": str(world.unit("m6").pk)}
    events = Event.objects.count()
    page = said(world.client("officer"), address_of(world, name), **given)
    error = page[page.index(f'id="id_{field}_error"') :]
    assert words in error[: error.index("</div>")]
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("effective_from", "R4.13.1", "R4.13.1"),
        ("effective_from", "1800-01-01", "1800-01-01"),
        ("effective_from", "", "記入してください。"),
        ("capacity", "六人", "六人"),
        ("capacity", "4\x00", "使えない文字"),
    ],
)
def test_what_can_not_be_read_is_reported_at_the_field(
    world: World, field: str, value: str, words: str
) -> None:
    given = {"effective_from": "R5.4.1", "capacity": "4", field: value}
    page = said(world.client("officer"), url("add_capacity", world.unit("u4").pk), **given)
    error = page[page.index(f'id="id_{field}_error"') :]
    assert words in error[: error.index("</div>")]


def test_a_text_that_is_too_long_is_reported(world: World) -> None:
    page = said(
        world.client("officer"), url("add_home"), code="n", name="長" * 201, operator="法人"
    )
    assert "200文字までに短くしてください。" in page


@pytest.mark.parametrize("role", ["home_staff", "auditor", "officer:other", "home_staff:sister"])
def test_an_action_refuses_what_the_person_may_not_do(world: World, role: str) -> None:
    """Even where a page failed to ask, the action does."""
    office = world.office(role)
    capacity = Capacity.objects.get(unit=world.unit("u4"))
    with pytest.raises(PermissionDenied):
        actions.change(
            office=office, row=capacity, version=1, values={"capacity": 6}, reason="理由"
        )
    with pytest.raises(PermissionDenied):
        actions.remove(office=office, row=capacity, version=1, reason="理由")
    total = Occupancy(
        authority=world.authority,
        as_of=dt.date(2022, 4, 1),
        population="placed",
        place="all",
        children=1,
    )
    with pytest.raises(PermissionDenied):
        actions.add(office=office, row=total)


def test_an_action_refuses_a_unit_of_another_home(world: World) -> None:
    posting = Posting.objects.get(code="u-1")
    with pytest.raises(PermissionDenied):
        actions.change(
            office=world.office("officer"),
            row=posting,
            version=1,
            values={"unit": world.unit("s4")},
            reason="理由",
        )
