"""One line of the list of visits as it is shown: all words made once, off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.masking import mask_name
from desktop_app.core.wording import Term
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.visits.rules.listing import VisitLine
from desktop_app.ledgers.visits.rules.visit import VisitKind
from desktop_app.ledgers.visits.ui.parts import (
    due_text,
    moment_words,
    person_words,
    state_chip,
)
from desktop_app.registers.offices.names import StationNames
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.table_model import Cell


@dataclass(frozen=True, slots=True)
class VisitRow:
    """The words of one line; `masked` stands in the place of `name` while the row has no focus."""

    line: VisitLine
    when: str
    name: str
    masked: str
    matter: str
    summary: str
    state: ChipText
    due: Cell
    station: str

    @property
    def uid(self) -> str:
        return str(self.line.uid)


def row_of(
    line: VisitLine,
    zone: Zone,
    today: date,
    calendar: WorkCalendar,
    *,
    mask: bool,
    stations: StationNames,
) -> VisitRow:
    """The row of a line; with `mask` its name is hidden until it is focused.

    `stations` are the names of a street's stations.
    """
    name = person_words(line)
    hidden = mask and line.kind is VisitKind.NAMED
    said = [Term.LATE_ENTRY.value] if line.late_entry else []
    said += [" ".join(line.summary.split())] if line.summary else []
    return VisitRow(
        line=line,
        when=moment_words(line, zone, today),
        name=name,
        masked=name.replace(line.name, mask_name(line.name), 1) if hidden else name,
        matter=line.matter_name or line.category,
        summary=" · ".join(said),
        state=state_chip(line.state),
        due=due_text(line, today, calendar),
        station=stations.of(line.station),
    )
