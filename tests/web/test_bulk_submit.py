"""Many drafts submitted at once: what meets the rules, each by itself; the others with why not."""

import re

import pytest
from django.urls import reverse

from shokibo.web.certification.models import Application
from tests.web.applications import drafted, submitted
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db


def url(name: str = "bulk_submit") -> str:
    return reverse(f"certification:{name}", args=[OURS])


def picked(page: str) -> list[str]:
    return re.findall(r'name="row" value="([^"]+)"', page)


def test_a_home_ticks_its_drafts_alone(world: World) -> None:
    draft, other = drafted(world), submitted(world, "c5")
    page = world.client("home_staff").get(url("applications"), {"all": "1"}).content.decode()
    assert f'name="pk" value="{draft.pk}"' in page
    assert f'name="pk" value="{other.pk}"' not in page
    assert "checked" in page


def test_what_meets_the_rules_is_submitted_and_the_others_are_left_with_their_reason(
    world: World,
) -> None:
    good, lacking = drafted(world), drafted(world, "c5", staff=3)
    more = drafted(world, "c6", requested_extra=2)
    client, chosen = world.client("home_staff"), {"pk": [good.pk, lacking.pk, more.pk]}
    page = client.get(url(), chosen).content.decode()
    assert [row.split(":")[0] for row in picked(page)] == [str(good.pk)]
    assert "加配できるのは0人までです。1人を申請する理由" in page
    assert "加配できるのは1人までです。2人を申請する理由" in page
    report = client.post(url(), {"row": picked(page)}).content.decode()
    assert "1件を終えました" in report
    states = dict(Application.objects.filter(pk__in=chosen["pk"]).values_list("pk", "state"))
    assert states == {good.pk: "submitted", lacking.pk: "draft", more.pk: "draft"}


def test_a_draft_that_was_changed_meanwhile_is_left(world: World) -> None:
    row = drafted(world)
    client = world.client("home_staff")
    page = client.get(url(), {"pk": row.pk}).content.decode()
    Application.objects.filter(pk=row.pk).update(version=row.version + 1)
    assert "1件はできませんでした" in client.post(url(), {"row": picked(page)}).content.decode()
    row.refresh_from_db()
    assert row.state == "draft"


def test_another_homes_draft_is_as_if_not_chosen(world: World) -> None:
    row = drafted(world)
    client = world.client("home_staff:sister")
    assert client.get(url(), {"pk": row.pk}).status_code == 400
    client.post(url(), {"row": f"{row.pk}:{row.version}:"})
    row.refresh_from_db()
    assert row.state == "draft"


def test_nothing_chosen_leads_back_to_the_list(world: World) -> None:
    assert world.client("home_staff").get(url())["Location"] == url("applications")
