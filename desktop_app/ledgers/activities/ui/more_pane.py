"""One more tab on an activity's page, for whoever knows what came of it in other ledgers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.widgets.forms import KeyHint


class MorePane(QWidget):
    """`key` is what the help knows it by, `word` stands on the tab. It shows `whole.beyond`."""

    key = ""
    word = ""
    hints: tuple[KeyHint, ...] = ()

    def is_of_use(self, whole: WholeActivity) -> bool:
        """Whether there is anything to see or do; else the tab is not there."""
        raise NotImplementedError

    def show_whole(self, whole: WholeActivity) -> None:
        """Show what was read anew."""
        raise NotImplementedError

    def take_keyboard(self) -> None:
        """Where work begins."""
        raise NotImplementedError
