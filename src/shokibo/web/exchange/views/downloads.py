"""Downloads of the ledger."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop

from shokibo.ledger.model import Ledger
from shokibo.ledger.workbook import tables_for
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, note
from shokibo.web.base.clock import today
from shokibo.web.base.download import attachment
from shokibo.web.exchange import files
from shokibo.web.exchange.reach import Reach
from shokibo.web.register.models import Home

_EXPORT = Permission.LEDGER_EXPORT


@office_page(_EXPORT)
def ledger(request: HttpRequest, office: Office, kind: str) -> HttpResponse:
    """Export everything a person may, as a workbook or zipped CSV files."""
    if kind not in ("xlsx", "csv"):
        raise Http404
    reach = Reach(office, _EXPORT)
    part = files.part(reach)
    if kind == "csv":
        return _handed(office, part, f"{_name(office)}_CSV.zip", files.csv_zip(part))
    content = files.workbook(part, files.sheets_of(reach))
    return _handed(office, part, f"{_name(office)}.xlsx", content)


@office_page(_EXPORT)
def of_home(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Export a home's workbook, filled in with what it keeps."""
    home = get_object_or_404(office.rows(Home, Permission.REGISTER_READ), pk=pk)
    part = files.part(Reach(office, _EXPORT), home)
    content = files.workbook(part, tables_for("home"))
    return _handed(office, part, f"{_name(office)}_{home.name}.xlsx", content, home)


@office_page(_EXPORT)
def template(request: HttpRequest, office: Office) -> HttpResponse:
    """Download an empty workbook."""
    return attachment("台帳_空.xlsx", files.workbook(None, files.sheets_of(Reach(office, _EXPORT))))


@office_page(_EXPORT)
def form1_template(request: HttpRequest, office: Office) -> HttpResponse:
    """Download an empty workbook with the sheets that form 1 needs."""
    return attachment("台帳_空_様式1.xlsx", files.workbook(None, tables_for("form1")))


def _name(office: Office) -> str:
    return f"台帳_{office.authority.name}_{today():%Y%m%d}"


def _handed(
    office: Office, part: Ledger, name: str, content: bytes, home: Home | None = None
) -> HttpResponse:
    """Log the export, and the look at rows of staff."""
    rows = {table: frame.height for table, frame in part.tables.items() if frame.height}
    note(
        Act(office.person, "export.ledger"),
        home or office.authority,
        {"file": name, "rows": rows},
    )
    for what, table in (
        (gettext_noop("台帳の書出し"), "staff"),
        (gettext_noop("台帳の書出し(児童)"), "episodes"),
    ):
        if table in rows:
            office.looked(what, rows[table], home)
    return attachment(name, content)
