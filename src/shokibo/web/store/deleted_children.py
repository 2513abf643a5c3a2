"""Episodes of children whose records were deleted: no ledger brings them back."""

from collections.abc import Iterable, Iterator
from typing import Any

from shokibo.ledger.findings import Finding, reading_entry
from shokibo.texts import Text
from shokibo.web.base.refusal import RefusedError
from shokibo.web.register.forgetting import deleted_on

CHILD_DELETED = reading_entry(
    "CHILD_DELETED",
    Text(
        "児童「{value}」の記録は、{day:day}に削除されています。養育の経過を登録し直せません。",
        "The records of {value} were deleted on {day:day}; its episodes can't be entered again.",
    ),
    Text(
        "この児童の行を消してください。別の児童であれば、使われたことのないコードにしてください。",
        "Delete this child's rows. If it is another child, give it a code that was never used.",
    ),
)


def deleted_children(
    authority_code: str, rows: Iterable[tuple[dict[str, Any], str]]
) -> Iterator[Finding]:
    """Return those of an authority's episodes, each with its place, whose child was deleted."""
    given = list(rows)
    deleted = deleted_on(authority_code, {row["child_code"] for row, _place in given})
    for row, place in given:
        code = row["child_code"]
        if code in deleted:
            values = {"value": code, "day": deleted[code].isoformat()}
            yield Finding(CHILD_DELETED, "episodes", place, values)


def refuse_deleted_child(authority_code: str, child_code: str) -> None:
    """Refuse an episode of a child whose records were deleted. Raises RefusedError."""
    for finding in deleted_children(authority_code, [({"child_code": child_code}, "")]):
        raise RefusedError(finding.message("ja"), finding.message("en"))
