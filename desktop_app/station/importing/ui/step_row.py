"""文件 → 表头 → 对应 → 预览 → 结果: where one is. A click on a step that is past goes back."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.station.importing.ui.words import Step
from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE


class StepRow(QWidget):
    """`back_to` carries a step that is past."""

    back_to = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = Step.FILE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_step(Step.FILE)

    def set_step(self, step: Step) -> None:
        """Mark this one."""
        self.step = step
        self.setAccessibleName(f"第 {step.place + 1} 步，共 {len(Step)} 步：{step.value}")
        self.update()

    def sizeHint(self) -> QSize:
        places = self._places()
        return QSize(places[-1].right() + SPACE.small, theme_of().metrics.header)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for step, area in zip(Step, self._places(), strict=True):
            if area.contains(event.position().toPoint()) and step.place < self.step.place:
                self.back_to.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        sizes = theme_of().metrics
        side = sizes.small_icon
        for step, area in zip(Step, self._places(), strict=True):
            now, past = step is self.step, step.place < self.step.place
            painter.setFont(font(sizes.body, bold=now))
            painter.setPen(colour("ink" if now or past else "quiet"))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, step.value)
            if now:
                bar = QRect(area.left(), area.bottom() - 1, area.width(), 2)
                painter.fillRect(bar, colour("accent"))
            if step is not Step.RESULT:
                ratio = self.devicePixelRatioF()
                left = area.right() + SPACE.medium
                top = area.top() + (area.height() - side) // 2
                painter.drawPixmap(left, top, pixmap("chevron-right", "quiet", side, ratio))
        painter.end()

    def _places(self) -> list[QRect]:
        sizes = theme_of().metrics
        measure = QFontMetrics(font(sizes.body, bold=True))
        places, left = [], 0
        for step in Step:
            wide = measure.horizontalAdvance(step.value)
            places.append(QRect(left, 0, wide, sizes.header))
            left += wide + 2 * SPACE.medium + sizes.small_icon
        return places
