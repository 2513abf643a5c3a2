"""A decision is on what was shown: other facts are refused with what changed, nothing is lost."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from shokibo.web.base.seen import MOST_CHANGES, ChangedSinceError, digest_of, hold, seal
from shokibo.web.certification.models import Application, Evidence
from shokibo.web.certification.transitions import PROCESS
from shokibo.web.register.models import Posting
from shokibo.web.returns import actions as returns
from shokibo.web.store import answers
from tests.web.applications import (
    certified,
    certified_for_two,
    changing,
    drafted,
    ending,
    proposed,
    returned,
    standing,
    submitted,
    unit_of_four,
)
from tests.web.world import OURS, World

Maker = Callable[..., Application]


def open_and_fill(
    world: World, role: str, name: str, row: Application, **typed: str
) -> dict[str, str]:
    """Open the page of a step; return what its form would send."""
    address = reverse(f"certification:{name}", args=[OURS, row.pk])
    form = world.client(role).get(address).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    return {**hidden, **typed}


def send(world: World, role: str, name: str, row: Application, sent: dict[str, str]) -> Any:  # noqa: ANN401 - the test client's answer
    address = reverse(f"certification:{name}", args=[OURS, row.pk])
    return world.client(role).post(address, sent)


STEPS = [
    (
        "officer",
        "propose",
        submitted,
        {"proposal": "certify", "proposed_extra": "1", "reason": "可と思う"},
    ),
    ("officer", "propose", submitted, {"proposal": "reject", "reason": "不可と思う"}),
    ("officer", "send_for_correction", submitted, {"comment_": "修正すること"}),
    ("officer", "take_back", proposed, {"reason": "取り消す理由"}),
    ("approver", "decide", proposed, {"reason": "所見のとおり"}),
    ("approver", "send_back", proposed, {"reason": "戻す理由"}),
    ("officer", "propose_end", certified, {"ended_on": "2022-04-30", "reason": "終わる理由"}),
    ("officer", "take_back", ending, {"reason": "続ける理由"}),
    (
        "officer",
        "propose_change",
        certified_for_two,
        {"from_month": "2022-10", "changed_extra": "1", "reason": "変える理由"},
    ),
    ("officer", "take_back", changing, {"reason": "続ける理由"}),
    ("approver", "end", ending, {"reason": "所見のとおり"}),
    ("approver", "end", changing, {"reason": "所見のとおり"}),
    ("home_staff", "submit", drafted, {}),
    ("home_staff", "withdraw", returned, {"reason": "取り下げる理由"}),
]


@pytest.mark.parametrize(("role", "name", "made", "typed"), STEPS)
def test_every_step_is_refused_once_its_facts_are_others(
    world: World,
    role: str,
    name: str,
    made: Maker,
    typed: dict[str, str],
) -> None:
    row = made(world)
    sent = open_and_fill(world, role, name, row, **typed)
    Evidence.objects.create(
        application=row,
        name="後から.pdf",
        content=b"%PDF-1.7",
        sha256="0" * 64,
        added_by=world.people["home_staff"],
    )
    state = PROCESS.state_of(row)
    answer = send(world, role, name, row, sent)
    page = answer.content.decode()
    row.refresh_from_db()
    assert PROCESS.state_of(row) == state
    assert "変わったところ:根拠資料「—」→「後から.pdf(00000000)」" in page
    for words in typed.values():
        assert words in page
    again = {field.name: field.value() for field in answer.context["form"].hidden_fields()}
    send(world, role, name, row, {**typed, **again})
    row.refresh_from_db()
    assert PROCESS.state_of(row) != state


@pytest.mark.parametrize(("role", "name", "made", "typed"), STEPS)
def test_a_decision_that_names_no_seen_version_is_refused(
    world: World,
    role: str,
    name: str,
    made: Maker,
    typed: dict[str, str],
) -> None:
    row = made(world)
    sent = open_and_fill(world, role, name, row, **typed) | {"seen": ""}
    state = PROCESS.state_of(row)
    send(world, role, name, row, sent)
    row.refresh_from_db()
    assert PROCESS.state_of(row) == state


def test_a_decision_is_refused_once_the_rules_say_otherwise(world: World) -> None:
    row = proposed(world)
    sent = open_and_fill(world, "approver", "decide", row, reason="所見")
    Posting.objects.filter(unit=row.unit).update(ended_on=dt.date(2022, 3, 31))
    page = send(world, "approver", "decide", row, sent).content.decode()
    assert "判定「可」→「不可」" in page
    row.refresh_from_db()
    assert row.state == "proposed"


@pytest.mark.parametrize(
    ("role", "name", "made"),
    [("officer", "bulk_propose", submitted), ("approver", "bulk_certify", proposed)],
)
def test_a_bulk_step_leaves_out_the_one_that_changed(
    world: World,
    role: str,
    name: str,
    made: Maker,
) -> None:
    rows = [made(world, code) for code in ("c4", "d4")]
    address = reverse(f"certification:{name}", args=[OURS])
    chosen = "&".join(f"pk={row.pk}" for row in rows)
    shown = world.client(role).get(f"{address}?{chosen}").context["sorted"].coming
    Posting.objects.filter(unit=rows[0].unit)[:1].get().delete()
    sent = [f"{row.pk}:{row.version}:{seen}" for row, seen in shown]
    report = world.client(role).post(address, {"row": sent}).context["report"]
    assert [row.pk for row in report.done] == [rows[1].pk]
    assert [row.pk for row, _why in report.failed] == [rows[0].pk]


def test_the_same_facts_pass_sealed_or_digested_and_others_do_not() -> None:
    facts = {"判定": "可", "加配": "1"}
    for seen in (None, seal(facts), digest_of(facts)):
        hold(seen, facts)
    for seen in ("", "x", seal({"判定": "不可"}), digest_of({})):
        with pytest.raises(ChangedSinceError):
            hold(seen, facts)


def test_a_return_is_submitted_with_the_figures_that_were_shown(world: World) -> None:
    made = returns.draft(office=world.office("officer"), form=1, year=2022)
    address, client = reverse("returns:submit", args=[OURS, made.pk]), world.client("approver")
    letter = {"letter_number": "4架子第1号", "letter_date": "R4.4.28"}

    def hidden(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - the test client's answer
        form = answer.context["form"]
        return {field.name: field.value() for field in form.hidden_fields()}

    shown = hidden(client.get(address))
    standing(world, "certified", unit_of_four(world, "c4"))
    answers._answers.clear()
    answer = client.post(address, {**shown, **letter})
    made.refresh_from_db()
    assert made.state == "draft"
    page = answer.content.decode()
    assert "変わったところ:" in page
    assert "4架子第1号" in page
    client.post(address, {**hidden(answer), **letter})
    made.refresh_from_db()
    assert made.state == "submitted"


def test_many_changes_are_named_in_part_and_counted() -> None:
    shown = {f"{n}番": "1" for n in range(MOST_CHANGES + 2)}
    with pytest.raises(ChangedSinceError) as refused:
        hold(seal(shown), dict.fromkeys(shown, "2"))
    words = refused.value.text.ja
    assert f"{MOST_CHANGES - 1}番「1」→「2」、ほか2か所。" in words
    assert f"{MOST_CHANGES}番" not in words
