"""A page that masks what is private: uncovered for ten seconds by R, and logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.ledgers.three_lists.ui.looks import may_reveal
from desktop_app.storage.session import Desk
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page

REVEAL_SECONDS = 10


class RevealingPage(Page):
    """`_whole` is what the page shows of the record `_uid`; a subclass reads and shows it."""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._uid: Uid | None = None
        self._whole: Any = None
        self._cover = QTimer(self)
        self._cover.setSingleShot(True)
        self._cover.setInterval(REVEAL_SECONDS * 1000)
        self._cover.timeout.connect(self.cover)

    def reveal_button(self, card: FactsCard) -> QPushButton:
        """A button at the foot of a card that uncovers what it masks."""
        foot = QWidget(card)
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        button = plain_button("显示完整内容", foot, icon_name="eye")
        button.clicked.connect(self.toggle)
        line.addWidget(button)
        line.addStretch(1)
        card.set_foot(foot)
        return button

    def show_private(self, whole: Any, plain: Mapping[str, str]) -> None:
        """Show what is masked, with what was just uncovered by field."""

    def masked_fields(self, whole: Any) -> Sequence[str]:
        """The fields that show less than there is."""
        return ()

    def read_out(self, uid: Uid, field: str) -> str:
        """One masked field in full, logged; in a worker's thread."""
        raise NotImplementedError

    @Slot()
    def toggle(self) -> None:
        """R: uncover for ten seconds, or cover again."""
        if self._cover.isActive():
            self.cover()
        elif self._whole is not None and self._uid is not None and may_reveal(self._desk):
            names = tuple(self.masked_fields(self._whole))
            if names:
                work = partial(self._uncover, self._uid, names)
                self.in_background("查看完整内容", work, self._reveal)

    def _uncover(self, uid: Uid, names: Sequence[str], _job: Job) -> tuple[Uid, dict[str, str]]:
        """In the worker's thread: each field uncovered is one line of the audit."""
        return uid, {name: self.read_out(uid, name) for name in names}

    def _reveal(self, answer: tuple[Uid, dict[str, str]]) -> None:
        uid, plain = answer
        if self._whole is not None and uid == self._uid and self.isVisible():
            self.show_private(self._whole, plain)
            self._cover.start()

    @Slot()
    def cover(self) -> None:
        """Mask again."""
        self._cover.stop()
        if self._whole is not None:
            self.show_private(self._whole, {})

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.cover()
