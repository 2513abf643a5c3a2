"""The API's reference: its OpenAPI document, and a page made of it that needs no script."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shokibo.web.api.answering import answering, unauthorized
from shokibo.web.api.api import openapi, openapi_in
from shokibo.web.api.caller import Bearer
from shokibo.web.api.problems import KINDS
from shokibo.web.api.reply import reply
from shokibo.web.base.language import language


@never_cache
@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """Return the document to whoever is logged in, or calls with a token."""
    if request.user.is_authenticated:
        return reply(openapi_in(language()))
    return _openapi_by_token(request)  # type: ignore[return-value]


@answering
def _openapi_by_token(request: HttpRequest) -> HttpResponse:
    if Bearer()(request) is None:
        return unauthorized(request)
    return reply(openapi_in(language()))


@login_required
@never_cache
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation, what it asks for and what it answers."""
    document = openapi_in(language())
    operations = list(_operations(document))
    japanese = {one["id"]: one["summary"] for one in _operations(openapi())}
    groups = []
    for tag in dict.fromkeys(operation["tag"] for operation in operations):
        own = [one for one in operations if one["tag"] == tag]
        subjects: dict[str, list[dict[str, Any]]] = {}
        for one in own:  # the operations on a table's rows are one entry
            subject, of_rows, _rest = japanese[one["id"]].partition("の行")
            subjects.setdefault(gettext(subject + of_rows), []).append(one)
        groups.append({"tag": tag, "operations": own, "subjects": list(subjects.items())})
    context = {
        "lead": [
            line.removeprefix("- ").replace("`", "")
            for line in document["info"]["description"].splitlines()
            if line.startswith("- ")
        ],
        "groups": groups,
        "problems": [
            (kind, kind.title.say(language()), kind.detail.say(language()))
            for kind in KINDS.values()
        ],
    }
    return render(request, "api/docs.html", context)


@login_required
@never_cache
@require_safe
def schemas(request: HttpRequest) -> HttpResponse:
    """Show the shape of every body and answer."""
    shapes = [
        {
            "name": name,
            "title": schema.get("title", name),
            "fields": [
                {
                    "name": field,
                    "type": _type(one),
                    "schema": _linked(one),
                    "required": field in schema.get("required", []),
                    "description": one.get("description", ""),
                    "example": _example(one),
                }
                for field, one in schema.get("properties", {}).items()
            ],
        }
        for name, schema in openapi_in(language())["components"]["schemas"].items()
    ]
    return render(request, "api/schemas.html", {"schemas": shapes})


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield {
                "id": operation["operationId"],
                "method": method.upper(),
                "path": path,
                "tag": operation["tags"][0],
                "summary": operation["summary"],
                "description": operation["description"],
                "parameters": [
                    {**one, "type": _type(one["schema"])} for one in operation["parameters"]
                ],
                "body": _body(operation),
                "answers": [_answer(s, a) for s, a in operation["responses"].items() if s < "300"],
                "problems": [s for s in operation["responses"] if s >= "400"],
            }


def _body(operation: dict[str, Any]) -> str:
    body = operation.get("requestBody")
    return _reference(body["content"]["application/json"]["schema"]) if body else ""


def _answer(status: str, answer: dict[str, Any]) -> dict[str, Any]:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    listed = schema.get("type") == "array"
    of = _reference(schema.get("items", {}) if listed else schema)
    return {"status": status, "description": answer["description"], "schema": of, "listed": listed}


def _reference(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _example(schema: dict[str, Any]) -> str:
    given = schema.get("examples", [])
    return json.dumps(given[0], ensure_ascii=False) if given else ""


def _parts(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return list(schema.get("anyOf", [schema]))


def _linked(schema: dict[str, Any]) -> str:
    """Name the schema to which a field leads, itself, in its list or by its keys."""
    for part in _parts(schema):
        for one in (part, part.get("items", {}), part.get("additionalProperties", {})):
            if isinstance(one, dict) and "$ref" in one:
                return _reference(one)
    return ""


def _type(schema: dict[str, Any]) -> str:
    return " | ".join(_type_of(part) for part in _parts(schema))


def _type_of(part: dict[str, Any]) -> str:
    if "$ref" in part:
        return "object"
    if "enum" in part or "const" in part:
        return "・".join(str(value) for value in part.get("enum", [part.get("const")]))
    if part.get("type") == "array":
        held = part.get("prefixItems") or [part["items"]]
        return f"array<{', '.join(map(_type_of, held))}>"
    kind = str(part.get("type", "any"))
    return f"{kind}({part['format']})" if "format" in part else kind
