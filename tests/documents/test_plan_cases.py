"""Plans to draw: the example's, and made ones of any size; the figures the source prints."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path

import polars as pl

from shokibo.documents.blocks import PlanDocument, Table, placed
from shokibo.documents.plan.chapters import plan_document
from shokibo.documents.plan.docx import plan_docx
from shokibo.documents.plan.figures import figures
from shokibo.documents.plan.pdf import plan_pdf
from shokibo.documents.plan.texts import load_texts
from shokibo.documents.plan.xlsx import plan_xlsx
from shokibo.law.parameters import national_law
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.reading import read_ledger
from shokibo.planning.plan import Plan
from shokibo.planning.spans import plan_spans

FORMATS = {"docx": plan_docx, "pdf": plan_pdf, "xlsx": plan_xlsx}
SETAGAYA = Path(__file__).parents[2] / "examples" / "setagaya"
FIRST = 2021
INJECTED = '=1+1 #set page {{ *a* <b> & "q" ]]>'


def results_of(ledger: Ledger) -> Plan:
    return Plan(ledger, national_law(), plan_spans(ledger)).with_homes()


def document_of(ledger: Ledger, texts: Path | None = None, *, draft: bool = False) -> PlanDocument:
    results = results_of(ledger)
    return plan_document(results, load_texts(texts, figures(results)), draft=draft)


@cache
def setagaya() -> PlanDocument:
    """Put the example's document together."""
    return document_of(read_ledger(SETAGAYA), SETAGAYA / "texts")


@cache
def content(suffix: str) -> bytes:
    """Return the example's document as a file."""
    return FORMATS[suffix](setagaya())


def rows(columns: str, given: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(given, schema=columns.split(), orient="row", infer_schema_length=None)


def made_tables(homes: int, years: int, name: str) -> dict[str, pl.DataFrame]:
    """Make homes of two main units of 7 places and two group homes of 6, and what they do."""
    last = FIRST + years - 1
    ids = [f"h{number}" for number in range(homes)]
    units = [
        (f"{home}{kind[0]}{number}", home, f"{kind}{number}", kind)
        for home, kind, number in product(ids, _KINDS, range(2))
    ]
    actions: list[tuple[object, ...]] = []
    for number, home in enumerate(ids):
        year = FIRST + number % years
        actions.append((home, year, "change_capacity", f"{home}c0", None, 1, 5))
        actions.append((home, last, "open", None, "community_home", 1 + number % 2, 4))
        actions.append((home, last, "close", f"{home}m0", None, 1, None))
    return {
        "authorities": rows("authority_code name kind", [("131121", f"{name}県", "prefecture")]),
        "homes": rows(
            "home_id name operator authority_code",
            [(home, f"{name}第{home}学園", "社会福祉法人見本会", "131121") for home in ids],
        ),
        "units": rows("unit_id home_id name kind", units),
        "capacities": rows(
            "unit_id effective_from capacity",
            [(unit, dt.date(2020, 4, 1), _KINDS[kind]) for unit, _, _, kind in units],
        ),
        "plan": rows(
            "title baseline_on from_year to_year",
            [(f"{name}県小規模かつ地域分散化計画", dt.date(2021, 9, 30), FIRST, last)],
        ),
        "actions": rows(
            "home_id fiscal_year action unit_id unit_kind count capacity",
            actions,
        ),
    }


_KINDS = {"main_unit": 7, "community_home": 6}


def need_and_costs(years: int, word: str = "") -> dict[str, pl.DataFrame]:
    """Make a need for every year, and costs from the first one."""
    span = range(FIRST, FIRST + years)
    rent, fee, fund = f"家賃等{word}", f"礼金等{word}", f"負担金{word}"
    return {
        "need": rows("fiscal_year age_band children", [(y, "three_and_over", 90) for y in span]),
        "costs": rows(
            "fiscal_year item account timing amount programme revenue_account national_share"
            " eligible_rule",
            [
                (FIRST, fee, "扶助費", "initial", 1_987_000, fund, "国庫負担", "1/2", "full"),
                (FIRST, rent, "扶助費", "annual", 7_062_000, fund, "国庫負担", "1/2", "full"),
            ],
        ),
        "occupancy": rows(
            "as_of population place children individual_care",
            [(dt.date(2021, 9, 1), "placed", "all", 85, 49)],
        ),
    }


@cache
def made(
    homes: int, years: int, *, bare: bool = False, name: str = "見本", draft: bool = False
) -> PlanDocument:
    """Put a made plan's document together; a bare one has no need, no costs, no children."""
    tables = made_tables(homes, years, name)
    if not bare:
        tables |= need_and_costs(years, "" if name == "見本" else name)
    return document_of(ledger_of(tables), draft=draft)


def tables(document: PlanDocument) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def table(document: PlanDocument, caption: str) -> Table:
    """Return the only table whose caption holds a word."""
    (found,) = [each for each in tables(document) if caption in each.caption]
    return found


def squeezed(text: str) -> str:
    """Drop every space and line break of a text."""
    return re.sub(r"\s", "", text)


def grid(drawn: Table) -> list[list[str]]:
    """Return a table's cells as printed, a cell that reaches over several given in each."""
    every = [drawn.head, *drawn.rows]
    filled = [["" for _ in drawn.widths] for _ in every]
    for row, column, cell in placed(every):
        for down in range(cell.down):
            for across in range(cell.across):
                filled[row + down][column + across] = cell.text.replace("\n", "")
    return filled


MAIN, GROUP = "本体施設（ユニット）", "グループホーム"
HOME_ROWS = (
    (MAIN, "6人以上定員"),
    (MAIN, "5～4人定員"),
    (MAIN, "合計定員数"),
    (GROUP, "6人以上定員"),
    (GROUP, "5～4人定員"),
    (GROUP, "合計定員数"),
    ("合計定員数", "合計定員数"),
)
TARGET_ROWS = (
    *HOME_ROWS[:2],
    (MAIN, "定員数"),
    *HOME_ROWS[3:5],
    (GROUP, "か所数"),
    (GROUP, "定員数（※）"),
    HOME_ROWS[-1],
)
GOLDEN = {
    "東京育成園　年度末": (
        HOME_ROWS,
        "5ユニット 5ユニット 5ユニット 3ユニット|— — — —|31人 31人 31人 18人|3か所 — — —"
        "|1か所 6か所 6か所 9か所|22人 24人 24人 36人|53人 55人 55人 54人",
    ),
    "福音寮　年度末": (
        HOME_ROWS,
        "3ユニット 3ユニット 3ユニット 3ユニット|— — — —|21人 21人 18人 18人"
        "|6か所 6か所 5か所 5か所|— — 2か所 2か所|36人 36人 39人 39人|57人 57人 57人 57人",
    ),
    "年次別目標": (
        TARGET_ROWS,
        "8ユニット 8ユニット 8ユニット 6ユニット程度|— — — —|52人 52人 49人程度 36人程度"
        "|9か所 6か所程度 5か所程度 5か所程度|1か所 6か所程度 8か所程度 11か所程度"
        "|10か所 12か所程度 13か所程度 16か所程度"
        "|58人（52.7%） 60人程度（53.6%） 63人程度（56.3%） 77人程度（68.1%）"
        "|110人 112人程度 112人程度 113人程度",
    ),
}


def golden_rows() -> list[tuple[str, tuple[str, ...], list[str]]]:
    """Return the Plan's figures as its tables print them: caption, the row's names, its cells."""
    return [
        (caption, names, cells.split())
        for caption, (named, text) in GOLDEN.items()
        for names, cells in zip(named, text.split("|"), strict=True)
    ]


def golden_budget() -> tuple[tuple[str, str, str], ...]:
    """Read the Plan's costs of 令和4年度 in thousand yen: caption, the row's name, its cell."""
    return (
        ("歳出", "施設借り上げのための礼金、仲介手数料等（初期経費）", "3,974"),
        ("歳出", "グループホーム運営にかかる家賃等（年間経費）", "14,124"),
        ("歳出", "グループホーム開設にかかる備品購入費（初期経費）", "16,000"),
        ("歳出", "歳出合計", "34,098"),
        ("歳入", "児童福祉法による児童入所施設措置費等国庫負担金（負担割合1/2）", "8,239"),
        ("歳入", "児童虐待・DV対策等総合支援事業費国庫補助金（補助率1/2）", "8,000"),
        ("歳入", "歳入合計", "16,239"),
        ("歳入", squeezed("差引　区負担額（一般財源）"), "17,859"),
    )
