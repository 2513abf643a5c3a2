"""The 47 prefectures by the first two digits of a 団体コード, each with a tile on a map."""

from dataclasses import dataclass

from shokibo.texts import Text


@dataclass(frozen=True)
class Prefecture:
    """A prefecture, and its tile: column from the west, row from the north."""

    code: str
    name: Text
    column: int
    row: int


def prefecture_of(authority_code: str) -> Prefecture | None:
    """Return an authority's prefecture; None for an unknown code."""
    return PREFECTURES.get(authority_code[:2])


_TILES = """
01 北海道 Hokkaido 11 0
02 青森 Aomori 11 2
03 岩手 Iwate 11 3
04 宮城 Miyagi 11 4
05 秋田 Akita 10 3
06 山形 Yamagata 10 4
07 福島 Fukushima 11 5
08 茨城 Ibaraki 12 6
09 栃木 Tochigi 11 6
10 群馬 Gunma 10 6
11 埼玉 Saitama 11 7
12 千葉 Chiba 12 7
13 東京 Tokyo 11 8
14 神奈川 Kanagawa 11 9
15 新潟 Niigata 10 5
16 富山 Toyama 9 5
17 石川 Ishikawa 8 5
18 福井 Fukui 8 6
19 山梨 Yamanashi 10 8
20 長野 Nagano 10 7
21 岐阜 Gifu 9 6
22 愛知 Aichi 9 8
23 静岡 Shizuoka 10 9
24 三重 Mie 8 8
25 滋賀 Shiga 8 7
26 京都 Kyoto 7 6
27 大阪 Osaka 7 7
28 兵庫 Hyogo 6 6
29 奈良 Nara 7 8
30 和歌山 Wakayama 7 9
31 鳥取 Tottori 5 6
32 島根 Shimane 4 6
33 岡山 Okayama 5 7
34 広島 Hiroshima 4 7
35 山口 Yamaguchi 3 7
36 徳島 Tokushima 5 9
37 香川 Kagawa 5 8
38 愛媛 Ehime 4 8
39 高知 Kochi 4 9
40 福岡 Fukuoka 1 7
41 佐賀 Saga 0 7
42 長崎 Nagasaki 0 8
43 熊本 Kumamoto 1 8
44 大分 Oita 2 7
45 宮崎 Miyazaki 2 8
46 鹿児島 Kagoshima 1 9
47 沖縄 Okinawa 0 11
"""


def _prefectures() -> dict[str, Prefecture]:
    lines = (line.split() for line in _TILES.split("\n") if line)
    return {
        code: Prefecture(code, Text(ja, en), int(column), int(row))
        for code, ja, en, column, row in lines
    }


PREFECTURES = _prefectures()
"""By code, in its order."""
