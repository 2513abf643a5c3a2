"""Plans for the pages' tests, and grids as a browser sends them."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from shokibo.ledger.reading import read_ledger
from shokibo.web.accounts.models import Membership, Person
from shokibo.web.audit.recording import Act
from shokibo.web.bridge.loading import load
from shokibo.web.register.models import Authority
from tests.web.world import World

EXAMPLE = Path(__file__).parents[2] / "examples" / "setagaya"


def load_setagaya(world: World) -> Authority:
    """Load the example, and give everybody of ours of the authority's scope the same role there."""
    (authority,) = load(Act(None, "register.load"), read_ledger(EXAMPLE))
    for role in ("officer", "approver", "auditor", "officer:second"):
        Membership.objects.create(
            person=world.people[role], role=role.partition(":")[0], authority=authority
        )
    return authority


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
        elif tag == "input" and given.get("name"):
            if given.get("type") != "checkbox" or "checked" in given:
                self.sent[given["name"]] = given.get("value", "")


def grid_of(response: HttpResponse) -> dict[str, str]:
    """Give what a browser would send of the grid of a page, as it stands."""
    page = response.content.decode()
    form = page[page.index("data-follows") : page.index("</form>", page.index("data-follows"))]
    found = _Fields()
    found.feed(form)
    found.sent.pop("csrfmiddlewaretoken", None)
    return found.sent


def row_where(sent: dict[str, str], **cells: str) -> int:
    """Give the number of the first row whose cells hold this."""
    numbers = sorted({int(m[1]) for m in (re.match(r"(\d+)-", name) for name in sent) if m})
    for number in numbers:
        if all(sent.get(f"{number}-{name}") == held for name, held in cells.items()):
            return number
    raise LookupError(cells)


def blank_row(sent: dict[str, str]) -> int:
    """Give the number of the first blank row of a grid of actions or costs."""
    return (
        row_where(sent, fiscal_year="", note="")
        if "1-note" in sent
        else row_where(sent, fiscal_year="", item="")
    )


def people_of(authority: Authority) -> list[Person]:
    """Give the people of an authority."""
    return list(Person.objects.filter(memberships__authority=authority))


def text_of(response: Any) -> str:
    """Give a page's text without its marks, its white space made one blank."""
    page = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
