"""The pages of a document below each other, at the size somebody chose; scrolled by every key.

Only what is seen is made, and the neighbours of what is seen. A page whose picture is not there yet
is shown as blank paper or as the picture of another size, so that scrolling never waits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from desktop_app.widgets.page_column import Fit, PageColumn, fitting_percent, stepped, within
from desktop_app.widgets.page_pictures import PageKey, PagePictures
from desktop_app.widgets.pdf_pages import Hit, PageSize
from desktop_app.widgets.theme import colour
from desktop_app.widgets.tokens import LIGHT, SPACE

_WHO = "pages"


class PageCanvas(QAbstractScrollArea):
    """`page_changed` carries the number of the page in front (from 0), `zoomed` the percent."""

    page_changed = Signal(object)
    zoomed = Signal(object)

    def __init__(self, pictures: PagePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._sizes: tuple[PageSize, ...] = ()
        self._column = PageColumn((), 100, 0, 1)
        self._fit = Fit.WIDTH
        self._page = 0
        self._hits: tuple[Hit, ...] = ()
        self._current: Hit | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("页面")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        # A bar that comes and goes would change the width that a page is fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self.horizontalScrollBar().valueChanged.connect(self._moved)
        pictures.arrived.connect(self._picture_came)

    @property
    def page(self) -> int:
        """The page in front, from 0."""
        return self._page

    @property
    def percent(self) -> int:
        return round(self._column.percent)

    @property
    def fit(self) -> Fit:
        return self._fit

    def set_sizes(self, sizes: Sequence[PageSize]) -> None:
        """Show pages of these sizes, from the first on; the document is that of the pictures."""
        self._sizes, self._page = tuple(sizes), -1
        self._hits, self._current = (), None
        self._column = PageColumn((), self._column.percent, 0, 1)
        self.verticalScrollBar().setValue(0)
        self._lay_out()

    def set_fit(self, fit: Fit) -> None:
        """Let the size follow the window, or stay as it is."""
        self._fit = fit
        self._lay_out()

    def set_percent(self, percent: float) -> None:
        """Show pages at this size, whatever the window's."""
        self._fit = Fit.NONE
        self._lay_out(within(percent))

    def zoom(self, steps: int) -> None:
        """Larger by so many steps, or smaller."""
        self.set_percent(stepped(self._column.percent, steps))

    def go_to(self, page: int) -> None:
        """Bring the upper edge of a page to the top."""
        places = self._column.places
        if places:
            page = min(max(page, 0), len(places) - 1)
            self.verticalScrollBar().setValue(math.floor(places[page].area.top()) - SPACE.small)
            if page != self._page:
                # The last pages cannot come to the top; they are in front all the same.
                self._set_page(page)

    def show_hits(self, hits: Sequence[Hit], current: Hit | None = None) -> None:
        """Mark where words were found; `current` is marked more and brought into sight."""
        self._hits = tuple(hits)
        if current is not None and current is not self._current and self._column.places:
            area = _areas(current, self._column.places[current.page].area)[0]
            view = self.viewport().size()
            _bring_into_sight(self.verticalScrollBar(), area.top(), area.bottom(), view.height())
            _bring_into_sight(self.horizontalScrollBar(), area.left(), area.right(), view.width())
        self._current = current
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + (-bar.pageStep() if shift else bar.pageStep()))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._column.ratio != self.devicePixelRatioF():
            # The window went to a screen of another density: other pictures are sharp there.
            self._lay_out()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("hover"))
        for number in self._column.seen(self._offset().y(), self.viewport().height()):
            self._paint_page(painter, number)
        painter.end()

    def _paint_page(self, painter: QPainter, number: int) -> None:
        place = self._column.places[number]
        area = place.area.translated(-self._offset())
        image = self._pictures.image(place.key)
        if image is not None and image.width() == round(area.width() * self._column.ratio):
            # Pixel by pixel: drawn into an area it would be resampled.
            image.setDevicePixelRatio(self._column.ratio)
            painter.drawImage(area.topLeft(), image)
        else:
            painter.fillRect(area, QColor(LIGHT.surface))
            rough = image or self._pictures.best(number)
            if rough is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(area, rough)
        painter.setPen(QPen(colour("soft_edge"), 1 / self._column.ratio))
        painter.drawRect(area)
        marks = [hit for hit in self._hits if hit.page == number]
        _paint_hits(painter, marks, self._current, area)

    def _lay_out(self, percent: float | None = None) -> None:
        """Work out where all pages lie; what was at the top before is there afterwards."""
        before, bar = self._column, self.verticalScrollBar()
        spot = before.spot(bar.value()) if before.places else None
        view = self.viewport().size()
        if percent is None:
            fits = self._fit is not Fit.NONE and self._sizes
            percent = fitting_percent(self._sizes, self._fit, view) if fits else before.percent
        ratio = self.devicePixelRatioF()
        self._column = PageColumn(self._sizes, percent, view.width(), ratio)
        for each, length, room in (
            (bar, self._column.height, view.height()),
            (self.horizontalScrollBar(), self._column.width, view.width()),
        ):
            each.setRange(0, max(0, math.ceil(length) - room))
            each.setPageStep(max(1, room - 2 * SPACE.wide))
            each.setSingleStep(3 * SPACE.large)
        if spot is not None and self._column.places:
            bar.setValue(round(self._column.y_of(spot)))
        self.zoomed.emit(self.percent)
        self._moved()

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    @Slot()
    def _moved(self) -> None:
        column, top, height = self._column, self._offset().y(), self.viewport().height()
        seen = column.seen(top, height)
        around = [*seen, seen.stop, seen.start - 1]
        count = len(column.places)
        self._pictures.want(_WHO, [column.places[n].key for n in around if 0 <= n < count])
        if count:
            # In front is the page that fills the middle of the view.
            self._set_page(column.page_at(top + height / 2))
        self.viewport().update()

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.setAccessibleDescription(f"第 {page + 1} 页，共 {len(self._sizes)} 页")
            self.page_changed.emit(page)

    @Slot(object)
    def _picture_came(self, _key: PageKey) -> None:
        self.viewport().update()


def _bring_into_sight(bar: QScrollBar, start: float, end: float, room: int) -> None:
    if start < bar.value() + SPACE.wide or end > bar.value() + room - SPACE.wide:
        bar.setValue(round((start + end - room) / 2))


def _paint_hits(painter: QPainter, hits: Sequence[Hit], current: Hit | None, page: QRectF) -> None:
    # Paper is white in the dark theme, too, so the marks are those of the light one.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for area in (area for hit in hits for area in _areas(hit, page)):
        painter.fillRect(area, QColor(LIGHT.selection))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setPen(QPen(QColor(LIGHT.accent), 2))
    for area in (area for hit in hits if hit is current for area in _areas(hit, page)):
        painter.drawRect(area.adjusted(-1, -1, 1, 1))


def _areas(hit: Hit, page: QRectF) -> list[QRectF]:
    return [
        QRectF(
            page.left() + patch.left * page.width(),
            page.top() + patch.top * page.height(),
            patch.width * page.width(),
            patch.height * page.height(),
        )
        for patch in hit.patches
    ]
