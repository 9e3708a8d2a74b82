"""居民评价屏: the window that is turned to the resident, on the second monitor where there is one.

A window of its own without a parent, so that a question open on the clerk's side never blocks it.
It decides nothing by time: the thanks pass by themselves, a question stays until it is answered,
withdrawn or followed by another. Nothing it shows names a person.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QScreen,
    QShowEvent,
)
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.station.evaluation.subjects import Asked
from desktop_app.station.evaluation.ui.faces import (
    QuestionFace,
    ThanksFace,
    WelcomeFace,
    target_height,
    text_size,
)
from desktop_app.widgets.forms import ScrollPage
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import RADIUS, SPACE

NAME = "居民评价屏"
THANKS_MS = 3500
_WINDOW = (1000, 660)
_LEAST_WINDOW = (680, 380)
"""Five answers of 18 pt still stand side by side; a monitor of 1366 × 768 at 200 % gives this."""
_ROOMY_FROM = 860
"""Window width from which the answers have room around their words."""
_DIGITS = {Qt.Key(Qt.Key.Key_0.value + digit): digit for digit in range(6)}


class ResidentScreen(QWidget):
    """`chosen` carries a level, `declined` is 不评价; `free` comes when the thanks have passed.

    `closed` tells that somebody closed the window; `touched` that a finger landed beside the
    answers on the second monitor, so that the keyboard can go back to the clerk.
    """

    chosen = Signal(object)
    declined = Signal()
    free = Signal()
    closed = Signal()
    touched = Signal()

    def __init__(self, station: str) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("residents")
        self.setWindowTitle(NAME)
        self.setAccessibleName(NAME)
        # Coming up must not take the keyboard from the clerk, nor keep the program running.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheet = ""
        self.welcome = WelcomeFace(station, self)
        self.question = QuestionFace(self)
        self.thanks = ThanksFace(self)
        self._faces = QStackedWidget(self)
        self._places = [self._place(face) for face in (self.welcome, self.question, self.thanks)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._faces)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(THANKS_MS)
        self._passing.timeout.connect(self._pass)
        self.question.chosen.connect(self.chosen)
        self.question.declined.connect(self.declined)
        self.setMinimumSize(*_LEAST_WINDOW)
        self.resize(*_WINDOW)

    @property
    def face(self) -> QWidget:
        """What is shown now: the welcome, the question or the thanks."""
        return (self.welcome, self.question, self.thanks)[self._faces.currentIndex()]

    def come_up(self, clerks: QScreen | None) -> None:
        """Fill the monitor that is not the clerk's; without one be a window like others."""
        other = other_screen(clerks, QGuiApplication.screens())
        if other is None:
            self.show()
            return
        self.setScreen(other)
        self.setGeometry(other.geometry())
        self.showFullScreen()

    def ask(self, asked: Asked, place: int = 1, among: int = 1) -> None:
        """Ask about one matter, in the place of whatever was asked before."""
        self._passing.stop()
        self.question.ask(asked, place, among)
        self._show(self.question)

    def thank(self, *, taken: bool) -> None:
        """Say thanks for a moment; `taken` says that an evaluation was stored."""
        if taken:
            self._say("谢谢您的评价", "已经记下了。")
        else:
            self._say("谢谢您", "您这次没有评价，不影响您办事。")

    def apologise(self) -> None:
        """The evaluation can no longer be taken: the matter was reopened, or has one."""
        self._say("没有记下评价", "这件事现在不能评价，请告诉工作人员。谢谢您。")

    @Slot()
    def rest(self) -> None:
        """Back to the welcome."""
        self._passing.stop()
        self._show(self.welcome)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = _DIGITS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.face is self.question and digit is not None and plain and not event.isAutoRepeat():
            self.question.press(digit)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A tap beside the answers must not leave the clerk's next digit to this window.
        super().mousePressEvent(event)
        if self.isFullScreen():
            self.touched.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.rest()
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _say(self, title: str, more: str) -> None:
        self.thanks.say(title, more)
        self._show(self.thanks)
        self._passing.start()

    @Slot()
    def _pass(self) -> None:
        self.rest()
        self.free.emit()

    def _place(self, face: QWidget) -> ScrollPage:
        page = ScrollPage(self)
        page.viewport().setAutoFillBackground(False)
        page.body.addWidget(face)
        self._faces.addWidget(page)
        return page

    def _show(self, face: QWidget) -> None:
        self._faces.setCurrentIndex((self.welcome, self.question, self.thanks).index(face))
        # No answer has the keyboard: Enter alone must not choose one.
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        """Sizes that follow the window; the clerk's own text size has no say here."""
        tokens, size = theme_of().tokens, text_size(self.size())
        target, roomy = target_height(self.size()), self.width() >= _ROOMY_FROM
        aside = max(SPACE.large if roomy else SPACE.hair, (self.width() - 900) // 8)
        pad = 10 if roomy else 0
        sheet = f"""
            #residents {{ background: {tokens.paper}; }}
            QLabel[role="resident-title"] {{ font-size: {size * 3 // 2}px; font-weight: bold; }}
            QLabel[role="resident"] {{ font-size: {size}px; }}
            QLabel[role="resident-bold"] {{ font-size: {size * 5 // 4}px; font-weight: bold; }}
            QLabel[role="resident-quiet"] {{ font-size: {max(24, size * 3 // 4)}px;
                color: {tokens.quiet}; }}
            QLabel[role="resident-problem"] {{ font-size: {size}px; color: {tokens.late}; }}
            QPushButton[role="resident"] {{ font-size: {size}px; min-height: {target}px;
                background: {tokens.surface}; color: {tokens.ink}; padding: 0 {pad}px;
                border: 2px solid {tokens.edge}; border-radius: {2 * RADIUS}px; }}
            QPushButton[role="resident"]:hover {{ background: {tokens.hover}; }}
            QPushButton[role="resident"]:pressed {{ background: {tokens.line}; }}
            QPushButton[role="resident"]:focus {{ min-height: {target - 4}px;
                padding: 0 {max(0, pad - 2)}px; border: 4px solid {tokens.ink}; }}
            QPushButton[role="resident"]:disabled {{ color: {tokens.quiet}; }}
        """
        if sheet != self._sheet:
            self._sheet = sheet
            self.setStyleSheet(sheet)
        self.question.set_gap(SPACE.medium if roomy else SPACE.hair)
        for place in self._places:
            place.body.setContentsMargins(aside, SPACE.medium, aside, SPACE.medium)


def other_screen(clerks: QScreen | None, screens: Sequence[QScreen]) -> QScreen | None:
    """The monitor the resident looks at: the first that is not the clerk's, if there is one."""
    return next((screen for screen in screens if screen is not clerks), None) if clerks else None
