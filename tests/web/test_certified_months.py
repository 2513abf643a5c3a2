"""The month table on the pages: of an add-on, of the office, of a home's own, and by the API."""

import csv
import io
import re
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from shokibo.web.certification.models import Application
from shokibo.web.planning.models import Cost
from shokibo.web.register.models import Posting, Unit
from tests.web.calling import caller
from tests.web.plans import text_of
from tests.web.world import OURS, World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

MONTHS = ["4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月", "1月", "2月", "3月"]


def change(world: World) -> Application:
    """End what is certified of b5 in September, and certify one worker less from October."""
    before = Application.objects.get(code="a-b5")
    before.ended_on, before.end_reason, before.state = "2022-09-30", "職員の減", "ended"
    before.save()
    return certified(
        world,
        world.unit("b5"),
        2022,
        "2022-10-01",
        applied_on="2022-09-20",
        decided_on="2022-09-28",
        replaces=before,
    )


def certified(world: World, unit: Unit, year: int, start_month: str, **more: object) -> Application:
    """Store an application of a unit for one worker, certified where `more` does not say else."""
    decided = {"certified_extra": 1, "applied_on": f"{year}-04-04", "decided_on": f"{year}-04-20"}
    made = Application(
        authority=world.authority,
        home=unit.home,
        unit=unit,
        code=f"{unit.code}-{start_month}",
        addon="dispersal",
        fiscal_year=year,
        start_month=start_month,
        requested_extra=1,
        **{"state": "certified", **({} if more.get("state") == "draft" else decided), **more},
    )
    made.save()
    return made


def leave(unit: str, last: str) -> None:
    """Let everybody of a unit leave after a day."""
    Posting.objects.filter(unit__code=unit).update(ended_on=last)


def price(world: World, basis: str, yen: int) -> None:
    """Return a month of an add-on a price."""
    Cost.objects.create(
        authority=world.authority,
        fiscal_year=2022,
        item=f"架空の{basis}",
        account="扶助費",
        timing="annual",
        basis=basis,
        amount=yen,
        programme="架空負担金",
        national_share="1/2",
        eligible_rule="full",
    )


def boxes_on(world: World, role: str, application: Application) -> list[str]:
    """Return the text of each box of an application's page, as a screen reader reads it."""
    address = reverse("certification:application", args=[OURS, application.pk])
    page = world.client(role).get(address).content.decode()
    _before, _opened, rest = page.partition('<ol class="months">')
    boxes = re.findall(r"<li.*?</li>", rest.partition("</ol>")[0], flags=re.S)
    heard = (re.sub(r'<span aria-hidden="true">.*?</span>', " ", box) for box in boxes)
    return [" ".join(re.sub(r"<[^>]+>", " ", box).split()) for box in heard]


def office_page(world: World, role: str, **asked: str) -> "Response":
    """Open the table of the office."""
    return world.client(role).get(reverse("certification:months", args=[OURS]), asked)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("role", ["officer", "approver", "auditor", "home_staff"])
def test_an_application_shows_the_twelve_months_of_its_unit(world: World, role: str) -> None:
    found = boxes_on(world, role, Application.objects.get(code="a-b5"))
    assert found == [f"{month} 2人 満たす" for month in MONTHS]


def test_the_boxes_of_a_change_are_on_both_of_its_applications(world: World) -> None:
    after = change(world)
    expected = [
        *(f"{month} 2人 満たす" for month in MONTHS[:6]),
        "10月 1人 満たす 変更",
        *(f"{month} 1人 満たす" for month in MONTHS[7:]),
    ]
    assert boxes_on(world, "officer", after) == expected
    assert boxes_on(world, "officer", Application.objects.get(code="a-b5")) == expected


def test_the_begin_and_the_end_of_an_addon_are_no_change(world: World) -> None:
    made = certified(
        world, world.unit("b5"), 2023, "2023-06-01", ended_on="2023-12-31", state="ended"
    )
    found = boxes_on(world, "officer", made)
    assert [box.split(maxsplit=1)[1] for box in found] == [
        *["認定なし"] * 2,
        *["1人 判定保留(資料不足)"] * 7,
        *["認定なし"] * 3,
    ]


def test_a_month_that_does_not_hold_says_so_in_words(world: World) -> None:
    leave("b5", "2022-08-31")
    found = boxes_on(world, "officer", Application.objects.get(code="a-b5"))
    assert found[4:6] == ["8月 2人 満たす", "9月 2人 満たさない"]


def test_the_backup_addon_has_one_worker_a_month(world: World) -> None:
    found = boxes_on(world, "officer", Application.objects.get(code="a-k"))
    assert found == [f"{month} 1人 満たす" for month in MONTHS]


def test_an_addon_without_a_certified_month_has_no_boxes(world: World) -> None:
    draft = certified(world, world.unit("b5"), 2023, "2023-04-01", state="draft")
    assert boxes_on(world, "officer", draft) == []


def test_the_office_has_one_table_of_all_with_totals(world: World) -> None:
    found = rows_of(office_page(world, "officer", year="2022", export="csv").content)
    assert [(row["施設・生活単位"], row["計"], row["うち満たす"]) for row in found] == [
        ("架空学園 地域の家", "12", "12"),
        ("架空学園 分園の家", "24", "24"),
        ("架空学園", "12", "12"),
        ("合計", "36", "36"),
        ("合計", "12", "12"),
    ]
    assert [found[1][month] for month in MONTHS] == ["2"] * 12
    assert [found[3][month] for month in MONTHS] == [""] * 12
    assert {len(row["基準日"]) for row in found} == {10}


def test_the_workbook_holds_what_the_page_shows(world: World) -> None:
    leave("b5", "2022-08-31")
    answer = office_page(world, "officer", year="2022", export="xlsx")
    sheet = cast("Any", load_workbook(io.BytesIO(answer.content)).active)
    rows = list(sheet.values)
    at = {name: place for place, name in enumerate(rows[0])}
    (b5,) = (row for row in rows if str(row[0]).endswith("分園の家"))
    assert b5[at["9月"]] == 2
    assert (b5[at["計"]], b5[at["うち満たす"]]) == (24, 10)
    assert b5[at["要件を満たさない月"]] == "9月、10月、11月、12月、1月、2月、3月"
    shown = text_of(office_page(world, "officer", year="2022"))
    assert "2人 × 満たさない" in shown
    assert "9月、10月、11月、12月、1月、2月、3月" in shown


def test_the_table_marks_the_month_of_a_change(world: World) -> None:
    change(world)
    page = text_of(office_page(world, "officer", year="2022"))
    assert page.count("1人 ○ 満たす 変更") == 1


def test_a_home_sees_its_own_rows_and_their_totals(world: World) -> None:
    certified(world, world.unit("s4"), 2022, "2022-04-01")
    price(world, "extra_staff_month", 200_000)
    own = rows_of(office_page(world, "home_staff:sister", year="2022", export="csv").content)
    assert [row["施設・生活単位"].split()[0] for row in own] == ["架空姉妹園", "合計"]
    assert own[-1]["計"] == "12"
    every = rows_of(office_page(world, "officer", year="2022", export="csv").content)
    assert [row["計"] for row in every if row["施設・生活単位"] == "合計"] == ["48", "12"]
    page = text_of(office_page(world, "home_staff:sister", year="2022"))
    assert "地域の家" not in page
    assert "金額" not in page


def test_amounts_are_the_months_by_the_authority_s_own_price(world: World) -> None:
    price(world, "extra_staff_month", 200_000)
    page = text_of(office_page(world, "officer", year="2022"))
    assert "架空のextra_staff_month 36 200,000 7,200,000 1/2 3,600,000" in page
    address = reverse("certification:amounts", args=[OURS])
    answer = world.client("officer").get(address, {"year": "2022", "export": "csv"})
    (row,) = rows_of(answer.content)
    assert (row["金額(円)"], row["国の負担額(円)"]) == ("7200000", "3600000")
    assert row["基準日"]


def test_without_a_price_there_is_no_amount(world: World) -> None:
    assert "金額はまだありません" in text_of(office_page(world, "officer", year="2022"))


def test_a_year_without_a_certified_month_says_so(world: World) -> None:
    page = text_of(office_page(world, "officer", year="2019"))
    assert "認定した月のある生活単位と施設はありません" in page


def test_the_pages_of_applications_lead_to_the_table(world: World) -> None:
    address = reverse("certification:months", args=[OURS])
    for role, page, asked in (
        ("officer", reverse("certification:queue", args=[OURS]), ""),
        ("home_staff", reverse("certification:applications", args=[OURS]), ""),
        (
            "home_staff",
            reverse(
                "certification:application", args=[OURS, Application.objects.get(code="a-k").pk]
            ),
            "?year=2022",
        ),
    ):
        assert f'href="{address}{asked}"' in world.client(role).get(page).content.decode()


def test_a_home_s_token_gets_its_own_months_without_amounts(world: World) -> None:
    price(world, "extra_staff_month", 200_000)
    whole = caller(world, "officer").get("{ours}/months/2022").json()
    own = caller(world, "home_staff").get("{ours}/months/2022").json()
    assert own == {**whole, "amounts": []}
    assert [line["amount"] for line in whole["amounts"]] == [7_200_000]
    assert caller(world, "home_staff:sister").get("{ours}/months/2022").json()["units"] == []


def test_the_queries_of_the_table_do_not_grow_with_units(world: World) -> None:
    counts = []
    for first, count in ((0, 2), (2, 12)):
        for number in range(first, first + count):
            unit = world.unit("b5")
            unit.pk, unit.code, unit.name = None, f"x{number}", f"架空の家{number}"
            unit.save()
            certified(world, unit, 2022, "2022-04-01")
        with CaptureQueriesContext(connection) as queries:
            office_page(world, "officer", year="2022")
        counts.append(len(queries))
    assert counts[0] == counts[1]
