"""A text for people, in Japanese and in English."""

from dataclasses import dataclass
from string import Formatter
from typing import Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; `{name}` stands for a value, `{count:row|rows}` for a noun."""

    ja: str
    en: str

    def plain(self, language: Language) -> str:
        """Return the text as it is, including braces."""
        return self.ja if language == "ja" else self.en

    def say(self, language: Language, **values: object) -> str:
        """Fill in the values."""
        text = self.plain(language)
        return _COUNTING.vformat(text, (), values) if "|" in text else text.format(**values)


def one_or_many(count: object, nouns: str) -> str:
    """Choose a noun by its number: `row|rows`."""
    one, many = nouns.split("|")
    return one if str(count) == "1" else many


class _Counting(Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        if "|" in format_spec:
            return one_or_many(value, format_spec)
        return format(value, format_spec)


_COUNTING = _Counting()
NOTHING = Text("", "")


def literal(ja: str, en: str) -> Text:
    """Make a text without placeholders: braces are literal."""
    return Text(*(each.replace("{", "{{").replace("}", "}}") for each in (ja, en)))
