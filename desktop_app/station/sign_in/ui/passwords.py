"""Two rarer doors: a password that has to be changed first, and the sealed recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.job import Job
from desktop_app.station.sign_in import service
from desktop_app.station.sign_in.house import House
from desktop_app.station.sign_in.ui.door import PRODUCT, Door, SecretInput
from desktop_app.station.sign_in.ui.rescue import AskTheStreet
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import enter_goes_on
from desktop_app.widgets.forms import focus_order, primary_button
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner

if TYPE_CHECKING:
    from desktop_app.station.sign_in.session import Session

RULE = "至少 10 位，含大写字母、小写字母、数字、符号中的三种。"
WHERE_THE_CODE_IS = "建站时抄下、密封保管的 7 组字母和数字，不分大小写。"
NOT_THE_SAME = "两次输入的新密码不一样，请再输一次。"


class NewPasswordPage(Door):
    """Somebody else set the password, or it is old: choose a new one before work begins."""

    changed = Signal()

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("请先换一个新密码", session.house.station_name, parent)
        self._session, self._runner = session, runner
        notice = QLabel(session.password_notice, self)
        notice.setWordWrap(True)
        self.current, self.new, self.again = (SecretInput(self) for _ in range(3))
        self.current_field = LabelledField("现在的密码", self.current, self, key="C")
        self.new_field = LabelledField("新密码", self.new, self, key="N", hint=RULE)
        self.again_field = LabelledField("再输一次新密码", self.again, self, key="A")
        self.button = primary_button("换密码", self)
        fields = (self.current_field, self.new_field, self.again_field, self.button)
        for widget in (notice, *fields):
            self.card.body.addWidget(widget)
        focus_order(fields)
        enter_goes_on((self.current_field, self.new_field, self.again_field), self.submit)
        self.button.clicked.connect(self.submit)

    @Slot()
    def submit(self) -> None:
        current, new = self.current.secret(), self.new.secret()
        if new != self.again.secret():
            self.again_field.set_problem(NOT_THE_SAME)
            self.again_field.go()
            return
        session = self._session
        self.button.setEnabled(False)

        def work(_job: Job) -> object:
            return session.change_password(current, new)

        ticket = self._runner.start("换密码", work, quick=True)
        ticket.done.connect(self._done)
        ticket.failed.connect(self._failed)

    @Slot(object)
    def _done(self, _changed: object) -> None:
        self.changed.emit()

    @Slot(object)
    def _failed(self, fault: Fault) -> None:
        self.button.setEnabled(True)
        field = self.current_field if fault.field == "current" else self.new_field
        field.set_problem(_all_words(fault))
        field.go()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.current_field.go()


class RecoveryPage(Door):
    """The way back in with the code from the sealed envelope. `signed_in` carries the `Session`."""

    signed_in = Signal(object)
    back_wanted = Signal()

    def __init__(self, house: House, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("用恢复码登录", house.station_name or PRODUCT, parent)
        self._house, self._runner = house, runner
        names = house.operators()
        self.code = LineInput(self, chinese=False)
        self.operator = ChoiceBox(
            [Choice(line.name, line.name) for line in names], self, value=names[0].name
        )
        self.new, self.again = SecretInput(self), SecretInput(self)
        self.code_field = LabelledField(
            "恢复码",
            self.code,
            self,
            key="R",
            hint=WHERE_THE_CODE_IS,
        )
        self.operator_field = LabelledField("给谁换密码", self.operator, self, key="N")
        self.new_field = LabelledField("新密码", self.new, self, key="P", hint=RULE)
        self.again_field = LabelledField("再输一次新密码", self.again, self, key="A")
        self.button = primary_button("登录并换密码", self)
        self.ask_street = AskTheStreet(house, runner, self)
        self.ask_street.setVisible(house.may_ask_the_street())
        back = QPushButton("返回", self)
        fields = (self.code_field, self.operator_field, self.new_field, self.again_field)
        for widget in (*fields, self.button):
            self.card.body.addWidget(widget)
        self.add_foot(self.ask_street, back)
        focus_order([*fields, self.button, self.ask_street, back])
        back.clicked.connect(self.back_wanted)
        self.button.clicked.connect(self.submit)
        enter_goes_on(fields, self.submit)

    @Slot()
    def submit(self) -> None:
        if self.new.secret() != self.again.secret():
            self.again_field.set_problem(NOT_THE_SAME)
            self.again_field.go()
            return
        code, operator = self.code.value(), str(self.operator.value() or "")
        new = self.new.secret()
        self.button.setEnabled(False)

        def work(_job: Job) -> object:
            return service.sign_in_with_recovery(self._house, code, operator, new)

        ticket = self._runner.start("用恢复码登录", work, quick=True)
        ticket.done.connect(self._done)
        ticket.failed.connect(self._failed)

    @Slot(object)
    def _done(self, session: object) -> None:
        self.signed_in.emit(session)

    @Slot(object)
    def _failed(self, fault: Fault) -> None:
        self.button.setEnabled(True)
        fields = {
            "password": self.new_field,
            "new": self.new_field,
            "operator": self.operator_field,
        }
        field = fields.get(fault.field or "", self.code_field)
        field.set_problem(_all_words(fault))
        field.go()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.code_field.go()


def _all_words(fault: Fault) -> str:
    if isinstance(fault, InvalidInput):
        return "".join(problem.sentence for problem in fault.problems) + fault.next_step
    return fault.words
