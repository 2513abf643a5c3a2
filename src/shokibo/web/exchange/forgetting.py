"""What imports kept of a child goes with its records."""

import html
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from shokibo.ledger.limits import MAX_UNPACKED_BYTES
from shokibo.web.audit.recording import Act, note
from shokibo.web.exchange.actions import close
from shokibo.web.exchange.models import Run, RunChange
from shokibo.web.register.forgetting import Forgotten, are_named, forgotten
from shokibo.web.register.models import Authority

_END_OF_CELL = re.compile(r"</(?:\w+:)?(?:si|is|v|c)>")
_TAG = re.compile(r"<[^>]*>")
"""A cell's words may be in several runs, with tags between them."""


@receiver(forgotten)
def forget(*, children: Sequence[Forgotten], **_given: Any) -> None:
    """Delete the rows, workbooks and findings of imports that hold a child's code.

    Such an import can't be undone any more, and one that is still open has to be uploaded again.
    """
    for authority, of_authority in groupby(children, key=lambda one: one.authority):
        codes = [one.code for one in of_authority]
        for code in codes:
            _rows_of(authority, code).delete()
        for run in Run.objects.select_for_update().filter(authority=authority).iterator(1):
            _forget_in(run, codes)


def _rows_of(authority: Authority, code: str) -> Any:
    named = Q(name_ja__startswith=f"{code} ") | Q(before__child_code=code)
    named |= Q(after__child_code=code)
    return RunChange.objects.filter(named, run__authority=authority, table="episodes")


def _forget_in(run: Run, codes: Sequence[str]) -> None:
    if run.content is not None and _holds(bytes(run.content), codes):
        close(run)
        run.message = {"code": "child_forgotten"}
        run.save_next()
        note(Act(None, "import.discard"), run)
        return
    found = {name: _without(values, codes) for name, values in run.findings.items()}
    names = _without(run.message.get("names", []), codes)
    if found != run.findings or names != run.message.get("names", []):
        run.findings = found
        run.message = {**run.message, "names": names}
        run.save_next(["findings", "message"])


def _without(values: Any, codes: Sequence[str]) -> Any:
    """Return a list without the entries that name a child; counts stay."""
    if not isinstance(values, list):
        return values
    return [one for one in values if not are_named(codes, json.dumps(one, ensure_ascii=False))]


def _holds(content: bytes, codes: Sequence[str]) -> bool:
    """Whether a workbook names a child; so may one that can't be opened."""
    try:
        return any(are_named(codes, text) for text in _texts(content))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return True


def _texts(content: bytes) -> Iterator[str]:
    """Return the words of a workbook's parts. Raises ValueError if they are too large."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise ValueError(parts)
        for part in parts:
            text = _END_OF_CELL.sub(" ", archive.read(part).decode(errors="replace"))
            yield html.unescape(_TAG.sub("", text))
