"""Records go at the end of their period, leave what is counted, and stay gone."""

import datetime as dt
import json
from pathlib import Path

import msgspec
import polars as pl
import pytest
from django.urls import reverse

from shokibo.cli.app import run
from shokibo.need.lives import lives
from shokibo.web.audit.models import Event
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.care import actions, deletions
from shokibo.web.care.counting import counts_of
from shokibo.web.care.models import (
    MODELS,
    AnonymousBreakdown,
    Child,
    Deletion,
    Opening,
    Placement,
    RecordVersion,
)
from shokibo.web.care.reach import law_of
from shokibo.web.care.retention import going
from shokibo.web.exchange.models import Run, RunChange
from shokibo.web.opendata.models import OpenSettings
from shokibo.web.register.models import Episode, OwnValue
from shokibo.web.store.reading import ledger_of
from tests.web.children import BROKEN, CENTER, child_of, child_with_records, placed, recorded
from tests.web.installations import EMPTY, installed
from tests.web.test_running import _environment, _python, _run
from tests.web.world import OURS, World

D = dt.date
KINDS = ("child", "situation", "assessment", "breakdown", "protection", "backing")
OVER, LAST = D(2028, 4, 1), D(2028, 3, 31)
"""Records of care that ended in FY2021 go on the first of these after six years."""


def keeping(world: World, years: int, *kinds: str) -> None:
    for kind in kinds or KINDS:
        OwnValue.objects.create(
            authority=world.home.authority,
            name=f"keep_{kind}_years",
            effective_from=D(2020, 4, 1),
            value=str(years),
            source="架空の規程",
        )


def ended(world: World, center: str = "C1") -> Child:
    """Make a child with a record of every kind whose care ended in FY2021."""
    child = child_with_records(world)
    recorded(
        world,
        child,
        "protection",
        started_on=D(2022, 3, 10),
        protected_at="center",
        consent=True,
        consent_on=D(2022, 3, 10),
    )
    backing = {"started_on": D(2022, 3, 20), "team": [], "review_on": D(2022, 6, 1)}
    backing["ended_on"] = D(2022, 3, 31)
    recorded(world, child, "backing", **backing)
    stay = actions.open_stay(child)
    assert stay is not None
    actions.end_care(
        office=world.office(CENTER),
        child=child,
        version=stay.version,
        ended_on=D(2022, 3, 31),
        end_reason="return_home",
    )
    Child.objects.filter(pk=child.pk).update(center_code=center)
    return Child.objects.get(pk=child.pk)


def due(world: World, day: dt.date) -> dict[str, tuple[str, ...]]:
    children = Child.objects.filter(authority=world.home.authority)
    found = going(children, law_of(world.home.authority), day)
    return {one.child.code: one.kinds for one in found}


@pytest.mark.parametrize(("day", "goes"), [(LAST, False), (OVER, True)])
def test_records_go_on_the_first_day_after_their_period(
    world: World, day: dt.date, goes: bool
) -> None:
    child = ended(world)
    assert due(world, day) == {}
    keeping(world, 6)
    assert due(world, day) == ({child.code: ("child",)} if goes else {})


def test_a_child_in_care_stays(world: World) -> None:
    placed(world, child_of(world))
    keeping(world, 0)
    assert due(world, D(2060, 4, 1)) == {}


def test_a_child_with_backing_stays(world: World) -> None:
    child = ended(world)
    keeping(world, 0)
    assert due(world, OVER) == {child.code: ("child",)}
    MODELS["backing"]._default_manager.filter(child=child).update(ended_on=None)
    assert due(world, OVER) == {}


def test_a_kind_may_go_before_the_child(world: World) -> None:
    child = ended(world)
    keeping(world, 6)
    OwnValue.objects.filter(name="keep_breakdown_years").update(value="1")
    assert due(world, D(2023, 4, 1)) == {child.code: ("breakdown",)}


def at(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    monkeypatch.setenv("SHOKIBO_TODAY", day.isoformat())


def test_the_page_shows_and_deletes_what_it_showed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    child, other = ended(world), ended(world, "C2")
    world.people[CENTER].memberships.update(center_code="C1")
    keeping(world, 6)
    at(monkeypatch, OVER)
    client, address = world.client(CENTER), reverse("care:retention", args=[OURS])
    page = client.get(address)
    shown = page.content.decode()
    assert child.code in shown
    assert other.code not in shown
    assert "6年" in shown
    seen = page.context["form"].initial["seen"]
    late = client.post(address, {"seen": "of another list"}).content.decode()
    assert "内容が変わりました" in late
    assert Child.objects.filter(pk=child.pk).exists()
    client.post(address, {"seen": seen})
    assert not Child.objects.filter(pk=child.pk).exists()
    assert Child.objects.filter(pk=other.pk).exists()
    assert "保存期間を過ぎた記録はありません" in client.get(address).content.decode()


def test_nothing_of_the_child_is_left_nor_in_the_log(world: World) -> None:
    child, other = ended(world), ended(world)
    Opening.objects.create(
        authority=child.authority, child=child, person=world.people[CENTER], reason="架空の理由"
    )
    imported = Run.objects.create(
        authority=child.authority,
        file_name="a",
        size=1,
        sha256="",
        uploaded_by=world.people[CENTER],
    )
    change = {"run": imported, "table": "episodes", "kind": "added", "place": "", "name_ja": "x"}
    RunChange.objects.create(**change, position=1, after={"child_code": child.code})
    RunChange.objects.create(**change, position=2, after={"child_code": other.code})
    last = Event.objects.latest("pk").pk
    keeping(world, 6)
    found = going([child], law_of(child.authority), OVER)
    deletions.delete_going(world.people[CENTER], found)
    for model in (*MODELS.values(), RecordVersion, Opening):
        assert not model._default_manager.filter(child=child.pk).exists()  # type: ignore[attr-defined]
    for model in (*MODELS.values(), RecordVersion):
        assert model._default_manager.filter(child=other.pk).exists()  # type: ignore[attr-defined]
    assert list(RunChange.objects.values_list("position", flat=True)) == [2]
    assert not Episode.objects.filter(child_code=child.code).exists()
    events = Event.objects.filter(pk__gt=last)
    assert {event.action for event in events} == {"care.expire"}
    assert {event.subject_kind for event in events} == {
        *(f"care.{kind}" for kind in (*MODELS, "opening", "child")),
        "register.episode",
    }
    for event in events:
        assert (event.before, set(event.after)) == ({}, {"fields"})
        assert child.code not in event.subject


def test_counts_and_the_record_of_the_forecast_stand(world: World) -> None:
    OpenSettings.objects.create(authority=world.home.authority, threshold=1)
    children = [ended(world) for _ in range(3)]
    placed(world, child_of(world))
    today = D(2022, 4, 5)
    office = world.home.authority
    before, lived = counts_of([office], today), at_year_ends(world)
    keeping(world, 0)
    deletions.delete_going(None, going(children, law_of(office), today))
    assert Child.objects.count() == 1
    assert counts_of([office], today) == before
    assert at_year_ends(world) == lived
    assert AnonymousBreakdown.objects.count() == 3
    kept = Episode.objects.filter(child_code__startswith="ANON-")
    assert kept.values("child_code").distinct().count() == 3
    assert set(kept.values_list("birth_month", "home", "center_code")) == {
        (D(2012, 4, 1), world.home.pk, None),
        (D(2012, 4, 1), None, None),
    }


def at_year_ends(world: World) -> list[list[int]]:
    """Count the children by place at the ends of fiscal years, as the forecast does."""
    episodes: pl.DataFrame = ledger_of(world.home.authority, only=("episodes",))["episodes"]
    found = lives(episodes, D(2022, 4, 30))
    assert found is not None
    return [list(found.count(12 * year + 2)) for year in range(2020, 2023)]


def test_a_damaged_list_is_named(world: World, tmp_path: Path) -> None:
    (tmp_path / deletions.FILE).write_text("{}\n")
    with pytest.raises(RefusedError, match=r"deletions\.jsonl"):
        deletions.repeat([tmp_path])


def test_a_list_repeats_only_what_was_recorded_before(world: World, tmp_path: Path) -> None:
    """A child that came back has new records, which an earlier deletion leaves."""
    child = ended(world)
    moment = clock.now()
    line = deletions.Line(
        child.authority.code, actions.digest_of(child.code), moment, ("breakdown",)
    )
    nobody = deletions.Line(child.authority.code, "0" * 64, moment, ("child",))
    elsewhere = deletions.Line("999999", "0" * 64, moment, ("child",))
    written = [msgspec.json.encode(one) + b"\n" for one in (line, nobody, elsewhere)]
    (tmp_path / deletions.FILE).write_bytes(b"".join(written))
    recorded(world, child, "breakdown", **BROKEN)
    assert deletions.repeat([tmp_path]) == 1
    assert MODELS["breakdown"]._default_manager.filter(child=child).count() == 1
    assert deletions.repeat([tmp_path]) == 0
    assert Deletion.objects.count() == 2
    assert Placement.objects.filter(child=child).exists()


def test_the_command_lists_and_deletes(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    child = ended(world)
    keeping(world, 6)
    at(monkeypatch, OVER)
    assert run(["retention", "--lang", "en"]) == 0
    shown = capsys.readouterr()
    assert (child.code in shown.out, "Nothing was changed" in shown.err) == (True, True)
    assert run(["retention", "--authority", "999999"]) == 2
    assert "999999" in capsys.readouterr().err
    asked = ["retention", "--delete", "--authority", OURS, "--format", "json"]
    assert run(asked) == 0
    answer = json.loads(capsys.readouterr().out)
    (one,) = answer["children"]
    assert (answer["deleted"], one["child_code"], one["kinds"]) == (True, child.code, ["child"])
    assert (one["ended_on"], one["since"]) == ("2022-03-31", "2028-04-01")
    assert not Child.objects.exists()


BEGUN = """
import datetime as dt
from shokibo.web.accounts.models import Person
from shokibo.web.audit.recording import Act
from shokibo.web.care.deriving import derive
from shokibo.web.care.models import Child, Placement
from shokibo.web.register.models import Authority, OwnValue
office = Authority.objects.create(code='131121', name='架空区', kind='center_city')
person = Person.objects.create_user('center@example.jp', 'n', 'p')
child = Child.objects.create(authority=office, code='K7M2-9QX4', birth_month=dt.date(2001, 4, 1))
Placement.objects.create(authority=office, child=child, recorded_by=person, place='foster',
    started_on=dt.date(2010, 5, 1), ended_on=dt.date(2015, 5, 1), end_reason='return_home')
derive(Act(None, 'care.derive'), child)
OwnValue.objects.create(authority=office, name='keep_child_years', value='5', source='s',
    effective_from=dt.date(2019, 4, 1))
"""
LEFT = """
from shokibo.web.care.models import Child, Deletion
from shokibo.web.register.models import Episode
print(Child.objects.count(), Deletion.objects.count(),
    [row.child_code[:5] for row in Episode.objects.all()])
"""


def holding(folder: Path, code: str) -> list[str]:
    """Return the files under a folder, the database among them, that hold a code in any byte."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if code.encode() in path.read_bytes()]


def test_a_restored_backup_repeats_the_deletions(tmp_path: Path) -> None:
    first, backups = installed(tmp_path / "var", EMPTY), tmp_path / "backups"
    backups.mkdir()
    _python(first, BEGUN)
    assert _run(first, "backup", "--plain", "-o", backups / "before").returncode == 0
    assert _run(first, "retention", "--delete").returncode == 0
    assert (tmp_path / "var" / deletions.FILE).exists()
    assert holding(tmp_path / "var", "K7M2-9QX4") == []
    assert _run(first, "backup", "--plain", "-o", backups / "after").returncode == 0
    assert "K7M2-9QX4" not in (backups / deletions.FILE).read_text()
    second = _environment(tmp_path / "new")
    restored = _run(second, "restore", "--plain", backups / "before")
    assert restored.returncode == 0, restored.stderr
    assert "もう一度削除しました" in restored.stderr
    assert _python(second, LEFT).strip() == "0 1 ['ANON-']"
    assert (tmp_path / "new" / deletions.FILE).exists()
    assert holding(tmp_path / "new", "K7M2-9QX4") == []
