"""The card 我的账号: who sits here, the own password and the own PIN."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.job import Job
from desktop_app.core.wording import list_day
from desktop_app.registers.people import service
from desktop_app.registers.people.record import KIND
from desktop_app.registers.people.rules import OperatorLine, role_word
from desktop_app.station.operators.ui.sheets import OwnPasswordSheet, PinSheet
from desktop_app.station.sign_in.session import Session
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import Card, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

CHANGE_PASSWORD = "更换我的密码…"
SET_PIN, CHANGE_PIN, DROP_PIN = "设置 PIN 码…", "更换 PIN 码…", "取消 PIN 码"
WITH_PIN = "已设 PIN 码，解锁和换人时可用"
WITHOUT_PIN = "还没有设 PIN 码，解锁和换人要输密码"


class OwnAccount(Page):
    """Everybody has it, whatever the role."""

    kinds = frozenset({KIND.name})

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._session = session
        self._who, self._state = QLabel(self), QLabel(self)
        self.password = plain_button(CHANGE_PASSWORD, self, icon_name="key-round")
        self.pin = plain_button(SET_PIN, self, icon_name="lock")
        self.no_pin = plain_button(DROP_PIN, self)
        self.no_pin.hide()
        self._lay_out()
        self.password.clicked.connect(self.ask_for_password)
        self.pin.clicked.connect(self.ask_for_pin)
        self.no_pin.clicked.connect(self.drop_pin)

    def load(self) -> None:
        self._show(service.myself(self._session.desk))

    @Slot()
    def ask_for_password(self) -> None:
        """Another password, for which the present one is asked again."""
        sheet = OwnPasswordSheet(self)

        def work(_job: Job) -> object:
            return self._session.change_password(sheet.current.secret(), sheet.new.secret())

        sheet.carry_out(self._runner, work, partial(self._done, "密码已更换"))

    @Slot()
    def ask_for_pin(self) -> None:
        """A PIN, or another one."""
        sheet = PinSheet(self)

        def work(_job: Job) -> object:
            return service.set_pin(self._session.desk, sheet.pin.secret())

        sheet.carry_out(self._runner, work, partial(self._done, "PIN 码已设好，下次锁屏起可用"))

    @Slot()
    def drop_pin(self) -> None:
        """No PIN any more: the password unlocks."""
        self.in_background(DROP_PIN, self._without_pin, partial(self._done, "PIN 码已取消"))

    def _without_pin(self, _job: Job) -> object:
        return service.set_pin(self._session.desk, None)

    def _done(self, sentence: str, changed: Changed[Any]) -> None:
        self.tell_changed(changed, sentence)

    def _show(self, line: OperatorLine) -> None:
        operator = line.operator
        at_street = self._session.database.station.is_street
        self._who.setText(f"{operator.name}　{role_word(operator.role, at_street=at_street)}")
        since = list_day(operator.password_changed, today=self._session.desk.today)
        pin = WITH_PIN if line.has_pin else WITHOUT_PIN
        self._state.setText(f"密码设于{since}。{pin}。")
        self.pin.setText(CHANGE_PIN if line.has_pin else SET_PIN)
        self.no_pin.setVisible(line.has_pin)

    def _lay_out(self) -> None:
        card = Card("我的账号", self)
        self._who.setProperty("role", "bold")
        self._state.setProperty("role", "quiet")
        for label in (self._who, self._state):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            card.body.addWidget(label)
        buttons = FlowLayout(gap=SPACE.small)
        for button in (self.password, self.pin, self.no_pin):
            buttons.addWidget(button)
        card.body.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
