"""Templates are sent without the indentation that they are written with."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import Context, Engine, Origin, Template
from django.template.base import TextNode, VariableNode
from django.templatetags.i18n import BlockTranslateNode

import shokibo.web.pages
from shokibo.web.pages.loading import Loader

TEMPLATES = Path(shokibo.web.pages.__path__[0], "templates")
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))

Load = Callable[..., Template]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Compile what the loader makes of a file."""

    def loaded(source: str, name: str = "a.html") -> Template:
        path = tmp_path / name
        path.write_text(source, "utf-8")
        engine = Engine.get_default()
        origin = Origin(str(path), name)
        return Template(Loader(engine).get_contents(origin), origin, name, engine)

    return loaded


def test_indentation_is_removed_and_lines_stay(load: Load) -> None:
    made = load("<ul>\n  <li>\n\t  one\n    two</li>\n\n  \n</ul>\n").render(Context())
    assert made == "<ul>\n<li>\none\ntwo</li>\n\n\n</ul>\n"


def test_blanks_within_a_line_stay(load: Load) -> None:
    assert load("  <b>1</b>  <i>2</i> \n").render(Context()) == "<b>1</b>  <i>2</i> \n"


@pytest.mark.parametrize(
    "literal",
    [
        "<pre>\n    a\n  b</pre>",
        '<textarea name="x">\n    a\n  b</textarea>',
        "<script>\n  `a\n   b`\n</script>",
    ],
)
def test_text_in_which_blanks_count_stays(load: Load, literal: str) -> None:
    made = load(f"  {literal}\n    <p>\n  {literal}\n").render(Context())
    assert made == f"{literal}\n<p>\n{literal}\n"


def test_verbatim_text_stays(load: Load) -> None:
    made = load("  {% verbatim %}\n  {{ a }}\n  {% endverbatim %}\n  <p>").render(Context())
    assert made == "\n  {{ a }}\n  \n<p>"


@pytest.mark.parametrize("tag", ["blocktranslate", "blocktrans"])
def test_a_message_keeps_the_blanks_of_its_msgid(load: Load, tag: str) -> None:
    made = load(f"  {{% {tag} %}}\n    a\n  {{% end{tag} %}}\n  <p>").render(Context())
    assert made == "\n    a\n  \n<p>"


def test_mail_in_plain_text_stays(load: Load) -> None:
    assert load("a\n  - b\n", "a.txt").render(Context()) == "a\n  - b\n"


def test_a_node_knows_its_line_in_the_file(load: Load) -> None:
    made = load("<p>\n\n    <b>\n      {{ nothing }}\n")
    (node,) = made.nodelist.get_nodes_by_type(VariableNode)
    assert node.token
    assert node.token.lineno == 4


@pytest.mark.parametrize("name", NAMES)
def test_every_message_is_looked_up_as_it_is_extracted(name: str) -> None:
    """`makemessages` reads the file, a page what the loader made of it."""
    written = Template((TEMPLATES / name).read_text("utf-8"))
    assert _messages(_in_use(name)) == _messages(written)


@pytest.mark.parametrize("name", NAMES)
def test_no_page_has_indentation_left(name: str) -> None:
    nodes = _in_use(name).nodelist.get_nodes_by_type(TextNode)
    texts = [node.s for node in nodes if isinstance(node, TextNode)]
    assert [text for text in texts if re.search(r"\n[ \t]", text)] == []


def _in_use(name: str) -> Template:
    found: Template = Engine.get_default().get_template(name)
    return found


def _messages(template: Template) -> list[str]:
    return [
        node.render_token_list(tokens)[0]
        for node in template.nodelist.get_nodes_by_type(BlockTranslateNode)
        if isinstance(node, BlockTranslateNode)
        for tokens in (node.singular, node.plural)
    ]
