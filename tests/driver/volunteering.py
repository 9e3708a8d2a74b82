"""Uses the panes, sheets and pages of volunteers and teams as a clerk does."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop_app.core.ids import Uid
from desktop_app.registers.volunteers.ui.teams_pane import TeamsPane
from desktop_app.registers.volunteers.ui.volunteers_pane import VolunteersPane
from tests.driver.co_building import ListSeat, SheetSeat
from tests.driver.residents import seen
from tests.driver.typing import press, type_text


class VolunteerSheets(SheetSeat):
    """Also fills what the sheets of volunteers have and others have not."""

    def editor(self, name: str) -> Any:
        """What stands in a field of the open sheet."""
        return self.saving_sheet().fields[name].editor

    def find_person(self, typed: str) -> None:
        """Type into the box of the form and take the first who is found."""
        sheet = self.saving_sheet()
        self.editor("resident").setFocus(Qt.FocusReason.ShortcutFocusReason)
        type_text(sheet, typed)
        press(sheet, Qt.Key.Key_Return)

    def pick(self, name: str, typed: str) -> None:
        """Find a record in the field of that name and go to the first of the list."""
        sheet, finder = self.saving_sheet(), self.editor(name)
        finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        type_text(sheet, typed)
        self.wait(lambda: finder.list.items and typed == finder.box.value())
        self.qtbot.waitUntil(lambda: not finder._pause.isActive())
        press(sheet, Qt.Key.Key_Down)
        self.wait(lambda: finder.value() is not None)

    def close_all(self) -> None:
        """Esc until nothing is open."""
        while sheets := seen(self.page, QDialog):
            sheets[-1].reject()
        self.page.activateWindow()
        self.wait(self.page.isActiveWindow)


class VolunteersSeat(ListSeat, VolunteerSheets):
    """In front of the list of volunteers."""

    page: VolunteersPane

    def __init__(self, page: VolunteersPane, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)

    @property
    def names(self) -> list[str]:
        return self.column("姓名")

    def lists(self, names: list[str]) -> bool:
        """Whether exactly these are listed."""
        return self.names == names

    @property
    def ticked(self) -> list[bool]:
        """Which of the rows are ticked, from top to bottom."""
        return [bool(word) for word in self.column("")]


class TeamsSeat(ListSeat, VolunteerSheets):
    """In front of the teams and the members of the focused one."""

    page: TeamsPane

    def __init__(self, page: TeamsPane, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)

    @property
    def teams(self) -> list[str]:
        return self.column("队名")

    def member_column(self, title: str) -> list[str]:
        """The words of one column of the members."""
        model = self.page.members.table.model
        at = [column.title for column in model.columns].index(title)
        return [str(model.index(row, at).data() or "") for row in range(model.rowCount())]

    @property
    def members(self) -> list[str]:
        return self.member_column("姓名")

    def focus(self, team: Uid) -> None:
        """Go to a team in the list."""
        self.page.table.focus_row(team.hex)

    def look_at(self, day: str) -> None:
        """Type the day whose members are wanted."""
        editor: Any = self.page.members.day.editor
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        editor.selectAll()
        type_text(self.page, day)
