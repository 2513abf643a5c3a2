"""Mutated carriers: the examples' ledger damaged or made odd, and given to the command line.

`python -m tests.mutations --count 2000` runs many and prints what came of them.
"""

import argparse
import contextlib
import csv
import io
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from shokibo.cli.app import run
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import TABLES
from shokibo.ledger.workbook import write_workbook
from shokibo.ledger.writing import write_folder
from tests.builders import EXAMPLES

CARRIERS = ("xlsx", "csv", "parquet")
_OF_A_REGISTER: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("check", "--format", "json", "--lang", "en"),
    ("evaluate", "--as-of", "2022-04-01"),
    ("form1", "--year", "2022"),
    ("form2", "--year", "2022"),
    ("status", "--as-of", "2022-04-01"),
)
COMMANDS = {
    "form1": _OF_A_REGISTER,
    "setagaya": (*_OF_A_REGISTER, ("plan",), ("budget",), ("review", "--year", "2022")),
}
STATUSES = frozenset({0, 1, 2})
ODD = (
    *("", " ", "\u3000", "\u200b", "\ufeff", "'", "''=1", "=1+1", "-1", "0", "1e400", "NaN", "inf"),
    *("2022/4/1 0:00", "2022-04-01 09:30", "R4.4", "R99.99.99", "9999-12-31", "0001-01-01"),
    *("²", "１２", "9" * 400, "長" * 40_000, "\ue000", "\ufffd", "🏠", "a\nb", "a\tb", "\x01"),
    *("○", "×", "TRUE", "1/0", "1/2", "99:99", "-0:30", "{header}", "%s", "[red]", "<b>", "&amp;"),
)
_TYPED_CELLS = (
    '<c r="{at}"><v>{number}</v></c>',
    '<c r="{at}" t="b"><v>1</v></c>',
    '<c r="{at}" t="e"><v>#REF!</v></c>',
    '<c r="{at}" t="d"><v>2022-04-01T09:30:00</v></c>',
    '<c r="{at}" t="s"><v>{number}</v></c>',
    '<c r="{at}" s="{style}"><v>{number}</v></c>',
    '<c r="{at}"><f>1+1</f></c>',
    '<c r="{at}" t="inlineStr"><is><t>_x0000_\u200b</t></is></c>',
)
_NUMBERS = ("NaN", "inf", "-1", "0.1", "44652", "44652.5", "2958466", "1e308", "99999999999", "60")
_ATTRIBUTE_VALUES = ("", "0", "-1", "1", "A1", "XFD1048576", "99999999999", "true", "\u65bd\u8a2d")
_STRUCTURES = (
    '<mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells>',
    '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A1:A9"/></mergeCells>',
    '<mergeCells><mergeCell ref="B4:A1"/></mergeCells>',
    '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:XFD1048576"/></mergeCells>',
)


@dataclass(frozen=True)
class Outcome:
    """What came of a mutation: which it was, the command, the status or the traceback."""

    number: int
    carrier: str
    command: tuple[str, ...]
    status: int | None
    seconds: float
    trace: str


def outcomes(count: int, seed: int = 0) -> Iterator[Outcome]:
    """Mutate the examples so many times, by turns in each carrier, and run a command on each."""
    with tempfile.TemporaryDirectory() as name:
        sound = {example: _sound(Path(name), example) for example in COMMANDS}
        for number in range(count):
            dice = random.Random(f"{seed}/{number}")
            carrier = CARRIERS[number % len(CARRIERS)]
            example = dice.choice(sorted(COMMANDS))
            with tempfile.TemporaryDirectory() as folder:
                path = _MUTATORS[carrier](dice, sound[example][carrier], Path(folder))
                yield _outcome(number, carrier, dice.choice(COMMANDS[example]), path)


def _outcome(number: int, carrier: str, command: tuple[str, ...], path: Path) -> Outcome:
    begun = time.monotonic()
    status, trace = None, ""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            status = run([*command, str(path)])
        except BaseException:  # a panic of Polars is no Exception
            trace = traceback.format_exc()
    return Outcome(number, carrier, command, status, time.monotonic() - begun, trace)


def _sound(folder: Path, example: str) -> dict[str, Path]:
    """Write an example to each carrier."""
    ledger = read_ledger(EXAMPLES / example)
    paths = {carrier: folder / f"{example}-{carrier}" for carrier in CARRIERS}
    write_folder(ledger, paths["csv"], "csv")
    write_folder(ledger, paths["parquet"], "parquet")
    write_workbook(ledger, paths["xlsx"])
    return paths


def _damaged(dice: random.Random, content: bytes) -> bytes:
    """Flip, cut out or put in some bytes, or cut the content short."""
    data = bytearray(content)
    for _ in range(dice.choice((1, 1, 3, 20))):
        at = dice.randrange(len(data) or 1)
        match dice.randrange(4):
            case 0 if data:
                data[at] ^= 1 << dice.randrange(8)
            case 1:
                del data[at : at + dice.randrange(1, 200)]
            case 2:
                data[at:at] = dice.randbytes(dice.randrange(1, 9))
            case _:
                del data[at:]
    return bytes(data)


# Workbooks


def _workbook(dice: random.Random, sound: Path, folder: Path) -> Path:
    path = folder / "台帳.xlsx"
    if dice.random() < 0.15:
        path.write_bytes(_damaged(dice, sound.read_bytes()))
        return path
    with zipfile.ZipFile(sound) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(dice.choice((1, 1, 2, 4))):
        dice.choice(_PART_MUTATIONS)(dice, parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


Parts = dict[str, bytes]


def _change(
    dice: random.Random, parts: Parts, pattern: str, new: Callable[[re.Match[str]], str], of: str
) -> None:
    """Change one place, by lot, where a pattern matches in one of the parts of a name."""
    name = dice.choice([name for name in parts if re.search(of, name)] or [""])
    text = parts.get(name, b"").decode("utf-8", "replace")
    places = list(re.finditer(pattern, text))
    if places:
        place = dice.choice(places)
        changed = text[: place.start()] + new(place) + text[place.end() :]
        parts[name] = changed.encode("utf-8", "replace")


def _attribute(dice: random.Random, parts: Parts) -> None:
    value = dice.choice(_ATTRIBUTE_VALUES)
    _change(
        dice, parts, r'(\s[\w:]+=")[^"]*(")', lambda at: at[1] + value + at[2], r"\.(xml|rels)$"
    )


def _element(dice: random.Random, parts: Parts) -> None:
    times = dice.choice((0, 2))
    pattern = r"<(row|c|v|sheet|si|xf|numFmt|Relationship)\b[^<>]*(?:/>|>.*?</\1>)"
    _change(dice, parts, pattern, lambda at: at[0] * times, r"\.(xml|rels)$")


def _cell(dice: random.Random, parts: Parts) -> None:
    new = dice.choice(_TYPED_CELLS)
    values = {"number": dice.choice(_NUMBERS), "style": dice.randrange(12)}
    pattern = r'<c r="([A-Z]+\d+)"[^<>]*(?:/>|>.*?</c>)'
    _change(dice, parts, pattern, lambda at: new.format(at=at[1], **values), r"sheets/sheet")


def _text(dice: random.Random, parts: Parts) -> None:
    text = dice.choice(ODD).replace("&", "&amp;").replace("<", "&lt;")
    _change(dice, parts, r"(<t\b[^<>]*>)[^<]*(</t>)", lambda at: at[1] + text + at[2], r"Strings")


def _headers(dice: random.Random, parts: Parts) -> None:
    number = str(dice.randrange(40))
    pattern = r'(<c r="[A-Z]+1"[^<>]* t="s"><v>)\d+'
    _change(dice, parts, pattern, lambda at: at[1] + number, r"sheets/sheet")


def _sheet(dice: random.Random, parts: Parts) -> None:
    name = dice.choice([*(table.sheet for table in TABLES), "メモ", "staff", ""])
    _change(dice, parts, r'(<sheet name=")[^"]*', lambda at: at[1] + name, r"workbook\.xml$")


def _structure(dice: random.Random, parts: Parts) -> None:
    merged = dice.choice(_STRUCTURES)
    _change(dice, parts, r"</sheetData>", lambda at: at[0] + merged, r"sheets/sheet")


def _hidden(dice: random.Random, parts: Parts) -> None:
    hidden = dice.choice((' hidden="1"', ' ht="0"', ' hidden="x"', ' width="0"'))
    _change(dice, parts, r"<(?:row|col) ", lambda at: f"{at[0][:-1]}{hidden} ", r"sheets/sheet")


def _part(dice: random.Random, parts: Parts) -> None:
    name = dice.choice(sorted(parts))
    match dice.randrange(3):
        case 0:
            parts.pop(name)
        case 1:
            parts[dice.choice(sorted(parts))] = parts[name]
        case _:
            parts[name] = _damaged(dice, parts[name])


_PART_MUTATIONS = (
    *(_attribute, _element, _cell, _cell, _text, _text, _headers, _sheet, _structure, _hidden),
    _part,
)


# Folders of CSV files

_LIKELY = ("", "0", "1", "6", "99", "2022", "2022-04-01", "9999-12-31", "1900-01-01", "○", "×")


def _csv(dice: random.Random, sound: Path, folder: Path) -> Path:
    for path in sound.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    for _ in range(dice.choice((1, 1, 2, 4))):
        path = dice.choice(sorted(folder.iterdir()))
        if dice.random() < 0.15:
            path.write_bytes(_damaged(dice, path.read_bytes()))
        elif dice.random() < 0.1:
            path.rename(folder / f"{dice.choice(TABLES).sheet}.csv")
        else:
            _change_csv(dice, path)
    return folder


def _change_csv(dice: random.Random, path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig", "replace").replace("\0", "")
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row] or [[""]]
    except csv.Error:
        return
    row = dice.choice(rows)
    at = dice.randrange(len(row))
    match dice.randrange(12):
        case 0:
            row[at] = dice.choice(rows[0])
        case 1:
            rows.append(list(row))
        case 2:
            del row[at:]
        case 3:
            dice.shuffle(rows[0])
        case 4 | 5:
            row[at] = dice.choice(ODD)
        case 6 | 7:
            row[at] = dice.choice(_LIKELY)
        case _:
            row[at] = (dice.choice(rows)[at:] or [""])[0]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    encoding = dice.choice((*("utf-8", "utf-8-sig", "cp932") * 4, "utf-16"))
    path.write_bytes(out.getvalue().encode(encoding, "replace"))


# Folders of Parquet files

_CASTS: tuple[tuple[pl.DataType, pl.DataType], ...] = (
    (pl.Int32(), pl.Date()),
    (pl.Int64(), pl.Datetime("ms")),
    (pl.Int64(), pl.Datetime("us", "Asia/Tokyo")),
    (pl.Int64(), pl.Duration("us")),
    (pl.Int64(), pl.Int64()),
    (pl.Int64(), pl.UInt8()),
    (pl.Float64(), pl.Float64()),
    (pl.Int64(), pl.Boolean()),
    (pl.Int64(), pl.Decimal(38, 2)),
    (pl.List(pl.Int64()), pl.List(pl.Int64())),
    (pl.String(), pl.Categorical()),
    (pl.String(), pl.Binary()),
)
_VALUES: dict[pl.DataType, Sequence[object]] = {
    pl.Int32(): (0, 1, None, 19_000, -719_163, 2_932_897, 2**31 - 1, -(2**31)),
    pl.Int64(): (0, 1, None, 101, -1, 2**63 - 1, -(2**63), 1_648_771_200_000),
    pl.Float64(): (0.0, 1.0, None, 0.1, float("nan"), float("inf"), 1e300, -1.5),
    pl.List(pl.Int64()): ([1, 2], [None], [], None),
    pl.String(): (*ODD, None),
}


def _parquet(dice: random.Random, sound: Path, folder: Path) -> Path:
    for path in sound.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    path = dice.choice(sorted(folder.iterdir()))
    if dice.random() < 0.35:
        path.write_bytes(_damaged(dice, path.read_bytes()))
        return folder
    frame = pl.read_parquet(path)
    for _ in range(dice.choice((1, 1, 2))):
        frame = _changed(dice, frame)
    frame.write_parquet(path)
    return folder


def _changed(dice: random.Random, frame: pl.DataFrame) -> pl.DataFrame:
    name = dice.choice(frame.columns)
    chance = dice.random()
    if chance < 0.5 and frame[name].dtype == pl.String:
        cells = frame[name].to_list()
        cells[dice.randrange(len(cells))] = dice.choice((*ODD, None, *cells))
        return frame.with_columns(pl.Series(name, cells, pl.String))
    if chance > 0.85:
        names = dict(zip(frame.columns, dice.sample(frame.columns, frame.width), strict=True))
        return frame.rename(names)
    held, dtype = dice.choice(_CASTS)
    odd = dice.sample(_VALUES[held], dice.randrange(1, 4))
    values = [dice.choice(odd) for _ in range(frame.height)]
    column = pl.Series(name, values, held).cast(dtype, strict=False)
    return frame.with_columns(column)


_MUTATORS: dict[str, Callable[[random.Random, Path, Path], Path]] = {
    "xlsx": _workbook,
    "csv": _csv,
    "parquet": _parquet,
}


def main() -> None:
    """Run many mutations, print what came of them, and fail where one broke the program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    seen: Counter[tuple[str, object]] = Counter()
    slowest, broken = 0.0, 0
    for outcome in outcomes(arguments.count, arguments.seed):
        seen[outcome.carrier, outcome.status] += 1
        slowest = max(slowest, outcome.seconds)
        if outcome.status not in STATUSES:
            broken += 1
            sys.stdout.write(f"{outcome.number} {outcome.command}\n{outcome.trace}\n")
    for (carrier, status), times in sorted(seen.items(), key=str):
        sys.stdout.write(f"{carrier} {status}: {times}\n")
    sys.stdout.write(f"slowest: {slowest:.1f} s; broken: {broken}\n")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
