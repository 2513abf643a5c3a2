"""The figures that an authority's texts can refer to by name, so that none is typed twice."""

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import polars as pl

from shokibo import calendar
from shokibo.ledger.tables import AGE_BANDS, PLACES
from shokibo.planning.plan import Plan
from shokibo.planning.projection import BANDS
from shokibo.planning.status import Places, PlacesOfHome
from shokibo.planning.support.counting import support_counts
from shokibo.planning.support.measures import HEADS, MEASURES, UNITS, Measure
from shokibo.rounding import floor_thousand_yen, percent
from shokibo.texts import Text

Found = Iterator[tuple[str, object]]


@dataclass(frozen=True)
class Known:
    """A name that texts can use: how it is written, and what it stands for.

    A part in square brackets is optional; 年度 stands for a fiscal year in any written form, 施設
    for a home's name.
    """

    written: str
    meaning: Text

    @property
    def name(self) -> str:
        """The name without its parts."""
        return self.written.split(".")[0].split("[")[0]


def _meaning(measure: Measure) -> Text:
    head, unit = HEADS[measure.head], UNITS[measure.unit]
    ja, en = ("千円", "thousand yen") if measure.unit == "yen" else (unit.ja, unit.en)
    return Text(
        f"{head.ja}:{measure.title.ja}({ja})",
        f"{head.en}: {measure.title.en}" + (f", {en}" if en else ""),
    )


KNOWN = (
    Known("自治体名", Text("自治体の名称", "The authority's name")),
    Known(
        "自治体の呼称",
        Text(
            "自治体が自らを呼ぶ語:区、市、県",
            "What it calls itself: the words for ward, city, prefecture",
        ),
    ),
    Known("計画名", Text("計画の名称", "The plan's title")),
    Known("策定", Text("策定した年月", "Month of adoption")),
    Known(
        "計画期間",
        Text(
            "計画の期間(令和3年12月から令和6年度まで。1年度ならその年度)",
            "The plan's period: from and to, or its only fiscal year",
        ),
    ),
    Known("計画期間開始", Text("計画期間の初めの年月", "Month in which the plan begins")),
    Known("計画開始年度", Text("計画の最初の年度", "The plan's first fiscal year")),
    Known("計画終了年度", Text("計画の最後の年度", "The plan's last fiscal year")),
    Known("長期目標年度", Text("長期目標の年度", "The goal year")),
    Known("基準日[.年月日]", Text("計画の基準日(9月末など)", "The plan's baseline date")),
    Known("施設数", Text("基準日の施設の数", "Homes at the baseline")),
    Known("現在定員[.施設]", Text("基準日の定員", "Places at the baseline")),
    Known("現在本体定員[.施設]", Text("基準日の本体施設の定員", "of these in main buildings")),
    Known("現在グループホーム定員[.施設]", Text("基準日のGHの定員", "of these in group homes")),
    Known("入所基準日[.年月日]", Text("在籍数を調べた日", "The day of the count of residents")),
    Known("入所児童数[.区分]", Text("区域内施設の入所児童数", "Children in the homes")),
    Known(
        "措置基準日[.年月日]", Text("措置児童を調べた日", "The day of the count of placed children")
    ),
    Known("措置児童数[.区分]", Text("自治体が措置した児童数", "Children the authority placed")),
    Known("個別的ケア児童数", Text("うち個別的ケアが必要", "of these in need of individual care")),
    Known("個別的ケア割合", Text("その割合(%)", "their share, per cent")),
    Known("定員合計.年度[.施設]", Text("年度末の定員", "Places at the year's end")),
    Known("本体定員.年度[.施設]", Text("年度末の本体施設の定員", "in main buildings")),
    Known("本体ユニット数.年度[.施設]", Text("年度末の本体ユニット数", "Main units")),
    Known("本体6人以上.年度[.施設]", Text("うち定員6人以上", "of six places or more")),
    Known("本体5～4人.年度[.施設]", Text("うち定員5～4人", "of five or four")),
    Known("本体3人以下.年度[.施設]", Text("うち定員3人以下", "of three or fewer")),
    Known("グループホーム定員.年度[.施設]", Text("年度末のGHの定員", "Places in group homes")),
    Known("グループホームか所数.年度[.施設]", Text("年度末のGHの数", "Group homes")),
    Known("グループホーム6人以上.年度[.施設]", Text("うち定員6人以上", "of six places or more")),
    Known("グループホーム5～4人.年度[.施設]", Text("うち定員5～4人", "of five or four")),
    Known("グループホーム3人以下.年度[.施設]", Text("うち定員3人以下", "of three or fewer")),
    Known("グループホーム割合.年度[.施設]", Text("GHの定員の割合(%)", "Their share, per cent")),
    Known("目標合計.年度", Text("定員の目標", "Target: places")),
    Known("目標本体定員.年度", Text("本体施設の定員の目標", "Target: main buildings")),
    Known("目標グループホーム定員.年度", Text("GHの定員の目標", "Target: group homes")),
    Known("目標グループホームか所数.年度", Text("GHの数の目標", "Target: group homes' number")),
    Known("目標グループホーム割合.年度", Text("目標のGHの割合(%)", "Target: their share")),
    Known("目標との差.年度", Text("目標から施設の計画を引いた数", "Target less the homes' plans")),
    Known("必要量.年度[.年齢区分]", Text("必要量。省けば3歳以上", "Need; else of three and over")),
    Known("新設か所数.年度", Text("その年度に新設するGHの数", "Group homes opened in the year")),
    Known("経費合計.年度", Text("歳出の合計(千円)", "Expenditure, thousand yen")),
    Known("歳出.年度.科目", Text("科目ごとの歳出(千円)", "Expenditure of an account")),
    Known("歳入合計.年度", Text("歳入の合計(千円)", "Revenue, thousand yen")),
    Known("国庫負担.年度", Text("科目「国庫負担」の歳入(千円)", "Revenue: contribution")),
    Known("国庫補助.年度", Text("科目「国庫補助」の歳入(千円)", "Revenue: subsidy")),
    Known("差引.年度", Text("歳出から歳入を引いた額(千円)", "Left to the authority")),
    *(Known(f"{one.word}.年度", _meaning(one)) for one in MEASURES),
)


def figures(plan: Plan) -> dict[str, str]:
    """Return every figure that a text can name, leaving out unknown ones."""
    parts = (_of_plan, _of_year_ends, _of_targets, _of_budgets, _of_support)
    found = (pair for part in parts for pair in part(plan))
    return {name: str(value) for name, value in found if value not in (None, "")}


def canonical(name: str) -> str:
    """Normalise a name for comparison."""
    return ".".join(_canonical_part(part) for part in name.split("."))


@lru_cache(maxsize=4096)
def _canonical_part(part: str) -> str:
    plain = unicodedata.normalize("NFKC", part).replace("〜", "~").strip()
    try:
        return str(calendar.parse_fiscal_year(plain.removesuffix("末")))
    except ValueError:
        return plain


def _of_plan(plan: Plan) -> Found:
    """Name the plan's title and period, and the places and children at its baseline."""
    years = plan.years
    goal = plan.goal_year
    yield "自治体名", plan.authority
    yield "自治体の呼称", plan.body
    yield "計画名", plan.title
    yield "策定", plan.adopted
    first, last = (calendar.fiscal_year_label(year) for year in (years[0], years[-1]))
    begins = plan.period_from
    yield "計画期間", last if begins == last else f"{begins}から{last}まで"
    yield "計画期間開始", begins
    yield "計画開始年度", first
    yield "計画終了年度", last
    yield "長期目標年度", goal and calendar.fiscal_year_label(goal)
    yield from _day("基準日", plan.status.as_of)
    yield "施設数", len(plan.status.homes)
    described: dict[str, Places | PlacesOfHome] = {"": plan.status.all}
    described |= {f".{_name(plan, home.home_id)}": home for home in plan.status.homes}
    for suffix, places in described.items():
        yield f"現在定員{suffix}", places.total
        yield f"現在本体定員{suffix}", places.main_capacity
        yield f"現在グループホーム定員{suffix}", places.group_home_capacity
    words = {"residents": ("入所基準日", "入所児童数"), "placed": ("措置基準日", "措置児童数")}
    for row in plan.status.occupancy:
        if row.home_id is not None:
            continue
        day, count = words[row.population]
        yield from _day(day, row.as_of)
        suffix = "" if row.place == "all" else f".{PLACES[row.place]}"
        yield f"{count}{suffix}", row.children
        if row.population == "placed" and row.place == "all":
            yield "個別的ケア児童数", row.individual_care
            yield "個別的ケア割合", row.share_percent


def _day(name: str, day: dt.date) -> Found:
    yield name, calendar.era_day(day)
    yield f"{name}.年月日", calendar.era_date(day)


def _name(plan: Plan, home_id: str) -> str:
    """Return a home's name, or its home_id if another has the same name."""
    names = plan.ledger["homes"].filter(pl.col("home_id") == home_id)["name"]
    same = plan.ledger["homes"].filter(pl.col("name") == names[0]).height
    return str(names[0]) if same == 1 else home_id


_BAND_WORDS = dict(zip(BANDS, ("6人以上", "5～4人", "3人以下"), strict=True))


def _of_year_ends(plan: Plan) -> Found:
    names = {home: f".{_name(plan, home)}" for home in plan.homes["home_id"]}
    ends = [(row, "") for row in plan.all.iter_rows(named=True)]
    ends += [(row, names[row["home_id"]]) for row in plan.ends.iter_rows(named=True)]
    for row, suffix in ends:
        end = f".{calendar.fiscal_year_label(row['fiscal_year'])}末{suffix}"
        total = row["main_capacity"] + row["group_capacity"]
        yield f"定員合計{end}", total
        yield f"本体定員{end}", row["main_capacity"]
        yield f"本体ユニット数{end}", row["main_count"]
        yield f"グループホーム定員{end}", row["group_capacity"]
        yield f"グループホームか所数{end}", row["group_count"]
        yield f"グループホーム割合{end}", percent(row["group_capacity"], total)
        for (part, word), (band, size) in product(
            (("main", "本体"), ("group", "グループホーム")), _BAND_WORDS.items()
        ):
            yield f"{word}{size}{end}", row[f"{part}_{band}"]


def _of_targets(plan: Plan) -> Found:
    words = {
        "total": "目標合計",
        "main_capacity": "目標本体定員",
        "group_capacity": "目標グループホーム定員",
        "group_count": "目標グループホームか所数",
    }
    for year in plan.years:
        end = f".{calendar.fiscal_year_label(year)}末"
        targets = plan.targets_of(year)
        for item, word in words.items():
            yield f"{word}{end}", getattr(targets, item).value
        yield f"目標グループホーム割合{end}", targets.share_percent
    totals = plan.targets.filter(pl.col("item") == "total")
    for row in totals.iter_rows(named=True):
        end = f".{calendar.fiscal_year_label(row['fiscal_year'])}末"
        yield f"目標との差{end}", row["value"] - row["homes"]
    for year, children in plan.need.items():
        yield f"必要量.{calendar.fiscal_year_label(year)}", children
    for row in plan.ledger["need"].iter_rows(named=True):
        label = calendar.fiscal_year_label(row["fiscal_year"])
        yield f"必要量.{label}.{AGE_BANDS[row['age_band']]}", row["children"]


def _of_budgets(plan: Plan) -> Found:
    for budget in plan.budgets:
        year = calendar.fiscal_year_label(budget.fiscal_year)
        yield f"新設か所数.{year}", budget.opened
        amounts: dict[str, int] = {}
        for line in budget.expenditure:
            name = f"歳出.{year}.{line.account}"
            amounts[name] = amounts.get(name, 0) + line.amount
        for paid in budget.revenue:
            name = f"{paid.account or '歳入'}.{year}"
            amounts[name] = amounts.get(name, 0) + paid.amount
        amounts[f"経費合計.{year}"] = budget.expenditure_total
        amounts[f"歳入合計.{year}"] = budget.revenue_total
        amounts[f"差引.{year}"] = budget.net
        for name, yen in amounts.items():
            yield name, f"{floor_thousand_yen(yen):,}"


def _of_support(plan: Plan) -> Found:
    """Name the recorded support in the plan's years; counts without records are 0."""
    summed = (
        support_counts(plan.ledger, plan, plan.years[-1])
        .group_by("measure", "fiscal_year")
        .agg(pl.col("value").sum())
    )
    values = {(measure, year): value for measure, year, value in summed.iter_rows()}
    for year, measure in product(plan.years, MEASURES):
        value = values.get((measure.name, year), 0 if measure.is_counted else None)
        if value is not None and measure.unit == "yen":
            value = floor_thousand_yen(value)
        label = calendar.fiscal_year_label(year)
        yield f"{measure.word}.{label}", None if value is None else f"{value:,}"
