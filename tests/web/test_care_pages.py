"""The center's pages: a child, its chain with the next step open, its records and versions."""

import csv
import datetime as dt
from collections.abc import Collection, Mapping, Sequence

import pytest
from django.urls import reverse

from shokibo.care.codes import read_code
from shokibo.web.audit.models import Event, Look
from shokibo.web.base.language import COOKIE
from shokibo.web.care import actions
from shokibo.web.care.known import Known, known_of
from shokibo.web.care.models import (
    Breakdown,
    Child,
    Placement,
    Protection,
    RecordVersion,
    Situation,
    UnitRule,
    UsedCode,
)
from shokibo.web.care.views import children
from shokibo.web.register.models import Episode, Unit
from tests.web.children import (
    BORN,
    POLICY,
    PROTECTED,
    child_of,
    child_with_records,
    moved_to_center,
    placed,
    recorded,
)
from tests.web.world import OURS, World


def url(page: str, *arguments: object) -> str:
    return reverse(f"care:{page}", args=[OURS, *arguments])


def test_a_child_is_registered_under_a_code_that_the_program_gives(world: World) -> None:
    client = world.client("center_staff")
    answer = client.post(url("add_child"), {"birth_month": "H24.6", "center_code": "C1"})
    child = Child.objects.get()
    assert answer["Location"] == url("child", child.pk)
    assert (read_code(child.code), child.birth_month) == (child.code, BORN)
    assert UsedCode.objects.get().digest == actions.digest_of(child.code)


def test_a_code_that_was_ever_used_is_drawn_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = child_of(world)
    codes = iter([first.code, "2222-2222"])
    monkeypatch.setattr(actions, "new_code", lambda _draw: next(codes))
    assert child_of(world).code == "2222-2222"


def test_the_chain_is_walked_with_the_next_step_open(world: World) -> None:
    child, client = child_of(world), world.client("center_staff")
    page, unit = url("child", child.pk), world.unit("u4").pk

    def step(kind: str, **sent: object) -> None:
        content = client.get(page).content.decode()
        assert f'action="{url("add_record", child.pk, kind)}"' in content
        answer = client.post(url("add_record", child.pk, kind), sent)
        assert answer.status_code == 302, answer.content.decode()

    yes, no = "1", "0"
    step(
        "assessment",
        assessed_on="R3.3.20",
        individual_care=yes,
        at_most_four=no,
        heard=yes,
        outcome="home",
        unit=unit,
    )
    step("placement", place="children_home", unit=unit, started_on="R3.4.1")
    step("situation", recorded_on="R3.4.5", goal="stay", review_on="R4.6.1", home=world.home.pk)
    assert "次の段階" not in client.get(page).content.decode()
    step_of = {"noticed_on": "R4.3.1", "breakdown": "adults", "next_step": "protection"}
    client.post(url("add_record", child.pk, "breakdown"), step_of)
    step("protection", started_on="R4.3.10", protected_at="center", consent=yes)
    step(
        "assessment",
        assessed_on="R4.3.20",
        individual_care=yes,
        at_most_four=yes,
        heard=yes,
        outcome="home",
        unit=unit,
    )
    step("placement", place="children_home", unit=unit, started_on="R4.4.1")
    step("backing", unit=unit, started_on="R4.4.1", review_on="R4.5.1", team=["center"])
    found = Episode.objects.filter(child_code=child.code).order_by("started_on")
    assert list(found.values_list("place", "started_on", "ended_on", "end_reason")) == [
        ("children_home", dt.date(2021, 4, 1), dt.date(2022, 3, 9), "transfer"),
        ("temporary_protection", dt.date(2022, 3, 10), dt.date(2022, 3, 31), "transfer"),
        ("children_home", dt.date(2022, 4, 1), None, None),
    ]
    assert found[0].move_reason == "breakdown"
    assert Breakdown.objects.get().home == world.home


def test_what_is_known_is_filled_in(world: World) -> None:
    child, client = child_with_records(world), world.client("center_staff")
    recorded(world, child, "protection", **PROTECTED)
    again = client.get(url("add_record", child.pk, "assessment")).content.decode()
    assert '<option value="1" selected>' in again  # individual care, as before
    assert 'value="trauma"' in again
    assert "checked" in again
    back = client.get(url("add_record", child.pk, "backing")).content.decode()
    assert 'value="令和4年3月10日"' in back


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"started_on": "R3.4.1"}, "前の養育の場の期間と重なります"),
        ({"started_on": "R4.4.6"}, "まだ来ていない日です"),
        ({"started_on": "R4.4.1", "home": "sister"}, "選んだ施設の生活単位ではありません"),
    ],
)
def test_an_impossible_stay_is_reported_at_its_field(
    world: World, sent: dict[str, str], words: str
) -> None:
    child, client = child_of(world), world.client("center_staff")
    placed(world, child)
    home = world.sister.pk if sent.get("home") else world.home.pk
    given = {"place": "children_home", "unit": world.unit("u4").pk, **sent, "home": home}
    answer = client.post(url("add_record", child.pk, "placement"), given)
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert Placement.objects.count() == 1


def test_a_unit_that_does_not_fit_is_reported_before_and_after(world: World) -> None:
    child, client = child_with_records(world), world.client("center_staff")
    for _ in range(5):
        placed(world, child_of(world), unit=world.unit("b5"))
    offered = client.get(url("add_record", child.pk, "placement")).content.decode()
    assert "定員5人、入所5人、定員が4人を超えています" in offered
    sent = {"place": "children_home", "unit": world.unit("b5").pk, "started_on": "R4.4.1"}
    answer = client.post(url("add_record", child.pk, "placement"), sent, follow=True)
    text = answer.content.decode()
    assert "定員が4人を超えています、空きがありません" in text


def test_a_record_is_corrected_and_its_versions_stay(world: World) -> None:
    child, client = child_with_records(world), world.client("center_staff")
    row = Situation.objects.get()
    page = url("edit_record", "situation", row.pk)
    sent = {"recorded_on": "R3.4.5", "goal": "foster", "review_on": "R4.7.1"}
    client.post(page, {**sent, "home": world.home.pk, "version": 1})
    row.refresh_from_db()
    assert (row.goal, row.version, row.center_agreed_by) == (
        "foster",
        2,
        world.people["center_staff"],
    )
    shown = client.get(page).content.decode()
    assert all(words in shown for words in ("目標 家庭復帰", "目標 里親等委託", "施設 架空学園"))
    stale = client.post(page, {**sent, "goal": "stay", "version": 1}).content.decode()
    assert "里親等委託" in stale
    assert RecordVersion.objects.filter(child=child, kind="situation").count() == 2


def test_a_correction_that_makes_stays_overlap_is_refused(world: World) -> None:
    child, client = child_with_records(world), world.client("center_staff")
    recorded(world, child, "protection", **PROTECTED)
    protection = Protection.objects.get()
    sent = {"protected_at": "home", "version": 1}
    page = url("edit_record", "protection", protection.pk)
    answer = client.post(page, {**sent, "started_on": "R3.5.1"}).content.decode()
    assert "前の養育の場の期間と重なります" in answer
    client.post(page, {**sent, "started_on": "R4.3.12", "prolonged_on": "R4.4.1"})
    protection.refresh_from_db()
    assert (protection.started_on, protection.version) == (dt.date(2022, 3, 12), 2)


def test_care_ends_and_the_episode_says_so(world: World) -> None:
    child, client = child_with_records(world), world.client("center_staff")
    page = url("end_care", child.pk)
    early = client.post(page, {"ended_on": "R3.3.1", "end_reason": "return_home", "version": 1})
    assert "開始日以後の日にしてください" in early.content.decode()
    late = client.post(page, {"ended_on": "R4.4.6", "end_reason": "return_home", "version": 1})
    assert "まだ来ていない日です" in late.content.decode()
    client.post(page, {"ended_on": "R4.4.5", "end_reason": "return_home", "version": 1})
    episode = Episode.objects.get(child_code=child.code)
    assert (episode.ended_on, episode.end_reason) == (dt.date(2022, 4, 5), "return_home")
    again = client.post(page, {"ended_on": "R4.4.5", "end_reason": "return_home", "version": 0})
    assert "続いている養育がありません" in again.content.decode()


def test_a_record_entered_by_mistake_is_taken_out_with_its_versions(world: World) -> None:
    child, client = child_with_records(world), world.client("center_staff")
    recorded(world, child, "protection", **PROTECTED)
    row = Protection.objects.get()
    client.post(url("remove_record", "protection", row.pk), {"version": 1})
    assert not Protection.objects.exists()
    assert not RecordVersion.objects.filter(kind="protection").exists()
    assert Episode.objects.filter(child_code=child.code).count() == 1


def test_home_and_center_agree_and_a_change_asks_again(world: World) -> None:
    child_with_records(world)
    row, home = Situation.objects.get(), world.client("home_staff")
    assert (row.center_agreed_by, row.home_agreed_by) == (world.people["center_staff"], None)
    home.post(url("agree", row.pk), {"version": 1})
    row.refresh_from_db()
    assert row.home_agreed_by == world.people["home_staff"]
    values = {**POLICY, "goal": "stay", "home": world.home}
    actions.change(
        office=world.office("center_staff"), kind="situation", row=row, version=2, values=values
    )
    row.refresh_from_db()
    assert row.home_agreed_by is None


def test_a_home_s_start_page_asks_for_its_agreement(world: World) -> None:
    child = child_with_records(world)
    first = Situation.objects.get()
    client, address = world.client("home_staff"), reverse("today:today", args=[OURS])
    policy = {**POLICY, "recorded_on": dt.date(2021, 5, 1)}
    asked = client.get(address).content.decode()
    assert url("agree", first.pk) in asked
    assert child.code not in asked
    recorded(world, child, "situation", **policy, home=world.home)
    latest = Situation.objects.latest("pk")
    asked = client.get(address).content.decode()
    assert (url("agree", first.pk) in asked, url("agree", latest.pk) in asked) == (False, True)
    for role in ("home_staff:sister", "center_staff", "officer"):
        other = world.client(role).get(address).content.decode()
        assert url("agree", latest.pk) not in other
    client.post(url("agree", latest.pk), {"version": 1})
    assert "援助方針に合意する" not in client.get(address).content.decode()
    Situation.objects.filter(pk=latest.pk).update(home_agreed_by=None)
    placed(world, child, place="foster", home=None, unit=None, started_on=dt.date(2022, 4, 1))
    assert "援助方針に合意する" not in client.get(address).content.decode()


def test_a_child_is_handed_over_to_another_center_with_its_episodes(world: World) -> None:
    child = child_with_records(world)
    moved_to_center(world, "center_staff", "C1")
    client = world.client("center_staff")
    client.post(
        url("edit_child", child.pk), {"birth_month": "H24.7", "center_code": "C2", "version": 1}
    )
    episode = Episode.objects.get(child_code=child.code)
    assert (episode.center_code, episode.birth_month) == ("C2", dt.date(2012, 7, 1))
    assert client.get(url("child", child.pk)).status_code == 404


def test_a_child_is_registered_at_the_workers_own_center(world: World) -> None:
    moved_to_center(world, "center_staff", "C1")
    client = world.client("center_staff")
    sent = {"birth_month": "H24.6", "center_code": "C2"}
    answer = client.post(url("add_child"), sent).content.decode()
    assert "あなたの児童相談所(C1)にしてください" in answer
    assert 'value="C1"' in client.get(url("add_child")).content.decode()


def test_the_list_says_where_a_child_is_and_what_is_next(world: World) -> None:
    child = child_with_records(world)
    client = world.client("center_staff")
    listed = client.get(url("children")).content.decode()
    assert all(
        words in listed
        for words in (child.code, "児童養護施設 架空学園", "一時保護を始める", "令和4年3月31日")
    )
    exported = client.get(f"{url('children')}?export=csv").content.decode("utf-8-sig")
    assert "援助方針" not in exported
    assert "2022-03-31" in exported


def test_the_earliest_deadline_comes_first_and_says_that_it_is_over(world: World) -> None:
    bare = child_of(world)
    late = child_with_records(world)
    assert late.pk > bare.pk
    client = world.client("center_staff")
    listed = client.get(url("children"))
    assert [row.pk for row in listed.context["page"]] == [late.pk, bare.pk]
    Child.objects.filter(pk=bare.pk).update(code="0")
    Child.objects.filter(pk=late.pk).update(code="1")
    by_code = client.get(f"{url('children')}?sort=code")
    assert [row.pk for row in by_code.context["page"]] == [bare.pk, late.pk]
    badge = '<span class="badge error">期限切れ</span>'
    for page in ("children", "watch"):
        assert badge in client.get(url(page)).content.decode()
    assert badge in client.get(url("child", late.pk)).content.decode()
    Situation.objects.update(review_on=dt.date(2022, 4, 5))
    assert badge not in client.get(url("children")).content.decode()


@pytest.mark.parametrize("column", ["place", "step", "due"])
def test_sorting_children_reads_all_records_of_those_shown_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    for _number in range(26):
        child_of(world)
    with_records = child_with_records(world)
    client, whole = world.client("center_staff"), list[int]()

    def counted(
        rows: Collection[Child], only: Mapping[str, Sequence[str]] | None = None
    ) -> list[Known]:
        whole.extend([] if only else [len(rows)])
        return known_of(rows, only)

    monkeypatch.setattr(children, "known_of", counted)
    listed = client.get(f"{url('children')}?sort={column}").context["page"]
    exported = client.get(f"{url('children')}?export=csv").content.decode("utf-8-sig")
    assert whole == [25, 27]
    values = {row["児童コード"]: row for row in csv.DictReader(exported.splitlines())}
    header = {"place": "今の養育の場", "step": "次の段階", "due": "最も近い期限"}[column]
    shown = [values[row.code][header] for row in listed]
    assert shown == sorted(shown, key=lambda value: (not value, value))
    if column != "step":  # every child has a next step
        assert listed[0].pk == with_records.pk


def test_every_look_is_logged_and_shown(world: World) -> None:
    child = child_with_records(world)
    home, client = world.client("home_staff"), world.client("center_staff")
    home.get(url("child", child.pk))
    looks = Look.objects.filter(child=child.pk)
    assert [(look.relation, look.rows) for look in looks] == [("home", 1)]
    client.get(url("child", child.pk))
    assert "児童がいる施設" in client.get(url("looks", child.pk)).content.decode()
    client.get(url("edit_record", "situation", Situation.objects.get().pk))
    assert set(looks.values_list("what", "relation")) == {
        ("児童の記録", "home"),
        ("児童の記録", "own_center"),
        ("子どもの状況と援助方針", "own_center"),
    }


def test_the_log_names_fields_and_never_what_they_held(world: World) -> None:
    child = child_with_records(world)
    for event in Event.objects.filter(action__startswith="care."):
        held = f"{event.before}{event.after}{event.subject}{event.reason}"
        assert child.code not in held
        assert "trauma" not in held
        assert set(event.after) == {"fields"}
        assert event.before == {}


def test_the_episodes_of_a_child_with_records_are_left_to_these(world: World) -> None:
    child, client = child_with_records(world), world.client("center_staff")
    row = Episode.objects.get(child_code=child.code)
    listed = client.get(reverse("homes:list_episode", args=[OURS])).content.decode()
    assert f"{url('children')}?words={child.code}" in listed
    sent = {"birth_month": "H24.6", "place": "foster", "started_on": "R3.4.1", "version": 1}
    for page, more in (("edit_episode", [row.pk]), ("add_episode", [])):
        address = reverse(f"homes:{page}", args=[OURS, *more])
        answer = client.post(address, {**sent, "child_code": child.code}).content.decode()
        assert "「児童の記録」で修正してください" in answer
    row.refresh_from_db()
    assert row.place == "children_home"


def test_a_rule_of_a_unit_is_shown_with_the_choice_and_after_it(world: World) -> None:
    client, unit = world.client("center_staff"), world.unit("u4")
    address = url("unit_rule", unit.pk)
    sent = {"gender": "girl", "age_from": "12", "age_to": "", "note": "架空 夜間は1人勤務"}
    refused = client.post(address, {**sent, "version": "0", "age_to": "6"}).content.decode()
    assert "年齢の終わりが始めより下です" in refused
    assert not UnitRule.objects.exists()
    client.post(address, {**sent, "version": "0"})
    rule = UnitRule.objects.get()
    assert (rule.gender, rule.age_from, rule.age_to, rule.version) == ("girl", 12, None, 1)
    assert "架空 夜間は1人勤務" in client.get(url("units")).content.decode()
    child = child_of(world)
    shown = client.get(url("add_record", child.pk, "placement")).content.decode()
    text = ("性別の記録がありません", "12歳以上を受け入れます", "架空 夜間は1人勤務")
    assert all(words in shown for words in text)
    actions.change_child(
        office=world.office("center_staff"), child=child, version=1, values={"gender": "boy"}
    )
    stay = {"place": "children_home", "unit": unit.pk, "started_on": "2021-04-01"}
    placed_there = client.post(url("add_record", child.pk, "placement"), stay, follow=True)
    assert "女子だけを受け入れます、12歳以上を受け入れます" in placed_there.content.decode()
    client.post(address, {**sent, "gender": "boy", "age_from": "9", "version": "1"})
    shown = client.get(url("add_record", child.pk, "assessment")).content.decode()
    assert "だけを受け入れます" not in shown
    assert (
        client.get(
            url("unit_rule", Unit.objects.filter(home=world.stranger).latest("pk").pk)
        ).status_code
        == 404
    )


def test_the_stay_of_a_protection_changes_with_the_protection_alone(world: World) -> None:
    child, client = child_with_records(world), world.client("center_staff")
    recorded(world, child, "protection", **PROTECTED)
    stay = Protection.objects.get().stay
    for page in ("edit_record", "remove_record"):
        assert client.get(url(page, "placement", stay.pk)).status_code == 404
        answer = client.post(url(page, "placement", stay.pk), {"version": 1, "place": "foster"})
        assert answer.status_code == 404
    stay.refresh_from_db()
    assert stay.place == "temporary_protection"


@pytest.mark.parametrize(
    ("kind", "field", "day", "words"),
    [
        ("situation", "recorded_on", "R4.4.6", "まだ来ていない日です"),
        ("situation", "review_on", "R4.4.4", "記録の日より前です"),
        ("assessment", "assessed_on", "R4.4.6", "まだ来ていない日です"),
        ("breakdown", "noticed_on", "R4.4.6", "まだ来ていない日です"),
        ("protection", "warrant_given_on", "R9.4.1", "まだ来ていない日です"),
    ],
)
def test_an_impossible_day_of_a_record_is_reported_at_its_field(
    world: World, kind: str, field: str, day: str, words: str
) -> None:
    child = child_with_records(world)
    given = {"recorded_on": "R4.4.5", field: day}
    answer = world.client("center_staff").post(url("add_record", child.pk, kind), given)
    assert any(words in one for one in answer.context["form"].errors[field])


def test_a_child_is_not_born_in_a_month_to_come(world: World) -> None:
    answer = world.client("center_staff").post(url("add_child"), {"birth_month": "R4.5"})
    assert "まだ来ていない日です" in answer.content.decode()
    assert not Child.objects.exists()


def test_a_unit_takes_no_age_below_zero(world: World) -> None:
    address = url("unit_rule", world.unit("u4").pk)
    answer = world.client("center_staff").post(address, {"version": 0, "age_from": "-1"})
    assert "年齢(から):0以上の数にしてください。" in answer.content.decode()


def test_a_look_at_a_record_is_in_the_log_the_same_whatever_language_its_page_was_in(
    world: World,
) -> None:
    child, client = child_with_records(world), world.client("center_staff")
    client.cookies[COOKIE] = "en"
    client.get(url("add_record", child.pk, "assessment"))
    assert Look.objects.latest("pk").what == "アセスメント"
    shown = client.get(url("looks", child.pk)).content.decode()
    assert "Assessment" in shown
    assert "アセスメント" not in shown


def test_foster_care_names_no_home(world: World) -> None:
    child = child_of(world)
    sent = {"place": "foster", "home": world.home.pk, "started_on": "R4.4.1"}
    answer = world.client("center_staff").post(url("add_record", child.pk, "placement"), sent)
    assert "home" in answer.context["form"].errors
    assert not Placement.objects.exists()


def test_what_is_over_is_shown_before_anything_is_typed(world: World) -> None:
    child, client = child_of(world), world.client("center_staff")
    page = client.get(url("end_care", child.pk), follow=True).content.decode()
    assert "続いている養育がありません" in page
