"""Letters of decisions: what the office adds, then one PDF or Word files."""

import zipfile
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.documents.letters.letter import CertificationLetter, file_name
from shokibo.documents.letters.pdf import letters_pdf
from shokibo.documents.letters.template import LetterTemplate, letter_docx
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, note
from shokibo.web.base.download import attachment
from shokibo.web.base.parameters import asks, choice_field
from shokibo.web.certification.forms import LetterForm
from shokibo.web.certification.issuing import issue, issued_letters, settings_of, template_of
from shokibo.web.certification.letters import letters_for
from shokibo.web.certification.models import Application
from shokibo.web.certification.views.asking import at
from shokibo.web.certification.views.many import ChosenQuery
from shokibo.web.pages.saving import saved

EXAMINE, DECIDE = Permission.APPLICATION_EXAMINE, Permission.APPLICATION_DECIDE
DECIDED = ("certified", "ended", "rejected")


class FileQuery(ChosenQuery):
    """The rows whose letters are made, and as what; `LetterForm` reads the rest."""

    format = choice_field(gettext_lazy("形式"), {"pdf": "PDF", "docx": "Word"})


@office_page(EXAMINE, DECIDE, write=EXAMINE)
@asks(ChosenQuery)
def letters(request: HttpRequest, office: Office, *, asked: ChosenQuery) -> HttpResponse:
    """Ask for what the office adds to the letters of the chosen decisions; POST issues them."""
    chosen = asked.rows
    rows = [row for row in chosen if row.state in DECIDED]
    if not rows:
        messages.error(request, _("認定、終了又は不認定の行を選んでください。"))
        return redirect(_queue(request, office))
    form = _form(office, rows, request.POST or None)
    save = partial(issue, office=office, rows=rows)
    if request.method == "POST" and form.is_valid() and saved(form, save):
        messages.success(request, _("通知書を発行しました。"))
        return redirect(request.get_full_path())
    left = [row for row in chosen if row.state not in DECIDED]
    return _asked(request, office, rows, form, left)


@office_page(EXAMINE, DECIDE)
@asks(FileQuery)
def letters_file(request: HttpRequest, office: Office, *, asked: FileQuery) -> HttpResponse:
    """Hand out the letters; that they were made is logged."""
    rows = [row for row in asked.rows if row.state in DECIDED]
    if not rows:
        raise Http404
    form, issued = _form(office, rows, request.GET), issued_letters(rows)
    if "version" in form.fields and len(issued) < len(rows):
        messages.error(request, _("発行していない通知書があります。先に発行してください。"))
        return _asked(request, office, rows, _form(office, rows))
    if not form.is_valid():
        return _asked(request, office, rows, form)

    def make(**given: Any) -> HttpResponse:
        made = letters_for(office.authority, rows, given, issued)
        return _file(rows, made, asked.given["format"], template_of(office.authority))

    response = saved(form, make)
    if not isinstance(response, HttpResponse):
        return _asked(request, office, rows, form)
    with transaction.atomic():
        for row in rows:
            note(Act(office.person, "application.letter"), row)
    return response


def _form(office: Office, rows: list[Application], data: Any = None) -> LetterForm:
    """Return the form of the letters; that of one which was issued has what stands in it."""
    numbered = bool(settings_of(office.authority).pattern)
    initial: dict[str, Any] = {}
    if len(rows) == 1 and (letter := issued_letters(rows).get(rows[0].pk)):
        initial = {name: getattr(letter, name) for name in ("version", *LetterForm.row_fields)}
    return LetterForm(data, single=len(rows) == 1, numbered=numbered, initial=initial)


def _queue(request: HttpRequest, office: Office) -> str:
    """Return the address of the list from which rows were chosen."""
    return reverse("certification:queue", args=[office.authority.code]) + at(request)


def _asked(
    request: HttpRequest,
    office: Office,
    rows: list[Application],
    form: LetterForm,
    left: Sequence[Application] = (),
) -> HttpResponse:
    issued = issued_letters(rows)
    context = {
        "rows": [(row, issued.get(row.pk)) for row in rows],
        "left": [row.code for row in left],
        "form": form,
        "up": (_("審査と認定"), _queue(request, office)),
        "numbered": "version" in form.fields,
        "ready": len(issued) == len(rows),
        "may_issue": office.may(EXAMINE),
        "own_template": settings_of(office.authority).template_name,
    }
    return render(request, "certification/letters.html", context)


def _file(
    rows: list[Application],
    made: list[CertificationLetter],
    kind: str,
    template: LetterTemplate | None,
) -> HttpResponse:
    if kind != "docx":
        name = rows[0].code if len(rows) == 1 else _("まとめて")
        return attachment(f"通知書_{name}.pdf", letters_pdf(made))
    if len(rows) == 1:
        return attachment(file_name(rows[0].code), letter_docx(made[0], template))
    package = BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as packed:
        for row, letter in zip(rows, made, strict=True):
            packed.writestr(file_name(row.code), letter_docx(letter, template))
    return attachment("通知書.zip", package.getvalue())
