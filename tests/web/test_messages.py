"""The pages in two languages: nothing untranslated, nothing left over, the compiled files fresh."""

import html
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from string import Formatter

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from babel.messages.catalog import Catalog, Message
from django.apps import apps
from django.core import mail
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from django.urls import reverse
from django.utils import translation

from scripts import messages
from shokibo.care.kinds import BY_CODE
from shokibo.ledger.tables import TABLES
from shokibo.web.accounts.models import Person
from shokibo.web.accounts.password_reset import answer
from shokibo.web.base.words import counted, people
from shokibo.web.register.models import Capacity
from tests.web.test_matrix import INSTANCE, OWN, PAGES, Page
from tests.web.world import OURS, PASSWORD, World

LANGUAGES = ("en", "ja")
JAPANESE = re.compile("[ぁ-んァ-ヶー一-龠々]+")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ '-][A-Za-z]{2,})*")
NAMES_IN_ENGLISH = {"shokibo", "English", "QR", "SHA", "Excel", "Word", "PDF", "JavaScript", "ID"}
"""What stands on a Japanese page in Latin letters."""
THE_LAWS_OWN = re.compile("|".join(("日本語", r"shokibo.小規模.", "子発[0-9]+第[0-9]+号[^<]*")))
"""What stands on an English page in Japanese: the language switch, the program's name, articles."""

CATALOGUES = messages.catalogues()


def _key(message: Message) -> str:
    """Return a message's text, behind its context if it has one."""
    words = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}\x04{words}" if message.context else words


def _named(catalogue: Catalog) -> dict[str, Message]:
    return {_key(message): message for message in catalogue if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_holds_what_the_sources_say_and_nothing_else(language: str) -> None:
    found, kept = _named(CATALOGUES[language]), _named(messages.stored(language))
    assert kept.keys() - found.keys() == set(), "no page says these any more: make messages"
    assert found.keys() - kept.keys() == set(), "not in the file: make messages"
    assert messages.path_of(language, "po").read_text("utf-8") == messages.written(
        CATALOGUES[language]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_its_text(language: str) -> None:
    kept = _named(messages.stored(language)).values()
    assert [m.id for m in kept if m.fuzzy or not all(messages.texts_of(m))] == []
    if language == "en":
        said = {m.id: "".join(messages.texts_of(m)) for m in kept}
        assert {k: v for k, v in said.items() if JAPANESE.search(v)} == {}


def _placeholders(text: str) -> set[str]:
    in_braces = {name for _, name, _, _ in Formatter().parse(text.replace("{{", "")) if name}
    return {*re.findall(r"%\(\w+\)[a-z]|%[a-z]", text), *in_braces}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_placeholders_of_its_message(language: str) -> None:
    wrong = {}
    for key, message in _named(messages.stored(language)).items():
        for text in messages.texts_of(message):
            if _placeholders(key) != _placeholders(text):
                wrong[key] = text
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    compiled = messages.path_of(language, "mo").read_bytes()
    assert compiled == messages.compiled(messages.stored(language)), "make messages"


@pytest.mark.parametrize(
    ("language", "n", "words"),
    [("en", 1, "1 day"), ("en", 2, "2 days"), ("en", 0, "0 days"), ("ja", 1, "1日")],
)
def test_a_number_of_one_is_singular_in_english(language: str, n: int, words: str) -> None:
    with translation.override(language):
        assert counted("%(n)s日", n) == words


def _texts_of_data() -> Iterator[str]:
    """Return every text that people or ledgers wrote, and what the logs kept of it."""
    for model in apps.get_models():
        if not model.__module__.startswith("shokibo."):
            continue
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField | JSONField)
        ]
        for row in model._default_manager.values_list(*fields):
            yield from _strings(row)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (line for line in value.splitlines() if JAPANESE.search(line))
    elif isinstance(value, dict):
        yield from _strings(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)


class _InItsLanguage(HTMLParser):
    """Leaves out what a page marks as Japanese, as a quoted text of the plan's document is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.inside or (tag != "html" and dict(attrs).get("lang") == "ja"):
            if tag not in _WITHOUT_END:
                self.inside.append(tag)
        else:
            self.kept.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self.inside:
            self.inside.pop()
        else:
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.kept += [] if self.inside else [data]

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


_WITHOUT_END = {"br", "img", "input", "link", "meta"}


def _in_english_alone(page: bytes) -> bytes:
    reader = _InItsLanguage()
    reader.feed(page.decode())
    return "".join(reader.kept).encode()


def _read(page: bytes) -> str:
    """Return what a page says, its values and labels too, but not its markup."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", page.decode("utf-8"), flags=re.DOTALL)
    said = re.findall(r'(?:title|alt|placeholder|aria-label|data-label|label)="([^"]*)"', text)
    return html.unescape("\n".join([re.sub(r"<[^>]*>", "\n", text), *said]))


def _japanese_in(page: bytes) -> list[str]:
    text = THE_LAWS_OWN.sub("", _read(page))
    for data in sorted(set(_texts_of_data()), key=len, reverse=True):
        text = text.replace(data, "")
    return sorted({line.strip() for line in text.splitlines() if JAPANESE.search(line)})


def _addresses(world: World, name: str) -> tuple[str, str]:
    """Return a page's address and a role that may open it."""
    if name in PAGES:
        page: Page = PAGES[name]
        address = reverse(name, args=[OURS, *page.arguments(world)]) + page.asked(world)
    else:
        page = INSTANCE.get(name, Page({"officer"}, arguments=lambda _: OWN[name]))
        address = reverse(name, args=page.arguments(world))
    return address, sorted(page.get)[0]


def _in_english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.parametrize("name", [*PAGES, *INSTANCE, *sorted(OWN)])
def test_an_english_page_says_nothing_in_japanese(world: World, name: str) -> None:
    address, role = _addresses(world, name)
    answer = _in_english(world.client(role)).get(address, follow=True)
    if answer["Content-Type"].startswith("text/html"):
        assert _japanese_in(_in_english_alone(answer.content)) == []


@pytest.mark.parametrize(("language", "says"), [("en", "capacity"), ("ja", "定員")])
def test_what_a_draft_asks_to_check_is_reported_in_the_page_s_language(
    world: World, language: str, says: str
) -> None:
    Capacity.objects.filter(unit=world.unit("u4")).update(capacity=9)
    client = world.client("officer")
    client.cookies["django_language"] = language
    answer = client.get(reverse("returns:form", args=[OURS, 1, 2022]))
    (note,) = (n for n in answer.context["notes"] if n.code == "FORM_CAPACITY_OUTSIDE")
    assert says in note.message.lower()


def _english_in(page: bytes) -> list[str]:
    text = _read(page)
    found = {words for words in ENGLISH.findall(text) if not words.isupper()}
    return sorted(found - NAMES_IN_ENGLISH)


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ],
)
def test_a_page_before_the_log_in_says_nothing_in_english(db: None, name: str) -> None:
    assert _english_in(Client().get(reverse(name)).content) == []


def test_a_wrong_log_in_is_reported_in_japanese(world: World) -> None:
    answer = Client().post(
        reverse("account_login"), {"login": "officer@example.jp", "password": "wrong"}
    )
    found = set(_english_in(answer.content))
    assert found <= {"officer", "example", "jp"}


def test_the_second_factor_is_asked_for_in_japanese(world: World) -> None:
    given = {"login": "approver@example.jp", "password": PASSWORD}
    answer = Client().post(reverse("account_login"), given, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert _english_in(answer.content) == []


def _just_logged_in(world: World, role: str) -> Client:
    client, person = Client(), Person.objects.get(pk=world.people[role].pk)
    client.force_login(person)
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()},
        {"method": "mfa", "at": time.time(), "reauthenticated": True},
    ]
    session.save()
    return client


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("approver", "account_logout"),
        ("approver", "account_change_password"),
        ("approver", "account_reauthenticate"),
        ("approver", "mfa_index"),
        ("approver", "mfa_reauthenticate"),
        ("approver", "mfa_deactivate_totp"),
        ("approver", "mfa_generate_recovery_codes"),
        ("approver", "mfa_list_webauthn"),
        ("approver", "mfa_add_webauthn"),
        ("officer", "mfa_index"),
        ("officer", "mfa_activate_totp"),
    ],
)
def test_a_page_of_one_s_log_in_says_nothing_in_english(world: World, role: str, name: str) -> None:
    if role == "officer":
        Authenticator.objects.filter(user=world.people[role]).delete()
    answer = _just_logged_in(world, role).get(reverse(name), follow=True)
    assert answer.status_code == 200
    secret = {str(answer.context["form"].secret)} if name == "mfa_activate_totp" else set()
    assert set(_english_in(answer.content)) - {role, *secret} == set()


def test_recovery_codes_and_keys_are_reported_in_japanese(world: World) -> None:
    person = world.people["approver"]
    RecoveryCodes.activate(person)
    key = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "鍵", "credential": {}}
    )
    client = _just_logged_in(world, "approver")
    for address in (
        reverse("mfa_index"),
        reverse("mfa_view_recovery_codes"),
        reverse("mfa_generate_recovery_codes"),
        reverse("mfa_list_webauthn"),
        reverse("mfa_edit_webauthn", args=[key.pk]),
        reverse("mfa_remove_webauthn", args=[key.pk]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        found = {words for words in _english_in(answer.content) if words != "approver"}
        assert found == set(), address


def test_the_mail_that_resets_a_password_is_in_japanese(world: World) -> None:
    answer.call("officer@example.jp", "http://testserver/", "ja")
    (sent,) = mail.outbox
    text = re.sub(
        r"https?://\S+|\S+@\S+|example\.com|testserver", "", f"{sent.subject}\n{sent.body}"
    )
    assert set(ENGLISH.findall(text)) - NAMES_IN_ENGLISH == set()
    link = re.search(r"https?://[^/]+(/\S+)", str(sent.body))
    assert link is not None
    page = Client().get(link.group(1), follow=True)
    assert (page.status_code, _english_in(page.content)) == (200, [])
    assert "使えない" not in page.content.decode()


def _labels_of_codes() -> Iterator[str]:
    columns = [column for table in TABLES for column in table.columns]
    columns += [item.column for kind in BY_CODE.values() for item in kind.items]
    for column in columns:
        yield from (column.codes or {}).values()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            with translation.override(None):
                yield from (str(label) for _, label in field.flatchoices)


def test_labels_of_codes_are_in_sentence_case() -> None:
    english = _named(messages.stored("en"))
    labels = {label for label in _labels_of_codes() if label in english}
    assert len(labels) > 100
    words = (str(english[label].string) for label in sorted(labels))
    assert [one for one in words if one[:1].islower()] == []


@pytest.mark.parametrize(
    ("value", "written"), [(None, "—"), ("", "—"), (0, "0人"), ("3.8", "3.8人")]
)
def test_a_number_of_people_that_is_not_known_has_no_unit(value: object, written: str) -> None:
    assert people(value) == written
