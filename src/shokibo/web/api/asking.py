"""The parameters of a call: those that its operation declares, each of them once."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.params.models import Query

from shokibo.web.api.problems import FieldError, ProblemError

Operation = Callable[..., HttpResponse]


def only_declared(operation: Operation) -> Operation:
    """Refuse a parameter that an operation would not read: another's, or one given twice."""
    declared: set[str] = set()
    for parameter in inspect.signature(operation).parameters.values():
        schema, *sources = get_args(parameter.annotation) or (None,)
        if any(isinstance(source, Query) for source in sources):
            declared.update(schema.model_fields)

    @wraps(operation)
    def call(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        errors = []
        for name, values in request.GET.lists():
            if name not in declared:
                words = _("この操作にない指定です。名前を確かめてください。")
                errors.append(FieldError("query", name, "unknown", words))
            elif len(values) > 1:
                words = _("同じ指定が二つ以上あります。一つにしてください。")
                errors.append(FieldError("query", name, "given_twice", words))
        if errors:
            raise ProblemError("invalid", errors=errors)
        return operation(request, *args, **given)

    return call
