"""Questions to the person: opened, never executed, so that nothing blocks and tests can answer.

`ask()` opens a sheet and returns it; connect to `answered`, which carries the name of the answer
pressed. Closing the sheet or Esc gives the answer marked `is_escape`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.icons import icon
from desktop_app.widgets.inputs import TextInput
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE


@dataclass(frozen=True, slots=True)
class Answer:
    """One button: its name for the program, the verb on it, and its role.

    `role` is primary, danger or empty; the button marked `is_escape` is also what Esc means.
    """

    name: str
    verb: str
    role: str = ""
    is_escape: bool = False


CANCEL = Answer("cancel", "取消", is_escape=True)
UNDERSTOOD = Answer("ok", "知道了", role="primary", is_escape=True)


class Sheet(QDialog):
    """A window-modal question. `answered` comes exactly once and carries the answer's name."""

    answered = Signal(object)

    def __init__(
        self, parent: QWidget, title: str, text: str, answers: Sequence[Answer], tone: str = "info"
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        self._answers = tuple(answers)
        self._answer = next((a.name for a in answers if a.is_escape), answers[-1].name)
        self._heading = _heading(self, title, tone)
        self._text = QLabel(text, self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setVisible(bool(text))
        self.setAccessibleDescription(text)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE.medium)
        self._buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.wide, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.medium)
        column.addLayout(self._heading)
        column.addWidget(self._text)
        column.addLayout(self.body)
        column.addSpacing(SPACE.small)
        column.addLayout(self._foot())
        self.finished.connect(self._close_with)
        self.installEventFilter(self)

    def button(self, name: str) -> QPushButton:
        """The button of an answer."""
        return self._buttons[name]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # Its own filter: an `event` of ours would still be running when Qt deletes the sheet.
        layout = self.layout()
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and layout is not None:
            # A sentence that came in wraps; Qt itself lets a window only grow in width for it.
            wanted = layout.totalHeightForWidth(self.width())
            # What scrolls would like to be whole; on a low screen the buttons matter more.
            least = layout.totalMinimumHeightForWidth(self.width())
            needed = max(least, min(wanted, room_above(self).height()))
            if needed > self.height():
                self.resize(self.width(), needed)
        return False

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE.small)
        foot.addStretch(1)
        for answer in self._answers:
            button = QPushButton(answer.verb, self)
            button.setProperty("role", answer.role)
            # Enter presses the focused button, else the primary one, never the dangerous one.
            button.setDefault(answer.role == "primary")
            button.clicked.connect(partial(self._press, answer.name))
            foot.addWidget(button)
            self._buttons[answer.name] = button
            if answer.role == "primary" or (answer.is_escape and len(self._answers) > 1):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        return foot

    @Slot()
    def _press(self, name: str) -> None:
        self._answer = name
        self.accept()

    @Slot(int)
    def _close_with(self, _result: int) -> None:
        self.answered.emit(self._answer)


def room_above(widget: QWidget) -> QSize:
    """How large a sheet may be that stays inside the window it is above, and inside the screen."""
    above = widget.window().parentWidget()
    window = (widget if above is None else above).window().size()
    return window.boundedTo(widget.screen().availableSize()) - QSize(2 * SPACE.wide, 2 * SPACE.wide)


def _heading(sheet: QWidget, title: str, tone: str) -> QHBoxLayout:
    names = {"info": "circle-question-mark", "ok": "circle-check", "late": "triangle-alert"}
    picture = QLabel(sheet)
    side = theme_of().metrics.icon + 4
    shade = "quiet" if tone == "info" else tone
    made = icon(names.get(tone, "triangle-alert"), shade, side)
    picture.setPixmap(made.pixmap(side, side))
    words = QLabel(title, sheet)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setProperty("role", "section")
    words.setWordWrap(True)
    line = QHBoxLayout()
    line.setSpacing(SPACE.medium)
    line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    return line


def ask(
    parent: QWidget, title: str, text: str, answers: Sequence[Answer], *, tone: str = "info"
) -> Sheet:
    """Open a question; `tone` (info, ok, warn, late) chooses the picture."""
    sheet = Sheet(parent, title, text, answers, tone)
    sheet.open()
    return sheet


def confirm(parent: QWidget, title: str, text: str, verb: str, *, danger: bool = False) -> Sheet:
    """Ask before what cannot be undone; the answers are `yes` (with this verb) and `cancel`."""
    yes = Answer("yes", verb, role="danger" if danger else "primary")
    return ask(parent, title, text, (CANCEL, yes), tone="warn" if danger else "info")


def tell(parent: QWidget, title: str, text: str, *, tone: str = "info") -> Sheet:
    """Say something that has to be acknowledged."""
    return ask(parent, title, text, (UNDERSTOOD,), tone=tone)


def tell_fault(parent: QWidget, title: str, fault: Fault) -> Sheet:
    """Say what went wrong and what to do next, where no field is to blame."""
    return tell(parent, title, fault.words, tone="warn")


class ReasonSheet(Sheet):
    """Asks for a reason in words; `given` carries it, and comes only with one."""

    given = Signal(object)

    def __init__(self, parent: QWidget, title: str, text: str, label: str, verb: str) -> None:
        super().__init__(parent, title, text, (CANCEL, Answer("yes", verb, role="primary")))
        self._field = LabelledField(label, TextInput(self), self, key="R")
        self.body.addWidget(self._field)
        self._field.go()

    @property
    def editor(self) -> TextInput:
        editor = self._field.editor
        assert isinstance(editor, TextInput)
        return editor

    def accept(self) -> None:
        if self._answer != "yes":
            super().accept()
        elif self.editor.value():
            self.given.emit(self.editor.value())
            super().accept()
        else:
            self._answer = CANCEL.name
            self._field.set_problem("请写明原因，这一项会记入操作记录。")
            self._field.go()


def ask_reason(parent: QWidget, title: str, text: str, *, label: str, verb: str) -> ReasonSheet:
    """Open a question that wants a reason, e.g. before names are exported."""
    sheet = ReasonSheet(parent, title, text, label, verb)
    sheet.open()
    return sheet


class ChooseSheet(Sheet):
    """Offers entries; `picked` carries the uid of the one taken by Enter, click or the button."""

    picked = Signal(object)

    def __init__(
        self, parent: QWidget, title: str, text: str, items: Sequence[LineItem], verb: str
    ) -> None:
        super().__init__(parent, title, text, (CANCEL, Answer("yes", verb, role="primary")))
        self.list = LineList(title, self)
        self.list.set_items(items, select_first=True)
        self.list.setMinimumHeight(min(5, max(2, len(items))) * theme_of().metrics.two_line_row)
        self.body.addWidget(self.list)
        self.list.chosen.connect(self._pick)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        if self._answer == "yes":
            self.picked.emit(self.list.focused_uid())
        super().accept()

    @Slot(object)
    def _pick(self, _uid: object) -> None:
        self._press("yes")


def choose(
    parent: QWidget, title: str, text: str, items: Sequence[LineItem], *, verb: str = "选定"
) -> ChooseSheet:
    """Open a choice of one out of several entries."""
    sheet = ChooseSheet(parent, title, text, items, verb)
    sheet.open()
    return sheet
