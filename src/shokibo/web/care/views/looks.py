"""Who looked at a child's records."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.care.access import Relation
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.models import Look
from shokibo.web.audit.words import looked_at
from shokibo.web.base.parameters import asks
from shokibo.web.base.words import as_text
from shokibo.web.care.reach import reach_of
from shokibo.web.care.views.crumbs import to_child
from shokibo.web.pages.listing import Column, Listing, SearchQuery, list_page

LOOKS = Listing(
    "児童の記録を見た人",
    [
        Column("at", gettext_lazy("日時"), look="day", names_row=True),
        Column("actor_name", gettext_lazy("利用者"), look="person"),
        Column("what", gettext_lazy("見たもの"), looked_at),
        Column("relation", gettext_lazy("関係"), lambda one: relation_words(one.relation)),
    ],
    empty=gettext_lazy("閲覧の記録はありません"),
    search=("actor_name", "what"),
)


@office_page(Permission.CHILD_READ)
@asks(SearchQuery)
def looks(request: HttpRequest, office: Office, pk: int, *, asked: SearchQuery) -> HttpResponse:
    """List who looked at a child, the latest first."""
    reach = reach_of(office)
    child = reach.child(pk)
    if not reach.sight(child, "child").write:
        raise Http404
    rows = Look.objects.filter(authority=office.authority, child=child.pk)
    title, up = _("この児童の記録を見た人"), to_child(office, child)
    return list_page(request, asked, LOOKS, rows, title=title, up=up)


def relation_words(code: str | None) -> str:
    """Return somebody's relation to a child in words."""
    known = {one.value for one in Relation}
    return as_text(Relation(code).words) if code in known else "—"
