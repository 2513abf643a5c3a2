"""The pages of a declared table's rows: the row, its owner, and what a form offers."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import override

from shokibo.ledger.tables import BY_NAME, PLAN
from shokibo.web.base.forms import LedgerField, note_of
from shokibo.web.register.models import Absence, Confirmation, Episode, Posting, Unit
from shokibo.web.store.mapping import MAPPED
from shokibo.web.store.wording import header
from tests.web.markup import words_of
from tests.web.support_rows import make_row
from tests.web.test_matrix import PAGES
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db

OF_ROWS = [
    (table, f"homes:{verb}_{mapped.label.rpartition('.')[2].lower()}")
    for table, mapped in MAPPED.items()
    if mapped.form and table not in ("homes", "units")  # their pages are their own
    for verb in ("edit", "remove")
]


@pytest.mark.parametrize(("table", "name"), OF_ROWS)
def test_the_page_of_a_row_names_its_owner(world: World, table: str, name: str) -> None:
    mapped, page = MAPPED[table], PAGES[name]
    (pk,) = page.arguments(world)
    row = mapped.model._default_manager.get(pk=pk)
    words = words_of(world.client(sorted(page.get)[0]).get(reverse(name, args=[OURS, pk])))
    for field in map(mapped.field, mapped.belongs):
        assert f"{header(mapped.model, field)} {getattr(row, field) or '—'}" in words


def test_a_page_that_adds_a_row_names_the_owner_in_its_address(world: World) -> None:
    posting = Posting.objects.get(code="u-1")
    client = world.client("officer")
    leave = client.get(reverse("homes:leave_posting", args=[OURS, posting.pk]))
    assert "職員ID u-1" in words_of(leave)
    unit = world.unit("u4")
    capacity = client.get(reverse("homes:add_capacity", args=[OURS, unit.pk]))
    assert "生活単位 地域の家" in words_of(capacity)


def test_a_month_of_birth_is_written_as_a_month(world: World) -> None:
    (pk,) = PAGES["homes:remove_episode"].arguments(world)
    Episode.objects.filter(pk=pk).update(birth_month="2015-05-01")
    page = world.client("center_staff").get(reverse("homes:remove_episode", args=[OURS, pk]))
    assert "生年月 平成27年5月 " in words_of(page)


# What a form offers


def test_a_choice_of_units_tells_those_of_one_name_apart(world: World) -> None:
    unit = world.unit("u4")
    unit.opened_on, unit.closed_on = dt.date(2019, 4, 1), dt.date(2022, 9, 30)
    unit.save()
    client = world.client("officer")
    of_home = client.get(reverse("homes:add_posting", args=[OURS, world.home.pk]))
    words = "地域の家(地域小規模児童養護施設、平成31年4月1日開設、令和4年9月30日廃止)"
    assert f">{words}<" in of_home.content.decode()
    of_all = client.get(reverse("homes:add_training", args=[OURS]))
    assert f">架空学園 {words}<" in of_all.content.decode()


@pytest.mark.parametrize("name", ["homes:add_training", "homes:add_lead", "certification:new"])
def test_the_blank_choice_of_a_row_is_blank(world: World, name: str) -> None:
    client = world.client(sorted(PAGES[name].post or ())[0])
    assert "-----" not in client.get(reverse(name, args=[OURS])).content.decode()


# What is said of a field


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("homes:close_unit", "開設している最後の日。"),
        ("homes:end_posting", "最後の日。"),
    ],
)
def test_a_required_field_says_nothing_of_a_blank(world: World, name: str, said: str) -> None:
    page = PAGES[name]
    address = reverse(name, args=[OURS, *page.arguments(world)])
    words = words_of(world.client(sorted(page.get)[0]).get(address))
    assert f" {said} " in words
    assert "空欄は" not in words


@pytest.mark.parametrize(
    ("language", "required", "optional"),
    [
        ("ja", "開設している最後の日。", "開設している最後の日。空欄は、開設中。"),
        ("en", "The last day it is open.", "The last day it is open. Blank: still open."),
    ],
)
def test_only_a_field_that_may_be_blank_says_what_a_blank_means(
    language: str, required: str, optional: str
) -> None:
    closed = BY_NAME["units"].column("closed_on")
    with override(language):
        assert str(note_of(closed, required=True)) == required
        assert str(note_of(closed, required=False)) == optional


def test_a_reason_is_asked_for_certified_months_only_where_a_rule_reads_the_row(
    world: World,
) -> None:
    client = world.client("officer")
    row = make_row(world, "trainings")
    for verb in ("edit", "remove"):
        page = client.get(reverse(f"homes:{verb}_training", args=[OURS, row.pk]))
        assert "認定済みの月" not in words_of(page)
    unit = world.unit("u4")
    assert "認定済みの月" in words_of(client.get(reverse("homes:edit_unit", args=[OURS, unit.pk])))


def test_hours_that_some_postings_need_are_marked_so(world: World) -> None:
    page = world.client("officer").get(reverse("homes:add_posting", args=[OURS, world.home.pk]))
    assert "週勤務時間 場合により必須" in words_of(page)
    assert "変更の理由 場合により必須" in words_of(page)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ja", ["令和4年度", "令和3年12月", "令和3年12月5日", "令和3年9月30日"]),
        ("en", ["FY2022", "2021-12", "2021-12-05", "2021-09-30"]),
    ],
)
def test_a_form_shows_days_months_and_years_as_every_page_does(
    language: str, shown: list[str]
) -> None:
    held = [
        ("from_year", 2022),
        ("period_from", dt.date(2021, 12, 1)),
        ("adopted_on", dt.date(2021, 12, 5)),
        ("baseline_on", dt.date(2021, 9, 30)),
    ]
    with override(language):
        fields = [(LedgerField(PLAN.column(name)), value) for name, value in held]
        assert [field.prepare_value(value) for field, value in fields] == shown
        assert [field.clean(field.prepare_value(value)) for field, value in fields] == [
            value for _, value in held
        ]


def test_an_english_page_shows_how_a_day_is_typed_in_english(world: World) -> None:
    client = world.client("officer")
    client.cookies["django_language"] = "en"
    for name in ("homes:homes", "homes:add_training"):
        html = client.get(reverse(name, args=[OURS])).content.decode()
        assert 'placeholder="2022-04-01"' in html
        assert "R4.4" not in html


# Lists


@pytest.mark.parametrize(
    ("name", "sort"), [("capacity", "unit__home__name"), ("absence", "home__name")]
)
def test_a_list_of_rows_names_their_home(world: World, name: str, sort: str) -> None:
    posting = Posting.objects.get(code="u-1")
    Absence.objects.create(
        authority=world.authority,
        home=posting.home,
        code=posting.code,
        started_on="2022-04-01",
        kind="sick",
    )
    address = reverse(f"homes:list_{name}", args=[OURS])
    page = world.client("officer").get(address)
    assert [str(column.header) for column in page.context["listed"].listing.columns][1] == "施設"
    assert "架空学園" in words_of(page)
    rows = world.client("officer").get(f"{address}?words=姉妹&sort={sort}").context["page"]
    assert {row.unit.home if name == "capacity" else row.home for row in rows} <= {world.sister}


def test_a_list_of_units_tells_the_earlier_one_apart(world: World) -> None:
    earlier = world.unit("u4")
    earlier.closed_on = dt.date(2022, 9, 30)
    earlier.save()
    Unit.objects.create(
        authority=world.authority,
        home=world.home,
        code="n",
        name=earlier.name,
        kind="branch_group_care",
        opened_on="2022-10-01",
        continues=earlier,
    )
    page = world.client("officer").get(reverse("homes:list_unit", args=[OURS]))
    assert "地域の家(地域小規模児童養護施設、令和4年9月30日廃止)" in words_of(page)


def test_a_list_in_the_order_of_entry_is_sorted_by_what_its_rows_are(world: World) -> None:
    Confirmation.objects.all().delete()
    days = ("2022-04-01", "2021-04-01", "2022-04-05")
    entered = list(zip(("training", "early_return", "training"), days, strict=True))
    for item, day in entered:
        Confirmation.objects.create(
            authority=world.authority, home=world.home, item=item, confirmed_on=day
        )
    page = world.client("officer").get(reverse("homes:list_confirmation", args=[OURS]))
    rows = [(row.item, f"{row.confirmed_on}") for row in page.context["page"]]
    assert rows == [entered[1], entered[2], entered[0]]


@pytest.mark.parametrize(
    ("role", "name", "adds"),
    [
        ("officer", "homes:list_home", "homes:add_home"),
        ("officer", "homes:list_training", "homes:add_training"),
        ("home_staff", "homes:list_posting", "homes:add_posting"),
        ("officer", "homes:list_posting", "施設"),
        ("officer", "homes:list_capacity", "生活単位"),
        ("home_staff", "homes:list_absence", "職員"),
        ("auditor", "homes:list_home", ""),
        ("home_staff", "homes:list_capacity", ""),
    ],
)
def test_a_list_leads_to_adding_a_row_or_says_where(
    world: World, role: str, name: str, adds: str
) -> None:
    page = world.client(role).get(reverse(name, args=[OURS]))
    if adds.startswith("homes:"):
        keys = [world.home.pk] if adds == "homes:add_posting" else []
        assert f'href="{reverse(adds, args=[OURS, *keys])}"' in page.content.decode()
    else:
        assert ("登録します。" in words_of(page)) == bool(adds)
        assert f"新しい行は、{adds}のページから" in words_of(page) or not adds
