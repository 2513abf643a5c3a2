"""The OpenAPI document completed: every operation's problems, and response headers."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from pydantic.json_schema import models_json_schema

from shokibo.answers import schemas
from shokibo.web.api.answers import REF_TEMPLATE
from shokibo.web.api.problems import KINDS, MEDIA_TYPE, Kind
from shokibo.web.api.schemas.problem import Problem

_OF_ALL = (401, 403, 404, 405, 406, 413, 422, 429, 500, 503)
_WITH_BODY = (400, 415)
_OF_METHOD = {
    "get": (),
    "post": (*_WITH_BODY, 409),
    "patch": (*_WITH_BODY, 409, 412, 428),
    "delete": (409, 412, 428),
}
_HEADERS = {
    401: {"WWW-Authenticate": ("Bearer の求め", 'Bearer realm="shokibo"')},
    405: {"Allow": ("使えるメソッド", "GET")},
    429: {"Retry-After": ("待つ秒数", "12")},
    503: {"Retry-After": ("待つ秒数", "30")},
}
_ETAG = {"ETag": ("行の版", '"1"')}
_LOCATION = {"Location": ("登録した行のアドレス", "/api/v1/131121/tables/capacities/1")}
_HEADERS_OF = {"get": _ETAG, "change": _ETAG, "add": {**_ETAG, **_LOCATION}}
"""Headers of an operation that answers with a row, by the first word of its id."""
_READ = {"title", "summary", "description", "tags", "detail"}
"""The keys of a document whose values are texts."""
_DESCRIPTIONS = {200: "できた", 201: "登録した", 204: "削除した"}


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """Add what ninja's document lacks: problems, headers, descriptions."""
    components = document["components"]
    _, problem = models_json_schema(
        [(Problem, "serialization")], ref_template="#/components/schemas/{model}"
    )
    components["schemas"] |= problem["$defs"] | schemas(REF_TEMPLATE)
    for schema in components["schemas"].values():
        # what comes from the code is left out: docstrings, and titles made from names
        schema.pop("description", None)
        for name, field in schema.get("properties", {}).items():
            if field.get("title", "").casefold() == name.replace("_", " "):
                del field["title"]
    components["responses"] = _problem_responses()
    for path in document["paths"].values():
        for method, operation in path.items():
            _complete(method, operation)
    # nothing leads to the schemas of parameters, which ninja lays flat, or to answers of commands
    used = _led_to(document["paths"] | components["responses"], components["schemas"])
    components["schemas"] = {k: v for k, v in components["schemas"].items() if k in used}
    return dict(document)


def _led_to(part: object, known: dict[str, Any]) -> set[str]:
    """Return the schemas that a part of the document refers to, directly or not."""
    found = set[str]()
    new = _named_in(part)
    while new:
        found |= new
        new = _named_in([known[name] for name in new]) - found
    return found


def _named_in(part: object) -> set[str]:
    return set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(part)))


def words_in(document: object, key: str = "") -> Iterator[str]:
    """Return every text of a document that a person reads."""
    if isinstance(document, dict):
        for name, value in document.items():
            yield from words_in(value, name)
    elif isinstance(document, list):
        for one in document:
            yield from words_in(one, key)
    elif isinstance(document, str) and key in _READ:
        yield document


def translated(document: Any, key: str = "") -> Any:
    """Return a document with its texts in the language of the page or the call."""
    if isinstance(document, dict):
        return {name: translated(value, name) for name, value in document.items()}
    if isinstance(document, list):
        return [translated(one, key) for one in document]
    return gettext(document) if isinstance(document, str) and key in _READ else document


def _complete(method: str, operation: dict[str, Any]) -> None:
    for parameter in operation["parameters"]:
        parameter.pop("examples", None)  # they are in its schema; here they would be a map
        parameter["schema"].pop("title", None)
    answers = operation["responses"]
    for status, answer in answers.items():
        answer["description"] = _DESCRIPTIONS[status]
    verb = operation["operationId"].partition("_")[0]
    if headers := _headers(_HEADERS_OF.get(verb, {})):
        answers[min(answers)]["headers"] = headers
    for status in (*_OF_ALL, *_OF_METHOD[method]):
        answers[status] = {"$ref": f"#/components/responses/{_name(status)}"}
    operation["responses"] = {str(status): answers[status] for status in sorted(answers)}


def _headers(named: dict[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        name: {"description": words, "schema": {"type": "string"}, "example": example}
        for name, (words, example) in named.items()
    }


def _name(status: int) -> str:
    return f"Problem{status}"


def _problem_responses() -> dict[str, Any]:
    responses = {}
    for status in sorted({kind.status for kind in KINDS.values()}):
        kinds = [kind for kind in KINDS.values() if kind.status == status]
        content = {
            "schema": {"$ref": "#/components/schemas/Problem"},
            "examples": {kind.code: {"value": _example(kind)} for kind in kinds},
        }
        responses[_name(status)] = {
            "description": " / ".join(f"{kind.title.ja}({kind.code})" for kind in kinds),
            "content": {MEDIA_TYPE: content},
        }
        if headers := _headers(_HEADERS.get(status, {})):
            responses[_name(status)]["headers"] = headers
    return responses


def _example(kind: Kind) -> dict[str, Any]:
    return {
        "type": kind.uri,
        "title": kind.title.ja,
        "status": kind.status,
        "detail": kind.detail.ja,
        "instance": "/api/v1/131121/tables/units",
        "errors": [],
    }
