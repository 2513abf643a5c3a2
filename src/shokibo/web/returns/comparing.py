"""A filed form compared with the register; the file is not stored."""

from django.core.files.uploadedfile import UploadedFile

from shokibo.ledger.findings import Finding
from shokibo.returns.filed.against import Comparison, compare
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.uploads import count_upload
from shokibo.web.returns.drawing import Drawn
from shokibo.web.returns.reading import read_filed


def compared(live: Drawn, sent: UploadedFile, person: int) -> Comparison:
    """Compare an uploaded form with the one drawn today. Raises RefusedError."""
    count_upload(person)
    filed = read_filed(sent.name, sent.read(), live.number, live.year)
    if filed is None:
        raise RefusedError(
            "読取りの途中で止まりました。ファイルを開いて保存し直し、もう一度選んでください。",
            "The reading broke off. Open the file, save it again, and choose it once more.",
        )
    if isinstance(filed, Finding):
        raise RefusedError(filed.message("ja"), filed.message("en"))
    return compare(filed, live.figures, live.register, live.law)
