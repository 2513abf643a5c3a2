"""What an import refuses: every problem at its cell, all at once, and nothing changed."""

from pathlib import Path

import pytest

from shokibo.web.exchange.models import RunChange
from shokibo.web.register.models import ChangeProposal, Posting
from shokibo.web.store.reading import ledger_of
from tests.builders import Edit, add
from tests.web.imports import Cell, brought, downloaded, edited, planned, problems, sent, workbook
from tests.web.world import World

TEN: tuple[tuple[str, str, dict[str, Cell], tuple[str, str]], ...] = (
    ("staff", "u-1", {"job": "校長"}, ("CELL_UNKNOWN_CODE", "職員!D3")),
    ("staff", "u-2", {"started_on": "春"}, ("CELL_NOT_DATE", "職員!K4")),
    ("staff", "u-3", {"role": None}, ("CELL_BLANK", "職員!H5")),
    ("staff", "u-4", {"unit_id": "nowhere"}, ("ID_UNKNOWN", "職員!C6")),
    ("capacities", "u4", {"capacity": 0}, ("CAPACITY_NOT_POSITIVE", "定員!C3")),
    ("homes", "s", {"authority_code": "990028"}, ("OTHER_AUTHORITY", "施設!E3")),
    ("units", "b5", {"name": "家" * 201}, ("TOO_LONG", "生活単位!C4")),
    ("applications", "a-u4", {"requested_extra": 2}, ("CERTIFIED_AMENDED", "申請認定!G2")),
    ("units", "m6", {"delete": "○"}, ("ID_REMOVED", "定員!A2")),
    (
        "confirmations",
        "人材育成",
        {"expires_on": "2020-03-31"},
        ("CONFIRMATION_DATES_REVERSED", "要件確認!F3"),
    ),
)


def with_ten_mistakes(content: bytes) -> bytes:
    """Write the mistakes into a sound workbook."""
    for table, key, cells, _ in TEN:
        content = edited(content, table, key, **cells)
    return content


def test_ten_mistakes_are_all_named_with_their_cells_and_nothing_changed(world: World) -> None:
    before = ledger_of(world.authority)
    content = with_ten_mistakes(downloaded(world.office("officer")))
    run = brought(world, "officer", content)
    assert run.state == "refused"
    assert {problem for *_, problem in TEN} <= set(problems(run))
    assert not RunChange.objects.exists()
    after = ledger_of(world.authority)
    assert all(before[name].equals(after[name]) for name in before.tables)
    page = world.client("officer").get(f"/990001/exchange/{run.pk}/").content.decode()
    for *_, (_, place) in TEN:
        assert place in page


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        (
            [add("homes", home_id="x", name="他県の園", operator="他", authority_code="990028")],
            ("OTHER_AUTHORITY", "施設!E2"),
        ),
        (
            [add("authorities", authority_code="990028", name="隣県", kind="prefecture")],
            ("OTHER_AUTHORITY", "自治体!A2"),
        ),
        (
            [
                add(
                    "plan",
                    authority_code="",
                    title="計画",
                    baseline_on="1899-01-01",
                    from_year="2022",
                    to_year="2023",
                )
            ],
            ("DAY_WITHOUT_ERA", "計画!C2"),
        ),
        (
            [add("need", fiscal_year="1200", age_band="preschool", children="3")],
            ("YEAR_UNLIKELY", "必要量!B2"),
        ),
        (
            [
                add(
                    "units",
                    unit_id="u4",
                    home_id="h",
                    name="地域の家",
                    kind="community_home",
                    delete="○",
                )
            ],
            ("STILL_NAMED", "生活単位!A2"),
        ),
        (
            [
                add(
                    "authorities",
                    authority_code="990001",
                    name="架空県",
                    kind="prefecture",
                    delete="○",
                )
            ],
            ("AUTHORITY_STAYS", "自治体!F2"),
        ),
        (
            [
                add(
                    "staff",
                    staff_id="q",
                    home_id="s",
                    unit_id="u4",
                    job="other",
                    employment="full_time",
                    role="care",
                    dedicated="1",
                    main_rota="0",
                )
            ],
            ("STAFF_HOME_DIFFERS", "職員!C2"),
        ),
        (
            [
                add(
                    "staff",
                    staff_id="u-1",
                    home_id="h",
                    unit_id="u4",
                    job="other",
                    employment="full_time",
                    role="care",
                    dedicated="1",
                    main_rota="0",
                    started_on="2022-06-01",
                )
            ],
            ("POSTING_OVERLAPS", "職員!A2"),
        ),
    ],
    ids=[
        "a home of another",
        "another authority",
        "before any era",
        "a year of old",
        "still named",
        "itself",
        "unit of another home",
        "overlap with a held row",
    ],
)
def test_an_officer_is_reported_at_the_cell(
    world: World, tmp_path: Path, edits: list[Edit], expected: tuple[str, str]
) -> None:
    run = brought(world, "officer", workbook(tmp_path, *edits))
    assert (run.state, expected in problems(run)) == ("refused", True), problems(run)


def test_a_row_that_names_only_what_is_held_is_taken(world: World, tmp_path: Path) -> None:
    row = add("capacities", unit_id="u4", effective_from="2023-04-01", capacity="5")
    run = brought(world, "officer", workbook(tmp_path, row))
    assert planned(run) == [("capacities", "add", "地域の家 令和5年4月1日")]


def test_a_home_brings_its_staff_and_nothing_of_another_s(world: World, tmp_path: Path) -> None:
    staff = {
        "job": "other",
        "employment": "full_time",
        "role": "care",
        "dedicated": "1",
        "main_rota": "0",
    }
    own = brought(
        world, "home_staff", workbook(tmp_path, add("staff", staff_id="q", home_id="h", **staff))
    )
    assert planned(own) == [("staff", "add", "q 架空学園 直接養育")]
    expected = []
    for home in ("s", "nowhere"):
        run = brought(
            world,
            "home_staff",
            workbook(tmp_path, add("staff", staff_id="q", home_id=home, **staff)),
        )
        expected.append([(c["code"], c["values"]["value"]) for c in run.findings["problems"]])
    assert expected == [[("ID_UNKNOWN", "s")], [("ID_UNKNOWN", "nowhere")]]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (
            add(
                "homes",
                home_id="h",
                name="別の名",
                operator="社会福祉法人架空会",
                authority_code="990001",
            ),
            "NOT_KEPT_BY_YOU",
        ),
        (
            add("confirmations", home_id="h", item="training", confirmed_on="2023-04-01"),
            "NOT_KEPT_BY_YOU",
        ),
        (
            add(
                "actions",
                home_id="h",
                fiscal_year="2023",
                action="open",
                unit_kind="community_home",
                capacity="4",
            ),
            "NOT_KEPT_BY_YOU",
        ),
        (add("need", fiscal_year="2023", age_band="preschool", children="3"), "NOT_KEPT_BY_YOU"),
        (
            add("occupancy", as_of="2022-04-01", population="residents", place="all", children="3"),
            "NOT_KEPT_BY_YOU",
        ),
        (
            add("units", unit_id="u4", home_id="h", name="別の名", kind="community_home"),
            "NO_PROPOSAL_FOR_IT",
        ),
        (
            add(
                "units",
                unit_id="n",
                home_id="h",
                name="新しい家",
                kind="community_home",
                opened_on="2023-04-01",
            ),
            "NO_PROPOSAL_FOR_IT",
        ),
        (
            add(
                "applications",
                application_id="a-u4",
                addon="dispersal",
                home_id="h",
                unit_id="u4",
                fiscal_year="2022",
                start_month="2022-04",
                requested_extra="2",
                applied_on="2022-04-04",
                decision="certified",
                certified_extra="2",
                decided_on="2022-04-20",
            ),
            "CERTIFIED_AMENDED",
        ),
        (
            add(
                "applications",
                application_id="new",
                addon="backup",
                home_id="h",
                fiscal_year="2023",
                start_month="2023-04",
                applied_on="2023-04-04",
                decision="pending",
            ),
            "APPLICATION_BY_PAGES",
        ),
    ],
)
def test_what_a_home_does_not_keep_is_named(
    world: World, tmp_path: Path, edit: Edit, code: str
) -> None:
    run = brought(world, "home_staff", workbook(tmp_path, edit))
    assert (run.state, [c for c, _ in problems(run)]) == ("refused", [code])


def test_a_run_of_somebody_else_is_not_there_for_a_home(world: World) -> None:
    officers = brought(world, "officer", downloaded(world.office("officer")))
    sisters = brought(world, "home_staff:sister", downloaded(world.office("home_staff:sister")))
    for run in (officers, sisters):
        assert world.client("home_staff").get(f"/990001/exchange/{run.pk}/").status_code == 404
        assert world.client("officer").get(f"/990001/exchange/{run.pk}/").status_code == 200


def test_a_certified_month_that_is_touched_is_listed_and_asks_why(world: World) -> None:
    content = edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
    run = brought(world, "officer", content)
    assert [(one["code"], one["months"]) for one in run.touched] == [("a-u4", 12)]
    client = world.client("officer")
    answer = client.post(f"/990001/exchange/{run.pk}/apply/", {"version": run.version})
    assert "理由" in answer.content.decode()
    assert Posting.objects.get(code="u-1").job == "child_instructor"


def test_the_list_of_problems_holds_no_formula(world: World) -> None:
    content = edited(downloaded(world.office("officer")), "staff", "u-1", job="=1+1")
    name = "=cmd|' /C calc'!A0.xlsx"
    sent(world, "officer", content, name)
    run = brought(world, "officer", edited(content, "staff", "u-2", job="校長"))
    answer = world.client("officer").get(f"/990001/exchange/{run.pk}/problems/")
    text = answer.content.decode("utf-8-sig")
    assert "職員!D4" in text
    assert not any(line.startswith(("=", "+", "-", "@")) for line in text.splitlines())


def test_proposals_of_a_home_s_workbook(world: World, tmp_path: Path) -> None:
    run = brought(
        world,
        "home_staff",
        workbook(
            tmp_path,
            add(
                "units",
                unit_id="u4",
                home_id="h",
                name="地域の家",
                kind="community_home",
                closed_on="2023-03-31",
            ),
            add(
                "units",
                unit_id="n",
                home_id="h",
                name="新しい家",
                kind="community_home",
                opened_on="2023-04-01",
            ),
            add("capacities", unit_id="n", effective_from="2023-04-01", capacity="6"),
            add("capacities", unit_id="b5", effective_from="2023-04-01", capacity="4"),
        ),
    )
    assert [(t, k) for t, k, _ in planned(run)] == [
        ("units", "propose"),
        ("units", "propose"),
        ("capacities", "propose"),
    ]
    assert not ChangeProposal.objects.exists()
