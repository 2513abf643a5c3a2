"""The forms of a page as a browser sees them: where they go, what they would send."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

CHOSEN = ("select", "radio", "hidden")
"""Fields whose values the page gives: a person types none of them."""
NOT_SENT = ("radio", "checkbox", "file", "submit")
"""Fields that send nothing unless somebody chooses them."""


@dataclass
class Field:
    """A field of a form: `kind` is `select`, `textarea` or the type of an input."""

    name: str
    kind: str
    value: str = ""


@dataclass
class Form:
    """A form with all its addresses: those that scripts use too, each with its method."""

    targets: list[tuple[str, str]]
    fields: list[Field] = field(default_factory=list)

    @property
    def sent(self) -> dict[str, str]:
        """What a browser would send as the form stands."""
        return {one.name: one.value for one in self.fields if one.kind not in NOT_SENT}


class _Forms(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.found = address, list[Form]()
        self._form: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(list(_targets(given, self.address)))
            self.found.append(self._form)
        elif self._form is not None:
            self._inside(tag, given)

    def _inside(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        fields = self._form.fields
        if tag == "option" and "selected" in given and fields:
            fields[-1].value = given["value"]
        elif tag == "button" and "formaction" in given:
            self._form.targets.append((self._form.targets[0][0], given["formaction"]))
        elif tag in ("select", "textarea") and given.get("name"):
            fields.append(Field(given["name"], tag))
        elif tag in ("input", "button") and given.get("name"):
            kind = given.get("type", "text" if tag == "input" else "submit")
            fields.append(Field(given["name"], kind, given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._form.fields and self.lasttag == "textarea":
            self._form.fields[-1].value += data

    def handle_endtag(self, tag: str) -> None:
        self.lasttag = ""
        if tag == "form":
            self._form = None


def _targets(given: dict[str, str], address: str) -> Iterator[tuple[str, str]]:
    action = given.get("action") or address
    yield given.get("method", "get").upper(), _below(action, address)
    for name, method in (("hx-get", "GET"), ("hx-post", "POST")):
        if name in given:
            yield method, _below(given[name], address)


def _below(action: str, address: str) -> str:
    return address.partition("?")[0] + action if action.startswith("?") else action


def forms_of(html: str, address: str) -> list[Form]:
    """Return the forms of the page itself, without those of its frame."""
    found = _Forms(address)
    found.feed(html[html.find("<main") :])
    return found.found
