"""The log as a chain of seals: what is changed, removed or made again afterwards is found."""

from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from shokibo.web.audit import sealing
from shokibo.web.audit.models import Event, Seal, SealCheck
from shokibo.web.audit.recording import Act, note
from tests.web.applications import certified, drafted
from tests.web.by_hand import by_hand
from tests.web.world import World


def broken() -> str:
    verdict = sealing.verify()
    return verdict.broken.ja if verdict.broken else ""


def test_an_untouched_log_holds(world: World) -> None:
    certified(world)
    verdict = sealing.verify()
    assert verdict == sealing.Verdict(Event.objects.count())
    assert SealCheck.objects.get().broken == ""
    assert sealing.seal_all() == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": "別の理由"},
        {"actor_name": "別人"},
        {"after": {"x": 1}},
        {"subject_id": 1},
        {"action": "register.remove"},
    ],
)
def test_a_changed_event_is_found(world: World, changed: dict[str, object]) -> None:
    sealing.seal_all()
    third = Seal.objects.get(number=3)
    with by_hand("audit_event"):
        Event.objects.filter(pk=third.event_id).update(**changed)
    assert broken() == (
        f"封印3番の記録(番号{third.event_id})は、封印したあとに書き換えられています。"
    )
    assert SealCheck.objects.get().sealed == 2


def test_a_removed_event_and_a_removed_seal_are_found(world: World) -> None:
    sealing.seal_all()
    third = Seal.objects.get(number=3)
    with by_hand("audit_event"):
        Event.objects.filter(pk=third.event_id).delete()
    assert "封印3番の記録" in broken()
    with by_hand("audit_seal"):
        third.delete()
    assert broken() == "封印3番が消されています。"


def test_a_log_made_again_is_reported_by_a_seal_that_was_noted(world: World) -> None:
    sealing.seal_all()
    noted = sealing.anchor()
    with by_hand("audit_event", "audit_seal"):
        Seal.objects.all().delete()
        Event.objects.filter(pk=Event.objects.earliest("pk").pk).update(reason="別")
    assert broken() == ""
    verdict = sealing.verify(noted)
    assert verdict.broken is not None
    assert "作り直されています" in verdict.broken.ja


def test_a_log_that_was_cut_is_reported_by_a_seal_that_was_noted(world: World) -> None:
    sealing.seal_all()
    noted = sealing.anchor()
    with by_hand("audit_event", "audit_seal"):
        last = Seal.objects.get(number=noted.number)
        Event.objects.filter(pk=last.event_id).delete()
        last.delete()
    verdict = sealing.verify(noted)
    assert verdict.broken is not None
    assert "新しい記録が消されています" in verdict.broken.ja


def test_what_is_committed_is_sealed_at_once_by_many_writers(committed_world: World) -> None:
    sealing.seal_all()
    before = Seal.objects.count()

    def write() -> None:
        for _ in range(5):
            with transaction.atomic():
                note(Act(None, "register.load"), committed_world.authority)
                note(Act(None, "register.load"), committed_world.home)
        connection.close()

    writers = [Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert Seal.objects.count() == before + 40
    assert broken() == ""


def test_what_is_rolled_back_is_not_sealed(committed_world: World) -> None:
    sealing.seal_all()
    before = Seal.objects.count()
    with transaction.atomic():
        note(Act(None, "register.load"), committed_world.authority)
        transaction.set_rollback(True)
    assert Seal.objects.count() == before == Event.objects.count()


@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
def test_no_event_or_seal_can_be_replaced(world: World, table: str) -> None:
    sealing.verify()
    replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{replace} INTO {table} SELECT * FROM {table} LIMIT 1")  # noqa: S608
    assert broken() == ""


def test_evidence_of_what_was_submitted_stays(world: World) -> None:
    row = drafted(world)
    file = row.evidence.create(
        name="a.pdf", content=b"x", sha256="0", added_by=world.people["home_staff"]
    )
    row.evidence.update(name="b.pdf")
    type(row).objects.filter(pk=row.pk).update(state="submitted")
    for change in (lambda: row.evidence.update(name="c.pdf"), file.delete):
        with pytest.raises(IntegrityError, match="evidence_kept"), transaction.atomic():
            change()
    assert row.evidence.get().name == "b.pdf"
