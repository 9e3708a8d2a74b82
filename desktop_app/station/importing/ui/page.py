"""导入表格: the wizard, and behind a button what was imported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.route import IMPORTS, ImportFile
from desktop_app.station.importing import service
from desktop_app.station.importing.rules.history import Import
from desktop_app.station.importing.ui.answers import Answers
from desktop_app.station.importing.ui.faces import Faces
from desktop_app.station.importing.ui.history import HistoryPane
from desktop_app.station.importing.ui.wizard import Offer, Wizard
from desktop_app.station.importing.ui.words import HISTORY, TITLE
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.forms import KeyHint, PageTitle, bind_keys, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

KEYS = "Ctrl+Enter"
STILL_IMPORTING = "导入还没有完成。请等它完成，或者先取消：取消以后什么也不留下。"


class ImportingPage(Page):
    """The window sees one page; `turn_to` brings what was imported to the front."""

    hints = (
        KeyHint("Ctrl+Enter", "下一步 / 导入"),
        KeyHint("Esc", "上一步"),
        KeyHint("Ctrl+O", "选择文件"),
        KeyHint("Alt+K", "台账"),
        KeyHint("Alt+Y", "年份"),
        KeyHint("Alt+H", "历史导入"),
        KeyHint("Enter", "改对应（在一列上）"),
        KeyHint("1 … 6", "只看一类（在预览里）"),
        KeyHint("S / N / L", "同一条 / 另一条 / 先不导入（在可能重复的行上）"),
        KeyHint("R", "撤回（在历史导入的一行上）"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.title = PageTitle(TITLE, self, action="下一步")
        bind_keys(self.title.action, KEYS)
        self.back = plain_button("上一步", self)
        self.back.setToolTip("上一步（Esc）")
        self.history_key = plain_button(HISTORY, self, icon_name="history", keys="Alt+H")
        self.to_wizard = plain_button("返回导入", self, icon_name="chevron-left", keys="Alt+H")
        for button in (self.to_wizard, self.history_key, self.back):
            self.title.add_secondary(button)
        EnterKey(self, self.to_wizard, self.history_key, self.back, self.title.action)
        self.faces = Faces(service.importable(), desk.database.zone, self)
        self.wizard = Wizard(desk, self, self.faces)
        self._answers = Answers(desk, self, self.wizard)
        self.history = HistoryPane(desk, self, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.faces)
        self._stack.addWidget(self.history)
        self._wanted_kind = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.small)
        column.addWidget(self.title)
        column.addWidget(self._stack, 1)
        self._connect()
        self._turned()

    # --- what the window asks for --------------------------------------------------------------

    @property
    def part(self) -> str:
        return IMPORTS if self._shows_history else ""

    def load(self) -> None:
        self.wizard.look_for_kept()

    def arrive(self) -> None:
        super().arrive()
        if self._shows_history:
            self.history.load()
            self.history.take_keyboard()
        else:
            self.faces.take_keyboard()

    def turn_to(self, part: str) -> None:
        self._show_history(part == IMPORTS)
        if part == IMPORTS and self.isVisible():
            self._to_history()

    def narrow_to(self, wanted: object) -> None:
        """A ledger's list wants to be filled, or a file was dropped on the window."""
        if isinstance(wanted, ImportFile):
            self._show_history(False)
            self._wanted_kind = wanted.kind
            if wanted.path is not None:
                self.wizard.take_file(wanted.path, wanted.kind)

    def may_leave(self) -> bool:
        if self.wizard.doing.is_taking_in:
            tell(self, "正在导入", STILL_IMPORTING, tone="warn")
            return False
        self.wizard.keeper.flush()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.wizard.keeper.flush()

    # --- inside --------------------------------------------------------------------------------

    @property
    def _shows_history(self) -> bool:
        return self._stack.currentWidget() is self.history

    def _connect(self) -> None:
        self.title.action.clicked.connect(self.wizard.advance)
        self.back.clicked.connect(self.wizard.go_back)
        self.history_key.clicked.connect(self._to_history)
        self.to_wizard.clicked.connect(self._to_wizard)
        self.wizard.turned.connect(self._turned)
        self.wizard.doing.begun.connect(self._turned)
        self.wizard.doing.taken_back.connect(self._reload)
        self.history.take_back_wanted.connect(self._take_back)
        self.history.begin_wanted.connect(self._to_wizard)
        self.faces.file.chosen.disconnect()
        self.faces.file.chosen.connect(self._take_chosen)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._escape)

    @Slot(object)
    def _take_chosen(self, path: Path) -> None:
        """For the ledger whose list one came from, until another one is said."""
        self.wizard.take_file(path, self._wanted_kind)

    @Slot()
    def _to_history(self) -> None:
        self._show_history(True)
        self.history.load()
        self.history.take_keyboard()

    @Slot()
    def _to_wizard(self) -> None:
        self._show_history(False)
        self.faces.take_keyboard()

    @Slot(object)
    def _take_back(self, made: Import) -> None:
        if self.wizard.doing.is_taking_in:
            tell(self, "正在导入", STILL_IMPORTING, tone="warn")
        else:
            self.wizard.doing.back.ask(made)

    @Slot()
    def _escape(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            # A list that hangs open does not keep Esc from the page.
            popup.close()
        elif self._shows_history:
            self._to_wizard()
        else:
            self.wizard.go_back()

    def _show_history(self, on: bool) -> None:
        self._stack.setCurrentWidget(self.history if on else self.faces)
        self._turned()

    @Slot()
    def _turned(self) -> None:
        """Another step, or another face: what the title says and offers."""
        history = self._shows_history
        offer = Offer() if history else self.wizard.offer
        draft = self.wizard.draft
        name = draft.name if draft is not None and not history else ""
        self.title.set_title(HISTORY if history else TITLE, name)
        self.title.action.setText(f"{offer.deed}  {KEYS}")
        self.title.action.setAccessibleName(offer.deed)
        self.title.action.setVisible(bool(offer.deed))
        self.title.action.setEnabled(offer.may_advance)
        self.back.setVisible(offer.may_go_back)
        self.to_wizard.setVisible(history)
        self.history_key.setVisible(not history and not self.faces.shows_progress)

    @Slot()
    def _reload(self) -> None:
        if self._shows_history:
            self.history.load()
