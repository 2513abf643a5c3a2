"""Operations that answer with a struct of the core: its type is the schema of the response."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import get_type_hints

from django.http import HttpRequest, HttpResponse
from ninja import Router

from shokibo.answers import plain, schema_of
from shokibo.web.api.reply import reply

REF_TEMPLATE = "#/components/schemas/{name}"
Operation = Callable[..., object]


def answers(
    router: Router, path: str, *, name: str, summary: str, description: str
) -> Callable[[Operation], Operation]:
    """Add a reading operation; its declared return type is its documentation."""

    def add(operation: Operation) -> Operation:
        schema = schema_of(get_type_hints(operation)["return"], REF_TEMPLATE)
        content = {"application/json": {"schema": schema}}

        @wraps(operation)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            return reply(plain(operation(request, *args, **kwargs), dt.datetime))

        router.get(
            path,
            url_name=name,
            operation_id=name,
            summary=summary,
            description=description,
            openapi_extra={"responses": {200: {"content": content}}},
        )(answer)
        return operation

    return add
