"""Query parameters: declared by the page, parsed in one place, or refused.

A page names its `Query` with `asks` and receives it parsed. If a value can't be parsed, or names
nothing that exists, no row is looked up: the response is 400 with the parameters in a form, each
error at its field next to what was typed, to be corrected and sent again.
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
"""The parameter that asks for a page's tables: `xlsx`, or a table's number for CSV."""
_EVERY = gettext_lazy("すべて")


class UnreadableError(Exception):
    """A parameter can't be parsed, or names nothing that exists; the query has the messages."""


def day_field(label: str) -> LedgerField:
    """Make a field for a day in any written form."""
    return LedgerField(Column("day", label, Kind.DATE))


def year_field(label: str = "年度") -> LedgerField:
    """Make a field for a fiscal year in any written form."""
    return LedgerField(Column("year", label, Kind.FISCAL_YEAR))


def words_field(label: Any) -> forms.CharField:
    """Make a field for words to search for."""
    return forms.CharField(label=label, required=False, max_length=MOST_WORDS)


def choice_field(label: Any, codes: Collection[str]) -> forms.ChoiceField:
    """Make a field for one of some codes; a mapping gives their labels too."""
    named = codes.items() if isinstance(codes, dict) else [(code, code) for code in codes]
    return forms.ChoiceField(label=label, required=False, choices=[("", _EVERY), *named])


def row_field(label: Any) -> "forms.ModelChoiceField[Any]":
    """Make a field for a row's key; the query sets the rows to choose from."""
    return forms.ModelChoiceField(None, label=label, required=False, empty_label=_EVERY)


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Reads the keys of several rows."""

    def __init__(self, label: Any) -> None:
        super().__init__(None, label=label, required=False)

    def _check_values(self, value: Any) -> QuerySet[Any]:
        """Check each key against the rows on offer. Raises ValidationError."""
        key = forms.IntegerField(min_value=0, max_value=2**63 - 1)
        return super()._check_values([key.clean(one) for one in value])  # type: ignore[no-any-return, misc]


class AddressField(forms.CharField):
    """Reads the address to go to afterwards, which must be this server's."""

    def validate(self, value: str) -> None:
        """Require an address of this server. Raises ValidationError."""
        super().validate(value)
        is_ours = value.startswith("/") and url_has_allowed_host_and_scheme(value, None)
        if value and not is_ours:
            raise forms.ValidationError(_("このサーバーの中の行き先にしてください。"))


class Query(forms.Form):
    """A page's query parameters. A field's trailing `_` is for Python and not in the address."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET, auto_id="%s")
        self.request: Any = request

    def add_prefix(self, field_name: str) -> str:
        """Return the name that a field has in the address."""
        return field_name.rstrip("_")

    def clean(self) -> dict[str, Any] | None:
        """Refuse a repeated parameter, of which only one value would be read."""
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
        """The values; None or blank for a missing parameter."""
        return self.cleaned_data

    def refuse(self, name: str, words: str) -> NoReturn:
        """Refuse a value that could be parsed. Raises UnreadableError."""
        self.add_error(name, words)
        raise UnreadableError

    def hold(self, name: str, known: Container[Any]) -> Any:
        """Return a value that is blank or known. Raises UnreadableError for any other."""
        value = self.given[name]
        if value not in (None, "") and value not in known:
            self.refuse(name, _("選べるものから選んでください。"))
        return value

    def only_wrong(self) -> "Query":
        """Show the wrong fields only; the others are sent along."""
        for name, field in self.fields.items():
            if name not in self.errors:
                field.widget = field.hidden_widget()
        return self


class PagedQuery(Query):
    """The parameters of a paginated list."""

    page = forms.IntegerField(
        label=gettext_lazy("ページ"), required=False, min_value=1, max_value=MOST_PAGES
    )

    def page_of(self, rows: "Sequence[Any] | QuerySet[Any]", size: int) -> Page[Any]:
        """Return the requested page, by default the first; all rows for a file of tables.

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
    """The parameters of a page with a reference date."""

    as_of = day_field("基準日")

    @property
    def day(self) -> Any:
        """The day that is asked for, otherwise today."""
        return self.given["as_of"] or today()


def query_of(request: HttpRequest, names: Container[str]) -> str:
    """Return the query string with only some of its parameters."""
    query = request.GET.copy()
    for name in [name for name in query if name not in names]:
        del query[name]
    return f"?{query.urlencode()}" if query else ""


def asks(query: type[Query]) -> Callable[[View], View]:
    """Parse a page's parameters, and pass them to it as `asked`."""

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
    """Return which of the page's tables are requested as a file; None for the page itself."""
    return request.GET.get(TABLES)
