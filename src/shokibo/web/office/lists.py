"""The lists of the page 自治体の値."""

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.words import as_text, colon, wareki
from shokibo.web.office import proposals
from shokibo.web.office.items import in_words, label_of
from shokibo.web.office.models import SettingProposal
from shokibo.web.pages.listing import Column, Listing, acts, lines, link, links, note
from shokibo.web.pages.templatetags.pages import badge
from shokibo.web.register.models import OwnValue
from shokibo.web.steps.taking import possible

_PAGES = {
    proposals.ACCEPT: "accept",
    proposals.DECLINE: "decline",
    proposals.WITHDRAW: "withdraw",
}
_LOOKS = {"pending": "pending", "accepted": "met", "declined": "not_met", "withdrawn": "withdrawn"}


def _url(office: Office, page: str, *at: object) -> str:
    return reverse(f"office:{page}", args=[office.authority.code, *at])


def own_values(office: Office) -> Listing:
    """Declare the list of the authority's own values."""

    def pages(row: OwnValue) -> SafeString:
        about = label_of(row.name)
        return links(
            link(_url(office, page, row.pk), words, about)
            for page, words in (("correct", _("修正")), ("remove", _("削除")))
        )

    columns = [
        Column("name", gettext_lazy("項目"), lambda row: label_of(row.name), names_row=True),
        Column("value", gettext_lazy("値"), lambda row: in_words(row.name, row.value)),
        Column("effective_from", gettext_lazy("適用開始日"), look="day"),
        Column("effective_to", gettext_lazy("適用終了日"), look="day"),
        Column("source", gettext_lazy("根拠")),
    ]
    if office.may(Permission.SETTING_PROPOSE):
        columns.append(acts(pages))
    return Listing(
        "自治体の値",
        columns,
        empty=gettext_lazy("自治体が定めた値はありません"),
        hint=gettext_lazy("判定は、下の表の値によります。"),
    )


def settable(office: Office) -> Listing:
    """Declare the list of all that an authority may set, with what the law has today."""
    day = today()
    columns = [
        Column("label", gettext_lazy("項目"), names_row=True),
        Column("", gettext_lazy("自治体が定めないときの値"), cell=lambda one: one.law_value(day)),
        Column("", gettext_lazy("根拠"), cell=lambda one: one.law_source(day), look="article"),
        Column("expected", gettext_lazy("書き方")),
    ]
    if office.may(Permission.SETTING_PROPOSE):
        columns.append(
            acts(lambda one: link(_url(office, "set", one.name), _("値を定める"), one.label))
        )
    return Listing("自治体が定められる値", columns, empty="")


def proposed(office: Office) -> Listing:
    """Declare a list of proposals, with the steps that the person may take."""

    def pages(row: SettingProposal) -> SafeString:
        steps = possible(_PAGES, office, row)
        return links(
            link(_url(office, _PAGES[one], row.pk), as_text(one.name), row) for one in steps
        )

    return Listing(
        "自治体の値の起案",
        [
            Column("", gettext_lazy("起案"), cell=str, names_row=True),
            Column("", gettext_lazy("内容"), cell=_content),
            Column("reason", gettext_lazy("理由")),
            Column("", gettext_lazy("起案した人"), cell=_by),
            Column("", gettext_lazy("状態"), cell=_state),
            acts(pages),
        ],
        empty=gettext_lazy("起案はありません"),
    )


def _by(row: SettingProposal) -> SafeString:
    return lines(row.proposed_by, note(wareki(row.proposed_at)))


def _content(row: SettingProposal) -> SafeString:
    """Write what is asked for, without what holds now."""
    return lines(*(f"{colon(label)}{value}" for label, value in proposals.asked_of(row)))


def _state(row: SettingProposal) -> SafeString:
    shown = badge(_LOOKS[row.state], row.get_state_display())
    if row.decided_at is None:
        return shown
    return lines(shown, note(wareki(row.decided_at), row.decided_by, row.comment))
