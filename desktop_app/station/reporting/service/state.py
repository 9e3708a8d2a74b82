"""How the station stands with its street: what the page and the home page show."""

from __future__ import annotations

from desktop_app.core.rights import Right
from desktop_app.registers.offices.store import our_street
from desktop_app.station.reporting.rules.reports import Export, ReportingState
from desktop_app.station.reporting.rules.words import must_reconcile
from desktop_app.station.reporting.service.filling_in import count
from desktop_app.station.reporting.service.pictures import waiting
from desktop_app.station.reporting.store import log, memory
from desktop_app.storage.session import Desk


def state(desk: Desk) -> ReportingState:
    """How this home stands with the street, as one look."""
    with desk.reading(needs=Right.READ) as connection:
        log.hold_still(connection)
        known, head = memory.standing(connection), log.head(connection)
        street = our_street(connection)
        made = memory.exports(connection)
        words = "" if known.ahead is None else "".join(must_reconcile(known.ahead, head.n))
        return ReportingState(
            street="" if street is None else street.name,
            last_export=made[0] if made else None,
            last_delivery=next((one for one in made if one.delivered_at is not None), None),
            confirmed=known.confirmed,
            confirmed_at=known.confirmed_at,
            waiting=max(0, head.n - known.confirmed),
            photos_waiting=len(waiting(connection)),
            pending=count(connection),
            needs_reconcile=words,
            parked=int(known.receipt.get("parked", 0)),
            returned=str(known.receipt.get("returned", "")),
            clock_offset=known.receipt.get("clock_offset"),
        )


def history(desk: Desk, limit: int = 200) -> list[Export]:
    """The exports on record, the latest first."""
    with desk.reading(needs=Right.READ) as connection:
        return memory.exports(connection, limit=limit)
