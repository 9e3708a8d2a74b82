"""Where the parts of the counter's screen stand: side by side on a wide window, else one below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.rights import Actor
from desktop_app.core.wording import Term
from desktop_app.registers.residents.search import Found
from desktop_app.registers.residents.ui.box import ResidentBox
from desktop_app.station.front_desk.ui.form import VisitPane
from desktop_app.station.front_desk.ui.parked import ParkedBar
from desktop_app.station.front_desk.ui.today import TodayPane
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

WIDE_FROM = 1280
"""Window width from which today's list stands at the right; below, it stands under the form."""
WIDE_FROM_LARGE = 1800
"""The same for 大字模式, whose words need more room."""
NOBODY = "没有找到。按 F2 登记为新来访人，或换个字、拼音首字母、门牌再试。"
_LIST_WIDTH = 29
"""Of today's list at the right, in widths of a character."""
_UNLIMITED = 16_777_215
"""QWIDGETSIZE_MAX, which PySide6 does not name."""


class Screen(QWidget):
    """The parts and their places; `top` is the line of the box and has room for more buttons.

    What happens among them is said in `Registration`.
    """

    def __init__(
        self,
        find: Callable[[str], Found],
        today: Callable[[], date],
        actor: Actor,
        zone: Zone,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.box = ResidentBox(find, today, self, self, nobody=NOBODY)
        self.form = VisitPane(today, self, self)
        self.parked = ParkedBar(self.form.matter_name, self)
        self.today = TodayPane(actor, zone, self)
        self.cover = QPushButton(f"{Term.HIDE.value}  F8", self)
        self.cover.setAccessibleName(Term.HIDE.value)
        self.cover.setToolTip("遮挡全部姓名，再按一次恢复（F8）")
        self.cover.setCheckable(True)
        self.cover.setProperty("role", "choice")
        self.cover.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        put_icon(self.cover, "eye-off")
        self.cover.toggled.connect(self._set_covered)
        self.top = QHBoxLayout()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lay_out()

    @property
    def is_wide(self) -> bool:
        """Does today's list stand at the right?"""
        return self._across.direction() is QBoxLayout.Direction.LeftToRight

    @Slot()
    def step_back(self) -> None:
        """Esc: close what hangs open, else go back to the box. Nothing typed is lost."""
        if self.box.step_back() or self.form.matter.matters.step_back():
            return
        self.box.take_keyboard()

    @Slot()
    def go_to_today(self) -> None:
        """F4: the keyboard into today's list."""
        self.today.list.enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme = theme_of()
        wide = self.window().width() >= (WIDE_FROM_LARGE if theme.large else WIDE_FROM)
        sizes = theme.metrics
        direction = QBoxLayout.Direction
        self._across.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        # At the right the form has what the list leaves; below, the list has what the form leaves.
        self._across.setStretch(0, int(wide))
        self._across.setStretch(1, int(not wide))
        if wide:
            self.today.setFixedWidth(_LIST_WIDTH * sizes.body)
        else:
            self.today.setMinimumWidth(0)
            self.today.setMaximumWidth(_UNLIMITED)
        self.today.set_flat(not wide)

    @Slot(bool)
    def _set_covered(self, on: bool) -> None:
        for part in (self.box, self.form, self.today):
            part.set_covered(on)

    def _lay_out(self) -> None:
        top = self.top
        top.setSpacing(SPACE.small)
        top.addWidget(self.box, 1)
        top.addWidget(self.cover)
        left = QVBoxLayout()
        left.setSpacing(SPACE.medium)
        left.addLayout(top)
        left.addWidget(self.parked)
        left.addWidget(self.form)
        left.addStretch(1)
        self._across.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        self._across.setSpacing(SPACE.large)
        self._across.addLayout(left, 1)
        self._across.addWidget(self.today)
