"""Files that never change, named by their SHA-256."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.db import models

_KINDS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}


def digest(content: bytes) -> str:
    """Return a content's SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def canonical(figures: Mapping[str, Any]) -> bytes:
    """Serialise figures in the canonical form that is digested."""
    return json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class FrozenFile(models.Model):
    """A file as it was sent, published or attached to a row `of`."""

    name = models.CharField("ファイル名", max_length=200)
    content = models.BinaryField("内容")
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """What opens it: Word, PDF, Excel, otherwise its file extension."""
        ending = str(self.name).rpartition(".")[2]
        return _KINDS.get(ending, ending)

    @property
    def owner(self) -> models.Model:
        """The row whose authority it belongs to."""
        return self.of  # type: ignore[attr-defined, no-any-return]

    @classmethod
    def of_contents(cls, of: models.Model, contents: Mapping[str, bytes]) -> list[Self]:
        """Make a row's files from contents by name."""
        return [
            cls(of=of, name=name, content=content, sha256=digest(content))
            for name, content in contents.items()
        ]
