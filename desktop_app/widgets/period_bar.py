"""Which period is looked at: its length, the one before and after, and back to this one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.core.periods import Period, PeriodKind, period_of
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_THIS = {
    PeriodKind.MONTH: "本月",
    PeriodKind.QUARTER: "本季度",
    PeriodKind.HALF_YEAR: "本半年",
    PeriodKind.YEAR: "本年",
}


class PeriodBar(QWidget):
    """`chosen` carries the period. PgUp and PgDn go through them, T comes back to this one; the
    keys work on the whole of `page`."""

    chosen = Signal(object)

    def __init__(self, today: Callable[[], date], page: QWidget) -> None:
        super().__init__(page)
        self._today = today
        self.period = period_of(today(), PeriodKind.MONTH)
        self.length = ChoiceBar(
            [Choice(kind, kind.label, str(place)) for place, kind in enumerate(PeriodKind, 1)],
            self,
            value=PeriodKind.MONTH,
        )
        self.length.setAccessibleName("时间段")
        self.earlier = plain_button("上一期", self, icon_name="chevron-left")
        self.later = plain_button("下一期", self, icon_name="chevron-right")
        self.later.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.this = plain_button(_THIS[PeriodKind.MONTH], self)
        self._label = QLabel(self)
        self._label.setProperty("role", "section")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(self.length)
        line.addSpacing(SPACE.large)
        for widget in (self.earlier, self._label, self.later, self.this):
            line.addWidget(widget)
        line.addStretch(1)
        self.length.changed.connect(self._change_length)
        self.earlier.clicked.connect(self._go_back)
        self.later.clicked.connect(self._go_on)
        self.this.clicked.connect(self.come_back)
        for keys, button, words in (
            ("PgUp", self.earlier, "PgUp"), ("PgDown", self.later, "PgDn"), ("T", self.this, "T"),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
            button.setToolTip(f"{button.text()}（{words}）")
        self._tell_which()

    def show_period(self, period: Period) -> None:
        """Look at this one."""
        if period == self.period:
            return
        self.period = period
        if self.length.value() != period.kind:
            self.length.blockSignals(True)
            self.length.set_value(period.kind)
            self.length.blockSignals(False)
        self._tell_which()
        self.chosen.emit(period)

    @Slot()
    def come_back(self) -> None:
        """To the period in which today lies."""
        self.show_period(period_of(self._today(), self.period.kind))

    def tell_today(self) -> None:
        """A day has passed, perhaps: which way one may go."""
        self._tell_which()

    @Slot()
    def _change_length(self) -> None:
        kind = self.length.value()
        if isinstance(kind, PeriodKind):
            # The end of a long period stays in sight: a year gives its last month, not its first.
            self.show_period(period_of(min(self.period.last, self._today()), kind))

    @Slot()
    def _go_back(self) -> None:
        self.show_period(self.period.previous)

    @Slot()
    def _go_on(self) -> None:
        self.show_period(self.period.following)

    def _tell_which(self) -> None:
        today = self._today()
        self._label.setText(self.period.label)
        self._label.setMinimumWidth(11 * theme_of().metrics.section)
        self.later.setEnabled(self.period.last < today)
        self.this.setText(_THIS[self.period.kind])
        self.this.setToolTip(f"{self.this.text()}（T）")
        self.this.setEnabled(today not in self.period)
