"""Uses the tab 岗位值班 and the page of a post as a clerk does."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.ledgers.posts.ui.pane import PostsPane
from desktop_app.widgets.dialogs import ChooseSheet
from tests.driver.co_building import ListSeat, RecordSeat
from tests.driver.residents import ENTER, seen
from tests.driver.typing import press
from tests.driver.volunteering import VolunteerSheets

K = Qt.Key


class PostsSeat(ListSeat, VolunteerSheets):
    """In front of the posts, their claims and the duty roster."""

    page: PostsPane

    def __init__(self, page: PostsPane, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)

    @property
    def posts(self) -> list[str]:
        return self.column("岗位")

    @property
    def claims(self) -> list[tuple[str, str]]:
        """Who is listed as claiming the focused post, and how it stands."""
        model = self.page.claims.table.model
        return [
            (str(model.index(row, 0).data()), str(model.index(row, 1).data()))
            for row in range(model.rowCount())
        ]

    @property
    def lines(self) -> list[str]:
        """The lines of the roster: post and hours."""
        rows = self.page.roster.grid.table.rows
        return [f"{row.name} {row.hours}" for row in rows]

    @property
    def days(self) -> tuple[date, ...]:
        return self.page.roster.grid.table.days

    @property
    def told(self) -> str:
        """The sentence on the focused cell."""
        return self.page.roster.told.text()

    @property
    def summary(self) -> str:
        return self.page.roster.about.text()

    def cell(self, day: date, line: int = 0) -> str:
        """What stands in a cell: names with their marks, what is missing."""
        grid = self.page.roster.grid
        if day not in grid.table.days or line >= len(grid.table.rows):
            return ""
        return str(grid.table.index(line, grid.table.days.index(day)).data())

    def stand_at(self, day: date, line: int = 0) -> None:
        """Put the keyboard into a cell of the roster."""
        self.page.activateWindow()
        self.wait(self.page.isActiveWindow)
        self.page.roster.grid.setFocus()
        self.page.roster.grid.go_to(line, day)

    def into_claims(self) -> None:
        """Put the keyboard into the claims."""
        self.page.activateWindow()
        self.wait(self.page.isActiveWindow)
        self.page.claims.table.view.setFocus()

    def choose_in_sheet(self, word: str) -> None:
        """In a sheet that offers people: go down to one and take it."""
        sheet = self.sheet()
        assert isinstance(sheet, ChooseSheet)
        titles = [item.title for item in sheet.list.items]
        press(sheet, *[K.Key_Down] * titles.index(word), ENTER)

    @property
    def question_words(self) -> str:
        """What the open question says."""
        return " ".join(label.text() for label in seen(self.sheet(), QLabel))


class PostPageSeat(RecordSeat, VolunteerSheets):
    """In front of one post, with its sheets."""
