"""The preview of a page of the plan while somebody types: one request, from form to response.

The example of Setagaya in a new SQLite database; the grid of actions is sent with an unsaved row
through all of Django and its middleware, without a network. The reference is the core's work alone
on the same ledger, which is part of the response: the ratio can't reach 1.
"""

import os
from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks.measure import ROOT, Figures, Result, best, fresh
from shokibo.law.parameters import national_law
from shokibo.ledger.reading import read_ledger
from shokibo.planning.checks import check_plans

if TYPE_CHECKING:
    from django.test import Client

EXAMPLE = ROOT / "examples" / "setagaya"
TIMES = 30
ROW = {
    "home_id": "ikuseien",
    "fiscal_year": "R6",
    "action": "open",
    "unit_kind": "community_home",
    "capacity": "4",
}


def main() -> list[Result]:
    """Measure, print and give the result."""
    with TemporaryDirectory() as folder:
        figures, peak = fresh(one_request, folder)
    result = Result(
        "The plan followed while it is typed: one request on the example, 14 actions",
        figures["seconds"],
        "the core's work alone",
        figures["core"],
        peak,
        "python -m benchmarks preview",
        aim_seconds=0.1,
        notes=(f"the answer has {figures['bytes'] / 1000:.0f} kB",),
    )
    result.show()
    return [result]


def one_request(folder: str) -> Figures:
    """Time the answer to a grid as it is typed, and the core's work in it."""
    client, address, body = _typing(folder)

    def request() -> bytes:
        answer = client.post(address, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200
        return bytes(answer.content)

    return {
        "seconds": best(TIMES, request),
        "core": best(TIMES, _core()),
        "bytes": len(request()),
    }


def _core() -> Callable[[], None]:
    ledger, law = read_ledger(EXAMPLE), national_law()

    def worked() -> None:
        list(check_plans(ledger, law))

    return worked


def _typing(folder: str) -> tuple["Client", str, str]:
    """Set up the example's pages; return an officer's client, the address, and what is typed."""
    os.environ.update(SHOKIBO_VAR=folder, DJANGO_SETTINGS_MODULE="tests.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from shokibo.web.accounts.models import Person
    from shokibo.web.register.models import Authority
    from shokibo.web.running.demo import prepare_demo
    from tests.web.plans import blank_row, grid_of

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    prepare_demo()
    code = Authority.objects.get().code
    client = Client()
    client.force_login(Person.objects.get(email="officer@example.jp"))
    sent = grid_of(client.get(reverse("planning:actions", args=[code])))
    number = blank_row(sent)
    typed = sent | {f"{number}-{name}": value for name, value in ROW.items()}
    return client, reverse("planning:actions_preview", args=[code]), urlencode(typed)
