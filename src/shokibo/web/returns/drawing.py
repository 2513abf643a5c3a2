"""A form drawn from today's register: figures, and the files that would be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from shokibo import calendar
from shokibo.documents.forms.layout import Correction, correction_of, form_sheet
from shokibo.documents.forms.notes import notes_xlsx
from shokibo.documents.forms.pdf import form_pdf
from shokibo.documents.forms.xlsx import form_xlsx
from shokibo.law.parameters import Law, national_law
from shokibo.ledger.findings import Finding, FindingReport
from shokibo.ledger.marks import is_fictitious
from shokibo.ledger.model import Ledger
from shokibo.returns.counted import FormNumber, Period, period_of
from shokibo.returns.differences import differences
from shokibo.returns.filed.checks import figure_findings
from shokibo.returns.filed.figures import as_filed
from shokibo.returns.forms import Form, FormFigures, fill_form
from shokibo.texts import Language
from shokibo.web.base.clock import today
from shokibo.web.register.models import Authority
from shokibo.web.returns.models import Return
from shokibo.web.returns.other_years import OtherYears
from shokibo.web.store.answers import cached
from shokibo.web.store.mapping import models_of
from shokibo.web.store.reading import REGISTER
from shokibo.web.store.rules import Rules


@dataclass(frozen=True)
class Drawn:
    """A form of an authority for a fiscal year, drawn today."""

    authority: Authority
    number: FormNumber
    year: int

    @property
    def period(self) -> Period:
        """The days that the form covers, and its deadline."""
        return period_of(self.number, self.year)

    @cached_property
    def register(self) -> Ledger:
        """The register as a ledger."""
        return Rules(self.authority).register

    @property
    def law(self) -> Law:
        """The law with the authority's own values."""
        return Rules(self.authority).law

    @cached_property
    def form(self) -> Form:
        """The form with its figures and notes."""
        return cached(
            self.authority,
            ("form", self.number, self.year),
            lambda: self._fill(Rules(self.authority)),
            models_of(REGISTER),
            shared=True,
        )

    def _fill(self, rules: Rules) -> Form:
        return fill_form(rules.register, rules.law, self.number, self.year)

    @cached_property
    def figures(self) -> FormFigures:
        """The figures as submitted: those of `shokibo form1`, and the day they were drawn."""
        return self.form.figures(today())

    def notes(self, language: Language) -> list[FindingReport]:
        """Return what the officer has to check; it is not submitted."""
        return [note.report(language) for note in self.form.notes]

    @cached_property
    def questions(self) -> list[Finding]:
        """What the ministry will ask about these figures, found by its own checks."""
        filed = as_filed(self.figures)
        found = figure_findings(filed, national_law(), self.year)
        others = OtherYears(self.number, self.year, [self.authority])
        found += others.findings(self.authority, filed)
        return [one for one in found if one.severity != "info"]

    def files(self, letter: Return) -> dict[str, bytes]:
        """Return the form's workbook and PDF by file name. Raises UnprintableError."""
        sheet = form_sheet(
            self.form,
            self.law,
            number=letter.letter_number or None,
            date=letter.letter_date,
            officer=self.authority.reporting_officer,
            authority=self.authority.name,
            fictitious=is_fictitious(self.register),
            correction=self.correction(letter),
        )
        name = f"form{self.number}-{self.authority.code}-{self.year}"
        return {f"{name}.xlsx": form_xlsx(sheet), f"{name}.pdf": form_pdf(sheet)}

    def notes_file(self, notes: Sequence[FindingReport]) -> bytes:
        """Return notes as a workbook of their own, for the officer alone."""
        label = calendar.fiscal_year_label(self.year)
        return notes_xlsx(
            f"様式{self.number}　{label}　{self.authority.name}",
            self.period.due,
            notes,
            fictitious=is_fictitious(self.register),
        )

    def correction(self, letter: Return) -> Correction | None:
        """Describe what it corrects; blank on the first edition."""
        if letter.previous is None:
            return None
        changed = differences(letter.previous.sent, self.figures)
        return correction_of(letter.edition - 1, letter.remark, [text.ja for text in changed])


def first_year() -> int:
    """Return the first fiscal year of the Notification, before which nothing is reported."""
    return calendar.fiscal_year_of(national_law().in_force_from)


def drawn(authority: Authority, number: int, year: int) -> Drawn:
    """Draw form 1 or 2."""
    return Drawn(authority, cast("FormNumber", number), year)
