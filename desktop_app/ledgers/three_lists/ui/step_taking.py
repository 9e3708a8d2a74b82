"""How the photos of one step are taken in, for the album on the page of a problem or a duty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import PhotoSource
from desktop_app.ledgers.three_lists.service import PicturesTaken
from desktop_app.storage.session import Desk
from desktop_app.widgets.photo_intake import TakeIn


def at_step(desk: Desk, take: Callable[..., PicturesTaken[Any]]) -> Callable[[int], TakeIn]:
    """By the number of a step, what takes in its photos in the worker's thread; `take` is the
    service's."""

    def of(step: int) -> TakeIn:
        def take_in(uid: Uid, sources: Sequence[PhotoSource], job: Job) -> PicturesTaken[Any]:
            return take(desk, desk.database.blobs, uid, sources, job, step=step)

        return take_in

    return of
