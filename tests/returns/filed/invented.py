"""Invented forms: consistent ones of any size, as they would be drawn and sent."""

import datetime as dt
import random
from collections.abc import Sequence

from shokibo.documents.forms.layout import form_sheet
from shokibo.documents.forms.xlsx import form_xlsx
from shokibo.law.parameters import national_law
from shokibo.ledger.findings import Finding
from shokibo.returns.counted import FormNumber, period_of
from shokibo.returns.filed.checks import figure_findings
from shokibo.returns.filed.figures import FiledForm, as_filed
from shokibo.returns.forms import BackupCounts, Form, FormFigures, FormRow, KindCounts

SIZES = (4, 5, 6)
YEAR = 2022


def invented(
    seed: int, *, units: int | None = None, form: FormNumber = 1, year: int = YEAR
) -> Form:
    """Return a form whose tables agree; the same seed gives the same form."""
    chance = random.Random(seed)
    count = chance.randint(1, 24) if units is None else units
    made = [
        (
            chance.choice(("community_home", "branch_group_care")),
            chance.choice(SIZES),
            chance.random() < 0.9,
            chance.random() < 0.8,
        )
        for _ in range(count)
    ]
    homes = [f"架空第{number}学園" for number in range(1, count // 3 + 2)]
    with_backup = {home for home in homes if chance.random() < 0.6}
    placed = [chance.choice(homes) for _ in made]
    certified = [applied and granted for _, _, applied, granted in made]
    lines = [
        FormRow(
            0,
            f"第{number}の家",
            capacity,
            granted,
            chance.choice([str(capacity), f"{capacity}.5"]),
            home,
            home in with_backup,
        )
        for number, ((_, capacity, _, _), granted, home) in enumerate(
            zip(made, certified, placed, strict=True), start=1
        )
        if granted or home in with_backup
    ]
    rows = [
        FormRow(number, *(getattr(row, name) for name in row.__struct_fields__[1:]))
        for number, row in enumerate(lines, start=1)
    ]
    return Form(
        period_of(form, year),
        {
            kind: KindCounts(
                *_counts(
                    [
                        (capacity, applied, granted)
                        for (of, capacity, applied, _), granted in zip(made, certified, strict=True)
                        if kind in (of, "total")
                    ]
                )
            )
            for kind in ("community_home", "branch_group_care", "total")
        },
        BackupCounts(
            len(homes),
            len(set(placed)),
            len(with_backup & set(placed)),
            len(with_backup & set(placed)),
        ),
        rows,
        (),
    )


def _counts(units: Sequence[tuple[int, bool, bool]]) -> tuple[int, dict[str, int], dict[str, int]]:
    return (
        len(units),
        _split([capacity for capacity, applied, _ in units if applied]),
        _split([capacity for capacity, _, granted in units if granted]),
    )


def _split(capacities: Sequence[int]) -> dict[str, int]:
    return {"total": len(capacities), **{str(size): capacities.count(size) for size in SIZES}}


def figures(form: Form) -> FormFigures:
    """Return the figures of a form as they are sent."""
    return form.figures(dt.date(2022, 5, 1))


def workbook(form: Form, authority: str | None = "架空市") -> bytes:
    """Return a form as the workbook that we send."""
    sheet = form_sheet(
        form,
        national_law(),
        number=None,
        date=None,
        officer=None,
        authority=authority,
        fictitious=False,
    )
    return form_xlsx(sheet)


def filed(form: Form) -> FiledForm:
    """Return a form as its sender sees it."""
    return as_filed(figures(form))


def findings(form: FiledForm, year: int = YEAR) -> list[Finding]:
    """Return what is odd on a form by the national law."""
    return figure_findings(form, national_law(), year)
