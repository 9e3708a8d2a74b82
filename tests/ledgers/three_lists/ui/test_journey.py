"""A problem from its entry to its closing, through the real window, without the mouse.

Entered, put onto the list, matched with an offer, accepted, reported on, evidenced, handed in by
one operator and looked over by another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.settings import LIST_NAMES
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import DutyState
from desktop_app.ledgers.three_lists.ui.board_pane import BoardPane
from desktop_app.ledgers.three_lists.ui.duty_page import DutyPage
from desktop_app.ledgers.three_lists.ui.problem_page import ProblemPage
from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import Role
from desktop_app.shell.pages import rail_entries
from desktop_app.station.co_building.ui.page import CoBuildingPage
from desktop_app.station.settings import service as settings
from desktop_app.widgets.page import Page
from tests.driver import sign_in as door
from tests.driver.program import Counter, program_on
from tests.driver.sign_in import CLERK, CLERK_PASSWORD
from tests.driver.typing import press, type_text
from tests.homes import LEAD, StationHome
from tests.ledgers.three_lists.builders import offer
from tests.ledgers.three_lists.ui.lists_data import partner

pytestmark = pytest.mark.sqlite_only

KEY = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WORDS = "楼道灯坏了三天"


@pytest.fixture
def counter(
    station_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The program at its door; a unit has offered an electrician, two people work here."""
    with station_home.session() as session:
        desk = session.desk
        power = partner(desk, "澄岭供电所", "陈国栋")
        offer(desk, partner=power.uid)
        people.add_operator(
            desk,
            session.keeper,
            name=CLERK,
            role=Role.LEAD,
            password=CLERK_PASSWORD,
            must_change=False,
        )
    path, clock = station_home.path, station_home.clock
    with program_on(path, clock, qtbot, qapp, tmp_path / "local.json") as opened:
        yield opened


class Hands:
    """Keys into whatever is in front: the window or the sheet over it."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter

    @property
    def page(self) -> Page:
        page = self.counter.workplace.pages.current_page
        assert page is not None
        return page

    def board(self) -> BoardPane:
        """Ctrl and the digit of 三单; the board has been read."""
        places = [one.key for one in rail_entries(self.counter.workplace.desk)]
        digit = places.index("co_building") + 1
        self.counter.press(KEY(KEY.Key_0 + digit), with_=CONTROL)
        page = self.page
        assert isinstance(page, CoBuildingPage)
        self.counter.settle()
        pane = page.pane
        assert isinstance(pane, BoardPane)
        return pane

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        press(self.counter.window, *keys, with_=with_)
        self.counter.settle()

    def in_sheet(self, *typed: tuple[Qt.Key | None, str]) -> None:
        """In the sheet that is open: Alt and a letter to a field, its words; then Ctrl+Enter."""
        sheet: QWidget = self.counter.sheet()
        sheet.activateWindow()
        self.counter.wait(sheet.isActiveWindow)
        for letter, words in typed:
            if letter is not None:
                press(sheet, letter, with_=ALT)
            type_text(sheet, words)
        press(sheet, KEY.Key_Return, with_=CONTROL)
        self.counter.wait(lambda: not self.counter.has_sheet)
        self.counter.window.activateWindow()
        self.counter.wait(self.counter.window.isActiveWindow)
        self.counter.settle()

    def to_card(self, board: BoardPane, title: str) -> None:
        """Arrows to the first card with this title."""
        self.press(*[KEY.Key_Left] * 6)
        for _ in range(6):
            key = board.board.focused_key()
            card = None if key is None else board.board.ground.card(key)
            if card is not None and card.title == title:
                return
            self.press(KEY.Key_Right)
        raise AssertionError(f"no card {title}")


def test_a_problem_goes_all_the_way_by_keyboard(counter: Counter) -> None:
    door.come_in(counter)
    hands = Hands(counter)
    board = hands.board()
    write_down(counter)
    problem = hands.page
    assert isinstance(problem, ProblemPage)
    assert problem.header.chip.accessibleName() == "提出"
    # Onto the list, and matched with what fits.
    hands.press(KEY.Key_L)
    assert problem.header.chip.accessibleName() == "待认领"
    hands.press(KEY.Key_G, KEY.Key_Return)
    hands.in_sheet((KEY.Key_S, "11-30"), (KEY.Key_C, "换灯"))
    assert problem.header.chip.accessibleName() == "已认领"
    hands.press(KEY.Key_Escape)
    work_on_it(counter, hands, board)
    look_over(counter, hands)
    (line,) = service.duties_page(counter.workplace.desk).rows
    found = service.get_duty(counter.workplace.desk, line.uid)
    assert found.state is DutyState.CLOSED
    assert (found.submitted_by_name, found.reviewer_name) == (LEAD, CLERK)
    assert (found.unit, found.amount, found.due) == ("澄岭供电所", 1, date(2026, 11, 30))
    assert [one.words for one in found.progress] == ["已联系电工"]


def write_down(counter: Counter) -> None:
    """F2: a problem that comes onto the list later."""
    counter.press(KEY.Key_F2)
    counter.settle()
    counter.type(WORDS)
    counter.press(KEY.Key_L, with_=ALT)
    counter.type("物业")
    counter.press(KEY.Key_Down, KEY.Key_Return)
    counter.window.activateWindow()
    counter.wait(counter.window.isActiveWindow)
    counter.press(KEY.Key_I, with_=ALT)
    counter.press(KEY.Key_Right)
    counter.press(KEY.Key_Return, with_=CONTROL)
    counter.wait(lambda: isinstance(counter.workplace.pages.current_page, ProblemPage))
    counter.settle()


def work_on_it(counter: Counter, hands: Hands, board: BoardPane) -> None:
    """Accepted and reported on from the board; evidenced and handed in on its page."""
    hands.to_card(board, WORDS)
    hands.press(KEY.Key_J)
    hands.press(KEY.Key_P)
    hands.in_sheet((None, "已联系电工"))
    hands.to_card(board, WORDS)
    hands.press(KEY.Key_Return)
    duty = hands.page
    assert isinstance(duty, DutyPage)
    paste_picture(counter)
    counter.wait(lambda: len(duty.album.list.photos) == 1)
    counter.settle()
    hands.press(KEY.Key_S)
    hands.in_sheet((None, "灯已全部换好"))
    assert duty.header.chip.accessibleName() == "待复核"


def look_over(counter: Counter, hands: Hands) -> None:
    """The colleague comes to the seat and agrees to the closing."""
    door.lock(counter)
    door.unlock(counter, CLERK_PASSWORD, number=2)
    counter.wait(lambda: not counter.is_locked)
    counter.settle()
    assert door.seated(counter) == CLERK
    board = hands.board()
    hands.to_card(board, WORDS)
    hands.press(KEY.Key_Right, with_=CONTROL)
    hands.in_sheet()
    counter.wait(lambda: bool(board.board.columns[-1].cards))
    assert board.board.columns[-1].title == "已销号"


def paste_picture(counter: Counter) -> None:
    """Ctrl+V with a picture in the clipboard."""
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#3377aa"))
    mime = QMimeData()
    mime.setImageData(image)
    QGuiApplication.clipboard().setMimeData(mime)
    counter.press(KEY.Key_V, with_=CONTROL)


def test_the_tabs_call_the_lists_as_the_settings_say(counter: Counter) -> None:
    door.come_in(counter)
    hands = Hands(counter)
    hands.board()
    page = hands.page
    assert isinstance(page, CoBuildingPage)
    assert [page.tabs.tabText(at) for at in range(1, 4)] == ["问题清单", "共建清单", "责任清单"]
    settings.write(counter.workplace.desk, LIST_NAMES, LIST_NAMES.choices[1])
    hands.board()
    assert [page.tabs.tabText(at) for at in range(1, 4)] == ["需求清单", "资源清单", "项目清单"]
