"""What an address asks for besides its path: declared by the page, read in one way, or refused.

A page names its `Query` with `asks` and gets it read. Where a value can't be read, or names
nothing that is there, no row is looked up: the answer is 400 with the parameters in a form, what
is wrong at each field and what was typed, to be corrected and sent again.
"""

from collections.abc import Callable, Collection, Container, Sequence
from functools import wraps
from typing import Any, NoReturn

from django import forms
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.ledger.columns import Column, Kind
from shokibo.web.base.clock import today
from shokibo.web.base.forms import LedgerField

View = Callable[..., HttpResponseBase]
MOST_WORDS = 200
MOST_PAGES = 10**6
TABLES = "tables"
"""With this an address asks for the tables of its page: `xlsx`, or one's number, as CSV."""
_EVERY = gettext_lazy("すべて")


class UnreadableError(Exception):
    """A parameter can't be read, or names nothing that is there; the query has the words."""


def day_field(label: str) -> LedgerField:
    """Read a day in any written form."""
    return LedgerField(Column("day", label, Kind.DATE))


def year_field(label: str = "年度") -> LedgerField:
    """Read a fiscal year in any written form."""
    return LedgerField(Column("year", label, Kind.FISCAL_YEAR))


def words_field(label: Any) -> forms.CharField:
    """Read words to search for."""
    return forms.CharField(label=label, required=False, max_length=MOST_WORDS)


def choice_field(label: Any, codes: Collection[str]) -> forms.ChoiceField:
    """Read one of some codes; a mapping of codes gives their labels too."""
    named = codes.items() if isinstance(codes, dict) else [(code, code) for code in codes]
    return forms.ChoiceField(label=label, required=False, choices=[("", _EVERY), *named])


def row_field(label: Any) -> "forms.ModelChoiceField[Any]":
    """Read the key of a row; the query sets which rows there are."""
    return forms.ModelChoiceField(None, label=label, required=False, empty_label=_EVERY)


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Reads the keys of several rows."""

    def __init__(self, label: Any) -> None:
        super().__init__(None, label=label, required=False)

    def _check_values(self, value: Any) -> QuerySet[Any]:
        """Hold each key to the rows there are. Raises ValidationError."""
        key = forms.IntegerField(min_value=0, max_value=2**63 - 1)
        return super()._check_values([key.clean(one) for one in value])  # type: ignore[no-any-return, misc]


class AddressField(forms.CharField):
    """Reads where to go afterwards: an address of this server, never another's."""

    def validate(self, value: str) -> None:
        """Hold it to this server. Raises ValidationError."""
        super().validate(value)
        is_ours = value.startswith("/") and url_has_allowed_host_and_scheme(value, None)
        if value and not is_ours:
            raise forms.ValidationError(_("このサーバーの中の行き先にしてください。"))


class Query(forms.Form):
    """The parameters of an address. A field's last `_` is Python's, and not in the address."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET, auto_id="%s")
        self.request: Any = request

    def add_prefix(self, field_name: str) -> str:
        """Return the name that a field has in the address."""
        return field_name.rstrip("_")

    def clean(self) -> dict[str, Any] | None:
        """Refuse a parameter that is given twice, of which only one would be read."""
        for name, field in self.fields.items():
            is_one = not isinstance(field, forms.MultipleChoiceField | RowsField)
            if is_one and len(self.request.GET.getlist(self.add_prefix(name))) > 1:
                self.add_error(name, _("同じ指定が二つ以上あります。一つにしてください。"))
        return super().clean()

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Set the rows that a field may name."""
        field: Any = self.fields[name]
        field.queryset = rows

    @property
    def given(self) -> dict[str, Any]:
        """The values: None or blank for a parameter that is not there."""
        return self.cleaned_data

    def refuse(self, name: str, words: str) -> NoReturn:
        """Refuse a value that was read. Raises UnreadableError."""
        self.add_error(name, words)
        raise UnreadableError

    def hold(self, name: str, known: Container[Any]) -> Any:
        """Return a value that is blank or one of those known. Raises UnreadableError."""
        value = self.given[name]
        if value not in (None, "") and value not in known:
            self.refuse(name, _("選べるものから選んでください。"))
        return value

    def only_wrong(self) -> "Query":
        """Show the fields that are wrong; the others go along."""
        for name, field in self.fields.items():
            if name not in self.errors:
                field.widget = field.hidden_widget()
        return self


class PagedQuery(Query):
    """The parameters of a list in pages."""

    page = forms.IntegerField(
        label=gettext_lazy("ページ"), required=False, min_value=1, max_value=MOST_PAGES
    )

    def page_of(self, rows: "Sequence[Any] | QuerySet[Any]", size: int) -> Page[Any]:
        """Return the page that is asked for, the first at first; all rows for a file of tables.

        Raises UnreadableError.
        """
        if TABLES in self.request.GET:
            size = max(len(rows), 1)
        pages: Paginator[Any] = Paginator(rows, size)
        try:
            return pages.page(self.given["page"] or 1)
        except EmptyPage:
            last = {"last": pages.num_pages}
            self.refuse("page", _("1から%(last)sまでのページがあります。") % last)


class DayQuery(PagedQuery):
    """The parameters of a page that speaks of a day."""

    as_of = day_field("基準日")

    @property
    def day(self) -> Any:
        """The day that is asked for, otherwise today."""
        return self.given["as_of"] or today()


def query_of(request: HttpRequest, names: Container[str]) -> str:
    """Return the query of an address with the parameters of some names only."""
    query = request.GET.copy()
    for name in [name for name in query if name not in names]:
        del query[name]
    return f"?{query.urlencode()}" if query else ""


def asks(query: type[Query]) -> Callable[[View], View]:
    """Read a page's parameters, and hand them to it as `asked`."""

    def reading(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = query(request)
            try:
                if asked.is_valid():
                    return view(request, *args, asked=asked, **kwargs)
            except UnreadableError:
                pass
            context = {"form": asked.only_wrong()}
            return render(request, "pages/unreadable.html", context, status=400)

        page.query = query  # type: ignore[attr-defined]
        return page

    return reading


def wanted_tables(request: HttpRequest) -> str | None:
    """Return which tables of a page its address asks for as a file; None where for the page."""
    return request.GET.get(TABLES)
