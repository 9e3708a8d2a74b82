"""What units promised and did, read across the ledgers. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.ledgers.activities import store as activities
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.tables import ACTIVITY, HELD
from desktop_app.ledgers.agreements import store as agreements
from desktop_app.ledgers.agreements.rules.agreement import Agreement
from desktop_app.ledgers.agreements.tables import AGREEMENT, SIGNED
from desktop_app.registers.partners import store as partners
from desktop_app.registers.partners.rules import Partner

Connection = sa.Connection


def live_counts(connection: sa.Connection, units: Sequence[Uid], today: date) -> dict[Uid, int]:
    """How many agreements with each unit are signed, not ended and not run out."""
    query = (
        sa.select(AGREEMENT.c.partner, sa.func.count().label("live"))
        .where(sa.text(SIGNED), AGREEMENT.c.ends_on >= today, AGREEMENT.c.partner.in_(units))
        .group_by(AGREEMENT.c.partner)
    )
    return {row.partner: int(row.live) for row in connection.execute(query)}


def with_report(connection: sa.Connection, today: date) -> int:
    """How many agreements that hold promise a written report every quarter."""
    query = (
        sa.select(sa.func.count())
        .select_from(AGREEMENT)
        .where(
            sa.text(SIGNED),
            AGREEMENT.c.ends_on >= today,
            AGREEMENT.c.quarterly_report == sa.literal(True, AGREEMENT.c.quarterly_report.type),
        )
    )
    return int(connection.execute(query).scalar_one())


def whole(connection: sa.Connection, uids: Collection[Uid]) -> dict[Uid, Agreement]:
    """These agreements."""
    return agreements.SHELF.many(connection, list(uids))


def units(connection: sa.Connection, uids: Collection[Uid]) -> dict[Uid, Partner]:
    """These units, such as are there."""
    return partners.SHELF.many(connection, list(uids))


def held_with_partners(
    connection: sa.Connection, since: Millis, until: Millis, stations: Collection[str]
) -> list[Any]:
    """The activities of these stations that took or take place between two moments (the second
    excluded) and name partners: when, whether it was a meeting, whom it names, whose it is."""
    query = sa.select(
        ACTIVITY.c.starts_at, ACTIVITY.c.meeting, ACTIVITY.c.partners, ACTIVITY.c.station
    ).where(
        sa.text(HELD),
        ACTIVITY.c.starts_at >= since,
        ACTIVITY.c.starts_at < until,
        ACTIVITY.c.station.in_(sorted(stations)),
    )
    return [row for row in connection.execute(query) if row.partners]


def held_with(
    connection: sa.Connection, names: Collection[str], first: date, last: date
) -> list[Activity]:
    """What was held between two business dates, both included, together with a unit that is called
    one of these names; the earliest first."""
    wanted = {name.strip() for name in names}
    return [
        activity
        for activity in activities.whole_between(connection, first, last)
        if activity.held and wanted & {one.strip() for one in activity.partners}
    ]
