"""The nation's sum as it is published: frozen, of named versions; a correction is a new edition."""

import csv
import io
import json
import zipfile

import pytest
from django.db import Error, transaction
from django.test import Client
from openpyxl import load_workbook

from shokibo.web.base.seen import digest_of
from shokibo.web.receipts.models import SumEdition, SumFile
from tests.web.deliveries import delivered
from tests.web.markup import markup_of
from tests.web.test_nation import accepted
from tests.web.test_own_values import send
from tests.web.world import OURS, World

PUBLISH = "/nation/sum/publish/?form=1&year=2022"


def published(world: World, seed: int) -> SumEdition:
    """Accept a file of OURS, and publish the sum on the page."""
    delivered(world, seed)
    accepted(world)
    assert "公開しました。" in send(world.client("ministry"), PUBLISH)
    return SumEdition.objects.latest("edition")


def test_what_is_published_is_for_everybody_and_names_its_versions(world: World) -> None:
    page = markup_of(Client().get("/open/"))
    assert "公開されたデータはまだありません" in page
    made = published(world, 7)
    assert made.edition == 1
    assert "全国の計" in markup_of(Client().get("/open/"))
    answer = Client().get("/open/form1/2022/")
    assert "sessionid" not in answer.cookies
    page = markup_of(answer)
    assert made.versions[OURS] in page
    folder = f"/open/form1/2022/{made.dated}/"
    assert f'href="{folder}sum.csv"' in page
    content = Client().get(f"{folder}sum.csv").content.decode("utf-8-sig")
    counts = {
        (row["kind"], row["count"], row["places"]): row["value"]
        for row in csv.DictReader(io.StringIO(content))
    }
    assert counts["total", "units", ""] == str(made.total["units"]["total"]["units"])
    archive = zipfile.ZipFile(io.BytesIO(Client().get(f"{folder}package.zip").content))
    described = json.loads(archive.read("datapackage.json"))
    assert described == made.description
    book = load_workbook(io.BytesIO(Client().get(f"{folder}tables.xlsx").content))
    assert book.sheetnames[:2] == ["全国の計", "合計した版"]
    english = Client().get("/open/form1/2022/?lang=en").content.decode()
    assert "the nation&#x27;s sum" in english


def test_a_correction_is_a_new_edition_that_says_what_changed_line_by_line(world: World) -> None:
    first, second = published(world, 7), published(world, 8)
    assert (first.edition, second.edition) == (1, 2)
    old, new = (one.total["units"]["total"]["units"] for one in (first, second))
    line = f"小規模かつ地域分散化された生活単位か所数(合計) {old}か所 → {new}か所"
    page = markup_of(Client().get("/open/form1/2022/"))
    assert line in page
    assert "架空県の版を改めた" in page
    before = markup_of(Client().get(f"/open/form1/2022/{first.dated}/"))
    assert "このあとに訂正した版があります。" in before
    assert first.versions[OURS] in before
    changes = Client().get(f"/open/form1/2022/{second.dated}/changes.csv").content.decode()
    assert line in changes


def test_the_same_versions_are_not_published_twice(world: World) -> None:
    published(world, 7)
    page = markup_of(world.client("ministry").get(PUBLISH, follow=True))
    assert "受理した版は変わっていません" in page, "said when it is opened"
    assert SumEdition.objects.count() == 1
    shown = markup_of(world.client("ministry").get("/nation/sum/?form=1&year=2022"))
    assert "この計を公開する" not in shown
    assert "公開した版" in shown


def test_a_sum_that_changed_since_it_was_shown_is_not_published(world: World) -> None:
    client = world.client("ministry")
    delivered(world, 7)
    accepted(world)
    seen = client.get(PUBLISH).context["form"]["seen"].value()
    delivered(world, 8)
    accepted(world)
    answer = client.post(PUBLISH, {"seen": seen})
    assert "この画面を開いた後に、内容が変わりました" in markup_of(answer)
    assert "架空県" in markup_of(answer)
    assert not SumEdition.objects.exists()
    client.post(PUBLISH, {"seen": answer.context["form"]["seen"].value()})
    assert SumEdition.objects.exists(), "what the refused page shows can be published"


def test_nothing_accepted_nothing_published(world: World) -> None:
    client = world.client("ministry")
    assert "受理した版がありません" in markup_of(client.get(PUBLISH, follow=True))
    assert "受理した版がありません" in markup_of(client.post(PUBLISH, {"seen": digest_of({})}))


def test_what_is_published_never_changes(world: World) -> None:
    made = published(world, 7)
    with pytest.raises(Error), transaction.atomic():
        SumEdition.objects.filter(pk=made.pk).update(edition=2)
    with pytest.raises(Error), transaction.atomic():
        SumFile.objects.filter(of=made).update(name="x.csv")


@pytest.mark.parametrize(
    "address",
    [
        "/open/form1/2021/",
        "/open/form3/2022/",
        "/open/form1/2022/2022-04-05.9/",
        "/open/form1/2022/2022-04-06.1/",
        "/open/form1/2022/2022-04-05.1/other.csv",
    ],
)
def test_what_is_not_published_is_not_there(world: World, address: str) -> None:
    published(world, 7)
    assert Client().get(address).status_code == 404
