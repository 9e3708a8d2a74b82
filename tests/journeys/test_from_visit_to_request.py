"""A visit that cannot be settled, from the counter to the call back, without the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.request import Request, RequestState
from desktop_app.ledgers.requests.ui.form import RequestFormPage
from desktop_app.ledgers.requests.ui.page import RequestsPage
from desktop_app.ledgers.requests.ui.record import RequestPage
from desktop_app.ledgers.visits.rules.visit import VisitState
from desktop_app.ledgers.visits.ui.record import VisitPage
from desktop_app.station.front_desk.ui.page import FrontDeskPage
from desktop_app.widgets.saving_sheet import SavingSheet
from tests.driver.front_desk import FrontDesk
from tests.driver.program import CONTROL, Counter
from tests.driver.typing import press, type_text

pytestmark = pytest.mark.sqlite_only
K = Qt.Key


def on_sheet(counter: Counter) -> SavingSheet:
    """The sheet of a step, with the keyboard in it."""
    sheet = counter.sheet()
    assert isinstance(sheet, SavingSheet)
    sheet.activateWindow()
    counter.wait(sheet.isActiveWindow)
    return sheet


def say(counter: Counter, words: str) -> None:
    """Type into the open sheet, and Ctrl+Enter."""
    sheet = on_sheet(counter)
    type_text(sheet, words)
    save(counter, sheet)


def save(counter: Counter, sheet: SavingSheet) -> None:
    press(sheet, K.Key_Return, with_=CONTROL)
    counter.wait(lambda: not counter.has_sheet)
    counter.window.activateWindow()
    counter.wait(counter.window.isActiveWindow)
    counter.settle()


def with_a_visit(counter: Counter) -> FrontDesk:
    """张淑芬 came because of water from above, which nobody can settle at the counter."""
    front = counter.sign_in()
    front.choose("zsf")
    front.alt("Y")
    front.write("楼上漏水到厨房")
    front.alt("B")
    front.letters("2")
    front.save()
    front.wait(lambda: len(front.today) == 1)
    return front


def the_request(counter: Counter) -> Request:
    desk = counter.workplace.desk
    (line,) = requests.page(desk).rows
    return requests.get(desk, line.uid)


def page_in_front(counter: Counter, kind: type) -> None:
    """Until a page of this kind is in front and has been read."""
    counter.wait(lambda: isinstance(counter.workplace.pages.current_page, kind))
    counter.settle()


def raise_it(counter: Counter) -> Request:
    """Today's list, its first row, one key; what is missing is written, and both are saved."""
    counter.press(K.Key_F4)
    counter.press(K.Key_S)
    page_in_front(counter, RequestFormPage)
    type_text(counter.window, "厨房漏水")
    counter.press(K.Key_Return, with_=CONTROL)
    page_in_front(counter, FrontDeskPage)
    return the_request(counter)


def give_it_to_a_team(counter: Counter) -> None:
    """交办 to a team with a limit of three working days, and 接单."""
    counter.press(K.Key_T)
    sheet = on_sheet(counter)
    press(sheet, K.Key_3, K.Key_Return)
    type_text(sheet, "近邻维修队")
    press(sheet, K.Key_Tab)
    type_text(sheet, "3")
    save(counter, sheet)
    assert the_request(counter).state is RequestState.DISPATCHED
    counter.press(K.Key_K)
    save(counter, on_sheet(counter))
    assert the_request(counter).state is RequestState.DOING


def test_a_visit_becomes_a_request_and_the_request_is_closed_by_keys_alone(
    counter: Counter,
) -> None:
    front = with_a_visit(counter)
    made = raise_it(counter)
    assert (made.title, made.summary, made.name) == ("厨房漏水", "楼上漏水到厨房", "张淑芬")
    front.wait(lambda: f"诉求 {made.number}" in front.today[0])
    # The list of requests, its first row opened.
    counter.press(K.Key_3, with_=CONTROL)
    page_in_front(counter, RequestsPage)
    counter.press(K.Key_Return)
    page_in_front(counter, RequestPage)
    give_it_to_a_team(counter)
    counter.press(K.Key_D)
    say(counter, "已换水管，不再漏")
    counter.press(K.Key_H)
    say(counter, "电话回访，居民认可")
    closed = the_request(counter)
    assert (closed.state, closed.taken_by, closed.on_time) == (
        RequestState.CLOSED, "近邻维修队", True,
    )  # fmt: skip
    # And back to the visit it came of, which says what it became.
    counter.press(K.Key_V)
    page_in_front(counter, VisitPage)
    page = counter.workplace.pages.current_page
    assert isinstance(page, VisitPage)
    assert page.content.matter.words_of("交办去向") == f"诉求 {closed.number}"
    assert [one.uid for one in page.content.linked] == [closed.uid]
    counter.press(K.Key_Escape)
    page_in_front(counter, RequestPage)


def test_esc_from_the_form_leads_back_and_the_next_s_goes_on(counter: Counter) -> None:
    with_a_visit(counter)
    counter.press(K.Key_F4)
    counter.press(K.Key_S)
    page_in_front(counter, RequestFormPage)
    type_text(counter.window, "厨房漏")
    counter.press(K.Key_Escape)
    page_in_front(counter, FrontDeskPage)
    counter.press(K.Key_F4)
    counter.press(K.Key_S)
    page_in_front(counter, RequestFormPage)
    form = counter.workplace.pages.current_page
    assert isinstance(form, RequestFormPage)
    assert form.body.text().title == "厨房漏"
    assert QApplication.focusWidget() is not None
    assert requests.page(counter.workplace.desk).rows == ()


def test_the_undo_strip_takes_the_request_and_the_step_of_the_visit_back(
    counter: Counter,
) -> None:
    front = with_a_visit(counter)
    raise_it(counter)
    counter.press(K.Key_Z, with_=CONTROL)
    counter.wait(lambda: not requests.page(counter.workplace.desk).rows)
    front.wait(lambda: "诉求" not in front.today[0])
    assert VisitState.REGISTERED.label in front.today[0]
