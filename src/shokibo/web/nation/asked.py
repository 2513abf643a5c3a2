"""Questions about received files: from their contents, and from other years."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from shokibo.returns.counted import FormNumber
from shokibo.returns.filed.figures import Places, stored_as_filed
from shokibo.web.nation.reading import question
from shokibo.web.receipts.models import DeliveredFile
from shokibo.web.returns.other_years import OtherYears
from shokibo.web.returns.versions import READ_STATES


def asked_about(files: Iterable[DeliveredFile]) -> dict[int, list[dict[str, str]]]:
    """Return the questions about each file that could be read, by its key.

    Each has the form of `question`. Other years are those known now.
    """
    of_form: defaultdict[tuple[FormNumber, int], list[DeliveredFile]] = defaultdict(list)
    for file in files:
        if file.state in READ_STATES:
            number: FormNumber = 1 if file.delivery.form == 1 else 2
            of_form[number, file.delivery.fiscal_year].append(file)
    asked = {}
    for (form, year), read in of_form.items():
        senders = {file.pk: file.authority for file in read if file.authority is not None}
        others = OtherYears(form, year, set(senders.values()))
        for file in read:
            places = msgspec.convert(file.places, Places | None)
            filed = stored_as_filed(form, year, file.figures or {}, places)
            found = others.findings(senders[file.pk], filed)
            asked[file.pk] = [*file.findings, *map(question, found)]
    return asked
