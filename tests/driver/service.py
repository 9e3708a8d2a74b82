"""Uses the screens of service records and certificates as a clerk at the desk does."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop_app.ledgers.service.ui.certificates_pane import CertificatesPane
from desktop_app.ledgers.service.ui.desk_panel import DeskPanel
from desktop_app.ledgers.service.ui.service_pane import ServicePane
from desktop_app.widgets.dialogs import Sheet
from desktop_app.widgets.list_pane import ListPane
from tests.driver.co_building import ListSeat, RecordSeat
from tests.driver.residents import ENTER, seen
from tests.driver.typing import type_text

K = Qt.Key


class RowsSeat(ListSeat):
    """In front of one of the two lists."""

    def __init__(self, page: ListPane, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)

    def settle(self) -> None:
        """Until nothing is read any more."""
        self.wait(lambda: not self.page._runner.running)

    def focus(self, name: str) -> None:
        """Put the keyboard on the first row of somebody."""
        rows: Any = self.page.table.model.rows
        self.page.table.focus_row(next(row.uid for row in rows if row.name == name))
        self.page.table.view.setFocus()

    def said(self) -> str:
        """What the open message says, which is then put away."""
        sheet = self.sheet()
        assert isinstance(sheet, Sheet)
        words = sheet.accessibleDescription()
        self.put_away(sheet)
        return words

    def put_away(self, sheet: QDialog) -> None:
        sheet.reject()
        self.wait(lambda: not seen(self.page, QDialog))
        self.page.activateWindow()
        self.wait(self.page.isActiveWindow)

    def write_in(self, name: str, text: str) -> None:
        """Type into one field of the open sheet; what stood there is replaced."""
        sheet = self.saving_sheet()
        sheet.fields[name].go()
        editor: Any = sheet.fields[name].editor
        if hasattr(editor, "selectAll"):
            editor.selectAll()
        type_text(sheet, text)


class ServiceSeat(RowsSeat):
    """服务记录, with the desk beside the list."""

    page: ServicePane

    @property
    def desk(self) -> DeskPanel:
        assert self.page.desk_panel is not None
        return self.page.desk_panel

    @property
    def told(self) -> str:
        """What stands below the box."""
        return self.desk.said.text()

    def call(self, words: str, *keys: Qt.Key) -> None:
        """Type somebody into the box, then Enter."""
        self.write(words)
        self.press(*(keys or (ENTER,)))

    @property
    def serving(self) -> list[str]:
        """Who stands in the list of those who serve."""
        return [item.title for item in self.desk.list.items]


class CertificatesSeat(RowsSeat):
    """证明."""

    page: CertificatesPane


class OneSeat(RecordSeat):
    """In front of one record or certificate."""
