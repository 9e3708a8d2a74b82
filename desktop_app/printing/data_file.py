"""Rows as a CSV file that travels inside a document, so that nobody has to copy figures off paper.

In UTF-8 with a mark, which the usual spreadsheet programs need to see that it is; no text of it is
ever taken for a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from desktop_app.printing.finish import Attachment

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")
"""What a spreadsheet program may take for the beginning of one."""


def data_file(name: str, rows: Iterable[Sequence[str | int]], description: str = "") -> Attachment:
    """The rows, the heading first, as `name`.csv."""
    memory = io.StringIO(newline="")
    csv.writer(memory).writerows([_cell(value) for value in row] for row in rows)
    content = memory.getvalue().encode("utf-8-sig")
    return Attachment(f"{name}.csv", content, description=description)


def _cell(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
