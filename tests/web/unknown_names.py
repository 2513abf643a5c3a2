"""What a page shows for a name that no view gives: a failed test, in a template of ours."""

import sys
from types import FrameType

import pytest


class Unknown(str):
    """Django asks it whether to show something, and then to show the name in it."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return _is_ours(sys._getframe(1))

    def __contains__(self, sign: object) -> bool:
        return _is_ours(sys._getframe(1))

    def __mod__(self, name: object) -> str:
        pytest.fail(f"no view gives the name {name}")


def _is_ours(frame: FrameType) -> bool:
    """Whether the template that a frame of Django renders is ours, or one of a test's text."""
    name = str(frame.f_locals["context"].template.origin.name)
    return "/shokibo/web/" in name or name == "<unknown source>"
