"""What one more unit of a limit brings."""

from collections.abc import Mapping

from shokibo.planning.proposal.answers import Gain, ObjectiveName
from shokibo.planning.proposal.limits import LimitName
from shokibo.texts import Language, Text
from shokibo.wording import fill

EASED: dict[LimitName, int] = {
    "openings_per_year": 1,
    "budget": 1_000_000,
    "new_staff_per_year": 1,
    "keep_main": -1,
}
"""How much each limit is eased: by one, or a million yen."""

_LIMITS: dict[LimitName, Text] = {
    "openings_per_year": Text(
        "開設を年{number}か所にすると、", "With {number} {number:opening|openings} a year "
    ),
    "budget": Text("費用の上限を年{number:yen}円にすると、", "With {number:yen} yen a year "),
    "new_staff_per_year": Text(
        "職員の増加を年{number}人までにすると、", "With {number} more staff a year "
    ),
    "keep_main": Text(
        "本体に残す定員を{number}人にすると、",
        "With {number} {number:main place|main places} kept ",
    ),
}
_BETTER: dict[ObjectiveName, Text] = {
    "shortage": Text(
        "定員の不足が延べ{before}人から{after}人になります。",
        "the places lacking fall from {before} to {after}.",
    ),
    "group_homes_over_five": Text(
        "6人以上のグループホームが{before}か所から{after}か所になります。",
        "group homes over five fall from {before} to {after}.",
    ),
    "places_outside_small_group_homes": Text(
        "小さなグループホームの外の定員が{before}人から{after}人になります。",
        "places outside small group homes fall from {before} to {after}.",
    ),
    "net_cost": Text(
        "自治体の負担が{before:yen}円から{after:yen}円になります。",
        "the net cost falls from {before:yen} to {after:yen} yen.",
    ),
    "changes": Text(
        "取組が{before}件から{after}件になります。", "actions fall from {before} to {after}."
    ),
}
_NOTHING = Text("変わりません。", "nothing changes.")


def gain_in_words(
    limit: LimitName,
    number: int,
    before: Mapping[ObjectiveName, int],
    after: Mapping[ObjectiveName, int],
    language: Language,
) -> Gain:
    """Describe which objective is the first to improve, and by how much."""
    better = next((name for name in before if after[name] < before[name]), None)
    start = fill(_LIMITS[limit], language, {"number": number})
    if better is None:
        return Gain(limit, number, None, None, None, start + _NOTHING.say(language))
    values = {"before": before[better], "after": after[better]}
    message = start + fill(_BETTER[better], language, values)
    return Gain(limit, number, better, before[better], after[better], message)
