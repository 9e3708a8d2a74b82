"""A new station: its name and code, the first operator, and then the recovery code, once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.clock import Clock
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.job import Job
from desktop_app.station.backups.service import restore
from desktop_app.station.set_up import service
from desktop_app.station.set_up.service import Created
from desktop_app.station.sign_in.ui.door import Door, SecretInput
from desktop_app.station.sign_in.ui.passwords import NOT_THE_SAME, RULE
from desktop_app.storage.backup import SUFFIX
from desktop_app.storage.home import Edition
from desktop_app.widgets.dialogs import tell, tell_fault
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import focus_order, plain_button, primary_button
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner


class SetUpWindow(QWidget):
    """`made` comes when the home exists and the code has been put away."""

    made = Signal()

    def __init__(self, path: Path, clock: Clock) -> None:
        super().__init__()
        self.setWindowTitle("近邻台 · 新建站点")
        self.setMinimumSize(960, 640)
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
        page = CodePage(created.recovery_code, self._stack)
        page.put_away.connect(self.made)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._runner.shut_down()
        super().closeEvent(event)


class StationForm(Door):
    """The form of a new station. `created` carries what `service.create_home` answered.

    `restored` comes instead when a backup was put in its place.
    """

    created = Signal(object)
    restored = Signal()

    def __init__(
        self, path: Path, clock: Clock, runner: JobRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("新建站点", "近邻台 · 第一次使用", parent)
        self._path, self._clock, self._runner = path, clock, runner
        self.name, self.code = LineInput(self), LineInput(self, chinese=False)
        self.operator = LineInput(self)
        self.password, self.again = SecretInput(self), SecretInput(self)
        self.fields = {
            "name": LabelledField(
                "站点名称", self.name, self, key="N", hint="例如：青榕雅苑党群服务站"
            ),
            "code": LabelledField(
                "站点编码", self.code, self, key="C", hint="2 到 8 位字母或数字，印在每个编号前面。"
            ),
            "operator_name": LabelledField("您的姓名（站长）", self.operator, self, key="O"),
            "password": LabelledField("密码", self.password, self, key="P", hint=RULE),
            "again": LabelledField("再输一次密码", self.again, self, key="A"),
        }
        self.button = primary_button("新建", self)
        self.from_backup = QPushButton("已有数据？从备份恢复…", self)
        self.from_backup.setProperty("role", "plain")
        for field in self.fields.values():
            self.card.body.addWidget(field)
        self.card.body.addWidget(self.button)
        self.card.body.addWidget(self.from_backup, 0, Qt.AlignmentFlag.AlignLeft)
        focus_order([*self.fields.values(), self.button, self.from_backup])
        self.from_backup.clicked.connect(self._ask_which)
        self.again.submitted.connect(self.submit)
        self.button.clicked.connect(self.submit)

    @Slot()
    def submit(self) -> None:
        """Make the home; wrong fields are told beside them."""
        for field in self.fields.values():
            field.clear_problem()
        if self.password.secret() != self.again.secret():
            self.fields["again"].set_problem(NOT_THE_SAME)
            self.fields["again"].go()
            return
        self.button.setEnabled(False)
        name, code = self.name.value(), self.code.value()
        operator, password = self.operator.value(), self.password.secret()

        def work(_job: Job) -> object:
            return service.create_home(
                self._path, Edition.STATION, name, code, operator, password, clock=self._clock
            )

        ticket = self._runner.start("新建站点", work, quick=True)
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
        self.setEnabled(False)

        def work(_job: Job) -> object:
            return restore(Path(file), self._path, self._clock)

        ticket = self._runner.start("从备份恢复", work)
        ticket.done.connect(self._restored)
        ticket.failed.connect(self._not_restored)

    @Slot(object)
    def _restored(self, _home: object) -> None:
        self.setEnabled(True)
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
        self.setEnabled(True)
        tell_fault(self, "没有恢复", fault)

    @Slot(object)
    def _failed(self, fault: Fault) -> None:
        self.button.setEnabled(True)
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        for problem in reversed(problems):
            field = self.fields.get(problem.field or "name", self.fields["name"])
            field.set_problem(problem.words)
            field.go()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fields["name"].go()


class CodePage(Door):
    """Shows the recovery code once. `put_away` comes when the person says it is kept."""

    put_away = Signal()

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__("请抄下恢复码并密封保管", "只显示这一次", parent)
        self._code = code
        why = QLabel(
            "所有人都忘记密码时，只有恢复码能打开本站的数据。请抄两份装入信封密封，"
            "一份由站长保管，一份交社区或街道保管，不要存在这台电脑里。",
            self,
        )
        why.setWordWrap(True)
        shown = QLabel(code, self)
        shown.setProperty("role", "code")
        shown.setAccessibleName("恢复码")
        shown.setAccessibleDescription(code)
        shown.setWordWrap(True)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.kept = QCheckBox("已经抄好并密封", self)
        self.button = primary_button("开始使用", self)
        self.button.setEnabled(False)
        copy = plain_button("复制", self, icon_name="copy")
        for widget in (why, shown, copy, self.kept, self.button):
            self.card.body.addWidget(widget)
        self.kept.toggled.connect(self.button.setEnabled)
        self.button.clicked.connect(self.put_away)
        copy.clicked.connect(self._copy)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
