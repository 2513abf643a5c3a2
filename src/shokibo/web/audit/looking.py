"""Keep that somebody looked at rows of staff."""

from shokibo.web.accounts.access import Office
from shokibo.web.audit.models import LONGEST_LOOK, Look
from shokibo.web.register.models import Home


def looked(office: Office, what: str, rows: int, home: Home | None = None) -> None:
    """Log a look: which page, how many rows."""
    Look.objects.create(
        actor=office.person,
        actor_name=office.person.name,
        authority=office.authority,
        home=home,
        what=what[:LONGEST_LOOK],
        rows=rows,
    )
