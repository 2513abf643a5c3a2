"""A filed form, read in a separate process; importable without the database."""

from pathlib import Path
from tempfile import TemporaryDirectory

from shokibo.ledger.carriers.sheets import filed_file
from shokibo.ledger.findings import Finding
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed.figures import FiledForm
from shokibo.returns.filed.received import filed_form
from shokibo.web.base.isolation import file_name, isolated


def read_filed(
    name: str | None, content: bytes, form: FormNumber, year: int
) -> FiledForm | Finding | None:
    """Return a workbook's form, or why there is none; None if the process died."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / file_name(name)
        path.write_bytes(content)
        read = isolated(_read, (path, form, year))
    return read if isinstance(read, FiledForm | Finding) else None


def _read(path: Path, form: FormNumber, year: int, _: object) -> FiledForm | Finding:
    return filed_form(filed_file(path, path.name), form, year)
