"""Several ledgers made one: each gets an authority and ids of its own."""

from tests.reference.judge import Row, Tables

IDS = ("home_id", "unit_id")
OF_AUTHORITY = ("authorities", "homes", "plan", "actions", "need", "targets", "costs")


def of_own_authority(tables: Tables, number: int) -> Tables:
    """Return a ledger's rows an authority of their own, and ids that no other ledger has."""
    code = f"{number:06d}"
    return {
        name: [_renamed(row, code, coded=name in OF_AUTHORITY) for row in rows]
        for name, rows in tables.items()
    }


def _renamed(row: Row, code: str, *, coded: bool) -> Row:
    ids: Row = {name: f"{code}-{row[name]}" for name in IDS if row.get(name) is not None}
    return row | ids | ({"authority_code": code} if coded else {})


def together(parts: list[Tables]) -> Tables:
    """Lay the rows of ledgers one after the other."""
    return {name: [row for part in parts for row in part[name]] for name in parts[0]}
