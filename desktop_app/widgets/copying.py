"""Rows of a table on the clipboard, so that pasting into WPS or Excel keeps the columns.

All columns go, also those a narrow window has given up, just as they are shown: what is masked
stays masked. As text it is tabs and lines; beside it stands a table whose cells are texts, so that
a number with leading zeros keeps them and nothing becomes a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from desktop_app.core.spreadsheet import without_formula
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.table_model import Column, PageModel


def copy_rows(model: PageModel, places: Iterable[int], *, with_titles: bool = False) -> None:
    """Put these rows of the page on the clipboard; nothing when there are none."""
    lines = [_cells(model, place) for place in places]
    if not lines:
        return
    if with_titles:
        lines.insert(0, [column.title for column in _columns(model)])
    data = QMimeData()
    data.setText("\n".join("\t".join(map(_plain, line)) for line in lines))
    data.setHtml(_table(lines))
    QGuiApplication.clipboard().setMimeData(data)


def _columns(model: PageModel) -> list[Column]:
    return [column for column in model.columns if column.style != "tick"]


def _cells(model: PageModel, place: int) -> list[str]:
    row = model.rows[place]
    values = (column.value(row) for column in _columns(model))
    return [value.word if isinstance(value, ChipText) else value for value in values]


def _plain(cell: str) -> str:
    return without_formula(" ".join(cell.split()))


def _table(lines: Sequence[Sequence[str]]) -> str:
    style = "mso-number-format:'\\@'"
    rows = ("".join(f'<td style="{style}">{escape(cell)}</td>' for cell in line) for line in lines)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
