"""引き継ぐ: a household goes on as a new unit: shown first, then done as a whole or not at all."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from shokibo.checking import check_rows
from shokibo.web.audit.models import Event
from shokibo.web.certification.models import Application, Handover
from shokibo.web.exchange.models import Run
from shokibo.web.homes import actions
from shokibo.web.register.models import Capacity, Posting, Unit
from shokibo.web.store.reading import ledger_of
from shokibo.web.store.rules import Rules
from tests.web.imports import downloaded, edited, sent
from tests.web.markup import words_of
from tests.web.page_forms import forms_of
from tests.web.world import OURS, World


def url(world: World, code: str = "b5") -> str:
    return reverse("homes:continue_unit", args=[OURS, world.unit(code).pk])


def typed(world: World, **given: object) -> dict[str, Any]:
    unit = world.unit("b5")
    postings = list(Posting.objects.filter(unit=unit).values_list("pk", flat=True))
    return {
        "day": "R4.10.1",
        "home": unit.home_id,
        "code": "b5-2",
        "name": "分園の家",
        "kind": "community_home",
        "area": "架空町",
        "capacity": "5",
        "postings": postings,
        "offered": " ".join(map(str, postings)),
        "certification": "end",
        "reason": "地域小規模への移行",
        "version": unit.version,
        **given,
    }


def looked(world: World, **given: object) -> Any:  # noqa: ANN401
    return world.client("officer").post(url(world), typed(world, **given) | {"look": "1"})


def done(world: World, **given: object) -> Any:  # noqa: ANN401
    """Save what was looked at."""
    seen = looked(world, **given).context["form"].data.get("seen", "")
    asked = typed(world, **given) | {"save": "1", "seen": seen}
    return world.client("officer").post(url(world), asked)


def state() -> tuple[Any, ...]:
    models = (Unit, Capacity, Posting, Application, Event)
    return tuple(tuple(model.objects.order_by("pk").values()) for model in models)


def test_it_opens_with_what_the_unit_has_now(world: World) -> None:
    page = world.client("officer").get(url(world))
    words = words_of(page)
    assert "要件確認は施設ごとの登録なので、引き継ぎません。" in words
    assert "a-b5 小規模かつ地域分散化加算 2人" in words
    assert page.content.decode().count("checked") == 5  # everybody comes along at first
    form = page.context["form"]
    assert [form[name].value() for name in ("code", "name", "capacity")] == ["b5-2", "分園の家", 5]


def test_looking_shows_all_of_it_and_saves_nothing(world: World) -> None:
    before = state()
    page = words_of(looked(world))
    for words in (
        "まだ保存していません。",
        "廃止する生活単位 架空学園 分園の家(令和4年9月30日まで)",
        "新しい生活単位 架空学園 分園の家(令和4年10月1日から)",
        "種別 地域小規模児童養護施設",
        "a-b5を令和4年9月30日で終了",
        "令和4年10月から加配2人",
        "新しく出る確認事項はありません。",
        "引き継ぐ日の判定(新しい生活単位) 可",
    ):
        assert words in page
    assert state() == before


def test_it_is_done_in_one_step(world: World) -> None:
    old = world.unit("b5")
    answer = done(world)
    assert answer.status_code == 302, words_of(answer)
    old.refresh_from_db()
    new = world.unit("b5-2")
    assert (old.closed_on, old.kind) == (dt.date(2022, 9, 30), "branch_group_care")
    assert (new.continues, new.opened_on, new.area) == (old, dt.date(2022, 10, 1), "架空町")
    assert Capacity.objects.get(unit=new).effective_from == dt.date(2022, 10, 1)
    before, after = (Posting.objects.filter(unit=unit).order_by("code") for unit in (old, new))
    assert {row.ended_on for row in before} == {dt.date(2022, 9, 30)}
    assert {(row.started_on, row.ended_on) for row in after} == {(dt.date(2022, 10, 1), None)}
    names = ("code", "job", "employment", "weekly_hours", "role", "dedicated", "main_rota")
    assert list(before.values(*names)) == list(after.values(*names))
    ending = Application.objects.get(code="a-b5")
    assert (ending.state, ending.end_proposed_on) == ("certified", dt.date(2022, 9, 30))
    draft = Application.objects.get(unit=new)
    assert (draft.state, draft.requested_extra) == ("draft", 2)
    assert (draft.start_month, draft.fiscal_year) == (dt.date(2022, 10, 1), 2022)
    units = Rules(world.authority).evaluated(dt.date(2022, 10, 1)).units
    assert dict(units.select("unit_id", "eligible").iter_rows())["b5-2"]
    reasons = Event.objects.filter(actor=world.people["officer"]).values_list("reason", flat=True)
    assert "地域小規模への移行" in reasons
    assert reverse("homes:continue_unit", args=[OURS, old.pk]) not in words_of(answer)


def test_the_home_submits_the_draft_that_was_prepared(world: World) -> None:
    done(world)
    draft = Application.objects.get(unit__code="b5-2")
    address = reverse("certification:edit", args=[OURS, draft.pk])
    assert world.client("home_staff").get(address).status_code == 200
    assert world.client("officer").get(address).status_code == 403


def test_who_is_left_out_ends_and_who_begins_later_moves(world: World) -> None:
    later, gone = Posting.objects.filter(unit__code="b5").order_by("code")[:2]
    Posting.objects.filter(pk=later.pk).update(started_on="2022-11-01")
    chosen = [pk for pk in typed(world)["postings"] if pk != gone.pk]
    page = words_of(looked(world, postings=chosen))
    assert "前日で配置が終わる職員 b-2(直接養育)" in page
    assert done(world, postings=chosen).status_code == 302
    later.refresh_from_db()
    gone.refresh_from_db()
    assert (later.unit, later.started_on) == (world.unit("b5-2"), dt.date(2022, 11, 1))
    assert gone.ended_on == dt.date(2022, 9, 30)
    assert not Posting.objects.filter(code="b-2", unit__code="b5-2").exists()


def test_a_certification_may_be_left(world: World) -> None:
    assert done(world, certification="leave").status_code == 302
    assert Application.objects.get(code="a-b5").end_proposed_on is None
    assert not Application.objects.filter(unit__code="b5-2").exists()


def test_in_the_middle_of_a_month_the_certification_ends_with_the_month(world: World) -> None:
    page = words_of(looked(world, day="R4.10.15"))
    assert "廃止する生活単位 架空学園 分園の家(令和4年10月14日まで)" in page
    assert "a-b5を令和4年10月31日で終了" in page
    assert "令和4年11月から加配2人" in page


def test_a_kind_out_of_scope_gets_no_draft(world: World) -> None:
    page = words_of(looked(world, kind="main_unit"))
    assert "用意する申請の下書き —" in page


def test_it_moves_to_another_home_whose_confirmations_count(world: World) -> None:
    page = words_of(looked(world, home=world.sister.pk))
    assert "新しい生活単位 架空姉妹園 分園の家(令和4年10月1日から)" in page
    assert "引き継ぐ日の判定(新しい生活単位) 判定保留(資料不足)" in page
    assert done(world, home=world.sister.pk).status_code == 302
    assert Posting.objects.filter(home=world.sister, unit__code="b5-2").count() == 5


# Refusals


WRONG: list[tuple[dict[str, object], str, str]] = [
    ({"day": ""}, "day", "記入してください。"),
    ({"day": "いつか"}, "day", "いつか"),
    ({"code": "u4"}, "code", "この生活単位IDは、もう使われています。"),
    ({"capacity": "0"}, "capacity", "定員は1以上の数にしてください。"),
    ({"certification": ""}, "certification", "記入してください。"),
    ({"reason": ""}, "reason", "記入してください。"),
    ({"home": "0"}, "home", "選べるものから選んでください。"),
]


@pytest.mark.parametrize(("given", "name", "words"), WRONG, ids=[str(one[0]) for one in WRONG])
def test_a_refusal_names_the_field_and_loses_nothing(
    given: dict[str, object], name: str, words: str, world: World
) -> None:
    before = state()
    answer = looked(world, area="町の記入", **given)
    form = answer.context["form"]
    assert any(words in one for one in form.errors[name]), form.errors
    assert "町の記入" in answer.content.decode()
    assert state() == before


def test_it_is_after_the_day_on_which_the_unit_opened(world: World) -> None:
    Unit.objects.filter(code="b5").update(opened_on="2022-10-01")
    form = looked(world).context["form"]
    words = "この生活単位の開設日令和4年10月1日より後の日にしてください。"
    assert form.errors["day"] == [words]


def test_what_was_never_shown_is_shown_first(world: World) -> None:
    before = state()
    answer = world.client("officer").post(url(world), typed(world) | {"save": "1"})
    assert "まだ保存していません。" in words_of(answer)
    assert state() == before


def test_what_changed_since_it_was_shown_is_named(world: World) -> None:
    seen = looked(world).context["form"].data["seen"]
    posting = Posting.objects.filter(unit__code="b5").earliest("code")
    posting.ended_on = dt.date(2022, 8, 31)
    posting.save()
    asked = typed(world) | {"save": "1", "seen": seen}
    page = words_of(world.client("officer").post(url(world), asked))
    assert "変わったところ:引き継ぐ職員" in page
    assert not Unit.objects.filter(code="b5-2").exists()


def test_a_second_save_of_the_same_version_is_refused(world: World) -> None:
    seen = looked(world).context["form"].data["seen"]
    asked = typed(world) | {"save": "1", "seen": seen}
    unit = world.unit("b5")
    Unit.objects.filter(pk=unit.pk).update(version=unit.version + 1)
    page = words_of(world.client("officer").post(url(world), asked))
    assert "ほかの人が先に保存しました" in page
    assert not Unit.objects.filter(code="b5-2").exists()


def test_a_unit_is_continued_once(world: World) -> None:
    done(world)
    answer = world.client("officer").get(url(world), follow=True)
    assert "この生活単位は、もう引き継がれています。" in words_of(answer)


# Undone in one step


def undo_page(world: World) -> str:
    return reverse("homes:undo_handover", args=[OURS, Handover.objects.get().pk])


def undone(world: World, **given: str) -> Any:  # noqa: ANN401
    """Send the page that undoes it as a browser would."""
    client, address = world.client("officer"), undo_page(world)
    (form,) = forms_of(client.get(address).content.decode(), address)
    return client.post(address, form.sent | {"reason": "日を誤った"} | given)


def test_it_is_undone_in_one_step(world: World) -> None:
    later, leaving = Posting.objects.filter(unit__code="b5").order_by("code")[:2]
    Posting.objects.filter(pk=later.pk).update(started_on="2022-11-01")
    Posting.objects.filter(pk=leaving.pk).update(ended_on="2023-03-31")
    before = register(world)
    done(world)
    assert register(world) != before
    page = words_of(world.client("officer").get(undo_page(world)))
    assert "新しい生活単位 架空学園 分園の家" in page
    assert "終了の起案を取り消す申請 申請認定 a-b5" in page
    answer = undone(world)
    assert answer.status_code == 302, words_of(answer)
    assert register(world) == before
    handover = Handover.objects.get()
    assert (handover.state, handover.later) == ("undone", None)


def test_its_pages_offer_to_undo_it_and_the_log_names_both(world: World) -> None:
    done(world)
    address = undo_page(world)
    for unit in (world.unit("b5"), world.unit("b5-2")):
        page = reverse("homes:unit", args=[OURS, unit.pk])
        assert address in world.client("officer").get(page).content.decode()
        assert address not in world.client("home_staff").get(page).content.decode()
    undone(world)
    page = reverse("homes:unit", args=[OURS, world.unit("b5").pk])
    shown = world.client("officer").get(page)
    assert address not in shown.content.decode()
    assert "生活単位の引継ぎ" in words_of(shown)
    assert "引継ぎの取消し" in words_of(shown)
    log = words_of(world.client("auditor").get(reverse("trail:events", args=[OURS])))
    assert "引継ぎの取消し 引継ぎ 分園の家" in log
    assert "日を誤った" in log


def _count_more(world: World) -> None:
    first = Capacity.objects.get(unit__code="b5-2")
    submit(world, "officer", "homes:edit_capacity", first.pk, capacity="6", reason="訂正")


def _post_another(world: World) -> None:
    row = Posting.objects.filter(unit__code="b5-2").earliest("pk")
    row.pk, row.code = None, "later"
    actions.add(office=world.office("officer"), row=row)


def _discard_the_draft(world: World) -> None:
    draft = Application.objects.get(unit__code="b5-2")
    submit(world, "home_staff", "certification:discard", draft.pk)


def _take_the_end_back(world: World) -> None:
    ending = Application.objects.get(code="a-b5")
    submit(world, "officer", "certification:take_back", ending.pk)


def _change_the_earlier_unit(world: World) -> None:
    submit(world, "officer", "homes:edit_unit", world.unit("b5").pk, area="町", reason="訂正")


WRITTEN: list[tuple[Callable[[World], None], str]] = [
    (_count_more, "定員"),
    (_post_another, "職員 later"),
    (_discard_the_draft, "申請認定"),
    (_take_the_end_back, "申請認定 a-b5"),
    (_change_the_earlier_unit, "生活単位 分園の家"),
]


@pytest.mark.parametrize(("write", "named"), WRITTEN, ids=[name for _, name in WRITTEN])
def test_it_is_not_undone_where_something_was_written_since(
    write: Callable[[World], None], named: str, world: World
) -> None:
    done(world)
    write(world)
    before = register(world)
    answer = undone(world)
    assert answer.status_code == 200
    page = words_of(answer)
    assert "取り消せません" in page
    assert named in page
    assert register(world) == before
    unit = reverse("homes:unit", args=[OURS, world.unit("b5").pk])
    assert undo_page(world) not in world.client("officer").get(unit).content.decode()


def test_it_is_undone_once_and_with_a_reason(world: World) -> None:
    done(world)
    address = undo_page(world)
    assert "記入してください。" in words_of(undone(world, reason=""))
    assert undone(world).status_code == 302
    assert "「取消し」です" in words_of(world.client("officer").get(address, follow=True))


def test_a_unit_continues_again_after_an_undo(world: World) -> None:
    done(world)
    undone(world)
    assert done(world).status_code == 302
    assert Handover.objects.filter(state="done").count() == 1


def test_of_two_in_a_row_the_last_is_undone_first(world: World) -> None:
    done(world)
    second = world.unit("b5-2")
    address = reverse("homes:continue_unit", args=[OURS, second.pk])
    given = {
        **typed(world, code="b5-3", day="R4.12.1", version=second.version),
        "postings": list(Posting.objects.filter(unit=second).values_list("pk", flat=True)),
        "offered": "",
    }
    shown = world.client("officer").post(address, given | {"look": "1"}).context["form"].data
    saved = world.client("officer").post(address, given | {"save": "1", "seen": shown["seen"]})
    assert saved.status_code == 302, words_of(saved)
    first, last = Handover.objects.order_by("pk")
    page = world.client("officer").get(reverse("homes:unit", args=[OURS, second.pk]))
    assert reverse("homes:undo_handover", args=[OURS, last.pk]) in page.content.decode()
    assert reverse("homes:undo_handover", args=[OURS, first.pk]) not in page.content.decode()


# The way back


def register(world: World) -> tuple[Any, ...]:
    """Return all rows without their versions, and what the checks find of them."""
    models = (Unit, Capacity, Posting, Application)
    rows = [
        {name: value for name, value in row.items() if name != "version"}
        for model in models
        for row in model.objects.order_by("pk").values()
    ]
    return rows, check_rows(ledger_of(world.authority), Rules(world.authority).law)


def submit(world: World, role: str, page: str, pk: int, **given: str) -> None:
    """Send a page's form as a browser would, with what a person types; once more if it asks to."""
    client, address = world.client(role), reverse(page, args=[OURS, pk])
    (form,) = forms_of(client.get(address).content.decode(), address)
    answer = client.post(address, form.sent | given)
    if answer.status_code == 200:
        (form,) = forms_of(answer.content.decode(), address)
        answer = client.post(address, form.sent)
    assert answer.status_code == 302, words_of(answer)


def test_the_way_back_of_the_guide_leaves_the_register_as_it_was(world: World) -> None:
    later, leaving = Posting.objects.filter(unit__code="b5").order_by("code")[:2]
    Posting.objects.filter(pk=later.pk).update(started_on="2022-11-01")
    Posting.objects.filter(pk=leaving.pk).update(ended_on="2023-03-31")
    old, before = world.unit("b5"), register(world)
    assert done(world).status_code == 302
    assert register(world) != before
    new, why = world.unit("b5-2"), "取りやめ"
    submit(world, "officer", "certification:take_back", Application.objects.get(code="a-b5").pk)
    submit(world, "home_staff", "certification:discard", Application.objects.get(unit=new).pk)
    submit(world, "officer", "homes:edit_unit", old.pk, closed_on="", reason=why)
    submit(world, "officer", "homes:edit_posting", later.pk, unit=str(old.pk), reason=why)
    for row in Posting.objects.filter(unit=old).exclude(pk=later.pk):
        end = "R5.3.31" if row == leaving else ""
        submit(world, "officer", "homes:edit_posting", row.pk, ended_on=end, reason=why)
    for row in Posting.objects.filter(unit=new):
        submit(world, "officer", "homes:remove_posting", row.pk, reason=why)
    (first,) = Capacity.objects.filter(unit=new)
    submit(world, "officer", "homes:remove_capacity", first.pk, reason=why)
    book = edited(downloaded(world.office("officer")), "units", "b5-2", delete="○")
    sent(world, "officer", book)
    run = Run.objects.get()
    asked = {"version": run.version, "reason": why}
    world.client("officer").post(reverse("exchange:apply", args=[OURS, run.pk]), asked)
    assert register(world) == before
