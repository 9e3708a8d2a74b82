"""The section 导入表格 of 设置: the ways to the wizard and to what was imported."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.route import IMPORTS, OpenPage, import_for
from desktop_app.station.importing import service
from desktop_app.station.importing.ui.words import HISTORY
from desktop_app.storage.session import Desk
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.forms import Card, plain_button, primary_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

BEGIN = "导入表格…"
WHAT = "把往年用 Excel、WPS 记的台账搬进来。先预览，确认后才导入，导入后还能整次撤回。"
ANYWHERE = "也可以把表格直接拖到窗口的任何地方，或者用列表下面的“导入表格…”。"


class ImportsSection(Page):
    """Two doors, and what lies behind them."""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.begin = primary_button(BEGIN, self, icon_name="table-2")
        self.history = plain_button(HISTORY, self, icon_name="history")
        EnterKey(self, self.begin, self.history)
        kinds = "、".join(service.importable().values())
        card = Card("导入表格", self)
        for words, role in ((WHAT, ""), (f"可以导入：{kinds}。", "quiet"), (ANYWHERE, "quiet")):
            label = QLabel(words, card)
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            card.body.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(self.begin)
        line.addWidget(self.history)
        line.addStretch(1)
        card.body.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.begin.clicked.connect(self._begin)
        self.history.clicked.connect(self._look_back)

    @Slot()
    def _begin(self) -> None:
        self.go(import_for())

    @Slot()
    def _look_back(self) -> None:
        self.go(OpenPage(IMPORTS))
