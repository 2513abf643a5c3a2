"""Rows that a caller adds, changes and removes: by the register's own form and actions."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError
from django.db.models import Model, ProtectedError
from django.forms import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shokibo.ledger.columns import Table
from shokibo.web.api.caller import TokenOffice
from shokibo.web.api.problems import FieldError, ProblemError
from shokibo.web.api.reading import row_of
from shokibo.web.api.schemas.ledger import added_columns, changed_columns
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import ConsequencesError, RefusedError
from shokibo.web.homes import actions
from shokibo.web.homes.forms import RowForm
from shokibo.web.homes.owners import owners_of, place
from shokibo.web.pages import constraints
from shokibo.web.register.models import Home, Unit
from shokibo.web.store.mapping import MAPPED, Mapped

_ETAG = re.compile(r'(?:W/)?"?([0-9]{1,10})"?')


def add(office: TokenOffice, table: Table, given: dict[str, Any]) -> int:
    """Enter a new row; return its id. Raises ProblemError."""
    mapped = _writable(office, table)
    row: Any = mapped.model(authority=office.authority)
    owners = owners_of(mapped)
    for column, model in owners.items():
        if given[column] is not None:
            # an owner out of scope is as none
            found = office.rows(model, mapped.write).filter(code=given[column]).order_by("pk")
            place(row, column, found.first() or _unknown(column))
    own = [c.name for c in added_columns(table) if c.name not in owners]
    form = _filled(row, mapped, own, given)
    with _refusals_as_problems(office, mapped):
        actions.add(office=office, row=row, values=form.typed, reason=given["reason"] or "")
    return int(row.pk)


def change(
    request: HttpRequest, office: TokenOffice, table: Table, pk: int, given: dict[str, Any]
) -> None:
    """Change the columns that are given. Raises ProblemError."""
    mapped = _writable(office, table)
    row = _found(office, mapped, pk)
    version = _version(request, given.get("version"))
    own = [column.name for column in changed_columns(table) if column.name in given]
    form = _filled(row, mapped, own, given)
    with _refusals_as_problems(office, mapped):
        actions.change(
            office=office,
            row=row,
            version=version,
            values=form.typed,
            reason=given.get("reason") or "",
        )


def remove(
    request: HttpRequest,
    office: TokenOffice,
    table: Table,
    pk: int,
    version: int | None,
    reason: str,
) -> None:
    """Take a row out. Raises ProblemError."""
    mapped = _writable(office, table)
    row = _found(office, mapped, pk)
    with _refusals_as_problems(office, mapped):
        actions.remove(office=office, row=row, version=_version(request, version), reason=reason)


def _writable(office: TokenOffice, table: Table) -> Mapped:
    """Ask for writing, and for reading since every answer shows the row."""
    mapped = MAPPED[table.name]
    office.require(mapped.write, mapped.read)
    return mapped


def _found(office: TokenOffice, mapped: Mapped, pk: int) -> Model:
    rows = office.rows(mapped.model, mapped.write)
    row = rows.filter(pk=pk).first()
    if row is None:
        raise ProblemError("not-found")
    return row


def _version(request: HttpRequest, given: int | None) -> int:
    header = request.headers.get("If-Match")
    if header is None and given is None:
        raise ProblemError("version-needed")
    if header is None:
        return int(given or 0)
    found = _ETAG.fullmatch(header.strip())
    if found is None:
        words = _("If-Match は、読んだ行の ETag の値にしてください。")
        raise ProblemError("invalid", errors=[FieldError("header", "If-Match", "etag", words)])
    return int(found[1])


def _unknown(column: str) -> Any:
    words = _("このIDのものは、担当の中にありません。IDを確かめてください。")
    raise ProblemError("invalid", errors=[FieldError("body", column, "unknown_id", words)])


def _filled(row: Any, mapped: Mapped, columns: list[str], given: dict[str, Any]) -> RowForm:
    """Read the values as the register's form reads what is typed. Raises ProblemError."""
    data = {mapped.field(name): _typed(given[name]) for name in columns}
    of_authority = {"authority": row.authority_id}
    homes = list(Home.objects.filter(**of_authority)) if "home" in data else []
    if "home" in data and given["home_id"] is not None:
        pks = {home.code: str(home.pk) for home in homes}
        data["home"] = pks.get(given["home_id"]) or _unknown("home_id")
    if "unit" in data and given["unit_id"] is not None:
        within = of_authority if "home" in data else {"home": row.home_id}
        unit = Unit.objects.filter(code=given["unit_id"], **within).first()
        data["unit"] = str(unit.pk) if unit else _unknown("unit_id")
    if "continues" in data and given["continues"] is not None:
        units = Unit.objects.filter(authority=row.authority_id, code=given["continues"])
        data["continues"] = str((units.first() or _unknown("continues")).pk)
    form = RowForm(data, row, columns, homes=homes)
    if not form.is_valid():
        problems: dict[str, list[ValidationError]] = form.errors.as_data()
        errors = [
            FieldError(
                "body", _column(mapped, field), error.code or "invalid", " ".join(error.messages)
            )
            for field, found in problems.items()
            for error in found
        ]
        raise ProblemError("invalid", errors=errors)
    return form


def _typed(value: Any) -> str:
    """Write a value as it is typed into the form; nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def _column(mapped: Mapped, field: str) -> str:
    return next((c for c in mapped.paths if mapped.field(c) == field), field)


@contextmanager
def _refusals_as_problems(office: TokenOffice, mapped: Mapped) -> Iterator[None]:
    """Raise a ProblemError for whatever the action refuses."""
    try:
        yield
    except StaleError as stale:
        current = row_of(office, mapped.table, stale.current.pk)
        raise ProblemError("stale", current=current) from stale
    except ConsequencesError as touching:
        certifications = [
            {
                "home_id": one.home.code,
                "application_id": one.code,
                "addon": _(one.addon),
                "first_month": f"{one.first:%Y-%m}",
                "last_month": f"{one.last:%Y-%m}",
                "months": one.months,
            }
            for one in touching.found.touched
        ]
        raise ProblemError("touches-certification", certifications=certifications) from touching
    except ProtectedError as error:
        raise ProblemError("in-use") from error
    except IntegrityError as error:
        field, words = constraints.explained(error)
        column = _column(mapped, field) if field else ""
        raise ProblemError(
            "invalid", errors=[FieldError("body", column, "refused", words)]
        ) from error
    except RefusedError as refusal:
        raise ProblemError("refused", refusal.text) from refusal
    except PermissionDenied as error:
        raise ProblemError("forbidden") from error
    except ObjectDoesNotExist as error:
        raise ProblemError("not-found") from error
