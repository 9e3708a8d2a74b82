"""The sheet on which two files of one person become one: the other is found, both are compared.

Nothing is copied between them; the one kept shows what points at either, and undo parts them again.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_address
from desktop_app.core.wording import days_ago
from desktop_app.registers.residents import service
from desktop_app.registers.residents.rules import PersonLine, address_text
from desktop_app.registers.residents.search import find
from desktop_app.registers.residents.service import Card
from desktop_app.registers.residents.ui.box import ResidentBox, about
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.dialogs import CANCEL, Answer, Sheet
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import bind_keys
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

THIS, OTHER = "this", "other"
_EXPLAINED = (
    "两份档案是同一个人时合并：来访记录都归到保留的那份，另一份不再出现在列表和查找里。"
    "两份的内容互不覆盖，合并后可撤销。"
)


class MergeSheet(Sheet):
    """`merged` carries the `Changed`, once, after it is saved."""

    merged = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, uid: Uid) -> None:
        take = Answer("yes", "合并  Ctrl+Enter", role="primary")
        super().__init__(parent, "合并居民档案", _EXPLAINED, (CANCEL, take))
        self._desk = desk
        self._this = service.card(desk, uid)
        self._other: Card | None = None
        side = theme_of().metrics.body / 14
        self.setMinimumWidth(round(min(640 * side, parent.window().width() * 0.9)))
        self.box = ResidentBox(
            partial(find, desk), self._today, self, self, nobody="没有找到，请换个字再试。"
        )
        self.box_field = LabelledField("和哪一份合并", self.box.box, self, key="H")
        self.keep = ChoiceBar(
            (Choice(THIS, "左边这份", "1"), Choice(OTHER, "右边这份", "2")), self, value=THIS
        )
        self.keep_field = LabelledField("保留哪一份", self.keep, self, key="B")
        self._both = QWidget(self)
        self._grid = QGridLayout(self._both)
        self._note = QLabel(self)
        self._lay_out()
        self.box.chosen.connect(self._choose)
        self.keep.submitted.connect(self.button("yes").click)
        self.box_field.go()

    @property
    def note(self) -> str:
        """What stands below, when something is wrong, or empty."""
        return self._note.text()

    @property
    def compared(self) -> tuple[str, ...]:
        """The lines that set both files side by side, each as it is read."""
        return tuple(
            " ".join(label.text() for label in self._labels(row))
            for row in range(self._grid.rowCount())
            if self._labels(row)
        )

    def accept(self) -> None:
        if self._answer != "yes":
            super().accept()
            return
        self._answer = CANCEL.name
        if self._other is None:
            self._say("还没有选另一份档案，没有合并。请在上面的框里找到同一个人的另一份。")
            self.box_field.go()
            return
        this, other = self._this.resident.uid, self._other.resident.uid
        keep, drop = (this, other) if self.keep.value() == THIS else (other, this)
        try:
            changed = service.merge(self._desk, keep, drop)
        except Fault as fault:
            self._say(fault.words)
            return
        self._answer = "yes"
        super().accept()
        self.merged.emit(changed)

    def _labels(self, row: int) -> list[QLabel]:
        found = [self._grid.itemAtPosition(row, column) for column in range(3)]
        widgets = [item.widget() for item in found if item is not None]
        return [widget for widget in widgets if isinstance(widget, QLabel)]

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, SPACE.small, 0, SPACE.small)
        self._grid.setHorizontalSpacing(SPACE.wide)
        self._grid.setVerticalSpacing(SPACE.hair)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._note.setProperty("role", "problem")
        self._note.setWordWrap(True)
        self._note.hide()
        self.button("yes").setAccessibleName("合并")
        bind_keys(self.button("yes"), "Ctrl+Enter")
        column = QVBoxLayout()
        column.setSpacing(SPACE.medium)
        for part in (self.box_field, self._both, self.keep_field, self._note):
            column.addWidget(part)
        self.body.addLayout(column)
        self._compare()

    @Slot(object)
    def _choose(self, line: PersonLine) -> None:
        self.box.clear()
        if line.uid == self._this.resident.uid:
            self._say("这就是左边的这份档案。请找同一个人的另一份。")
            return
        try:
            self._other = service.card(self._desk, line.uid)
        except Fault as fault:
            self._say(fault.words)
            return
        self._say("")
        self._compare()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _compare(self) -> None:
        while self._grid.count():
            old = self._grid.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        today = self._today()
        this = _told(self._this, today)
        other = _told(self._other, today) if self._other else [("", "")] * len(this)
        for row, ((word, mine), (_, theirs)) in enumerate(zip(this, other, strict=True)):
            differs = self._other is not None and mine != theirs
            roles = ("small", "bold" if differs else "", "bold" if differs else "")
            for column, (words, role) in enumerate(zip((word, mine, theirs), roles, strict=True)):
                label = QLabel(words or "—" if column == 1 or self._other else words, self._both)
                label.setProperty("role", role)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(column > 0)
                self._grid.addWidget(label, row, column)
        self.keep_field.setVisible(self._other is not None)

    def _say(self, words: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _today(self) -> date:
        return self._desk.today


def open_merge(parent: QWidget, desk: Desk, uid: Uid) -> MergeSheet:
    """Open the sheet for one file; connect to `merged`."""
    sheet = MergeSheet(parent, desk, uid)
    sheet.open()
    return sheet


def merged_words(kept_number: str) -> str:
    """What was done, for the undo strip: by number, never by name."""
    return f"已合并居民档案，保留 {kept_number}"


def _told(card: Card, today: date) -> list[tuple[str, str]]:
    """What tells two files of one person from files of two persons, masked as on the card."""
    resident, line = card.resident, card.line
    home = address_text("", resident.building, resident.unit, resident.room)
    seen = (
        f"{line.times}次，上次{days_ago(line.last_seen, today)}" if line.last_seen else "还没来过"
    )
    return [
        ("姓名", resident.name),
        ("档案号", resident.number),
        ("性别 年龄", about(line, today)),
        ("住址", mask_address(line.address or home)),
        ("联系电话", "、".join(phone.number for phone in resident.phones)),
        ("证件号码", resident.id_number),
        ("党员管理类别", resident.party.label),
        ("来访", seen),
    ]
