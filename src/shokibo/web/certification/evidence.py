"""The files that may support an application: limited in size, kind and number."""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum
from django.db.models.functions import Length

from shokibo.calendar import fiscal_year_label
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.models import Application, Evidence
from shokibo.web.steps.frozen import digest

MOST_BYTES = 5 * 1024 * 1024
MOST_FILES = 20
_STARTS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}
_MEGABYTE = 1024 * 1024
_PARTS = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}


@dataclass(frozen=True)
class CheckedFile:
    """A checked file."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest of its content."""
        return digest(self.content)


@dataclass(frozen=True)
class Room:
    """How many bytes a home's evidence of a fiscal year may have, and has."""

    fiscal_year: int
    most: int
    used: int

    @classmethod
    def of(cls, application: Application) -> "Room":
        """Return that of an application's home and year, added up by the database."""
        year = int(application.fiscal_year)
        files = Evidence.objects.filter(
            application__home=application.home_id, application__fiscal_year=year
        )
        used = files.aggregate(used=Sum(Length("content")))["used"] or 0
        return cls(year, settings.EVIDENCE_MOST_BYTES, used)

    @property
    def left(self) -> int:
        """How many bytes are left."""
        return max(self.most - self.used, 0)

    def check(self, file: CheckedFile) -> None:
        """Raise RefusedError if a file is larger than what is left."""
        if len(file.content) <= self.left:
            return
        size, left, most = (
            f"{n / _MEGABYTE:.1f}MB" for n in (len(file.content), self.left, self.most)
        )
        raise RefusedError(
            f"「{file.name}」({size})は付けられません。"
            f"この施設の{fiscal_year_label(self.fiscal_year)}の根拠資料は合わせて{most}までで、残りは{left}です。小さくするか、下書きの要らない資料を外してください。",
            f"{file.name} ({size}) does not fit: {left} of {most} are left for the evidence of "
            f"this home in fiscal {self.fiscal_year}. Make it smaller, or take files from a draft.",
        )


def checked(upload: UploadedFile) -> CheckedFile:
    """Read an upload. Raises RefusedError if it is too large or not of its name's kind."""
    name = PurePath((upload.name or "").replace("\\", "/")).name[-200:]
    if (upload.size or 0) > MOST_BYTES:
        raise RefusedError(
            f"「{name}」は5MBを超えています。分けるか、小さくしてください。",
            f"{name} is larger than 5 MB.",
        )
    content, suffix = upload.read(), PurePath(name).suffix.lower()
    try:
        if suffix in _PARTS:
            with zipfile.ZipFile(BytesIO(content)) as package:
                parts = package.namelist()
            is_genuine = {"[Content_Types].xml", _PARTS[suffix]} <= set(parts)
        else:
            is_genuine = content.startswith(_STARTS.get(suffix, ()))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        is_genuine = False
    if not is_genuine:
        raise RefusedError(
            f"「{name}」は受け付けられません。PDF、Excel(xlsx)、Word(docx)、PNG、JPEGにしてください"
            "(名前と中身の両方を確かめています)。",
            f"{name} is no PDF, xlsx, docx, PNG or JPEG by name and content.",
        )
    return CheckedFile(name, content)
