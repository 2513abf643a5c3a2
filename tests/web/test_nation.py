"""The ministry's pages: versions accepted, the sum that they make, and what is missing."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from shokibo.web.accounts.access import access_of
from shokibo.web.audit.models import Event
from shokibo.web.base.refusal import RefusedError
from shokibo.web.nation import actions
from shokibo.web.nation.summing import accepted_versions, changes_in_sum, sum_of
from shokibo.web.nation.views.prefectures import tiles
from shokibo.web.receipts.models import Acceptance
from shokibo.web.register.models import Authority
from shokibo.web.returns import actions as returns
from shokibo.web.returns.models import Return
from shokibo.web.returns.versions import latest_of
from shokibo.web.steps.taking import take
from tests.web.deliveries import asked
from tests.web.markup import markup_of
from tests.web.test_own_values import send
from tests.web.world import LETTER, OURS, World

ACCEPT = f"/nation/{OURS}/form1/2022/accept/"


def sent(world: World, remark: str = "") -> Return:
    """Submit form 1 of 2022, or its correction."""
    made = returns.draft(office=world.office("officer"), form=1, year=2022)
    if remark:
        Return.objects.filter(pk=made.pk).update(remark=remark)
        made.refresh_from_db()
    office = world.office("approver")
    return take(returns.SUBMIT, office=office, row=made, version=made.version, values=LETTER)


def accepted(world: World) -> Acceptance:
    version = latest_of(world.authority, 1, 2022)
    assert version is not None
    return actions.accept(
        access=access_of(world.people["ministry"]),
        authority=world.authority,
        form=1,
        year=2022,
        sha256=version.sha256,
    )


def state_for(world: World, role: str) -> str:
    """Return the row of form 1 of 2022 as a reader sees it."""
    address = "/nation/?form=1&year=2022" if role == "ministry" else f"/{OURS}/returns/"
    page = markup_of(world.client(role).get(address))
    name = "架空県" if role == "ministry" else "returns/form1/2022/"
    return next(row for row in page.split("<tr>") if name in row and "<td" in row)


def test_the_same_state_has_the_words_of_its_reader(world: World) -> None:
    sent(world)
    assert "要確認" in state_for(world, "ministry")
    assert "提出済み" in state_for(world, "officer")
    accepted(world)
    assert "受理済み" in state_for(world, "ministry")
    assert "受理済み" in state_for(world, "officer")


def test_a_version_is_accepted_on_its_page_after_what_it_changes_is_shown(world: World) -> None:
    row = sent(world)
    client = world.client("ministry")
    page = markup_of(client.get(reverse("nation_return", args=[row.pk])))
    assert ACCEPT in page
    before = markup_of(client.get(ACCEPT))
    assert "小規模かつ地域分散化された生活単位か所数(合計) 0か所 →" in before
    assert "受理しました。" in send(client, ACCEPT)
    stored = Acceptance.objects.get()
    assert (stored.authority, stored.sha256) == (world.authority, row.figures_sha256)
    event = Event.objects.latest("pk")
    assert (event.action, event.authority) == ("return.accept", world.authority)
    assert ACCEPT not in markup_of(client.get(reverse("nation_return", args=[row.pk])))
    assert "この版は受理済みです。" in markup_of(client.get(ACCEPT, follow=True))


def test_a_correction_says_what_it_changes_in_the_sum_and_counts_once_accepted(
    world: World,
) -> None:
    first = sent(world)
    accepted(world)
    before = sum_of(accepted_versions(1, 2022).values())
    unit = world.unit("u4")
    unit.closed_on = dt.date(2022, 4, 1)
    unit.save()
    second = sent(world, "廃止の届出漏れ")
    assert sum_of(accepted_versions(1, 2022).values()) == before
    latest = latest_of(world.authority, 1, 2022)
    assert latest is not None
    assert latest.sha256 == second.figures_sha256 != first.figures_sha256
    changes = changes_in_sum(latest, 1, 2022)
    was = before.units["total"].units
    label = "小規模かつ地域分散化された生活単位か所数(合計)"
    assert f"{label} {was}か所 → {was - 1}か所" in changes
    page = markup_of(world.client("ministry").get(reverse("nation_return", args=[second.pk])))
    assert changes[0] in page
    assert "別の版が届いています" in markup_of(
        world.client("ministry").get(reverse("nation_return", args=[first.pk]))
    )
    accepted(world)
    assert sum_of(accepted_versions(1, 2022).values()).units["total"].units == was - 1


def test_an_earlier_version_that_comes_again_is_accepted_again(world: World) -> None:
    unit = world.unit("u4")
    first = sent(world)
    accepted(world)
    unit.closed_on = dt.date(2022, 4, 1)
    unit.save()
    sent(world, "廃止の届出漏れ")
    accepted(world)
    unit.closed_on = None
    unit.save()
    again = sent(world, "廃止は誤り")
    assert again.figures_sha256 == first.figures_sha256
    assert "要確認" in state_for(world, "ministry")
    page = markup_of(world.client("ministry").get(reverse("nation_return", args=[again.pk])))
    assert ACCEPT in page
    accepted(world)
    assert accepted_versions(1, 2022)[world.authority.pk].row == again
    assert "受理済み" in state_for(world, "ministry")
    with pytest.raises(RefusedError):
        accepted(world)


def test_a_question_about_an_accepted_version_leaves_it_accepted(world: World) -> None:
    row = sent(world)
    accepted(world)
    asked(world)
    client = world.client("ministry")
    listed = markup_of(client.get("/nation/?form=1&year=2022"))
    assert "照会中" in listed
    assert "うち受理済み 1" in listed
    assert ACCEPT not in listed
    page = markup_of(client.get(reverse("nation_return", args=[row.pk])))
    assert ACCEPT not in page
    assert f"/nation/{OURS}/form1/2022/ask/" in page


def test_open_questions_are_seen_before_a_version_is_accepted(world: World) -> None:
    sent(world)
    asked(world)
    page = markup_of(world.client("ministry").get(ACCEPT))
    assert "<dt>回答待ちの照会</dt><dd>1</dd>" in page


def test_what_is_no_longer_the_last_version_is_refused(world: World) -> None:
    sent(world)
    with pytest.raises(RefusedError):
        actions.accept(
            access=access_of(world.people["ministry"]),
            authority=world.authority,
            form=1,
            year=2022,
            sha256="0" * 64,
        )


def test_nobody_else_accepts(world: World) -> None:
    sent(world)
    for role in ("officer", "approver", "admin"):
        with pytest.raises(PermissionDenied):
            actions.accept(
                access=access_of(world.people[role]),
                authority=world.authority,
                form=1,
                year=2022,
                sha256="0" * 64,
            )


def test_the_map_distinguishes_late_from_missing_by_the_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def row() -> list[str]:
        page = markup_of(world.client("ministry").get("/nation/timeliness/?form=1"))
        found = next(part for part in page.split("<tr>") if "架空県" in part)
        return re.findall(r'class="heat-[^>]*>\s*(.)', found)

    Authority.objects.filter(pk=world.authority.pk).update(reports_from=2021)
    assert row()[-4:] == ["－", "－", "×", "…"]
    returns.set_deadline(
        office=world.office("officer"),
        form=1,
        year=2022,
        version=0,
        day=dt.date(2022, 5, 31),
        ground="国の通知",
    )
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-05-10")
    sent(world)
    assert row()[-2:] == ["×", "△"]


def test_the_years_and_prefectures_show_what_the_form_says(world: World) -> None:
    row = sent(world)
    Authority.objects.filter(pk=world.authority.pk).update(code="130001")
    client = world.client("ministry")
    units = row.sent.units["total"]
    page = markup_of(client.get("/nation/years/?form=1"))
    found = page.partition("合計 生活単位</th>")[2].partition("</td>")[0]
    assert found.endswith(f">{units.units}")
    for name in ("units", "places", "backup", "extra"):
        drawn = client.get(f"/nation/years/{name}.svg?form=1")
        assert drawn["Content-Type"] == "image/svg+xml"
    assert client.get("/nation/years/nothing.svg?form=1").status_code == 404
    assert client.get("/nation/years/units.svg?form=2").status_code == 404
    assert "報告はまだありません" in markup_of(client.get("/nation/years/?form=2"))
    page = markup_of(client.get("/nation/prefectures/?form=1&year=2022&measure=units"))
    tile = page.partition(">東京<")[2].partition("</g>")[0]
    assert f">{units.units}<" in tile
    assert page.count('class="tile tile-4"') == 1


def test_tiles_are_shaded_by_their_share_of_the_highest() -> None:
    values = {"01": Decimal(0), "02": Decimal(1), "03": Decimal(25), "04": Decimal(26)}
    shades = {one.prefecture.code: one.shade for one in tiles({**values, "05": Decimal(100)})}
    assert [shades[code] for code in ("01", "02", "03", "04", "05", "47")] == [0, 1, 1, 2, 4, 0]
