"""The API as one: its operations, behind the token and its throttle."""

from functools import cache
from typing import Any

from django.utils.translation import override
from ninja import NinjaAPI

from shokibo.texts import Language
from shokibo.web.api.answering import handle_errors
from shokibo.web.api.asking import only_declared
from shokibo.web.api.caller import Bearer, PerToken
from shokibo.web.api.document import completed, translated
from shokibo.web.api.operations import account, nation, results, tables
from shokibo.web.api.problems import ROOT

_DESCRIPTION = """\
台帳の表、判定、様式、計画を読み、登録した台帳の行を修正するためのAPI。

- 呼び出しには、アカウントの「APIのトークン」で発行したトークンを `Authorization: Bearer` に付ける。
- トークンは、持ち主の今の役割と、発行のときに選んだ範囲の、両方にあることだけができる。
- 認定、不認定、提出、公表など、決裁にあたる操作はない。画面で行う。
- 担当の外にあるものは、ないものと同じ 404 で答える。
- 誤りは RFC 9457 の `application/problem+json`。`Accept-Language: en` で英語になる。
- 値の書き方はコマンドと同じ。日付は 2022-04-01、年度は西暦の整数、時間は "38.75" か "7:20"、\
null は不明(0 とは違う)。
"""


def _made() -> NinjaAPI:
    api = NinjaAPI(
        title="shokibo API",
        version="1",
        description=_DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
        auth=Bearer(),
        throttle=PerToken(),
    )
    api.add_decorator(only_declared)
    for part in (account, tables, results, nation):
        api.add_router("", part.router)
    handle_errors(api)
    return api


API = _made()


@cache
def openapi() -> dict[str, Any]:
    """Return the OpenAPI document: every operation with every answer it may give."""
    return completed(API.get_openapi_schema(path_prefix=ROOT.lstrip("/")))


@cache
def openapi_in(language: Language) -> dict[str, Any]:
    """Return the document in a language."""
    with override(language):
        return translated(openapi()) if language == "en" else openapi()
