"""The page of the forecast's assumptions, from the list in its answer."""

from collections.abc import Iterator

from scripts.markdown import both, table_lines
from shokibo.need.assumptions import Words, taken
from shokibo.texts import Text


def assumption_lines() -> Iterator[str]:
    """Return the lines of the page."""
    yield "# 見通しの前提 (What the forecast takes for granted)"
    yield ""
    yield (
        "`shokibo forecast` の `assumptions` と同じ一覧。読み方は[見通しの読み方](forecast.ja.md)、"
        "式は [forecast-model.md](forecast-model.md)。"
    )
    yield ""
    yield "The same list as `assumptions` of `shokibo forecast`; most important first."
    yield ""
    yield from table_lines(
        ["", "何を (what)", "なぜ (why)", "確かさ (how sure)", "響き方 (how much it matters)"],
        [
            (f"`{one.code}`", *map(_both, (one.what, one.why, one.sure, one.matters)))
            for one in taken()
        ],
    )


def _both(words: Words) -> str:
    return both(Text(words.ja, words.en))
