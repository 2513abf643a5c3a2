"""Who sent a form: by its letterhead, otherwise by the file's name."""

import pytest

from shokibo.returns.filed.senders import Sender, sender_of, sender_read

TOKYO, SETAGAYA, KYOTO = (
    Sender("130001", "東京都"),
    Sender("131121", "世田谷区"),
    Sender("261009", "京都市"),
)
FUKUOKA, FUKUOKA_CITY = Sender("400009", "福岡県"), Sender("401307", "福岡市")
KITA = Sender("131172", "北区")
ISHIKAWA, KANAZAWA = Sender("170003", "石川県"), Sender("172014", "金沢市")
KNOWN = (TOKYO, SETAGAYA, KYOTO, FUKUOKA, FUKUOKA_CITY, KITA, ISHIKAWA, KANAZAWA)


@pytest.mark.parametrize(
    ("letterhead", "file", "sender"),
    [
        (("世田谷区　民生主管部（局）長",), "form.xlsx", SETAGAYA),
        (("東京都世田谷区長",), "form.xlsx", SETAGAYA),
        (("京　都　市",), "130001.xlsx", KYOTO),  # the letterhead goes first
        ((), "130001_世田谷区.xlsx", TOKYO),  # then the code
        ((), "R4 様式1(世田谷区).xlsx", SETAGAYA),
        (("都　道　府　県", "指　定　都　市", "児童相談所設置市"), "1300011.xlsx", None),
        (("架空市長",), "form.xlsx", None),
        (("福岡県福岡市こども未来局長",), "form.xlsx", FUKUOKA_CITY),
        (("福岡県", "福岡市長"), "form.xlsx", FUKUOKA_CITY),
        (("福岡県福祉労働部長", "福岡市博多区東公園7-7"), "form.xlsx", FUKUOKA),
        (("福岡県", "福岡市博多区東公園7-7"), "form.xlsx", FUKUOKA),
        (("京都市北区", "京都市長"), "form.xlsx", KYOTO),
        (("石川県金沢市鞍月1丁目1番地", "石川県健康福祉部長"), "form.xlsx", ISHIKAWA),
        (("石川県金沢市広坂1-1-1", "金沢市こども未来局長"), "form.xlsx", KANAZAWA),
        (("京都府京都市北区1-3-20", "京都市長"), "form.xlsx", KYOTO),
        (("東京都新宿区西新宿2-8-1", "東京都福祉局長"), "form.xlsx", TOKYO),
        (("石川県金沢市鞍月1-1",), "form.xlsx", ISHIKAWA),
        (("石川県", "金沢市", "担当 076-220-0000"), "form.xlsx", KANAZAWA),
        ((), "石川県金沢市 提出2.xlsx", KANAZAWA),
        ((), "福岡県（福岡市を除く）.xlsx", FUKUOKA),
        ((), "福岡県_福岡市_様式1.xlsx", FUKUOKA_CITY),
        ((), "様式1(北区).xlsx", KITA),
    ],
)
def test_one_of_those_who_are_known(
    letterhead: tuple[str, ...], file: str, sender: Sender | None
) -> None:
    assert sender_of(letterhead, file, KNOWN) == sender


@pytest.mark.parametrize(
    ("letterhead", "file", "sender"),
    [
        (("架空県　民生主管部（局）長",), "form.xlsx", Sender("", "架空県")),
        (("架空県架空市こども未来局長",), "131121.xlsx", Sender("131121", "架空市")),
        (("京都府健康福祉部長",), "form.xlsx", Sender("", "京都府")),
        (("想像県知事",), "form.xlsx", Sender("", "想像県")),
        (("架空市長",), "form.xlsx", Sender("", "架空市")),
        (("都　道　府　県", "指　定　都　市", "児童相談所設置市"), "form.xlsx", None),
        (("民生主管部（局）長",), "架空区_様式1.xlsx", Sender("", "架空区")),
        (("令和5年4月28日", "架 空 区 長"), "form.xlsx", Sender("", "架空区")),
        ((), "131122.xlsx", None),  # no such code: its check digit is wrong
    ],
)
def test_the_sender_is_read(letterhead: tuple[str, ...], file: str, sender: Sender | None) -> None:
    assert sender_read(letterhead, file) == sender
