"""Collect the messages of the pages into the catalogues, and compile them.

`python -m scripts.messages` (`make messages`) keeps what is translated, adds what is new, drops
what no page says any more, and compiles. A test holds the files to the sources.

`en` turns the project's own Japanese into English: what the pages say, the headers and codes of
the ledger, the names of the models' fields. `ja` turns into Japanese what would be English on a
Japanese page: names that Django makes of fields, and texts of allauth that its own Japanese leaves
out or says in other words than the rest of the pages. `en` does the latter too: allauth writes
Titles Like This, and signs in and out where our pages log in and out. `ja` has what Django's forms
say of a wrong value, too.
"""

import io
import os
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import allauth
import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.db.models import Field, Model
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation.template import templatize

from shokibo.care.kinds import RECORDS
from shokibo.law.parameters import national_law
from shokibo.ledger.columns import Column
from shokibo.ledger.tables import TABLES

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "src" / "shokibo" / "web"
LOCALE = PAGES / "locale"
ALLAUTH = Path(allauth.__file__).parent

Found = tuple[str, Any, str | None]
"""A message: the place that says it, the message (with its plural, if any), and its context."""
_KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext_lazy": (1, 2),
    "counted": (1, 1),
}
_HEAD = "Messages of shokibo's pages; made by `make messages`, translated by hand."
_OF_ALLAUTH = (
    "account/adapter.py",
    "account/forms.py",
    "account/fields.py",
    "mfa/adapter.py",
    "mfa/models.py",
    "mfa/totp",
    "mfa/webauthn",
    "templates/account",
    "templates/mfa",
)
"""The parts of allauth in use; others (social accounts, …) are off."""
_NOT_OURS = re.compile(
    "多要素認証|リカバリー|セキュリティーキー|生態|リクエスト|パスワードレス|再認証|シークレット"
    "|セットを生成|信頼|トークン|アクセス確認|オプション|要求|不正なログイン"
)
"""Words of allauth's Japanese that the pages phrase differently, or that are unnatural."""
_SHOWN_OF_ALLAUTH = (
    "account/forms.py",
    "account/fields.py",
    "mfa/totp/forms.py",
    *(
        f"templates/account/{name}.html"
        for name in (
            "account_inactive",
            "base_reauthenticate",
            "logout",
            "password_change",
            "password_reset",
            "password_reset_done",
            "password_reset_from_key",
            "password_reset_from_key_done",
            "signup_closed",
        )
    ),
    "templates/account/messages/logged_out.txt",
    "templates/mfa/authenticate.html",
    "templates/mfa/index.html",
    "templates/mfa/recovery_codes",
    "templates/mfa/totp",
    "templates/mfa/webauthn",
)
_NOT_OUR_ENGLISH = re.compile(
    r"[a-z] (?!JavaScript)[A-Z][a-z]|[Ss]ign(ed)?[ -](out|up|in)\b|[Ee]mail|[Tt]wo-factor"
    "|reauthenticate"
)
"""Words of allauth's English that the pages say otherwise."""
_OF_DJANGO: tuple[tuple[str, Any], ...] = (
    ("forms/fields.py", "This field is required."),
    ("forms/fields.py", "The submitted file is empty."),
    ("forms/fields.py", "Enter a whole number."),
    ("forms/fields.py", "Enter a number."),
    ("core/validators.py", "Ensure this value is greater than or equal to %(limit_value)s."),
    ("core/validators.py", "Ensure this value is less than or equal to %(limit_value)s."),
    (
        "forms/fields.py",
        "Select a valid choice. %(value)s is not one of the available choices.",
    ),
    (
        "forms/models.py",
        "Select a valid choice. That choice is not one of the available choices.",
    ),
    (
        "core/validators.py",
        (
            "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        ),
    ),
)
"""What Django's forms say of a wrong value, in Japanese of an office that says what to do."""
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


def catalogues() -> dict[str, Catalog]:
    """Return the catalogue of each language: the sources' messages with the texts stored so far."""
    declared = ((place, message, None) for place, message in _declared())
    own = list(chain(_sources(_files([PAGES]), PAGES), declared, _units()))
    return {
        "en": _updated(
            "en",
            chain((found for found in own if _is_japanese(found[1])), _of_allauth_in_english()),
        ),
        "ja": _updated(
            "ja",
            chain(
                (found for found in own if not _is_japanese(found[1])), _of_allauth(), _of_django()
            ),
        ),
    }


def written(catalogue: Catalog) -> str:
    """Return the text of a catalogue's file."""
    lines = [f"# {_HEAD}", 'msgid ""', 'msgstr ""']
    for name in ("Language", "Plural-Forms", "MIME-Version", "Content-Type"):
        value = dict(catalogue.mime_headers)[name]
        lines.append(f'"{name}: {value}\\n"')
    text = io.BytesIO()
    write_po(text, catalogue, width=100, omit_header=True, include_lineno=False)
    return "\n".join([*lines, "", text.getvalue().decode("utf-8").strip(), ""])


class _Plain(Catalog):
    """A catalogue whose header names no date and no tool, so that files are reproducible."""

    def __iter__(self) -> Iterator[Message]:
        """Return the header and the messages."""
        head = f"Plural-Forms: {self.plural_forms}\nContent-Type: text/plain; charset=utf-8\n"
        yield Message("", head)
        yield from (message for message in super().__iter__() if message.id)


def compiled(catalogue: Catalog) -> bytes:
    """Return what the program loads."""
    plain = _Plain(locale=catalogue.locale, fuzzy=False)
    for message in catalogue:
        if message.id:
            plain[message.id] = message
    text = io.BytesIO()
    write_mo(text, plain)
    return text.getvalue()


def path_of(language: str, ending: str) -> Path:
    """Name the file of a language: `po` to edit, `mo` to load."""
    return LOCALE / language / "LC_MESSAGES" / f"django.{ending}"


def stored(language: str) -> Catalog:
    """Read a language's file; an empty catalogue if there is none."""
    path = path_of(language, "po")
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts_of(message: Message) -> tuple[str, ...]:
    """Return a message's texts: one, or one for each plural form."""
    found = message.string
    return (found or "",) if isinstance(found, str | None) else tuple(found)


def main() -> None:
    """Write the catalogues, compile them, and name what has no text yet."""
    for language, catalogue in catalogues().items():
        path_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
        path_of(language, "po").write_text(written(catalogue), "utf-8")
        path_of(language, "mo").write_bytes(compiled(stored(language)))
        empty = [message.id for message in catalogue if not all(texts_of(message))]
        print(f"{language}: {len(catalogue)} messages, {len(empty)} without a text")
        for text in empty:
            print(f"  {text}")


def _updated(language: str, found: Iterable[Found]) -> Catalog:
    """Return the messages found, in their order, with the texts that the file has for them."""
    before = stored(language)
    catalogue = Catalog(locale=language, fuzzy=False)
    for place, message, context in found:
        catalogue.add(message, locations=[(place, 0)], context=context)
    for message in catalogue:
        if message.id:
            old = before.get(message.id, message.context)
            # a text in the singular alone doesn't serve a message that has a plural
            if old and old.pluralizable is message.pluralizable:
                message.string = old.string
            message.locations = sorted(set(message.locations))
    return catalogue


def _is_japanese(message: object) -> bool:
    return bool(_JAPANESE.search(str(message))) or message == "、"


def _files(under: Iterable[Path]) -> Iterator[Path]:
    for path in under:
        found = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (
            file
            for file in found
            if file.suffix in (".py", ".html", ".txt")
            and not {"migrations", "static"} & set(file.relative_to(path.parent).parts)
        )


def _sources(files: Iterable[Path], base: Path) -> Iterator[Found]:
    for path in files:
        text = path.read_text("utf-8")
        source = text if path.suffix == ".py" else _as_python(text)
        for _, message, _, context in extract(
            "python", io.BytesIO(source.encode()), keywords=_KEYWORDS
        ):
            yield path.relative_to(base).as_posix(), message, context


def _as_python(template: str) -> str:
    """Turn a template into calls of gettext; without indents, which would mean something."""
    return "\n".join(line.lstrip() for line in templatize(template).splitlines())


def _declared() -> Iterator[tuple[str, str]]:
    """Return what no call of gettext names: headers, codes, models, the API's document."""
    for table in TABLES:
        yield "shokibo.ledger.tables", table.sheet
        yield from _of_columns("shokibo.ledger.tables", table.columns)
    for kind in RECORDS:
        yield from _of_columns("shokibo.care.kinds", [item.column for item in kind.items])
    from shokibo.web.api.api import openapi
    from shokibo.web.api.document import words_in

    document = sorted(filter(_is_japanese, {*words_in(openapi())}))
    yield from (("api/document.py", words) for words in document)
    with translation.override(None):
        for model in apps.get_models():
            if model.__module__.startswith("shokibo."):
                place = f"{model.__module__.removeprefix('shokibo.web.').replace('.', '/')}.py"
                yield from ((place, name) for name in _names(model))


def _units() -> Iterator[Found]:
    """Return the units of the law's values, which are plural in English."""
    for parameter in national_law().parameters.values():
        if _is_japanese(parameter.unit):
            yield "shokibo.law.parameters", parameter.unit, "unit"


def _of_columns(place: str, columns: Iterable[Column]) -> Iterator[tuple[str, str]]:
    """Return headers and codes."""
    for column in columns:
        yield place, column.header
        yield from ((place, label) for label in (column.codes or {}).values())


def _names(model: type[Model]) -> Iterator[str]:
    """Return the names of a model and its fields, and their choices; not those of Django's own."""
    yield str(model._meta.verbose_name)
    for field in model._meta.concrete_fields:
        if field.model.__module__.startswith("shokibo.") and field.verbose_name != "ID":
            yield from _names_of_field(field)


def _names_of_field(field: "Field[Any, Any]") -> Iterator[str]:
    if not isinstance(field.verbose_name, Promise):
        yield str(field.verbose_name)
    yield from (str(label) for _, label in field.flatchoices if isinstance(label, Promise))


def _of_django() -> Iterator[Found]:
    yield from ((f"django/{place}", message, None) for place, message in _OF_DJANGO)


def _of_allauth() -> Iterator[Found]:
    """Return allauth's messages without a Japanese text, or with unsuitable words."""
    own = ALLAUTH / "locale" / "ja" / "LC_MESSAGES" / "django.po"
    with own.open("rb") as file:
        theirs = read_po(file, locale="ja")
    for place, message, context in _sources(
        _files(ALLAUTH / part for part in _OF_ALLAUTH), ALLAUTH
    ):
        text = theirs.get(message, context)
        words = "".join(texts_of(text)) if text and not text.fuzzy else ""
        if not words or _NOT_OURS.search(words):
            yield f"allauth/{place}", message, context


def _of_allauth_in_english() -> Iterator[Found]:
    """Return what allauth's pages that people see say in other English than ours."""
    for place, message, context in _sources(
        _files(ALLAUTH / part for part in _SHOWN_OF_ALLAUTH), ALLAUTH
    ):
        words = message if isinstance(message, str) else message[0]
        if _NOT_OUR_ENGLISH.search(words):
            yield f"allauth/{place}", message, context


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.web.settings")
    django.setup()
    main()
