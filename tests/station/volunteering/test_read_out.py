"""志愿 for somebody who hears the screen: names of controls, rows, the cells of the roster."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.route import Open
from desktop_app.ledgers.posts.ui.pane import PostsPane
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.ui.looks import ServiceRow
from desktop_app.ledgers.service.ui.service_pane import ServicePane
from desktop_app.station.volunteering.ui.page import PANES, VolunteeringPage
from desktop_app.storage.session import Desk
from tests.driver import reading
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.ledgers.posts import builders as posts
from tests.ledgers.service.builders import form
from tests.registers.volunteers.helpers import team, volunteer

pytestmark = pytest.mark.sqlite_only


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def page(counter: Counter) -> VolunteeringPage:
    door.come_in(counter)
    fill(counter.workplace.desk)
    counter.workplace.pages.show_page("volunteering")
    counter.settle()
    shown = counter.workplace.pages.current_page
    assert isinstance(shown, VolunteeringPage)
    return shown


def fill(desk: Desk) -> dict[str, Uid]:
    """One of each kind of record, by the name of the kind."""
    who, there, group = volunteer(desk, "陈志明"), posts.post(desk), team(desk)
    posts.on_post(desk, there, who)
    shift = posts.plan(desk, there, who)
    served = service.enter(desk, form(who.uid)).value
    asked = service.apply(desk, who.uid, date(2026, 1, 1), date(2026, 11, 22), "积分入学").value
    return {
        "volunteers": who.uid,
        "teams": group.uid,
        "posts": there.uid,
        "shifts": shift.uid,
        "service": served.uid,
        "certificates": asked.uid,
    }


def front(counter: Counter) -> QWidget:
    """The sheet in front, or the page."""
    open_ = [one for one in counter.window.findChildren(QDialog) if one.isVisible()]
    shown = open_[-1] if open_ else counter.workplace.pages.current_page
    assert shown is not None
    return shown


@pytest.mark.parametrize("tab", [tab.key for tab in PANES])
def test_every_control_of_a_tab_and_of_its_form_has_a_name(
    counter: Counter, page: VolunteeringPage, tab: str
) -> None:
    page.turn_to(tab)
    counter.settle()
    assert reading.not_told(front(counter)) == []
    assert len(reading.controls(front(counter))) > len(PANES)
    page.start_new()
    counter.settle()
    sheet = front(counter)
    assert isinstance(sheet, QDialog)
    assert reading.not_told(sheet) == []
    assert reading.controls(sheet)
    sheet.reject()


def test_every_control_of_a_record_and_of_what_is_done_with_it_has_a_name(
    counter: Counter,
) -> None:
    door.come_in(counter)
    records = fill(counter.workplace.desk)
    letters = {"volunteers": "EJXH", "teams": "EJL", "posts": "JEZ", "service": "EZP"}
    for kind, uid in records.items():
        counter.workplace.pages.follow(Open(kind, uid))
        counter.settle()
        assert (kind, reading.not_told(front(counter))) == (kind, [])
        for letter in letters.get(kind, ""):
            counter.window.activateWindow()
            counter.wait(counter.window.isActiveWindow)
            counter.press(Qt.Key(ord(letter)))
            counter.wait(lambda: isinstance(front(counter), QDialog))
            sheet = front(counter)
            assert (kind, letter, reading.not_told(sheet)) == (kind, letter, [])
            sheet.reject()  # type: ignore[attr-defined]
            counter.wait(lambda: not isinstance(front(counter), QDialog))


def test_a_row_is_told_whole_and_whether_it_is_ticked(
    counter: Counter, page: VolunteeringPage
) -> None:
    page.turn_to("service")
    counter.settle()
    pane = page.pane
    assert isinstance(pane, ServicePane)
    (told,) = reading.rows_told(pane.table.view)
    assert told.startswith("未选 陈志明：做了什么 夜间平安巡逻，状态 待确认，服务日期 ")
    (row,) = pane.table.model.rows
    assert isinstance(row, ServiceRow)
    assert told.endswith(row.line.number)
    pane.records.toggle_focused()
    (told,) = reading.rows_told(pane.table.view)
    assert told.startswith("已选 陈志明：")


def test_the_roster_tells_person_post_day_and_state(
    counter: Counter, page: VolunteeringPage
) -> None:
    page.turn_to("posts")
    counter.settle()
    pane = page.pane
    assert isinstance(pane, PostsPane)
    told = [reading.name(one) for one in reading.parts(pane.roster.grid)]
    assert "夜间巡逻 19:00–21:00，每班 2 人" in told
    assert "11月24日 周二" in told
    assert "11月24日 周二 夜间巡逻 19:00–21:00：陈志明（已排）；还缺 1 人" in told
