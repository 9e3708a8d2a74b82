"""What is done with requests: register them, take their steps, look at them.

Every function takes a desk first and opens one unit of work or one reading; those that end in `_in`
are part of a unit of work that somebody else has opened.
"""

from __future__ import annotations

from desktop_app.ledgers.requests.service.assigning import offered_assignees
from desktop_app.ledgers.requests.service.evaluating import evaluate
from desktop_app.ledgers.requests.service.handling import act, act_in, answer_in, correct, merge
from desktop_app.ledgers.requests.service.intake import (
    PhotosTaken,
    look_at_photos,
    take_in_photos,
)
from desktop_app.ledgers.requests.service.keeping import forget_people, recount_due
from desktop_app.ledgers.requests.service.pictures import add_photos, photo, remove_photo
from desktop_app.ledgers.requests.service.reading import (
    History,
    ListFrame,
    came_of,
    figures_between,
    for_editing,
    for_handing_over,
    found,
    get,
    history,
    list_frame,
    listed,
    page,
    read_out,
    reveal,
)
from desktop_app.ledgers.requests.service.registering import (
    UNDO_MINUTES,
    register,
    register_in,
    take_back_in,
)

__all__ = [
    "UNDO_MINUTES",
    "History",
    "ListFrame",
    "PhotosTaken",
    "act",
    "act_in",
    "add_photos",
    "answer_in",
    "came_of",
    "correct",
    "evaluate",
    "figures_between",
    "for_editing",
    "for_handing_over",
    "forget_people",
    "found",
    "get",
    "history",
    "list_frame",
    "listed",
    "look_at_photos",
    "merge",
    "offered_assignees",
    "page",
    "photo",
    "read_out",
    "recount_due",
    "register",
    "register_in",
    "remove_photo",
    "reveal",
    "take_back_in",
    "take_in_photos",
]
