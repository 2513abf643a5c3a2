"""A child whose records are deleted is named nowhere any more, and no ledger brings it back."""

import dataclasses
import datetime as dt
import zipfile
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, models
from django.urls import reverse
from pytest_django.fixtures import Settings

from shokibo.ledger.findings import UnreadableLedgerError
from shokibo.web.accounts.models import Draft
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import Act
from shokibo.web.base import clock
from shokibo.web.care import actions, deletions, retention
from shokibo.web.care.models import Child, Deletion
from shokibo.web.care.reach import law_of
from shokibo.web.care.retention import Deleting, going
from shokibo.web.exchange import actions as imports
from shokibo.web.exchange import applying
from shokibo.web.exchange.models import Run
from shokibo.web.register.forgetting import are_named
from shokibo.web.register.models import Episode
from shokibo.web.store.loading import load
from tests.builders import add, made, read
from tests.web.calling import caller
from tests.web.children import BORN, CENTER, child_of, imported_child, placed
from tests.web.imports import brought, downloaded, edited, planned, problems, workbook
from tests.web.test_care_retention import OVER, at, ended, keeping
from tests.web.world import OURS, World

D = dt.date
WORDS = "架空の子どもの様子"
"""What somebody types of the child, and nobody of anything else."""
OF_CHILDREN = frozenset(
    {
        *(f"care.{kind}" for kind in ("child", "situation", "assessment", "breakdown", "backing")),
        *("care.recordversion", "care.opening", "register.episode"),
        *("exchange.run", "exchange.runchange", "accounts.draft"),
    }
)
"""Tables that may hold a child's code or what was written of it: `forgetting` clears each."""
_NO_CHILD = """
account.emailaddress account.emailconfirmation accounts.invitation accounts.membership
accounts.person api.apitoken audit.event audit.look audit.seal audit.sealcheck audit.sentform
auth.group auth.permission care.deletion care.unitrule care.usedcode certification.application
certification.comment certification.evidence certification.handover certification.letter
certification.lettersettings certification.reminder contenttypes.contenttype
django_tasks_database.dbtaskresult exchange.runprogress mail.outgoing mfa.authenticator
needs.calculation needs.calculationfile office.settingproposal opendata.opensettings
opendata.publication opendata.publishedfile planning.action planning.carerate planning.cost
planning.need planning.plan planning.planfile planning.planpicture planning.plantext
planning.planversion planning.target receipts.acceptance receipts.deliveredfile
receipts.question receipts.sumedition receipts.sumfile register.absence register.authority
register.changeproposal register.confirmation register.home register.ownvalue register.posting
register.unit returns.laterdeadline returns.return returns.returnfile running.drill
sessions.session support.communityevent support.familysupport support.hiring support.lead
support.qualityrecord support.supportrecord support.training usersessions.usersession
"""
OF_NO_CHILD = frozenset(_NO_CHILD.split())
"""Tables in which no page, import or task puts anything of a child: `everything` looks."""
_WORDED = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def test_every_table_declares_whether_it_may_name_a_child() -> None:
    worded = {
        model._meta.label_lower
        for model in apps.get_models()
        if any(isinstance(f, _WORDED) and not f.choices for f in model._meta.concrete_fields)
    }
    assert worded == OF_CHILDREN | OF_NO_CHILD


def everything() -> dict[str, str]:
    """Return what each table holds, as text; of a workbook what is in it."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            cells = [cell for row in cursor.fetchall() for cell in row if cell is not None]
            found[table] = "\n".join(map(_text, cells))
    return found


def _text(cell: object) -> str:
    if not isinstance(cell, bytes | memoryview):
        text = str(cell)
        return f"{text} {text.encode().decode('unicode_escape', 'replace')}"
    content = bytes(cell)
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


def naming(*words: str) -> set[str]:
    return {table for table, text in everything().items() if any(word in text for word in words)}


def gone(world: World, child: Child) -> None:
    keeping(world, 6)
    deletions.delete_going(world.people[CENTER], going([child], law_of(child.authority), OVER))


def written_of(world: World, child: Child) -> None:
    """Do on pages what leaves a child's code and words: a policy, drafts, imports in each state."""
    office, client = world.office(CENTER), world.client(CENTER)
    values = {"recorded_on": D(2021, 6, 1), "goal": "stay", "review_on": D(2022, 3, 31)}
    values |= {"situation": WORDS, "policy": WORDS, "home": world.home}
    policy = actions.add(office=office, child=child, kind="situation", values=values)
    actions.change(
        office=office, kind="situation", row=policy, version=1, values={"policy": WORDS + "2"}
    )
    for page in ("care:children", "care:watch", "exchange:exchange", "homes:list_episode"):
        client.get(reverse(page, args=[OURS]))
    client.get(reverse("care:child", args=[OURS, child.pk]))
    client.get(f"{reverse('today:search', args=[OURS])}?words={child.code}")
    client.post(reverse("care:open_records", args=[OURS]), {"code": child.code, "reason": "急"})
    add_page = reverse("care:add_record", args=[OURS, child.pk, "situation"])
    open_page = reverse("care:open_records", args=[OURS])
    for page, typed in (
        (add_page, f"situation={WORDS}"),
        (open_page, f"code={child.code.lower()}"),
        (reverse("care:edit_record", args=[OURS, "situation", policy.pk]), "goal=stay"),
        (reverse("care:units", args=[OURS]), "note=x"),
    ):
        Draft.objects.create(person=world.people[CENTER], page=page, typed=typed)
    held = downloaded(world.office(CENTER))
    code = {"child_code": child.code}
    refused = edited(held, "episodes", child.code, ended_on="9999")
    moved = edited(held, "episodes", child.code, place="里親")
    brought(world, CENTER, refused)
    brought(world, CENTER, moved)
    brought(world, CENTER, edited(held, "episodes", "", **code, place="里親"))
    left = imports.upload(office=office, name="台帳.xlsx", content=held)
    Run.leave(left.pk, ("waiting",), "failed", {"code": "moved_on", "names": [{"ja": child.code}]})


def test_nothing_names_a_child_that_is_gone(world: World) -> None:
    child, other = ended(world), ended(world)
    written_of(world, child)
    before = naming(child.code, WORDS)
    assert {"care_child", "care_recordversion", "register_episode", "exchange_run"} <= before
    assert {"accounts_draft", "care_situation"} <= before
    gone(world, child)
    assert naming(child.code, child.code.lower(), WORDS) == set()
    assert Draft.objects.count() == 1
    assert {"care_child", "register_episode"} <= naming(other.code)
    closed = list(Run.objects.order_by("pk"))
    assert {(run.state, run.content) for run in closed} == {("discarded", None)}
    client = world.client(CENTER)
    for run in closed:
        page = client.get(reverse("exchange:run", args=[OURS, run.pk])).content.decode()
        assert "このブックを消しました" in page
    assert set(Event.objects.filter(action="import.discard").values_list("actor", flat=True)) == {
        None
    }


def test_an_import_of_others_stays_open(world: World, tmp_path: Path) -> None:
    child, like = ended(world), {"birth_month": "2012-06", "place": "foster"}
    like |= {"started_on": "2019-04-01", "center_code": "C1"}
    other = workbook(tmp_path, add("episodes", child_code=f"{child.code}-2", **like))
    run = brought(world, CENTER, other)
    broken = imports.upload(office=world.office(CENTER), name="x.xlsx", content=b"PK no workbook")
    gone(world, child)
    run.refresh_from_db()
    broken.refresh_from_db()
    assert (run.state, bytes(run.content or b"")) == ("ready", other)
    assert (broken.state, broken.content) == ("discarded", None)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("K7M2-9QX4", True),
        ("「k7m2-9qx4」の", True),
        ("児童K7M2-9QX4の", True),
        ("K7M2-9QX4-2, K7M2-9QX4", True),
        ("Ｋ7Ｍ2-9ＱX4 ", True),
        ("K7M2-9QX4-2", False),
        ("AK7M2-9QX4", False),
        ("K7M29QX4", False),
    ],
)
def test_a_code_is_found_as_people_type_it(text: str, named: bool) -> None:
    assert are_named(["K7M2-9QX4"], text) is named


# No ledger brings it back


def deleted_code(world: World, code: str = "C-0001") -> None:
    """Note that the records of a code were deleted on 1 April 2028."""
    moment = dt.datetime(2028, 4, 1, 3, tzinfo=dt.UTC)
    digest = actions.digest_of(code)
    retention.note_deleted(world.home.authority, digest, moment, ["child"])


def test_an_old_workbook_is_refused_at_its_cells(world: World) -> None:
    child = ended(world)
    old = downloaded(world.office(CENTER))
    code, rows = child.code, Episode.objects.filter(child_code=child.code).count()
    gone(world, child)
    run = brought(world, CENTER, old)
    assert run.state == "refused"
    found = [one for one in run.findings["problems"] if one["code"] == "CHILD_DELETED"]
    assert len(found) == rows
    assert {one["values"]["value"] for one in found} == {code}
    assert all(one["place"].startswith("養育の経過!") for one in found)
    page = world.client(CENTER).get(reverse("exchange:run", args=[OURS, run.pk])).content.decode()
    assert "に削除されています。養育の経過を登録し直せません" in page
    assert "この児童の行を消してください" in page


def test_the_import_itself_refuses_what_was_deleted_meanwhile(world: World) -> None:
    imported_child(world)
    old = downloaded(world.office(CENTER))
    Episode.objects.all().delete()
    run, dry = brought(world, CENTER, old), brought(world, CENTER, old)
    assert (run.state, len(planned(run))) == ("ready", 2)
    imports.ask(office=world.office(CENTER), run=run, version=run.version, reason="")
    deleted_code(world)
    applying.apply(run.pk)
    run.refresh_from_db()
    assert run.state == "refused"
    assert not Episode.objects.exists()
    again = brought(world, CENTER, old)
    assert problems(run) == problems(again)
    assert dry.state == "ready"


def test_a_deletion_of_some_records_keeps_nothing_out(world: World) -> None:
    digest = actions.digest_of("C-0001")
    retention.note_deleted(world.home.authority, digest, clock.now(), ["breakdown"])
    imported_child(world)
    old = downloaded(world.office(CENTER))
    Episode.objects.all().delete()
    assert brought(world, CENTER, old).state == "ready"


def test_pages_and_programs_are_refused_too(world: World) -> None:
    deleted_code(world)
    row = {"child_code": "C-0001", "birth_month": "2012-06", "place": "foster"}
    row |= {"started_on": "2019-04-01", "center_code": "C1"}
    page = world.client(CENTER).post(reverse("homes:add_episode", args=[OURS]), row)
    assert "に削除されています" in page.content.decode()
    answer = caller(world, CENTER).send("POST", "{ours}/tables/episodes", row)
    assert answer.status_code == 409
    assert "令和10年4月1日に削除されています" in answer.json()["detail"]
    assert not Episode.objects.exists()


def test_a_ledger_loaded_into_a_new_database_is_refused(
    db: None, tmp_path: Path, settings: Settings
) -> None:
    settings.ENVIRONMENT = dataclasses.replace(django_settings.ENVIRONMENT, var=tmp_path)
    digest, moment = actions.digest_of("C-0001"), dt.datetime(2028, 4, 1, 3, tzinfo=dt.UTC)
    line = deletions.Line("990001", digest, moment, ("child",))
    (tmp_path / deletions.FILE).write_bytes(msgspec.json.encode(line) + b"\n")
    episode = {"birth_month": "2012-06", "place": "foster", "started_on": "2019-04-01"}
    ledger = read(
        made(
            add("episodes", child_code="C-0001", **episode),
            add("episodes", child_code="C-0002", **episode),
        ),
        tmp_path / "ledger",
    )
    with pytest.raises(UnreadableLedgerError) as refused:
        load(Act(None, "register.load"), ledger)
    (problem,) = refused.value.problems
    assert (problem.code, problem.values["value"]) == ("CHILD_DELETED", "C-0001")
    assert "episodes" in problem.place


def test_a_restored_backup_of_before_the_records_is_cleared_too(
    world: World, tmp_path: Path
) -> None:
    """The child was taken over into records, and they were deleted, after the backup was made."""
    imported_child(world)
    imported_child(world, "C-0002")
    digest = actions.digest_of("C-0001")
    line = deletions.Line(OURS, digest, clock.now(), ("child",))
    (tmp_path / deletions.FILE).write_bytes(msgspec.json.encode(line) + b"\n")
    assert deletions.repeat([tmp_path]) == 2
    kept = Episode.objects.exclude(child_code="C-0002")
    assert set(kept.values_list("of_records", "birth_month")) == {(True, D(2012, 4, 1))}
    assert [code.startswith("ANON-") for code in kept.values_list("child_code", flat=True)] == [
        True,
        True,
    ]
    assert Deletion.objects.get().digest == digest
    assert deletions.repeat([tmp_path]) == 0


# A child of whom nothing is recorded


def registered(world: World, on: D) -> Child:
    child = child_of(world)
    moment = dt.datetime(on.year, on.month, on.day, 3, tzinfo=dt.UTC)
    Child.objects.filter(pk=child.pk).update(registered_at=moment)
    return Child.objects.get(pk=child.pk)


@pytest.mark.parametrize(
    ("day", "goes"), [(D(2028, 3, 31), False), (D(2028, 4, 1), True), (D(2040, 1, 1), True)]
)
def test_a_child_without_records_is_deleted_by_its_day_of_registration(
    world: World, day: dt.date, goes: bool
) -> None:
    child = registered(world, D(2022, 3, 31))
    keeping(world, 6)
    found = going([child], law_of(child.authority), day)
    assert [(one.ended_on, one.rows) for one in found] == ([(D(2022, 3, 31), 0)] if goes else [])


def test_the_list_names_a_child_without_records(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = registered(world, D(2022, 3, 31))
    keeping(world, 6)
    at(monkeypatch, OVER)
    client, address = world.client(CENTER), reverse("care:retention", args=[OURS])
    page = client.get(address)
    assert child.code in page.content.decode()
    assert "登録した日。記録がない児童" in page.content.decode()
    client.post(address, {"seen": page.context["form"].initial["seen"]})
    assert not Child.objects.exists()
    assert Deletion.objects.get().digest == actions.digest_of(child.code)


def test_a_child_registered_by_mistake_is_removed(world: World) -> None:
    child, client = child_of(world), world.client(CENTER)
    address = reverse("care:unregister", args=[OURS, child.pk])
    shown = reverse("care:child", args=[OURS, child.pk])
    assert address in client.get(shown).content.decode()
    assert child.code in client.get(address).content.decode()
    answer = client.post(address, {"version": 1})
    assert answer["Location"] == reverse("care:children", args=[OURS])
    assert not Child.objects.exists()
    event = Event.objects.filter(action="care.unregister").get()
    assert (event.before, set(event.after)) == ({}, {"fields"})
    assert child.code not in event.subject
    deletion = Deletion.objects.get()
    assert (deletion.digest, deletion.kinds) == (actions.digest_of(child.code), ["child"])
    assert client.get(shown).status_code == 404


def test_a_child_with_records_is_not_removed_by_hand(world: World) -> None:
    child, client = child_of(world), world.client(CENTER)
    address = reverse("care:unregister", args=[OURS, child.pk])
    client.get(address)
    placed(world, child)
    assert "この児童には記録があります" in client.post(address, {"version": 1}).content.decode()
    assert address not in client.get(reverse("care:child", args=[OURS, child.pk])).content.decode()
    assert Child.objects.filter(pk=child.pk, birth_month=BORN).exists()


def test_two_simultaneous_deletions_delete_once(world: World) -> None:
    child = ended(world)
    asked = Deleting(child, ("child",), clock.now())
    act = Act(None, "care.expire")
    retention.delete(act, [asked])
    with pytest.raises(Child.DoesNotExist):
        retention.delete(act, [asked])
