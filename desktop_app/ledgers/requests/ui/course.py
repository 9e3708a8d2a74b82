"""The course of a request: its registration and every step, with who, when and what was said."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.photos import is_own_step, of_step
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.requests.rules.request import (
    Action,
    Request,
    action_words,
)
from desktop_app.ledgers.requests.ui.parts import ICONS
from desktop_app.widgets.course import CourseCard, CourseStep

_TONES = {
    Action.CLOSE: "ok",
    Action.UNDO: "warn",
    Action.HAND_BACK: "warn",
    Action.NOBODY_TOOK: "late",
    Action.ESCALATE: "late",
}

_BARE = frozenset({Action.UNDO, Action.REMOVE_PHOTO})
"""Steps that show nothing."""


class RequestCourse(CourseCard):
    """办理过程, the latest step on top."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("办理过程", parent)

    def show_request(self, request: Request, zone: Zone, *, adder: str) -> None:
        """Show its steps with their photos; `adder` may add some to the steps that are his."""
        self.show_course(
            [
                CourseStep(
                    action_words(step.action, request.kind),
                    list_moment(step.at, zone),
                    step.actor,
                    step.words,
                    ICONS[step.action],
                    _TONES.get(step.action, "quiet"),
                    of_step(request.photos, number),
                    may_add=bool(adder)
                    and step.action not in _BARE
                    and is_own_step(request.steps, number, adder),
                )
                for number, step in enumerate(request.steps, start=1)
            ]
        )
