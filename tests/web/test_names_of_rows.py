"""Every row is named in words: days and years as the page's language writes them, no code."""

import re

import pytest
from django.utils import translation

from shokibo.web.store.mapping import MAPPED
from tests.web.browser.practice import PRACTICE_DAY, make_practice

BARE = re.compile(r"(?<![FY0-9])(19|20)\d\d(?!年)")
"""A year of no era and of no count."""


@pytest.mark.django_db
def test_every_row_of_the_ledger_is_named_in_the_pages_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHOKIBO_TODAY", PRACTICE_DAY)
    make_practice()
    named = {}
    for name, mapped in MAPPED.items():
        row = mapped.model._default_manager.order_by("pk").first()
        assert row is not None, name
        with translation.override("en"):
            named[name] = (str(row), in_japanese(row))
    assert {name: ja for name, (_, ja) in named.items() if BARE.search(ja)} == {}
    assert named["capacities"] == (
        "架空 さくら, 6 places from 2020-04-01",
        "架空 さくら 令和2年4月1日から6人",
    )
    assert named["need"] == ("FY2020 Three and over", "令和2年度 3歳以上")
    assert named["parameters"][1].startswith("週勤務時間")


def in_japanese(row: object) -> str:
    with translation.override("ja"):
        return str(row)
