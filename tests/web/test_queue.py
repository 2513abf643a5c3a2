"""The queue: what a person can do now, each with its outcome; the next one; words that find."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from shokibo.web.certification.models import Application
from tests.web.applications import certified, ending, proposed, submitted
from tests.web.test_certification_pages import shown
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db


def url(query: str = "") -> str:
    return reverse("certification:queue", args=[OURS]) + query


def waiting(world: World, role: str, query: str = "") -> list[Any]:
    return list(world.client(role).get(url(query)).context["listed"].page)


def test_it_opens_on_what_the_person_can_do_now(world: World) -> None:
    to_examine, to_decide, to_end = submitted(world), proposed(world, "c5"), ending(world, "c6")
    assert waiting(world, "officer") == [to_examine]
    assert waiting(world, "approver") == [to_decide, to_end]
    assert waiting(world, "auditor") == [to_examine, to_decide]


def test_a_proposal_does_not_wait_for_its_own_proposer(world: World) -> None:
    row = proposed(world)
    Application.objects.filter(pk=row.pk).update(proposed_by=world.people["approver"])
    assert waiting(world, "approver") == []


def test_the_count_of_the_tab_is_the_number_of_its_rows(world: World) -> None:
    submitted(world), proposed(world, "c5")
    for role in ("officer", "approver", "auditor"):
        context = world.client(role).get(url()).context
        assert context["waiting"] == len(context["listed"].page)


def test_each_row_has_its_outcome_on_the_page_and_in_the_file(world: World) -> None:
    submitted(world), submitted(world, "c5", staff=3)
    fewer = submitted(world, "c6")
    Application.objects.filter(pk=fewer.pk).update(requested_extra=2)
    answer = world.client("officer").get(url("?export=csv")).content.decode("utf-8-sig")
    outcomes = [row["判定"] for row in csv.DictReader(io.StringIO(answer))]
    assert outcomes == ["可", "不可", "可(加配1人まで)"]
    page = world.client("officer").get(url()).content.decode()
    assert '<span class="badge not_met">不可</span>' in page
    assert "加配1人まで" in page


def test_it_is_sorted_by_the_outcome(world: World) -> None:
    good, bad = submitted(world), submitted(world, "c5", staff=3)
    assert waiting(world, "officer", "?sort=outcome") == [bad, good]
    assert waiting(world, "officer", "?sort=-outcome") == [good, bad]


def test_words_find_by_id_home_and_unit(world: World) -> None:
    row, _other = submitted(world), submitted(world, "d5")
    for words in (row.code, "c4の家", f"{world.home.name} c4"):
        assert waiting(world, "officer", f"?words={words}") == [row]


def test_a_page_leads_to_the_one_before_and_the_next_and_back_to_the_same_list(
    world: World,
) -> None:
    first, second, third = (submitted(world, code) for code in ("c4", "c5", "c6"))
    query = "?year=2022&sort=-code"
    page = world.client("officer").get(url(query)).content.decode()
    address = reverse("certification:application", args=[OURS, second.pk]) + query
    assert f'href="{address.replace("&", "&amp;")}"' in page
    detail = world.client("officer").get(address)
    found = detail.context["neighbours"]
    codes = sorted((first, second, third), key=lambda row: row.code, reverse=True)
    at = codes.index(second)
    assert found.number == at + 1
    assert [found.before, found.after] == [
        reverse("certification:application", args=[OURS, one.pk]) + query
        for one in (codes[at - 1], codes[at + 1])
    ]
    assert f'href="{url(query).replace("&", "&amp;")}"' in detail.content.decode()


def test_after_one_is_done_the_next_is_a_click_away(world: World) -> None:
    first, second, third = (submitted(world, code) for code in ("c4", "c5", "c6"))
    Application.objects.filter(pk=second.pk).update(state="withdrawn", decided_on="2022-04-05")
    address = reverse("certification:application", args=[OURS, second.pk])
    found = world.client("officer").get(address).context["neighbours"]
    assert (found.number, found.rows) == (None, 2)
    pages = [reverse("certification:application", args=[OURS, one.pk]) for one in (first, third)]
    assert [found.before, found.after] == pages


def test_a_home_has_no_queue_to_go_through(world: World) -> None:
    row = certified(world)
    address = reverse("certification:application", args=[OURS, row.pk])
    assert world.client("home_staff").get(address).context["neighbours"] is None


def test_ones_own_proposal_waits_for_another_person_and_is_listed_separately(world: World) -> None:
    own, own_end, others = proposed(world), ending(world, "c5"), proposed(world, "c6")
    Application.objects.filter(pk=own.pk).update(proposed_by=world.people["approver"])
    Application.objects.filter(pk=own_end.pk).update(end_proposed_by=world.people["approver"])
    assert waiting(world, "approver") == [others]
    assert waiting(world, "approver", "?state=others") == [own, own_end]
    assert world.client("approver").get(url()).context["others"] == 2
    assert "state=others" not in world.client("auditor").get(url()).content.decode()


def test_it_is_filtered_by_the_outcome_which_stays_in_the_address(world: World) -> None:
    good, bad = submitted(world), submitted(world, "c5", staff=3)
    assert waiting(world, "officer", "?outcome=met") == [good]
    assert waiting(world, "officer", "?outcome=not_met&sort=code") == [bad]
    assert waiting(world, "officer", "?outcome=cannot_judge") == []
    assert world.client("officer").get(url("?outcome=excellent")).status_code == 400
    page = world.client("officer").get(url("?outcome=met")).content.decode()
    address = reverse("certification:application", args=[OURS, good.pk])
    assert f'href="{address}?outcome=met"' in page
    assert '<option value="met" selected>' in page


def test_the_list_is_carried_through_a_step_and_its_next_is_the_next_of_that_list(
    world: World,
) -> None:
    first, _bad, third = (
        submitted(world),
        submitted(world, "c5", staff=3),
        submitted(world, "c6"),
    )
    client, query = world.client("officer"), "?outcome=met&sort=-code"
    detail = reverse("certification:application", args=[OURS, third.pk]) + query
    page = client.get(detail).content.decode()
    step = reverse("certification:send_for_correction", args=[OURS, third.pk]) + query
    assert f'href="{step.replace("&", "&amp;")}"' in page
    form = client.get(f"{step}&page=2&other=x")
    assert f'href="{detail.replace("&", "&amp;")}"' in form.content.decode()
    sent = {**shown(client, step), "comment_unit": "確かめてください。"}
    answer = client.post(step, sent)
    assert answer.headers["Location"] == detail
    found = client.get(detail).context["neighbours"]
    assert [found.before, found.after] == [
        "",
        reverse("certification:application", args=[OURS, first.pk]) + query,
    ]


def test_a_bulk_step_leads_back_to_the_same_list(world: World) -> None:
    row = submitted(world)
    client, query = world.client("officer"), "?year=2022&sort=-code"
    fields = '<input type="hidden" name="year" value="2022">'
    assert fields in client.get(url(query + "&all=1")).content.decode()
    address = reverse("certification:bulk_propose", args=[OURS]) + f"{query}&pk={row.pk}"
    back = f'href="{url(query).replace("&", "&amp;")}"'
    assert back in client.get(address).content.decode()
    none = client.get(reverse("certification:bulk_propose", args=[OURS]) + query)
    assert none.headers["Location"] == url(query)
