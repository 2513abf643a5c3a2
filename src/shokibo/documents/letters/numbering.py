"""How an authority numbers its letters: `{{ 年度 }}世児第{{ 番号 }}号`, counted by fiscal year."""

import re
import unicodedata
from dataclasses import dataclass

from shokibo import calendar
from shokibo.documents.letters.problems import TemplateError, TemplateProblem
from shokibo.texts import Text
from shokibo.wording import nearest

YEAR, COUNT = "年度", "番号"
_NAME = re.compile(r"[{｛]{2}(.*?)[}｝]{2}")
_BRACES = re.compile(r"[{｛]{2}|[}｝]{2}")
_NOT_KNOWN = Text(
    "「{name}」という差し込み項目はありません。使えるのは「年度」と「番号」です(近い名前:{near})。",
    "There is no placeholder “{name}”; there are 年度 and 番号 (nearest: {near}).",
)
_NO_COUNT = Text(
    "「{{{{ 番号 }}}}」を一つだけ書いてください。例:{{{{ 年度 }}}}世児第{{{{ 番号 }}}}号。",
    "Write “{{{{ 番号 }}}}” once, for example {{{{ 年度 }}}}世児第{{{{ 番号 }}}}号.",
)
_NOT_CLOSED = Text("「{{{{」と「}}}}」が対になっていません。", "“{{{{” and “}}}}” do not match.")


@dataclass(frozen=True)
class Numbering:
    """A pattern for numbers that contains the year of the era and the count."""

    pattern: str

    @classmethod
    def read(cls, pattern: str) -> "Numbering":
        """Read a pattern. Raises TemplateError with everything that is wrong."""
        names = [_plain(name) for name in _NAME.findall(pattern)]
        problems = [
            TemplateProblem(_NOT_KNOWN, {"name": name, "near": nearest(name, (YEAR, COUNT))})
            for name in names
            if name not in (YEAR, COUNT)
        ]
        if _BRACES.search(_NAME.sub("", pattern)):
            problems.append(TemplateProblem(_NOT_CLOSED))
        elif names.count(COUNT) != 1:
            problems.append(TemplateProblem(_NO_COUNT))
        if problems:
            raise TemplateError(*problems)
        return cls(pattern)

    def number(self, fiscal_year: int, count: int) -> str:
        """Return a number: 7世児第12号 in 令和7年度."""
        values = {YEAR: calendar.short_fiscal_year(fiscal_year)[1:], COUNT: str(count)}
        return _NAME.sub(lambda found: values[_plain(found[1])], self.pattern)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()
