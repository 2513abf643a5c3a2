"""The pages of the support: pictures with their tables, rows, openings, evidence."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from shokibo.web.audit.models import Event
from shokibo.web.planning.models import Action, Cost, Plan
from shokibo.web.register.models import Confirmation, Unit
from shokibo.web.support.models import CommunityEvent, Lead, SupportRecord, Training
from tests.web.support_rows import make_row
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db


def url(name: str, *arguments: object) -> str:
    return reverse(name, args=[OURS, *arguments])


def lead(world: World, **given: object) -> Lead:
    row = make_row(world, "housing", unit=None, **given)
    assert isinstance(row, Lead)
    return row


def test_trainings_and_supervision_are_counted_by_unit_and_month(world: World) -> None:
    make_row(world, "trainings", held_on="2022-04-30")
    make_row(world, "trainings", code="k-2", unit=None, held_on="2023-03-31")
    make_row(world, "support_log", done_on="2022-04-01")
    make_row(world, "support_log", done_on="2022-04-02", duty="duty_relief")
    make_row(world, "trainings", code="k-3", held_on="2022-03-31")
    page = world.client("officer").get(url("support:staff") + "?year=2022")
    rows = {(row.home.code, row.unit and row.unit.code): row.months for row in page.context["rows"]}
    counts = {
        key: [(month.trainings, month.supervisions) for month in months]
        for key, months in rows.items()
    }
    assert counts["h", "u4"] == [(1, 1), *[(0, 0)] * 11]
    assert counts["h", None] == [*[(0, 0)] * 11, (1, 0)]
    assert "研修2件(うち外部2件、延べ16人)、スーパーバイズ1回" in page.content.decode()


def test_a_home_sees_its_own_rows_and_no_lead(world: World) -> None:
    make_row(world, "trainings")
    lead(world)
    sister = world.client("home_staff:sister").get(url("support:staff"))
    assert {row.home for row in sister.context["rows"]} == {world.sister}
    assert "個別的な養育" not in sister.content.decode()
    own = world.client("home_staff").get(url("support:staff")).content.decode()
    assert "個別的な養育" in own
    assert url("support:housing") not in own
    for name in ("support:housing", "homes:list_lead"):
        assert world.client("home_staff").get(url(name)).status_code == 403


def test_a_home_names_itself_in_what_it_did_with_the_community(world: World) -> None:
    given = {"home": "", "held_on": "R4.8.6", "kind": "event", "what": "夏祭り"}
    page = world.client("home_staff").post(url("homes:add_communityevent"), given)
    assert (page.status_code, CommunityEvent.objects.count()) == (200, 0)
    assert "home" in page.context["form"].errors
    assert world.client("officer").post(url("homes:add_communityevent"), given).status_code == 302
    assert CommunityEvent.objects.get().home is None


def test_leads_are_drawn_by_year_and_state_next_to_the_openings(world: World) -> None:
    Plan.objects.create(
        authority=world.authority,
        title="計画",
        baseline_on="2022-03-31",
        from_year=2022,
        to_year=2024,
    )
    Action.objects.create(
        authority=world.authority,
        home=world.home,
        fiscal_year=2023,
        action="open",
        unit_kind="community_home",
        count=2,
        capacity=4,
    )
    lead(world)
    lead(world, code="b-2", state="contracted")
    lead(world, code="b-3", state="dropped")
    lead(world, code="b-4", planned_year=None)
    page = world.client("officer").get(url("support:housing"))
    picture = page.context["picture"]
    assert picture.rows == [("R5", ["1", "0", "1", "0", "2"]), ("未定", ["1", "0", "0", "0", "—"])]
    assert [series.name for series in picture.series][-1] == "新設の計画"
    drawn = world.client("auditor").get(url("support:picture", "housing"))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert world.client("home_staff").get(url("support:picture", "housing")).status_code == 404


def test_a_lead_leads_to_its_costs_and_subsidies(world: World) -> None:
    row, client = lead(world, capacity=4), world.client("officer")
    address = url("support:lead_costs", row.pk)
    assert address in client.get(url("support:housing")).content.decode()
    assert "計画がまだありません" in client.get(address).content.decode()
    span = {"baseline_on": "2022-03-31", "from_year": 2022, "to_year": 2024}
    Plan.objects.create(authority=world.authority, title="計画", **span)
    opening = {"fiscal_year": 2023, "action": "open", "unit_kind": "community_home", "capacity": 4}
    Action.objects.create(authority=world.authority, home=world.home, **opening)
    cost = {"fiscal_year": 2023, "account": "扶助費", "basis": "opened_home"}
    subsidy = {"programme": "架空負担金", "national_share": "1/2", "eligible_rule": "full"}
    make = Cost.objects.create
    make(authority=world.authority, item="家賃", timing="annual", amount=1, **cost, **subsidy)
    make(authority=world.authority, item="備品購入費", timing="initial", amount=70_000, **cost)
    page = client.get(address)
    shown = page.content.decode()
    assert all(words in shown for words in ("架空町", "2,400,000", "物件の額", "架空負担金"))
    assert "まだ1か所あたりの経費単価によります" in shown
    assert [one.amount for one in page.context["budget"].revenue] == [1_200_000]
    Lead.objects.update(state="contracted")
    taken = world.client("auditor").get(address).content.decode()
    assert "この年度の経費には、物件の額が入っています" in taken
    dropped = lead(world, code="見送り", state="dropped", capacity=4)
    other = client.get(url("support:lead_costs", dropped.pk)).content.decode()
    assert "この物件の額は入っていません" in other
    assert "経費には、物件の額が入っています" not in other
    Lead.objects.update(planned_year=None)
    assert "開設予定年度が空欄" in client.get(address).content.decode()
    assert world.client("home_staff").get(address).status_code == 403


def test_hiring_and_community_are_drawn_with_their_tables(world: World) -> None:
    make_row(world, "hiring", planned=None)
    make_row(world, "community")
    make_row(world, "community", what="清掃", home=None, unit=None, kind="school")
    client = world.client("officer")
    assert client.get(url("support:staff")).context["picture"].rows == [("R3", ["—", "2", "1"])]
    page = client.get(url("support:community"))
    assert dict(page.context["years"])[2022]["event"] == 1
    assert ("学校", ["1"]) in page.context["picture"].rows
    assert client.get(url("support:picture", "other")).status_code == 404


def test_a_contracted_lead_becomes_the_unit_that_was_accepted(world: World) -> None:
    row = lead(world, state="contracted")
    client = world.client("officer")
    assert url("support:open_lead", row.pk) in client.get(url("support:housing")).content.decode()
    unit = Unit.objects.create(
        authority=world.authority,
        home=world.home,
        code="n",
        name="新しい家",
        kind="community_home",
        opened_on=dt.date(2022, 10, 1),
    )
    form = client.get(url("support:open_lead", row.pk)).context["form"]
    assert (form["unit"].value(), str(form["state_on"].value())) == (unit.pk, "令和4年10月1日")
    given = {"unit": unit.pk, "state_on": "R4.10.1", "version": row.version}
    assert client.post(url("support:open_lead", row.pk), given).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.unit, row.state_on) == ("opened", unit, dt.date(2022, 10, 1))
    assert Event.objects.filter(subject_kind="support.lead", action="register.change").exists()
    other = lead(world, code="b-9", state="negotiating")
    offered = client.get(url("support:open_lead", other.pk)).context["form"].fields["unit"]
    assert unit not in offered.queryset


def recorded(world: World) -> str:
    """Enter the records of 令和3年度, and give their sentence."""
    for number in range(9):
        make_row(world, "trainings", code=f"k-{number}", held_on="2021-06-01", external=number < 5)
    for month in range(1, 13):
        year = 2021 if month > 3 else 2022
        make_row(world, "support_log", done_on=dt.date(year, month, 1))
    return (
        "研修9件(うち外部5件、延べ72人)、スーパーバイズ12回、6つの支援のうち記録のないもの: "
        "情報共有、マネジメント、メンタルヘルス、応援支援、地域社会との関係性の構築"
    )


def test_a_confirmation_of_april_takes_the_records_of_the_year_before(world: World) -> None:
    words = recorded(world)
    client = world.client("officer")
    assert words in client.get(url("homes:home", world.home.pk)).content.decode()
    Confirmation.objects.all().delete()
    sheet = client.get(url("homes:renew_confirmations") + "?year=2022").content.decode()
    assert f"令和3年度の記録: {words}" in sheet
    at = f"{world.home.pk}-"
    given = {
        f"{at}training-result": "1",
        f"{at}long_term_plan-result": "1",
        f"{at}duty_relief-result": "1",
        f"{at}duty_relief-evidence": "勤務表",
        "confirmed_on": "R4.4.5",
        "holds_from": "R4.4.1",
        "expires_on": "R5.3.31",
        "reason": "更新",
    }
    shown = client.post(url("homes:renew_confirmations") + "?year=2022", given)
    if shown.status_code == 200:  # what it brings about was shown first
        given["confirmed"] = shown.context["form"].data["confirmed"]
    client.post(url("homes:renew_confirmations") + "?year=2022", given)
    held = dict(Confirmation.objects.values_list("item", "evidence"))
    assert held == {
        "training": f"令和3年度の記録: {words}",
        "long_term_plan": None,
        "duty_relief": "勤務表",
    }


@pytest.mark.parametrize(
    ("language", "shown"),
    [("ja", "令和3年度の記録: 研修9件"), ("en", "Records of FY2021: 9 trainings")],
)
def test_blank_evidence_is_the_records_with_their_year_of_an_item_that_rests_on_them(
    world: World, language: str, shown: str
) -> None:
    words = f"令和3年度の記録: {recorded(world)}"
    Confirmation.objects.all().delete()
    client = world.client("officer")
    client.cookies["django_language"] = language
    address = url("homes:add_confirmation", world.home.pk)
    form = client.get(address).context["form"]
    assert form["evidence"].value() is None
    assert shown in str(form.fields["evidence"].help_text)
    typed = [("training", ""), ("long_term_plan", ""), ("duty_relief", "勤務表")]
    for item, evidence in typed:
        given = {"item": item, "confirmed_on": "R4.4.5", "evidence": evidence, "reason": "4月"}
        asked = client.post(address, given)
        if asked.status_code == 200:
            client.post(address, given | {"confirmed": asked.context["form"].data["confirmed"]})
    held = dict(Confirmation.objects.values_list("item", "evidence"))
    assert held == {"training": words, "long_term_plan": None, "duty_relief": "勤務表"}


@pytest.mark.parametrize("state", ["dropped", "opened"])
def test_a_lead_that_was_dropped_or_opened_is_not_noted_as_opened(world: World, state: str) -> None:
    unit = world.unit("b5")
    row = lead(world, state="contracted")
    Lead.objects.update(state=state, unit=world.unit("u4"))
    address = url("support:open_lead", row.pk)
    client = world.client("officer")
    assert client.get(address).status_code == 302
    given = {"unit": unit.pk, "state_on": "R4.10.1", "version": row.version}
    refused = client.post(address, given)
    assert refused.context["form"].non_field_errors()
    row.refresh_from_db()
    assert (row.state, row.unit) == (state, world.unit("u4"))


def _marked(page: Any) -> list[str]:  # noqa: ANN401
    """Return the entries of the menu that are marked as where the page is."""
    return [entry.label for entry in page.context["menu"] if entry.here]


def test_the_menu_marks_the_support_on_the_pages_of_its_rows(world: World) -> None:
    row, home_staff = make_row(world, "trainings"), world.client("home_staff")
    for name, keys in (("list_training", []), ("edit_training", [row.pk]), ("add_hiring", [])):
        assert _marked(home_staff.get(url(f"homes:{name}", *keys))) == ["支援"]
    officer = world.client("officer")
    assert _marked(officer.get(url("homes:list_lead"))) == ["支援"]
    assert _marked(officer.get(url("homes:list_unit"))) == ["施設と生活単位"]
    assert _marked(officer.get(f"/{OURS}/support/nowhere/")) == []
    assert _marked(officer.get(f"/{OURS}/nowhere/")) == []


@pytest.mark.parametrize(("day", "saved"), [("2024-03-31", True), ("2024-04-01", False)])
@pytest.mark.parametrize(("table", "column"), [("training", "held_on"), ("lead", "found_on")])
def test_a_record_of_a_day_after_the_next_year_is_a_slip(
    world: World, table: str, column: str, day: str, *, saved: bool
) -> None:
    kinds = {"training": "trainings", "lead": "housing"}
    row = make_row(world, kinds[table])
    address = url(f"homes:edit_{table}", row.pk)
    client = world.client("officer")
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in typed.items() if value is not None}
    if table == "lead":
        given["state_on"] = day
    answer = client.post(address, given | {column: day})
    row.refresh_from_db()
    assert (str(getattr(row, column)) == day) is saved
    if not saved:
        words = "令和6年3月31日までの日にしてください"
        assert words in str(answer.context["form"].errors[column])


def test_an_imported_record_of_a_far_day_can_be_corrected_and_removed(world: World) -> None:
    client = world.client("officer")
    for verb in ("edit", "remove"):
        row = make_row(world, "trainings", held_on=dt.date(2099, 4, 1))
        address = url(f"homes:{verb}_training", row.pk)
        form = client.get(address).context["form"]
        typed = {name: form[name].value() for name in form.fields}
        given = {name: value for name, value in typed.items() if value is not None}
        answer = client.post(address, given | {"held_on": "2023-04-01"})
        assert answer.status_code == 302
        days = type(row).objects.filter(pk=row.pk).values_list("held_on", flat=True)
        assert list(days) == ([dt.date(2023, 4, 1)] if verb == "edit" else [])
        type(row).objects.all().delete()


def test_rows_lead_back_to_the_support(world: World) -> None:
    row = make_row(world, "support_log")
    page = world.client("home_staff").get(url("homes:edit_supportrecord", row.pk)).content.decode()
    assert url("support:staff") in page
    assert "施設全体" in page
    given = {
        "unit": "",
        "done_on": "R4.5.11",
        "duty": "duty_relief",
        "by": "head",
        "minutes": "-1",
        "version": 1,
    }
    wrong = world.client("home_staff").post(url("homes:edit_supportrecord", row.pk), given)
    assert wrong.context["form"].errors["minutes"] == ["0以上の数にしてください。"]
    assert SupportRecord.objects.get().duty == "duty_supervision"


def test_the_years_and_amounts_of_a_row_are_written_as_people_read_them(world: World) -> None:
    lead(world)
    make_row(world, "trainings", cost=30_000)
    client = world.client("officer")
    leads = client.get(url("homes:list_lead")).content.decode()
    assert "令和5年度" in leads
    assert "200,000" in leads
    trainings = client.get(url("homes:list_training")).content.decode()
    assert "30,000" in trainings
    assert Training.objects.get().hours == 5400


@pytest.mark.parametrize(
    ("done_on", "waits"), [("2022-01-05", False), ("2022-01-04", True)], ids=str
)
def test_a_unit_without_supervision_waits_on_the_start_pages(
    world: World, done_on: str, *, waits: bool
) -> None:
    make_row(world, "support_log", done_on=done_on, unit=None)
    for role in ("officer", "home_staff"):
        page = world.client(role).get(url("today:today")).content.decode()
        assert ("スーパーバイズの記録がない生活単位" in page) == waits
    sister = world.client("home_staff:sister").get(url("today:today")).content.decode()
    assert "スーパーバイズの記録がない生活単位" not in sister


def test_housing_short_of_next_year_s_openings_waits(world: World) -> None:
    Plan.objects.create(
        authority=world.authority,
        title="計画",
        baseline_on="2022-03-31",
        from_year=2022,
        to_year=2024,
    )
    Action.objects.create(
        authority=world.authority,
        home=world.home,
        fiscal_year=2023,
        action="open",
        unit_kind="community_home",
        capacity=4,
    )
    client = world.client("officer")
    row = lead(world)
    assert "新設に足りない物件を探す" in client.get(url("today:today")).content.decode()
    Lead.objects.filter(pk=row.pk).update(state="negotiating")
    assert "新設に足りない物件を探す" not in client.get(url("today:today")).content.decode()


@pytest.mark.parametrize("year", ["9999", "1868", "2200"])
def test_a_fiscal_year_without_an_era_is_refused_at_its_field(world: World, year: str) -> None:
    client = world.client("officer")
    answer = client.get(reverse("support:staff", args=[OURS]), {"year": year})
    assert answer.status_code == 400
    assert f"「{year}」は年度として読めません" in answer.content.decode()
    address = reverse("homes:add_hiring", args=[OURS])
    sent = {"home": world.home.pk, "fiscal_year": year}
    assert "fiscal_year" in client.post(address, sent).context["form"].errors


def test_a_unit_without_its_home_asks_for_the_home(world: World) -> None:
    unit = world.unit("u4")
    sent = {"unit": unit.pk, "held_on": "R4.4.1", "kind": "school", "what": "授業参観"}
    answer = world.client("officer").post(reverse("homes:add_communityevent", args=[OURS]), sent)
    assert str(unit.home) in answer.context["form"].errors["home"][0]
