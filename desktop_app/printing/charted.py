"""A chart as a block of a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop_app.core.chart import Chart
from desktop_app.printing.blocks import Sheet
from desktop_app.printing.chart import ChartBlock
from desktop_app.printing.fonts import Role
from desktop_app.printing.letters import Face


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart as wide as the text; `height` in points, by default what suits its kind."""

    chart: Chart
    height: float | None = None

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        block = ChartBlock(
            self.chart,
            Face(sheet.book, Role.SONG),
            bold=Face(sheet.book, Role.HEI),
            height=self.height,
        )
        block.spaceBefore = block.spaceAfter = 8.0
        yield block
