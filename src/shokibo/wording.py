"""Values in sentences of both languages: days and months with eras, spans, lists.

A text marks how a value is written: `{started_on:day}`, `{start_month:month}`, `{months:months}`,
`{fiscal_year:year}`, `{years:years}`, `{spans:places}`, `{amount:yen}`, `{day:typed}` (R4.4.1),
`{place:code}` (a code in English), `{count:row|rows}` (the noun of a number). A blank is named, and
a list without a mark is joined.
"""

import datetime as dt
import errno
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from string import Formatter

from shokibo import calendar
from shokibo.texts import Language, Text, one_or_many

_BLANK = Text("空欄", "blank")
_NEAREST, _LIKENESS = 3, 0.4
_NO_NEAR = Text("なし", "none")
_FILE_FAULTS = {
    errno.ENOENT: Text("見つかりません", "not found"),
    errno.EISDIR: Text("フォルダです", "it is a folder"),
    errno.ENOTDIR: Text("フォルダではありません", "it is not a folder"),
    errno.EEXIST: Text("同じ名前のものがあります", "it already exists"),
    errno.EACCES: Text("許可がありません", "permission denied"),
    errno.EPERM: Text("許可がありません", "permission denied"),
    errno.EROFS: Text("書き込めない場所です", "the location is read-only"),
    errno.ENOSPC: Text("空き容量がありません", "no space is left"),
    errno.EDQUOT: Text("割り当てられた容量を使い切りました", "the quota is used up"),
    errno.EFBIG: Text("大きすぎます", "it is too large"),
    errno.ENAMETOOLONG: Text("名前が長すぎます", "the name is too long"),
    errno.ENOTEMPTY: Text("フォルダが空ではありません", "the folder is not empty"),
    errno.ELOOP: Text("リンクが循環しています", "links form a loop"),
    errno.EBUSY: Text("使用中です", "it is in use"),
    errno.ETXTBSY: Text("使用中です", "it is in use"),
    errno.EMFILE: Text("開いているファイルが多すぎます", "too many files are open"),
    errno.ENFILE: Text("開いているファイルが多すぎます", "too many files are open"),
    errno.EIO: Text("装置で読み書きができません", "the device can't read or write"),
    errno.ESTALE: Text("共有フォルダとの接続が切れました", "the shared folder was lost"),
}
_OTHER_FAULT = Text("システムの誤り {code}", "system error {code}")
_FAULT_OF_FILE = Text("{path}({fault})", "{path} ({fault})")
_CODES = {
    "under_3": "under 3",
    "preschool": "3 to school age",
    "three_and_over": "3 and over",
    "all": "total",
    "main": "main buildings",
    "placed": "placed by the authority",
    "residents": "in the area's homes",
    "year": "fiscal year",
    "duty_information": "sharing of information",
    "duty_management": "management",
    "duty_supervision": "supervision",
    "duty_mental_health": "mental health of staff",
    "duty_relief": "relief",
    "duty_community": "relations with the community",
    "duty_other": "other support",
}
"""The English of codes that don't read well with spaces for their underscores."""
_SPAN = Text("{first}から{last}まで", "{first} to {last}")
_PLACES = Text("{span}定員{places}・{extra}", "{span} {places} with {extra}")
_COUNT, _NO_COUNT = Text("{count}人", "{count} places"), Text("不明", "unknown places")
_EXTRA, _NO_EXTRA = Text("加配{count}人", "{count} extra staff"), Text("加配なし", "no extra staff")
_BLANK_EXTRA = Text("加配数は空欄", "blank extra staff")


def day_in_words(day: dt.date, language: Language) -> str:
    """Write a day: 令和4年4月1日, 2022-04-01."""
    return calendar.era_date(day) if language == "ja" else day.isoformat()


def month_in_words(month: dt.date, language: Language) -> str:
    """Write a month, given by a day in it: 令和4年4月, 2022-04."""
    return calendar.era_month(month) if language == "ja" else f"{month:%Y-%m}"


def year_in_words(year: int, language: Language) -> str:
    """Write a fiscal year: 令和4年度, FY2022."""
    return calendar.fiscal_year_label(year) if language == "ja" else f"FY{year}"


def yen_in_words(amount: int, language: Language) -> str:
    """Format an amount in groups of three digits: 1,200,000, △1,200 (-1,200 in English)."""
    written = f"{amount:,}"
    return written.replace("-", "△") if language == "ja" else written


def code_in_english(code: str) -> str:
    """Write a code of a list as English words: infant home."""
    return _CODES.get(code, code.replace("_", " "))


def file_fault_in_words(error: OSError, language: Language) -> str:
    """Describe what is wrong with a file; a rare error is named by the system's code."""
    number = error.errno or 0
    code = errno.errorcode.get(number, number)
    fault = _FILE_FAULTS.get(number, _OTHER_FAULT).say(language, code=code)
    return _FAULT_OF_FILE.say(language, path=error.filename, fault=fault)


def listed(parts: Iterable[object], language: Language) -> str:
    """Join the elements of a list, with words for blanks."""
    named = (_BLANK.say(language) if part is None or part == "" else str(part) for part in parts)
    return ("、" if language == "ja" else ", ").join(named)


def nearest(name: str, names: Iterable[str]) -> str | Text:
    """Return the names most like one that is not known."""
    found = get_close_matches(name, list(names), _NEAREST, _LIKENESS)
    return "、".join(found) if found else _NO_NEAR


def _spans(numbers: Sequence[int], write: Callable[[int], str], language: Language) -> str:
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return listed(
        (
            listed(map(write, span), language)
            if len(span) < 3
            else _SPAN.say(language, first=write(span[0]), last=write(span[-1]))
            for span in spans
        ),
        language,
    )


def _places(span: str, language: Language) -> str:
    """Describe days with places and extra staff: 2022-04-01/2022-09-30/5/2, blanks unknown."""
    first, last, places, extra = span.split("/")
    days = (day_in_words(dt.date.fromisoformat(day), language) for day in (first, last))
    staff = _NO_EXTRA if extra == "0" else _EXTRA if extra else _BLANK_EXTRA
    return _PLACES.say(
        language,
        span=_SPAN.say(language, **dict(zip(("first", "last"), days, strict=True))),
        places=(_COUNT if places else _NO_COUNT).say(language, count=places),
        extra=staff.say(language, count=extra),
    )


def fill(text: Text, language: Language, values: Mapping[str, object]) -> str:
    """Fill in a text's values, each formatted by its mark."""
    return _FILLERS[language].vformat(text.ja if language == "ja" else text.en, (), values)


class _Filler(Formatter):
    def __init__(self, language: Language) -> None:
        self.language = language
        self.writers: dict[str, Callable[..., str]] = {
            "day": lambda day: day_in_words(dt.date.fromisoformat(day), language),
            # as it is typed: R4.4.1, 2022-04-01
            "typed": lambda day: (
                calendar.short_date(dt.date.fromisoformat(day)) if language == "ja" else day
            ),
            "month": lambda month: month_in_words(dt.date.fromisoformat(month), language),
            # consecutive months as one span: 令和4年10月から令和5年3月まで
            "months": lambda months: _spans(
                [int(month[:4]) * 12 + int(month[5:]) - 1 for month in months],
                lambda number: month_in_words(dt.date(number // 12, number % 12 + 1, 1), language),
                language,
            ),
            "places": lambda spans: listed((_places(span, language) for span in spans), language),
            "code": code_in_english,
            "yen": lambda amount: yen_in_words(amount, language),
            "year": lambda year: year_in_words(year, language),
            "years": lambda years: _spans(
                years, lambda year: year_in_words(year, language), language
            ),
        }

    def format_field(self, value: object, mark: str) -> str:
        if "|" in mark:
            return one_or_many(value, mark)
        if value is None:
            return _BLANK.say(self.language)
        if mark:
            return self.writers[mark](value)
        words = listed(value, self.language) if isinstance(value, list) else str(value)
        return words.translate(_QUOTES).replace("”“", "” “") if self.language == "en" else words


_QUOTES = str.maketrans({"「": "“", "」": "”"})
_FILLERS: dict[Language, _Filler] = {"ja": _Filler("ja"), "en": _Filler("en")}


@cache
def names_in(text: Text) -> frozenset[str]:
    """List the placeholders of a text."""
    return frozenset(
        name for words in (text.ja, text.en) for _, name, _, _ in Formatter().parse(words) if name
    )
