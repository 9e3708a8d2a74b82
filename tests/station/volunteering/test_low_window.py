"""志愿 and the reminders of 前台 on a low screen: nothing is cut, no button is out of the window.

A screen of 1366x768 has 911x512 logical pixels where everything is enlarged to 150 %.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from desktop_app.core.route import Open
from desktop_app.ledgers.posts.ui.roster_card import RosterCard
from desktop_app.ledgers.service.ui.desk_panel import DeskPanel
from desktop_app.station.co_building.service import Reminder
from desktop_app.station.front_desk.ui.reminders import ReminderLine
from desktop_app.station.volunteering.ui.page import PANES, VolunteeringPage
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.registers.volunteers.helpers import volunteer

pytestmark = pytest.mark.sqlite_only

LOW, LARGE = QSize(911, 512), QSize(1366, 768)


def page_in(counter: Counter, size: QSize) -> VolunteeringPage:
    door.come_in(counter)
    counter.window.resize(size)
    counter.workplace.pages.show_page("volunteering")
    counter.settle()
    shown = counter.workplace.pages.current_page
    assert isinstance(shown, VolunteeringPage)
    return shown


def place(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())


def turn_through(counter: Counter, page: VolunteeringPage, size: QSize) -> None:
    for tab in PANES:
        page.turn_to(tab.key)
        counter.settle()
        assert (tab.key, counter.window.size()) == (tab.key, size)
        title, tabs = place(page.title, page), place(page.tabs, page)
        assert tabs.right() < title.left()
        assert abs(tabs.center().y() - title.center().y()) < tabs.height()


def test_no_tab_makes_the_window_larger_than_a_low_screen(counter: Counter) -> None:
    turn_through(counter, page_in(counter, LOW), LOW)


def test_nor_does_one_in_large_text(counter: Counter, qapp: QApplication) -> None:
    apply_theme(qapp, Theme(large=True))
    turn_through(counter, page_in(counter, LARGE), LARGE)


def test_in_a_higher_window_the_page_has_its_name_again(counter: Counter) -> None:
    page = page_in(counter, LOW)
    assert "志愿" not in words(page)
    counter.window.resize(1366, 768)
    counter.wait(lambda: place(page.title, page).bottom() < place(page.tabs, page).top())
    assert "志愿" in words(page)


def words(page: VolunteeringPage) -> list[str]:
    return [one.text() for one in page.title.findChildren(QLabel) if one.isVisible()]


@pytest.mark.parametrize("tab", [tab.key for tab in PANES])
def test_the_form_of_each_tab_keeps_its_buttons_in_the_window(counter: Counter, tab: str) -> None:
    page = page_in(counter, LOW)
    page.turn_to(tab)
    counter.settle()
    page.start_new()
    counter.settle()
    inside(counter)


def test_a_sheet_with_a_list_stays_in_the_window(counter: Counter) -> None:
    page_in(counter, LOW)
    counter.workplace.pages.follow(Open("volunteers", volunteer(counter.workplace.desk).uid))
    counter.settle()
    counter.press(Qt.Key.Key_J)
    counter.settle()
    inside(counter)


def inside(counter: Counter) -> None:
    counter.wait(lambda: bool(sheets(counter)))
    sheet = sheets(counter)[-1]
    assert sheet.height() <= LOW.height()
    for button in sheet.findChildren(QPushButton):
        if button.isDefault():
            assert sheet.rect().contains(place(button, sheet))
    sheet.reject()


def sheets(counter: Counter) -> list[QDialog]:
    return [one for one in counter.window.findChildren(QDialog) if one.isVisible()]


def test_the_keys_of_a_cell_give_way_to_the_lines_of_the_roster(counter: Counter) -> None:
    page = page_in(counter, LOW)
    page.turn_to("posts")
    counter.settle()
    card = page.findChild(RosterCard)
    assert card is not None
    assert card.keys.isHidden()


def test_while_an_end_is_asked_for_the_list_of_the_others_gives_way(counter: Counter) -> None:
    page = page_in(counter, LOW)
    page.turn_to("service")
    counter.settle()
    panel = page.findChild(DeskPanel)
    assert panel is not None
    assert (panel.heading.isHidden(), panel.list.isHidden()) == (True, False)
    panel.forgotten.show()
    panel.fit_height()
    counter.settle()
    assert panel.list.isHidden()
    assert counter.window.size() == LOW
    panel._end_later()
    assert not panel.list.isHidden()


def test_what_one_is_reminded_of_is_not_cut_on_a_low_screen(counter: Counter) -> None:
    door.come_in(counter)
    counter.window.resize(LOW)
    counter.settle()
    line = counter.window.findChild(ReminderLine)
    assert line is not None
    line.show_reminders([Reminder("志愿服务忘了签退 1 条", "service", None)])
    counter.settle()
    QApplication.processEvents()
    (button,) = line.findChildren(QPushButton)
    assert button.height() >= button.sizeHint().height()
    assert line.rect().contains(button.geometry())
    assert counter.window.size() == LOW
