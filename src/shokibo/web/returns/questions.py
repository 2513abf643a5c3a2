"""The office's page of the ministry's questions: what is asked, and the answers."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.words import wareki
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.pages.stepping import barred, stating
from shokibo.web.receipts import steps
from shokibo.web.receipts.models import Question
from shokibo.web.returns.forms import AnswerForm

_READ, _WRITE = Permission.RETURN_READ, Permission.RETURN_DRAFT


@office_page(_READ)
def questions(request: HttpRequest, office: Office) -> HttpResponse:
    """List the questions, those without an answer first."""
    rows = office.rows(Question, _READ).select_related("answered_by").exclude(state="withdrawn")
    context = {
        "questions": rows.order_by("-state", "-pk"),
        "may_answer": office.may(_WRITE),
    }
    return render(request, "returns/questions.html", context)


@office_page(_WRITE, write=_WRITE)
def answer(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Answer a question."""
    found = get_object_or_404(office.rows(Question, _WRITE), pk=pk)
    up = (_("国からの照会"), reverse("returns:questions", args=[office.authority.code]))
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    saving = Saving(
        title=_("%(what)sに回答する") % {"what": found},
        button=_("回答する"),
        done=_("回答しました。"),
        up=up,
        facts=(
            (_("照会の内容"), found.text),
            (_("照会日時"), wareki(found.asked_at)),
            *([(_("回答"), found.answer)] if found.answer else []),
        ),
        barred=barred(steps.ANSWER, found),
    )
    act = stating(form, steps.ANSWER, partial(steps.answer, office=office, row=found))
    return save_page(request, saving, act, form)
