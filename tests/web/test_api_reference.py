"""The reference page shows all of the document, and needs nothing but the page."""

import re

import pytest
from lxml import html

from shokibo.web.api.api import openapi
from shokibo.web.api.document import words_in
from shokibo.web.api.problems import KINDS
from shokibo.web.base.language import COOKIE
from tests.web.world import World

LARGEST_PAGE = 320_000


@pytest.mark.parametrize("address", ["docs", "docs/schemas"])
def test_a_page_is_small_and_runs_no_script_of_its_own(world: World, address: str) -> None:
    answer = world.client("officer").get(f"/api/v1/{address}")
    page = answer.content.decode()
    assert len(answer.content) <= LARGEST_PAGE
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", page) == []


def test_every_operation_and_problem_is_explained(world: World) -> None:
    page = world.client("officer").get("/api/v1/docs").content.decode()
    for path, methods in openapi()["paths"].items():
        assert f"<code>{path}</code>" in page
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
    for code in KINDS:
        assert f'id="problem-{code}"' in page


def test_every_link_within_the_pages_leads_somewhere(world: World) -> None:
    client = world.client("officer")
    docs = client.get("/api/v1/docs").content.decode()
    schemas = client.get("/api/v1/docs/schemas").content.decode()
    for page, links in (
        (docs, re.findall(r'href="#([^"]+)"', docs)),
        (schemas, re.findall(r'href="(?:/api/v1/docs/schemas)?#(schema-[^"]+)"', docs + schemas)),
    ):
        assert set(links) <= set(re.findall(r'id="([^"]+)"', page))


def test_everything_in_the_document_is_in_japanese() -> None:
    document = openapi()
    operations = [one for methods in document["paths"].values() for one in methods.values()]
    for operation in operations:
        for words in (operation["summary"], operation["description"]):
            assert re.search(r"[ぁ-んァ-ヶ一-龠]", words), operation["operationId"]
        for status in ("401", "404", "422", "429", "500", "503"):
            assert operation["responses"][status]["$ref"]
        assert operation["security"] == [{"Bearer": []}]


@pytest.mark.parametrize("address", ["docs", "docs/schemas"])
def test_an_english_reader_reads_it_in_english(world: World, address: str) -> None:
    client = world.client("officer")
    client.cookies[COOKIE] = "en"
    page = html.fromstring(client.get(f"/api/v1/{address}").content)
    for example in page.xpath('//*[@lang="ja"]'):
        example.drop_tree()
    assert re.findall("[^\n]*[ぁ-んァ-ヶ一-龠][^\n]*", page.find(".//main").text_content()) == []


def test_the_document_is_in_the_language_that_is_asked_for(world: World) -> None:
    client = world.client("officer")
    assert client.get("/api/v1/openapi.json").json() == openapi()
    client.cookies[COOKIE] = "en"
    english = client.get("/api/v1/openapi.json").json()
    assert english.keys() == openapi().keys()
    assert [words for words in words_in(english) if re.search("[ぁ-んァ-ヶ一-龠]", words)] == []
