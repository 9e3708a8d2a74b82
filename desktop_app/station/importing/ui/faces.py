"""The faces of the wizard: the row of steps, what is wrong, and the step or the progress below."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.clock import Zone
from desktop_app.station.importing.ui.draft import Draft
from desktop_app.station.importing.ui.file_step import FileStep
from desktop_app.station.importing.ui.heading_step import HeadingStep
from desktop_app.station.importing.ui.mapping_step import MappingStep
from desktop_app.station.importing.ui.preview_step import PreviewStep
from desktop_app.station.importing.ui.progress_face import ProgressFace
from desktop_app.station.importing.ui.result_face import ResultFace
from desktop_app.station.importing.ui.step_row import StepRow
from desktop_app.station.importing.ui.words import Step
from desktop_app.widgets.notify import Banner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE


class Faces(QWidget):
    """One step in front of the others. Decides nothing."""

    def __init__(self, kinds: Mapping[str, str], zone: Zone, page: Page) -> None:
        super().__init__(page)
        self.row = StepRow(self)
        self.banner = Banner(self)
        self.file = FileStep(kinds, zone, self)
        self.heading = HeadingStep(self)
        self.mapping = MappingStep(self)
        self.preview = PreviewStep(page, self)
        self.progress = ProgressFace(self)
        self.result = ResultFace(page, self)
        self._of_step: dict[Step, QWidget] = {
            Step.FILE: self.file,
            Step.HEADING: self.heading,
            Step.MAPPING: self.mapping,
            Step.PREVIEW: self.preview,
            Step.RESULT: self.result,
        }
        self._stack = QStackedWidget(self)
        for face in (*self._of_step.values(), self.progress):
            self._stack.addWidget(face)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.row)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)

    @property
    def shows_progress(self) -> bool:
        return self._stack.currentWidget() is self.progress

    def show_step(self, step: Step, draft: Draft | None) -> None:
        """Bring a step to the front, filled with what is known of the sheet."""
        self.banner.withdraw()
        if draft is not None:
            self._fill(step, draft)
        self.row.set_step(step)
        self._stack.setCurrentWidget(self._of_step[step])

    @Slot()
    def show_progress(self) -> None:
        """A long step is under way."""
        self.banner.withdraw()
        self._stack.setCurrentWidget(self.progress)
        self.take_keyboard()

    def say(self, words: str, tone: str = "warn") -> None:
        """Say something above the step; it stays as it is."""
        self.banner.warn(words, tone=tone)

    def take_keyboard(self) -> None:
        """Where the next thing is done; not while something else stands before the wizard."""
        if self.isVisible():
            front = self._stack.currentWidget()
            front.take_keyboard()  # type: ignore[attr-defined]

    def _fill(self, step: Step, draft: Draft) -> None:
        if step is Step.FILE:
            self.file.show_looked(draft.looked)
        elif step is Step.HEADING:
            self.heading.show_looked(draft.looked)
        elif step is Step.MAPPING:
            self.mapping.show_plan(draft.looked, draft.plan)
