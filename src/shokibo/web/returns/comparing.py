"""A form as it was filed beside the register; the file is read and stored nowhere."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile

from shokibo.ledger.carriers.sheets import filed_file
from shokibo.ledger.findings import Finding
from shokibo.returns.filed.against import Comparison, compare
from shokibo.returns.filed.received import filed_form
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.uploads import count_upload
from shokibo.web.returns.drawing import Drawn

_NAME = "filed.xlsx"


def compared(live: Drawn, sent: UploadedFile, person: int) -> Comparison:
    """Compare what a person uploads with a form as it is drawn today. Raises RefusedError."""
    count_upload(person)
    with TemporaryDirectory() as folder:
        path = Path(folder) / _NAME
        path.write_bytes(sent.read())
        filed = filed_form(filed_file(path, sent.name or _NAME), live.number, live.year)
    if isinstance(filed, Finding):
        raise RefusedError(filed.message("ja"), filed.message("en"))
    return compare(filed, live.figures, live.register, live.law)
