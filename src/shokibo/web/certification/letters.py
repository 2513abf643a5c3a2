"""From decided applications to their letters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from shokibo.documents.letters.letter import (
    Added,
    CertificationLetter,
    Decided,
    Decision,
    following_number,
    letter_of,
)
from shokibo.ledger.marks import FICTITIOUS
from shokibo.web.certification.judgement import Judgement, law
from shokibo.web.certification.models import Application, Letter
from shokibo.web.register.models import Authority, Home, Unit


def letters_for(
    authority: Authority,
    rows: Sequence[Application],
    given: Mapping[str, Any],
    issued: Mapping[int, Letter] | None = None,
) -> list[CertificationLetter]:
    """Lay out the letters of decided applications, with the office's additions.

    Those in `issued`, by application, are laid out as issued.
    """
    added = _added(given)
    issued = issued or {}
    # as `ledger.marks.is_fictitious` finds of the authority's whole ledger
    fictitious = FICTITIOUS in authority.name or any(
        model.objects.filter(authority=authority, name__contains=FICTITIOUS).exists()
        for model in (Home, Unit)
    )
    return [
        letter_of(
            _decided(authority, row),
            _added(vars(issued[row.pk]))
            if row.pk in issued
            else replace(added, number=following_number(added.number, place)),
            law(),
            fictitious=fictitious,
        )
        for place, row in enumerate(rows)
    ]


def _added(given: Mapping[str, Any]) -> Added:
    lines = (line.strip() for line in given["conditions"].splitlines())
    return Added(
        number=given.get("number", ""),
        issued_on=given["issued_on"],
        signatory=given["signatory"],
        recipient=given.get("recipient", ""),
        conditions=tuple(filter(None, lines)),
        remark=given["remark"].replace("\r\n", "\n").strip(),
    )


def _decided(authority: Authority, row: Application) -> Decided:
    decision, earlier = decision_of(row), row.replaces
    ends = decision == "ended"
    return Decided(
        decision=decision,
        addon=row.addon,
        authority=authority.name,
        operator=row.home.operator,
        home=row.home.name,
        unit=row.unit.name if row.unit else "",
        unit_kind=row.unit.kind if row.unit else "",
        applied_on=row.applied_on,
        fiscal_year=row.fiscal_year,
        start_month=row.start_month,
        ended_on=row.ended_on,
        requested_extra=row.requested_extra,
        certified_extra=row.certified_extra,
        certified_on=earlier.decided_on if earlier and not ends else row.decided_on,
        earlier_start=earlier.start_month if earlier else None,
        earlier_extra=earlier.certified_extra if earlier else None,
        reason=(row.end_reason if ends else row.reason) or "",
        unmet=(
            Judgement.of_json(row.judgement).unmet(row.requested_extra)
            if decision == "rejected" and row.judgement
            else ()
        ),
    )


def decision_of(row: Application) -> Decision:
    """Return the decision of an application's letter: the last that is its own.

    If another application replaces it, its end is in the letter of that change.
    """
    if row.state == "rejected":
        return "rejected"
    if row.state == "ended" and not row.replaced_by.exists():
        return "ended"
    return "changed" if row.replaces_id else "certified"
