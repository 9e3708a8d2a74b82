"""The tab 协议."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.pane import Pane
from desktop_app.widgets.state_pane import StatePane


class AgreementsPane(Pane):
    """The list."""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self.state = StatePane(self)
        self.state.show_empty("还没有协议。")
        column = QVBoxLayout(self)
        column.addWidget(self.state)
