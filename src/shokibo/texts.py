"""A text for people, in Japanese and in English."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; `{name}` stands for a value."""

    ja: str
    en: str

    def say(self, language: Language, **values: object) -> str:
        """Give the text with its values filled in."""
        template = self.ja if language == "ja" else self.en
        return template.format(**values)


NOTHING = Text("", "")


def literal(ja: str, en: str) -> Text:
    """Give a text whose values are filled in already: its braces stand for themselves."""
    return Text(*(each.replace("{", "{{").replace("}", "}}") for each in (ja, en)))
