"""The first step: a file is dropped or chosen; which ledger and which sheet of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app import catalog
from desktop_app.core.clock import Zone
from desktop_app.core.wording import list_moment, number
from desktop_app.station.importing.rules.history import Import, ImportState
from desktop_app.station.importing.service.showing import Looked
from desktop_app.station.importing.ui.words import taken_in
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card, ScrollPage, plain_button, primary_button
from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.theme import set_role, theme_of
from desktop_app.widgets.tokens import SPACE

CHOOSE, OTHER_FILE = "选择文件…", "换一个文件…"
GO_ON, ANEW = "继续上次的导入", "重新开始"
ENDINGS = ("xlsx", "xls", "xlsm", "csv", "txt", "et")
MACROS = "文件里带有宏。宏不会运行，也不会导入，只读取单元格里的内容。"
_FIELD_WIDTH = 30


class FileStep(QWidget):
    """`chosen` carries a path, `kind_wanted` a ledger's kind, `sheet_wanted` a sheet's place."""

    chosen = Signal(object)
    kind_wanted = Signal(object)
    sheet_wanted = Signal(object)
    resumed = Signal()
    forgotten = Signal()
    submitted = Signal()

    def __init__(self, kinds: Mapping[str, str], zone: Zone, parent: QWidget) -> None:
        super().__init__(parent)
        self._zone = zone
        self._filling = False
        self.start = StartFace(self)
        choices = [Choice(name, label) for name, label in kinds.items()]
        self.kind = ChoiceBox(choices, self)
        self.kind_field = LabelledField("台账", self.kind, self, key="K")
        self.sheets = LineList("工作表", self)
        self._name, self._where = QLabel(self), QLabel(self)
        self._about, self._sheets_word = QLabel(self), QLabel("工作表", self)
        self.notes = QLabel(self)
        self.other = plain_button(OTHER_FILE, self, icon_name="folder-open", keys="Ctrl+O")
        self._facts = ScrollPage(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.other.clicked.connect(self.choose)
        EnterKey(self, self.other)
        self.start.choose_wanted.connect(self.choose)
        self.start.resumed.connect(self.resumed)
        self.start.forgotten.connect(self.forgotten)
        self.kind.changed.connect(self._tell_kind)
        line = self.kind.lineEdit()
        if isinstance(line, LineInput):
            line.submitted.connect(self.submitted)
        self.sheets.focused.connect(self._tell_sheet)
        self.sheets.chosen.connect(lambda _uid: self.submitted.emit())

    @property
    def has_file(self) -> bool:
        return self._stack.currentWidget() is self._facts

    def show_start(self, kept: str) -> None:
        """No file yet; `kept` says where an earlier import was left, or nothing."""
        self.start.offer(kept)
        self._stack.setCurrentWidget(self.start)

    def show_looked(self, looked: Looked) -> None:
        """What the file is, and what it is taken for."""
        self._filling = True
        opened, book = looked.opened, looked.opened.book
        self._name.setText(opened.path.name)
        self._where.setText(str(opened.path.parent))
        self.kind.set_value(looked.plan.kind)
        self._about.setText(catalog.sheets()[looked.plan.kind].about)
        several = len(book.sheets) > 1
        self.sheets.set_items(
            [
                LineItem(
                    str(place),
                    look.name,
                    f"{number(look.rows)} 行，{number(look.columns)} 列",
                    chip=ChipText("隐藏", "quiet", "eye-off") if look.hidden else None,
                )
                for place, look in enumerate(book.sheets)
            ]
        )
        for part in (self.sheets, self._sheets_word):
            part.setVisible(several)
        high = min(5, len(book.sheets)) * theme_of().metrics.two_line_row
        self.sheets.setFixedHeight(high + 2)
        self._focus_sheet(looked.plan.sheet)
        notes = [*([MACROS] if book.macros else []), *self._before(looked.before)]
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self._stack.setCurrentWidget(self._facts)
        self._filling = False

    def take_keyboard(self) -> None:
        """Where the next thing is done."""
        if not self.has_file:
            self.start.take_keyboard()
        elif self.sheets.isVisibleTo(self):
            self.sheets.enter()
        else:
            self.kind_field.go()

    @Slot()
    def choose(self) -> None:
        """Ask for a file."""
        chooser = QFileDialog(self, "选择要导入的表格")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*.{ending}" for ending in ENDINGS)
        chooser.setNameFilters([f"表格 ({endings})", "所有文件 (*)"])
        chooser.fileSelected.connect(self._take)
        chooser.open()

    @Slot(str)
    def _take(self, path: str) -> None:
        self.chosen.emit(Path(path))

    @Slot()
    def _tell_kind(self) -> None:
        if not self._filling and self.kind.value() is not None:
            self.kind_wanted.emit(self.kind.value())

    @Slot(object)
    def _tell_sheet(self, uid: object) -> None:
        if not self._filling and uid is not None:
            self.sheet_wanted.emit(int(str(uid)))

    def _focus_sheet(self, place: int) -> None:
        self.sheets.setCurrentIndex(self.sheets.model().index(place, 0))

    def _before(self, before: Sequence[Import]) -> list[str]:
        standing = [one for one in before if one.state is not ImportState.TAKEN_BACK]
        if not standing:
            return []
        last = standing[0]
        when = list_moment(last.begun_at, self._zone)
        return [
            f"这份文件 {when} 已经导入过（{last.number}，{number(taken_in(last))} 条）。"
            "再导入一次时，已有的记录会标为“相同”或“可能重复”，不会悄悄多出来。"
        ]

    def _lay_out(self) -> None:
        for label, role in (
            (self._name, "section"),
            (self._where, "small"),
            (self._about, "small"),
            (self._sheets_word, "label"),
            (self.notes, "warn"),
        ):
            set_role(label, role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        names = QVBoxLayout()
        names.setSpacing(SPACE.hair)
        names.addWidget(self._name)
        names.addWidget(self._where)
        top = QHBoxLayout()
        top.setSpacing(SPACE.large)
        top.addLayout(names, 1)
        top.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)
        card = Card(parent=self._facts)
        card.body.addLayout(top)
        card.body.addWidget(self.notes)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.kind_field.setSizePolicy(policy)
        self.kind_field.setMaximumWidth(_FIELD_WIDTH * theme_of().metrics.body)
        kind = QVBoxLayout()
        kind.setSpacing(SPACE.hair)
        kind.addWidget(self.kind_field)
        kind.addWidget(self._about)
        card.body.addLayout(kind)
        card.body.addWidget(self._sheets_word)
        card.body.addWidget(self.sheets)
        self._facts.body.addWidget(card)
        self._facts.body.addStretch(1)
        self._stack.addWidget(self.start)
        self._stack.addWidget(self._facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)


class StartFace(QWidget):
    """Where a file is dropped, and where an import that was left is taken up again."""

    choose_wanted = Signal()
    resumed = Signal()
    forgotten = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kept = Card(parent=self)
        self._kept_words = QLabel(self)
        self._kept_words.setTextFormat(Qt.TextFormat.PlainText)
        self._kept_words.setWordWrap(True)
        self.go_on = primary_button(GO_ON, self)
        self.anew = plain_button(ANEW, self)
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(self._kept_words, 1)
        line.addWidget(self.go_on)
        line.addWidget(self.anew)
        self.kept.body.addLayout(line)
        self.choose = primary_button(CHOOSE, self)
        ground = self._ground()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        column.addWidget(self.kept)
        column.addWidget(ground, 1)
        EnterKey(self, self.go_on, self.anew, self.choose)
        self.go_on.clicked.connect(self.resumed)
        self.anew.clicked.connect(self.forgotten)
        self.choose.clicked.connect(self.choose_wanted)

    def offer(self, kept: str) -> None:
        """Offer to go on with what was left, if anything was."""
        self._kept_words.setText(kept)
        self.kept.setVisible(bool(kept))
        # One action of a screen stands out: going on, while there is something to go on with.
        set_role(self.choose, "" if kept else "primary")

    def take_keyboard(self) -> None:
        button = self.go_on if self.kept.isVisibleTo(self) else self.choose
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ground(self) -> QFrame:
        ground = QFrame(self)
        ground.setProperty("role", "envelope")
        picture = QLabel(ground)
        side = 2 * theme_of().metrics.icon
        picture.setPixmap(pixmap("table-2", "quiet", side, self.devicePixelRatioF()))
        words = QLabel("把表格拖到这里，或者选择文件", ground)
        words.setProperty("role", "section")
        more = QLabel(
            "Excel、WPS 的 .xlsx、.xls，或者 .csv、.txt。先预览，确认后才导入，"
            "导入后还能整次撤回。",
            ground,
        )
        more.setProperty("role", "quiet")
        column = QVBoxLayout(ground)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.small)
        column.addStretch(2)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (words, more):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(SPACE.small)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return ground
