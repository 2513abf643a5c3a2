"""Every page that shows the log opens with events of every action, every table and any shape."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import JSONField, Model, Value
from django.test import Client
from django.urls import reverse
from lxml import html

import shokibo.web
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import Act, note
from shokibo.web.audit.words import ACTIONS
from shokibo.web.base.parameters import PagedQuery
from shokibo.web.certification.models import Application
from shokibo.web.planning.models import Need
from shokibo.web.trail import describing
from tests.web.applications import certified
from tests.web.markup import markup_of
from tests.web.world import OURS, World

WEB = Path(shokibo.web.__file__).parent
ODD_SHAPES: list[tuple[Any, Any]] = [
    ({}, {"file": "台帳.xlsx", "rows": {"staff": 11, "gone": 2}}),
    ({}, {"staff": {"add": 3, "change": 1}}),
    ({"opened_on": "きのう", "kind": "gone", "capacity": [1, 2]}, {"opened_on": 7, "unit": {}}),
    ({"weekly_hours": "x", "effective_from": None}, {"weekly_hours": 1.5, "effective_from": ""}),
    ({"unit": 987654321, "decided_at": "2022-13-45T00:00"}, {"unit": "u4", "decided_at": True}),
    (["a"], "b"),
    (Value(None, JSONField()), 3),
]


def pages(world: World) -> Iterator[tuple[str, str]]:
    """Return every page that shows events, with a role that may open it."""
    application = Application.objects.get(code="a-u4")
    for role, name, keys in (
        ("auditor", "trail:events", []),
        ("auditor", "today:today", []),
        ("officer", "homes:home", [world.home.pk]),
        ("home_staff", "homes:home", [world.home.pk]),
        ("officer", "homes:unit", [world.unit("u4").pk]),
        ("officer", "certification:application", [application.pk]),
        ("home_staff", "certification:application", [application.pk]),
    ):
        yield role, reverse(name, args=[OURS, *keys])


def open_all(world: World) -> None:
    clients: dict[str, Client] = {}
    for role, address in pages(world):
        client = clients.setdefault(role, world.client(role))
        for language in ("ja", "en"):
            answer = client.get(address, headers={"Accept-Language": language})
            assert answer.status_code == 200, (role, address)


def subjects(world: World) -> list[Model]:
    """Return a row of every model that has one, those first whose pages show their history."""
    shown: list[Model] = [world.home, world.unit("u4"), Application.objects.get(code="a-u4")]
    models = [model for model in apps.get_models() if model.__module__.startswith("shokibo.")]
    rows = [model._default_manager.first() for model in models if model is not Event]
    return [*shown, *(row for row in rows if row is not None)]


def test_every_action_on_every_table_is_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for subject in subjects(world):
        for action in ACTIONS:
            note(Act(world.people["officer"], action), subject, ODD_SHAPES[0][1])
    whole = PagedQuery.page_of
    monkeypatch.setattr(PagedQuery, "page_of", lambda self, rows, _: whole(self, rows, len(rows)))
    shown = []
    for role, address in pages(world):
        answer = world.client(role).get(address)
        assert answer.status_code == 200, (role, address)
        shown.append(markup_of(answer))
    assert all(words.ja in shown[0] for words in ACTIONS.values())


@pytest.mark.parametrize(("before", "after"), ODD_SHAPES)
def test_an_event_of_any_shape_is_shown(world: World, before: object, after: object) -> None:
    for subject in subjects(world)[:3]:
        for kind in (subject._meta.label_lower, "register.gone", "nonsense", ""):
            Event.objects.create(
                actor_name="架空",
                action="gone.action",
                authority=world.authority,
                home=world.home,
                subject_kind=kind,
                subject_id=subject.pk,
                subject="行",
                before=before,
                after=after,
            )
    open_all(world)


def test_a_home_opens_after_its_workbook_was_taken_out(world: World) -> None:
    officer = world.client("officer")
    officer.get(reverse("exchange:of_home", args=[OURS, world.home.pk]))
    page = officer.get(reverse("homes:home", args=[OURS, world.home.pk])).content.decode()
    assert "ファイル:台帳_架空県_20220405_架空学園.xlsx" in page
    assert "行数:生活単位 3、定員 3、" in page


def test_the_log_names_people_and_units_and_codes_in_words(world: World) -> None:
    certified(world)
    page = markup_of(world.client("auditor").get(reverse("trail:events", args=[OURS])))
    assert "審査中 → 決裁待ち" in page
    assert "架空 approver" in page
    assert not re.search(r"<li>生活単位:— → \d", page)


def test_rows_are_named_as_they_were_in_the_pages_language(world: World) -> None:
    need = Need.objects.create(
        authority=world.authority, fiscal_year=2022, age_band="preschool", children=9
    )
    note(Act(world.people["officer"], "plan.change"), need)
    need.delete()
    client = world.client("auditor")
    address = reverse("trail:events", args=[OURS])
    assert "必要量 令和4年度 3歳以上就学前" in client.get(address).content.decode()
    client.cookies.load({"django_language": "en"})
    page = client.get(address).content.decode()
    assert "FY2022 Three to school age" in page
    assert "3歳以上就学前" not in page


def test_an_event_of_an_earlier_release_keeps_its_only_name(world: World) -> None:
    Event.objects.create(
        authority=world.authority,
        actor_name="架空",
        action="plan.change",
        subject_kind="planning.need",
        subject="2022 3歳以上就学前",
    )
    client = world.client("auditor")
    client.cookies.load({"django_language": "en"})
    assert "2022 3歳以上就学前" in client.get(f"/{OURS}/log/").content.decode()


def test_an_action_that_no_page_can_name_is_refused() -> None:
    with pytest.raises(ValueError, match=r"gone\.action"):
        Act(None, "gone.action")


def test_every_action_that_the_program_writes_has_its_words_and_no_other_has() -> None:
    written = {
        node.value
        for path in WEB.rglob("*.py")
        if path != WEB / "audit" / "words.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(ACTIONS) - written == set()


def test_a_row_whose_name_says_its_kind_is_named_once() -> None:
    named = {
        "planning.planversion": "計画 第1版",
        "planning.plantext": "計画の文章「趣旨」",
        "register.unit": "ひだまりの家",
    }
    shown = [
        describing.subject_of(Event(subject_kind=kind, subject=name))
        for kind, name in named.items()
    ]
    assert shown == ["計画 第1版", "計画の文章「趣旨」", "生活単位 ひだまりの家"]


def test_a_digest_is_folded_away(world: World) -> None:
    digest = "0123456789abcdef" * 4
    note(Act(world.people["officer"], "import.upload"), world.authority, {"sha256": digest})
    log = html.fromstring(markup_of(world.client("auditor").get(f"/{OURS}/log/")))
    (folded,) = log.xpath("//li/details[@class='technical']")
    assert " ".join(folded.text_content().split()) == f"技術情報SHA-256{digest}"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("児童の一覧", "List of children"),
        ("生活単位の職員:架空の家", "Staff of the living unit: 架空の家"),
        ("職員の確認の結果(API)", "Findings about staff(API)"),
    ],
)
def test_what_was_looked_at_is_named_in_the_pages_language(
    world: World, stored: str, shown: str
) -> None:
    world.office("officer").looked(stored, 1)
    client = world.client("auditor")
    client.cookies.load({"django_language": "en"})
    assert shown in markup_of(client.get(reverse("trail:looks", args=[OURS])))
