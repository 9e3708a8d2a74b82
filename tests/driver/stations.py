"""Uses the page 站点 as a street's manager does: keys, sheets, what stands in rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop_app.street.stations.ui.join_sheets import (
    InvitationDone,
    InviteSheet,
    RequestSheet,
    WelcomeDone,
)
from desktop_app.street.stations.ui.page import StationsPage
from desktop_app.street.stations.ui.paper_sheet import PaperKeySheet
from desktop_app.street.stations.ui.views import StationRow
from desktop_app.widgets.choices import ChoiceBox
from tests.driver.program import Counter
from tests.driver.settings import open_dialogs
from tests.driver.typing import press, type_text
from tests.driver.visits import choose

PATIENCE = 20_000
S = TypeVar("S", bound=QDialog)


class StationsDesk:
    """The page in the real window."""

    def __init__(self, office: Counter) -> None:
        self.office = office
        office.workplace.pages.show_page("stations")
        page = office.workplace.pages.current_page
        assert isinstance(page, StationsPage)
        self.page = page
        office.settle()

    def wait(self, condition: Callable[[], object]) -> None:
        self.office.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    # --- sheets --------------------------------------------------------------------------------

    def sheet(self, kind: type[S]) -> S:
        """The open sheet of that kind, with the keyboard."""
        self.wait(lambda: any(isinstance(one, kind) for one in open_dialogs()))
        found = next(one for one in open_dialogs() if isinstance(one, kind))
        found.activateWindow()
        self.wait(found.isActiveWindow)
        return found

    def close(self, sheet: QDialog) -> None:
        """Put a message away."""
        sheet.accept()
        self.wait(lambda: sheet not in open_dialogs())
        self.come_back()

    def come_back(self) -> None:
        """The window has the keyboard again, once no sheet is open."""
        self.wait(lambda: not open_dialogs())
        self.office.window.activateWindow()
        self.wait(self.office.window.isActiveWindow)

    def invite(self, folder: Path) -> tuple[str, str]:
        """生成邀请文件: answers the street's code, and the key on paper if it was shown."""
        self.come_back()
        self.office.press(Qt.Key.Key_I, with_=Qt.KeyboardModifier.ControlModifier)
        self.sheet(InviteSheet).choose(str(folder))
        self.wait(
            lambda: any(isinstance(one, PaperKeySheet | InvitationDone) for one in open_dialogs())
        )
        paper = ""
        if any(isinstance(one, PaperKeySheet) for one in open_dialogs()):
            shown = self.sheet(PaperKeySheet)
            paper = "".join(shown.groups.accessibleDescription().split())
            shown.check.setChecked(True)
            shown.button("done").click()
        done = self.sheet(InvitationDone)
        code = done.code.code
        self.close(done)
        return code, paper

    def look_at(self, request: Path) -> RequestSheet:
        """接收申请 with a file; the sheet that asks whether to."""
        self.page.joiner.take_request(str(request))
        return self.sheet(RequestSheet)

    def accept(self, request: Path, read_out: str) -> None:
        """Accept a request whose code was read out by telephone."""
        sheet = self.look_at(request)
        sheet.fields["expect"].go()
        type_text(sheet, read_out)
        press(sheet, Qt.Key.Key_Return)
        self.close(self.sheet(WelcomeDone))

    def fill(self, kind: type[S], **texts: str) -> S:
        """Type into the fields of the open sheet, by their names, and press its verb."""
        sheet = self.sheet(kind)
        for name, text in texts.items():
            field = sheet.fields[name]  # type: ignore[attr-defined]
            field.go()
            if isinstance(field.editor, ChoiceBox):
                choose(field.editor, text)
                continue
            field.editor.selectAll()
            type_text(sheet, text)
        sheet.press_primary()  # type: ignore[attr-defined]
        return sheet

    def do(self, code: str, key: Qt.Key) -> None:
        """Press a letter on the row of a station."""
        self.come_back()
        self.focus(code)
        self.office.press(key)

    def focus(self, code: str) -> None:
        """Put the keyboard on the row of a station."""
        self.page.table.focus_row(self.row(code).uid)
        self.page.table.view.setFocus()

    # --- what is seen --------------------------------------------------------------------------

    @property
    def rows(self) -> list[StationRow]:
        found = self.page.table.model.rows
        return [row for row in found if isinstance(row, StationRow)]

    @property
    def codes(self) -> list[str]:
        return [row.stand.code for row in self.rows]

    def row(self, code: str) -> StationRow:
        return next(row for row in self.rows if row.stand.code == code)

    def fact(self, label: str) -> str:
        """What stands beside a label of the station with the keyboard."""
        details = self.page.details
        cards = (details.reports, details.entry, details.keys)
        return next((words for card in cards if (words := card.words_of(label))), "")
