"""Tables that are plain text: .csv, .txt, and what is called .xls but is text with tabs.

The encoding is told by its mark, else it is strict UTF-8, else strict GB18030. Guessing by how
often characters occur was wrong for every second short list of names; this rule never was: a
heading such as 姓名 in GBK is no valid UTF-8.
"""

from __future__ import annotations

import codecs
import csv
import io

from desktop_app.sheets import faults

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",\t;|，、"
"""Likeliest first. The Chinese ones are what people type who write a table by hand."""
_SAMPLE_LINES = 60
_LONGEST_CELL = 1 << 20


def decoded(raw: bytes) -> str:
    """The text of a file; `UserError` when it is in neither encoding."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError:
                raise faults.damaged() from None
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise faults.unknown_encoding()


def rows_of(text: str, most_rows: int, most_columns: int) -> list[list[str]]:
    """The cells of a text, all of them text."""
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[str]] = []
    try:
        for row in _parsed(text, separator_of(text)):
            if len(row) > most_columns and any(cell.strip() for cell in row[most_columns:]):
                raise faults.too_many_columns(most_columns)
            rows.append(row[:most_columns])
            if len(rows) > most_rows:
                raise faults.too_many_rows(most_rows)
    except csv.Error:
        raise faults.damaged() from None
    return rows


def _parsed(text: str, separator: str) -> csv._reader:  # type: ignore[name-defined]
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        text = rest
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def separator_of(text: str) -> str:
    """What stands between the cells: what divides most of the first lines, and most evenly."""
    first = text.partition("\n")[0].strip()
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:
        return first[-1]
    best, most = ",", 0.0
    for separator in _SEPARATORS:
        score = _evenness(text, separator)
        if score > most:
            best, most = separator, score
    return best


def _evenness(text: str, separator: str) -> float:
    """The share of rows that have the usual number of cells; 0 where the usual number is one."""
    lengths: list[int] = []
    try:
        for row in _parsed(text, separator):
            if any(cell.strip() for cell in row):
                lengths.append(len(row))
            if len(lengths) == _SAMPLE_LINES:
                break
    except csv.Error:
        return 0.0
    divided = [length for length in lengths if length > 1]
    if not divided:
        return 0.0
    usual = max(set(divided), key=divided.count)
    return divided.count(usual) / len(lengths)
