"""Files that LibreOffice has saved are read as what stands in them, in each of its formats.

Made by `build_scripts/make_office_sheets.py` (LibreOffice 7.4), and only made anew on purpose.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.sheets.heading import find_heading
from desktop_app.sheets.left_out import Left
from desktop_app.sheets.mapping import guess
from desktop_app.sheets.reader import open_book
from desktop_app.sheets.rows import SheetRow, read_rows
from desktop_app.sheets.spec import Several
from desktop_app.sheets.values import Context
from tests.sheets.gallery import TODAY, VISIT_COLUMNS

FOLDER = Path(__file__).parent / "saved_by_libreoffice"
FILES = sorted(FOLDER.iterdir())


def _read(path: Path) -> tuple[list[SheetRow], Left]:
    book = open_book(path)
    rows, merged, left = book.rows(0), book.merged(0), Left()
    heading = find_heading(rows, merged)
    assert heading.year == 2023
    columns = guess(heading, VISIT_COLUMNS, rows)
    found = read_rows(
        rows, heading, columns, VISIT_COLUMNS, Context(TODAY, heading.year), Several.TOGETHER,
        merged=merged, left=left,
    )  # fmt: skip
    return list(found), left


def test_there_is_one_of_each_format() -> None:
    assert [path.suffix for path in FILES] == [".csv", ".xls", ".xlsx"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.suffix)
def test_days_numbers_names_and_what_was_ruined_are_the_same_in_all_of_them(path: Path) -> None:
    rows, left = _read(path)

    assert [row.number for row in rows] == [3, 4, 5, 6, 7]
    assert [str(row.values["at"])[:10] for row in rows] == [
        "2023-03-05", "2023-03-06", "2023-03-06", "2024-03-05", "2023-03-08",
    ]  # fmt: skip
    assert [row.values["phone"] for row in rows] == [
        "13800005678", "13900001234", "13900001235", "13900001236", "13900001237",
    ]  # fmt: skip
    assert rows[0].values["id_number"] == "11010519491231002X"
    assert (rows[2].values["name"], rows[2].values["others"]) == ("张三", ["李四"])
    assert [bool(row.problems) for row in rows] == [False, False, False, False, True]
    assert "改坏" in rows[4].problems[0].problem.sentence
    assert (left.sums, left.signatures) == (1, 1)
