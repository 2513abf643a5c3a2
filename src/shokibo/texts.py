"""A text for people, in Japanese and in English."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; `{name}` stands for a value."""

    ja: str
    en: str

    def plain(self, language: Language) -> str:
        """Return the text as it is, including braces."""
        return self.ja if language == "ja" else self.en

    def say(self, language: Language, **values: object) -> str:
        """Fill in the values."""
        return self.plain(language).format(**values)


NOTHING = Text("", "")


def literal(ja: str, en: str) -> Text:
    """Make a text without placeholders: braces are literal."""
    return Text(*(each.replace("{", "{{").replace("}", "}}") for each in (ja, en)))
