"""Uses the panes and pages of 共建单位 and 共建协议 as a clerk does."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.ids import Uid
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.list_pane import ListPane
from desktop_app.widgets.record_page import RecordPage
from desktop_app.widgets.saving_sheet import SavingSheet
from tests.driver.residents import FormSeat, seen
from tests.driver.typing import type_text


class SheetSeat(FormSeat):
    """Also fills the sheet that is open."""

    def saving_sheet(self) -> SavingSheet:
        sheet = self.sheet()
        assert isinstance(sheet, SavingSheet)
        return sheet

    def write_into(self, **words: str) -> SavingSheet:
        """Type into fields of the open sheet, by their names; what stood there is replaced."""
        sheet = self.saving_sheet()
        for name, text in words.items():
            editor: Any = sheet.fields[name].editor
            editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            editor.selectAll()
            type_text(sheet, text)
        return sheet

    def save_sheet(self) -> SavingSheet:
        """Ctrl+Enter on the open sheet."""
        sheet = self.saving_sheet()
        sheet.button("yes").click()
        return sheet

    def keyboard_back(self) -> None:
        """A window manager gives the keyboard back; the offscreen platform has none."""
        self.wait(lambda: not seen(self.page, SavingSheet))
        self.page.activateWindow()
        self.wait(self.page.isActiveWindow)


class ListSeat(SheetSeat):
    """In front of a pane that is a list."""

    page: ListPane

    def __init__(self, page: ListPane, qtbot: QtBot) -> None:
        self.page = page
        super().__init__(page, qtbot)

    def column(self, title: str) -> list[str]:
        """The words of one column, from top to bottom."""
        model = self.page.table.model
        at = [column.title for column in model.columns].index(title)
        return [str(model.index(row, at).data() or "") for row in range(model.rowCount())]

    @property
    def titles(self) -> list[str]:
        return [column.title for column in self.page.table.model.columns]

    def settled(self) -> None:
        """Until the list was read."""
        table = self.page.table
        self.wait(lambda: table.model.rowCount() or any("没有" in one for one in self.sentences))


class RecordSeat(SheetSeat):
    """In front of one record."""

    page: RecordPage

    def __init__(self, page: RecordPage, qtbot: QtBot) -> None:
        self.page = page
        super().__init__(page, qtbot)

    def open(self, uid: Uid) -> None:
        """Go to a record's page and wait until it is there."""
        self.page.open_record(uid)
        if self.page.isVisible():
            self.page.arrive()
        else:
            self.come()
        self.wait(lambda: self.page.whole is not None)

    def told(self, label: str) -> str:
        """What stands beside this label on a card; empty when it is not shown."""
        cards = seen(self.page, FactsCard)
        return next((words for card in cards if (words := card.words_of(label))), "")
