"""What the ministry finds in our own file is what its sender saw: over random forms."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from shokibo.ledger.carriers.sheets import filled_sheets
from shokibo.ledger.findings import Finding
from shokibo.returns.filed.reading import forms_in
from shokibo.returns.forms import Form
from tests.returns.filed.invented import filed, findings, invented, workbook

CHANGES = {
    "capacity": st.sampled_from([None, 3, 4, 5, 6, 7]),
    "staff": st.sampled_from([None, "3.9", "4", "4.75"]),
    "dispersal": st.booleans(),
    "backup": st.booleans(),
    "number": st.integers(1, 30),
    "unit_name": st.sampled_from(["第1の家", "第2の家"]),
}


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Return forms whose tables agree, but for a few changes of lines and counts."""
    made = invented(draw(st.integers(0, 10**6)), form=draw(st.sampled_from([1, 2])))
    rows = list(made.rows)
    for _ in range(draw(st.integers(0, 3)) if rows else 0):
        at = draw(st.integers(0, len(rows) - 1))
        name = draw(st.sampled_from(sorted(CHANGES)))
        change: dict[str, Any] = {name: draw(CHANGES[name])}
        rows[at] = structs.replace(rows[at], **change)
    units = dict(made.units)
    for _ in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(sorted(units)))
        units[kind] = structs.replace(units[kind], units=draw(st.integers(0, 30)))
    homes = structs.replace(made.backup, certified=draw(st.integers(0, 9)))
    return replace(made, rows=rows, units=units, backup=homes)


def codes_and_values(found: list[Finding]) -> list[tuple[str, dict[str, Any]]]:
    """Return findings without their places: a cell here, the form's words there."""
    return [(one.code, dict(one.values)) for one in found]


@given(forms())
@settings(max_examples=40, deadline=None)
def test_the_ministry_finds_what_the_sender_saw(form: Form) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(workbook(form))
        sheets = filled_sheets(path)
    assert not isinstance(sheets, Finding)
    (received,) = forms_in(sheets)
    assert codes_and_values(findings(received)) == codes_and_values(findings(filed(form)))
