"""Files of forms that came by another way, read or waiting."""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.models import Person
from shokibo.web.nation import actions, reading
from shokibo.web.nation.publishing import drafted_sum
from shokibo.web.nation.tasks import end
from shokibo.web.receipts import steps
from shokibo.web.receipts.models import DeliveredFile, Delivery, Question, SumEdition
from shokibo.web.register.models import Authority
from shokibo.web.steps.frozen import digest as digest_of
from tests.returns.filed.invented import invented, workbook
from tests.web.world import World


def waiting(by: Person, content: bytes, name: str = "架空県_様式1.xlsx") -> DeliveredFile:
    """Store a file of form 1 of 2022 as an upload does."""
    delivery = Delivery.objects.create(
        form=1, fiscal_year=2022, came_on=dt.date(2022, 4, 5), uploaded_by=by
    )
    return DeliveredFile.objects.create(
        delivery=delivery, name=name, content=content, sha256=digest_of(content)
    )


def delivered(world: World, seed: int = 7) -> DeliveredFile:
    """Return a file of OURS that was read."""
    return read_here(world.people["ministry"], world.authority.name, seed)


def read_here(by: Person, authority: str, seed: int) -> DeliveredFile:
    """Store an authority's file, and read it in this process."""
    file = waiting(by, workbook(invented(seed), authority), f"{authority}_様式1.xlsx")
    senders = tuple(Authority.objects.values_list("code", "name"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / file.name
        path.write_bytes(file.content)
        end(file.pk, reading._read(path, 1, 2022, senders, None))
    file.refresh_from_db()
    return file


def published_sum(world: World, seed: int = 7) -> SumEdition:
    """Accept a file of OURS, and publish the nation's sum."""
    access, file = access_of(world.people["ministry"]), delivered(world, seed)
    actions.accept(access=access, authority=world.authority, form=1, year=2022, sha256=file.sha256)
    digest = drafted_sum(1, 2022).digest
    return actions.publish_sum(access=access, form=1, year=2022, digest=digest)


def asked(world: World) -> Question:
    """Ask OURS about form 1 of 2022."""
    ministry = access_of(world.people["ministry"]).over(world.authority)
    return steps.ask(office=ministry, form=1, year=2022, text="合計が合いません。")
