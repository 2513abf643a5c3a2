"""The command status."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shokibo.cli.options import DEFAULT, Common, Day, LedgerArgument
from shokibo.cli.printing import print_json, print_table, report_findings, words
from shokibo.texts import Language, Text
from shokibo.wording import code_in_english, day_in_words

if TYPE_CHECKING:
    from shokibo.planning.status import Places, PlacesOfHome, Status


def status(ledger: LedgerArgument, /, *, as_of: Day = None, common: Common = DEFAULT) -> None:
    """Print the places and children of every home open on a day."""
    from shokibo.cli.opening import day_of, open_ledger
    from shokibo.planning.status import status_on

    day = day_of(as_of, common)
    opened, law = open_ledger(ledger, common)
    found = status_on(opened, day)
    if common.format == "json":
        print_json(found)
    else:
        _print(found, common.lang)
    report_findings(opened, law, common.lang)


_UNKNOWN = Text("不明", "unknown")
_LEFT_OUT = Text("(定員の分からない{count}か所を除く)", " (without {count} of unknown capacity)")
_TOGETHER = Text("{count}施設合計", "{count} {count:home|homes} in all")
_HEADERS = (
    Text("区分", "Kind"),
    Text("1か所あたりの定員", "Places each"),
    Text("か所数", "Number"),
    Text("計", "Places"),
)
_CHILDREN_HEADERS = (
    Text("対象", "Population"),
    Text("基準日", "As of"),
    Text("施設", "Home"),
    Text("区分", "Place"),
    Text("入所児童", "Children"),
    Text("個別的ケア", "Individual care"),
    Text("割合(%)", "Share (%)"),
)


def _print(status: "Status", language: Language) -> None:
    from shokibo.ledger.tables import PLACES, POPULATIONS
    from shokibo.planning.status import Places, PlacesOfHome

    together = _TOGETHER.say(language, count=len(status.homes))
    described: list[Places | PlacesOfHome] = [*status.homes, status.all]
    for places in described:
        name = together if isinstance(places, Places) else places.name
        title = Text("{name} 総定員{total}人", "{name}: {total} {total:place|places}")
        left_out = _LEFT_OUT.say(language, count=places.unknown) if places.unknown else ""
        print_table(
            title.say(language, name=name, total=places.total) + left_out,
            words(language, *_HEADERS),
            _rows(places, language),
            numbers=range(1, 4),
        )
    if status.occupancy:
        names = {home.home_id: home.name for home in status.homes}
        print_table(
            Text("入所の状況", "Children").say(language),
            words(language, *_CHILDREN_HEADERS),
            [
                (
                    _named(POPULATIONS, row.population, language),
                    day_in_words(row.as_of, language),
                    names.get(row.home_id or "", row.home_id),
                    _named(PLACES, row.place, language),
                    row.children,
                    row.individual_care,
                    row.share_percent,
                )
                for row in status.occupancy
            ],
            numbers=range(4, 7),
        )


def _named(codes: Mapping[str, str], code: str, language: Language) -> str:
    return codes[code] if language == "ja" else code_in_english(code)


def _rows(places: "Places | PlacesOfHome", language: Language) -> list[tuple[object, ...]]:
    main = Text("本体施設(ユニット)", "Main building").say(language)
    group = Text("グループホーム", "Group homes").say(language)
    rows: list[tuple[object, ...]] = []
    for label, sizes, capacity in (
        (main, places.main_units, places.main_capacity),
        (group, places.group_homes, places.group_home_capacity),
    ):
        for size in sizes:
            each = size.capacity
            shown = _UNKNOWN.say(language) if each is None else each
            rows.append((label, shown, size.units, None if each is None else each * size.units))
        rows.append((label, "", "", capacity))
    return rows
