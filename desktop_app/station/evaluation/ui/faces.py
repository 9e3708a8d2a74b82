"""What the resident's screen shows: nothing but a welcome, one question, a word of thanks.

Nothing here knows a name, a telephone number or a database. The five levels have one size, one
colour and the order of the standard, none is chosen beforehand, and no number stands on them that
could be read as marks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.wording import NOT_FOR_SECRETS
from desktop_app.station.evaluation.subjects import Asked
from desktop_app.widgets.tokens import SPACE

DECLINE = "不评价"
LEAST_TEXT = 24
"""18 pt in logical pixels (工信部 2021 适老化通用设计规范)."""
MOST_TEXT = 40
LEAST_TARGET = 64
"""Above the 60 px that the same standard asks of targets."""

_FREE = "评不评价由您决定，不影响您办事。"
_UNSEEN = "只统计件数，不显示是哪一位的评价。"
_THIS_MATTER = "刚才办理的事项"
_HOW = "点一下就可以。也可以按键盘 1 到 5，从左到右；按 0 不评价。"


def words(text: str, role: str, parent: QWidget) -> QLabel:
    """A centred sentence that wraps; the roles are those of the screen's own style sheet."""
    label = QLabel(text, parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


class WelcomeFace(QWidget):
    """Stands there all day: the station's name and what this screen is for."""

    def __init__(self, station: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE.wide)
        column.addStretch(4)
        column.addWidget(words(station, "resident-title", self))
        column.addWidget(words("您好，欢迎您", "resident", self))
        column.addStretch(1)
        column.addWidget(words("事情办完后，可以在这里评价我们的服务。", "resident", self))
        column.addWidget(words(f"{_FREE}\n{_UNSEEN}", "resident-quiet", self))
        column.addStretch(4)
        column.addWidget(words(NOT_FOR_SECRETS, "resident-quiet", self))


class ThanksFace(QWidget):
    """After an answer, whichever it was: it does not say which."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = words("", "resident-title", self)
        self._more = words("", "resident", self)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE.wide)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._more)
        column.addStretch(1)

    @property
    def sentence(self) -> str:
        return self._title.text()

    def say(self, title: str, more: str) -> None:
        """Show a few words large and a sentence below them."""
        self._title.setText(title)
        self._more.setText(more)


class QuestionFace(QWidget):
    """One matter and six answers of one size. `chosen` carries a level, `declined` is 不评价."""

    chosen = Signal(object)
    declined = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._matter = words("", "resident-bold", self)
        self._number = words("", "resident-quiet", self)
        self._problem = words("", "resident-problem", self)
        self.levels = [
            self._button(level.label, partial(self.chosen.emit, level)) for level in Satisfaction
        ]
        self.decline = self._button(DECLINE, self.declined.emit)
        # Always side by side: below one another the last ones could lie outside a low window.
        self._answers = QGridLayout()
        self._answers.setVerticalSpacing(SPACE.large)
        for number, button in enumerate(self.levels):
            self._answers.addWidget(button, 0, number)
            self._answers.setColumnStretch(number, 1)
        self._answers.addWidget(self.decline, 1, len(self.levels) // 2)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE.medium)
        column.addStretch(2)
        column.addWidget(words("请您评价这次服务", "resident-title", self))
        column.addWidget(self._matter)
        column.addWidget(self._number)
        column.addStretch(1)
        column.addLayout(self._answers)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addWidget(words(_HOW, "resident-quiet", self))
        column.addWidget(words(f"{_FREE}{_UNSEEN}", "resident-quiet", self))
        column.addStretch(1)

    def ask(self, asked: Asked, place: int, among: int) -> None:
        """Ask about a matter; `place` of `among` matters of this visit, both counted from 1."""
        self._matter.setText(asked.matter_name or _THIS_MATTER)
        several = f"　第 {place} 件，共 {among} 件" if among > 1 else ""
        self._number.setText(f"编号 {asked.number}{several}")
        self.say("")
        self.set_busy(False)

    def say(self, problem: str) -> None:
        """A sentence for the resident when an answer could not be stored."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    @property
    def problem(self) -> str:
        return self._problem.text()

    @property
    def shown(self) -> str:
        """Everything it says of the matter."""
        return f"{self._matter.text()} {self._number.text()}"

    def set_busy(self, busy: bool) -> None:
        """While an answer is on its way to the disk no second one is taken."""
        for button in (*self.levels, self.decline):
            button.setEnabled(not busy)

    def press(self, digit: int) -> None:
        """1 to 5 in the order shown, 0 for 不评价."""
        button = self.levels[digit - 1] if digit else self.decline
        button.click()

    def set_gap(self, gap: int) -> None:
        """How far the answers stand apart."""
        self._answers.setHorizontalSpacing(gap)

    def _button(self, label: str, press: Callable[[], object]) -> QPushButton:
        button = QPushButton(label, self)
        button.setProperty("role", "resident")
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(press)
        return button


def text_size(window: QSize) -> int:
    """How large the body text is in a window: as large as fits, never under 18 pt."""
    return max(LEAST_TEXT, min(MOST_TEXT, window.width() // 46, window.height() // 27))


def target_height(window: QSize) -> int:
    """How high an answer is in a window, never under what an unsteady finger needs."""
    return max(LEAST_TARGET, window.height() // 8)
