"""A changed calendar reaches the due days of what is open, without anybody asking for it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop_app.registers.matters import service as matters
from desktop_app.registers.working_days.ui.page import WorkingDaysSection
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.driver.settings import focused
from tests.driver.typing import type_text
from tests.ledgers.visits.builders import register, stored, timed

pytestmark = pytest.mark.sqlite_only
K = Qt.Key


def test_a_day_off_set_on_the_calendar_moves_due_days_and_undo_moves_them_back(
    counter: Counter,
) -> None:
    door.come_in(counter)
    desk = counter.workplace.desk
    matters.save(desk, timed(days=3))
    visit = register(desk, timed(days=3))
    assert visit.due == date(2026, 11, 26)
    section = door.settings(counter, "working_days").section
    assert isinstance(section, WorkingDaysSection)
    section.grid.setFocus()
    counter.wait(lambda: focused() == "工作日历 2026年11月")
    counter.press(K.Key_Right, K.Key_Return)
    sheet = counter.sheet()
    sheet.activateWindow()
    counter.wait(lambda: focused() == "原因")
    type_text(sheet, "站点装修")
    counter.answer("改为休息")
    counter.wait(lambda: stored(desk, visit.uid).due == date(2026, 11, 27))
    counter.window.activateWindow()
    counter.press(K.Key_Z, with_=door.CONTROL)
    counter.wait(lambda: stored(desk, visit.uid).due == date(2026, 11, 26))
