"""How an activity looks in the list and in the calendar, the same in both. Words and tones only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.rights import Actor, Right
from desktop_app.core.wording import Term, list_day, minute
from desktop_app.ledgers.activities.rules.activity import (
    BEFORE,
    EDITABLE,
    Action,
    ActivityState,
    kind_label,
)
from desktop_app.ledgers.activities.rules.listing import ActivityLine
from desktop_app.ledgers.activities.rules.steps import steps_from
from desktop_app.registers.offices.names import StationNames
from desktop_app.widgets.chips import ChipText

_S = ActivityState
_LOOKS: dict[ActivityState, tuple[str, str]] = {
    _S.PLANNED: ("quiet", "calendar-days"),
    _S.OPEN: ("info", "user-plus"),
    _S.RUNNING: ("info", "circle-dot"),
    _S.TO_RECORD: ("warn", "pencil"),
    _S.TO_REVIEW: ("warn", "clipboard-check"),
    _S.ARCHIVED: ("ok", "archive"),
    _S.CANCELLED: ("quiet", "ban"),
}
FORGOTTEN = ChipText("已过未记录", "late")
"""Its time is over, and it still stands there as if it were to come."""

CHANGE, COPY, CANCEL, REPEAT = "change", "copy", "cancel", "repeat"
KEYS = {CHANGE: "E", COPY: "C", CANCEL: "X", REPEAT: "R"}
"""The letter of each action on the focused row."""


def state_chip(state: ActivityState) -> ChipText:
    """The state as a chip: icon, word, tone."""
    tone, icon = _LOOKS[state]
    return ChipText(state.label, tone, icon)


def standing(line: ActivityLine, now: Millis) -> ChipText:
    """The state of a line; what is over and was never begun says so."""
    if line.state in BEFORE and line.ends_at <= now:
        return FORGOTTEN
    return state_chip(line.state)


def people_words(line: ActivityLine) -> str:
    """实到 and 应到: `32/40`; before it begins only who is expected."""
    expected = line.counts.listed if line.expected is None else line.expected
    if not line.held:
        return f"应到{expected}" if expected else ""
    return f"{line.counts.present}/{expected}" if expected else str(line.counts.present)


def span_words(line: ActivityLine, zone: Zone) -> str:
    """09:30–11:00, and 次日 when it ends on the next day."""
    over = "次日" if zone.day(line.ends_at) != line.day else ""
    return f"{minute(line.starts_at, zone)}–{over}{minute(line.ends_at, zone)}"


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One line in words, made off the window's thread."""

    line: ActivityLine
    when: str
    span: str
    kind: str
    people: str
    place: str
    chip: ChipText
    station: str

    @property
    def uid(self) -> str:
        return self.line.uid.hex

    @property
    def told(self) -> str:
        """The whole of it in one sentence, for tips and for who cannot see the calendar."""
        about = (self.span, self.line.name, self.station, self.kind)
        parts = (*about, self.place, self.people, self.chip.word)
        return " · ".join(part for part in parts if part)


def row_of(
    line: ActivityLine, zone: Zone, today: date, now: Millis, stations: StationNames
) -> ActivityRow:
    """The row of a line; `stations` name whose it is, at a street."""
    said = [Term.LATE_ENTRY.value] if line.late_entry else []
    span = span_words(line, zone)
    return ActivityRow(
        line=line,
        when=f"{list_day(line.day, today=today)} {span}",
        span=span,
        kind=kind_label(line.kind),
        people=people_words(line),
        place=" · ".join([*said, line.place_words]),
        chip=standing(line, now),
        station=stations.owner(line.station),
    )


def offers(actor: Actor, action: str, row: object) -> bool:
    """Whether this operator may do something with a row as it stands."""
    assert isinstance(row, ActivityRow)
    if not actor.may(Right.HANDLE):
        return False
    line = row.line
    if action == CHANGE:
        return line.state in EDITABLE
    if action == CANCEL:
        return Action.CANCEL in steps_from(line.state, meeting=line.meeting)
    return action == COPY or line.state is not _S.CANCELLED
