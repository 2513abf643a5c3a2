"""Pages of how an authority makes its letters: their numbers, and its own Word template."""

from functools import partial
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.calendar import fiscal_year_of
from shokibo.documents.letters.builtin import builtin_docx
from shokibo.documents.letters.numbering import Numbering
from shokibo.documents.letters.placeholders import PLACEHOLDERS, ROW
from shokibo.documents.letters.problems import TemplateError
from shokibo.documents.letters.template import LetterTemplate
from shokibo.documents.letters.word_package import MOST_BYTES
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.download import attachment
from shokibo.web.base.forms import TextField, VersionedForm
from shokibo.web.base.language import language
from shokibo.web.base.uploads import count_upload
from shokibo.web.base.words import as_text, nendo
from shokibo.web.certification.issuing import next_count, set_letters, settings_of
from shokibo.web.certification.models import LetterSettings
from shokibo.web.pages.saving import Saving, save_page

EXAMINE, DECIDE = Permission.APPLICATION_EXAMINE, Permission.APPLICATION_DECIDE


def _how_to_write_it() -> SafeString:
    code = partial(format_html, '<code lang="ja">{}</code>')
    return format_html(
        _(
            "{number}に年度ごとの通し番号、{year}に年度の数字が入ります。"
            "例:{example}。空欄にすると、番号は通知書ごとに書きます。"
        ),
        number=code("{{ 番号 }}"),
        year=code("{{ 年度 }}"),
        example=code("{{ 年度 }}世児第{{ 番号 }}号"),
    )


class NumberingForm(VersionedForm):
    """How letters are numbered; blank for numbers that are typed with each."""

    row_fields = ("pattern", "first_number")
    pattern = TextField(
        label=gettext_lazy("文書番号の書き方"),
        help_text=lazy(_how_to_write_it, SafeString)(),
        max_length=60,
        required=False,
    )
    first_number = forms.IntegerField(
        label=gettext_lazy("今年度の次の番号"), min_value=1, max_value=999_999, required=False
    )

    def __init__(self, data: Any, settings: LetterSettings) -> None:
        self.year = fiscal_year_of(today())
        self.next = next_count(settings, self.year)
        initial = {"pattern": settings.pattern, "version": settings.version}
        super().__init__(data, initial={**initial, "first_number": self.next})

    def clean_pattern(self) -> str:
        """Require the count in it. Raises ValidationError."""
        pattern = str(self.cleaned_data["pattern"])
        try:
            return Numbering.read(pattern).pattern if pattern else ""
        except TemplateError as error:
            raise ValidationError(error.message(language())) from error

    def clean_first_number(self) -> int | None:
        """Require one that was not given. Raises ValidationError."""
        number: int | None = self.cleaned_data["first_number"]
        if number is not None and number < self.next and number != self.initial["first_number"]:
            raise ValidationError(
                _("%(next)s以上の番号を記入してください。それより前の番号は、もう使いました。")
                % {"next": self.next}
            )
        return number


class TemplateForm(VersionedForm):
    """A Word file to make letters by."""

    file = forms.FileField(
        label=gettext_lazy("ひな形"), help_text=gettext_lazy("Wordの文書(.docx)。5MBまで。")
    )

    def clean_file(self) -> dict[str, Any]:
        """Read the file. Raises ValidationError with all that is wrong in it."""
        upload = self.cleaned_data["file"]
        try:
            content = LetterTemplate.read(upload.read(MOST_BYTES + 1)).content
        except TemplateError as error:
            problems = [problem.message(language()) for problem in error.problems]
            raise ValidationError(problems) from error
        name = PurePath(upload.name.replace("\\", "/")).name[-200:]
        return {"template_name": name, "content": content}


@office_page(EXAMINE, DECIDE)
def letters(request: HttpRequest, office: Office) -> HttpResponse:
    """Show how letters are numbered, by which template they are made, and what that may name."""
    settings, year = settings_of(office.authority), fiscal_year_of(today())
    count = next_count(settings, year)
    context = {
        "settings": settings,
        "next": Numbering(settings.pattern).number(year, count) if settings.pattern else "",
        "year": nendo(year),
        "may_write": office.may(EXAMINE),
        "names": [(one.name, as_text(one.meaning)) for one in PLACEHOLDERS],
        "row_names": [(name, as_text(meaning)) for name, meaning in ROW.items()],
    }
    return render(request, "office/letters.html", context)


@office_page(EXAMINE, write=EXAMINE)
def numbering(request: HttpRequest, office: Office) -> HttpResponse:
    """Set how letters are numbered."""
    form = NumberingForm(request.POST or None, settings_of(office.authority))

    def save(version: int, pattern: str, first_number: int | None) -> None:
        first = {"first_year": form.year if first_number else None, "first_number": first_number}
        set_letters(office=office, version=version, values={"pattern": pattern, **first})

    return save_page(request, _saving(office, _("文書番号の書き方")), save, form)


@office_page(EXAMINE, write=EXAMINE)
def template(request: HttpRequest, office: Office) -> HttpResponse:
    """Take the office's own template."""
    form = TemplateForm(
        request.POST or None,
        request.FILES or None,
        initial={"version": settings_of(office.authority).version},
    )

    def save(version: int, file: dict[str, Any]) -> None:
        count_upload(office.person.pk)
        set_letters(office=office, version=version, values=file)

    return save_page(request, _saving(office, _("自治体のひな形")), save, form)


@office_page(EXAMINE, write=EXAMINE)
def template_remove(request: HttpRequest, office: Office) -> HttpResponse:
    """Ask once more, then go back to the template that is brought."""
    settings = settings_of(office.authority)
    if not settings.template_name:
        raise Http404
    lead = _(
        "登録したひな形「%(name)s」を消し、これから作る通知書を文例で作ります。"
        "発行済みの通知書は変わりません。"
    ) % {"name": settings.template_name}
    saving = _saving(office, _("文例に戻す"), lead=lead, grave=True)
    form = VersionedForm(request.POST or None, initial={"version": settings.version})
    values = {"template_name": "", "content": None}
    return save_page(request, saving, partial(set_letters, office=office, values=values), form)


@office_page(EXAMINE, DECIDE)
def template_file(_request: HttpRequest, office: Office) -> HttpResponse:
    """Hand out the office's own template."""
    settings = settings_of(office.authority)
    if settings.content is None:
        raise Http404
    return attachment(settings.template_name, bytes(settings.content))


@office_page(EXAMINE, DECIDE)
def builtin_file(_request: HttpRequest, _office: Office) -> HttpResponse:
    """Hand out the template that is brought, to start from."""
    return attachment("通知書のひな形.docx", builtin_docx())


def _saving(office: Office, title: str, *, lead: str = "", grave: bool = False) -> Saving:
    up = (_("通知書の設定"), reverse("office:letters", args=[office.authority.code]))
    return Saving(
        title=title,
        lead=lead,
        button=title if grave else _("保存する"),
        done=_("通知書の設定を変更しました。"),
        up=up,
        grave=grave,
        narrow=True,
    )
