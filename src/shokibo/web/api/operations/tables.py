"""The ledger's tables: what they are, their rows, and writing those of the register."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from shokibo.answers import Answer, about
from shokibo.ledger.columns import Table
from shokibo.ledger.tables import TABLES
from shokibo.web.api import reading, writing
from shokibo.web.api.answers import answers
from shokibo.web.api.caller import TokenOffice, caller_of
from shokibo.web.api.problems import ProblemError
from shokibo.web.api.reply import reply
from shokibo.web.api.schemas.asked import AtOffice, AtRow, PageAsked, PageOfHomesAsked
from shokibo.web.api.schemas.ledger import (
    LONGEST_REASON,
    NO_NUL,
    VERSION,
    Remarks,
    added_model,
    changed_model,
    page_model,
    row_model,
)
from shokibo.web.store.mapping import MAPPED

router = Router(tags=["台帳"], by_alias=True)
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "読んだ行の ETag。本文か query の version でもよい。どちらもなければ 428",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$', "examples": ['"1"']},
}


class RemovedAsked(Schema):
    """Which version is removed, and why."""

    version: int | None = VERSION
    reason: Remarks = Field(
        "",
        max_length=LONGEST_REASON,
        pattern=NO_NUL,
        description="削除の理由。認定済みの月に影響するときは必須。記録に残る",
    )


class ColumnInfo(Answer, frozen=True):
    """A column of a table."""

    title = "列"
    name: Annotated[str, about("列の名前", "", "opened_on")]
    header: Annotated[str, about("見出し", "", "開設日")]
    type: Annotated[str, about("種類", "", "date")]
    required: bool
    codes: Annotated[dict[str, str] | None, about("使える符号とその名")]
    refers: Annotated[str | None, about("指す表", "", "homes")]
    note: str


class TableInfo(Answer, frozen=True):
    """A table of the ledger."""

    title = "表"
    name: Annotated[str, about("表の名前", "", "units")]
    sheet: Annotated[str, about("シート", "", "生活単位")]
    note: str
    key: list[str]
    may_read: Annotated[bool, about("このトークンで読めるか")]
    may_write: Annotated[bool, about("このトークンで書けるか")]
    columns: list[ColumnInfo]


class TableInfos(Answer, frozen=True):
    """The ledger's tables."""

    title = "台帳の表"
    tables: list[TableInfo]


@answers(
    router,
    "/{code}/tables",
    name="tables",
    summary="台帳の表",
    description="台帳の表と列の説明。どの表をこのトークンで読み書きできるかも示す。",
)
def tables(request: HttpRequest, at: Path[AtOffice]) -> TableInfos:
    """Describe the ledger's tables and columns."""
    office = caller_of(request).office(at.code)
    return TableInfos(
        [
            TableInfo(
                table.name,
                table.sheet,
                table.note.ja,
                list(table.key),
                office.may(MAPPED[table.name].read),
                reading.may_write(office, table),
                [
                    ColumnInfo(
                        column.name,
                        column.header,
                        "code" if column.codes is not None else column.kind.value,
                        column.required,
                        column.codes,
                        column.refers,
                        column.explanation.ja,
                    )
                    for column in table.columns
                ],
            )
            for table in TABLES
        ]
    )


def _add_reading(table: Table) -> None:
    of_homes = getattr(MAPPED[table.name].model, "home_path", None) is not None
    asked_for: Any = PageOfHomesAsked if of_homes else PageAsked

    @router.get(
        f"/{{code}}/tables/{table.name}",
        response=page_model(table),
        url_name=table.name,
        operation_id=f"list_{table.name}",
        summary=f"{table.sheet}の行を読む",
        description=f"{table.note.ja}担当の中の行だけを、id の順に返す。",
    )
    def rows(
        request: HttpRequest,
        at: Path[AtOffice],
        asked: Query[asked_for],
    ) -> HttpResponse:
        office = caller_of(request).office(at.code)
        office.require(MAPPED[table.name].read)
        return reply(reading.page_of(request, office, table, asked))

    @router.get(
        f"/{{code}}/tables/{table.name}/{{id}}",
        response=row_model(table),
        url_name=f"{table.name}_row",
        operation_id=f"get_{table.name}",
        summary=f"{table.sheet}の行を一つ読む",
        description="ETag は行の版。変更と削除の If-Match に使う。",
    )
    def row(request: HttpRequest, at: Path[AtRow]) -> HttpResponse:
        office = caller_of(request).office(at.code)
        office.require(MAPPED[table.name].read)
        return _row_reply(office, table, at.id)


def _row_reply(
    office: TokenOffice, table: Table, pk: int, status: int = 200, **headers: str
) -> HttpResponse:
    found = reading.row_of(office, table, pk)
    if found is None:
        raise ProblemError("not-found")
    return reply(found, status, {"ETag": f'"{found["version"]}"', **headers})


def _add_writing(table: Table) -> None:
    to_add: Any = added_model(table)
    to_change: Any = changed_model(table)

    @router.post(
        f"/{{code}}/tables/{table.name}",
        response={201: row_model(table)},
        url_name=table.name,
        operation_id=f"add_{table.name}",
        summary=f"{table.sheet}の行を登録する",
        description="登録した行を返す。Location はそのアドレス。",
    )
    def add(
        request: HttpRequest,
        at: Path[AtOffice],
        body: to_add,
    ) -> HttpResponse:
        office = caller_of(request).office(at.code)
        with transaction.atomic():  # nothing is saved where the answer can't be made
            pk = writing.add(office, table, body.model_dump())
            return _row_reply(office, table, pk, 201, Location=f"{request.path}/{pk}")

    @router.patch(
        f"/{{code}}/tables/{table.name}/{{id}}",
        response=row_model(table),
        url_name=f"{table.name}_row",
        operation_id=f"change_{table.name}",
        summary=f"{table.sheet}の行を修正する",
        description="書いた項目だけを修正し、修正した行を返す。読んだ版の指定が要る。",
        openapi_extra={"parameters": [IF_MATCH]},
    )
    def change(
        request: HttpRequest,
        at: Path[AtRow],
        body: to_change,
    ) -> HttpResponse:
        office = caller_of(request).office(at.code)
        given = body.model_dump(exclude_unset=True)
        with transaction.atomic():
            writing.change(request, office, table, at.id, given)
            return _row_reply(office, table, at.id)

    @router.delete(
        f"/{{code}}/tables/{table.name}/{{id}}",
        response={204: None},
        url_name=f"{table.name}_row",
        operation_id=f"remove_{table.name}",
        summary=f"{table.sheet}の行を削除する",
        description="誤って登録した行を削除する。終わったものは、終わりの日を記入する。",
        openapi_extra={"parameters": [IF_MATCH]},
    )
    def remove(request: HttpRequest, at: Path[AtRow], asked: Query[RemovedAsked]) -> HttpResponse:
        office = caller_of(request).office(at.code)
        writing.remove(request, office, table, at.id, asked.version, asked.reason)
        return HttpResponse(status=204)


for _table in TABLES:
    _add_reading(_table)
    if MAPPED[_table.name].form:
        _add_writing(_table)
