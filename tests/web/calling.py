"""Calls of the API by a role of the world, with a token of its own."""

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.test import Client

from shokibo.web.accounts.actions import digest_of
from shokibo.web.accounts.models import Person
from shokibo.web.accounts.roles import ROLES
from shokibo.web.api.models import ApiToken
from shokibo.web.api.scopes import SCOPES
from shokibo.web.base import clock
from shokibo.web.planning.models import Action, CareRate, Cost, Need, Plan, Population, Target
from shokibo.web.register.models import Absence, Authority, Episode, Occupancy, OwnValue
from shokibo.web.returns import actions as returns
from shokibo.web.returns.actions import SUBMIT
from shokibo.web.steps.taking import take
from tests.web import support_rows
from tests.web.kept import Kept
from tests.web.world import LETTER, OURS, World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

ALL_SCOPES = tuple(SCOPES)
PROBLEM = "application/problem+json"
_FILLED = Kept()


@dataclass
class Caller:
    """Who calls with a secret; `language` as Accept-Language."""

    secret: str | None
    language: str = ""
    client: Client = field(default_factory=Client)

    def get(self, path: str, **asked: object) -> "Response":
        """Read."""
        return self.call("GET", path, asked=asked)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> "Response":
        """Send a body of JSON."""
        return self.call(method, path, body, headers=headers)

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        asked: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
    ) -> "Response":
        """Call an address under /api/v1/; `{ours}` in it is the code of OURS."""
        given = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        if self.language:
            given["Accept-Language"] = self.language
        return self.client.generic(
            method,
            "/api/v1/" + path.format(ours=OURS),
            "" if body is None else json.dumps(body),
            content_type="application/json",
            query_params=asked,
            headers={**given, **(headers or {})},
        )


def caller(world: World, role: str, *scopes: str, **given: object) -> Caller:
    """Return a caller in a role, with a token of these scopes; of all where none are given."""
    return Caller(secret_of(world, role, *scopes, **given))


def secret_of(world: World, role: str, *scopes: str, **given: object) -> str:
    """Make a token at the role's own authority, whatever the role may; return its secret."""
    held_over = ROLES[role.partition(":")[0]].scope
    authority = None if held_over in ("nation", "instance") else world.office(role).authority
    return make_token(world.people[role], authority, scopes or ALL_SCOPES, **given)


def make_token(
    person: Person, authority: Authority | None, scopes: tuple[str, ...], **given: object
) -> str:
    """Make a token; return its secret."""
    secret = f"shokibo_{person.pk}_{ApiToken.objects.count()}"
    ApiToken.objects.create(
        person=person,
        authority=authority,
        name="試し",
        prefix=secret[:12],
        digest=digest_of(secret),
        scopes=" ".join(scopes),
        **{
            "membership": person.memberships.filter(authority=authority).earliest("pk"),
            "has_factor": True,
            "expires_at": clock.now() + dt.timedelta(days=90),
            **given,
        },
    )
    return secret


def fill(world: World) -> None:
    """Put a row into every table of OURS that has none, and send a form."""
    _FILLED.put(lambda: _fill(world))


def _fill(world: World) -> None:
    ours = {"authority": world.authority}
    Plan.objects.create(
        title="架空計画", baseline_on="2022-03-31", from_year=2022, to_year=2023, **ours
    )
    Action.objects.create(home=world.home, fiscal_year=2022, action="close", unit_code="m6", **ours)
    Need.objects.create(fiscal_year=2022, age_band="school_age", children=9, **ours)
    Target.objects.create(fiscal_year=2022, item="total", value=20, **ours)
    Cost.objects.create(
        fiscal_year=2022, item="家賃", account="扶助費", timing="annual", amount=1, **ours
    )
    band = {"fiscal_year": 2022, "age_band": "school_age", **ours}
    Population.objects.create(children=60_000, **band)
    CareRate.objects.create(in_care_per_10000="16.5", foster_rate="30", **band)
    Episode.objects.create(
        child_code="C-1",
        birth_month="2012-06-01",
        place="children_home",
        started_on="2020-05-11",
        home=world.home,
        **ours,
    )
    Occupancy.objects.create(
        home=world.home, as_of="2022-04-01", population="residents", place="all", children=3, **ours
    )
    Absence.objects.create(
        home=world.home, code="u-1", started_on="2022-06-01", kind="sick", **ours
    )
    OwnValue.objects.create(
        name="base_staff",
        effective_from="2022-04-01",
        value="3",
        source="架空県要綱",
        **ours,
    )
    for table in support_rows.NEW:
        support_rows.make_row(world, table)
    sent = returns.draft(office=world.office("officer"), form=1, year=2022)
    take(SUBMIT, office=world.office("approver"), row=sent, version=sent.version, values=LETTER)


def code_of(problem: "Response") -> str:
    """Return a problem's code, once it is sure that it is one."""
    assert problem["Content-Type"] == PROBLEM, problem.content
    answer = problem.json()
    assert answer["status"] == problem.status_code
    return str(answer["type"]).rpartition("#problem-")[2]
