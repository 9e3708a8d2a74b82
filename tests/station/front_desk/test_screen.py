"""The screen loses nothing, shows no name it need not, and can be used without eyes or mouse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop_app.ledgers.visits.rules.visit import VisitState
from desktop_app.station.front_desk import service
from desktop_app.storage.session import Desk
from tests.driver.front_desk import ENTER, FrontDesk
from tests.station.front_desk.conftest import ZHANG_ID

KEY = Qt.Key
NEW_ID = "440524188001010014"
"""Another worked example of GB 11643-1999: a man."""


def fill(front: FrontDesk, reason: str = "问医保") -> None:
    """A form that is nearly done."""
    front.choose("zsf")
    front.letters("2")
    front.press(ENTER)
    front.write(reason)


def test_esc_goes_back_to_the_box_and_loses_nothing(front: FrontDesk) -> None:
    fill(front)
    before = front.text
    front.press(KEY.Key_Escape)
    assert front.focused == front.box_name
    front.press(KEY.Key_Escape, KEY.Key_Escape)
    assert front.text == before


def test_esc_on_results_closes_them_and_keeps_what_was_typed(front: FrontDesk) -> None:
    front.letters("zsf")
    front.press(KEY.Key_Escape)
    assert not front.results_open
    assert front.box_text == "zsf"


def test_a_power_cut_costs_nothing_that_was_typed(
    sit_down: Callable[[], FrontDesk], counter: Desk
) -> None:
    first = sit_down()
    fill(first, "水管漏了三天")
    first.wait(lambda: service.load_drafts(counter).now.now.summary == "水管漏了三天")
    # No farewell: what the first screen still holds is never stored again.
    again = sit_down()
    assert "张淑芬" in again.who
    assert again.text.now.summary == "水管漏了三天"
    assert again.matter == first.matter


def test_a_saved_visit_leaves_no_draft(front: FrontDesk, counter: Desk) -> None:
    fill(front)
    front.wait(lambda: not service.load_drafts(counter).is_empty)
    front.save()
    front.wait_saved()
    front.wait(lambda: service.load_drafts(counter).is_empty)


def test_leaving_the_page_stores_at_once(front: FrontDesk, counter: Desk) -> None:
    fill(front, "刚写的一句")
    assert front.page.may_leave()
    assert service.load_drafts(counter).now.now.summary == "刚写的一句"


def test_a_form_is_parked_and_taken_up_again(front: FrontDesk) -> None:
    fill(front, "先等一下")
    before = front.text
    front.press(KEY.Key_F6)
    assert front.text.is_empty
    assert front.parked == ["张*芬 党员组织关系转接咨询"]
    front.choose("ljg")
    front.letters("1")
    front.save()
    front.wait_saved()
    front.press(KEY.Key_F6)
    assert front.text == before
    assert front.parked == []


def test_parked_forms_survive_a_power_cut(sit_down: Callable[[], FrontDesk], counter: Desk) -> None:
    first = sit_down()
    fill(first)
    first.press(KEY.Key_F6)
    first.wait(lambda: len(service.load_drafts(counter).parked) == 1)
    assert sit_down().parked == first.parked


def test_names_in_todays_list_are_masked_until_a_row_is_focused(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("1")
    front.save()
    front.wait(lambda: len(front.today) == 1)
    assert "张*芬" in front.today[0]
    front.press(KEY.Key_F4)
    assert "张淑芬" in front.today[0]
    front.press(KEY.Key_Escape)
    assert "张*芬" in front.today[0]


def test_one_key_covers_every_name_at_once(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("1")
    front.save()
    front.wait(lambda: len(front.today) == 1)
    front.choose("ljg")
    front.press(KEY.Key_F4)
    front.press(KEY.Key_F8)
    assert "张淑芬" not in front.today[0]
    assert "赖建国" not in front.who
    assert front.is_secret("姓名")
    front.press(KEY.Key_F8)
    assert "赖建国" in front.who


def test_a_card_finds_the_person_it_belongs_to(front: FrontDesk) -> None:
    front.read_card(ZHANG_ID)
    front.wait(lambda: "张淑芬" in front.who)
    assert front.box_text == ""


def test_a_strangers_card_fills_the_fields_of_a_new_person(front: FrontDesk) -> None:
    front.read_card(NEW_ID)
    front.wait(lambda: "新来访人" in front.who)
    assert front.text.id_number == NEW_ID
    assert front.text.birth == "1880-01-01"
    assert NEW_ID not in front.who
    assert front.focused == "姓名"


def test_a_namesake_is_mentioned_while_typing_and_can_be_taken(front: FrontDesk) -> None:
    front.write("张淑芬")
    front.press(KEY.Key_F2)
    front.wait(lambda: any("青榕雅苑 3-2-501" in words for words in front.similar))
    front.press_button("就是这位")
    assert "张淑芬" in front.who
    assert front.text.came == "known"


def test_a_step_asks_only_what_it_needs(front: FrontDesk) -> None:
    front.choose("zsf")
    front.letters("1")
    front.alt("B")
    front.letters("3")
    front.save()
    front.wait(lambda: len(front.today) == 1)
    front.press(KEY.Key_F4)
    front.letters("j")
    front.wait(lambda: len(front.changes) == 2)
    assert front.changes[1].value.state is VisitState.TAKEN_UP
    front.wait(lambda: "接办" in front.today[0])
    front.letters("d")
    sheet = front.sheet()
    assert list(sheet.fields) == ["result"]


def test_every_control_has_a_name(front: FrontDesk) -> None:
    front.write("罗长发")
    front.press(KEY.Key_F2)
    front.press(KEY.Key_F10)
    front.alt("G")
    assert front.nameless() == []


def test_an_empty_day_says_what_to_do(front: FrontDesk) -> None:
    front.wait(lambda: "今天还没有登记" in front.page.screen_parts.today.sentence)
    assert front.today == []


def test_todays_list_stands_at_the_right_of_a_wide_window_and_below_in_a_narrow_one(
    front: FrontDesk,
) -> None:
    screen = front.page.screen_parts
    assert screen.is_wide
    front.page.resize(1024, 700)
    front.wait(lambda: not screen.is_wide)
    assert screen.today.geometry().top() > screen.form.geometry().top()
