"""A text for people, in Japanese and in English."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; `{name}` stands for a value."""

    ja: str
    en: str

    def say(self, language: Language, **values: object) -> str:
        """Fill the values in."""
        template = self.ja if language == "ja" else self.en
        return template.format(**values)


NOTHING = Text("", "")


def literal(ja: str, en: str) -> Text:
    """Make a text without places for values: its braces mean themselves."""
    return Text(*(each.replace("{", "{{").replace("}", "}}") for each in (ja, en)))
