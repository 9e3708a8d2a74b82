"""How a list is written and where to: masked or whole, and why; then it is done in the background.

The strip at the foot of the window shows how far it is and lets it be stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app import catalog
from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.ledger_spec import Ledger
from desktop_app.core.rights import Right
from desktop_app.core.route import ExportList
from desktop_app.station.exporting import service
from desktop_app.station.exporting.rules.columns import Exported
from desktop_app.station.exporting.rules.templates import Template
from desktop_app.station.exporting.service import templates
from desktop_app.station.exporting.service.filling import fill_list
from desktop_app.station.exporting.ui.folder import documents
from desktop_app.station.papers.service import safe_name
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.dialogs import tell_fault
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner

MASKED, WHOLE = "masked", "whole"
_CHOICES = (
    Choice(MASKED, "遮挡姓名和号码", "1"),
    Choice(WHOLE, "完整内容（记入审计）", "2"),
)
_BOOK = "工作簿 (*.xlsx)"
_CSV = "CSV，给别的程序读 (*.csv)"
PLAIN = "普通表格"
NO_REASON = "要写明原因：给谁、做什么用。"


class ExportSheet(FormSheet):
    """`done` is called with what was written, after the sheet is long closed."""

    def __init__(
        self,
        desk: Desk,
        runner: JobRunner,
        home: QWidget,
        route: ExportList,
        done: Callable[[Exported], None],
    ) -> None:
        self._desk, self._runner, self._home = desk, runner, home
        self._route, self._done = route, done
        self._ledger: Ledger = catalog.ledgers()[route.kind]
        self._templates = templates.templates(desk, route.kind)
        self.template = ChoiceBox(
            (Choice("", PLAIN), *(Choice(one.key, one.name) for one in self._templates)), value=""
        )
        self.shown = ChoiceBar(_CHOICES, value=MASKED)
        self.reason = LineInput(placeholder="例如：报街道核对底数")
        fields = {
            "template": LabelledField("样式", self.template),
            "shown": LabelledField("私人内容", self.shown),
            "reason": LabelledField("原因", self.reason),
        }
        label = self._ledger.kind.label
        super().__init__(home, f"导出{label}", self._said(label), fields, "选择位置…")
        self._may_reveal = desk.actor.may(Right.REVEAL)
        fields["template"].setVisible(bool(self._templates))
        fields["shown"].setVisible(self._may_reveal)
        fields["reason"].hide()
        self.shown.changed.connect(self._look)
        self.asked.connect(self._ask_where)
        if not self._may_reveal:
            self.button("yes").setFocus()

    @property
    def unmasked(self) -> bool:
        """Whether somebody asked for the whole content."""
        return self._may_reveal and self.shown.value() == WHOLE

    def check(self) -> Mapping[str, str]:
        if self.unmasked and not self.reason.value():
            return {"reason": NO_REASON}
        return {}

    @Slot(str)
    def write_to(self, path: str) -> None:
        """Close, and write the list there."""
        desk, ledger, route = self._desk, self._ledger, self._route
        unmasked, reason = self.unmasked, self.reason.value() if self.unmasked else ""

        chosen = self._chosen()
        write: Callable[..., Changed[Exported]] = service.export
        if chosen is not None:
            write = partial(fill_list, template=chosen)

        def work(job: Job) -> Changed[Exported]:
            return write(
                desk,
                ledger,
                service.walked(route.read, job),
                Path(path),
                unmasked=unmasked,
                reason=reason,
                words=route.words,
                job=job,
            )

        home, done = self._home, self._done
        ticket = self._runner.start(f"导出{ledger.kind.label}", work)
        ticket.done.connect(lambda changed: done(changed.value))
        ticket.failed.connect(lambda fault: _tell(home, fault))
        self.finish()

    @Slot()
    def _look(self) -> None:
        self.fields["reason"].setVisible(self.unmasked)
        if self.unmasked:
            self.fields["reason"].go()

    @Slot()
    def _ask_where(self) -> None:
        filters = _BOOK if self._chosen() is not None else f"{_BOOK};;{_CSV}"
        chooser = QFileDialog(self, "导出到", str(documents()), filters)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("xlsx")
        chooser.selectFile(f"{safe_name(self._file_name())}.xlsx")
        chooser.filterSelected.connect(lambda words: chooser.setDefaultSuffix(_ending(words)))
        chooser.fileSelected.connect(self.write_to)
        chooser.rejected.connect(self._again)
        chooser.open()

    @Slot()
    def _again(self) -> None:
        self._set_busy(False)

    def _chosen(self) -> Template | None:
        key = self.template.value()
        return next((one for one in self._templates if one.key == key), None)

    def _file_name(self) -> str:
        chosen = self._chosen()
        called = chosen.name if chosen is not None else self._ledger.kind.label
        return f"{called} {self._desk.today:%Y-%m-%d}"

    def _said(self, label: str) -> str:
        found = f"（{self._route.found}）" if self._route.found else ""
        words = f"只有符合筛选的：{self._route.words}。" if self._route.words else ""
        return f"把列出的{label}{found}存成表格，顺序和列表一样。{words}"


def _ending(words: str) -> str:
    return "csv" if "csv" in words.lower() else "xlsx"


def _tell(home: QWidget, fault: Any) -> None:
    assert isinstance(fault, Fault)
    tell_fault(home, "没有导出", fault)
