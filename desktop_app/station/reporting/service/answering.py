"""街道答复: what a receipt brings to requests that were escalated, kept with the receipt or not at
all.

Every receipt repeats an answer until the street has seen it in our record, so the same one comes
often. What is not here (an answer to a request that a restored backup has never heard of) is left
alone: the street goes on saying it.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.bundle.receipt import SentAnswer
from desktop_app.core.clock import Millis
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.answering import SentDown
from desktop_app.ledgers.requests.service import answer_in
from desktop_app.station.reporting.rules.answers import Answered
from desktop_app.storage.session import Desk, Unit


def take_answers(unit: Unit, desk: Desk, several: Sequence[SentAnswer]) -> tuple[Answered, ...]:
    """Keep the answers that are news, as part of the receipt's unit of work; answers to which
    requests. Those of a kind that this program does not know are left alone."""
    found: dict[object, Answered] = {}
    for one in several:
        if one.kind != KIND.name:
            continue
        sent = SentDown(
            request=one.uid,
            uid=one.answer,
            asked=Millis(one.asked),
            at=Millis(one.at),
            by=one.by,
            office=one.office,
            words=one.words,
        )
        if (request := answer_in(unit, desk, sent)) is not None:
            found[request.uid] = Answered(request.uid, request.number, request.title)
    return tuple(found.values())
