"""What the program answers: structs, from which JSON, schemas and the list of keys are made."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """An answer, or a part of one. `title` is its Japanese name in the API's documentation."""

    title: ClassVar[str]


def about(ja: str, en: str = "", *examples: object) -> msgspec.Meta:
    """Describe a field in both languages: its meaning, its unit, when it is null."""
    return msgspec.Meta(description=ja, examples=list(examples) or None, extra={"en": en})


Percent = Annotated[
    str | None, about("%", "one decimal, half up; null if there is nothing", "56.3")
]


def plain(answer: object, *left: type) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Convert an answer to JSON values: dicts, lists, ISO days; types in `left` are kept."""
    return msgspec.to_builtins(answer, builtin_types=left)


def schema_of(answer: object, ref_template: str) -> dict[str, Any]:
    """Return the JSON schema of an answer's type, which refers to those in `schemas`."""
    (schema,), _ = msgspec.json.schema_components([answer], ref_template=ref_template)
    return schema


def schemas(ref_template: str) -> dict[str, dict[str, Any]]:
    """Return the JSON schema of every answer, by class name, without anything else."""
    answers = list(_all(Answer))
    _, found = msgspec.json.schema_components(answers, ref_template=ref_template)
    for answer in answers:
        found[answer.__name__] |= {"title": answer.title, "additionalProperties": False}
    return found


def _all(answer: type[Answer]) -> Iterator[type[Answer]]:
    for one in answer.__subclasses__():
        yield one
        yield from _all(one)
