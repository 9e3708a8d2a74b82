"""The section 表格模板: workbooks that are filled when exporting, the program's and own ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.job import Job
from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPage
from desktop_app.core.wording import list_moment
from desktop_app.sheets.template_file import MOST_BYTES
from desktop_app.station.exporting.rules.columns import Exported
from desktop_app.station.exporting.rules.templates import PERIOD, Template
from desktop_app.station.exporting.service import place, templates
from desktop_app.station.exporting.service.filling import fill_period
from desktop_app.station.exporting.ui.folder import documents
from desktop_app.station.exporting.ui.template_sheets import (
    AddTemplateSheet,
    PeriodSheet,
    RenameTemplateSheet,
)
from desktop_app.station.papers.service import safe_name
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import Card, KeyHint, focus_order, primary_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

WHY = (
    "上级要的表，可以把他们的工作簿（.xlsx）添加成模板：格子里写 {{站点名称}}、{{姓名}} 这样的"
    "名称，导出时按名称填好，格式不变。程序自带的可以另存出来，照着改。"
)
_FILTER = "工作簿 (*.xlsx)"
_WIDTH_EMS = 56


class TemplatesSection(Page):
    """Templates of lists are chosen where a list is exported; those of a period are filled here."""

    kinds = frozenset({templates.KIND})
    hints = (
        KeyHint("F2", "添加模板"),
        KeyHint("Enter", "填写（统计数字的）；去列表（别的）"),
        KeyHint("O", "另存一份，照着改"),
        KeyHint("R", "改名"),
        KeyHint("D", "移走"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._may_change = may = desk.actor.may(Right.MANAGE_STATION)
        self.add = primary_button("添加模板", self, icon_name="plus")
        self.add.setVisible(may)
        self.table = PagedTable(
            self._columns(),
            lambda one: _template(one).key,
            self,
            actions=_actions(may_change=may),
            name="表格模板",
        )
        self._lay_out()
        self.add.clicked.connect(self.start_new)
        self.table.command.connect(self._command)
        self.table.opened.connect(self._fill)

    def load(self) -> None:
        found = templates.templates(self._desk)
        self.table.set_rows(found)
        self.table.foot.set_count(f"共 {len(found)} 个")

    @Slot()
    def start_new(self) -> None:
        """F2: choose a workbook."""
        if not self._may_change:
            return
        chooser = QFileDialog(self, "选择做模板的工作簿", str(documents()), _FILTER)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.take_file)
        chooser.open()

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Ask what this workbook is to be called and filled with, and keep it."""
        desk, file = self._desk, Path(path)
        sheet = AddTemplateSheet(self, file, templates.kinds(desk))

        def work(_job: Job) -> object:
            content = _read(file)
            return templates.add(desk, sheet.name.value(), str(sheet.kind.value()), content)

        sheet.carry_out(self._runner, work, partial(self._done, "已添加模板“{}”"))

    # --- what is done with one -----------------------------------------------------------------

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        deeds: dict[str, Callable[[str], None]] = {
            "fill": self._fill,
            "rename": self._rename,
            "remove": self._remove,
            "copy": self._copy,
        }
        deeds[command.name](command.uid)

    @Slot(object)
    def _fill(self, key: str) -> None:
        found = self._of(key)
        if found is None:
            return
        if found.kind != PERIOD:
            self.go(OpenPage(found.kind))
            return
        sheet = PeriodSheet(self, found.name, self._desk.today)
        sheet.asked.connect(lambda: self._ask_where(sheet, found))
        sheet.open()

    def _ask_where(self, sheet: PeriodSheet, found: Template) -> None:
        period = sheet.period
        sheet.finish()
        name = f"{found.name} {period.label}"
        self._choose_place(name, partial(self.fill_to, found, str(period)))

    def fill_to(self, found: Template, span: str, path: str) -> None:
        """Fill a template with the figures of a period, off the window's thread."""
        desk, period = self._desk, parse_period(span)

        def work(job: Job) -> Changed[Exported]:
            return fill_period(desk, found, period, Path(path), job)

        said = f"已填写{found.name}（{period.label}）：{Path(path).name}"
        self.in_background(f"填写{found.name}", work, partial(self._told, said), quick=False)

    def _copy(self, key: str) -> None:
        found = self._of(key)
        if found is not None:
            self._choose_place(found.name, partial(self.copy_to, found))

    def copy_to(self, found: Template, path: str) -> None:
        """Save the template itself."""
        desk = self._desk

        def work(_job: Job) -> Changed[None]:
            place(Path(path), templates.workbook(desk, found))
            return Changed(frozenset(), (), None)

        self.in_background("另存模板", work, partial(self._told, f"已另存到 {Path(path).name}"))

    def _rename(self, key: str) -> None:
        found = self._of(key)
        if found is None:
            return
        sheet, desk = RenameTemplateSheet(self, found.name), self._desk

        def work(_job: Job) -> object:
            return templates.rename(desk, key, sheet.name.value())

        sheet.carry_out(self._runner, work, partial(self._done, "已改名为“{}”"))

    def _remove(self, key: str) -> None:
        desk = self._desk

        def work(_job: Job) -> object:
            return templates.remove(desk, key)

        self.in_background("移走模板", work, partial(self._done, "已移走模板“{}”"))

    # --- inside --------------------------------------------------------------------------------

    def _choose_place(self, name: str, then: Callable[[str], None]) -> None:
        chooser = QFileDialog(self, "存到", str(documents()), _FILTER)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("xlsx")
        chooser.selectFile(f"{safe_name(name)}.xlsx")
        chooser.fileSelected.connect(then)
        chooser.open()

    def _done(self, sentence: str, changed: Changed[Any]) -> None:
        self.tell_changed(changed, sentence.format(changed.value.name))

    def _told(self, sentence: str, changed: Changed[Any]) -> None:
        self.tell_changed(Changed(frozenset(), (), changed.value), sentence)

    def _of(self, key: str) -> Template | None:
        at = self.table.model.row_of(key)
        return None if at is None else _template(self.table.model.rows[at])

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("名称", lambda one: _template(one).name, width=260, style="bold"),
            Column("填什么", lambda one: templates.word_of(_template(one).kind), width=180),
            Column("来自", self._origin, width=240, style="quiet", stretch=True),
        )

    def _origin(self, one: object) -> str:
        found = _template(one)
        if found.added_at is None:
            return "程序自带"
        database = self._desk.database
        when = list_moment(found.added_at, database.zone, today=self._desk.today)
        return f"{found.added_by} {when} 添加"

    def _lay_out(self) -> None:
        why = QLabel(WHY, self)
        why.setProperty("role", "small")
        why.setWordWrap(True)
        why.setMaximumWidth(_WIDTH_EMS * theme_of().metrics.body)
        top = QHBoxLayout()
        top.setSpacing(SPACE.small)
        top.addWidget(why, 1)
        top.addStretch()
        top.addWidget(self.add)
        card = Card("", self)
        card.body.addLayout(top)
        card.add_list(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        focus_order([self.add, self.table])


def _template(one: object) -> Template:
    assert isinstance(one, Template)
    return one


def _actions(*, may_change: bool) -> list[RowAction]:
    offered = [
        RowAction("fill", "填写", "pencil", "T", lambda one: _template(one).kind == PERIOD),
        RowAction("copy", "另存", "download", "O"),
    ]
    if may_change:
        offered += [
            RowAction("rename", "改名", "pencil", "R", _is_own),
            RowAction("remove", "移走", "trash-2", "D", _is_own),
        ]
    return offered


def _is_own(one: object) -> bool:
    return not _template(one).is_built_in


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            # One byte more than a template may have says as much as a gigabyte would.
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(
            "这个文件读不出来，没有添加。", "请关闭正在打开它的程序，或换一个位置再试。"
        ) from error
