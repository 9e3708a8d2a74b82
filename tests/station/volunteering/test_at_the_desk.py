"""In the program's window: somebody signs in, is looked up, and the strip takes it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.core.route import OpenPage
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.service_record import ServiceState
from desktop_app.ledgers.service.ui.service_page import ServicePage
from desktop_app.ledgers.service.ui.service_pane import ServicePane
from desktop_app.ledgers.service.ui.who_box import PLACEHOLDER
from desktop_app.station.volunteering.ui.page import VolunteeringPage
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.driver.typing import press, type_text
from tests.registers.volunteers.helpers import volunteer

pytestmark = pytest.mark.sqlite_only


def focused() -> str:
    at = QApplication.focusWidget()
    return at.accessibleName() if at is not None else ""


def test_from_the_box_at_the_desk_to_the_record_and_back(counter: Counter) -> None:
    door.come_in(counter)
    desk, pages = counter.workplace.desk, counter.workplace.pages
    volunteer(desk, "张秀兰")
    pages.follow(OpenPage("service"))
    counter.settle()
    page = pages.current_page
    assert isinstance(page, VolunteeringPage)
    pane = page.pane
    assert isinstance(pane, ServicePane)
    assert focused() == PLACEHOLDER
    panel = pane.desk_panel
    assert panel is not None
    panel.title.set_value("夜间平安巡逻")
    type_text(pane, "zxl")
    press(pane, Qt.Key.Key_Return)
    assert panel.said.text().startswith("张秀兰 已签到")
    counter.qtbot.waitUntil(lambda: pane.table.model.rowCount() == 1)
    press(pane, Qt.Key.Key_F8)
    press(pane, Qt.Key.Key_Return)
    counter.settle()
    shown = pages.current_page
    assert isinstance(shown, ServicePage)
    assert shown.whole is not None
    assert shown.whole.record.state is ServiceState.OPEN
    counter.press(Qt.Key.Key_Escape)
    counter.settle()
    assert pages.current_page is page
    assert focused() == "服务记录"
    counter.press(Qt.Key.Key_Z, with_=Qt.KeyboardModifier.ControlModifier)
    counter.settle()
    assert service.page(desk).rows == ()
