"""Why an office's own letter template can't be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shokibo.texts import Language, Text


@dataclass(frozen=True)
class TemplateProblem:
    """Something that is wrong in a template."""

    text: Text
    values: Mapping[str, str | Text] = field(default_factory=dict)

    def message(self, language: Language) -> str:
        """Say where it is, what was found, and what would be right."""
        values = {
            name: value.say(language) if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return self.text.say(language, **values)


class TemplateError(Exception):
    """A template that can't be used. `problems` holds everything that is wrong."""

    def __init__(self, *problems: TemplateProblem | Text, **values: str | Text) -> None:
        self.problems = tuple(
            TemplateProblem(each, values) if isinstance(each, Text) else each for each in problems
        )
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Describe all problems, one per line."""
        return "\n".join(problem.message(language) for problem in self.problems)
