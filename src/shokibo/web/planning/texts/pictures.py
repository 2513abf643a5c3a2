"""Pictures that the plan's texts show: uploaded, handed out, taken away."""

import re
from functools import partial
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.documents.plan.text_pictures import KINDS, is_drawable
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, add, change, remove
from shokibo.web.base.download import attachment
from shokibo.web.base.forms import VersionedForm
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.uploads import count_upload
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.planning.models import PlanPicture
from shokibo.web.register.models import Authority
from shokibo.web.steps.frozen import digest

READ, WRITE = Permission.PLAN_READ, Permission.PLAN_WRITE
MOST_BYTES, MOST_PICTURES = 2_000_000, 30
_NAME = re.compile(r"[^\s():\[\]]{1,96}\.(?:png|svg)", re.IGNORECASE)


class PictureForm(forms.Form):
    """A picture to add; one of the same name is replaced."""

    file = forms.FileField(
        label=gettext_lazy("図のファイル"), help_text=gettext_lazy("PNG か SVG。2MBまで。")
    )

    def clean_file(self) -> tuple[str, bytes]:
        """Read the file by its name and content. Raises ValidationError."""
        upload = self.cleaned_data["file"]
        name = PurePath(upload.name.replace("\\", "/")).name
        if not _NAME.fullmatch(name):
            raise ValidationError(
                _("ファイル名は、空白、括弧、コロンのない .png か .svg の名にしてください。")
            )
        content = upload.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValidationError(_("2MBを超えています。小さくしてください。"))
        if not is_drawable(content, KINDS[name[-4:].casefold()]):
            raise ValidationError(
                _(
                    "図として読めません。PNGか、スクリプトと外への参照のないSVGにしてください"
                    "(中身を確かめています)。"
                )
            )
        return name, content


@transaction.atomic
def store(*, office: Office, file: tuple[str, bytes]) -> None:
    """Store a picture by its name. Raises PermissionDenied, RefusedError where there are many."""
    if not office.may(WRITE):
        raise PermissionDenied(WRITE)
    name, content = file
    Authority.objects.select_for_update(no_key=True).get(pk=office.authority.pk)
    rows = office.rows(PlanPicture, WRITE)
    values = {"content": content, "sha256": digest(content)}
    if row := rows.filter(name=name).first():
        change(Act(office.person, "plan.change"), row, row.version, values)
        return
    if rows.count() >= MOST_PICTURES:
        raise RefusedError(
            f"図は{MOST_PICTURES}件までです。要らないものを削除してください。",
            f"At most {MOST_PICTURES} pictures; remove one first.",
        )
    row = PlanPicture(authority=office.authority, name=name, **values)
    add(Act(office.person, "plan.add"), row)


@transaction.atomic
def take_away(*, office: Office, row: PlanPicture, version: int) -> None:
    """Remove a picture. Raises PermissionDenied, StaleError."""
    if not office.may(WRITE):
        raise PermissionDenied(WRITE)
    remove(Act(office.person, "plan.remove"), row, version)


@office_page(READ)
def pictures(request: HttpRequest, office: Office) -> HttpResponse:
    """List the pictures with how a text shows each."""
    rows = office.rows(PlanPicture, READ).defer("content")
    context = {"rows": rows, "may_write": office.may(WRITE)}
    return render(request, "planning/text_pictures.html", context)


@office_page(WRITE, write=WRITE)
def picture_add(request: HttpRequest, office: Office) -> HttpResponse:
    """Take a picture."""
    form = PictureForm(request.POST or None, request.FILES or None)

    def save(**given: Any) -> None:
        count_upload(office.person.pk)
        store(office=office, **given)

    saving = Saving(
        title=_("図を加える"),
        lead=_("同じ名前の図があれば、置き換えます。"),
        button=_("加える"),
        up=_up(office),
        done=_("図を加えました。"),
        narrow=True,
    )
    return save_page(request, saving, save, form)


@office_page(READ)
def picture_file(_request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Hand out a picture, always to be saved."""
    row = get_object_or_404(office.rows(PlanPicture, READ), pk=pk)
    return attachment(row.name, bytes(row.content))


@office_page(WRITE, write=WRITE)
def picture_remove(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Ask once more, then take a picture away."""
    row = get_object_or_404(office.rows(PlanPicture, WRITE), pk=pk)
    saving = Saving(
        title=_("図を削除する"),
        lead=_("この図を示す文章は、修正が必要になります。"),
        facts=((_("ファイル名"), row.name),),
        button=_("削除する"),
        up=_up(office),
        done=_("図を削除しました。"),
        grave=True,
        narrow=True,
    )
    form = VersionedForm(request.POST or None, initial={"version": row.version})
    return save_page(request, saving, partial(take_away, office=office, row=row), form)


def _up(office: Office) -> tuple[str, str]:
    return _("文章の図"), reverse("planning:text_pictures", args=[office.authority.code])
