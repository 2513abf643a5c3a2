"""Invent the children of the Setagaya example: where they were, month by month, for 17 years.

None of them is real. The rates below are made up so that on 31 March 2021 as many children are
in homes as the Plan counts among those whom the ward placed: 77 in children's homes, 8 in infant
homes. Run to write examples/setagaya/episodes.csv again.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from shokibo import calendar
from shokibo.ledger.tables import EPISODES

FILE = Path(__file__).parents[1] / "examples" / "setagaya" / "episodes.csv"
FIRST, RECORD_FROM, LAST = dt.date(1990, 4, 1), dt.date(2006, 4, 1), dt.date(2023, 3, 31)
"""The first day that is lived through, that of the record, and the last day of both."""
SEED = 142
"""The first seed whose children come to the Plan's counts."""
ENTRIES = {"infant_home": 4.5, "children_home": 5.0, "foster": 1.5, "temporary_protection": 10.0}
"""Children who come into care in a year, by where they come to."""
AGES = {
    "infant_home": (0, 18),
    "children_home": (26, 190),
    "foster": (6, 150),
    "temporary_protection": (26, 200),
}
"""Their ages in months, from and to."""
LEAVING = {  # in the first half year, until two years, after that
    "infant_home": (0.16, 0.22, 0.25),
    "children_home": (0.10, 0.12, 0.045),
    "foster": (0.08, 0.07, 0.05),
    "family_home": (0.08, 0.07, 0.05),
}
"""Shares of children who go home in a year, by how long they have been in the place."""
MOVING = {
    "children_home": (("foster", 0.012), ("family_home", 0.006), ("temporary_protection", 0.02)),
    "foster": (("adoption", 0.03), ("temporary_protection", 0.04)),
    "family_home": (("temporary_protection", 0.04),),
}
"""Shares of children who move in a year, by place and where they move to."""
AFTER_INFANT_HOME = (("children_home", 0.55), ("foster", 0.3), ("return_home", 0.15))
AFTER_PROTECTION = (
    ("children_home", 0.5),
    ("return_home", 0.37),
    ("foster", 0.1),
    ("family_home", 0.03),
)
STAYING_ON = 0.2
"""The share of children of 18 and over who stay for another fiscal year."""
HOMES = ("ikuseien", "fukuinryo")
END_REASONS = {"return_home", "independence", "adoption"}


@dataclass(frozen=True)
class Stay:
    """An episode: its columns but those that name the child."""

    place: str
    started_on: dt.date
    ended_on: dt.date | None
    end_reason: str | None
    move_reason: str | None
    home_id: str

    def until(self) -> dt.date:
        """Return the last day on which the record knows of it."""
        return self.ended_on or LAST


@dataclass
class Child:
    """A child in care: its place, since when, and the episodes before."""

    birth: dt.date
    place: str
    since: dt.date
    home: str = ""
    stays: list[Stay] = field(default_factory=list)

    def age(self, month: dt.date) -> int:
        """Return its age in months."""
        return _months(self.birth, month)


def episodes(seed: int = SEED) -> list[dict[str, object]]:
    """Return the rows of the record: all episodes that last into it, by child and day."""
    dice = Random(seed)  # noqa: S311 - not for secrets
    inside: list[Child] = []
    gone: list[Child] = []
    month = FIRST
    while month <= LAST:
        stayed: list[Child] = []
        for child in inside:
            (stayed if _lives_on(dice, child, month) else gone).append(child)
        inside = stayed + list(_entering(dice, month))
        month = _next(month)
    for child in inside:
        _close(child, None, None)
    known = [
        (child.birth, kept)
        for child in sorted(gone + inside, key=lambda one: one.stays[0].started_on)
        if (kept := [stay for stay in child.stays if stay.until() >= RECORD_FROM])
    ]
    return [
        {
            "child_code": f"C-{number:04d}",
            "birth_month": birth,
            **asdict(stay),
            "center_code": "架空",
        }
        for number, (birth, kept) in enumerate(known, 1)
        for stay in kept
    ]


def _entering(dice: Random, month: dt.date) -> Iterator[Child]:
    """Let children come; some years bring more than others."""
    busy = Random(str(calendar.fiscal_year_of(month))).uniform(0.75, 1.25)  # noqa: S311
    for place, in_a_year in ENTRIES.items():
        for _ in range(_poisson(dice, in_a_year / 12 * busy)):
            age = dice.randint(*AGES[place])
            day = month.replace(day=dice.randint(1, 28))
            birth = _before(month, age)
            if birth < day:
                yield Child(birth, place, day, _home(dice, place))


def _lives_on(dice: Random, child: Child, month: dt.date) -> bool:
    """Let a child stay, move or leave in a month; return whether it is still in care."""
    where, reason = _next_place(dice, child, month)
    if not where:
        return True
    day = calendar.month_end(month) if where == "independence" else None
    day = day or month.replace(day=dice.randint(1, 28))
    if where in END_REASONS:
        _close(child, day, where)
        return False
    _close(child, day, "foster" if where in ("foster", "family_home") else "transfer", reason)
    child.place, child.since = where, day + dt.timedelta(days=1)
    child.home = _home(dice, where)
    return True


def _next_place(dice: Random, child: Child, month: dt.date) -> tuple[str, str | None]:
    """Return where a child goes in a month, and why it moves; blank if it stays."""
    age, stayed = child.age(month), _months(child.since.replace(day=1), month)
    where = ""
    if stayed < 1:
        return "", None
    if child.place == "temporary_protection":
        if dice.random() < 0.5 or stayed > 4:
            where = _drawn(dice, AFTER_PROTECTION)
        return where, "planned"
    if child.place == "infant_home" and age >= 24 and (dice.random() < 0.09 or age >= 40):
        return _drawn(dice, AFTER_INFANT_HOME), "planned"
    over_18 = calendar.fiscal_year_of(month) - calendar.fiscal_year_of(_before(child.birth, -216))
    if month.month == 3 and over_18 >= 0:
        stays = dice.random() < STAYING_ON and over_18 < 4
        return ("" if stays else "independence"), None
    return _by_chance(dice, child, stayed)


def _by_chance(dice: Random, child: Child, stayed: int) -> tuple[str, str | None]:
    """Let a child go home or move as so many do in a month."""
    phase = 0 if stayed < 6 else 1 if stayed < 24 else 2
    if dice.random() < LEAVING[child.place][phase] / 12:
        return "return_home", None
    for where, share in MOVING.get(child.place, ()):
        if dice.random() < share / 12:
            return where, "breakdown" if where == "temporary_protection" else "planned"
    return "", None


def _close(
    child: Child, day: dt.date | None, end_reason: str | None, move_reason: str | None = None
) -> None:
    child.stays.append(Stay(child.place, child.since, day, end_reason, move_reason, child.home))


def _home(dice: Random, place: str) -> str:
    return dice.choice(HOMES) if place == "children_home" else ""


def _drawn(dice: Random, shares: tuple[tuple[str, float], ...]) -> str:
    return dice.choices([name for name, _ in shares], [share for _, share in shares])[0]


def _poisson(dice: Random, mean: float) -> int:
    """Return how many of a hundred small chances come true."""
    return sum(dice.random() < mean / 100 for _ in range(100))


def _months(first: dt.date, last: dt.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _before(month: dt.date, months: int) -> dt.date:
    year, number = divmod(month.year * 12 + month.month - 1 - months, 12)
    return dt.date(year, number + 1, 1)


def _next(month: dt.date) -> dt.date:
    return _before(month, -1)


def text_of(rows: list[dict[str, object]]) -> str:
    """Write the rows as the example's file holds them."""
    names = [column.name for column in EPISODES.columns if column.name != "authority_code"]
    lines = [",".join(names)]
    for row in rows:
        cells = {**row, "birth_month": f"{row['birth_month']:%Y-%m}"}
        lines.append(",".join(str(cells.get(name) or "") for name in names))
    return "\ufeff" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(text_of(episodes()), encoding="utf-8")
