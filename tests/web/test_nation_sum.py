"""The sum of what is accepted: it names its versions, and its open data say the same."""

import csv
import io
import json
import zipfile

from shokibo.web.nation.summing import nation_sum
from tests.web.deliveries import delivered
from tests.web.markup import markup_of
from tests.web.test_nation import accepted, sent
from tests.web.world import OURS, World


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def test_the_sum_names_the_versions_that_it_is_made_of(world: World) -> None:
    client = world.client("ministry")
    address = "/nation/sum/?form=1&year=2022"
    assert "受理した版はまだありません" in markup_of(client.get(address))
    row = sent(world)
    assert "受理した版はまだありません" in markup_of(client.get(address))
    accepted(world)
    page = markup_of(client.get(address))
    assert row.figures_sha256 in page
    assert nation_sum(1, 2022).total.units == row.sent.units


def test_the_open_data_hold_the_sum_the_versions_and_no_person(world: World) -> None:
    file = delivered(world)
    accepted(world)
    answer = world.client("ministry").get("/nation/sum/package.zip?form=1&year=2022")
    again = world.client("ministry").get("/nation/sum/package.zip?form=1&year=2022")
    assert answer.content == again.content
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    (version,) = rows(archive, "versions.csv")
    assert (version["authority_code"], version["sha256"]) == (OURS, file.sha256)
    total = file.figures["units"]["total"]["units"]  # type: ignore[index]
    assert {
        "kind": "total",
        "kind_name": "合計",
        "count": "units",
        "count_name": "小規模かつ地域分散化された生活単位か所数",
        "places": "",
        "value": str(total),
    } in rows(archive, "sum.csv")
    (authority,) = rows(archive, "authorities.csv")
    assert authority["total_units"] == str(total)
    described = json.loads(archive.read("datapackage.json"))
    assert [one["name"] for one in described["resources"]] == ["sum", "versions", "authorities"]
    assert described["threshold"] is None
