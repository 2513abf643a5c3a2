"""What every form of every page carries, what none asks for, and that what is typed comes back."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.page_forms import Form, forms_of
from tests.web.test_matrix import INSTANCE, PAGES
from tests.web.world import OURS, World


@pytest.mark.parametrize("name", [*PAGES, *INSTANCE])
def test_a_form_carries_its_tokens_and_a_draft_holds_no_password_or_file(
    world: World, name: str
) -> None:
    page = PAGES.get(name) or INSTANCE[name]
    office = [OURS] if name in PAGES else []
    address = reverse(name, args=[*office, *page.arguments(world)]) + page.asked(world)
    client = world.client(sorted(page.post or page.get)[0])
    answer = client.get(address)
    if "html" not in answer.headers.get("Content-Type", ""):
        return
    html = answer.content.decode()
    for form in forms_of(html, address):
        kinds = {field.kind for field in form.fields}
        if form.targets[0][0] == "POST":
            assert {"form_token", "csrfmiddlewaretoken"} <= set(form.sent), form
        assert "form_token" not in form.sent or "password" not in kinds
        assert "file" not in kinds or "data-draft" not in html
        if form.targets[0] == ("POST", address) and "form_token" in form.sent:
            _comes_back(client, address, form)


def _comes_back(client: Client, address: str, form: Form) -> None:
    """Type into each field, have it stored, and find it in the page that shows the draft."""
    typed = {one.name: "記入中" for one in form.fields if one.kind in ("text", "textarea")}
    for answer in ("store", "show"):
        client.post(address, {**form.sent, **typed, "form_draft": answer})
    shown = forms_of(client.get(address).content.decode(), address)
    values = {one.name: one.value.strip() for again in shown for one in again.fields}
    assert {name: values.get(name) for name in typed} == typed
