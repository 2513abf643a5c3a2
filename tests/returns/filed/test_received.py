"""What was received of a form: from whom, what is missing, what is odd, and the sum."""

from pathlib import Path

import pytest

from shokibo.answers import plain
from shokibo.law.parameters import national_law
from shokibo.ledger.authority_list import read_authorities
from shokibo.ledger.carriers.sheets import filed_files
from shokibo.ledger.findings import UnreadableLedgerError
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed.answer import answer_of, sum_of
from shokibo.returns.filed.received import Received, receive
from shokibo.returns.filed.senders import Sender
from shokibo.returns.rollup import roll_up
from tests.builders import EXAMPLES
from tests.returns.filed.invented import figures, invented, workbook
from tests.returns.filed.layouts import Grid, grid_of, write

ONE, TWO, THREE = Sender("990019", "架空市"), Sender("990027", "想像県"), Sender("990035", "仮想区")
EXPECTED = (ONE, TWO, THREE)


def put(
    folder: Path,
    name: str,
    seed: int,
    authority: str,
    form: FormNumber = 1,
    year: int = 2022,
    units: int = 12,
) -> None:
    """Put a form into a folder."""
    folder.mkdir(exist_ok=True)
    made = invented(seed, units=units, form=form, year=year)
    (folder / name).write_bytes(workbook(made, authority))


def received(
    folder: Path,
    form: FormNumber = 1,
    expected: tuple[Sender, ...] | None = EXPECTED,
    previous: Path | None = None,
) -> Received:
    """Receive a folder for 令和4年度."""
    earlier = filed_files(previous) if previous else []
    law = national_law()
    return receive(filed_files(folder), form, 2022, law, expected=expected, previous=earlier)


def codes(found: Received) -> dict[str, list[str]]:
    """Return the codes of the findings by who sent the form."""
    return {one.sender.name: [each.code for each in one.findings] for one in found.submissions}


def test_who_sent_and_who_did_not(tmp_path: Path) -> None:
    put(tmp_path, "b.xlsx", 1, "架空市")
    put(tmp_path, "a.xlsx", 2, "想像県")
    found = received(tmp_path)
    assert [(one.sender, one.file.name, one.state) for one in found.submissions] == [
        (ONE, "b.xlsx", "clean"),
        (TWO, "a.xlsx", "clean"),
    ]
    assert found.missing == (THREE,)
    answer = answer_of(found, "ja")
    assert (answer.expected, len(answer.received), len(answer.missing)) == (3, 2, 1)


def test_the_sum_is_that_of_all_that_could_be_read(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", 1, "架空市")
    put(tmp_path, "b.xlsx", 2, "想像県")
    (tmp_path / "990035.xlsx").write_bytes(b"PK")
    found = received(tmp_path)
    added = roll_up(plain(figures(invented(seed, units=12))) for seed in (1, 2))
    assert plain(sum_of(found)) == added
    assert [one.state for one in found.submissions] == ["clean", "clean", "unreadable"]
    assert answer_of(found, "en").received[2].figures is None


def test_a_blank_adds_nothing_and_is_asked_about(tmp_path: Path) -> None:
    grid = grid_of(workbook(invented(1, units=12)))
    grid.cells[10, 7] = "か所"
    write([grid], tmp_path / "a.xlsx")
    found = received(tmp_path)
    assert codes(found) == {"架空市": ["RETURN_BLANK"]}
    assert found.submissions[0].state == "questions"
    assert sum_of(found).units["total"].units == 0
    assert sum_of(found).units["community_home"].units > 0


def test_of_two_files_the_later_by_name_counts(tmp_path: Path) -> None:
    put(tmp_path, "1.xlsx", 1, "架空市")
    put(tmp_path, "2.xlsx", 2, "架空市")
    (tmp_path / "3_架空市.xlsx").write_bytes(b"")
    (one,) = received(tmp_path).submissions
    assert one.file.name == "2.xlsx"
    assert [each.code for each in one.findings] == ["RETURN_TWICE"]
    assert one.findings[0].values["files"] == ["1.xlsx", "2.xlsx", "3_架空市.xlsx"]


def test_of_two_sheets_the_one_of_the_year_counts(tmp_path: Path) -> None:
    grids = [grid_of(workbook(invented(1, units=12, year=year))) for year in (2021, 2022)]
    grids[0].name = "昨年度"
    write(grids, tmp_path / "a.xlsx")
    (one,) = received(tmp_path).submissions
    assert [each.code for each in one.findings] == ["RETURN_TWICE"]
    assert one.findings[0].place == "様式1!A6"


def test_a_form_of_another_year_counts_and_is_asked_about(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", 1, "架空市", year=2021)
    found = received(tmp_path)
    assert codes(found) == {"架空市": ["RETURN_WRONG_YEAR"]}
    assert sum_of(found).authorities == 1


def test_a_file_named_as_another_authoritys_is_asked_about(tmp_path: Path) -> None:
    put(tmp_path, "仮想区.xlsx", 1, "架空市")
    put(tmp_path, "想像県.xlsx", 2, "想像県")
    assert codes(received(tmp_path)) == {"架空市": ["RETURN_SENDER_DIFFERS"], "想像県": []}


def test_each_file_that_cant_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "架空市.csv").write_text("番号")
    (tmp_path / "架空市.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "Thumbs.db").write_bytes(b"")
    found = received(tmp_path)
    assert codes(found) == {"架空市": ["NOT_A_WORKBOOK", "WORKBOOK_OLD"]}
    assert not found.unknown


def test_files_that_count_for_nobody_say_why(tmp_path: Path) -> None:
    put(tmp_path, "no-name.xlsx", 1, "")
    put(tmp_path, "other.xlsx", 2, "架空市", form=2)
    write([Grid("メモ", {(1, 1): "控え"})], tmp_path / "foreign.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "encrypted.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    )
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "~$open.xlsx").write_bytes(b"")
    found = received(tmp_path)
    assert found.submissions == ()
    assert {one.file.name: one.reason.code for one in found.unknown} == {
        "broken.xlsx": "WORKBOOK_DAMAGED",
        "empty.xlsx": "WORKBOOK_DAMAGED",
        "encrypted.xlsx": "WORKBOOK_ENCRYPTED",
        "foreign.xlsx": "RETURN_FORM_NOT_FOUND",
        "letter.pdf": "NOT_A_WORKBOOK",
        "no-name.xlsx": "RETURN_SENDER_UNKNOWN",
        "other.xlsx": "RETURN_FORM_NOT_FOUND",
    }
    assert "様式2" in answer_of(found, "ja").unknown[-1].reason


def test_without_a_list_all_that_are_found_are_expected(tmp_path: Path) -> None:
    put(tmp_path, "990027.xlsx", 1, "想像県")
    put(tmp_path, "a.xlsx", 2, "仮想区")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "想像県.xlsx").write_bytes(b"")
    found = received(tmp_path, expected=None)
    assert found.expected == (Sender("990027", "想像県"), Sender("", "仮想区"))
    assert codes(found) == {"想像県": ["RETURN_TWICE"], "仮想区": []}
    assert answer_of(found, "ja").received[1].authority_code is None


def test_form_2_is_compared_with_april_unit_by_unit(tmp_path: Path) -> None:
    folder, april = tmp_path / "now", tmp_path / "april"
    folder.mkdir()
    put(april, "a.xlsx", 1, "架空市")
    grid = grid_of(workbook(invented(1, units=12, form=2)))
    grid.cells[10, 7] = int(grid.cells[10, 7]) - 1
    grid.cells[26, 5] = "9.5"
    changed = str(grid.cells[26, 2])
    del grid.cells[27, 2]
    write([grid], folder / "a.xlsx")
    found = [
        each
        for each in received(folder, 2, previous=april).submissions[0].findings
        if each.code == "RETURN_DIFFERS_FROM_APRIL"
    ]
    assert found[0].values["counted"] == found[0].values["april"] - 1  # type: ignore[operator]
    assert (found[1].values["unit"], found[1].place) == (changed, "様式2!B26")
    assert found[2].values["changes"] == ["様式2の一覧にありません"]


def test_form_2_that_only_adds_to_april_is_as_it_should_be(tmp_path: Path) -> None:
    put(tmp_path, "form1.xlsx", 1, "架空市")
    put(tmp_path, "form2.xlsx", 1, "架空市", form=2)
    found = received(tmp_path, 2)
    assert codes(found) == {"架空市": []}
    assert found.unknown == ()


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_a_list_of_authorities_is_any_table_with_both_columns(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name.endswith("csv"):
        path.write_text("提出先,自治体名,団体コード\n国,架空市,990019\n", "cp932")
    else:
        write(
            [
                Grid(
                    "Sheet1",
                    {
                        (1, 1): "一覧",
                        (3, 2): "団体コード",
                        (3, 3): "name",
                        (4, 2): 990019,
                        (4, 3): "架空市",
                    },
                )
            ],
            path,
        )
    assert read_authorities(path) == [("990019", "架空市")]


def test_a_list_that_lacks_a_name_says_where(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("authority_code,name\n990019,\n99002,x\n", "utf-8")
    with pytest.raises(UnreadableLedgerError) as refused:
        read_authorities(path)
    found = [(one.code, one.place) for one in refused.value.problems]
    assert found == [("CELL_BLANK", "list.csv!B2"), ("CODE_OF_FIVE_DIGITS", "list.csv!A3")]


@pytest.mark.parametrize("content", [None, b"a,b\n1,2\n", b"\x00\x01"])
def test_what_is_no_list_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableLedgerError):
        read_authorities(path)


def test_a_ledger_is_a_list_of_its_authorities() -> None:
    assert read_authorities(EXAMPLES / "form1")[0][1] == "架空県"


def test_a_form_that_differs_much_from_earlier_years_is_asked_about(tmp_path: Path) -> None:
    senders = tuple(Sender(f"9900{number}", f"架空第{number}市") for number in range(10, 20))
    for sender in senders:
        for year in (2020, 2021):
            put(tmp_path / "before", f"{sender.code}-{year}.xlsx", 3, sender.name, year=year)
        units = 48 if sender == senders[0] else 12
        put(tmp_path / "now", f"{sender.code}.xlsx", 3, sender.name, units=units)
    found = codes(received(tmp_path / "now", expected=senders, previous=tmp_path / "before"))
    asked = [name for name, of_sender in found.items() if "RETURN_CHANGED_MUCH" in of_sender]
    assert asked == [senders[0].name]
