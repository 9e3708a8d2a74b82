"""Photos and charts as blocks of a document, drawn with the faces of its font book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop_app.core.chart import Chart
from desktop_app.printing.blocks import Sheet
from desktop_app.printing.chart import ChartBlock
from desktop_app.printing.fonts import Role
from desktop_app.printing.letters import Face
from desktop_app.printing.photo_sheet import MOST_TO_A_PAGE, Captioned, PhotoSheet


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos with their captions, at most `per_page` (1 to 4) to a page.

    With `highest` (points) a set is at most so high, and begins wherever about so much is free;
    `below` is room that it leaves for what must stand on the same page.
    """

    photos: tuple[Captioned, ...]
    per_page: int = MOST_TO_A_PAGE
    highest: float | None = None
    below: float = 0.0

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        if self.photos:
            face = Face(sheet.book, Role.SONG)
            flow = PhotoSheet(
                self.photos, face, per_page=self._in_a_set, highest=self.highest, below=self.below
            )
            flow.spaceBefore = flow.spaceAfter = 8.0
            yield flow

    @property
    def _in_a_set(self) -> int:
        """As few sets as there have to be, alike in size: six photos are three and three."""
        sets = -(-len(self.photos) // self.per_page)
        return -(-len(self.photos) // sets)


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart as wide as the text; `height` in points, None is half the width."""

    chart: Chart
    height: float | None = None
    with_title: bool = True

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        face, bold = Face(sheet.book, Role.SONG), Face(sheet.book, Role.HEI)
        yield ChartBlock(
            self.chart, face, bold=bold, height=self.height, with_title=self.with_title
        )
