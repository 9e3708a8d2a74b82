"""Several out of a few: ticks side by side, each by Space; arrows and Tab go on to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from desktop_app.widgets.choices import Choice
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.tokens import SPACE

_FEW = 8
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class TickBar(QWidget):
    """`value()` are the values ticked, in the order of the choices. `submitted` is Enter."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._ticks: list[QCheckBox] = []
        many = len(self._choices) > _FEW
        flow = FlowLayout(self, gap=SPACE.large if many else SPACE.wide, between=0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for choice in self._choices:
            tick = QCheckBox(choice.label, self)
            tick.setAccessibleName(choice.label)
            tick.toggled.connect(self.changed)
            tick.installEventFilter(self)
            flow.addWidget(tick)
            self._ticks.append(tick)
        self._in_columns = many
        self._align()
        if self._ticks:
            self.setFocusProxy(self._ticks[0])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_in_columns"):
            self._align()

    @property
    def ticks(self) -> tuple[QCheckBox, ...]:
        """The ticks, in the order of Tab."""
        return tuple(self._ticks)

    def value(self) -> tuple[object, ...]:
        """What is ticked."""
        pairs = zip(self._choices, self._ticks, strict=True)
        return tuple(choice.value for choice, tick in pairs if tick.isChecked())

    def set_value(self, values: Sequence[object]) -> None:
        """Tick exactly these; what is not offered is passed over."""
        before = self.value()
        self.blockSignals(True)
        for choice, tick in zip(self._choices, self._ticks, strict=True):
            tick.setChecked(choice.value in values)
        self.blockSignals(False)
        if self.value() != before:
            self.changed.emit()

    def _align(self) -> None:
        """Many are read in columns, a few like words."""
        if self._in_columns:
            for tick in self._ticks:
                tick.setMinimumWidth(0)
            widest = max(tick.sizeHint().width() for tick in self._ticks)
            for tick in self._ticks:
                tick.setMinimumWidth(widest)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.submitted.emit()
            return True
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not isinstance(watched, QCheckBox):
            return False
        at = self._ticks.index(watched) + step
        if 0 <= at < len(self._ticks):
            self._ticks[at].setFocus(Qt.FocusReason.OtherFocusReason)
        return True
