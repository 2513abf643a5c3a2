"""Open the installation described by the environment, or explain why it can't be used."""

from collections.abc import Iterator
from contextlib import contextmanager

from shokibo.cli.options import ArgumentError, Common
from shokibo.texts import Text


@contextmanager
def opened(common: Common) -> Iterator[None]:
    """Set up Django for the block. Raises ArgumentError as `usable` does."""
    from shokibo.web.running.setup import ready

    with usable(common):
        ready()
        yield


@contextmanager
def usable(common: Common) -> Iterator[None]:
    """Translate unsafe settings, refusals and an unreachable database into ArgumentError."""
    from django.db import DatabaseError, InterfaceError

    from shokibo.web.base.outage import is_full, is_outage
    from shokibo.web.base.refusal import RefusedError
    from shokibo.web.environment.reading import UnsafeSettingsError

    try:
        yield
    except UnsafeSettingsError as error:
        reasons = "\n".join(f"  - {reason.say(common.lang)}" for reason in error.reasons)
        raise ArgumentError(_UNSAFE.say(common.lang, reasons=reasons)) from error
    except RefusedError as refusal:
        raise ArgumentError(refusal.text.say(common.lang)) from refusal
    except (DatabaseError, InterfaceError) as error:
        if not is_outage(error):
            raise
        why = (str(error).splitlines() or [type(error).__name__])[0]
        text = _FULL if is_full(error) else _AWAY
        raise ArgumentError(text.say(common.lang, why=why)) from error


_UNSAFE = Text(
    "このままでは始められません。次を修正してください:\n{reasons}",
    "It can't start like this. Correct:\n{reasons}",
)
_AWAY = Text(
    "データベースを使えません({why})。データベースが動いているか、DATABASE_URL と SHOKIBO_VAR が"
    "正しいかを確かめてください。何も変えていません。",
    "The database can't be used ({why}). Check that it is running, and that DATABASE_URL and "
    "SHOKIBO_VAR are right. Nothing was changed.",
)
_FULL = Text(
    "保存する場所がいっぱいです({why})。空きを作ってから、もう一度行ってください。"
    "何も変えていません。",
    "The disk is full ({why}). Make room and try again. Nothing was changed.",
)
