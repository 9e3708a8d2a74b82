"""A street's figures as a table for spreadsheets: one line for each part, a column for each figure.

Pure. Rates are written as they are read; what must not be told is —.
"""

from __future__ import annotations

from desktop_app.core.spreadsheet import csv_bytes
from desktop_app.core.told import Breakdown


def table_of(parts: Breakdown) -> bytes:
    """Every figure of every part, as CSV."""
    figures = parts.lines[0].figures if parts.lines else ()
    head = ["编码", parts.by.label, *(one.label for one in figures), "说明"]
    rows = [
        [line.key, line.label, *(one.words for one in line.figures), line.beside]
        for line in parts.lines
    ]
    return csv_bytes([head, *rows])
