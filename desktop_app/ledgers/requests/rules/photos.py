"""The photos of a request: what it looked like when it was raised, and when it was done. Pure.

Pictures come shrunk and turned already; their content is kept elsewhere, here is what is known of
them.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.errors import UserError
from desktop_app.core.photos import Photo, refuse_other_step, with_more, without_one
from desktop_app.core.record import altered
from desktop_app.ledgers.requests.rules.request import (
    MOST_PHOTOS,
    Action,
    Request,
    RequestState,
    Step,
    action_words,
)
from desktop_app.ledgers.requests.rules.steps import Moment


def refuse_no_photos(request: Request) -> None:
    """Raise `UserError` when a request takes no photos: petitions keep no content at all."""
    if request.petition or request.deleted or request.state is RequestState.MERGED:
        raise UserError(
            "这条记录只计件数或已并入另一条，不能添加或移除照片，没有改动。",
            "请在并入的那一条里添加。",
            field="photos",
        )


def with_photos(
    request: Request, photos: Sequence[Photo], moment: Moment, *, step: int | None = None
) -> Request:
    """The request with more photos; one that is there already is not taken in twice.

    They belong to the adding itself, or to an earlier `step` of the same person's.
    """
    refuse_no_photos(request)
    if step is not None:
        refuse_other_step(request.steps, step, moment.actor)
    changed, new = _joined(request, photos, step or len(request.steps) + 1)
    words = f"{new} 张"
    if step is not None:
        words = f"{words}，属于“{action_words(request.steps[step - 1].action, request.kind)}”"
    return _with_step(changed, Action.ADD_PHOTOS, moment, words)


def photographed(request: Request, photos: Sequence[Photo]) -> Request:
    """The request with the photos of the step that is about to be taken."""
    if not photos:
        return request
    refuse_no_photos(request)
    return _joined(request, photos, len(request.steps) + 1)[0]


def without_photo(request: Request, sha256: str, moment: Moment) -> Request:
    """The request without one photo."""
    refuse_no_photos(request)
    left, _place = without_one(request.photos, sha256)
    return _with_step(altered(request, photos=left), Action.REMOVE_PHOTO, moment, "1 张")


def _joined(request: Request, photos: Sequence[Photo], step: int) -> tuple[Request, int]:
    together, new = with_more(
        request.photos, photos, "这件诉求", most=MOST_PHOTOS, each="一件诉求", step=step
    )
    return altered(request, photos=together), new


def _with_step(request: Request, action: Action, moment: Moment, words: str) -> Request:
    step = Step(moment.at, moment.actor, action, request.state, words)
    return altered(request, steps=(*request.steps, step))
