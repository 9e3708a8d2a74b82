"""The board, and which offers fit a problem."""

from __future__ import annotations

from datetime import timedelta

from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.rules.board import CLOSED_DAYS, Board, BoardFilter, arranged
from desktop_app.ledgers.three_lists.rules.matching import MOST_SHOWN, Proposal, ranked
from desktop_app.registers.places.service import directory
from desktop_app.storage.session import Desk


def board(desk: Desk, wanted: BoardFilter | None = None) -> Board:
    """What waits, what is claimed, what is late and what was done of late, as cards."""
    today, places = desk.today, directory(desk)
    names: dict[Uid | None, str] = {None: ""}

    def name(uid: Uid | None) -> str:
        if uid not in names:
            place = places.get(uid) if uid else None
            names[uid] = place.name_on(today) if place else ""
        return names[uid]

    with desk.reading(needs=Right.READ) as connection:
        return arranged(
            store.cards(
                connection,
                wanted or BoardFilter(),
                today=today,
                closed_since=today - timedelta(days=CLOSED_DAYS),
                me=(desk.actor.uid, desk.actor.name),
                place=name,
            )
        )


def matches(desk: Desk, problem: Uid, *, most: int = MOST_SHOWN) -> tuple[Proposal, ...]:
    """对单配餐: the offers that fit a problem, the best first, each with the reasons.

    To accept one, `propose` a duty with it; to decline one, `decline_match`.
    """
    with desk.reading(needs=Right.READ) as connection:
        found = store.PROBLEM_SHELF.need(connection, problem)
        candidates = store.candidates(connection, found, desk.today)
        past = store.past_of(connection, [one.partner for one in candidates])
    return ranked(found, candidates, past, desk.today, most=most)
