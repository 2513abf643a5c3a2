"""The page for privacy officers says of every field that it is recorded."""

from pathlib import Path

from shokibo.care.kinds import BY_CODE
from shokibo.web.care.models import MODELS, Child, OfChild

PAGE = (Path(__file__).parent.parent / "docs" / "privacy.ja.md").read_text("utf-8")
OF_THE_ROW = {"id", "authority", "version", "child", "recorded_by", "recorded_at"}
BESIDE = {
    "code": "児童コード",
    "registered_at": "登録した日",
    "home": "施設",  # of a breakdown: that of the placement
    "stay": "開始日",
    "center_agreed_by": "援助方針",
    "home_agreed_by": "援助方針",
}
"""Fields that no form asks for, and what the page says about them."""
KINDS: dict[str, type[OfChild]] = {"child": Child, **MODELS}


def test_every_field_of_a_record_is_on_the_page() -> None:
    for kind, model in KINDS.items():
        items = {item.name: item.column.header for item in BY_CODE[kind].items}
        for field in model._meta.concrete_fields:
            if field.name not in OF_THE_ROW:
                words = items.get(field.name) or BESIDE[field.name]
                assert words in PAGE, (kind, field.name)


def test_every_declared_item_is_a_field() -> None:
    for kind, model in KINDS.items():
        for item in BY_CODE[kind].items:
            assert hasattr(model, item.name), (kind, item.name)
