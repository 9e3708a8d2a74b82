"""One line of the list of requests as it is shown: all words made once, off the window's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.door_text import building_words
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_name
from desktop_app.core.origin import Urgency
from desktop_app.core.wording import Term
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.requests.rules.listing import RequestLine
from desktop_app.ledgers.requests.ui.parts import (
    assignee_words,
    due_text,
    moment_words,
    state_chip,
    who_words,
)
from desktop_app.registers.offices.names import StationNames
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.table_model import Cell


@dataclass(frozen=True, slots=True)
class RequestRow:
    """The words of one line; `masked` stands in the place of `name` while the row has no focus."""

    line: RequestLine
    when: str
    name: str
    masked: str
    title: str
    state: ChipText
    due: Cell
    assignee: str
    where: str
    station: str

    @property
    def uid(self) -> str:
        return str(self.line.uid)


def row_of(
    line: RequestLine,
    zone: Zone,
    today: date,
    calendar: WorkCalendar,
    *,
    mask: bool,
    stations: StationNames,
    compounds: Mapping[Uid, str],
) -> RequestRow:
    """The row of a line; with `mask` its name is hidden until it is focused.

    `stations` are the names of a street's stations, `compounds` those of the 小区.
    """
    said = [line.urgency.label] if line.urgency is not Urgency.NORMAL else []
    said += [Term.LATE_ENTRY.value] if line.late_entry else []
    compound = compounds.get(line.compound, "") if line.compound else ""
    where = " ".join(filter(None, (compound, building_words(line.building))))
    return RequestRow(
        line=line,
        when=moment_words(line, zone, today),
        name=who_words(line),
        masked=mask_name(line.name) if mask and line.name else who_words(line),
        title=" · ".join((*said, line.title)),
        state=state_chip(line.state, line.kind),
        due=due_text(line, today, calendar),
        assignee=assignee_words(line.assignee),
        where=where,
        station=stations.of(line.station),
    )
