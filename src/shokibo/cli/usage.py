"""Wrong arguments, described in plain words."""

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


def _name(error: CycloptsError) -> str:
    if isinstance(error, UnknownOptionError):
        return error.token.keyword or ""
    if isinstance(error, RepeatArgumentError):
        return error.token.keyword or ""
    unused = error.unused_tokens or []
    if isinstance(error, UnknownCommandError):
        unused = unused[:1]
    return error.argument.name if error.argument else " ".join(unused)
