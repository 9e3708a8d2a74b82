"""The card one looks at first: how things stand, what is under way, or what came of it.

The three are in one place, so that nothing on the page moves while a report is made.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.station.reporting.ui.outcome import Outcome, OutcomeFace, ProgressFace
from desktop_app.station.reporting.ui.standing import StandingFace
from desktop_app.widgets.forms import Card
from desktop_app.widgets.jobs import Ticket


class _Faces(QWidget):
    """One face at a time, as high as the first of them or as the one on show if that needs more.

    No stack of Qt's: that is as high as all of them at their narrowest.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._faces: list[QWidget] = []
        self.now: QWidget | None = None

    def add(self, face: QWidget) -> None:
        """One more face; the first is on show."""
        face.setParent(self)
        face.setVisible(not self._faces)
        self._faces.append(face)
        self.now = self._faces[0] if self.now is None else self.now

    def show_face(self, face: QWidget) -> None:
        """Show this one instead."""
        self.now = face
        for each in self._faces:
            each.setVisible(each is face)
        face.setGeometry(self.rect())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        shown = [face for face in (*self._faces[:1], self.now) if face is not None]
        return max((_height(face, width) for face in shown), default=0)

    def sizeHint(self) -> QSize:
        wide = max((face.sizeHint().width() for face in self._faces), default=0)
        return QSize(wide, self.heightForWidth(max(wide, self.width())))

    def minimumSizeHint(self) -> QSize:
        wide = max((face.minimumSizeHint().width() for face in self._faces), default=0)
        return QSize(wide, 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # A sentence on the face has come or gone.
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.now is not None:
            self.now.setGeometry(self.rect())


def _height(face: QWidget, width: int) -> int:
    high = face.sizeHint().height()
    return face.heightForWidth(width) if face.hasHeightForWidth() else high


class Hero(Card):
    """`closed` comes when an outcome was seen and put away, `turned` when another face shows."""

    closed = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self._faces = _Faces(self)
        self.standing = StandingFace(self._faces)
        self.progress = ProgressFace(self._faces)
        self.outcome = OutcomeFace(self._faces)
        for face in (self.standing, self.progress, self.outcome):
            self._faces.add(face)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._faces)
        self.outcome.closed.connect(self.put_away)

    @property
    def is_busy(self) -> bool:
        """Whether work is under way."""
        return self._faces.now is self.progress

    @property
    def is_told(self) -> bool:
        """Whether an outcome stands here."""
        return self._faces.now is self.outcome

    def follow(self, ticket: Ticket, *, may_stop: bool = True) -> None:
        """Work has begun."""
        self.progress.follow(ticket, may_stop=may_stop)
        self._bring(self.progress)

    def tell(self, outcome: Outcome) -> None:
        """It came to this."""
        self.outcome.show_outcome(outcome)
        self._bring(self.outcome)

    @Slot()
    def put_away(self) -> None:
        """Back to how things stand."""
        if self._faces.now is not self.standing:
            self._bring(self.standing)
            self.closed.emit()

    def _bring(self, face: QWidget) -> None:
        had = self.isAncestorOf(QApplication.focusWidget() or self.window())
        self._faces.show_face(face)
        tone = self.outcome.tone if face is self.outcome else ""
        self.setProperty("outcome", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        if face is self.outcome:
            self.outcome.take_keyboard()
        elif face is self.progress:
            self.progress.stop.setFocus()
        elif had:
            self.standing.take_keyboard()
        self.turned.emit()
