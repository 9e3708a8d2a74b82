"""One tab of a page that has several, each a list or a board of its own.

A pane is a `Page` in all but the title: it tells, asks for routes, loads and goes stale like one.
The page that holds it (`station/co_building/ui/page.py`) shows its primary action and its tools in
the one title, and passes on what the window asks.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page


class Pane(Page):
    """Base of the panes; like a page made with a desk, a runner and a parent, when first shown.

    A subclass sets `kinds` and `hints`, fills itself in `load`, and puts the keyboard where work
    begins in `take_keyboard`. Where somebody may add records it says the verb in `new_word` and
    overrides `start_new` (F2); with an empty `new_word` neither is offered. `tools` are plain
    buttons and switches that stand beside the primary action in the title. `offer_changed` says
    that `new_word` or the `hints` are others now (a form is open in place of the list).
    """

    offer_changed = Signal()

    new_word: str = ""

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.tools: list[QWidget] = []

    def arrive(self) -> None:
        super().arrive()
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard where work begins."""
