"""The nation's sum of a form and year: the versions that it is made of, and its open data."""

import io
import zipfile
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shokibo.opendata.nation import nation_files
from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.base.clock import today
from shokibo.web.base.download import attachment
from shokibo.web.base.parameters import asks
from shokibo.web.nation.summing import nation_sum
from shokibo.web.nation.tabs import tabs
from shokibo.web.nation.views.received import READ, FormOfYearQuery, years_back
from shokibo.web.returns.figures import count_tables

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day of every file in the archive, so that the same sum is the same bytes."""


@instance_page(READ, ("GET", "HEAD"))
@asks(FormOfYearQuery)
def sum_page(request: HttpRequest, access: Access, *, asked: FormOfYearQuery) -> HttpResponse:
    """Show the sum and every version that it is made of."""
    number = asked.number
    year = asked.year_of(number)
    found = nation_sum(number, year)
    context: dict[str, Any] = {
        "tabs": tabs("nation_sum"),
        "number": number,
        "year": year,
        "years": years_back(year),
        "versions": found.versions,
    }
    if found.versions:
        context |= count_tables(found.total)
    return render(request, "nation/sum.html", context)


@instance_page(READ, ("GET", "HEAD"))
@asks(FormOfYearQuery)
def package(request: HttpRequest, access: Access, *, asked: FormOfYearQuery) -> HttpResponse:
    """Hand out the sum as a data package: CSV, JSON and their description, in an archive."""
    number = asked.number
    year = asked.year_of(number)
    found, content = nation_sum(number, year), io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        files = nation_files(found.total, found.named, number, year, today())
        for name, written in files.items():
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), written)
    return attachment(f"nation-form{number}-{year}.zip", content.getvalue())
