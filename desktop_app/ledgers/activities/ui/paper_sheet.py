"""补录签到表: a filled paper sheet, typed line by line; all of it is taken over at once or nothing.

What is typed is kept as a draft with every line and comes back when the sheet is opened again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.job import Job
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import Group, group_of
from desktop_app.ledgers.activities.rules.sheet_text import (
    LineText,
    line_of,
    meaning,
    to_plain,
)
from desktop_app.ledgers.activities.service import half_filled
from desktop_app.ledgers.activities.ui.keeper import FormKeeper
from desktop_app.ledgers.activities.ui.paper_entry import PaperEntry
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import Answer, Sheet
from desktop_app.widgets.forms import bind_keys
from desktop_app.widgets.page import Page
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

SAVE_KEYS = "Ctrl+Enter"
_WIDTH, _HEIGHT = 1080, 640
_PUT_ASIDE = Answer("cancel", "先放着", is_escape=True)
_SAVE = Answer("yes", f"补录  {SAVE_KEYS}", role="primary")
_SHOWN_PROBLEMS = 4


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    line: LineText
    problem: str


class PaperSheet(Sheet):
    """`taken` carries the `Changed`, once, after it is saved and the sheet is closed."""

    taken = Signal(object)

    def __init__(
        self, page: Page, desk: Desk, whole: WholeActivity, lines: Sequence[LineText] = ()
    ) -> None:
        text = "照着纸写：打姓名回车，没写时间的再回车就是全程参加。写完一起补录。"
        super().__init__(page, "补录签到表", text, (_PUT_ASIDE, _SAVE))
        self._desk, self._page, self._whole = desk, page, whole
        self.lines: list[LineText] = list(lines)
        self._problems: dict[int, str] = {}
        self._editing: int | None = None
        self._saving = False
        self._keeper = FormKeeper(desk, page, half_filled.SHEET, self._worth_keeping, self)
        self._keeper.begin_with(whole.activity.uid, to_plain(lines) if lines else None)
        self.heading = QLabel(self)
        self.heading.setProperty("role", "bold")
        self.entry = PaperEntry(desk, self, self, meeting=whole.activity.meeting)
        self.table = PagedTable(
            _columns(meeting=whole.activity.meeting), _uid, self, actions=_ACTIONS, name="已写的行"
        )
        self.table.foot.hide()
        self.note = QLabel(self)
        self.note.setProperty("role", "problem")
        self.note.setWordWrap(True)
        self.note.hide()
        for widget in (self.heading, self.entry, self.table, self.note):
            self.body.addWidget(widget, int(widget is self.table))
        self.button("yes").setAccessibleName("补录")
        self.button("yes").setAutoDefault(False)
        self.button("yes").setDefault(False)
        bind_keys(self.button("yes"), SAVE_KEYS)
        self.entry.entered.connect(self._take_line)
        self.table.opened.connect(self._change_line)
        self.table.command.connect(self._command)
        self._fit()
        self._show_lines()
        self.entry.begin_anew()

    def accept(self) -> None:
        if self._answer != "yes":
            super().accept()
            return
        self._answer = _PUT_ASIDE.name
        if not self.lines:
            self._say("还没有写一行，没有保存。")
            return
        try:
            lines = meaning(self.lines, self._whole_time())
        except InvalidInput as fault:
            self._show_fault(fault)
            return
        uid = self._whole.activity.uid

        def work(_job: Job) -> Changed[service.SheetDone]:
            return service.fill_in_sheet(self._desk, uid, lines)

        self._set_saving(True)
        self._page.in_background("补录签到表", work, self._saved, self._show_fault)

    def reject(self) -> None:
        if self._saving:
            # Its end is told to this sheet: a moment, and it closes by itself.
            return
        if self._editing is not None:
            self._editing = None
            self._show_lines()
            self.entry.begin_anew()
        elif not self.entry.who.step_back():
            # Put aside, not thrown away: it is there again when the sheet is opened again.
            self._keeper.touch()
            if self._keeper.flush():
                super().reject()

    # --- lines ---------------------------------------------------------------------------------

    @Slot(object)
    def _take_line(self, line: LineText) -> None:
        at = len(self.lines) if self._editing is None else self._editing
        self.lines[at : at + 1] = [line]
        self._editing = None
        self._problems.pop(at + 1, None)
        self._changed()
        self.table.focus_row(str(at + 1))
        self.entry.begin_anew()

    @Slot(object)
    def _change_line(self, uid: str) -> None:
        self._editing = int(uid) - 1
        self._show_lines()
        self.entry.show_line(self.lines[self._editing])

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        if command.name == _CHANGE:
            self._change_line(command.uid)
            return
        at = int(command.uid) - 1
        # With its text still in the entry: a slip of the finger costs nothing.
        self.entry.show_line(self.lines.pop(at))
        self._editing, self._problems = None, {}
        self._changed()

    def _changed(self) -> None:
        self._say("")
        self._show_lines()
        self._keeper.touch()

    def _show_lines(self) -> None:
        count = len(self.lines)
        at = count + 1 if self._editing is None else self._editing + 1
        said = f"第 {at} 行" if self._editing is None else f"改第 {at} 行（Esc 不改）"
        self.heading.setText(f"{said}　已写 {count} 行")
        rows = [
            _Row(number, line, self._problems.get(number, ""))
            for number, line in enumerate(self.lines, start=1)
        ]
        if rows:
            self.table.set_rows(rows)
        else:
            self.table.show_empty("还没有写一行。")

    def _worth_keeping(self) -> dict[str, object] | None:
        return to_plain(self.lines) if self.lines else None

    # --- saving --------------------------------------------------------------------------------

    def _whole_time(self) -> tuple[int, int] | None:
        """When it ended, for those who stayed to the end; not known while it goes on."""
        if self._desk.database.clock.now() < self._whole.activity.ends_at:
            return None
        ends = self._whole.zone.local(self._whole.activity.ends_at)
        return (ends.hour, ends.minute)

    def _set_saving(self, on: bool) -> None:
        self._saving = on
        for button in (self.button("yes"), self.button(_PUT_ASIDE.name)):
            button.setEnabled(not on)

    def _saved(self, changed: Changed[service.SheetDone]) -> None:
        self._keeper.begin_with(None, None)
        self._answer = "yes"
        super().accept()
        self.taken.emit(changed)

    def _show_fault(self, fault: Fault) -> None:
        """Every problem at its line, and together below; the lines stay as they are."""
        self._set_saving(False)
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        self._problems = {}
        for problem in problems:
            number = line_of(problem)
            if number is not None:
                words = problem.sentence.partition("行：")[2]
                self._problems[number] = self._problems.get(number, "") + words
        said = [problem.words for problem in problems]
        if len(said) > _SHOWN_PROBLEMS:
            more = len(said) - _SHOWN_PROBLEMS
            said = [*said[:_SHOWN_PROBLEMS], f"另有 {more} 处，见表中“问题”一栏。"]
        self._say("\n".join([*said, "写的内容都在，没有保存。改好后再补录。"]))
        self._show_lines()
        if self._problems:
            self.table.focus_row(str(min(self._problems)))
            self.table.view.setFocus()

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _fit(self) -> None:
        share = theme_of().metrics.body / 14
        room = self._page.window().size()
        self.resize(
            min(round(_WIDTH * share), room.width() - 2 * SPACE.wide),
            min(round(_HEIGHT * share), room.height() - 2 * SPACE.wide),
        )


_CHANGE, _REMOVE = "change", "remove"
_ACTIONS = (
    RowAction(_CHANGE, "修改", "pencil", "E"),
    RowAction(_REMOVE, "移除", "trash-2", "Del"),
)


def _row(one: object) -> _Row:
    assert isinstance(one, _Row)
    return one


def _uid(one: object) -> str:
    return str(_row(one).number)


def _times(one: object) -> str:
    line = _row(one).line
    if line.absent:
        return "缺席"
    return line.arrived or ("开始" if line.left else "全程")


def _group(one: object) -> str:
    line = _row(one).line
    if (group := group_of(line.group)) is not None:
        return group.label
    return "按档案" if line.resident else Group.PUBLIC.label


def _columns(*, meeting: bool) -> tuple[Column, ...]:
    columns = [
        Column("行", lambda one: str(_row(one).number), 48, "number"),
        Column("姓名", lambda one: _row(one).line.name, 120, "bold"),
        Column("档案", lambda one: "有" if _row(one).line.resident else "", 52),
        Column("身份", _group, 88),
        Column("签到", _times, 72),
        Column("签退", lambda one: _row(one).line.left, 72),
        Column("单位/小区", lambda one: _row(one).line.unit, 96),
    ]
    if meeting:
        columns.append(Column("缺席原因", lambda one: _row(one).line.absent, 96))
    columns.append(Column("问题", lambda one: _row(one).problem, 150, stretch=True))
    return tuple(columns)
