"""Wrong arguments, described in plain words."""

from collections.abc import Sequence
from difflib import get_close_matches

from cyclopts import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from shokibo.texts import Language, Text
from shokibo.wording import listed

_TEXTS: dict[type[CycloptsError], Text] = {
    UnknownOptionError: Text(
        "「{name}」というオプションはありません。", "There is no option {name}."
    ),
    MissingArgumentError: Text("{name} を指定してください。", "{name} is missing."),
    CoercionError: Text(
        "{name} の「{value}」が使えません。{hint}", "{name}: “{value}” can't be used. {hint}"
    ),
    RepeatArgumentError: Text("{name} が二度書かれています。", "{name} is given twice."),
    UnknownCommandError: Text(
        "「{name}」というコマンドはありません。", "There is no command {name}."
    ),
    UnusedCliTokensError: Text("余分な引数があります:{name}", "Too many arguments: {name}"),
}


def explain(error: CycloptsError, language: Language) -> str:
    """Describe what is wrong with the arguments."""
    kind, typed, near = _mistyped(error)
    if kind is not None:
        either = (" か " if language == "ja" else " or ").join(near)
        offered = _NEAR.say(language, near=either) if near else ""
        return f"{_TEXTS[kind].say(language, name=typed)}{offered}"
    value = error.token.value if isinstance(error, CoercionError) and error.token else ""
    hint = ""
    if error.argument is not None:  # its choices if any, and the option's help
        choices = listed(error.argument.get_choices() or (), language)
        one_of = _ONE_OF.say(language, choices=choices) if choices else ""
        hint = f"{one_of}{error.argument.parameter.help or ''}"
    for kind, text in _TEXTS.items():
        if isinstance(error, kind):
            return text.say(language, name=_name(error), value=value, hint=hint)
    return _OTHER.say(language, why=error)


_ONE_OF = Text("{choices} のどれかを書いてください。", "Write one of: {choices}. ")
_OTHER = Text("コマンドの書き方を読み取れません:{why}", "The command can't be read: {why}")
_NEAREST, _LIKENESS = 2, 0.7
_NEAR = Text("{near} ではありませんか。", " Did you mean {near}?")


def _mistyped(error: CycloptsError) -> tuple[type[CycloptsError] | None, str, list[str]]:
    """Find the command or option that does not exist, with the names that are most like it.

    A required option that was mistyped is reported as missing, but the mistake is its name.
    """
    unused = error.unused_tokens or []
    if isinstance(error, UnknownCommandError):
        return UnknownCommandError, unused[0], _near(unused[0], [*(error.app or ())])
    if isinstance(error, UnknownOptionError):
        typed = error.token.keyword or ""
        known = [name for one in error.argument_collection for name in one.names]
        return UnknownOptionError, typed, _near(typed, known)
    if isinstance(error, MissingArgumentError) and error.argument is not None:
        names = error.argument.names
        for option in (token.partition("=")[0] for token in unused if token.startswith("--")):
            if option not in names and (near := _near(option, names)):
                return UnknownOptionError, option, near
    return None, "", []


def _near(typed: str, names: Sequence[str]) -> list[str]:
    return sorted(get_close_matches(typed, names, _NEAREST, _LIKENESS))


def _name(error: CycloptsError) -> str:
    if isinstance(error, RepeatArgumentError):
        return error.token.keyword or ""
    return error.argument.name if error.argument else " ".join(error.unused_tokens or [])
