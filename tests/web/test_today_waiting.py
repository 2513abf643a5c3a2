"""What waits for each role: what brings it, what takes it away, how long it waits."""

import datetime as dt
from pathlib import Path

import pytest
from django.urls import reverse

from shokibo.web.audit.models import Event
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import PROPOSE_CERTIFY, RETURN, REVISE, SEND_BACK
from shokibo.web.homes.proposals import DECLINE, MAKE
from shokibo.web.planning.versions import publishing
from shokibo.web.register.models import ChangeProposal, Confirmation
from shokibo.web.returns import actions as returns
from shokibo.web.steps.taking import take
from shokibo.web.today import waiting as sources
from shokibo.web.today.figures import Figures
from shokibo.web.today.known import scope_of
from shokibo.web.today.waiting import waiting
from shokibo.web.today.work import LINES, Line, Today, Work
from tests.web.applications import drafted, submitted
from tests.web.plan_versions import holding_both_roles, plan_of
from tests.web.plan_versions import proposed as proposed_plan
from tests.web.world import OURS, World

DAY = dt.date(2022, 4, 5)


def works(world: World, role: str, day: dt.date = DAY) -> dict[str, Work]:
    """Return what waits for a role by title."""
    office = world.office(role)
    known = Figures(scope_of(office), day) if role != "center_staff" else None
    return {work.title: work for work in waiting(Today(office, day, known))}


def titles(world: World, role: str) -> set[str]:
    return set(works(world, role))


def proposed(world: World, code: str = "c4") -> Application:
    row = submitted(world, code)
    take(
        PROPOSE_CERTIFY,
        office=world.office("officer"),
        row=row,
        version=row.version,
        values={"proposed_extra": 1},
        reason="確認した",
    )
    return row


def returned(world: World) -> Application:
    row = submitted(world)
    take(
        RETURN,
        office=world.office("officer"),
        row=row,
        version=row.version,
        values={"comments": {"evidence": "勤務表を付けてください"}},
    )
    return row


def test_a_draft_waits_for_its_home_alone(world: World) -> None:
    row = drafted(world)
    title = "申請の下書きを仕上げて提出する"
    (line,) = works(world, "home_staff")[title].lines
    assert line.url.endswith(f"/applications/{row.pk}/edit/")
    for role in ("home_staff:sister", "officer", "approver", "auditor"):
        assert title not in titles(world, role)


def test_a_returned_application_comes_with_its_comment_until_it_is_revised(world: World) -> None:
    row = returned(world)
    title, of_office = "差し戻された申請を修正する", "差し戻して、施設の修正を待っている申請"
    work = works(world, "home_staff")[title]
    assert (work.count, work.urgent, work.lines[0].note) == (1, True, "勤務表を付けてください")
    assert of_office in titles(world, "officer")
    take(REVISE, office=world.office("home_staff"), row=row, version=row.version)
    assert title not in titles(world, "home_staff")
    assert of_office not in titles(world, "officer")


def test_a_submitted_application_waits_for_the_officer_since_its_day(world: World) -> None:
    submitted(world, "c1")
    Application.objects.filter(state="submitted").update(applied_on=dt.date(2022, 3, 26))
    submitted(world, "c2")
    work = works(world, "officer")["申請を審査する"]
    assert (work.count, work.days, work.urgent) == (2, 10, True)
    assert [line.days for line in work.lines] == [10, 0]
    assert "申請を審査する" not in titles(world, "approver")


def test_only_the_first_lines_are_named(world: World) -> None:
    for number in range(LINES + 2):
        submitted(world, f"c{number}")
    work = works(world, "officer")["申請を審査する"]
    assert (work.count, len(work.lines), work.more) == (LINES + 2, LINES, 2)


def test_a_proposed_decision_waits_for_another_approver(world: World) -> None:
    row = proposed(world)
    title = "起案された決定を決裁する"
    work = works(world, "approver")[title]
    assert (work.count, work.lines[0].note) == (1, "確認した")
    assert work.lines[0].url.endswith(f"/applications/{row.pk}/decide/")
    Application.objects.filter(pk=row.pk).update(proposed_by=world.people["approver"])
    assert title not in titles(world, "approver")


def test_a_proposed_plan_waits_for_another_approver(world: World, tmp_path: Path) -> None:
    title = "起案された計画を公表する"
    assert title not in titles(plan_of(world, tmp_path), "approver")
    version = proposed_plan(world, "最初の版")
    work = works(world, "approver")[title]
    assert (work.lines[0].note, work.urgent) == ("最初の版", True)
    assert work.url == reverse("planning:version", args=[OURS, version.number])
    holding_both_roles(world)
    assert title not in titles(world, "officer")


def test_a_plan_that_was_sent_back_waits_for_the_officer_until_it_is_proposed_again(
    world: World, tmp_path: Path
) -> None:
    title = "決裁者から戻された計画を修正する"
    version = proposed_plan(plan_of(world, tmp_path), "最初の版")
    assert title not in titles(world, "officer")
    take(
        publishing.SEND_BACK,
        office=world.office("approver"),
        row=version,
        version=1,
        reason="理由が足りない",
    )
    work = works(world, "officer")[title]
    assert (work.lines[0].note, work.urgent) == ("理由が足りない", True)
    assert title not in titles(world, "approver")
    proposed_plan(world, "理由を書き足した")
    assert title not in titles(world, "officer")


def test_a_proposal_that_was_sent_back_waits_for_the_officer_with_its_reason(world: World) -> None:
    row = proposed(world)
    title = "決裁者から戻された起案を修正する"
    assert title not in titles(world, "officer")
    take(
        SEND_BACK,
        office=world.office("approver"),
        row=row,
        version=row.version,
        reason="根拠が薄い",
    )
    assert works(world, "officer")[title].lines[0].note == "根拠が薄い"
    assert "申請を審査する" not in titles(world, "officer")  # told once, where it was sent back
    take(
        PROPOSE_CERTIFY,
        office=world.office("officer"),
        row=row,
        version=row.version,
        values={"proposed_extra": 1},
        reason="書き足した",
    )
    assert title not in titles(world, "officer")


def test_a_home_s_proposal_waits_for_the_officer_and_its_answer_for_the_home(world: World) -> None:
    row = ChangeProposal(
        authority=world.authority,
        home=world.home,
        unit=world.unit("u4"),
        change="capacity",
        effective_on=dt.date(2022, 7, 1),
        capacity=5,
        reason="増えるため",
    )
    take(MAKE, office=world.office("home_staff"), row=row)
    assert works(world, "officer")["施設からの申出を確かめる"].lines[0].note == "増えるため"
    assert "担当者の確認を待っている申出" in titles(world, "home_staff")
    take(DECLINE, office=world.office("officer"), row=row, version=row.version, reason="まだ早い")
    assert "施設からの申出を確かめる" not in titles(world, "officer")
    declined = works(world, "home_staff")["登録されなかった申出を確かめる"]
    assert declined.lines[0].note == "まだ早い"
    assert "登録されなかった申出を確かめる" not in titles(world, "home_staff:sister")
    long_ago = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
    ChangeProposal.objects.filter(pk=row.pk).update(decided_at=long_ago)
    assert "登録されなかった申出を確かめる" not in titles(world, "home_staff")


def test_a_draft_return_waits_for_the_officer_and_for_an_approver_who_did_not_draft_it(
    world: World,
) -> None:
    made = returns.draft(office=world.office("officer"), form=1, year=2022)
    assert "国への報告の案を仕上げる" in titles(world, "officer")
    assert "国への報告を提出する" in titles(world, "approver")
    type(made).objects.filter(pk=made.pk).update(drafted_by=world.people["approver"])
    assert "国への報告を提出する" not in titles(world, "approver")


@pytest.mark.parametrize(
    ("until", "title"),
    [
        (dt.date(2022, 4, 4), "切れた要件確認"),
        (dt.date(2022, 4, 5), "まもなく切れる要件確認"),
        (dt.date(2022, 6, 4), "まもなく切れる要件確認"),
        (dt.date(2022, 6, 5), None),
        (dt.date(2021, 4, 5), "切れた要件確認"),
        (dt.date(2021, 4, 4), None),
        (None, None),
    ],
)
def test_confirmations_that_end(world: World, until: dt.date | None, title: str | None) -> None:
    Confirmation.objects.filter(home=world.home).update(expires_on=None)
    one = Confirmation.objects.filter(home=world.home, item="training").earliest("pk")
    Confirmation.objects.filter(pk=one.pk).update(holds_from=None, expires_on=until)
    for role in ("officer", "home_staff"):
        shown = works(world, role)
        found = {name for name in ("切れた要件確認", "まもなく切れる要件確認") if name in shown}
        assert found == ({title} if title else set())
    assert not {"切れた要件確認", "まもなく切れる要件確認"} & titles(world, "home_staff:sister")


def test_a_confirmation_that_an_application_needs_and_nobody_made(world: World) -> None:
    submitted(world)
    Confirmation.objects.filter(home=world.home, item="training").delete()
    work = works(world, "officer")["要件確認がありません"]
    assert (work.count, work.lines[0].text) == (1, "架空学園 人材育成")


def test_a_certified_add_on_that_does_not_hold_is_urgent(world: World) -> None:
    Confirmation.objects.filter(home=world.home).delete()
    Event.objects.create(actor_name="x", action="x", authority=world.authority, subject="x")
    title = "要件を満たさない月がある認定"
    for role in ("officer", "approver", "home_staff"):
        assert works(world, role)[title].urgent
    assert title not in titles(world, "home_staff:sister")


def test_a_home_is_informed_of_a_unit_close_to_an_extra_worker(world: World) -> None:
    drafted(world, "c9", staff=4)
    world.unit("c9").posting_set.earliest("pk").delete()
    shown = works(world, "home_staff")["加配増まであとわずかの生活単位"]
    assert any("あと" in line.note and "加配" in line.note for line in shown.lines)
    assert "加配増まであとわずかの生活単位" not in titles(world, "officer")


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (dt.date(2022, 12, 31), set()),
        (dt.date(2023, 1, 2), {"令和5年度の申請の下書きを作る"}),
        (dt.date(2023, 3, 31), {"令和5年度の申請の下書きを作る"}),
        (dt.date(2023, 4, 1), set()),
    ],
)
def test_next_year_s_drafts_are_reported_from_january_on(
    world: World, day: dt.date, shown: set[str]
) -> None:
    found = {title for title in works(world, "home_staff", day) if title.endswith("下書きを作る")}
    assert found == shown


def test_an_auditor_reads_the_latest_events_and_what_is_open(world: World) -> None:
    submitted(world)
    shown = works(world, "auditor")
    assert len(shown["この7日間の記録を見る"].lines) == 5
    assert shown["審査を待っている申請"].count == 1
    assert "申請を審査する" not in shown


def test_nothing_waits_for_a_child_guidance_center(world: World) -> None:
    submitted(world)
    assert works(world, "center_staff") == {}


def test_the_urgent_comes_first_and_another_part_adds_its_work(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm = Work("普通", 1, (Line("x"),), "/")
    grave = Work("至急の仕事", 1, (), "/", urgent=True)
    monkeypatch.setattr(sources, "SOURCES", (lambda _: iter([calm]), lambda _: iter([grave])))
    assert list(works(world, "officer")) == ["至急の仕事", "普通"]


def test_what_is_not_named_is_a_link_to_all_of_them(world: World) -> None:
    for number in range(LINES + 2):
        submitted(world, f"m{number}")
    page = world.client("officer").get(f"/{OURS}/").content.decode()
    all_of_them = f"{reverse('certification:queue', args=[OURS])}?state=submitted"
    assert f'<a href="{all_of_them}">ほか2件' in page
