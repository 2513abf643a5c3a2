"""The ids of applications: 2023-0001 for a new one, its id and -2, -3 … for later versions."""

import re

from shokibo.web.certification.models import Application
from shokibo.web.register.models import Authority

_NUMBER = re.compile("[0-9]{4}")


def free_code(authority: Authority, fiscal_year: int, wanted: str) -> str:
    """Return the wanted id if it is free, otherwise the year's next free one.

    Simultaneous requests wait for each other.
    """
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    if wanted and not Application.objects.filter(authority=authority, code=wanted).exists():
        return wanted
    prefix = f"{fiscal_year}-"
    taken = _taken(authority, prefix)
    numbers = [int(code[5:9]) for code in taken if _NUMBER.fullmatch(code[5:9])]
    number = max(numbers, default=0) + 1
    while f"{prefix}{number:04}" in taken:
        number += 1
    return f"{prefix}{number:04}"


def code_of_version(returned: Application) -> str:
    """Return the id of the version after a returned one."""
    edition = returned.edition + 1
    root = returned.code.removesuffix(f"-{returned.edition}") if edition > 2 else returned.code
    taken = _taken(returned.authority, root)
    code = f"{root}-{edition}"
    while code in taken:  # an imported ledger may have an id of this form
        code += f"-{edition}"
    return code


def _taken(authority: Authority, prefix: str) -> set[str]:
    rows = Application.objects.filter(authority=authority, code__startswith=prefix)
    return set(rows.values_list("code", flat=True))
