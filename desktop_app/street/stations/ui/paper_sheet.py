"""The street's second key, shown once: to be printed or copied, sealed, and put away."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.printing.document import render
from desktop_app.registers.offices.ui.code_groups import CodeGroups
from desktop_app.street.stations.paper import IN_A_LINE, document, groups_of
from desktop_app.widgets.dialogs import Answer, Sheet
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.pdf_pages import page_sizes
from desktop_app.widgets.print_out import PrintOut
from desktop_app.widgets.theme import set_role

NAME = "街道备用密钥"
TITLE = f"{NAME}，只显示这一次"
WHY = (
    "这是街道的第二把密钥。街道的电脑和备份都没有了，只有它还能打开各站送来的上报包；"
    "谁拿到它，谁就能打开。请打印或抄下来，密封后放进保密柜，不要拍照，不要存进电脑。"
)
KEPT = "已打印或抄好，并已密封"
BY_HAND = "没有打印。请照屏幕抄写；接好打印机以后也可以再按“打印”。"


class PaperKeySheet(Sheet):
    """Closes only when the person says that it is kept."""

    def __init__(
        self,
        parent: QWidget,
        runner: JobRunner,
        key: str,
        street: str,
        fingerprint: str,
        now: datetime,
    ) -> None:
        done = Answer("done", "关闭", role="primary", is_escape=True)
        super().__init__(parent, TITLE, WHY, (done,), "warn")
        self._runner = runner
        self._paper = partial(document, key, street, fingerprint, now)
        self._printer = PrintOut(runner, self)
        self.print = plain_button("打印", self, icon_name="printer", keys="Ctrl+P")
        self.check = QCheckBox(KEPT, self)
        self._told = QLabel(self)
        self._told.setWordWrap(True)
        self._told.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.check)
        foot.addStretch(1)
        foot.addWidget(self.print)
        first, *rest = groups_of(key)
        self.groups = CodeGroups(rest, NAME, self, in_a_line=IN_A_LINE, lead=first, numbered=False)
        self.body.addWidget(self.groups)
        self.body.addLayout(foot)
        self.body.addWidget(self._told)
        self.button("done").setEnabled(False)
        self.check.toggled.connect(self.button("done").setEnabled)
        self.print.clicked.connect(self.print_it)
        self._printer.printed.connect(self._printed)
        self._printer.failed.connect(self._not_printed)
        self.check.setFocus()

    def reject(self) -> None:
        # Esc and the window's cross would lose the only sight of the key.
        if self.check.isChecked():
            super().reject()

    @Slot()
    def print_it(self) -> None:
        """Make the sheet of paper in memory and ask where to print."""
        ticket = self._runner.start("排版备用密钥", self._made, quick=True)
        ticket.done.connect(self._ask)
        ticket.failed.connect(self._not_printed)

    def _made(self, _job: Job) -> tuple[bytes, object]:
        data = render(self._paper())
        return data, page_sizes(data)

    @Slot(object)
    def _ask(self, made: tuple[bytes, object]) -> None:
        data, sizes = made
        assert isinstance(sizes, tuple)
        self._printer.ask(data, sizes, NAME)

    @Slot(object)
    def _printed(self, _count: object) -> None:
        self._say("已送到打印机，请取走并密封。", "small")

    @Slot(object)
    def _not_printed(self, fault: Fault) -> None:
        self._say(f"{fault.sentence}{BY_HAND}", "problem")

    def _say(self, words: str, role: str) -> None:
        self._told.setText(words)
        set_role(self._told, role)
        self._told.show()
