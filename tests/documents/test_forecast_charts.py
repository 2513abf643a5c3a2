"""The forecast's fan charts: what is drawn of which group, in words and in grey."""

from xml.etree import ElementTree as ET

import altair
import pytest

from shokibo.documents.forecast.fan import FanChart, png, spec, svg
from shokibo.documents.forecast.panels import fan_chart, groups_shown
from shokibo.texts import Language
from tests.need.answers import NOW, forecast

SVG = "{http://www.w3.org/2000/svg}"
NEED = {"three_and_over": {2021: 66, 2022: 70}, "in_homes": {2022: 74}}


def texts(chart: FanChart) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(svg(chart)).iter(f"{SVG}text")]  # noqa: S314


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ja",
            {"施設(児童養護施設と乳児院)", "児童養護施設(3歳以上)", "里親とファミリーホーム",
             "期待される人数", "必要量", "50%", "80%", "95%", "（人）",
             "基準日R3.9.30", "令和3年度末", "令和8年度末", "69.0", "64.0", "24.0"},
        ),
        (
            "en",
            {"Children's homes (three and over)", "Expected", "Need", "(children)",
             "The day2021-09-30", "FY2021", "FY2026"},
        ),
    ],
)  # fmt: skip
def test_groups_bands_lines_and_years_are_named(language: Language, words: set[str]) -> None:
    assert words <= set(texts(fan_chart(forecast(), NEED, language)))


def test_a_fan_begins_with_the_children_of_the_day_and_opens_by_the_intervals() -> None:
    homes = fan_chart(forecast(), NEED, "ja").panels[0]
    assert [band.name for band in homes.bands] == ["95%", "80%", "50%"]
    assert [band.ends[:3] for band in homes.bands] == [
        ((69, 69), (66, 72), (63, 75)),
        ((69, 69), (67, 71), (65, 73)),
        ((69, 69), (68, 70), (67, 71)),
    ]


def test_the_need_is_a_line_where_it_is_known() -> None:
    homes, three, foster = (panel.lines[1] for panel in fan_chart(forecast(), NEED, "ja").panels)
    assert homes.values[:4] == (None, None, 74, None)
    assert three.values[:4] == (None, 66, 70, None)
    assert set(foster.values) == {None}
    assert "必要量" not in texts(fan_chart(forecast(), {}, "ja"))


def test_scenarios_are_lines_of_their_own() -> None:
    chart = fan_chart(forecast(scenarios={"里親を増やす": -3, "閉鎖": 2}), NEED, "ja")
    names = [line.name for line in chart.panels[0].lines]
    assert names == ["期待される人数", "必要量", "里親を増やす", "閉鎖"]
    assert {"里親を増やす", "閉鎖"} <= set(texts(chart))


def test_groups_without_a_child_and_a_whole_of_one_part_are_left_out() -> None:
    assert groups_shown(forecast()) == [
        "in_homes", "three_and_over", "infant_home", "foster_care", "foster", "family_home",
        "temporary_protection", "all",
    ]  # fmt: skip
    without_infants = forecast(NOW | {"infant_home": 0, "foster": 0, "family_home": 0})
    assert groups_shown(without_infants) == ["three_and_over", "temporary_protection", "all"]
    assert len(fan_chart(without_infants, {}, "ja").panels) == 1


@pytest.mark.parametrize("coloured", [False, True])
def test_a_chart_is_valid_vega_lite(*, coloured: bool) -> None:
    chart = fan_chart(forecast(scenarios={"a": 1}), NEED, "ja")
    altair.VConcatChart.from_dict(spec(chart, coloured=coloured))


def test_a_document_is_grey_and_a_page_is_not() -> None:
    chart = fan_chart(forecast(), NEED, "ja")

    def fills(picture: str) -> set[str]:
        found = {path.get("fill") for path in ET.fromstring(picture).iter(f"{SVG}path")}  # noqa: S314
        return {fill for fill in found if fill and fill.startswith("#")}

    def greyness(fill: str) -> int:
        parts = [int(fill[at : at + 2], 16) for at in (1, 3, 5)]
        return max(parts) - min(parts)

    assert len(fills(svg(chart))) >= 4
    assert all(greyness(fill) <= 1 for fill in fills(svg(chart)))
    assert any(greyness(fill) > 9 for fill in fills(svg(chart, coloured=True)))


def test_the_same_forecast_gives_the_same_picture() -> None:
    one, other = (fan_chart(forecast(), NEED, "ja") for _ in range(2))
    assert png(one) == png(other)
    assert png(one).startswith(b"\x89PNG")
