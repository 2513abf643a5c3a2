"""What every form of every page carries, and what none asks for."""

import pytest
from django.urls import reverse

from tests.web.page_forms import forms_of
from tests.web.test_matrix import INSTANCE, PAGES
from tests.web.world import OURS, World


@pytest.mark.parametrize("name", [*PAGES, *INSTANCE])
def test_a_form_carries_its_tokens_and_a_draft_holds_no_password_or_file(
    world: World, name: str
) -> None:
    page = PAGES.get(name) or INSTANCE[name]
    office = [OURS] if name in PAGES else []
    address = reverse(name, args=[*office, *page.arguments(world)]) + page.asked(world)
    answer = world.client(sorted(page.post or page.get)[0]).get(address)
    if "html" not in answer.headers.get("Content-Type", ""):
        return
    html = answer.content.decode()
    for form in forms_of(html, address):
        kinds = {field.kind for field in form.fields}
        if form.targets[0][0] == "POST":
            assert {"form_token", "csrfmiddlewaretoken"} <= set(form.sent), form
        assert "form_token" not in form.sent or "password" not in kinds
        assert "file" not in kinds or "data-draft" not in html
