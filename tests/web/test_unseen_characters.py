"""Text that comes in by a page, the API or a file is the same text, without what nobody sees."""

import io
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from shokibo.ledger.columns import Kind
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import BY_NAME
from shokibo.web.audit.models import Event
from shokibo.web.base.forms import LedgerField
from shokibo.web.register.models import Home
from tests.web.calling import caller
from tests.web.world import OURS, World

HOME = {"name": "さくら\u200b", "operator": "\ufeff法人", "reason": "届\u200b出\r\nのとおり"}


def test_a_page_removes_invisible_characters(world: World) -> None:
    address = reverse("homes:add_home", args=[OURS])
    world.client("officer").post(address, {**HOME, "code": "\u200b新"})
    home = Home.objects.get(code="新")
    assert (home.name, home.operator) == ("さくら", "法人")


def test_the_api_removes_invisible_characters(world: World) -> None:
    answer = caller(world, "officer").send("POST", "{ours}/tables/homes", {**HOME, "home_id": "新"})
    assert answer.status_code == 201, answer.content
    assert Home.objects.get(code="新").name == "さくら"
    assert Event.objects.latest("pk").reason == "届出\nのとおり"


@pytest.mark.parametrize("name", ["\u200b", "\u3164\u2060"])
def test_a_name_of_invisible_characters_is_no_name(world: World, name: str) -> None:
    address = reverse("homes:add_home", args=[OURS])
    page = world.client("officer").post(address, {**HOME, "code": "新", "name": name})
    assert "記入してください。" in page.content.decode()
    assert not Home.objects.filter(code="新").exists()


def test_an_id_that_no_document_prints_is_refused_on_a_page(world: World) -> None:
    address = reverse("homes:add_home", args=[OURS])
    page = world.client("officer").post(address, {**HOME, "code": "新\ue000"})
    assert "印刷できない文字があります:U+E000" in page.content.decode()


@pytest.mark.parametrize("name", ["-分園", "'=1", "''@a", "＝1", "'園"])
def test_the_csv_of_the_pages_is_read_as_the_same_ledger(
    world: World, tmp_path: Path, name: str
) -> None:
    Home.objects.filter(pk=world.home.pk).update(name=name)
    content = world.client("officer").get(f"/{OURS}/exchange/ledger/csv/").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    assert name in read_ledger(tmp_path)["homes"]["name"].to_list()


def test_every_free_text_of_the_ledger_has_room_for_its_lines() -> None:
    remarks = [c for table in BY_NAME.values() for c in table.columns if c.kind is Kind.REMARKS]
    assert len(remarks) == 13
    for column in remarks:
        assert LedgerField(column).widget.template_name.endswith("textarea.html")
        assert LedgerField(column).clean("一\r\n二\u200b") == "一\n二"
