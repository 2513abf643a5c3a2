"""The charts: what they say, that they can be read in grey, and that no sign is missing."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import altair
import pytest
import typst
from pylopdf_fonts_jp import sans_path

from shokibo.documents.blocks import Figure
from shokibo.documents.charts import WIDTH, Chart, Series, spec
from shokibo.documents.drawn_charts import coloured_svg, pngs, svg
from shokibo.documents.plan.pictures import cost_figure, places_figure, share_figure
from shokibo.ledger.reading import read_ledger
from shokibo.planning.plan import Plan
from shokibo.texts import Language

from .test_plan_cases import SETAGAYA, made, results_of, setagaya

SVG = "{http://www.w3.org/2000/svg}"
FOUR = ("令和3\n年度末", "令和4\n年度末", "令和5\n年度末", "令和6\n年度末")
PLACES = Chart(
    FOUR,
    (Series("本体施設", (52, 52, 49, 36)), Series("グループホーム", (58, 60, 63, 75))),
    Series("必要量", (110, 111, 112, 113)),
)


def texts(drawn: str) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(drawn).iter(f"{SVG}text")]  # noqa: S314


def figure(caption: str) -> Figure:
    (found,) = [each for each in setagaya().figures if caption in each.caption]
    return found


def test_places_and_need_are_written_where_they_stand() -> None:
    result = texts(svg(figure("必要量").chart))
    assert {"本体施設", "グループホーム", "必要量", "（人）"} <= set(result)
    assert {"52", "49", "36", "58", "60", "63", "75", "110", "111", "112", "113"} <= set(result)
    assert [text for text in result if text.startswith("令和")] == [
        label.replace("\n", "") for label in FOUR
    ]


def test_shares_are_written_with_their_decimal() -> None:
    result = texts(svg(figure("定員の割合").chart))
    assert {"52.7", "53.6", "56.3", "67.6", "68.1", "施設の計画", "目標", "（%）"} <= set(result)


def test_costs_are_written_with_their_sums() -> None:
    result = texts(svg(figure("必要経費").chart))
    assert {"16,239", "17,859", "計 34,098", "国の負担", "区負担額（一般財源）", "（千円）"} <= set(
        result
    )


def test_bands_of_a_home_are_named() -> None:
    result = texts(svg(figure("東京育成園").chart))
    assert {
        "本体施設 6人以上定員",
        "グループホーム 6人以上定員",
        "グループホーム 5～4人定員",
    } <= set(result)


def test_figures_have_white_around_them_and_other_words_have_not() -> None:
    around = {
        "".join(text.itertext()): (text.get("stroke"), text.get("paint-order"))
        for text in ET.fromstring(svg(PLACES)).iter(f"{SVG}text")  # noqa: S314
    }
    assert around["75"] == around["113"] == ("white", "stroke")
    assert around["120"] == around["本体施設"] == (None, None)


def test_bars_differ_in_hatching_and_grey() -> None:
    chart = Chart(("甲",), tuple(Series(f"系列{n}", (5,)) for n in range(4)))
    root = ET.fromstring(svg(chart))  # noqa: S314
    patterns = [pattern.get("id") for pattern in root.iter(f"{SVG}pattern")]
    assert len(patterns) == 3
    fills = [path.get("fill") for path in root.iter(f"{SVG}path")]
    for name in patterns:
        assert fills.count(f"url(#{name})") == 2  # the bar and its sign in the legend
    greys = {fill for fill in fills if fill and fill.startswith("#")}
    assert len(greys) == 1
    assert all(len({grey[1:3], grey[3:5]}) == 1 for grey in greys)


def test_every_colour_is_grey() -> None:
    drawn = svg(figure("必要量").chart)
    for part in drawn.split('"'):
        if part.startswith("#") and len(part) == 7:
            red, green, blue = (int(part[at : at + 2], 16) for at in (1, 3, 5))
            assert max(red, green, blue) - min(red, green, blue) <= 1, part


def set_in_the_charts_font(words: str) -> None:
    """Set words in the charts' font alone; PDF/UA refuses a sign that it lacks."""
    typst.compile(
        b'#set document(title: "a")\n#set text(font: "Noto Sans JP", fallback: false)\n'
        b"#sys.inputs.words",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[sans_path().parent]),
        ignore_system_fonts=True,
        sys_inputs={"words": words},
        format="pdf",
        pdf_standards=["ua-1"],
    )


def test_no_sign_is_missing_from_the_font() -> None:
    drawn = [svg(each.chart) for each in (*setagaya().figures, *made(2, 7).figures)]
    signs = {sign for each in drawn for text in texts(each) for sign in text}
    assert {"令", "か", "（", "%", ",", "9"} <= signs
    set_in_the_charts_font("".join(sorted(signs)))
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        set_in_the_charts_font("🌸")
    for each in drawn:
        families = {text.get("font-family") for text in ET.fromstring(each).iter(f"{SVG}text")}  # noqa: S314
        assert families == {"Noto Sans JP"}


def test_each_chart_says_in_words_what_it_shows() -> None:
    assert "52人から36人へ" in figure("必要量").alt
    assert "52.7%から68.1%へ" in figure("定員の割合").alt
    assert "令和4年度は34,098千円" in figure("必要経費").alt


@pytest.mark.parametrize("years", [1, 4, 7, 13, 35])
def test_many_years_are_labelled_so_that_labels_do_not_meet(years: int) -> None:
    labels = tuple(f"R{number}" for number in range(3, 3 + years))
    series = (Series("甲", (50,) * years), Series("乙", (60,) * years))
    result = texts(svg(Chart(labels, series, Series("丙", (80,) * years))))
    assert labels[-1] in result
    assert len([text for text in result if text in labels]) == math.ceil(
        years / math.ceil(years / 12)
    )


@pytest.mark.parametrize("most", [0, 1, 2, 5])
def test_the_axis_has_each_whole_number_once(most: int) -> None:
    ticks = re.findall(r">(\d+)<", svg(Chart(("甲",), (Series("乙", (0,)), Series("丙", (most,))))))
    on_axis = ticks if most == 0 else ticks[:-1]  # the bar's own figure comes last
    assert on_axis == [str(number) for number in range(max(most, 2) + 1)]


def test_a_figure_that_would_lie_under_the_line_is_placed_next_to_it() -> None:
    beside = Chart(("甲",), (Series("乙", (190,)),), Series("丙", (100,)))
    assert "190" in texts(svg(beside))


@pytest.mark.parametrize(("height", "is_shown"), [(10.5, True), (9.5, False)])
def test_a_bar_of_three_millimetres_has_its_figure(height: float, is_shown: bool) -> None:
    """Draw a low bar below a high one: so many of the plot's 190 pixels, 3 mm being 10.45."""
    top = 10_000
    low = round(height / 190 * top * (1 + 24 / 190))
    drawn = svg(Chart(("甲",), (Series("乙", (low,)), Series("丙", (top - low,)))))
    assert (f"{low:,}" in texts(drawn)) == is_shown


HIRING = Chart(
    ("R3", "R4"),
    (Series("採用", (9, 11)), Series("離職", (7, None))),
    Series("計画に必要な増減", (-6, 2)),
    grouped=True,
)


def test_grouped_bars_stand_side_by_side_on_zero_with_their_figures_on_top() -> None:
    bars = [
        [float(number) for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
        for path in ET.fromstring(coloured_svg(HIRING)).iter(f"{SVG}path")  # noqa: S314
        if path.get("aria-roledescription") == "bar"
    ]
    spans = sorted((numbers[0], numbers[0] + numbers[2]) for numbers in bars)
    assert len(spans) == 3
    assert all(round(end) <= round(start) for (_, end), (start, _) in pairwise(spans))
    assert len({round(numbers[1] + numbers[3]) for numbers in bars}) == 1
    assert {"9", "11", "7"} <= set(texts(svg(HIRING)))


def test_what_is_below_zero_is_within_the_plot() -> None:
    at_y = spec(HIRING)["layer"][0]["encoding"]["y"]
    assert at_y["scale"]["domain"][0] < -6
    assert {"△6", "△5"} <= set(texts(svg(HIRING)))
    assert spec(PLACES)["layer"][0]["encoding"]["y"]["scale"]["domain"][0] == 0


@pytest.mark.parametrize("name", ["必要量", "計画に必要な増減", "Change in staff needed"])
def test_the_line_s_name_ends_within_the_chart(name: str) -> None:
    chart = replace(HIRING, line=Series(name, (1, 2)))
    end = chart.size[0] - chart.right + 7
    assert end + 10 * sum(1 if ord(letter) > 255 else 0.5 for letter in name) <= WIDTH
    assert chart.plot + chart.right < WIDTH


@pytest.mark.parametrize("letter", ["長", "m"])
@pytest.mark.parametrize("count", [18, 19, 36, 37, 120])
def test_a_long_name_is_broken_and_leaves_the_plot_its_width(letter: str, count: int) -> None:
    chart = replace(HIRING, line=Series(letter * count, (1, 2)))
    assert chart.plot >= WIDTH / 2
    assert chart.plot + chart.right < WIDTH
    parts = ET.fromstring(svg(chart)).iter()  # noqa: S314
    lines = [part.text for part in parts if part.text and set(part.text) == {letter}]
    assert "".join(lines) == letter * count  # none of it is cut
    assert max(map(len, lines)) <= {"長": 18, "m": 36}[letter]


def test_unknown_and_empty_series_are_drawn() -> None:
    assert "（人）" in texts(svg(Chart(FOUR, (Series("甲", (0, 0, 0, 0)),))))
    part = Chart(FOUR, (Series("甲", (None, 1, 2, 3)),), Series("乙", (None, None, None, None)))
    assert "乙" not in texts(svg(part))


def test_pictures_are_as_large_as_the_chart_says() -> None:
    first, second = pngs((PLACES, Chart(("甲",), (Series("乙", (1,)),), height=100)))
    for png, chart in ((first, PLACES), (second, Chart(("甲",), (), height=100))):
        assert png.startswith(b"\x89PNG")
        width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        assert abs(width / height - chart.size[0] / chart.size[1]) < 0.01
        assert width > 2 * WIDTH
    assert pngs(()) == ()


@pytest.mark.parametrize(
    "chart",
    [
        PLACES,
        HIRING,
        Chart(FOUR, (Series("甲", (Decimal("52.7"), None, 0, 1)),), unit="%"),
        Chart(("R3",), (Series("甲", (1,)),), total=Series("計", (1,))),
    ],
)
def test_the_specification_is_valid_vega_lite(chart: Chart) -> None:
    given = spec(chart)
    schema = given.pop("$schema")
    assert "/v6" in schema
    altair.LayerChart.from_dict(given)


@pytest.mark.parametrize("draw", [places_figure, share_figure, cost_figure])
def test_a_page_s_chart_is_in_its_language(draw: Callable[[Plan, Language], Figure]) -> None:
    drawn = draw(results_of(read_ledger(SETAGAYA)), "en")
    result = " ".join((drawn.caption, drawn.alt, *texts(svg(drawn.chart))))
    assert not re.search("[ぁ-んァ-ヶ一-龠]", result)
    assert "FY2024" in result
