"""Pictures of the plan's texts, uploaded on pages: checked, shown in the documents, taken away."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shokibo.documents.plan.text_pictures import is_drawable
from shokibo.web.audit.models import Event
from shokibo.web.base.refusal import RefusedError
from shokibo.web.planning.contents import Contents
from shokibo.web.planning.models import PlanPicture, PlanText
from shokibo.web.planning.texts import pictures
from tests.web.plan_versions import plan_of
from tests.web.world import OURS, World

ADDRESS = f"/{OURS}/plan/texts/pictures/"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><defs><linearGradient id="g"/>'
    b'</defs><rect width="40" height="20" fill="url(#g)"/></svg>'
)


def _svg(inside: str) -> bytes:
    return SVG.replace(b"</svg>", inside.encode() + b"</svg>")


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    """Return an office with a plan."""
    return plan_of(world, tmp_path)


def _sent(client: Client, name: str, content: bytes) -> str:
    given = {"file": SimpleUploadedFile(name, content)}
    return client.post(f"{ADDRESS}add/", given, follow=True).content.decode()


def test_a_picture_is_listed_shown_in_the_documents_and_handed_out(office: World) -> None:
    client = office.client("officer")
    shown = _sent(client, "体系図.svg", SVG)
    assert "![図の説明](体系図.svg" in shown
    source = '![体系](体系図.svg "体系図")'
    page = client.post(f"/{OURS}/plan/texts/2/preview/", {"source": source}).content.decode()
    assert "図として読めません" not in page
    PlanText.objects.create(authority=office.authority, section="経緯", source=source)
    contents = Contents.of_draft(office.authority)
    with zipfile.ZipFile(BytesIO(contents.file("docx"))) as document:
        assert 'descr="体系"' in document.read("word/document.xml").decode()
    assert "data:image/svg+xml;base64," in contents.snapshot["texts"]["経緯"]
    file = client.get(f"{ADDRESS}{PlanPicture.objects.get().pk}/")
    assert file.content == SVG
    assert file["Content-Disposition"].startswith("attachment")
    assert Event.objects.get(subject_kind="planning.planpicture").after["name"] == "体系図.svg"


def test_one_of_the_same_name_is_replaced_and_one_is_removed(office: World) -> None:
    client = office.client("officer")
    _sent(client, "a.svg", SVG)
    _sent(client, "a.svg", _svg("<rect/>"))
    row = PlanPicture.objects.get()
    assert bytes(row.content) == _svg("<rect/>")
    client.post(f"{ADDRESS}{row.pk}/remove/", {"version": row.version})
    assert not PlanPicture.objects.exists()
    page = client.post(f"/{OURS}/plan/texts/2/preview/", {"source": "![体系](a.svg)"})
    assert "図として読めません" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a b.svg", SVG, "空白、括弧、コロンのない"),
        ("a.jpg", SVG, "空白、括弧、コロンのない"),
        ("a.png", SVG, "図として読めません"),
        ("a.svg", b"\x89PNG\r\n\x1a\n", "図として読めません"),
        ("a.png", b"\x89PNG\r\n\x1a\nbroken", "図として読めません"),
        ("a.svg", b"<html/>", "図として読めません"),
        ("a.svg", b" " * 2_000_001, "2MBを超えています"),
    ],
)
def test_a_file_that_is_no_picture_is_reported(
    office: World, name: str, content: bytes, words: str
) -> None:
    assert words in _sent(office.client("officer"), name, content)
    assert not PlanPicture.objects.exists()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="x.png"/>',
        '<a xlink:href="https://evil.example"><rect/></a>',
        '<rect onload="x()"/>',
        "<foreignObject/>",
        "<style>@import 'https://evil.example';</style>",
        '<rect fill="url(https://evil.example#g)"/>',
    ],
)
def test_a_picture_that_acts_or_leads_out_is_none(inside: str) -> None:
    assert is_drawable(SVG, "svg")
    assert not is_drawable(_svg(inside), "svg")


def test_an_entity_is_refused() -> None:
    assert not is_drawable(b'<!DOCTYPE svg [<!ENTITY e "x">]>' + SVG, "svg")


def test_only_planners_store_and_only_so_many(
    office: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PermissionDenied):
        pictures.store(office=office.office("auditor"), file=("a.svg", SVG))
    monkeypatch.setattr(pictures, "MOST_PICTURES", 1)
    pictures.store(office=office.office("officer"), file=("a.svg", SVG))
    with pytest.raises(RefusedError):
        pictures.store(office=office.office("officer"), file=("b.svg", SVG))
    row = PlanPicture.objects.get()
    with pytest.raises(PermissionDenied):
        pictures.take_away(office=office.office("auditor"), row=row, version=row.version)
