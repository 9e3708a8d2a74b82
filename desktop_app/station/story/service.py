"""The whole story of a line, from any of its records: visit, request, problem, offers and duties,
activities, the photos of what was done. Without Qt."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.clock import Zone
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.station.story import chapters, store
from desktop_app.station.story.chapters import KINDS, Chapter
from desktop_app.station.story.store import Cast
from desktop_app.storage.session import Desk


def story(desk: Desk, kind: str, uid: Uid) -> tuple[Chapter, ...]:
    """What happened, the earliest first; the same story from whichever of its records one asks.

    Petitions are no part of any story (信访工作条例). At a street what has not come yet is left
    out. Raises `UserError` for a kind that has no story, or when there is no such record.
    """
    if kind not in KINDS:
        raise UserError("这类记录没有来龙去脉可看。", "请从来访、诉求、问题或责任打开。")
    with desk.reading(needs=Right.READ) as connection:
        cast = store.cast_of(connection, kind, uid)
    order = {name: place for place, name in enumerate(KINDS)}
    # What happened in one and the same moment stands in the order in which it leads on; within one
    # record sorting leaves it as it was told.
    told = _told(cast, desk.database.zone)
    return tuple(
        sorted(told, key=lambda one: (one.day, one.at, one.after, order[one.kind], one.number))
    )


def _told(cast: Cast, zone: Zone) -> Iterator[Chapter]:
    for visit in cast.visits.values():
        yield from chapters.of_visit(visit)
    for request in cast.requests.values():
        yield from chapters.of_request(request, zone)
    for problem in cast.problems.values():
        yield from chapters.of_problem(problem, zone)
    for offer in cast.offers.values():
        yield from chapters.of_offer(offer)
    for duty in cast.duties.values():
        yield from chapters.of_duty(duty, zone)
    for activity in cast.activities.values():
        yield from chapters.of_activity(activity)


def picture(desk: Desk, chapter: Chapter, sha256: str) -> bytes:
    """The JPEG of a photo of a chapter. Raises `MissingAttachment` or `DamagedAttachment`."""
    desk.actor.require(Right.READ)
    if chapter.kind == "requests":
        return requests.photo(desk, desk.database.blobs, chapter.uid, sha256)
    return lists.picture(desk, desk.database.blobs, chapter.uid, sha256)
