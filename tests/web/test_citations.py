"""The sources of the law's values in English: nothing of a sentence is left in Japanese."""

import re

import pytest
from django.utils import translation

from shokibo.law.parameters import national_law
from shokibo.web.base.citations import article, cited

SOURCES = sorted(
    {
        str(dated.source)
        for parameter in national_law().parameters.values()
        for dated in parameter.values
    }
)
NUMBER = re.compile(r"(子発|雇児発|こ支家|こ成基|府子本)[0-9]+第[0-9]+号")
"""The number of a notification, which is its name."""


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_is_cited_in_english(source: str) -> None:
    with translation.override("en"):
        assert not re.search("[ぁ-んァ-ヶ一-龠]", NUMBER.sub("", cited(source)))
        assert article(source) == f"[{cited(source)}]"
    with translation.override("ja"):
        assert article(source) == f"〔{source}〕"
