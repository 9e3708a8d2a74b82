"""The course of a visit: its registration and every step, with who, when and what was said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.visits.rules.visit import Action, Step
from desktop_app.ledgers.visits.ui.parts import ICONS
from desktop_app.widgets.course import CourseCard, CourseStep

_TONES = {Action.CLOSE: "ok", Action.UNDO: "warn", Action.REPORT_URGENT: "late"}


class VisitCourse(CourseCard):
    """办理过程, the latest step on top."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("办理过程", parent)

    def show_steps(self, steps: Sequence[Step], zone: Zone) -> None:
        """Show these steps; they come in the order in which they were taken."""
        self.show_course(
            [
                CourseStep(
                    step.action.label,
                    list_moment(step.at, zone),
                    step.actor,
                    step.words,
                    ICONS[step.action],
                    _TONES.get(step.action, "quiet"),
                )
                for step in steps
            ]
        )
