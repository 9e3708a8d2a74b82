"""The sign-in screen: who, password, Enter. Painted before anything heavy is loaded."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.station.sign_in import service
from desktop_app.station.sign_in.house import House
from desktop_app.station.sign_in.ui.door import PRODUCT, Door, SecretInput
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import focus_order, primary_button
from desktop_app.widgets.jobs import JobRunner

SIGNING_IN = "正在登录…"


class SignInPage(Door):
    """`signed_in` carries the `Session`; `recovery_wanted` asks for the other way in."""

    signed_in = Signal(object)
    recovery_wanted = Signal()

    def __init__(
        self, house: House, runner: JobRunner, parent: QWidget | None = None, *, last: str = ""
    ) -> None:
        super().__init__(house.station_name, PRODUCT, parent)
        self._house, self._runner = house, runner
        names = house.operators()
        self.operator = ChoiceBox(
            [Choice(line.uid, line.name) for line in names],
            self,
            value=next((line.uid for line in names if line.name == last), names[0].uid),
        )
        self.password = SecretInput(self)
        self.operator_field = LabelledField("操作员", self.operator, self, key="N")
        self.password_field = LabelledField("密码", self.password, self, key="P")
        self.button = primary_button("登录", self)
        self.recovery = QPushButton("忘记密码，用恢复码登录", self)
        for widget in (self.operator_field, self.password_field, self.button):
            self.card.body.addWidget(widget)
        self.add_foot(self.recovery)
        focus_order([self.operator_field, self.password_field, self.button, self.recovery])
        self.button.clicked.connect(self.submit)
        self.password.submitted.connect(self.submit)
        self.recovery.clicked.connect(self.recovery_wanted)

    @Slot()
    def submit(self) -> None:
        """Try to sign in with what is typed; the window stays alive meanwhile."""
        who = self.operator.value()
        if not isinstance(who, Uid):
            self.operator_field.set_problem("请先选择操作员。")
            return
        if not self.password.secret():
            self.password_field.set_problem("请输入密码。")
            self.password_field.go()
            return
        self._set_busy(True)
        password = self.password.secret()

        def work(_job: Job) -> object:
            return service.sign_in(self._house, who, password)

        ticket = self._runner.start("登录", work, quick=True)
        ticket.done.connect(self._done)
        ticket.failed.connect(self._failed)

    @Slot(object)
    def _done(self, session: object) -> None:
        self._set_busy(False)
        self.password.clear()
        self.signed_in.emit(session)

    @Slot(object)
    def _failed(self, fault: Fault) -> None:
        self._set_busy(False)
        self.password.selectAll()
        self.password_field.set_problem(fault.words)
        self.password_field.go()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.operator, self.password, self.button, self.recovery):
            widget.setEnabled(not busy)
        self.button.setText(SIGNING_IN if busy else "登录")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.password_field.go()
