"""Who a request can be given to: those it was given to before, and the partners of the register."""

from __future__ import annotations

from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import Assignee, AssigneeKind
from desktop_app.registers.partners import service as partners
from desktop_app.storage.session import Desk

_LOOKED_AT = 300
_PARTNERS = 200


def offered_assignees(desk: Desk) -> tuple[Assignee, ...]:
    """Whom a clerk may mean: the ones of the latest requests first, each once, then every partner.

    A partner comes with the uid of the register, also where an earlier request had only its words.
    """
    query, order = store.narrowed(
        RequestFilter(), today=desk.today, since=None, until=None, residents=()
    )
    with desk.reading(needs=Right.READ) as connection:
        lines = store.lines(connection, query, order, size=_LOOKED_AT).rows
    known = {
        line.name: Assignee(AssigneeKind.PARTNER, line.name, line.uid)
        for line in partners.search(desk, "", most=_PARTNERS)
    }
    found: dict[tuple[AssigneeKind, str], Assignee] = {}
    for one in (line.assignee for line in lines):
        if one is None or one.kind is AssigneeKind.STATION:
            continue
        partner = known.get(one.words) if one.kind is AssigneeKind.PARTNER else None
        found.setdefault((one.kind, one.words), partner or one)
    for partner in known.values():
        found.setdefault((partner.kind, partner.words), partner)
    return tuple(found.values())
