"""The list of all operators, and what a manager does with an account."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.wording import days_ago
from desktop_app.registers.people import service
from desktop_app.registers.people.record import KIND
from desktop_app.registers.people.rules import Operator, OperatorLine, role_word
from desktop_app.station.operators.ui.sheets import (
    AddSheet,
    CodeSheet,
    NameSheet,
    PasswordSheet,
    RoleSheet,
)
from desktop_app.station.sign_in.session import Session
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.dialogs import confirm
from desktop_app.widgets.export_door import offer_export_of_rows
from desktop_app.widgets.forms import Card, KeyHint, focus_order, plain_button, primary_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.tokens import SPACE

NEW_CODE = (
    "以前的恢复码立刻作废，信封里的旧码再也打不开这里的数据。"
    "新的恢复码只显示一次，请先备好纸笔和信封。"
)


class Everybody(Page):
    """What costs argon2 is done off the window's thread; sheets stay open until it is done."""

    kinds = frozenset({KIND.name})
    hints = (
        KeyHint("F2", "新增操作员"),
        KeyHint("G", "调整角色"),
        KeyHint("P", "重设密码"),
        KeyHint("D", "停用"),
        KeyHint("E", "重新启用"),
        KeyHint("R 或 Enter", "改名"),
    )

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._session = session
        self._at_street = session.database.station.is_street
        self._lines: dict[str, OperatorLine] = {}
        self.add = primary_button("新增操作员", self, icon_name="user-plus")
        self.code = plain_button("生成新恢复码…", self, icon_name="shield-check")
        self.table = PagedTable(
            _columns(session.desk.today, at_street=self._at_street),
            _uid_of,
            self,
            actions=_actions(session.desk.actor.uid),
            name="操作员",
        )
        self._lay_out()
        self.add.clicked.connect(self.start_new)
        self.code.clicked.connect(self.ask_for_code)
        self.table.command.connect(self._command)
        self.table.opened.connect(self._rename)
        offer_export_of_rows(self, self.table, KIND.name, session.desk.actor)

    def load(self) -> None:
        lines = service.list_operators(self._session.desk)
        self._lines = {_uid_of(line): line for line in lines}
        self.table.set_rows(lines)
        self.table.foot.set_count(f"共 {len(lines)} 位")

    @Slot()
    def start_new(self) -> None:
        """F2: a new account."""
        sheet = AddSheet(self, at_street=self._at_street)

        def work(_job: Job) -> object:
            return service.add_operator(
                self._session.desk,
                self._session.keeper,
                name=sheet.name.value(),
                role=sheet.role.role(),
                password=sheet.first.secret(),
            )

        sheet.carry_out(self._runner, work, partial(self._done, "已新增“{}”"))

    @Slot()
    def ask_for_code(self) -> None:
        """A new recovery code: asked first, because the one before opens nothing any more."""
        sheet = confirm(self, "生成新的恢复码？", NEW_CODE, "生成", danger=True)
        sheet.answered.connect(self._make_code)

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        {
            "rename": self._rename,
            "role": self._change_role,
            "reset": self._reset,
            "disable": self._ask_to_disable,
            "enable": self._enable,
        }[command.name](command.uid)

    @Slot(object)
    def _rename(self, uid: str) -> None:
        operator = self._lines[uid].operator
        sheet = NameSheet(self, operator)

        def work(_job: Job) -> object:
            desk, keeper = self._session.desk, self._session.keeper
            return service.rename(desk, keeper, operator.uid, sheet.name.value())

        sheet.carry_out(self._runner, work, partial(self._done, "已改名为“{}”"))

    def _change_role(self, uid: str) -> None:
        operator = self._lines[uid].operator
        sheet = RoleSheet(self, operator, at_street=self._at_street)

        def work(_job: Job) -> object:
            return service.change_role(self._session.desk, operator.uid, sheet.role.role())

        sheet.carry_out(self._runner, work, partial(self._done, "已调整“{}”的角色"))

    def _reset(self, uid: str) -> None:
        operator = self._lines[uid].operator
        sheet = PasswordSheet(self, f"给“{operator.name}”重设密码", "重设密码")

        def work(_job: Job) -> object:
            desk, keeper = self._session.desk, self._session.keeper
            return service.reset_password(desk, keeper, operator.uid, sheet.new.secret())

        sheet.carry_out(self._runner, work, partial(self._done, "已重设“{}”的密码"))

    def _enable(self, uid: str) -> None:
        operator = self._lines[uid].operator
        sheet = PasswordSheet(self, f"重新启用“{operator.name}”", "启用")

        def work(_job: Job) -> object:
            desk, keeper = self._session.desk, self._session.keeper
            return service.enable(desk, keeper, operator.uid, sheet.new.secret())

        sheet.carry_out(self._runner, work, partial(self._done, "已启用“{}”"))

    def _ask_to_disable(self, uid: str) -> None:
        operator = self._lines[uid].operator
        words = service.OLD_BACKUPS_STILL_OPEN
        sheet = confirm(self, f"停用“{operator.name}”？", words, "停用", danger=True)
        sheet.answered.connect(partial(self._disable, operator))

    @Slot(object)
    def _disable(self, operator: Operator, answer: object) -> None:
        if answer != "yes":
            return

        def work(_job: Job) -> object:
            return service.disable(self._session.desk, self._session.keeper, operator.uid)

        self.in_background("停用操作员", work, partial(self._done, "已停用“{}”"))

    @Slot(object)
    def _make_code(self, answer: object) -> None:
        if answer == "yes":
            self.in_background("生成恢复码", self._new_code, self._show_code)

    def _new_code(self, _job: Job) -> str:
        return service.new_recovery_code(self._session.desk, self._session.keeper)

    def _show_code(self, code: str) -> None:
        CodeSheet(self, code, at_street=self._at_street).open()

    def _done(self, sentence: str, changed: Changed[Any]) -> None:
        self.tell_changed(changed, sentence.format(changed.value.name))

    def _lay_out(self) -> None:
        heading = QLabel("全部操作员", self)
        heading.setProperty("role", "section")
        top = QHBoxLayout()
        top.setSpacing(SPACE.small)
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.code)
        top.addWidget(self.add)
        card = Card("", self)
        card.body.addLayout(top)
        card.add_list(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        focus_order([self.code, self.add, self.table])


def _uid_of(line: object) -> str:
    assert isinstance(line, OperatorLine)
    return line.operator.uid.hex


def _columns(today: date, *, at_street: bool) -> tuple[Column, ...]:
    return (
        Column("姓名", _name, width=220, style="bold"),
        Column("角色", partial(_role, at_street), width=120),
        Column("状态", _state, width=130),
        Column("PIN 码", _pin, width=90),
        Column("最近登录", partial(_last, today), width=120, style="quiet", stretch=True),
    )


def _name(line: Any) -> str:
    return str(line.operator.name)


def _role(at_street: bool, line: Any) -> str:
    return role_word(line.operator.role, at_street=at_street)


def _state(line: Any) -> ChipText:
    if not line.operator.active:
        return ChipText("已停用", "quiet", "ban")
    if line.operator.must_change_password:
        return ChipText("待改密码", "warn", "key-round")
    return ChipText("在用", "ok")


def _pin(line: Any) -> str:
    return "已设" if line.has_pin else "未设"


def _last(today: date, line: Any) -> str:
    return "从未登录" if line.last_sign_in is None else days_ago(line.last_sign_in, today)


def _actions(me: Uid | None) -> tuple[RowAction, ...]:
    others = partial(_is_in_use_and_not, me)
    return (
        RowAction("role", "调整角色", "user-check", "G"),
        RowAction("reset", "重设密码", "key-round", "P", others),
        RowAction("disable", "停用", "ban", "D", others),
        RowAction("rename", "改名", "pencil", "R"),
        RowAction("enable", "重新启用", "user-check", "E", _is_closed),
    )


def _is_in_use_and_not(me: Uid | None, line: Any) -> bool:
    return bool(line.operator.active) and line.operator.uid != me


def _is_closed(line: Any) -> bool:
    return not line.operator.active
