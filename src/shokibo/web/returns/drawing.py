"""A form drawn from the register as it stands: figures, and the files that would be sent."""

import hashlib
import json
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from shokibo import calendar
from shokibo.law.parameters import national_law
from shokibo.ledger.marks import is_fictitious
from shokibo.ledger.model import Ledger
from shokibo.returns.counted import FormNumber, Period, period_of
from shokibo.returns.forms import Form, as_json, fill_form
from shokibo.web.bridge.mapping import models_of
from shokibo.web.bridge.reading import REGISTER
from shokibo.web.bridge.rules import Rules
from shokibo.web.kept_answers import kept
from shokibo.web.look.clock import today
from shokibo.web.look.language import language
from shokibo.web.register.models import Authority
from shokibo.web.returns.models import Return


@dataclass(frozen=True)
class Drawn:
    """A form of an authority for a fiscal year, drawn today."""

    authority: Authority
    number: FormNumber
    year: int

    @property
    def period(self) -> Period:
        """The days the form looks at, and its deadline."""
        return period_of(self.number, self.year)

    @cached_property
    def _ledger(self) -> Ledger:
        return Rules(self.authority).register

    @cached_property
    def form(self) -> Form:
        """The form with its figures and notes."""
        return kept(
            self.authority,
            ("form", self.number, self.year),
            lambda: fill_form(
                Rules(self.authority).register, national_law(), self.number, self.year
            ),
            models_of(REGISTER),
            shared=True,
        )

    @cached_property
    def figures(self) -> dict[str, Any]:
        """The figures as they are kept: those of `shokibo form1`, and the day they were drawn."""
        return {**as_json(self.form, "ja"), "drawn_on": today().isoformat()}

    @property
    def notes(self) -> list[dict[str, Any]]:
        """What has to be looked at, in the language of the page; what is kept is in Japanese."""
        return [note.as_json(language()) for note in self.form.notes]

    def files(self, letter: Return | None = None) -> dict[str, bytes]:
        """Give the workbook and the PDF by file name. Raises MissingCharacterError."""
        from shokibo.documents.form_layout import form_sheet
        from shokibo.documents.form_pdf import write_form_pdf
        from shokibo.documents.form_xlsx import write_form_xlsx

        sheet = form_sheet(
            self.form,
            national_law(),
            number=letter.letter_number or None if letter else None,
            date=letter.letter_date if letter else None,
            officer=self.authority.reporting_officer,
            authority=self.authority.name,
            fictitious=is_fictitious(self._ledger),
        )
        name = f"form{self.number}-{self.authority.code}-{self.year}"
        with tempfile.TemporaryDirectory() as folder:
            workbook, pdf = Path(folder, f"{name}.xlsx"), Path(folder, f"{name}.pdf")
            write_form_xlsx(sheet, workbook)
            write_form_pdf(sheet, pdf)
            return {path.name: path.read_bytes() for path in (workbook, pdf)}


def first_year() -> int:
    """Give the first fiscal year of the Notification: before it there is nothing to report."""
    return calendar.fiscal_year_of(national_law().texts[0].effective_from)


def drawn(authority: Authority, number: int, year: int) -> Drawn:
    """Draw form 1 or 2."""
    return Drawn(authority, cast("FormNumber", number), year)


def digest(content: bytes) -> str:
    """Give a content's SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def canonical(figures: dict[str, Any]) -> bytes:
    """Write figures in the one form from which their digest is taken."""
    return json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
