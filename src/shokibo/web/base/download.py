"""Files as downloads."""

from urllib.parse import quote

from django.http import HttpResponse

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
    "png": "image/png",
    "jpg": "image/jpeg",
}


def attachment(name: str, content: bytes) -> HttpResponse:
    """Return a file to be saved, never displayed; its name may have any characters."""
    kind = _TYPES.get(name.rpartition(".")[2].casefold(), "application/octet-stream")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
