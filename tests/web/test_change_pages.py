"""The pages of a change and of an end: what the checks found leads to them, filled in."""

import datetime as dt
from collections.abc import Callable

import pytest

from shokibo.web.certification.models import Application
from shokibo.web.register.models import Capacity, Posting
from tests.web.applications import (
    also,
    certified,
    certified_for_two,
    changed,
    changing,
    ending,
    leaves,
)
from tests.web.world import OURS, World

SEPTEMBER_30 = dt.date(2022, 9, 30)
CHANGE = "c4の家を令和4年10月から1人とする変更を起案する"
END = "c4の家の令和4年9月30日での終了を起案する"


def _page(world: World, address: str, role: str = "officer") -> str:
    response = world.client(role).get(f"/{OURS}/{address}", follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def _post(world: World, role: str, row: Application, page: str, **given: str) -> str:
    address, client = f"/{OURS}/applications/{row.pk}/{page}/", world.client(role)
    opened = client.get(address).context["form"].initial
    shown = {name: opened[name] for name in ("version", "seen")}
    response = client.post(address, {**shown, **given}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def _places(world: World, row: Application) -> dict[str, str]:
    """Return every page that shows what the checks found of an application, in October."""
    return {
        "application": _page(world, f"applications/{row.pk}/"),
        "queue": _page(world, "applications/"),
        "home": _page(world, f"register/{row.home_id}/?as_of=2022-10-01"),
        "unit": _page(world, f"register/units/{row.unit_id}/?as_of=2022-10-01"),
    }


def test_who_leaves_makes_every_page_offer_the_change(world: World) -> None:
    row = certified_for_two(world)
    assert not any(CHANGE in page for page in _places(world, row).values())
    leaves(world, "c4", SEPTEMBER_30)
    for name, page in _places(world, row).items():
        assert CHANGE in page, name
        assert f"/{OURS}/applications/{row.pk}/propose-change/" in page, name
    form = _page(world, f"applications/{row.pk}/propose-change/")
    assert 'value="令和4年10月"' in form
    assert 'name="changed_extra" value="1"' in form


def test_where_nothing_is_left_every_page_offers_the_end(world: World) -> None:
    row = certified_for_two(world)
    Posting.objects.filter(unit=row.unit).update(ended_on=SEPTEMBER_30)
    for name, page in _places(world, row).items():
        assert END in page, name
    assert 'value="令和4年9月30日"' in _page(world, f"applications/{row.pk}/propose-end/")


@pytest.mark.parametrize("role", ["approver", "auditor", "home_staff"])
def test_nobody_else_is_offered_it(world: World, role: str) -> None:
    row = certified_for_two(world)
    leaves(world, "c4", SEPTEMBER_30)
    for address in (f"applications/{row.pk}/", f"register/{row.home_id}/?as_of=2022-10-01"):
        assert CHANGE not in _page(world, address, role)


@pytest.mark.parametrize("proposed", [changing, ending])
def test_what_is_proposed_already_is_not_offered_again(
    world: World, proposed: Callable[[World], Application]
) -> None:
    row = proposed(world)
    Posting.objects.filter(unit=row.unit).update(ended_on=SEPTEMBER_30)
    assert "での終了を起案する" not in _page(world, f"applications/{row.pk}/")


def test_a_change_passes_from_officer_to_approver_to_its_letter(world: World) -> None:
    row = certified_for_two(world)
    page = _post(
        world,
        "officer",
        row,
        "propose-change",
        from_month="R4.10",
        changed_extra="1",
        reason="退職",
    )
    assert "決裁者の決裁を待ちます" in page
    assert "令和4年10月から1人" in " ".join(page.split())
    assert "起案された終了・変更を決裁する" in _page(world, "", "approver")
    shown = _page(world, f"applications/{row.pk}/end/", "approver")
    for words in ("認定を変更する", "令和4年10月から1人", "今の認定の最後の日", "退職"):
        assert words in shown, words
    assert "令和4年10月1日現在の台帳で判定" in shown
    assert "認定を変更しました" in _post(world, "approver", row, "end")
    new = Application.objects.get(replaces=row)
    for one, other in ((row, new), (new, row)):
        assert f'/{OURS}/applications/{other.pk}/"' in _page(world, f"applications/{one.pk}/")
    letters = _page(world, f"applications/letters/?pk={new.pk}")
    assert new.code in letters


def test_what_is_refused_is_at_the_page_and_stays_typed(world: World) -> None:
    row = certified_for_two(world)
    page = _post(
        world, "officer", row, "propose-change", from_month="R4.4", changed_extra="1", reason="理由"
    )
    assert "変更する月は、令和4年5月から令和5年3月までです。" in page
    assert 'value="R4.4"' in page
    assert "理由" in page
    address = f"/{OURS}/applications/{row.pk}/propose-change/"
    form = world.client("officer").post(address, {"reason": " "}).context["form"]
    assert set(form.errors) == {"from_month", "changed_extra", "reason"}
    row.refresh_from_db()
    assert row.end_proposed_at is None


def test_the_decision_is_refused_where_the_register_changed_since(world: World) -> None:
    row = changing(world)
    client = world.client("approver")
    address = f"/{OURS}/applications/{row.pk}/end/"
    seen = client.get(address).context["form"].initial["seen"]
    Capacity.objects.filter(unit=row.unit).update(capacity=5)
    values = {"version": row.version, "seen": seen, "reason": "所見"}
    page = client.post(address, values).content.decode()
    assert "この画面を開いた後に、内容が変わりました" in page
    assert "所見" in page
    assert not Application.objects.filter(replaces=row).exists()


def test_who_proposed_a_change_reads_that_another_decides(world: World) -> None:
    row = changing(world)
    also(world, "officer", "approver")
    assert "自分が起案したものは決裁できません" in _page(world, f"applications/{row.pk}/end/")


@pytest.mark.parametrize("page", ["take-back", "send-back"])
def test_a_change_is_taken_or_sent_back(world: World, page: str) -> None:
    row = changing(world)
    role = "officer" if page == "take-back" else "approver"
    assert "起案" in _post(world, role, row, page, reason="見直す")
    row.refresh_from_db()
    assert (row.state, row.end_proposed_extra) == ("certified", None)


def test_a_home_sees_neither_the_proposal_nor_who_decides(world: World) -> None:
    row = changing(world)
    page = _page(world, f"applications/{row.pk}/", "home_staff")
    assert "変更の起案" not in page
    assert "認定" in page


def test_a_home_sees_what_was_changed(world: World) -> None:
    new = changed(world)
    page = _page(world, f"applications/{new.replaces_id}/", "home_staff")
    assert new.code in page
    assert "令和4年10月から 1人" in page


def test_a_backup_add_on_has_no_button_to_change_it(world: World) -> None:
    row = Application.objects.get(addon="backup", state="certified")
    assert "propose-change" not in _page(world, f"applications/{row.pk}/")
    assert "propose-end" in _page(world, f"applications/{row.pk}/")
    unit_s = certified(world)
    assert "propose-change" in _page(world, f"applications/{unit_s.pk}/")
