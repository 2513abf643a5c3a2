"""The web application's commands: serve, worker, load, remind and others."""

import os
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from shokibo.cli.installation import opened, usable
from shokibo.cli.options import DEFAULT, ArgumentError, Common, LedgerArgument, help_text
from shokibo.cli.printing import say
from shokibo.texts import Text

Host = Annotated[
    str, Parameter(help=help_text("待ち受ける名かアドレス", "Name or address to listen at"))
]
Port = Annotated[int, Parameter(help=help_text("ポート", "Port"))]
Demo = Annotated[
    bool,
    Parameter(
        negative="",
        help=help_text(
            "世田谷の例と役割ごとの利用者で、練習用に始める",
            "Start for practice, with the Setagaya example and a person for each role",
        ),
    ),
]
AdminAddress = Annotated[
    str | None,
    Parameter(
        help=help_text(
            "最初のシステム管理のメールアドレス。招待のアドレスを表示する",
            "E-mail of the first administrator; prints the link of the invitation",
        )
    ),
]
LostAddress = Annotated[
    str | None,
    Parameter(
        help=help_text(
            "二段階認証かパスワードをなくしたシステム管理のメールアドレス。両方を無効にし、"
            "新しいパスワードを決めるアドレスを表示する",
            "E-mail of an administrator who lost second factor or password: voids both, and prints "
            "the link to a new password",
        )
    ),
]
NotedSeal = Annotated[
    str | None,
    Parameter(
        help=help_text(
            "控えてある封印(番号:SHA-256)。控え(backup)と記録の画面に表示される",
            "A seal that was noted (number:SHA-256), as backups and the page of the log show",
        )
    ),
]
MadeFiles = Annotated[
    Literal["check", "document", "open_data", "forecast", "proposal"],
    Parameter(
        help=help_text(
            "作るもの。check は台帳の確認、document は計画書、open_data は公開データ、"
            "forecast は見通し、proposal は計画の提案。省くとすべて",
            "What to make: the check, the plan's document, open data, the forecast, the proposal; "
            "all where left out",
        )
    ),
]


def serve(
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    demo: Demo = False,
    admin: AdminAddress = None,
    readmit: LostAddress = None,
    common: Common = DEFAULT,
) -> None:
    """Run the web application until Ctrl-C."""
    from shokibo.web.running.practice import PASSWORD, PRACTICE

    if demo:
        for name, value in PRACTICE.items():
            os.environ.setdefault(name, value)
    from shokibo.web.running import server

    if not server.is_free(host, port):
        raise ArgumentError(_TAKEN.say(common.lang, host=host, port=port))
    address = f"http://{host}:{port}/"
    from shokibo.web.running.setup import prepare

    with usable(common):
        prepared = prepare(demo=demo, admin=admin, readmit=readmit)
    entrance = "" if prepared.has_admin else _NO_ADMIN.say(common.lang)
    if demo:
        logins = "\n".join(f"  {role}: {email}" for role, email in prepared.logins)
        entrance = _LOGINS.say(common.lang, logins=logins, password=PASSWORD)
    elif prepared.new_password:
        link = f"{address.rstrip('/')}{prepared.new_password}"
        entrance = _READMITTED.say(common.lang, email=readmit, link=link)
    elif prepared.token:
        link = f"{address}account/invitation/{prepared.token}/"
        entrance = _INVITED.say(common.lang, link=link)
    server.serve(
        host,
        port,
        lambda: say(_SERVING, common.lang, address=address, entrance=entrance),
        lambda: say(_STOPPED, common.lang),
    )


def migrate(*, common: Common = DEFAULT) -> None:
    """Migrate the database to this version, as its owner if SHOKIBO_OWNER_DATABASE_URL is set."""
    with opened(common):
        from shokibo.web.running.setup import migrate as bring

        bring()
    say(_MIGRATED, common.lang)


def verify(*, seal: NotedSeal = None, common: Common = DEFAULT) -> int:
    """Check every seal of the log; exit status 1 if one is broken."""
    with opened(common):
        from shokibo.web.audit import sealing

        try:
            noted = sealing.read_anchor(seal) if seal else None
        except ValueError as error:
            raise ArgumentError(_NO_SEAL.say(common.lang, seal=seal)) from error
        verdict = sealing.verify(noted)
        last = sealing.anchor()
    if verdict.broken:
        say(verdict.broken, common.lang)
        return 1
    say(_HOLDS, common.lang, count=verdict.sealed, seal=last)
    return 0


def worker(*, common: Common = DEFAULT) -> None:
    """Run long background work until Ctrl-C or SIGTERM, finishing what has begun."""
    with opened(common):
        from shokibo.web.running.worker import work

        work(lambda: say(_WORKING, common.lang))


def load(ledger: LedgerArgument, /, *, common: Common = DEFAULT) -> None:
    """Load the ledger of an authority that the web application does not have yet.

    The plan's texts in a folder `texts` next to it are loaded too.
    """
    from shokibo.cli.opening import open_ledger

    rows, _ = open_ledger(ledger, common)
    texts = _texts(ledger, rows["authorities"].height, common)
    with opened(common):
        from django.db import transaction

        from shokibo.web.audit.recording import Act
        from shokibo.web.planning.texts.writing import import_texts
        from shokibo.web.running.setup import migrate
        from shokibo.web.store.loading import load as import_rows

        migrate()
        act = Act(None, "register.load", ledger.name)
        with transaction.atomic():
            authorities = import_rows(act, rows)
            if texts:
                import_texts(act, authorities[0], texts)
    names = "、".join(str(authority) for authority in authorities)
    say(_LOADED, common.lang, names=names, rows=sum(rows[name].height for name in rows.tables))
    if texts:
        say(_LOADED_TEXTS, common.lang, count=len(texts))


def _texts(ledger: Path, authorities: int, common: Common) -> dict[str, str]:
    """Read the plan's texts next to a ledger; they belong to its only authority."""
    from shokibo.cli.opening import texts_folder, wrong_texts
    from shokibo.documents.plan.texts import PlanTextError, sources_in

    folder = texts_folder(ledger)
    if folder is None:
        return {}
    if authorities > 1:
        raise ArgumentError(_WHOSE_TEXTS.say(common.lang, folder=folder))
    try:
        return sources_in(folder)
    except PlanTextError as error:
        raise wrong_texts(error, common.lang) from error


def remind(*, common: Common = DEFAULT) -> None:
    """Mail reminders of deadlines, each once."""
    with opened(common):
        from shokibo.web.base.clock import today
        from shokibo.web.certification.reminders import remind as send

        count = send(today())
    say(_REMINDED, common.lang, count=count)


def enqueue(*kinds: MadeFiles, common: Common = DEFAULT) -> None:
    """Have the workers make files, forecast and proposal of every authority, a task each."""
    with opened(common):
        from shokibo.web.needs import actions, tasks
        from shokibo.web.needs.models import KINDS

        asked = actions.ask_for_all(kinds=kinds or tuple(KINDS))
        for one in asked:
            tasks.leave(one)
    say(_ENQUEUED, common.lang, count=len(asked))


_SERVING = Text(
    "{address} で動いています。止めるには Ctrl-C を押してください。{entrance}",
    "Serving at {address}; Ctrl-C stops it.{entrance}",
)
_WORKING = Text(
    "仕事を待っています。止めるには Ctrl-C を押してください。", "Waiting for work; Ctrl-C stops."
)
_STOPPED = Text("止めました。", "Stopped.")
_TAKEN = Text(
    "{host} のポート {port} は使われています。--port で別の番号を指定してください。",
    "Port {port} of {host} is in use; name another with --port.",
)
_LOGINS = Text(
    "\n練習用の利用者(パスワードはどれも {password}):\n{logins}",
    "\nPeople for practice (the password of each is {password}):\n{logins}",
)
_NO_ADMIN = Text(
    "\nシステム管理がまだいません。--admin メールアドレス を付けて始めると、"
    "招待のアドレスを表示します。"
    "例だけを見るには --demo を付けてください。",
    "\nThere is no administrator yet: start with --admin EMAIL for an invitation, "
    "or with --demo for the example.",
)
_INVITED = Text(
    "\n最初のシステム管理は、次のアドレスで氏名とパスワードを決めてください"
    "(14日以内、1回だけ):\n  {link}",
    "\nThe first administrator chooses name and password at (once, within 14 days):\n  {link}",
)
_READMITTED = Text(
    "\n{email} のパスワードと二段階認証を無効にしました。次のアドレスで新しいパスワードを決めて"
    "ください(3日以内、1回だけ):\n  {link}",
    "\nPassword and second factor of {email} are void. A new password is chosen at (once, within "
    "3 days):\n  {link}",
)
_LOADED = Text(
    "{names}の台帳を読み込みました({rows}行)。", "Loaded {names}: {rows} {rows:row|rows}."
)
_LOADED_TEXTS = Text(
    "計画の文章を読み込みました({count}節)。", "Loaded {count} {count:text|texts} of the plan."
)
_WHOSE_TEXTS = Text(
    "台帳に自治体が複数あるため、{folder} の文章がどの自治体のものか分かりません。"
    "フォルダを別の場所に移してください。",
    "The ledger holds several authorities; whose are the texts in {folder}? Move the folder away.",
)
_REMINDED = Text(
    "{count}通の知らせを送信待ちにしました。worker が送ります。",
    "{count} {count:reminder|reminders} queued; the worker sends them.",
)
_ENQUEUED = Text(
    "{count}件の作成を頼みました。worker が作り、各自治体の「ファイルの作成」「見通し」"
    "「計画の提案」に出ます。",
    "{count} {count:task|tasks} queued; the workers make them, for “files”, “forecasts” and "
    "“proposals” of each "
    "authority.",
)
_MIGRATED = Text("データベースはこの版になりました。", "The database is of this version.")
_HOLDS = Text(
    "記録{count}件の封印を確かめました。書き換えはありません。最後の封印: {seal}",
    "{count} {count:seal|seals} of the log checked, none broken. Last seal: {seal}",
)
_NO_SEAL = Text(
    "「{seal}」は封印ではありません。番号:SHA-256(64桁の16進数)で指定してください。",
    "{seal!r} is not a seal: give number:SHA-256 (64 hexadecimal digits).",
)
