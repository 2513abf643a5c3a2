"""Plans for the pages' tests, and grids as a browser sends them."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Protocol

from shokibo.ledger.reading import read_ledger
from shokibo.web.accounts.models import Membership
from shokibo.web.audit.recording import Act
from shokibo.web.planning.models import Action, Cost, Need, Plan, Target
from shokibo.web.register.models import Authority, Capacity, Home, Unit
from shokibo.web.store.loading import load
from tests.web.kept import Kept
from tests.web.world import World

EXAMPLE = Path(__file__).parents[2] / "examples" / "setagaya"


_KEPT = Kept()


def load_setagaya(world: World) -> Authority:
    """Load the example, and give everybody of ours of the authority's scope the same role there."""
    _KEPT.put(lambda: _load(world))
    return Authority.objects.get(code="131121")


def _load(world: World) -> None:
    (authority,) = load(Act(None, "register.load"), read_ledger(EXAMPLE))
    for role in ("officer", "approver", "auditor", "officer:second"):
        Membership.objects.create(
            person=world.people[role], role=role.partition(":")[0], authority=authority
        )


class Answer(Protocol):
    """What a client got."""

    @property
    def content(self) -> bytes:
        """The page."""
        ...


class _Fields(HTMLParser):
    """Collects what a browser would send of the page's grid."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self._select = given.get("name", "")
            self.sent.setdefault(self._select, "")
        elif tag == "option" and "selected" in given:
            self.sent[self._select] = given["value"]
        elif tag == "input" and given.get("name") and _is_sent(given):
            self.sent[given["name"]] = given.get("value", "")


def _is_sent(given: dict[str, str]) -> bool:
    return given.get("type") != "checkbox" or "checked" in given


def grid_of(response: Answer) -> dict[str, str]:
    """Return what a browser would send of the grid of a page, as it is now."""
    page = response.content.decode()
    form = page[page.index("grid-form") : page.index("</form>", page.index("grid-form"))]
    found = _Fields()
    found.feed(form)
    found.sent.pop("csrfmiddlewaretoken", None)
    return found.sent


def row_where(sent: dict[str, str], **cells: str) -> int:
    """Return the number of the first row whose cells hold this."""
    numbers = sorted({int(m[1]) for m in (re.match(r"(\d+)-", name) for name in sent) if m})
    for number in numbers:
        if all(sent.get(f"{number}-{name}") == held for name, held in cells.items()):
            return number
    raise LookupError(cells)


def blank_row(sent: dict[str, str]) -> int:
    """Return the number of the first blank row of a grid of actions or costs."""
    return (
        row_where(sent, fiscal_year="", note="")
        if "1-note" in sent
        else row_where(sent, fiscal_year="", item="")
    )


def text_of(response: Answer) -> str:
    """Return a page's text without its marks, its white space made one blank."""
    page = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def figures_of(response: Answer, caption: str) -> dict[str, list[str]]:
    """Return a table by year: each row's cells under `group / head`."""
    page = response.content.decode()
    start = page.index(f"<caption>{caption}</caption>")
    table = page[start : page.index("</table>", start)]
    found: dict[str, list[str]] = {}
    group = ""
    for row in re.findall(r"<tr.*?</tr>", table, flags=re.S):
        head = re.search(r"<th[^>]*>(.*?)</th>", row, flags=re.S)
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, flags=re.S)
        name = head[1].strip() if head else ""
        if 'class="group"' in row:
            group = name
        elif cells:
            found[f"{group} / {name}"] = [cell.replace("<br>", "\n") for cell in cells]
    return found


def make_large_plan(world: World, homes: int, years: int = 10) -> Authority:
    """Give OURS a plan of many homes: six units each, an action of each in every year."""
    authority = world.authority
    Plan.objects.create(
        authority=authority,
        title="架空計画",
        baseline_on="2022-03-31",
        from_year=2022,
        to_year=2021 + years,
        goal_year=2035,
    )
    made = [
        Home(authority=authority, code=f"x{n}", name=f"架空第{n}学園", operator=f"架空法人{n}")
        for n in range(homes)
    ]
    Home.objects.bulk_create(made)
    units = [
        Unit(
            authority=authority,
            home=home,
            code=f"{home.code}-{n}",
            name=f"架空の家{n}",
            kind="main_unit" if n < 4 else "community_home",
        )
        for home in made
        for n in range(6)
    ]
    Unit.objects.bulk_create(units)
    Capacity.objects.bulk_create(
        Capacity(authority=authority, unit=unit, effective_from="2019-04-01", capacity=8)
        for unit in units
    )
    Action.objects.bulk_create(
        Action(
            authority=authority,
            home=home,
            fiscal_year=2022 + n % years,
            action="change_capacity",
            unit_code=f"{home.code}-{n % 6}",
            capacity=7 - n // 6,
            note="架空の備考",
        )
        for home in made
        for n in range(years)
    )
    Target.objects.bulk_create(
        Target(authority=authority, fiscal_year=2022 + n, item="total", value=100, reason="架空")
        for n in range(years)
    )
    Need.objects.bulk_create(
        Need(authority=authority, fiscal_year=2022 + n, age_band=band, children=50)
        for n in range(years)
        for band in ("preschool", "school_age")
    )
    Cost.objects.bulk_create(
        Cost(
            authority=authority,
            fiscal_year=2022 + n,
            item=item,
            account="扶助費",
            timing="annual",
            basis="year",
            amount=1_000_000,
            programme="架空負担金",
            national_share="1/2",
            eligible_rule="full",
            source="架空の見積",
        )
        for n in range(years)
        for item in ("家賃", "備品", "研修")
    )
    return authority
