"""Where the pages of a document lie below each other at a size: arithmetic, in logical pixels."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize

from desktop_app.widgets.page_pictures import MOST_PIXELS, PageKey
from desktop_app.widgets.pdf_pages import PageSize
from desktop_app.widgets.tokens import SPACE

PERCENTS = (25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400)
"""The steps of larger and smaller; 100 shows a page as large as it is on paper at 96 dpi."""

_PIXELS_PER_POINT = 96 / 72
_AIR = SPACE.large


class Fit(Enum):
    """How the size follows the window."""

    WIDTH = "width"
    PAGE = "page"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies, and which picture of it is sharp there."""

    area: QRectF
    key: PageKey


class PageColumn:
    """All pages at `percent`, each in the middle of a view `room` wide on a screen of `ratio`."""

    def __init__(
        self, sizes: Sequence[PageSize], percent: float, room: float, ratio: float
    ) -> None:
        self.percent, self.ratio = percent, ratio
        top, places = float(_AIR), []
        for number, size in enumerate(sizes):
            area, pixels = _measured(size, percent, ratio)
            places.append(Place(area.translated(0, top), PageKey(number, pixels)))
            top = math.ceil(top + area.height()) + _AIR
        self.height = top if places else 0.0
        self.width = max((place.area.width() for place in places), default=0.0) + 2 * _AIR
        whole = max(room, self.width)
        self.places = tuple(_centred(place, whole, ratio) for place in places)
        self._tops = [place.area.top() for place in places]

    def page_at(self, y: float) -> int:
        """The page at this height, or the one before the gap there."""
        return max(0, bisect_right(self._tops, y) - 1)

    def seen(self, top: float, height: float) -> range:
        """The pages of which something is between two heights."""
        if not self.places:
            return range(0)
        return range(self.page_at(top), bisect_right(self._tops, top + height))

    def spot(self, y: float) -> tuple[int, float]:
        """A height that outlives another size: the page, and the part of its height."""
        page = self.page_at(y)
        area = self.places[page].area
        return page, (y - area.top()) / area.height()

    def y_of(self, spot: tuple[int, float]) -> float:
        """The height of a spot at this size."""
        area = self.places[spot[0]].area
        return area.top() + spot[1] * area.height()


def fitting_percent(sizes: Sequence[PageSize], fit: Fit, view: QSize) -> float:
    """The size at which the widest page, or the largest whole page, fills the view."""
    width = max(size.width for size in sizes) * _PIXELS_PER_POINT
    percent = 100 * (view.width() - 2 * _AIR) / width
    if fit is Fit.PAGE:
        height = max(size.height for size in sizes) * _PIXELS_PER_POINT
        percent = min(percent, 100 * (view.height() - 2 * _AIR) / height)
    return within(percent)


def within(percent: float) -> float:
    """The nearest size that is allowed."""
    return min(max(percent, PERCENTS[0]), PERCENTS[-1])


def stepped(percent: float, steps: int) -> float:
    """The size so many steps larger, or smaller."""
    larger = [step for step in PERCENTS if step > percent + 0.5]
    smaller = [step for step in reversed(PERCENTS) if step < percent - 0.5]
    there = larger if steps > 0 else smaller
    return there[min(abs(steps), len(there)) - 1] if there else within(percent)


def _measured(size: PageSize, percent: float, ratio: float) -> tuple[QRectF, int]:
    """The room of a page, in whole pixels of the screen, and how wide its picture is made."""
    factor = percent / 100 * _PIXELS_PER_POINT * ratio
    wide = max(1, round(size.width * factor))
    high = max(1, round(wide * size.height / size.width))
    pixels = min(wide, round(math.sqrt(MOST_PIXELS * size.width / size.height)))
    return QRectF(0, 0, wide / ratio, high / ratio), pixels


def _centred(place: Place, whole: float, ratio: float) -> Place:
    # On whole pixels of the screen, else the sharpest picture is blurred by half a pixel.
    left = round((whole - place.area.width()) / 2 * ratio) / ratio
    return Place(place.area.translated(left, 0), place.key)
