"""One person under several volunteers: who a merged one is now, as part of a query. Never commits.

`WITH_PERSON` are the service records beside that, `PERSON` is who counts as having served.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from desktop_app.ledgers.service.tables import SERVICE
from desktop_app.registers.volunteers.store import VOLUNTEER


def _kept() -> sa.Subquery:
    """`uid` of every merged volunteer and `kept`, the one it is part of in the end.

    A merged one may have been merged into before; a ring, which another office might send, ends.
    """
    into = VOLUNTEER.c.merged_into
    steps = sa.select(VOLUNTEER.c.uid, into.label("kept")).where(into.is_not(None))
    ways: Any = steps.cte("merged_ways", recursive=True)
    further = VOLUNTEER.alias("further")
    ways = ways.union(
        sa.select(ways.c.uid, further.c.merged_into)
        .select_from(ways.join(further, further.c.uid == ways.c.kept))
        .where(further.c.merged_into.is_not(None))
    )
    last = VOLUNTEER.alias("kept_volunteer")
    return (
        sa.select(ways.c.uid, ways.c.kept)
        .select_from(ways.join(last, last.c.uid == ways.c.kept))
        .where(last.c.merged_into.is_(None))
        .subquery("merged_volunteer")
    )


KEPT = _kept()
PERSON = sa.func.coalesce(KEPT.c.kept, SERVICE.c.volunteer)
WITH_PERSON = SERVICE.outerjoin(KEPT, KEPT.c.uid == SERVICE.c.volunteer)
