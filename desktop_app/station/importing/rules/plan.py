"""What a sheet is taken for: which ledger, where its headings stand, what each column means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.sheets.heading import Heading
from desktop_app.sheets.mapping import pattern_of


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How one sheet of a file is to be read.

    `columns` gives the name of the ledger's column for a place in the row; a place that is not
    there is not read. `learned`: the headings were met before and this is what they meant then.
    `options` are those of the ledger's `SheetSpec` that were chosen.
    """

    kind: str
    sheet: int
    heading: Heading
    columns: Mapping[int, str]
    year: int | None = None
    learned: bool = False
    options: frozenset[str] = frozenset()

    @property
    def heading_pattern(self) -> str:
        """What the headings are known by when they come again."""
        return pattern_of(self.heading)

    @property
    def by_heading(self) -> dict[str, str]:
        """The columns by their headings, as they are remembered; what is not read is ""."""
        return {
            label: self.columns.get(place, "")
            for place, label in enumerate(self.heading.labels)
            if label
        }
