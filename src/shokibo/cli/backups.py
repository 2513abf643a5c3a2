"""The commands backup, restore and drill."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from shokibo.cli.installation import opened
from shokibo.cli.options import DEFAULT, ArgumentError, Common, OutputFile, help_text
from shokibo.cli.printing import say
from shokibo.texts import Text
from shokibo.wording import file_fault_in_words

BackupFile = Annotated[Path, Parameter(help=help_text("控えのファイル", "The backup"))]
PassphraseFile = Annotated[
    Path | None,
    Parameter(
        help=help_text(
            "合言葉を書いたファイル。省けば SHOKIBO_BACKUP_KEY の値",
            "File with the passphrase; default: the value of SHOKIBO_BACKUP_KEY",
        )
    ),
]
Plain = Annotated[
    bool,
    Parameter(
        negative="",
        help=help_text(
            "暗号化しない控え。だれでも読め、改ざんされても分からない",
            "Without encryption: whoever has the file can read it and tamper with it",
        ),
    ),
]


def backup(
    *,
    output: OutputFile,
    passphrase_file: PassphraseFile = None,
    plain: Plain = False,
    common: Common = DEFAULT,
) -> None:
    """Write everything to one file."""
    with opened(common):
        from shokibo.web.environment.production import SHORTEST_PASSPHRASE, is_weak
        from shokibo.web.running.backup import backup as write

        passphrase = _passphrase(passphrase_file, common, is_plain=plain)
        if passphrase is not None and is_weak(passphrase, SHORTEST_PASSPHRASE):
            raise ArgumentError(_WEAK.say(common.lang, shortest=SHORTEST_PASSPHRASE))
        written = write(output, passphrase)
    rows, tables = sum(written.rows.values()), len(written.rows)
    say(_PLAIN if plain else _KEPT, common.lang, path=output, rows=rows, tables=tables)
    say(_SEAL, common.lang, seal=written.log)


def restore(
    file: BackupFile,
    /,
    *,
    passphrase_file: PassphraseFile = None,
    plain: Plain = False,
    common: Common = DEFAULT,
) -> None:
    """Restore a backup into an empty database."""
    with opened(common):
        from shokibo.web.running.backup import restore as read
        from shokibo.web.running.setup import migrate

        passphrase = _passphrase(passphrase_file, common, is_plain=plain)
        migrate()
        try:
            restored = read(file, passphrase)
        except OSError as error:
            why = file_fault_in_words(error, common.lang)
            raise ArgumentError(_UNREADABLE.say(common.lang, why=why)) from error
    rows, tables = sum(restored.content.rows.values()), len(restored.content.rows)
    say(_RESTORED, common.lang, rows=rows, tables=tables)
    if restored.deleted_again:
        say(_DELETED_AGAIN, common.lang, rows=restored.deleted_again)


def drill(*, common: Common = DEFAULT) -> None:
    """Test whether a backup made now can be restored; leaves nothing behind."""
    with opened(common):
        from shokibo.web.running.drill import drill as try_restore

        done = try_restore()
    if done.failure:
        raise ArgumentError(_NOT_RESTORED.say(common.lang, why=done.failure))
    say(_TRIED, common.lang, rows=done.rows, into=done.into, seconds=done.seconds)


def _passphrase(file: Path | None, common: Common, *, is_plain: bool) -> str | None:
    """Return the passphrase; None if the backup is explicitly plain. Raises ArgumentError."""
    from django.conf import settings

    if is_plain and file is not None:
        raise ArgumentError(_BOTH.say(common.lang))
    if is_plain:
        return None
    if file is None:
        passphrase = settings.ENVIRONMENT.backup_key
    else:
        try:
            passphrase = file.read_text("utf-8").strip()
        except OSError as error:
            why = file_fault_in_words(error, common.lang)
            raise ArgumentError(_UNREADABLE.say(common.lang, why=why)) from error
        except UnicodeDecodeError as error:
            raise ArgumentError(_NOT_UTF_8.say(common.lang, path=file)) from error
    if not passphrase:
        raise ArgumentError(_MISSING.say(common.lang))
    return str(passphrase)


_KEPT = Text(
    "{path} に暗号化して控えました({tables}表、{rows}行)。合言葉がなければ戻せません。",
    "Written to {path}, encrypted ({tables} {tables:table|tables}, {rows} {rows:row|rows}). "
    "Without its passphrase it can't be restored.",
)
_PLAIN = Text(
    "{path} に暗号化せずに控えました({tables}表、{rows}行)。だれにも読まれない場所に"
    "しまってください。",
    "Written to {path}, not encrypted ({tables} {tables:table|tables}, {rows} {rows:row|rows}). "
    "Put it where nobody else reads it.",
)
_SEAL = Text(
    "記録の最後の封印: {seal}(shokibo verify --seal で確かめられます)",
    "Last seal of the log: {seal} (`shokibo verify --seal` checks it)",
)
_RESTORED = Text(
    "控えを戻しました({tables}表、{rows}行)。",
    "Restored {tables} {tables:table|tables}, {rows} {rows:row|rows}.",
)
_DELETED_AGAIN = Text(
    "控えのあとに保存期間で削除した児童の記録({rows}行)を、もう一度削除しました。",
    "Deleted again {rows} {rows:record|records} of children whose period ended since the backup.",
)
_TRIED = Text(
    "控えを作り、{into} に戻して、{rows}行がすべて同じであることを確かめました({seconds}秒)。",
    "A backup was restored into {into} and compared: {rows} {rows:row|rows}, no difference "
    "({seconds} s).",
)
_NOT_RESTORED = Text("控えを戻せませんでした:{why}", "The backup could not be restored: {why}")
_MISSING = Text(
    "控えの合言葉がありません。--passphrase-file か SHOKIBO_BACKUP_KEY で指定してください。"
    "暗号化しないなら --plain を付けてください。",
    "The passphrase of the backup is missing: give it by --passphrase-file or "
    "SHOKIBO_BACKUP_KEY, or name --plain to do without encryption.",
)
_WEAK = Text(
    "合言葉が短いか、推測できます。{shortest}文字以上の乱数にしてください。控えは書いていません。",
    "The passphrase is short or can be guessed: take {shortest} random characters or more. "
    "No backup was written.",
)
_BOTH = Text(
    "--plain と --passphrase-file は一緒に使えません。",
    "--plain and --passphrase-file can't be used together.",
)
_UNREADABLE = Text("読めません:{why}", "Can't be read: {why}")
_NOT_UTF_8 = Text(
    "{path} はUTF-8の文字ではありません。UTF-8で保存してください。",
    "{path} is not UTF-8 text; save it as UTF-8.",
)
