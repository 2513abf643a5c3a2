"""A proposal in sentences: what is done year by year, what binds, what was not considered."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from shokibo.ledger.model import Ledger
from shokibo.planning.initiatives import sentence
from shokibo.planning.leads import CONTRACTED
from shokibo.planning.plan import Plan
from shokibo.planning.proposal.answers import BindingLimit, ProposedAction, ProposedYear
from shokibo.planning.proposal.demands import Demands
from shokibo.planning.proposal.limits import LimitName
from shokibo.planning.proposal.situation import SMALL, Situation
from shokibo.planning.staffing import OTHERS_BLANK, others_blank
from shokibo.texts import Language, Text
from shokibo.wording import fill

_YEAR = Text("{year:year}:{deeds}{end}", "{year:year}: {deeds} {end}")
_HOME = Text("{home}は、{deeds}", "{home}: {deeds}")
_NOTHING = Text("何もしない。", "Nothing is done.")
_ENDS = {
    "enough": Text(
        "年度末の定員は{places}人で、必要量{need}人を満たす。",
        "At the year's end there {places:is|are} {places} {places:place|places} for {need} "
        "{need:child|children}.",
    ),
    "short": Text(
        "年度末の定員は{places}人で、必要量{need}人に{shortage}人足りない。",
        "At the year's end there {places:is|are} {places} {places:place|places} for {need} "
        "{need:child|children}, {shortage} too few.",
    ),
    "unknown": Text(
        "年度末の定員は{places}人(必要量は台帳にない)。",
        "At the year's end there {places:is|are} {places} {places:place|places}; the need is not "
        "known.",
    ),
}


def reasons(plan: Plan, years: Sequence[ProposedYear], language: Language) -> list[str]:
    """Describe year by year what each home does, and what that comes to."""
    return [_year(plan, row, language) for row in years]


def _year(plan: Plan, row: ProposedYear, language: Language) -> str:
    sentences = sentences_of(plan, row.fiscal_year, language)
    which = "unknown" if row.shortage is None else "short" if row.shortage else "enough"
    values = {"places": row.places, "need": row.need, "shortage": row.shortage}
    return fill(
        _YEAR,
        language,
        {
            "year": row.fiscal_year,
            "deeds": ("" if language == "ja" else " ").join(sentences) or _NOTHING.say(language),
            "end": _ENDS[which].say(language, **values),
        },
    )


def sentences_of(plan: Plan, year: int, language: Language) -> list[str]:
    """Describe what is done in a year, a home at a time."""
    done = deeds(plan, year, language)
    return [_HOME.say(language, home=plan.names[home], deeds=words) for home, words in done.items()]


def deeds(plan: Plan, year: int, language: Language) -> dict[str, str]:
    """Describe what the homes do in a year, by home_id, leaving out those that do nothing."""
    found = {
        home: ("" if language == "ja" else " ").join(
            sentence(one, language) for one in plan.initiatives(year, home)
        )
        for home in plan.names
    }
    return {home: words for home, words in found.items() if words}


_DIFFERS = Text(
    "{year:year} {home}:{here}(提案では、{there})",
    "{year:year} {home}: {here} (in the proposal: {there})",
)


def differences(other: Plan, proposed: Plan, years: Sequence[int], language: Language) -> list[str]:
    """Describe what another plan does differently from the proposed one, by year and home."""
    nothing = _NOTHING.say(language)
    found = []
    for year in years:
        here, there = (deeds(plan, year, language) for plan in (other, proposed))
        found += [
            fill(
                _DIFFERS,
                language,
                {
                    "year": year,
                    "home": proposed.names[home],
                    "here": here.get(home, nothing),
                    "there": there.get(home, nothing),
                },
            )
            for home in proposed.names
            if here.get(home) != there.get(home)
        ]
    return found


# What binds


_BINDS: dict[LimitName, Text] = {
    "openings_per_year": Text(
        "{year:year}に、開設の上限(年{number}か所)が効いています。",
        "The limit of {number} {number:opening|openings} a year is reached in {year:year}.",
    ),
    "budget": Text(
        "{year:year}に、費用の上限(年{number:yen}円)が効いています。",
        "The limit of {number:yen} yen net cost a year is reached in {year:year}.",
    ),
    "new_staff_per_year": Text(
        "{year:year}に、職員の増加の上限(年{number}人)が効いています。",
        "The limit of {number} new staff a year is reached in {year:year}.",
    ),
    "shortage": Text(
        "{year:year}末に、必要量を下回らない条件が効いています。",
        "There are only just enough places at the end of {year:year}.",
    ),
    "residents": Text(
        "{year:year}末に、{home}の定員は暮らしている児童の数と同じです。",
        "At the end of {year:year} {home} has only just the places for the children living in it.",
    ),
    "keep_main": Text(
        "{year:year}末に、{home}の本体施設は残すべき定員と同じです。",
        "At the end of {year:year} the main building of {home} has only just the places to keep.",
    ),
    "group_limit": Text(
        "{year:year}末のグループホームを{number}人までとする条件が効いています。",
        "The limit of {number} {number:place|places} in a group home is reached at the end of "
        "{year:year}.",
    ),
    "main_limit": Text(
        "{year:year}末の本体施設のユニットを{number}人までとする条件が効いています。",
        "The limit of {number} {number:place|places} in a main unit is reached at the end of "
        "{year:year}.",
    ),
}


def binding(
    plan: Plan,
    actions: Sequence[ProposedAction],
    years: Sequence[ProposedYear],
    situation: Situation,
    demands: Demands,
    language: Language,
) -> list[BindingLimit]:
    """Return the limits that a plan reaches: one more of anything would break them."""
    found = [
        *_binding_years(actions, years, situation, demands),
        *_binding_homes(plan, situation, demands),
        *_binding_goal(situation, demands),
    ]
    return [
        BindingLimit(
            limit,
            year,
            fill(
                _BINDS[limit],
                language,
                {
                    "year": year,
                    "number": demands.numbers[limit],
                    "home": plan.names.get(home or ""),
                },
            ),
        )
        for limit, year, home in sorted(found, key=lambda one: one[1])
    ]


_Bound = tuple[LimitName, int, str | None]


def _binding_years(
    actions: Sequence[ProposedAction],
    years: Sequence[ProposedYear],
    situation: Situation,
    demands: Demands,
) -> Iterator[_Bound]:
    opened = {year.fiscal_year: 0 for year in years}
    reduced = dict(opened)
    for one in actions:
        if one.action == "open":
            opened[one.fiscal_year] += one.count
        elif one.action == "change_capacity":
            reduced[one.fiscal_year] += 1
    running = 0
    staff = years_before_staff(situation)
    for row in years:
        year = row.fiscal_year
        running += opened[year]
        one_more = situation.prices[year].net(opened[year] + 1, running + 1, reduced[year])
        new_staff = situation.staff(demands.open_kind, SMALL[0], year)
        grown, staff = (row.staff or 0) - staff, row.staff or 0
        reached: dict[LimitName, bool] = {
            "openings_per_year": row.opened
            >= demands.numbers.get("openings_per_year", row.opened + 1),
            "budget": one_more > demands.numbers.get("budget", one_more),
            "new_staff_per_year": grown + new_staff
            > demands.numbers.get("new_staff_per_year", grown + new_staff),
            "shortage": "shortage" in demands.numbers and row.places == row.need,
        }
        yield from ((limit, year, None) for limit, binds in reached.items() if binds)


def years_before_staff(situation: Situation) -> int:
    """Return the staff needed at the end of the year before the first."""
    year = situation.before
    units = sum(situation.staff(one.kind, one.capacity, year) for one in situation.units)
    kept = (
        situation.staff(one.kind, one.capacity, year) * one.count for one in situation.kept[year]
    )
    return units + sum(kept)


def _binding_homes(plan: Plan, situation: Situation, demands: Demands) -> Iterator[_Bound]:
    """Return for each home the first year at whose end it has only just the places it must have."""
    least = demands.numbers.get("keep_main")
    met: set[tuple[LimitName, str]] = set()
    rows = plan.ends.filter(pl.col("fiscal_year").is_in(list(situation.years)))
    for row in rows.sort("fiscal_year", maintain_order=True).iter_rows(named=True):
        home, main = row["home_id"], row["main_capacity"]
        places = main + row["group_capacity"]
        floor = min(least or 0, situation.main_before.get(home, 0))
        reached: dict[LimitName, bool] = {
            "residents": "residents" in demands.numbers and situation.residents.get(home) == places,
            "keep_main": floor > 0 and main == floor < situation.main_before[home],
        }
        for limit, binds in reached.items():
            if binds and (limit, home) not in met:
                met.add((limit, home))
                yield limit, row["fiscal_year"], home


def _binding_goal(situation: Situation, demands: Demands) -> Iterator[_Bound]:
    limits: tuple[tuple[LimitName, bool], ...] = (("group_limit", False), ("main_limit", True))
    for limit, is_main in limits:
        most = demands.numbers.get(limit)
        above = any(
            unit.is_main == is_main and most is not None and unit.capacity > most
            for unit in situation.units
        )
        if above and situation.goal_year is not None:
            yield limit, situation.goal_year, None


# Notes: what was not considered, what ends


_WITHOUT_MAIN = Text(
    "{homes}の本体施設のユニットは、すべてなくなります。残すときは、本体施設に残す定員を"
    "条件に加えてください。",
    "No main unit of {homes} is left. To keep some, set the places to be kept in each main "
    "building as a limit.",
)


def note_of_main(plan: Plan, situation: Situation, language: Language) -> list[str]:
    """Name the homes whose last main unit a plan closes."""
    ends = plan.ends.filter(
        (pl.col("fiscal_year") == situation.last) & (pl.col("main_capacity") == 0)
    )
    closed = {*ends["home_id"]}
    homes = [
        plan.names[home]
        for home, places in situation.main_before.items()
        if places and home in closed
    ]
    return [fill(_WITHOUT_MAIN, language, {"homes": homes})] if homes else []


_NOTES = {
    "unknown": Text(
        "定員の分からない生活単位({units})は、そのままにします。",
        "Units of unknown capacity ({units}) are left as they are.",
    ),
    "residents": Text(
        "暮らしている児童の数が分からない施設({homes})では、定員が児童の数を下回らないことを確かめていません。"
        "「入所状況」に施設ごとの行を加えると確かめます。",
        "The number of children living in {homes} is not known, so it was not checked whether "
        "their places suffice: add their rows to the occupancy.",
    ),
    "staff": OTHERS_BLANK,
    "need": Text(
        "{years:years}の必要量が分からないので、その年度末の不足は数えていません。",
        "The need for {years:years} is not known; no shortage is counted at those year ends.",
    ),
    "prices": Text(
        "{years:years}の経費単価がないので、費用を0円と数えています。",
        "There are no cost rows for {years:years}; costs are counted as 0 yen.",
    ),
    "goal": Text(
        "長期目標年度が提案の年度にないので、その年度の定員の上限は見ていません。",
        "The plan's goal year is not one of these years, so its unit sizes are not checked.",
    ),
}


def notes(
    plan: Plan, situation: Situation, demands: Demands, priced: Sequence[int], language: Language
) -> list[str]:
    """Describe what was not considered, and why."""
    homes = [plan.names[home] for home in situation.homes if home not in situation.residents]
    last = situation.last
    values: Mapping[str, Mapping[str, object]] = {
        "unknown": {"units": list(situation.unknown)},
        "residents": {"homes": homes},
        "staff": {
            "staff": "new_staff_per_year" in demands.numbers
            and others_blank(plan, (situation.before, *situation.years))
        },
        "need": {"years": [year for year in situation.years if year not in situation.need]},
        "prices": {"years": [year for year in situation.years if year not in priced]},
        "goal": {"goal": plan.goal_year is not None and plan.goal_year > last},
    }
    return [fill(_NOTES[name], language, of) for name, of in values.items() if all(of.values())]


_LEADS = Text(
    "費用は1か所あたりの経費単価で計算し、契約した物件の額は見ていません。",
    "Costs are the ledger's costs per home, not those of contracted leads.",
)


def leads_left_aside(ledger: Ledger, language: Language) -> list[str]:
    """Note that contracted leads are not considered, if there are any."""
    contracted = ledger["housing"]["state"].is_in(CONTRACTED).any()
    return [_LEADS.say(language)] if contracted else []
