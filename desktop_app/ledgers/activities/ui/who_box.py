"""The one box at an activity: residents, those on the sheet without a file, and names as written.

`李国强 志愿者` says the 身份 in the same line. Enter takes the first who was found; when there is
nobody, a name in characters is taken as written. Letters never are, by Enter: they are initials.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.pinyin import name_keys, query_tokens
from desktop_app.ledgers.activities.rules.activity import Group
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.registers.residents.rules import PersonLine
from desktop_app.registers.residents.search import Found, find
from desktop_app.registers.residents.ui.box import ResidentBox
from desktop_app.storage.session import Desk

AS_WRITTEN = "Shift+Enter"
NOBODY = "没有这个人的档案。按 Enter 就按所写的姓名记。"
_LETTERS = f"没有找到。字母是拼音首字母；姓名就是字母的，请按 {AS_WRITTEN}。"
_BY_LABEL = {group.label: group for group in Group}


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as called: a resident's file, a line of the sheet, or only a name."""

    name: str
    resident: Uid | None = None
    line: Uid | None = None
    group: Group | None = None


class WhoBox(QWidget):
    """`called` carries a `Who`; `confirmed` is Enter in the empty box; `typed` the text in it;
    `refused` a sentence."""

    called = Signal(object)
    confirmed = Signal()
    typed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: Sequence[Attendance] = ()
        self.residents = ResidentBox(self._find, self._today, over, self, nobody=NOBODY)
        self.box = self.residents.box
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.residents)
        self.setFocusProxy(self.box)
        self.residents.chosen.connect(self._choose)
        self.residents.submitted_empty.connect(self.confirmed)
        # After the box's own: by then it is known whether anybody was found.
        self.box.chosen_first.connect(self._nobody_chosen)
        self.box.query.connect(self.typed)
        for keys in ("Shift+Return", "Shift+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._as_written)

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self.residents.text

    def set_rows(self, rows: Sequence[Attendance]) -> None:
        """Who stands on the sheet; those without a file are found by their names, too."""
        self._rows = [row for row in rows if row.resident is None]

    def begin_anew(self) -> None:
        """Empty, and with the keyboard: the next one may come."""
        self.residents.clear()
        self.residents.take_keyboard()

    def step_back(self) -> bool:
        """Close the results; False when there was nothing to close."""
        return self.residents.step_back()

    def file_of(self, name: str) -> Uid | None:
        """The one file of somebody of exactly this name; None when there are several."""
        found = [line for line in find(self._desk, name).people if line.name == name]
        return found[0].uid if len(found) == 1 else None

    def _today(self) -> date:
        return self._desk.today

    def _find(self, text: str) -> Found:
        name, _group = split_group(text)
        found = find(self._desk, name)
        tokens = query_tokens(name)
        own = [_as_person(row) for row in self._rows if _matches(row.name, tokens)]
        return replace(found, people=(*own, *found.people)) if own else found

    @Slot(object)
    def _choose(self, line: PersonLine) -> None:
        _name, group = split_group(self.text)
        on_sheet = any(row.uid == line.uid for row in self._rows)
        if on_sheet:
            self.called.emit(Who(line.name, line=line.uid, group=group))
        else:
            self.called.emit(Who(line.name, resident=line.uid, group=group))

    @Slot()
    def _nobody_chosen(self) -> None:
        text = self.text
        if not text or self.residents.people:
            return
        if text.isascii():
            self.refused.emit(_LETTERS)
        else:
            self._as_written()

    @Slot()
    def _as_written(self) -> None:
        name, group = split_group(self.text)
        if name:
            self.residents.step_back()
            self.called.emit(Who(name, group=group))


def split_group(text: str) -> tuple[str, Group | None]:
    """The name and the 身份 after it, if one was typed."""
    name, _, last = text.strip().rpartition(" ")
    group = _BY_LABEL.get(last)
    return (name.strip(), group) if group is not None and name.strip() else (text.strip(), None)


def _matches(name: str, tokens: Sequence[str]) -> bool:
    keys = _keys(name)
    return bool(tokens) and all(any(key.startswith(token) for key in keys) for token in tokens)


@lru_cache(maxsize=4096)
def _keys(name: str) -> frozenset[str]:
    return name_keys(name)


def _as_person(row: Attendance) -> PersonLine:
    return PersonLine(
        uid=row.uid,
        number="",
        name=row.name,
        gender=Gender.UNKNOWN,
        birth=None,
        address=row.unit or "在签到表上，没有档案",
        phone="",
        last_seen=None,
        times=0,
    )
