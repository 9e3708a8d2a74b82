"""Uses the door and the lock of the program by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.shell.idle import IdleWatch as IdleWatch
from desktop_app.shell.settings.ui.page import SettingsPage
from desktop_app.station.set_up.ui.page import CodePage, SetUpWindow
from desktop_app.station.settings.ui.page import StationSection
from desktop_app.station.sign_in.ui.lock import LockPage
from desktop_app.station.sign_in.ui.passwords import RecoveryPage
from tests.driver.program import Counter, fields_of
from tests.driver.settings import focused
from tests.driver.typing import type_text
from tests.homes import PASSWORD

CLERK, CLERK_PASSWORD = "李文强", "Li-wen-2026x"
LEAD_PIN, CLERK_PIN = "4821", "7305"
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return


def come_in(counter: Counter, password: str = PASSWORD) -> None:
    """Type the password and Enter; the workplace is in front and has read what it needs."""
    counter.try_password(password)
    counter.wait(lambda: counter.window.workplace is not None)
    counter.settle()


def lock(counter: Counter) -> LockPage:
    """Ctrl+L; answers the page that stands there then."""
    counter.press(Qt.Key.Key_L, with_=CONTROL)
    return lock_page(counter)


def lock_page(counter: Counter) -> LockPage:
    """The lock, when it stands in front."""
    counter.wait(lambda: counter.is_locked)
    counter.wait(lambda: QApplication.focusWidget() is not None)
    return next(page for page in counter.window.findChildren(LockPage) if page.isVisible())


def unlock(counter: Counter, secret: str, *, number: int = 0) -> int:
    """Choose the seat by its digit, if one is given, type the secret; answers the milliseconds
    from the first key to the workplace."""
    took = QElapsedTimer()
    took.start()
    if number:
        counter.press(Qt.Key.Key_N, with_=Qt.KeyboardModifier.AltModifier)
        counter.type(str(number))
        counter.press(ENTER)
    counter.type(secret)
    counter.press(ENTER)
    counter.wait(lambda: not counter.is_locked or _told(counter))
    return took.elapsed()


def seated(counter: Counter) -> str:
    """Whose workplace is in front."""
    return counter.workplace.desk.actor.name


def fill_in(window: QWidget, counter: Counter, **texts: str) -> None:
    """Type into the fields of these labels in turn."""
    for label, text in texts.items():
        fields_of(window)[label].go()
        type_text(window, text)


def recover(counter: Counter) -> RecoveryPage:
    """The way in with the recovery code, from the door."""
    counter.wait(lambda: focused() == "密码")
    counter.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Space)
    counter.wait(lambda: bool(counter.window.findChildren(RecoveryPage)))
    return counter.window.findChildren(RecoveryPage)[0]


def set_up_window(counter: Counter) -> SetUpWindow:
    """The window of a PC that has no home yet."""
    made = [one for one in QApplication.topLevelWidgets() if isinstance(one, SetUpWindow)]
    made[0].activateWindow()
    counter.wait(lambda: QApplication.focusWidget() is not None)
    return made[0]


def close_set_up() -> None:
    """Close the window of a new PC, if it is still there; what it does in the background ends."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, SetUpWindow):
            window.close()


def code_page(counter: Counter, window: SetUpWindow) -> CodePage:
    """The page that shows the recovery code."""
    counter.qtbot.waitUntil(
        lambda: any(page.isVisible() for page in window.findChildren(CodePage)), timeout=20_000
    )
    return window.findChildren(CodePage)[0]


def settings(counter: Counter, section: str) -> SettingsPage:
    """设置 with a section in front."""
    counter.workplace.pages.show_page("settings")
    page = counter.workplace.pages.current_page
    assert isinstance(page, SettingsPage)
    page.show_section(section)
    return page


def station_section(counter: Counter) -> StationSection:
    """The section 站点 of 设置."""
    found = settings(counter, "station").section
    assert isinstance(found, StationSection)
    return found


def _told(counter: Counter) -> bool:
    return any(
        page.secret_field.problem
        for page in counter.window.findChildren(LockPage)
        if page.isVisible()
    )
