"""A person's actions on a run: each is one transaction, and is logged.

All raise PermissionDenied, StaleError if somebody else acted on the run since `version`, and
RefusedError if its state does not allow the action.
"""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError

from shokibo.documents.checked.marking import Mark
from shokibo.texts import Language, Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, StaleError, note
from shokibo.web.base import clock
from shokibo.web.base.isolation import file_name
from shokibo.web.base.language import language
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import DISCARD
from shokibo.web.exchange import writing
from shokibo.web.exchange.isolation import mark_isolated
from shokibo.web.exchange.models import OPEN_STATES, Run, RunChange, RunProgress
from shokibo.web.exchange.naming import with_sheet
from shokibo.web.exchange.reach import Reach
from shokibo.web.exchange.rows import Codes
from shokibo.web.homes.proposals import WITHDRAW
from shokibo.web.register.models import Authority, ChangeProposal
from shokibo.web.steps.taking import take
from shokibo.web.store.mapping import MAPPED

_BATCH = 500
_LISTED: tuple[tuple[str, Language], ...] = (("、", "ja"), (", ", "en"))
_NAMED = 10
"""How many of the rows changed since are named."""


@transaction.atomic
def upload(*, office: Office, name: str | None, content: bytes) -> Run:
    """Store an uploaded workbook to be read. Raises RefusedError if it is too large or empty."""
    if not office.may(Permission.LEDGER_IMPORT):
        raise PermissionDenied
    if not content:
        raise RefusedError("ファイルが空です。選び直してください。", "The file is empty.")
    if len(content) > settings.IMPORT_MOST_BYTES:
        most = settings.IMPORT_MOST_BYTES // 1024 // 1024
        raise RefusedError(
            f"ファイルが大きすぎます(上限{most}MB)。要らないシートや行を消してください。",
            f"The file is larger than {most} MB. Delete sheets and rows that are not needed.",
        )
    reach, of_children = Reach(office, Permission.LEDGER_IMPORT), office.may(Permission.CHILD_WRITE)
    run = Run.objects.create(
        authority=office.authority,
        homes=reach.keys,
        of_children=of_children,
        centers=sorted(reach.centers) if of_children and reach.centers is not None else None,
        file_name=file_name(name),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_by=office.person,
    )
    RunProgress.objects.create(run=run)
    note(Act(office.person, "import.upload"), run, {"sha256": run.sha256})
    return run


@transaction.atomic
def ask(*, office: Office, run: Run, version: int, reason: str) -> Run:
    """Ask for a run to be applied as its dry run shows. Raises RefusedError without a reason."""
    locked = _locked(office, run, version)
    if locked.state != "ready":
        raise _wrong_state(locked)
    if not locked.counts:
        raise RefusedError("変わる行がありません。", "Nothing would change.")
    if not may_apply(office, locked):
        raise RefusedError(
            "施設が読み込んだブックです。取り込めるのは、その施設です。",
            "A home brought this workbook in; the home alone can import it.",
        )
    if needs_reason(locked) and not reason.strip():
        raise RefusedError(
            "認定済みの月に影響する変更か、自治体への申出があります。理由を記入してください。",
            "Certified months are touched, or changes proposed: say why.",
        )
    locked.state, locked.reason, locked.tries = "applying", reason.strip()[:1000], 0
    locked.applied_by = office.person
    locked.message = {}
    locked.save_next()
    RunProgress.objects.update_or_create(run=locked, defaults={"stage": "queued"})
    return locked


def mark(*, office: Office, run: Run, marks: Sequence[Mark]) -> bytes:
    """Return a run's workbook with findings marked, and log the download.

    Raises RefusedError if it can't be marked.
    """
    marked = mark_isolated(bytes(run.content or b""), marks, language())
    if marked is None:
        raise RefusedError(
            "このブックには印を付けられません。"
            "Excelで開き「Excel ブック(.xlsx)」として保存し直してください。",
            "This workbook can't be marked. Open it in Excel and save it as a workbook (.xlsx).",
        )
    note(Act(office.person, "import.mark"), run, {"sha256": run.sha256})
    return marked


def may_apply(office: Office, run: Run) -> bool:
    """Return whether a person may apply everything in the run: a home's import is the home's."""
    return Reach(office, Permission.LEDGER_IMPORT).is_of(run)


def needs_reason(run: Run) -> bool:
    """Return whether the import needs a reason."""
    return bool(run.touched) or any("propose" in kinds for kinds in run.counts.values())


def last_applied(authority: Authority) -> Run | None:
    """Return the authority's last import, unless already undone."""
    last = (
        Run.objects.filter(authority=authority, state__in=("applied", "undone"))
        .order_by("-applied_at", "-pk")
        .first()
    )
    return last if last is not None and last.state == "applied" else None


@transaction.atomic
def undo(*, office: Office, run: Run, version: int) -> None:
    """Restore what was before the authority's last import.

    Raises RefusedError, naming rows that changed since.
    """
    # one import of an authority is done or undone after the other
    Authority.objects.select_for_update(no_key=True).get(pk=run.authority.pk)
    locked = _locked(office, run, version)
    if locked.state != "applied":
        raise _wrong_state(locked)
    if last_applied(locked.authority) != locked:
        raise RefusedError(
            "このあとに別の取込みがあります。取り消せるのは最後の取込みだけです。",
            "Another import followed; only the last one can be undone.",
        )
    rows = list(locked.changes.order_by("position"))
    if changed := _changed_since(rows):
        ja, en = (mark.join(one.say(each) for one in changed[:_NAMED]) for mark, each in _LISTED)
        raise RefusedError(
            f"取込みのあとに変わった行があるので、取り消せません:{ja}"
            f"({len(changed)}行)。その行を画面で修正してください。",
            f"{len(changed)} rows were changed since: {en}. Correct those on the pages.",
        )
    act = Act(office.person, "import.undo", str(locked.file_name))
    try:
        _withdraw(office, rows)
        writing.undo(act, Codes.of(locked.authority), rows)
    except ProtectedError as error:
        raise RefusedError(
            "取込みで加えた行を、あとからの登録が使っているので、取り消せません。"
            "先にその登録を消してください。",
            "Rows entered since rest on rows of the import; remove those first.",
        ) from error
    except (IntegrityError, ObjectDoesNotExist) as error:
        raise RefusedError(
            "取込みのあとの登録とぶつかるので、取り消せません。取込みで消した行と同じ行が"
            "あとから登録されたか、その施設か生活単位が削除されています。画面で確かめてください。",
            "It clashes with what was done since: a row that the import removed was entered again, "
            "or its home or unit was removed. Look at the pages.",
        ) from error
    locked.state, locked.undone_at, locked.undone_by = "undone", clock.now(), office.person
    locked.save_next()
    note(act, locked, locked.counts)


def _changed_since(rows: Sequence[RunChange]) -> list[Text]:
    """Name the rows that changed since the import."""
    groups: dict[tuple[str, str], list[RunChange]] = {}
    for row in rows:
        groups.setdefault((row.table, row.kind), []).append(row)
    names = []
    for (table, kind), group in groups.items():
        if kind == "remove":
            continue
        model: type[Model] = MAPPED[table].model
        model = {"propose": ChangeProposal, "draft": Application}.get(kind, model)
        keys = [row.row_id for row in group]
        versions: dict[int, int] = {}
        for start in range(0, len(keys), _BATCH):
            found = model._default_manager.filter(pk__in=keys[start : start + _BATCH])
            versions |= dict(found.values_list("pk", "version"))
        names += [
            with_sheet(table, row.name)
            for row in group
            if versions.get(row.row_id or 0) != row.row_version
        ]
    return names


def _withdraw(office: Office, rows: Sequence[RunChange]) -> None:
    """Withdraw proposals and discard drafts, as the home itself would."""
    own = [row for row in rows if row.kind in ("propose", "draft")]
    if own and not office.may(Permission.CHANGE_PROPOSE):
        raise RefusedError(
            "施設の申出か申請の下書きを含む取込みです。取り消せるのは、その施設です。",
            "The import made a home's proposals or drafts; the home alone can undo it.",
        )
    for row in own:
        version = row.row_version or 0
        if row.kind == "propose":
            proposal = ChangeProposal.objects.get(pk=row.row_id or 0)
            take(WITHDRAW, office=office, row=proposal, version=version)
        else:
            draft = Application.objects.get(pk=row.row_id or 0)
            take(DISCARD, office=office, row=draft, version=version)


@transaction.atomic
def discard(*, office: Office, run: Run, version: int) -> None:
    """Discard a run with its file and results."""
    locked = _locked(office, run, version)
    if locked.state not in OPEN_STATES or locked.state == "applying":
        raise _wrong_state(locked)
    close(locked)
    locked.save_next()
    note(Act(office.person, "import.discard"), locked)


def close(run: Run) -> None:
    """Drop the file of a run that is locked, and what it showed; it is not saved yet."""
    run.changes.all().delete()
    run.state, run.content = "discarded", None
    run.counts, run.findings, run.touched, run.message = {}, {}, [], {}


@transaction.atomic
def again(*, office: Office, run: Run, version: int) -> Run:
    """Read a run's file again and compare it with the present rows."""
    locked = _locked(office, run, version)
    if locked.state not in ("refused", "ready", "failed"):
        raise _wrong_state(locked)
    locked.state, locked.message, locked.tries = "waiting", {}, 0
    locked.save_next()
    RunProgress.objects.update_or_create(run=locked, defaults={"stage": "queued"})
    return locked


def _locked(office: Office, run: Run, version: int) -> Run:
    if run.authority_id != office.authority.pk or not office.may(Permission.LEDGER_IMPORT):
        raise PermissionDenied
    reach = Reach(office, Permission.LEDGER_IMPORT)
    locked = reach.runs().select_for_update(of=("self",)).filter(pk=run.pk).first()
    if locked is None:
        raise PermissionDenied
    if locked.version != version:
        raise StaleError(locked)
    return locked


def _wrong_state(run: Run) -> RefusedError:
    state = run.get_state_display()
    return RefusedError(
        f"この取込みは「{state}」なので、この操作はできません。",
        f"This import is {run.state}; that can't be done now.",
    )
