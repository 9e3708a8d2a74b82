"""What a hostile or hurried hand brings to the counter: told, kept, and never half saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolTip

from desktop_app.core.rights import Right
from desktop_app.registers.residents.search import find
from tests.driver.front_desk import FrontDesk
from tests.driver.program import CONTROL, Counter, fields_of

KEY = Qt.Key
THIRTY_MEGABYTES = "漏" * 10_000_000
"""In UTF-8."""


def new_person(counter: Counter) -> FrontDesk:
    """The counter with F2 pressed: the fields of somebody new are open."""
    front = counter.sign_in()
    front.press(KEY.Key_F2)
    front.wait(lambda: front.focused == "姓名")
    return front


def test_thirty_megabytes_are_refused_in_words_wherever_they_are_pasted(counter: Counter) -> None:
    front = counter.sign_in()
    counter.paste(THIRTY_MEGABYTES)
    assert "10,000,000 个字" in QToolTip.text()
    assert "没有粘贴，原来的内容没有变" in QToolTip.text()
    assert front.box_text == ""
    QToolTip.hideText()
    front.press(KEY.Key_F2)
    front.write("陈桂英")
    counter.paste(THIRTY_MEGABYTES)
    assert "没有粘贴，原来的内容没有变" in front.problem("姓名")
    front.go_to("事由")
    front.write("楼上漏水")
    counter.paste(THIRTY_MEGABYTES)
    assert "请先在别处截取需要的部分" in front.problem("事由")
    assert (front.text.name, front.text.now.summary) == ("陈桂英", "楼上漏水")
    front.save()
    assert front.wait_saved()[0].summary == "楼上漏水"


def test_a_reason_far_too_long_is_never_cut_off_but_told_and_kept(counter: Counter) -> None:
    front = counter.sign_in()
    front.choose("zsf")
    front.go_to("事由")
    for _ in range(3):
        counter.paste("水管漏了三天还在漏。" * 1_000)
    front.save()
    front.wait(lambda: front.problem("事由") != "")
    assert "事由有30000个字，最多可写2000个字，这次没有保存，已填的内容都还在" in front.problem(
        "事由"
    )
    assert len(front.text.now.summary) == 30_000
    assert front.changes == []
    assert "张淑芬" in front.who


def test_invisible_characters_of_a_paste_never_reach_the_register(counter: Counter) -> None:
    front = new_person(counter)
    counter.paste("陈\u200b桂\u202e英\x00\ufeff")
    front.go_to("事由")
    counter.paste("水管\x00漏\u202e了\u200b三天")
    front.save()
    visit = front.wait_saved()[0]
    assert visit.summary == "水管漏了三天"
    assert [line.name for line in find(counter.workplace.desk, "cgy").people] == ["陈桂英"]
    front.choose("cgy")
    front.wait(lambda: "陈桂英" in front.who)


def test_full_width_digits_and_blanks_in_a_phone_number_are_understood(counter: Counter) -> None:
    front = new_person(counter)
    front.write("陈桂英")
    front.go_to("电话")
    counter.paste("　１３８ ００００　９９９９ ")
    front.go_to("门牌")
    counter.paste("３—２—５０１")
    front.go_to("事由")
    front.write("问医保")
    front.save()
    front.wait_saved()
    found = find(counter.workplace.desk, "9999").people
    assert [line.name for line in found] == ["陈桂英"]
    assert found[0].phone == "138****9999"
    assert found[0].address.endswith("3-2-501")


@pytest.mark.parametrize("phone", ["138 0000", "一三八", "138000056781234567", "\x00"])
def test_a_phone_that_is_none_is_told_beside_its_field_and_everything_stays(
    counter: Counter, phone: str
) -> None:
    front = new_person(counter)
    front.write("陈桂英")
    front.go_to("电话")
    counter.paste(phone)
    front.go_to("事由")
    front.write("问医保")
    typed = front.text
    front.save()
    counter.settle()
    if front.changes:
        # Nothing that can be seen was typed.
        assert phone == "\x00"
        return
    assert front.problem("电话").endswith("。")
    assert front.text == typed
    assert front.today == []


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "13800005678", "陈" * 61, "\x00"])
def test_a_name_that_is_none_is_told_beside_its_field_and_everything_stays(
    counter: Counter, name: str
) -> None:
    front = new_person(counter)
    if name:
        counter.paste(name)
    front.go_to("事由")
    front.write("问医保")
    typed = front.text
    front.save()
    front.wait(lambda: front.problem("姓名") != "")
    assert "姓名" in front.problem("姓名")
    assert front.text == typed
    assert front.changes == []


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",
        "11010519491231002y",
        "110105491231002",
        "１１０１０５４９１２３１００２",
    ],
)
def test_a_reader_that_sends_a_number_that_does_not_fit_leaves_it_to_be_seen(
    counter: Counter, number: str
) -> None:
    front = counter.sign_in()
    if number.isascii():
        front.read_card(number)
        counter.wait_for_reader()
    else:
        counter.paste(number)
    assert front.box_text == number
    assert front.text.is_empty
    assert "没有找到" in front.found_words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("110105194912310021", "校验码对不上"),
        ("11010519491231002", "位"),
        ("110105490231002", "出生日期"),
        ("1101051949\x0012310021", "校验码对不上"),
        ("１１０１０５１９４９１２３１００２１", "校验码对不上"),
    ],
)
def test_a_number_that_does_not_check_is_told_beside_its_field_and_the_file_stays(
    counter: Counter, typed: str, told: str
) -> None:
    counter.sign_in()
    open_new_file(counter, "陈桂英")
    counter.field("证件号码")
    counter.paste(typed)
    counter.press(KEY.Key_Return, with_=CONTROL)
    counter.wait(lambda: told in counter.problem("证件号码"))
    assert value(counter, "姓名") == "陈桂英"
    assert find(counter.workplace.desk, "cgy").people == ()


@pytest.mark.parametrize("typed", ["１１０１０５ １９４９１２３１ ００２Ｘ", "110105491231002"])
def test_an_old_or_full_width_number_of_a_card_is_understood(counter: Counter, typed: str) -> None:
    counter.sign_in()
    open_new_file(counter, "陈桂英")
    counter.field("证件号码")
    counter.paste(typed)
    counter.press(KEY.Key_Return, with_=CONTROL)
    counter.wait(lambda: bool(find(counter.workplace.desk, "cgy").people))
    ending = "002X" if "Ｘ" in typed else "1002"
    assert "陈桂英" in [line.name for line in find(counter.workplace.desk, ending).people]


def open_new_file(counter: Counter, name: str) -> None:
    """居民, F2, and the name."""
    counter.workplace.pages.show_page("residents")
    counter.settle()
    counter.press(KEY.Key_F2)
    counter.wait(lambda: "姓名" in fields_of(counter.window))
    counter.settle()
    counter.field("姓名")
    counter.type(name)


def value(counter: Counter, label: str) -> str:
    """What stands in a field of one line."""
    editor = fields_of(counter.window)[label].editor
    assert isinstance(editor, QLineEdit)
    return editor.text()


def test_nothing_a_hostile_hand_types_into_the_box_disturbs_the_search(counter: Counter) -> None:
    front = counter.sign_in()
    for typed in (
        "%",
        "_",
        "'; DROP TABLE resident; --",
        '"*',
        "\x00",
        "𬭎𠮷",
        "a" * 2_000,
        "()\\",
    ):
        counter.paste(typed)
        counter.press(KEY.Key_A, with_=CONTROL)
        counter.press(KEY.Key_Backspace)
    front.choose("zsf")
    assert "张淑芬" in front.who
    with counter.workplace.desk.reading(needs=Right.READ) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM resident").scalar_one() == 3
