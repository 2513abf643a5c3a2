"""Confirmations of a year in one sheet: filled down, saved at once, refused at their cells."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
from django.urls import reverse

from shokibo.law.requirements import DUTIES, REQUIREMENTS
from shokibo.web.audit.models import Event
from shokibo.web.homes.renewing import ITEMS, Cell, open_homes, renew
from shokibo.web.register.models import Confirmation, Home
from shokibo.web.store.rules import Rules
from tests.web.markup import words_of
from tests.web.world import OURS, World

NINE = (*REQUIREMENTS.values(), *DUTIES.values())
YEAR = "?year=R5"
DAYS = {"confirmed_on": "R5.4.5", "holds_from": "R5.4.1", "expires_on": "R6.3.31"}


def url(asked: str = YEAR) -> str:
    return reverse("homes:renew_confirmations", args=[OURS]) + asked


def typed(home: Home | str, items: tuple[str, ...] = NINE, **cell: str) -> dict[str, str]:
    """Return cells of a row; `every` is the one from which others are filled."""
    row = home if isinstance(home, str) else home.pk
    given = {"result": "1", "evidence": "監査資料", **cell}
    return {f"{row}-{item}-{name}": value for item in items for name, value in given.items()}


def typed_in(cells: Iterable[Cell]) -> dict[str, tuple[str, ...]]:
    """Return what cells hold, by how their fields' names begin."""
    return {cell.row.at: tuple(one.typed for one in cell.row.cells.values()) for cell in cells}


def sent(world: World, *cells: dict[str, str], **given: str) -> Any:  # noqa: ANN401
    data = DAYS | given
    for one in cells:
        data |= one
    return world.client("officer").post(url(), data)


def of_year(home: Home) -> list[tuple[str, bool, str]]:
    rows = Confirmation.objects.filter(home=home, holds_from="2023-04-01")
    return sorted((str(row.item), row.result, str(row.evidence)) for row in rows)


def eligible(world: World, day: dt.date) -> dict[str, object]:
    homes = Rules(world.authority).evaluated(day).homes
    return dict(homes.select("home_id", "backup_eligible").iter_rows())


# What the sheet shows


def test_each_head_has_the_clause_in_its_own_words(world: World) -> None:
    page = words_of(world.client("officer").get(url()))
    for words in (
        "概ね10年程度で小規模かつ地域分散化を進める計画を、人材育成も含めて策定していること。",
        "地域小規模児童養護施設等の職員の悩み・ストレスを傾聴する等、メンタルヘルスに関する支援を"
        "行うこと。",
        "〔子発1004第5号 別紙4(1)〕",
        "〔子発1004第5号 別紙3(2)〕",
        "その他必要な支援 その他、地域小規模児童養護施設等の養育上必要な支援を行うこと。",
        "他の職員との連携 他の職員と連携してケアを行うこと。",
    ):
        assert words in page
    assert page.count("記録のみ(判定には使いません)") == 2


def test_last_year_s_result_and_evidence_stand_by(world: World) -> None:
    row = Confirmation.objects.get(home=world.home, item="training")
    Confirmation.objects.filter(pk=row.pk).update(result=False, evidence="研修計画")
    page = words_of(world.client("officer").get(url()))
    assert "前年度 × 令和4年4月1日から令和5年3月31日まで 研修計画" in page
    assert "2施設、年度末まで効力のある確認がない欄 18か所" in page


def test_the_counts_are_of_all_homes_not_of_those_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shokibo.web.homes.views.renewal.HOMES", 1)
    page = words_of(world.client("officer").get(url()))
    assert "2施設、年度末まで効力のある確認がない欄 18か所" in page


def test_the_days_of_the_year_are_proposed(world: World) -> None:
    page = world.client("officer").get(url()).content.decode()
    assert 'name="holds_from" value="令和5年4月1日"' in page.replace("\n", " ")
    assert 'name="expires_on" value="令和6年3月31日"' in page.replace("\n", " ")


def test_what_holds_to_the_year_s_end_is_shown_and_not_asked_for(world: World) -> None:
    Confirmation.objects.filter(item="training").update(expires_on=None, evidence="要綱")
    page = world.client("officer").get(url())
    assert "○ 令和4年4月1日から(期限なし) 要綱 修正" in words_of(page)
    assert f'name="{world.home.pk}-training-result"' not in page.content.decode()


def test_homes_that_are_closed_by_the_year_are_left_out(world: World) -> None:
    Home.objects.filter(pk=world.sister.pk).update(closed_on="2023-03-31")
    assert open_homes(world.office("officer"), 2023) == [world.home]
    assert open_homes(world.office("officer"), 2022) == [world.home, world.sister]


# Filling and saving


def test_it_is_filled_down_without_a_script_and_saved_at_once(world: World) -> None:
    own = typed(world.sister, ("training",), result="0", evidence="研修なし")
    filled = sent(world, typed("every"), own, fill="1")
    assert "17か所に写しました。まだ保存していません。" in words_of(filled)
    sheet = filled.context["sheet"]
    cells = typed_in(sheet.cells)
    assert cells[f"{world.sister.pk}-training"] == ("0", "研修なし")
    assert cells[f"{world.home.pk}-training"] == ("1", "監査資料")
    assert not Confirmation.objects.filter(holds_from="2023-04-01").exists()
    data = {
        f"{cell.row.at}-{name}": one.typed
        for cell in sheet.cells
        for name, one in cell.row.cells.items()
    }
    done = sent(world, data)
    assert (done.status_code, done["Location"]) == (302, url())
    assert of_year(world.home) == [(item, True, "監査資料") for item in sorted(NINE)]
    assert ("training", False, "研修なし") in of_year(world.sister)
    assert eligible(world, dt.date(2023, 4, 1))["h"]
    row = Confirmation.objects.get(home=world.home, item="training", holds_from="2023-04-01")
    assert (row.confirmed_on, row.expires_on) == (dt.date(2023, 4, 5), dt.date(2024, 3, 31))
    kind = "register.confirmation"
    logged = Event.objects.filter(action="register.add", subject_kind=kind, actor__isnull=False)
    assert logged.count() == 18


def test_only_what_is_typed_is_entered(world: World) -> None:
    blank = typed(world.sister, result="", evidence="")
    sent(world, typed(world.home, ("training", "duty_other", "coordination")), blank)
    assert [item for item, _, _ in of_year(world.home)] == [
        "coordination",
        "duty_other",
        "training",
    ]
    assert of_year(world.sister) == []


def test_nothing_typed_is_echoed(world: World) -> None:
    page = words_of(sent(world, typed(world.home, result="", evidence="")))
    assert "記入がありません。確認した施設の欄に、結果を記入してください。" in page


def test_a_certified_month_that_is_touched_asks_why(world: World) -> None:
    asked = world.client("officer").post(
        url("?year=R4"),
        {
            "confirmed_on": "R4.10.1",
            "holds_from": "R4.10.1",
            "expires_on": "R5.3.31",
            **typed(world.home, ("duty_other",)),
            **typed(world.sister, ("training",), result="0"),
        },
    )
    assert "認定済みの月に影響するので、理由を記入してください。" in words_of(asked)
    assert 'value="監査資料"' in asked.content.decode()
    assert not Confirmation.objects.filter(confirmed_on="2022-10-01").exists()


# Refusals


def test_every_refusal_is_at_its_cell_and_nothing_is_lost(world: World) -> None:
    taken = Confirmation.objects.create(
        authority=world.authority,
        home=world.sister,
        item="training",
        confirmed_on="2023-04-05",
        holds_from="2023-04-05",
        expires_on="2023-04-30",
    )
    given = (
        typed(world.home, ("early_return",), result=""),
        typed(world.home, ("training",), evidence="長" * 1001),
        typed(world.home, ("duty_relief",), result="たぶん"),
        typed(world.home, ("duty_community",)),
        typed(world.sister, ("training",)),
    )
    answer = sent(world, *given, expires_on="いつか")
    page = words_of(answer)
    assert "保存していません。修正箇所が4か所あります" in page
    assert "追加5行、変更0行、削除0行のうち、誤りのある行は4行です。" in page
    for words in (
        "架空学園 早期の家庭復帰や里親委託等に向けた専門的な支援 結果:"
        "結果を選んでください。根拠資料だけでは登録できません。",
        "架空学園 応援支援 結果:",
        "架空学園 人材育成 根拠資料:",
        "架空姉妹園 人材育成 結果:同じ確認日の確認があります。確認日を変えるか、その行を修正して",
    ):
        assert words in page
    assert {(one.row.at, one.name) for one in answer.context["sheet"].wrong} == {
        (f"{world.home.pk}-early_return", "result"),
        (f"{world.home.pk}-training", "evidence"),
        (f"{world.home.pk}-duty_relief", "result"),
        (f"{world.sister.pk}-training", "result"),
    }
    assert "有効期限" in page
    assert 'value="いつか"' in answer.content.decode()
    cells = typed_in(answer.context["sheet"].typed)
    assert cells[f"{world.home.pk}-duty_relief"] == ("たぶん", "監査資料")
    assert cells[f"{world.home.pk}-duty_community"] == ("1", "監査資料")
    assert list(Confirmation.objects.filter(confirmed_on__gte="2023-04-01")) == [taken]


def test_who_comes_second_is_refused_at_the_cell(world: World) -> None:
    sent(world, typed(world.home, ("training",)))
    answer = sent(world, typed(world.home, ("training", "duty_relief")), confirmed_on="R5.4.6")
    assert "架空学園 人材育成 結果:この年度の確認を、ほかの人が先に登録しました。" in words_of(
        answer
    )
    assert [item for item, _, _ in of_year(world.home)] == ["training"]


def test_a_form_without_anything_is_refused_at_its_fields(world: World) -> None:
    page = words_of(world.client("officer").post(url()))
    assert "確認日:記入してください。" in page


def test_a_home_that_is_not_shown_is_not_entered(world: World) -> None:
    answer = sent(world, typed(world.stranger))
    assert "記入がありません" in words_of(answer)
    assert not Confirmation.objects.filter(home=world.stranger).exists()


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("holds_from", "R5.3.31", "令和5年4月1日から令和6年3月31日までの日にしてください。"),
        ("expires_on", "R6.4.1", "令和5年4月1日から令和6年3月31日までの日にしてください。"),
        ("expires_on", "R5.3.31", "令和5年4月1日から令和6年3月31日までの日にしてください。"),
        ("confirmed_on", "", "記入してください。"),
    ],
)
def test_days_outside_the_year_are_refused_at_their_field(
    name: str, day: str, words: str, world: World
) -> None:
    assert words in words_of(sent(world, typed(world.home), **{name: day}))
    assert of_year(world.home) == []


def test_an_end_before_its_beginning_is_refused(world: World) -> None:
    page = words_of(sent(world, typed(world.home), holds_from="R5.5.1", expires_on="R5.4.30"))
    assert "効力開始日以後の日にしてください。" in page
    one_day = sent(world, typed(world.home), holds_from="R5.5.1", expires_on="R5.5.1")
    assert one_day.status_code == 302


def test_a_reason_names_the_day_of_a_later_confirmation(world: World) -> None:
    sent(world, typed(world.home), holds_from="R5.4.5")
    address = reverse("homes:home", args=[OURS, world.home.pk])
    page = words_of(world.client("officer").get(f"{address}?as_of=R5.4.1"))
    words = "令和5年3月31日までの確認と、令和5年4月5日からの確認があります。"
    assert f"{words}効力開始日を確かめてください。" in page


def test_what_is_recorded_alone_is_on_the_home_s_page(world: World) -> None:
    sent(world, typed(world.home, ("duty_other",), evidence="日誌"))
    address = reverse("homes:home", args=[OURS, world.home.pk])
    page = words_of(world.client("officer").get(f"{address}?as_of=R5.4.5"))
    assert "その他必要な支援 記録のみ 令和5年4月5日 令和6年3月31日 日誌" in page
    assert "他の職員との連携 記録のみ — — —" in page


def test_thirty_homes_are_entered_in_few_statements(
    world: World,
    django_assert_max_num_queries: Any,  # noqa: ANN401
) -> None:
    homes = Home.objects.bulk_create(
        Home(authority=world.authority, code=f"n{n}", name=f"園{n}", operator="法人")
        for n in range(30)
    )
    data = {name: value for home in homes for name, value in typed(home).items()}
    values = {"confirmed_on": "2023-04-05", "holds_from": "2023-04-01", "expires_on": "2024-03-31"}
    days = {name: dt.date.fromisoformat(day) for name, day in values.items()}
    with django_assert_max_num_queries(25):
        renew(office=world.office("officer"), year=2023, data=data, values=days, reason="")
    assert Confirmation.objects.filter(home__in=homes).count() == 270
    assert len(ITEMS) == 11
