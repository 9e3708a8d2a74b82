"""The locked screen: come back by PIN or password, or let somebody else take the seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.station.sign_in.house import SignInName
from desktop_app.station.sign_in.ui.door import Door, SecretInput
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import focus_order, primary_button
from desktop_app.widgets.jobs import JobRunner

if TYPE_CHECKING:
    from desktop_app.station.sign_in.session import Session

BY_PIN = "PIN 码"
BY_PASSWORD = "密码"
WHY_THE_PASSWORD = "今天第一次在这里登录，或还没有设置 PIN 码，请输入密码。"


class LockPage(Door):
    """`taken` carries the `Desk` of whoever proved to be who they are; `leave_wanted` closes."""

    taken = Signal(object)
    leave_wanted = Signal()

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("已锁屏", session.house.station_name, parent)
        self._session, self._runner = session, runner
        self._is_pin = self._may_use_pin = False
        names = _names(session)
        self.operators = ChoiceBar(
            [
                Choice(line.uid, line.name, str(number) if number <= 9 else "")
                for number, line in enumerate(names, start=1)
            ],
            self,
            value=session.desk.actor.uid,
        )
        self.secret = SecretInput(self)
        self.operator_field = LabelledField("操作员", self.operators, self, key="N")
        self.secret_field = LabelledField(BY_PASSWORD, self.secret, self, key="P")
        self.button = primary_button("解锁", self)
        self.other_way = QPushButton(self)
        self.leave = QPushButton("退出程序", self)
        for widget in (self.operator_field, self.secret_field, self.button):
            self.card.body.addWidget(widget)
        self.add_foot(self.other_way, self.leave)
        focus_order(
            [self.operator_field, self.secret_field, self.button, self.other_way, self.leave]
        )
        self.operators.changed.connect(self._ask_the_right_way)
        self.operators.submitted.connect(self.secret_field.go)
        self.secret.submitted.connect(self.submit)
        self.button.clicked.connect(self.submit)
        self.other_way.clicked.connect(self._change_way)
        self.leave.clicked.connect(self.leave_wanted)
        self._ask_the_right_way()

    @Slot()
    def submit(self) -> None:
        """Prove who sits here now."""
        who, typed = self.operators.value(), self.secret.secret()
        if not isinstance(who, Uid):
            self.operator_field.set_problem("请先选择操作员。")
            return
        if not typed:
            self.secret_field.set_problem(f"请输入{self.secret_field.label}。")
            self.secret_field.go()
            return
        session, is_pin = self._session, self._is_pin

        def work(_job: Job) -> object:
            if is_pin:
                return session.switch_by_pin(who, typed)
            return session.switch_by_password(who, typed)

        self.button.setEnabled(False)
        ticket = self._runner.start("解锁", work, quick=True)
        ticket.done.connect(self._done)
        ticket.failed.connect(self._failed)

    def say_unsaved(self) -> None:
        """The program cannot be left now: something behind the lock is not saved."""
        self.secret_field.set_problem(
            "还有填了一半没保存的内容，没有退出。请先解锁，保存后再退出。"
        )
        self.secret_field.go()

    @Slot(object)
    def _done(self, desk: object) -> None:
        self.button.setEnabled(True)
        self.secret.clear()
        self.taken.emit(desk)

    @Slot(object)
    def _failed(self, fault: Fault) -> None:
        self.button.setEnabled(True)
        by_pin = self._is_pin
        self._ask_the_right_way()
        self._ask_for(self._may_use_pin and by_pin)
        self.secret_field.set_problem(fault.words)
        self.secret_field.go()

    @Slot()
    def _ask_the_right_way(self) -> None:
        who = self.operators.value()
        self._may_use_pin = isinstance(who, Uid) and self._session.may_use_pin(who)
        self._ask_for(self._may_use_pin)

    @Slot()
    def _change_way(self) -> None:
        self._ask_for(not self._is_pin)
        self.secret_field.go()

    def _ask_for(self, pin: bool) -> None:
        self._is_pin = pin
        self.secret.clear()
        self.secret_field.set_label(BY_PIN if pin else BY_PASSWORD)
        self.secret_field.set_hint("" if self._may_use_pin else WHY_THE_PASSWORD)
        self.other_way.setText(f"改用{BY_PASSWORD if pin else BY_PIN}")
        self.other_way.setVisible(self._may_use_pin)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.secret_field.go()


def _names(session: Session) -> list[SignInName]:
    """Who may sign in; at least who sits here now, for the screen must be hidden in any case."""
    try:
        return session.house.operators()
    except Fault:
        # The key slots are gone: the PIN still opens, and a password gets told what is missing.
        actor = session.desk.actor
        assert actor.uid is not None
        return [SignInName(actor.uid, actor.name)]
