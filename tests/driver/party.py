"""Uses the list, the sheets and the page of 在职党员报到 as a clerk does."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_app.ledgers.party.ui.pane import PartyPane
from tests.driver.co_building import ListSeat, RecordSeat
from tests.driver.volunteering import VolunteerSheets


class PartySeat(ListSeat, VolunteerSheets):
    """In front of the list."""

    page: PartyPane

    def __init__(self, page: PartyPane, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)

    @property
    def names(self) -> list[str]:
        return self.column("姓名")


class PartyPageSeat(RecordSeat, VolunteerSheets):
    """In front of one 报到, with its sheets."""
