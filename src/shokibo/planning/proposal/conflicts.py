"""Limits that contradict each other: a minimal set of them, and the ways out.

The limits in force are left out one at a time; one stays out if the others contradict each other
without it. The rest can be kept together once any one of them is dropped. Then, for each, with all
other limits in force, the nearest number that makes a plan possible is found.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shokibo.planning.proposal.answers import ConflictingLimit
from shokibo.planning.proposal.demands import Demands, Instance, instances
from shokibo.planning.proposal.engine import Watch
from shokibo.planning.proposal.levels import is_possible
from shokibo.planning.proposal.limiting import limited_model
from shokibo.planning.proposal.limits import LimitName, Pin
from shokibo.planning.proposal.situation import Situation
from shokibo.texts import Language, Text
from shokibo.wording import fill, year_in_words


@dataclass(frozen=True)
class Search:
    """A search for contradicting limits in a situation."""

    situation: Situation
    demands: Demands
    watch: Watch

    def possible(self, demands: Demands) -> bool:
        """Return whether any plan meets the demands. Raises TimeoutError."""
        return is_possible(limited_model(self.situation, demands), self.watch)

    def contradicting(self) -> tuple[list[LimitName], list[Instance]]:
        """Return a minimal set of limits, and the years, homes or pins of these that matter."""
        kept = self.demands.names()
        for name in list(kept):
            fewer = {other for other in kept if other != name}
            if not self.possible(self.demands.only(fewer)):
                kept.remove(name)
        narrowed, matter = self.demands.only(set(kept)), []
        for name in kept:
            for instance in instances(self.demands, self.situation, name):
                fewer_still = narrowed.leaving(instance)
                if self.possible(fewer_still):
                    matter.append(instance)
                else:
                    narrowed = fewer_still
        return kept, matter

    def nearest(self, limit: LimitName) -> int | None:
        """Return the nearest number of a limit that, with all others in force, allows a plan.

        None if the limit has no number, or no number is enough.
        """
        number = self.demands.numbers.get(limit)
        if number is None or not self.possible(self.demands.without(limit)):
            return None
        sign = -1 if limit == "keep_main" else 1
        most = number if limit == "keep_main" else None

        def enough(steps: int) -> bool:
            return self.possible(self.demands.changed(limit, number + sign * steps))

        return number + sign * _fewest(enough, most)


def _fewest(enough: Callable[[int], bool], most: int | None) -> int:
    """Return the fewest steps, one or more, that are enough; `most` are enough, if given."""
    low, high = 0, 1
    while (most is None or high < most) and not enough(high):
        low, high = high, high * 2
    high = high if most is None else min(high, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def conflict_of(
    situation: Situation,
    demands: Demands,
    watch: Watch,
    names: Mapping[str, str],
    language: Language,
) -> list[ConflictingLimit]:
    """Describe which limits contradict each other, and the ways out. Raises TimeoutError.

    `names` are the homes' by home_id.
    """
    search = Search(situation, demands, watch)
    limits, matter = search.contradicting()
    return [_in_words(search, limit, matter, names, language) for limit in limits]


def _in_words(
    search: Search,
    limit: LimitName,
    matter: Sequence[Instance],
    names: Mapping[str, str],
    language: Language,
) -> ConflictingLimit:
    of = [one for name, one in matter if name == limit]
    number = search.demands.numbers.get(limit)
    suffices = search.nearest(limit)
    enough = suffices is not None or search.possible(search.demands.without(limit))
    of_homes = limit in ("residents", "keep_main")
    values = {
        "number": number,
        "suffices": suffices,
        "more": (suffices or 0) - (number or 0),
        "years": [] if of_homes or limit == "pin" else of,
        "homes": [names[str(home)] for home in of] if of_homes else [],
        "pins": [_pin(search.demands.pins[int(index)], names, language) for index in of]
        if limit == "pin"
        else [],
    }
    says, way = _WORDS[limit]
    message = fill(says, language, values) + fill(way if enough else _NOT_ALONE, language, values)
    return ConflictingLimit(
        limit,
        int(of[0]) if len(of) == 1 and not of_homes and limit != "pin" else None,
        str(of[0]) if len(of) == 1 and of_homes else None,
        number,
        suffices,
        enough,
        message,
    )


_PINNED = {
    "open": Text(
        "新設{count}か所、定員{capacity}人",
        "{count} opened with {capacity} {capacity:place|places}",
    ),
    "change_capacity": Text(
        "{unit}を定員{capacity}人に", "{unit} to {capacity} {capacity:place|places}"
    ),
    "close": Text("{unit}を廃止", "{unit} closed"),
}


def _pin(pin: Pin, names: Mapping[str, str], language: Language) -> str:
    what = _PINNED[pin.action].say(
        language, count=pin.count, capacity=pin.capacity, unit=pin.unit_id
    )
    return f"{names[pin.home_id]} {year_in_words(pin.fiscal_year, language)} {what}"


_NOT_ALONE = Text(
    "これだけを緩めても、ほかの条件が両立せず、計画はできません。",
    " Easing this alone is not enough: other limits contradict each other too.",
)
_WORDS: dict[LimitName, tuple[Text, Text]] = {
    "openings_per_year": (
        Text(
            "グループホームの開設を年{number}か所までとする条件({years:years})。",
            "At most {number} {number:group home|group homes} opened a year ({years:years}).",
        ),
        Text(
            "開設を年{suffices}か所にすると、計画ができます。",
            " With {suffices} a year a plan is possible.",
        ),
    ),
    "budget": (
        Text(
            "自治体の負担を年{number:yen}円までとする条件({years:years})。",
            "At most {number:yen} yen of net cost a year ({years:years}).",
        ),
        Text(
            "年{suffices:yen}円にする({more:yen}円増やす)と、計画ができます。",
            " With {suffices:yen} yen a year ({more:yen} more) a plan is possible.",
        ),
    ),
    "new_staff_per_year": (
        Text(
            "必要な職員の増加を年{number}人までとする条件({years:years})。",
            "At most {number} more staff needed a year ({years:years}).",
        ),
        Text(
            "増加を年{suffices}人までにすると、計画ができます。",
            " With {suffices} a year a plan is possible.",
        ),
    ),
    "shortage": (
        Text(
            "定員が必要量を下回らない条件({years:years})。",
            "No fewer places than are needed ({years:years}).",
        ),
        Text(
            "年{suffices}人までの不足を認めると、計画ができます。",
            " With a shortage of up to {suffices} a year a plan is possible.",
        ),
    ),
    "residents": (
        Text(
            "施設の定員が、暮らしている児童の数を下回らない条件({homes})。",
            "No fewer places in a home than children live in it ({homes}).",
        ),
        Text(
            "児童の数を{suffices}人まで下回ることを認めると、計画ができます。",
            " With up to {suffices} {suffices:place|places} fewer a plan is possible.",
        ),
    ),
    "keep_main": (
        Text(
            "本体施設に定員{number}人以上を残す条件({homes})。",
            "At least {number} {number:place|places} kept in a main building ({homes}).",
        ),
        Text(
            "残す定員を{suffices}人以上にすると、計画ができます。",
            " With {suffices} {suffices:place|places} kept a plan is possible.",
        ),
    ),
    "group_limit": (
        Text(
            "{years:years}末に、グループホームの定員を{number}人までとする条件。",
            "No group home above {number} {number:place|places} at the end of {years:years}.",
        ),
        Text(
            "{suffices}人までにすると、計画ができます。",
            " With up to {suffices} {suffices:place|places} a plan is possible.",
        ),
    ),
    "main_limit": (
        Text(
            "{years:years}末に、本体施設のユニットの定員を{number}人までとする条件。",
            "No main unit above {number} {number:place|places} at the end of {years:years}.",
        ),
        Text(
            "{suffices}人までにすると、計画ができます。",
            " With up to {suffices} {suffices:place|places} a plan is possible.",
        ),
    ),
    "pin": (
        Text("固定した取組({pins})。", "Pinned actions ({pins})."),
        Text("固定を外すと、計画ができます。", " Without them a plan is possible."),
    ),
}
