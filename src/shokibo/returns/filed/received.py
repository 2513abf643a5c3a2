"""The forms received for a year: their senders, problems, and the sum of all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from shokibo.law.parameters import Law
from shokibo.ledger.carriers.sheets import FiledFile
from shokibo.ledger.findings import Finding, Value
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed import entries
from shokibo.returns.filed.april import differences_from_april
from shokibo.returns.filed.checks import figure_findings
from shokibo.returns.filed.figures import FiledForm
from shokibo.returns.filed.history import changed_much, counts_to_test, history_of
from shokibo.returns.filed.reading import forms_in
from shokibo.returns.filed.senders import Sender, sender_in_name, sender_of, sender_read

State = Literal["clean", "questions", "unreadable"]


@dataclass(frozen=True)
class Submission:
    """A file that counts for its sender: the form in it, None if none can be read."""

    sender: Sender
    file: FiledFile
    filed: FiledForm | None
    findings: tuple[Finding, ...] = ()

    def asked(self, finding: Finding) -> "Submission":
        """Return the submission with one more finding."""
        return replace(self, findings=(*self.findings, finding))

    @property
    def state(self) -> State:
        """Whether it can be read, and whether there is anything to ask."""
        if self.filed is None:
            return "unreadable"
        asked = any(finding.severity != "info" for finding in self.findings)
        return "questions" if asked else "clean"


@dataclass(frozen=True)
class Unknown:
    """A file that can't be attributed, and why."""

    file: FiledFile
    reason: Finding


@dataclass(frozen=True)
class Received:
    """All that was received, in the order of those that are expected."""

    form: FormNumber
    year: int
    expected: tuple[Sender, ...]
    submissions: tuple[Submission, ...]
    unknown: tuple[Unknown, ...]

    @cached_property
    def missing(self) -> tuple[Sender, ...]:
        """Who is expected and sent nothing."""
        sent = {one.sender for one in self.submissions}
        return tuple(sender for sender in self.expected if sender not in sent)


def receive(
    files: Iterable[FiledFile],
    form: FormNumber,
    year: int,
    law: Law,
    *,
    expected: Sequence[Sender] | None = None,
    previous: Iterable[FiledFile] = (),
) -> Received:
    """Receive the files of a form for a fiscal year, in the order of their names.

    `law` is the national one; `expected` who has to send it, None for all that are found;
    `previous` files of earlier years. Form 2 is compared with form 1 of its year, wherever that
    is. Of several files of a sender the last that can be read counts.
    """
    sent, earlier = ([_Sent(file) for file in every] for every in (files, previous))
    known = _senders_found([*sent, *earlier]) if expected is None else expected
    by_sender = _by_sender(sent, known)
    nobodys = [Unknown(one.file, one.reason(form)) for one in by_sender.pop(None, [])]
    april = _forms_of([*earlier, *sent], known, 1) if form == 2 else {}
    counted: dict[Sender, Submission] = {}
    for sender in known:
        own = [one for one in by_sender.get(sender, []) if not one.is_other(form)]
        if own:
            counted[sender] = _counted(sender, own, form, year, law, known)
        before = april.get(sender, {}).get(year)
        nobodys += [
            Unknown(one.file, one.reason(form))
            for one in by_sender.get(sender, [])
            if one.is_other(form) and not (own and before in one.forms)
        ]
    history = _forms_of(earlier, known, form)
    for sender, found in _by_other_years(counted, history, april, year):
        counted[sender] = counted[sender].asked(found)
    return Received(
        form,
        year,
        tuple(counted if expected is None else known),
        tuple(counted.values()),
        tuple(sorted(nobodys, key=lambda one: one.file.name)),
    )


def filed_form(file: FiledFile, form: FormNumber, year: int) -> FiledForm | Finding:
    """Return the form of a file, of several the one of the year; or why there is none."""
    sent = _Sent(file)
    forms = sent.of(form)
    return _of_year(forms, year) if forms else sent.reason(form)


def _of_year(forms: Sequence[FiledForm], year: int) -> FiledForm:
    return next((one for one in forms if one.fiscal_year.value == year), forms[0])


@dataclass(frozen=True)
class _Sent:
    """A file with the forms in it; none if it can't be read."""

    file: FiledFile

    @cached_property
    def forms(self) -> tuple[FiledForm, ...]:
        sheets = self.file.sheets
        return () if isinstance(sheets, Finding) else tuple(forms_in(sheets))

    @property
    def letterhead(self) -> tuple[str, ...]:
        return tuple(text for form in self.forms for text in form.letterhead)

    def of(self, form: FormNumber) -> list[FiledForm]:
        """Return its forms of a number; one that does not say its number may be any."""
        return [one for one in self.forms if one.form in (form, None)]

    def is_other(self, form: FormNumber) -> bool:
        return bool(self.forms) and not self.of(form)

    def reason(self, form: FormNumber) -> Finding:
        """Return why it can't be attributed."""
        name = self.file.name
        if isinstance(self.file.sheets, Finding):
            return self.file.sheets
        if not self.forms:
            return Finding(entries.FORM_NOT_FOUND, "", name, {"name": name, "form": form})
        if self.is_other(form):
            values = {"name": name, "form": form, "found": self.forms[0].form}
            return Finding(entries.OTHER_FORM, "", name, values)
        return Finding(entries.SENDER_UNKNOWN, "", name, {"name": name})


def _senders_found(sent: Iterable[_Sent]) -> list[Sender]:
    """Return who names itself, by code and name; who gives both is known by either."""
    found = [sender_read(one.letterhead, one.file.name) for one in sent]
    named = list(dict.fromkeys(sender for sender in found if sender))
    whole = [sender for sender in named if sender.code and sender.name]
    known = {part for sender in whole for part in (sender.code, sender.name)}
    others = [one for one in named if one not in whole and not {one.code, one.name} & known]
    return sorted([*whole, *others], key=lambda one: (not one.code, one.code, one.name))


def _by_sender(sent: Iterable[_Sent], known: Sequence[Sender]) -> dict[Sender | None, list[_Sent]]:
    by_sender: defaultdict[Sender | None, list[_Sent]] = defaultdict(list)
    for one in sent:
        by_sender[sender_of(one.letterhead, one.file.name, known)].append(one)
    return by_sender


def _forms_of(
    sent: Iterable[_Sent], known: Sequence[Sender], form: FormNumber
) -> dict[Sender, dict[int, FiledForm]]:
    """Return the forms of a number that name their year, by sender and year, the last of each."""
    return {
        sender: {
            found.fiscal_year.value: found
            for one in own
            for found in one.forms
            if found.form == form and found.fiscal_year.value is not None
        }
        for sender, own in _by_sender(sent, known).items()
        if sender is not None
    }


def _counted(
    sender: Sender,
    own: Sequence[_Sent],
    form: FormNumber,
    year: int,
    law: Law,
    known: Sequence[Sender],
) -> Submission:
    """Take the last file of a sender that holds the form, else why none of them does."""
    readable = [one for one in own if one.of(form)]
    if not readable:
        return Submission(sender, own[-1].file, None, tuple(one.reason(form) for one in own))
    last = readable[-1]
    found = [*_twice(sender, own, last), *_named_otherwise(sender, last, known)]
    forms = last.of(form)
    filed = _of_year(forms, year)
    if len(forms) > 1:
        values: dict[str, Value] = {"count": len(forms), "counted": filed.fiscal_year.place}
        found.append(Finding(entries.SHEETS_TWICE, "", filed.fiscal_year.place, values))
    return Submission(sender, last.file, filed, (*found, *figure_findings(filed, law, year)))


def _twice(sender: Sender, own: Sequence[_Sent], counted: _Sent) -> list[Finding]:
    if len(own) == 1:
        return []
    names = [one.file.name for one in own]
    who = sender.name or sender.code
    values: dict[str, Value] = {"name": who, "files": names, "counted": counted.file.name}
    return [Finding(entries.TWICE, "", counted.file.name, values)]


def _named_otherwise(sender: Sender, counted: _Sent, known: Sequence[Sender]) -> Iterator[Finding]:
    """Find a file whose name is another authority's than its letterhead."""
    name = counted.file.name
    named = sender_in_name(name, known)
    if named is not None and named != sender:
        values: dict[str, Value] = {
            "name": sender.name or sender.code,
            "named": named.name or named.code,
        }
        yield Finding(entries.SENDER_DIFFERS, "", name, values)


def _by_other_years(
    counted: Mapping[Sender, Submission],
    history: Mapping[Sender, Mapping[int, FiledForm]],
    april: Mapping[Sender, Mapping[int, FiledForm]],
    year: int,
) -> Iterator[tuple[Sender, Finding]]:
    """Find large differences from earlier years, and from April of the same year."""
    filed = {sender: one.filed for sender, one in counted.items() if one.filed is not None}
    every = history_of(
        (sender, at, counts_to_test(form))
        for of_year in (history, {sender: {year: form} for sender, form in filed.items()})
        for sender, of_sender in of_year.items()
        for at, form in of_sender.items()
    )
    for sender, form in filed.items():
        if found := changed_much(sender, form, every, year):
            yield sender, found
        before = april.get(sender, {}).get(year)
        if before is not None:
            for differing in differences_from_april(before, form):
                yield sender, differing
