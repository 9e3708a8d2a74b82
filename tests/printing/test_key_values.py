"""Forms filled in: each value beside its label."""

from __future__ import annotations

from desktop_app.printing.document import render
from desktop_app.printing.key_values import KeyValues, Pair
from tests.printing.outside import assert_sound
from tests.printing.papers import official

PAIRS = (
    Pair("登记编号", "QR01-2026A-00001"),
    Pair("来访人", "张𬭎"),
    Pair("事由", "反映楼上漏水（已三次），物业至今未处理。" * 8, wide=True),
    Pair("首问责任人", "王小燕"),
)


def test_a_value_stands_beside_its_label() -> None:
    page = assert_sound(render(official(KeyValues(PAIRS)))).pages[0]
    words = {word.text: word for line in page.lines for word in line}
    number, label = words["QR01-2026A-00001"], words["登记编号"]
    assert number.left > label.right
    assert abs(number.bottom - label.bottom) < 3
    assert words["张𬭎"].left > words["来访人"].right > number.right


def test_a_wide_pair_has_the_row_to_itself_and_is_printed_whole() -> None:
    reading = assert_sound(render(official(KeyValues(PAIRS))))
    assert reading.characters.count("反映楼上漏水") == 8
    words = [word for line in reading.pages[0].lines for word in line]
    long = max(words, key=lambda word: word.right - word.left)
    assert long.right - long.left > 300


def test_a_form_without_pairs_is_nothing() -> None:
    reading = assert_sound(render(official(KeyValues(()))))
    assert reading.characters == "—1—"
