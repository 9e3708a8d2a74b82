"""What the street has confirmed need not be kept twice: old contents leave the change log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from desktop_app.core.clock import Millis
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.station.reporting.rules.reports import KEPT_YEARS
from desktop_app.station.reporting.store import log, memory
from desktop_app.storage.session import Desk

AT_ONCE = 2000
"""Numbers looked at in one transaction."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many contents of superseded changes went, and how many exports older than three years."""

    contents: int
    exports: int


def tidy(desk: Desk, job: Job | None = None) -> Tidied:
    """Drop the contents of changes that a later, confirmed change of their record supersedes.

    Digests and chain stay, and the last content of every record: what the street may ask for again
    is still there. Many short transactions; a cancelled one goes on where it stopped.
    """
    work = job or Job("整理变更记录")
    contents = 0
    while True:
        with desk.unit_of_work("整理变更记录", needs=Right.BACK_UP) as unit:
            known = memory.standing(unit.connection)
            upto = min(max(known.confirmed, known.tidied), known.tidied + AT_ONCE)
            went = log.drop_payloads(unit.connection, known.tidied, upto)
            contents += went
            unit.about(f"第 {upto} 条为止", f"{went} 条")
            if known.tidied < upto:
                memory.set_standing(unit.connection, replace(known, tidied=upto))
            exports = memory.drop_exports(unit.connection, _years_ago(unit.now, KEPT_YEARS))
        if upto >= known.confirmed:
            return Tidied(contents, exports)
        work.progress(upto, known.confirmed)


def _years_ago(now: Millis, years: int) -> Millis:
    then = datetime.fromtimestamp(now / 1000, UTC)
    # The last of February has no day in most years.
    back = then.replace(year=then.year - years, day=min(then.day, 28))
    return Millis(int(back.timestamp() * 1000))
