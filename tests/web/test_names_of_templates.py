"""A page that shows a name which no view gives fails its test, whatever test opens it."""

import pytest
from django.template import Context, Engine


def _shown(source: str, **given: object) -> str:
    return str(Engine.get_default().from_string(source).render(Context(given)))


@pytest.mark.parametrize(
    "source",
    [
        "{{ renamed }}",
        "{{ row.renamed }}",
        "{{ renamed|default:'-' }}",
        "{% for one in renamed %}{{ one }}{% endfor %}",
        "{% for one in row.renamed %}{{ one }}{% empty %}-{% endfor %}",
        "{% with one=renamed %}{{ one }}{% endwith %}",
        "{% blocktranslate with n=renamed %}{{ n }}{% endblocktranslate %}",
        "{% url 'today:today' renamed %}",
        "{% badge 'met' renamed %}",
    ],
)
def test_a_name_that_is_shown_has_to_be_given(source: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="renamed"):
        _shown(source, row={})


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% if other %}{{ other }}{% endif %}", ""),
        ("{% if row.other %}{% for one in row.other %}{{ one }}{% endfor %}{% endif %}", ""),
        ("{% firstof other '-' %}", "-"),
        ("{% for one in rows %}{{ one }}{% empty %}-{% endfor %}", "-"),
        ("{% for key, value in pairs.items %}{{ key }}{{ value }}{% endfor %}", "a1"),
        ("{% for one in rows reversed %}{{ one }}{% endfor %}", ""),
    ],
)
def test_a_condition_may_ask_for_any_name(source: str, shown: str) -> None:
    assert _shown(source, row={}, rows=[], pairs={"a": 1}) == shown
