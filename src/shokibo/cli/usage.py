"""Wrong arguments, told in plain words."""

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

_UNKNOWN_OPTION = Text("「{name}」というオプションはありません。", "There is no option {name}.")
_MISSING = Text("{name} を指定してください。", "{name} is missing.")
_VALUE = Text("{name} の「{value}」が使えません。", "{name}: “{value}” can't be used.")
_UNKNOWN_COMMAND = Text("「{name}」というコマンドはありません。", "There is no command {name}.")
_UNUSED = Text("余分な引数があります:{name}", "Too many arguments: {name}")
_REPEATED = Text("{name} が二度書かれています。", "{name} is given twice.")


def explain(error: CycloptsError, language: Language) -> str:
    """Say what is wrong with the arguments."""
    name = error.argument.name if error.argument else ""
    if isinstance(error, UnknownOptionError):
        return _UNKNOWN_OPTION.say(language, name=error.token.keyword)
    if isinstance(error, MissingArgumentError):
        return _MISSING.say(language, name=name)
    if isinstance(error, CoercionError):
        value = error.token.value if error.token else ""
        return _VALUE.say(language, name=name, value=value)
    if isinstance(error, RepeatArgumentError):
        return _REPEATED.say(language, name=name)
    unused = " ".join(error.unused_tokens or [])
    if isinstance(error, UnknownCommandError):
        return _UNKNOWN_COMMAND.say(language, name=unused)
    if isinstance(error, UnusedCliTokensError):
        return _UNUSED.say(language, name=unused)
    return str(error)
