"""A table as spreadsheets open it without asking: CSV, UTF-8 with the mark that Excel asks for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]+%?$)")


def without_formula(cell: str) -> str:
    """A text as a spreadsheet takes it for nothing but a text."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a file's content. What a spreadsheet would take for a formula stays text."""
    memory = io.StringIO()
    writer = csv.writer(memory)
    for row in rows:
        writer.writerow(map(without_formula, row))
    return memory.getvalue().encode("utf-8-sig", "replace")
