"""A new station or street: name and code, the first operator, then the recovery code, once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.clock import Clock
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.job import Job
from desktop_app.station.backups.service import restore
from desktop_app.station.set_up import service
from desktop_app.station.set_up.service import Created
from desktop_app.station.set_up.ui.code import RecoveryCode
from desktop_app.station.sign_in.ui.door import Door, SecretInput
from desktop_app.station.sign_in.ui.passwords import NOT_THE_SAME, RULE
from desktop_app.storage.backup import SUFFIX
from desktop_app.storage.home import Edition
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.dialogs import tell, tell_fault
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import enter_goes_on
from desktop_app.widgets.forms import focus_order, primary_button
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.tokens import LEAST_WINDOW

FROM_BACKUP = "已有数据？从备份恢复…"
FIRST_USE = "近邻台 · 第一次使用"


@dataclass(frozen=True, slots=True)
class _Words:
    """How the form names things in one edition."""

    title: str
    name: str
    name_hint: str
    code: str
    code_hint: str
    operator: str


_WORDS = {
    Edition.STATION: _Words(
        "新建站点",
        "站点名称",
        "例如：青榕雅苑党群服务站",
        "站点编码",
        "2 到 8 位字母或数字，印在每个编号前面。",
        "您的姓名（站长）",
    ),
    Edition.STREET: _Words(
        "新建街道",
        "街道名称",
        "例如：青榕街道办事处",
        "街道编码",
        "2 到 8 位字母或数字，各站的上报包按它认街道。",
        "您的姓名（街道管理员）",
    ),
}
_EDITIONS = (
    Choice(Edition.STATION, "站点：登记来访、办活动"),
    Choice(Edition.STREET, "街道：收各站的上报包"),
)


class SetUpWindow(QWidget):
    """`made` comes when the home exists and the code has been put away."""

    made = Signal()

    def __init__(self, path: Path, clock: Clock) -> None:
        super().__init__()
        self.setWindowTitle(FIRST_USE)
        self.setMinimumSize(*LEAST_WINDOW)
        self._runner = JobRunner(self)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.form = StationForm(path, clock, self._runner, self._stack)
        self.form.created.connect(self._show_code)
        self.form.restored.connect(self.made)
        self._stack.addWidget(self.form)

    @Slot(object)
    def _show_code(self, created: Created) -> None:
        at_street = created.home.about.edition is Edition.STREET
        page = CodePage(created.recovery_code, self._stack, at_street=at_street)
        page.put_away.connect(self.made)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._runner.shut_down()
        super().closeEvent(event)


class StationForm(Door):
    """The form of a new station or street. `created` carries what `service.create_home` answered.

    `restored` comes instead when a backup was put in its place.
    """

    created = Signal(object)
    restored = Signal()

    def __init__(
        self, path: Path, clock: Clock, runner: JobRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("", FIRST_USE, parent)
        self._path, self._clock, self._runner = path, clock, runner
        self.edition = ChoiceBar(_EDITIONS, self, value=Edition.STATION)
        self.name, self.code = LineInput(self), LineInput(self, chinese=False)
        self.operator = LineInput(self)
        self.password, self.again = SecretInput(self), SecretInput(self)
        self.fields = {
            "name": LabelledField("", self.name, self, key="N"),
            "code": LabelledField("", self.code, self, key="C"),
            "operator_name": LabelledField("", self.operator, self, key="O"),
            "password": LabelledField("密码", self.password, self, key="P", hint=RULE),
            "again": LabelledField("再输一次密码", self.again, self, key="A"),
        }
        self._where = LabelledField("这台电脑用在", self.edition, self, key="E")
        self.button = primary_button("新建", self)
        self.from_backup = QPushButton(FROM_BACKUP, self)
        for field in (self._where, *self.fields.values()):
            self.card.body.addWidget(field)
        self.card.body.addWidget(self.button)
        self.add_foot(self.from_backup)
        focus_order([self._where, *self.fields.values(), self.button, self.from_backup])
        enter_goes_on([self._where, *self.fields.values()], self.submit)
        self.edition.changed.connect(self._word)
        self._word()
        self.from_backup.clicked.connect(self._ask_which)
        self.button.clicked.connect(self.submit)

    @property
    def chosen(self) -> Edition:
        """Whose program it is to be."""
        return Edition.STREET if self.edition.value() == Edition.STREET else Edition.STATION

    @Slot()
    def _word(self) -> None:
        words = _WORDS[self.chosen]
        self.set_heading(words.title)
        for name, label, hint in (
            ("name", words.name, words.name_hint),
            ("code", words.code, words.code_hint),
            ("operator_name", words.operator, ""),
        ):
            self.fields[name].set_label(label)
            self.fields[name].set_hint(hint)
            self.fields[name].clear_problem()

    @Slot()
    def submit(self) -> None:
        """Make the home; wrong fields are told beside them."""
        for field in self.fields.values():
            field.clear_problem()
        if self.password.secret() != self.again.secret():
            self.fields["again"].set_problem(NOT_THE_SAME)
            self.fields["again"].go()
            return
        self._set_busy("button", "正在新建…")
        edition, name, code = self.chosen, self.name.value(), self.code.value()
        operator, password = self.operator.value(), self.password.secret()

        def work(_job: Job) -> object:
            return service.create_home(
                self._path, edition, name, code, operator, password, clock=self._clock
            )

        ticket = self._runner.start(_WORDS[edition].title, work, quick=True)
        ticket.done.connect(self.created)
        ticket.failed.connect(self._failed)

    @Slot()
    def _ask_which(self) -> None:
        chooser = QFileDialog(self, "选择备份文件")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter(f"近邻台备份 (*{SUFFIX})")
        chooser.fileSelected.connect(self.restore_from)
        chooser.open()

    @Slot(str)
    def restore_from(self, file: str) -> None:
        """Make this home from a backup instead."""
        self._set_busy("from_backup", "正在恢复，稍等片刻…")

        def work(_job: Job) -> object:
            return restore(Path(file), self._path, self._clock)

        ticket = self._runner.start("从备份恢复", work)
        ticket.done.connect(self._restored)
        ticket.failed.connect(self._not_restored)

    @Slot(object)
    def _restored(self, _home: object) -> None:
        self._set_busy()
        sheet = tell(
            self,
            "恢复完成",
            "请用备份那一刻的账号和密码登录。编号会改用下一个字母，不会与原来电脑上的重复。",
            tone="ok",
        )
        sheet.answered.connect(self._go_on)

    @Slot(object)
    def _go_on(self, _answer: object) -> None:
        self.restored.emit()

    @Slot(object)
    def _not_restored(self, fault: Fault) -> None:
        self._set_busy()
        tell_fault(self, "没有恢复", fault)

    @Slot(object)
    def _failed(self, fault: Fault) -> None:
        self._set_busy()
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        for name in reversed(self.fields):
            told = [one for one in problems if (one.field or "name") == name]
            if told:
                # A field may have several: all of what happened, then what to do about it, once.
                words = "".join(one.sentence for one in told)
                self.fields[name].set_problem(words + told[0].next_step)
                self.fields[name].go()

    def _set_busy(self, waiting: str = "", words: str = "") -> None:
        """Nothing can be pressed while the button named `waiting` says what is being done."""
        for field in (self._where, *self.fields.values()):
            field.setEnabled(not waiting)
        for name, button, verb in (
            ("button", self.button, "新建"),
            ("from_backup", self.from_backup, FROM_BACKUP),
        ):
            button.setEnabled(not waiting)
            button.setText(words if name == waiting else verb)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fields["name"].go()


class CodePage(Door):
    """Shows the recovery code once. `put_away` comes when the person says it is kept."""

    put_away = Signal()

    def __init__(
        self, code: str, parent: QWidget | None = None, *, at_street: bool = False
    ) -> None:
        super().__init__("请抄下恢复码并密封保管", "只显示这一次", parent)
        self.code = RecoveryCode(code, self, at_street=at_street)
        self.button = primary_button("开始使用", self)
        self.button.setEnabled(False)
        self.card.body.addWidget(self.code)
        self.card.body.addWidget(self.button)
        focus_order([self.code.check, self.code.copy, self.button])
        self.code.kept.connect(self.button.setEnabled)
        self.button.clicked.connect(self.put_away)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.code.check.setFocus(Qt.FocusReason.OtherFocusReason)
