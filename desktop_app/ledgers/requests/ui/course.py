"""The course of a request: its registration and every step, with who, when and what was said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.requests.rules.request import (
    Action,
    RequestKind,
    Step,
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


class RequestCourse(CourseCard):
    """办理过程, the latest step on top."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("办理过程", parent)

    def show_steps(self, steps: Sequence[Step], zone: Zone, kind: RequestKind) -> None:
        """Show these steps; they come in the order in which they were taken."""
        self.show_course(
            [
                CourseStep(
                    action_words(step.action, kind),
                    list_moment(step.at, zone),
                    step.actor,
                    step.words,
                    ICONS[step.action],
                    _TONES.get(step.action, "quiet"),
                )
                for step in steps
            ]
        )
