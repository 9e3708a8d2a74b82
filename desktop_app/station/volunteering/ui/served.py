"""What the pages of 志愿 show of service: hours of members, of a volunteer, of a quarter."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.hours import hours_words
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.periods import Period
from desktop_app.core.route import Open
from desktop_app.core.wording import list_day
from desktop_app.ledgers.party.ui.pane import PartyPane
from desktop_app.ledgers.party.ui.party_page import PartyPage
from desktop_app.ledgers.party.ui.sheets import Served
from desktop_app.ledgers.posts.record import SHIFTS
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.ledgers.service.rules.listing import ServiceLine
from desktop_app.ledgers.service.ui.looks import service_chip
from desktop_app.registers.volunteers.ui.teams_pane import TeamsPane
from desktop_app.registers.volunteers.ui.volunteer_page import VolunteerPage
from desktop_app.station.volunteering.feedback import served_in
from desktop_app.station.volunteering.served import FromLedgers, ServedByOne, served_by
from desktop_app.storage.session import Desk
from desktop_app.widgets.facts import Fact, FactsCard
from desktop_app.widgets.forms import Card
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.theme import theme_of


class ServedTeamsPane(TeamsPane):
    """The members' hours of the month, and who is serving now."""

    kinds = TeamsPane.kinds | {SERVICE.name, SHIFTS.name}
    serving = FromLedgers()


class ServedVolunteerPage(VolunteerPage):
    """The page of a volunteer shows what was served."""

    kinds = VolunteerPage.kinds | {SERVICE.name}

    def add_cards(self) -> tuple[list[QWidget], list[QWidget]]:
        self.hours = FactsCard("服务时长", self)
        self.served = Card("最近的服务", self)
        self.records = LineList("最近的服务", self.served)
        self.records.chosen.connect(self._open_record)
        self.served.add_list(self.records)
        return [self.served], [self.hours]

    def read_beyond(self, volunteers: tuple[Uid, ...]) -> ServedByOne:
        return served_by(self._desk, volunteers[0])

    def show_beyond(self, beyond: object) -> None:
        assert isinstance(beyond, ServedByOne)
        self.hours.show_facts(_hours(beyond))
        today = self._desk.today
        items = [
            LineItem(
                line.uid.hex,
                line.title,
                beside=list_day(line.day, today=today),
                detail=_how_long(line),
                chip=service_chip(line.state),
            )
            for line in beyond.latest
        ]
        self.served.setVisible(bool(items))
        self.records.set_items(items)
        self.records.setFixedHeight(len(items) * theme_of().metrics.two_line_row)

    @Slot(object)
    def _open_record(self, uid: object) -> None:
        found = parse_uid(str(uid))
        if found is not None:
            self.go(Open(SERVICE.name, found))


class ServedPartyPane(PartyPane):
    """The sheet of a quarter proposes what was served."""

    def served(self, resident: Uid, quarter: Period) -> Served | None:
        return _told_of(self._desk, resident, quarter)


class ServedPartyPage(PartyPage):
    """The same on the page of one who reported."""

    def served(self, resident: Uid, quarter: Period) -> Served | None:
        return _told_of(self._desk, resident, quarter)


def _told_of(desk: Desk, resident: Uid, quarter: Period) -> Served:
    lines, minutes = served_in(desk, resident, quarter)
    return Served(minutes, len(lines))


def _how_long(line: ServiceLine) -> str:
    told = "服务中" if line.minutes is None else hours_words(line.minutes)
    return f"{told} · {line.source.label}" + (" · 好事实事" if line.good_deed else "")


def _hours(beyond: ServedByOne) -> list[Fact]:
    """Confirmed hours, each source of them, and what still waits."""
    hours = beyond.hours
    facts = [Fact("已确认", f"{hours_words(hours.minutes)}（{hours.times} 次）")]
    if len(hours.by_source) > 1:
        facts += [
            Fact(f"其中{one.label}", hours_words(minutes))
            for one, minutes in hours.by_source.items()
        ]
    if hours.certified != hours.minutes:
        facts.append(Fact("可写入证明", f"{hours_words(hours.certified)}，重叠的时间只计一次"))
    if hours.waiting:
        facts.append(Fact("待确认", f"{hours.waiting} 条，确认后计入"))
    return facts
