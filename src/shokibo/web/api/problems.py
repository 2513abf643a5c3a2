"""What went wrong, as RFC 9457 describes it: every kind of problem with its words."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from shokibo.texts import Text
from shokibo.web.base.language import language

MEDIA_TYPE = "application/problem+json"
ROOT = "/api/v1/"
"""Where the API stands."""


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its code, status, title, and what to do where nothing closer is known."""

    code: str
    status: int
    title: Text
    detail: Text

    @property
    def uri(self) -> str:
        """Its `type`: where the reference page explains it."""
        return f"{ROOT}docs#problem-{self.code}"


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "malformed",
            400,
            Text("本文を読めません", "The body can't be read"),
            Text("本文をUTF-8のJSONにしてください。", "Send JSON in UTF-8."),
        ),
        Kind(
            "unauthorized",
            401,
            Text("トークンが使えません", "The token can't be used"),
            Text(
                "Authorization: Bearer に、使えるトークンを付けてください。"
                "期限切れ、失効、役割の終了を確かめてください。",
                "Give a live token in Authorization: Bearer. "
                "It may be expired or revoked, or the role may have ended.",
            ),
        ),
        Kind(
            "forbidden",
            403,
            Text("この操作はできません", "Not allowed"),
            Text(
                "役割かトークンの範囲に、この操作がありません。",
                "The role or the token's scopes do not hold this.",
            ),
        ),
        Kind(
            "https-required",
            403,
            Text("HTTPSが必要です", "HTTPS is required"),
            Text(
                "https:// で呼び出してください。"
                "暗号化されずに送られたトークンは、失効させて発行し直してください。",
                "Call over https://. Revoke the token that was just sent in clear, "
                "and make another.",
            ),
        ),
        Kind(
            "not-found",
            404,
            Text("見つかりません", "Not found"),
            Text(
                "アドレスを確かめてください。担当の外にあるものも、ないものと同じ答えになります。",
                "Check the address. What is out of scope answers as if it were not there.",
            ),
        ),
        Kind(
            "no-plan",
            404,
            Text("計画がありません", "There is no plan"),
            Text(
                "計画の表に行がないか、その年度が計画にありません。",
                "The plan has no row, or the year is not one of the plan's.",
            ),
        ),
        Kind(
            "not-in-force",
            404,
            Text("要綱が適用される前の年度です", "The Notification did not apply yet"),
            Text(
                "要綱が適用された年度の様式を求めてください。",
                "Ask for a form of a year in which the Notification applied.",
            ),
        ),
        Kind(
            "method-not-allowed",
            405,
            Text("このメソッドは使えません", "Method not allowed"),
            Text("Allow にあるメソッドを使ってください。", "Use a method that Allow names."),
        ),
        Kind(
            "not-acceptable",
            406,
            Text("求められた形では答えられません", "Not acceptable"),
            Text("Accept に application/json を含めてください。", "Accept application/json."),
        ),
        Kind(
            "touches-certification",
            409,
            Text("認定済みの月に影響します", "It touches certified months"),
            Text(
                "何も変えていません。変更の理由を reason に書いて、もう一度送ってください。",
                "Nothing was changed. Say why in `reason` and send it again.",
            ),
        ),
        Kind(
            "in-use",
            409,
            Text("ほかの行が使っています", "Other rows use it"),
            Text(
                "この行を指す行があるので削除できません。廃止日を記入するか、先にそれらを削除してください。",
                "Rows point at this one. Enter the day it closed, or remove those rows first.",
            ),
        ),
        Kind(
            "refused",
            409,
            Text("今は行えません", "Refused"),
            Text("役所の決まりで、今は行えません。", "The rules of the office refuse it now."),
        ),
        Kind(
            "stale",
            412,
            Text("ほかの人が先に保存しました", "Somebody saved it meanwhile"),
            Text(
                "何も変えていません。current の今の行を確かめ、その version で送り直してください。",
                "Nothing was changed. Look at `current` and send again with its version.",
            ),
        ),
        Kind(
            "too-large",
            413,
            Text("本文が大きすぎます", "The body is too large"),
            Text("本文は64キロバイトまでです。", "A body has at most 64 kilobytes."),
        ),
        Kind(
            "unsupported-media-type",
            415,
            Text("本文の形式が違います", "Unsupported media type"),
            Text("Content-Type を application/json にしてください。", "Send application/json."),
        ),
        Kind(
            "invalid",
            422,
            Text("使えない値があります", "Some values can't be used"),
            Text(
                "errors にある項目を修正してください。何も変えていません。",
                "Correct the fields in `errors`. Nothing was changed.",
            ),
        ),
        Kind(
            "version-needed",
            428,
            Text("版の指定がありません", "The version is missing"),
            Text(
                "読んだ行の version を、If-Match か version で送ってください。",
                "Send the version you read, in If-Match or `version`.",
            ),
        ),
        Kind(
            "throttled",
            429,
            Text("呼び出しが多すぎます", "Too many calls"),
            Text("Retry-After の秒数を待ってください。", "Wait the seconds of Retry-After."),
        ),
        Kind(
            "wrong-tokens",
            429,
            Text("使えないトークンでの呼び出しが多すぎます", "Too many calls with wrong tokens"),
            Text(
                "トークンを確かめ、Retry-After の秒数を待って送り直してください。",
                "Check the token that the program sends, and wait the seconds of Retry-After.",
            ),
        ),
        Kind(
            "failed",
            500,
            Text("プログラムの誤りです", "The program failed"),
            Text(
                "管理者に知らせてください。記録に残っています。", "Tell the operator; it is logged."
            ),
        ),
        Kind(
            "outage",
            503,
            Text("データベースに届きません", "The database is away"),
            Text("少し待って、もう一度送ってください。", "Wait a little and send it again."),
        ),
    )
}
"""Every problem that the API answers with."""


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one value: where it was sent, which field, what to do."""

    where: str
    field: str
    code: str
    message: str

    def as_json(self) -> dict[str, str]:
        """Return it as an entry of `errors`."""
        return {
            "in": self.where,
            "field": self.field,
            "code": self.code,
            "message": self.message,
        }


class ProblemError(Exception):
    """A problem to answer with, and its headers. `more` are members of its own kind."""

    def __init__(
        self,
        code: str,
        detail: Text | None = None,
        errors: Iterable[FieldError] = (),
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        self.kind, self.errors, self.more = KINDS[code], tuple(errors), more
        self.headers = headers
        self.detail = detail or self.kind.detail
        super().__init__(code)


def response_of(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    """Answer with a problem, in the language of the call."""
    document = {
        "type": problem.kind.uri,
        "title": problem.kind.title.say(language()),
        "status": problem.kind.status,
        "detail": problem.detail.say(language()),
        "instance": request.path,
        "errors": [error.as_json() for error in problem.errors],
        **problem.more,
    }
    return HttpResponse(
        json.dumps(document, ensure_ascii=False),
        status=problem.kind.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )


_WORDS = {
    "missing": Text("記入してください。", ""),
    "extra_forbidden": Text("この項目はありません。名前を確かめてください。", ""),
    "literal_error": Text("使える値は {expected} です。", ""),
    "string_type": Text("文字列にしてください。", ""),
    "string_too_long": Text("{max_length}文字以内にしてください。", ""),
    "string_too_short": Text("{min_length}文字以上にしてください。", ""),
    "string_pattern_mismatch": Text("書き方が違います。説明の例のように書いてください。", ""),
    "string_unicode": Text("使えない文字が含まれています。", ""),
    "int_type": Text("整数にしてください。", ""),
    "int_parsing": Text("整数にしてください。", ""),
    "bool_type": Text("true か false にしてください。", ""),
    "greater_than_equal": Text("{ge}以上にしてください。", ""),
    "less_than_equal": Text("{le}以下にしてください。", ""),
    "value_error": Text("暦にある日を 2022-04-01 のように書いてください。", ""),
    "model_attributes_type": Text("JSONのオブジェクトにしてください。", ""),
}
_OTHERWISE = Text("使えない値です。説明を確かめてください。", "")


def of_validation(errors: Iterable[dict[str, Any]]) -> list[FieldError]:
    """Describe pydantic's errors: in Japanese by their kind, in English in its own words."""
    found = []
    for error in errors:
        source, *rest = error["loc"]
        # the field is the last part of the place, within the body or the parameters
        field = str(error["loc"][-1]) if len(rest) > 1 or source != "body" else ""
        words = f"{error['msg']}."
        if translation.get_language() != "en":
            words = _WORDS.get(error["type"], _OTHERWISE).say("ja", **error.get("ctx", {}))
        found.append(FieldError(str(source), field, error["type"], words))
    return found
