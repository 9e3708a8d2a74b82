"""How photos lie on paper: one to four to a page, each with its caption, edges in line.

A set is laid out in rows that are as wide as each other, so that left and right edges meet the
text's; every photo keeps its aspect, nothing is cut away. `place()` is arithmetic alone;
`PhotoSheet` draws the sets, whole, over as many pages as they need.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import fmean, pstdev
from typing import Final, Protocol

from reportlab.lib.utils import ImageReader
from reportlab.platypus.flowables import Flowable

from desktop_app.printing.letters import Face
from desktop_app.printing.photo import Photo

MOST_TO_A_PAGE: Final = 4

GAP: Final = 10.0
"""Points between neighbouring photos, and between a caption and the next row."""

CAPTION_SIZE: Final = 10.5
"""五号, the usual size of a caption under a picture."""

_LEADING: Final = 1.4
_MOST_LINES: Final = 8
"""Lines of a caption; what is longer belongs into the text, and would leave the photo no room."""

_ABOVE_CAPTION: Final = 4.0

_FLATTEST, _TALLEST = 3.2, 0.4
"""Aspects beyond these (panoramas, long screenshots) lie smaller inside a box of the limit."""

_WORTH_BEGINNING: Final = 0.6
"""The part of a page that must be free for the first set to begin on it."""

_WORTH_SHRINKING: Final = 0.8
"""The part of its greatest height for which a set does not go to the next page."""

# How a set of so many may be divided into rows, from the top.
_DIVISIONS = {
    1: ((1,),),
    2: ((1, 1), (2,)),
    3: ((1, 2), (2, 1), (3,), (1, 1, 1)),
    4: ((2, 2), (1, 3), (3, 1), (4,), (1, 1, 2), (2, 1, 1), (1, 2, 1)),
}


@dataclass(frozen=True, slots=True)
class Area:
    """Room on a page, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """Where a photo lies: left edge, top edge from the top of the area, size; all in points.

    `caption` is the room below it: the same left edge and width, from `caption_top` on.
    """

    left: float
    top: float
    width: float
    height: float
    caption_top: float
    caption_left: float
    caption_width: float


class CaptionHeight(Protocol):
    """How high the caption of photo `number` of the set becomes at a width, in points."""

    def __call__(self, number: int, width: float, /) -> float: ...


def _no_captions(_number: int, _width: float) -> float:
    return 0.0


def place(
    aspects: Sequence[float], area: Area, caption_height: CaptionHeight = _no_captions
) -> tuple[Box, ...]:
    """Where each of one to four photos (by width ÷ height) lies in the area, in their order.

    Of all divisions into rows the one is taken that shows the photos largest, none of them much at
    the cost of the others. `ValueError` for other counts.
    """
    if len(aspects) not in _DIVISIONS:
        raise ValueError(f"{len(aspects)} photos do not make a set")
    shapes = [min(_FLATTEST, max(_TALLEST, aspect)) for aspect in aspects]
    tried = [_rows(shapes, division, area, caption_height) for division in _DIVISIONS[len(aspects)]]
    best = max(tried, key=lambda boxes: _worth(boxes, area, caption_height))
    return tuple(_inside(box, aspect) for box, aspect in zip(best, aspects, strict=True))


def _worth(boxes: Sequence[Box], area: Area, caption_height: CaptionHeight) -> float:
    """How well a division shows its photos: large, alike in size, as wide as the text.

    Narrow columns of words under small pictures are the last resort.
    """
    sides = [math.sqrt(box.width * box.height) for box in boxes]
    width = max(box.left + box.width for box in boxes) - min(box.left for box in boxes)
    worth = (fmean(sides) - 0.5 * pstdev(sides)) * math.sqrt(width / area.width)
    wordy = any(caption_height(n, box.width) > box.height for n, box in enumerate(boxes))
    return worth * (0.6 if wordy else 1.0)


def _rows(
    shapes: Sequence[float], division: Sequence[int], area: Area, caption_height: CaptionHeight
) -> list[Box]:
    """The boxes of one division: all rows as wide as each other, the whole within the area."""
    ends = [0, *accumulate(division)]
    rows = [range(start, end) for start, end in pairwise(ends)]
    steepness = sum(1 / sum(shapes[n] for n in row) for row in rows)
    lost = sum(GAP * (len(row) - 1) / sum(shapes[n] for n in row) for row in rows)
    width, least = area.width, GAP * max(division) + 1
    while True:
        heights = [_row_height(shapes, row, width) for row in rows]
        below = [
            _captions(shapes, row, height, caption_height)
            for row, height in zip(rows, heights, strict=True)
        ]
        room = area.height - sum(below) - GAP * (len(rows) - 1)
        if sum(heights) <= room + 0.01 or width <= least:
            break
        # What would fit under captions of this height. They become higher as photos become
        # narrower, so there are more rounds; no width that fits is ever jumped over.
        width = max(least, (room + lost) / steepness)
    boxes, top = [], 0.0
    for row, height, captions in zip(rows, heights, below, strict=True):
        left = (area.width - width) / 2
        for number in row:
            wide = shapes[number] * height
            boxes.append(Box(left, top, wide, height, top + height, left, wide))
            left += wide + GAP
        top += height + captions + GAP
    return boxes


def _row_height(shapes: Sequence[float], row: range, width: float) -> float:
    return (width - GAP * (len(row) - 1)) / sum(shapes[number] for number in row)


def _captions(
    shapes: Sequence[float], row: range, height: float, caption_height: CaptionHeight
) -> float:
    return max(caption_height(number, shapes[number] * height) for number in row)


def _inside(box: Box, aspect: float) -> Box:
    """The photo in its box, whole: smaller than the box only where its shape is extreme."""
    width = min(box.width, box.height * aspect)
    height = min(box.height, box.width / aspect)
    left, top = box.left + (box.width - width) / 2, box.top + (box.height - height) / 2
    return Box(left, top, width, height, box.caption_top, box.caption_left, box.caption_width)


@dataclass(frozen=True, slots=True)
class Captioned:
    """A photo and the words under it, which may be empty."""

    photo: Photo
    caption: str = ""


class PhotoSheet(Flowable):  # type: ignore[misc]
    """A platypus block of photos, `per_page` (1 to 4) to a page; a set is never divided.

    The first set may begin below other text when enough of the page is free; every further set
    begins a page of its own. With `highest` a set is at most so many points high, and the first may
    begin wherever about those are free. `below` points stay free under a set for what must follow.
    """

    def __init__(
        self,
        photos: Sequence[Captioned],
        face: Face,
        *,
        per_page: int = MOST_TO_A_PAGE,
        size: float = CAPTION_SIZE,
        highest: float | None = None,
        below: float = 0.0,
        _begins_page: bool = False,
    ) -> None:
        if not 1 <= per_page <= MOST_TO_A_PAGE:
            raise ValueError(f"{per_page} photos to a page")
        super().__init__()
        self._photos = tuple(photos)
        self._face, self._per_page, self._size = face, per_page, size
        self._highest, self._below = math.inf if highest is None else highest, below
        self._begins_page = _begins_page
        self._boxes: tuple[Box, ...] = ()
        self.spaceBefore = self.spaceAfter = GAP

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """How much of the offered room the block takes, in points: platypus asks."""
        if not self._photos:
            return 0, 0
        if not self._may_begin(height):
            return width, height + 1
        self._boxes = self._placed(Area(width, min(height - self._below, self._highest)))
        if len(self._photos) > self._per_page:
            return width, height + 1
        return width, self._height_of(self._boxes)

    def split(self, width: float, height: float) -> list[Flowable]:
        """The first set and the others, or nothing when no set may begin here."""
        if not self._may_begin(height) or len(self._photos) <= self._per_page:
            return []
        first, others = self._photos[: self._per_page], self._photos[self._per_page :]
        return [self._part(first, self._begins_page), self._part(others, True)]

    def least_height(self, width: float) -> float:
        """What must be free for the first set to begin there, below a heading, too."""
        frame = getattr(self, "_frame", None)
        whole = _WORTH_BEGINNING * frame._aH if frame else math.inf
        return min(_WORTH_SHRINKING * self._highest + self._below, whole)

    def draw(self) -> None:
        """Draw the one set; platypus has moved the origin to the lower left corner."""
        top = self._height_of(self._boxes)
        for shown, box in zip(self._photos, self._boxes, strict=True):
            bottom = top - box.top - box.height
            picture = ImageReader(io.BytesIO(shown.photo.data))
            self.canv.drawImage(picture, box.left, bottom, box.width, box.height)
            self._draw_edge(box, bottom)
            self._draw_caption(shown.caption, box, top - box.caption_top)

    def _draw_edge(self, box: Box, bottom: float) -> None:
        # A photo of snow or of a document has no edge of its own on white paper.
        self.canv.saveState()
        self.canv.setLineWidth(0.3)
        self.canv.setStrokeGray(0.6)
        self.canv.rect(box.left, bottom, box.width, box.height)
        self.canv.restoreState()

    def _draw_caption(self, caption: str, box: Box, top: float) -> None:
        middle = box.caption_left + box.caption_width / 2
        baseline = top - _ABOVE_CAPTION - self._size
        for line in self._lines(caption, box.caption_width):
            self._face.draw(self.canv, middle, baseline, line, self._size, "middle")
            baseline -= self._size * _LEADING

    def _part(self, photos: Sequence[Captioned], begins_page: bool) -> PhotoSheet:
        return PhotoSheet(
            photos, self._face, per_page=self._per_page, size=self._size, highest=self._highest,
            below=self._below,            _begins_page=begins_page,
        )  # fmt: skip

    def _placed(self, area: Area) -> tuple[Box, ...]:
        photos = self._photos[: self._per_page]
        return place(
            [shown.photo.aspect for shown in photos],
            area,
            lambda number, width: self._caption_height(photos[number].caption, width),
        )

    def _caption_height(self, caption: str, width: float) -> float:
        lines = self._lines(caption, width)
        return _ABOVE_CAPTION + len(lines) * self._size * _LEADING if lines else 0.0

    def _lines(self, caption: str, width: float) -> tuple[str, ...]:
        lines = self._face.lines(caption, self._size, width)
        if len(lines) <= _MOST_LINES:
            return lines
        return (*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1][:-1] + "…")

    def _height_of(self, boxes: Sequence[Box]) -> float:
        return max(
            (
                box.caption_top + self._caption_height(shown.caption, box.caption_width)
                for shown, box in zip(self._photos, boxes, strict=False)
            ),
            default=0.0,
        )

    def _may_begin(self, height: float) -> bool:
        # Platypus leaves the frame with the block; how much a whole page holds, only the frame
        # knows.
        frame = getattr(self, "_frame", None)
        if frame is None or getattr(frame, "_atTop", True):
            return True
        return not self._begins_page and height >= self.least_height(0.0)
