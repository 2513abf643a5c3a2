"""A form as the command prints it, but for the day on which it was drawn."""

import datetime as dt
from typing import Any

from shokibo.answers import plain
from shokibo.returns.forms import Form
from shokibo.texts import Language


def as_json(form: Form, language: Language) -> dict[str, Any]:
    """Return the figures and notes of a form as JSON holds them."""
    printed: dict[str, Any] = plain(form.figures(dt.date.min, language))
    del printed["drawn_on"]
    return printed
