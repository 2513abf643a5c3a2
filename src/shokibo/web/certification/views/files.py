"""Evidence: add, hand out, take away."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, note
from shokibo.web.base.download import attachment
from shokibo.web.base.forms import VersionedForm
from shokibo.web.base.uploads import count_upload
from shokibo.web.certification import actions, transitions
from shokibo.web.certification.evidence import Room, checked
from shokibo.web.certification.forms import EvidenceForm
from shokibo.web.certification.models import Application, Evidence
from shokibo.web.certification.views.steps import get_application, to_detail, url_of
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.pages.stepping import attempt, refused

WRITE = Permission.APPLICATION_WRITE


@office_page(WRITE, write=WRITE)
def add(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Add a file to a draft."""
    application = get_application(office, pk, WRITE)
    if application.state != "draft":
        return refused(request, transitions.EDIT, application, url_of(office, pk))
    form = EvidenceForm(
        request.POST or None, request.FILES or None, initial={"version": application.version}
    )

    def act() -> Evidence:
        count_upload(office.person.pk)
        return actions.attach(
            office=office,
            application=application,
            version=form.cleaned_data["version"],
            file=checked(form.cleaned_data["file"]),
        )

    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, transitions.EDIT, act, at="file") is not None:
        messages.success(request, _("根拠資料を付けました。"))
        return to_detail(office, application)
    context = {"application": application, "form": form, "room": Room.of(application)}
    return render(request, "certification/evidence.html", context)


@office_page(Permission.APPLICATION_READ)
def download(request: HttpRequest, office: Office, pk: int, evidence: int) -> HttpResponse:
    """Hand out a file, always to be saved, and log it: evidence may name people."""
    file = _file(office, pk, evidence, Permission.APPLICATION_READ)
    note(Act(office.person, "application.evidence_out"), file.application, {"evidence": file.name})
    return attachment(file.name, bytes(file.content))


@office_page(WRITE, write=WRITE)
def remove(request: HttpRequest, office: Office, pk: int, evidence: int) -> HttpResponse:
    """Take a file from a draft."""
    file = _file(office, pk, evidence, WRITE)
    application = file.application
    if application.state != "draft":
        return refused(request, transitions.EDIT, application, url_of(office, pk))
    saving = Saving(
        title=_("根拠資料を外す"),
        button=_("外す"),
        up=(str(application.code), url_of(office, pk)),
        done=_("根拠資料を外しました。"),
        lead=file.name,
        grave=True,
        template="certification/step.html",
    )
    save = partial(actions.detach, office=office, evidence=file)
    form = VersionedForm(request.POST or None, initial={"version": application.version})
    return save_page(request, saving, save, form, application=application)


def _file(office: Office, pk: int, evidence: int, permission: Permission) -> Evidence:
    rows = Evidence.objects.filter(application__in=office.rows(Application, permission))
    rows = rows.select_related("application__home")
    return get_object_or_404(rows, pk=evidence, application_id=pk)
