"""What a join reads inside its unit of work: a visit as it is, the requests that came of it."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.ledgers.requests import store as requests
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.visits import store as visits
from desktop_app.ledgers.visits.rules.visit import Visit


def visit(connection: sa.Connection, uid: Uid) -> Visit:
    """A visit, nothing masked; `UserError` when there is none."""
    return visits.SHELF.need(connection, uid)


def open_request_of(connection: sa.Connection, uid: Uid) -> Request | None:
    """The request of a visit that somebody still has to see to, or None."""
    found = requests.linked(connection, "visit", [uid])
    return next((one for one in found if one.open), None)
