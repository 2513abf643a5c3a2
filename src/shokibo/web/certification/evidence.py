"""Which files may support an application: small, of a known kind by name and by content."""

import hashlib
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile

from shokibo.web.refusal import RefusedError

MOST_BYTES = 5 * 1024 * 1024
MOST_FILES = 20
_STARTS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}
_PARTS = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest of its content."""
        return hashlib.sha256(self.content).hexdigest()


def checked(upload: UploadedFile) -> CheckedFile:
    """Read an upload. Raises RefusedError where it is too large or not what its name says."""
    name = PurePath((upload.name or "").replace("\\", "/")).name[-200:]
    if (upload.size or 0) > MOST_BYTES:
        raise RefusedError(
            f"「{name}」は5MBを超えています。分けるか、小さくしてください。",
            f"{name} is larger than 5 MB.",
        )
    content = upload.read()
    if not _is_what_it_says(PurePath(name).suffix.lower(), content):
        raise RefusedError(
            f"「{name}」は受け付けられません。PDF、Excel(xlsx)、Word(docx)、PNG、JPEGにしてください"
            "(名前と中身の両方を確かめています)。",
            f"{name} is no PDF, xlsx, docx, PNG or JPEG by name and content.",
        )
    return CheckedFile(name, content)


def content_type(name: str) -> str:
    """Give the type under which a kept file is sent."""
    return CONTENT_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


def _is_what_it_says(suffix: str, content: bytes) -> bool:
    if suffix in _STARTS:
        return content.startswith(_STARTS[suffix])
    if suffix not in _PARTS:
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return {"[Content_Types].xml", _PARTS[suffix]} <= set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
