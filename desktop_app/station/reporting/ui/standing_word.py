"""What the window says of the reporting wherever one is: a word at its foot, a reminder in time."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.settings import REPORT_REMIND_DAYS
from desktop_app.station.reporting.ui.words import is_late, reminder, strip_words
from desktop_app.station.settings import service as settings
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class StandingWord:
    """`words` stand at the foot, `late` colours them; `reminder` is for who can do something about
    it, and empty for everybody else and while there is time."""

    words: str
    late: bool = False
    reminder: str = ""


def standing_word(desk: Desk, _job: Job) -> StandingWord:
    """Read it; in a worker's thread. A station that belongs to no street is never late."""
    # Not at the top: the libraries for keys cost time that the first screen does not have to spend.
    from desktop_app.registers.offices import service as offices
    from desktop_app.station.reporting.service import state as standing

    street = offices.my_street(desk)
    state = standing.state(desk)
    zone, today = desk.database.zone, desk.today
    words = strip_words(state, zone, today)
    if street is None:
        return StandingWord(words)
    days = settings.read(desk)[REPORT_REMIND_DAYS]
    late = is_late(state, zone.day(street.joined_at), zone, today, days)
    may = desk.actor.may(Right.EXPORT)
    return StandingWord(words, late, reminder(state, zone, today) if late and may else "")
