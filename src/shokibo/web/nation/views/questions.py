"""The ministry's questions to authorities: asked, answered, open."""

from collections.abc import Sequence
from functools import partial
from itertools import accumulate

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import VersionedForm
from shokibo.web.base.language import language
from shokibo.web.base.parameters import asks, choice_field
from shokibo.web.base.words import nendo, short_nendo, wareki
from shokibo.web.nation.asked import asked_about
from shokibo.web.nation.forms import MOST_OF_A_QUESTION, AskForm
from shokibo.web.nation.tabs import tabs
from shokibo.web.nation.views.received import READ
from shokibo.web.pages.listing import Column, Listing, SearchQuery, acts, link, list_page
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.pages.stepping import barred, stating
from shokibo.web.pages.templatetags.pages import badge
from shokibo.web.receipts import steps
from shokibo.web.receipts.models import QUESTION_STATES, DeliveredFile, Question
from shokibo.web.register.models import Authority
from shokibo.web.returns.versions import latest_of

_ROOM = 100
"""Left for the line that says how many findings are left out."""
LOOKS = {"open": "warning", "answered": "met", "withdrawn": "none"}


def _acts(row: Question) -> SafeString | str:
    if row.state != "open":
        return ""
    words = _("照会を取り下げる")
    return link(reverse("nation_withdraw_question", args=[row.pk]), words, row.authority.name)


QUESTIONS = Listing(
    "照会",
    [
        Column("authority__name", gettext_lazy("自治体"), names_row=True),
        Column("form", gettext_lazy("様式"), lambda row: row.get_form_display()),
        Column("fiscal_year", gettext_lazy("年度"), cell=lambda row: short_nendo(row.fiscal_year)),
        Column(
            "state",
            gettext_lazy("状態"),
            lambda row: row.get_state_display(),
            lambda row: badge(LOOKS[row.state], row.get_state_display()),
        ),
        Column("text", gettext_lazy("照会の内容")),
        Column("asked_at", gettext_lazy("照会日時"), look="day"),
        Column("answer", gettext_lazy("回答")),
        Column("answered_at", gettext_lazy("回答日時"), look="day"),
        acts(_acts),
    ],
    empty=gettext_lazy("照会はありません"),
    search=("authority__name", "text", "answer"),
)


class QuestionsQuery(SearchQuery):
    """Questions by state."""

    state = choice_field(gettext_lazy("状態"), dict(QUESTION_STATES))


@instance_page(READ, ("GET", "HEAD"))
@asks(QuestionsQuery)
def questions(request: HttpRequest, access: Access, *, asked: QuestionsQuery) -> HttpResponse:
    """List the questions, the latest first."""
    rows = Question.objects.select_related("authority", "asked_by", "answered_by")
    if state := asked.given["state"]:
        rows = rows.filter(state=state)
    template, found = "nation/questions.html", tabs("nation_questions")
    return list_page(request, asked, QUESTIONS, rows, template, tabs=found)


@instance_page(Permission.RETURN_RECEIVE)
def ask(
    request: HttpRequest, access: Access, authority: str, number: int, year: int
) -> HttpResponse:
    """Ask an authority about its form; the findings of a file that came stand in the question."""
    owner = get_object_or_404(Authority, code=authority)
    version = latest_of(owner, number, year) if number in (1, 2) else None
    if version is None:
        raise Http404
    asked = asked_about([version.row]) if isinstance(version.row, DeliveredFile) else {}
    form = AskForm(request.POST or None, initial={"text": _text(asked.get(version.row.pk, []))})
    saving = Saving(
        title=_("%(authority)sの様式%(number)s(%(year)s)について照会する")
        % {"authority": owner, "number": number, "year": nendo(year)},
        button=_("照会する"),
        done=_("照会しました。"),
        up=(_("提出された報告"), f"{reverse('nation')}?form={number}&year={year}"),
        lead=_(
            "自治体の「国への報告」に出ます。このシステムを使わない自治体には、書き写して送ってください。"
        ),
    )
    act = partial(steps.ask, office=access.over(owner), form=number, year=year)
    return save_page(request, saving, act, form)


def _text(findings: Sequence[dict[str, str]]) -> str:
    """Write findings as a question's text, and how many are left out if it would be too long."""
    written = [f"{one['place']}:{one[language()]}" for one in findings]
    lengths = accumulate(len(one) + 1 for one in written)
    fitting = sum(length <= MOST_OF_A_QUESTION - _ROOM for length in lengths)
    left = len(written) - fitting
    more = [_("ほか%(count)s件") % {"count": left}] if left else []
    return "\n".join([*written[:fitting], *more])


@instance_page(Permission.RETURN_RECEIVE)
def withdraw(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Withdraw a question that has no answer."""
    found = get_object_or_404(Question.objects.select_related("authority", "asked_by"), pk=pk)
    form = VersionedForm(request.POST or None, initial={"version": found.version})
    saving = Saving(
        title=_("照会を取り下げますか"),
        button=_("取り下げる"),
        done=_("照会を取り下げました。"),
        up=(_("照会"), reverse("nation_questions")),
        facts=(
            (_("自治体"), str(found.authority)),
            (_("照会の内容"), found.text),
            (_("照会日時"), wareki(found.asked_at)),
        ),
        grave=True,
        narrow=True,
        barred=barred(steps.WITHDRAW, found),
    )
    withdrawn = partial(steps.withdraw, office=access.over(found.authority), row=found)
    act = stating(form, steps.WITHDRAW, withdrawn)
    return save_page(request, saving, act, form)
