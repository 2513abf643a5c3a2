"""Files made of an authority's present rows: its check, plan document, open data."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor

import msgspec

from shokibo.checking import check
from shokibo.documents.drawing.printable import UnprintableError
from shokibo.ledger.findings import Findings
from shokibo.planning.plan import plan_of
from shokibo.web.base.refusal import RefusedError
from shokibo.web.opendata.drafting import drafted
from shokibo.web.planning.contents import FORMATS, Contents, plan_ledger
from shokibo.web.register.models import Authority
from shokibo.web.store.rules import own_law

Make = Callable[[Authority, Executor], Mapping[str, bytes]]
"""Makes an authority's files, by name; parts that take long are left to the executor."""


def _check(authority: Authority, _executor: Executor) -> Mapping[str, bytes]:
    """Check the rows that a plan is based on, as `shokibo check --format json` does."""
    ledger = plan_ledger(authority)
    law = own_law(ledger)
    found = check(ledger, law, plan_of(ledger, law))
    reports = Findings([one.report("ja") for one in found])
    return {f"check-{authority.code}.json": msgspec.json.format(msgspec.json.encode(reports))}


def _document(authority: Authority, executor: Executor) -> Mapping[str, bytes]:
    """Draw the plan's document in every format; missing texts are left open."""
    contents = Contents.of_draft(authority)
    if blockers := contents.blockers():
        raise RefusedError(
            "".join(one.ja for one in blockers), " ".join(one.en for one in blockers)
        )
    try:
        drawn = list(executor.map(lambda kind: contents.file(kind, draft=True), FORMATS))
    except UnprintableError as error:
        raise RefusedError(error.message("ja"), error.message("en")) from error
    names = [f"plan-{authority.code}.{kind}" for kind in FORMATS]
    return dict(zip(names, drawn, strict=True))


def _open_data(authority: Authority, _executor: Executor) -> Mapping[str, bytes]:
    """Write every table that could be published today, and the package's description."""
    return drafted(authority).files


MAKES: dict[str, Make] = {"check": _check, "document": _document, "open_data": _open_data}
"""How the files of each kind of `models.FILED` are made."""
PARTS = {"check": 1, "document": len(FORMATS), "open_data": 1}
"""How many parts each kind has, for the progress."""
