"""What a screen shows of a sheet: its first rows, its columns, a row beside what it may be."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from desktop_app.core.job import Job
from desktop_app.sheets.spec import Cell
from desktop_app.station.importing import service
from desktop_app.station.importing.rules.trial import Decisions, Verdict
from desktop_app.station.importing.service.showing import (
    beside,
    cell_text,
    cells_of,
    look,
    missing,
)
from desktop_app.storage.session import Desk
from tests.station.front_desk.conftest import settle_in
from tests.station.importing.ui.sheets import BAD, old_visits


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  周桂兰 \n 代办 ", "周桂兰 代办"),
        (3.0, "3"),
        (3.5, "3.5"),
        (True, "TRUE"),
        (date(2023, 3, 5), "2023-03-05"),
        (datetime(2023, 3, 5), "2023-03-05"),
        (datetime(2023, 3, 5, 9, 30), "2023-03-05 09:30"),
        (time(9, 30), "09:30"),
        (timedelta(hours=26, minutes=5), "26:05"),
    ],
)
def test_a_cell_reads_as_in_a_spreadsheet(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


def test_a_sheet_is_shown_by_its_first_rows_and_columns(desk: Desk, tmp_path: Path) -> None:
    looked = look(desk, service.open_file(old_visits(tmp_path)), 0, Job("看"))
    assert looked.head[0] == ("2023年来访登记表",)
    assert looked.head[1][:2] == ("序号", "日期")
    assert looked.columns[1].heading == "日期"
    assert looked.columns[1].samples == ("2023.3.5", "3月6日", "2023/3/7")
    assert looked.before == ()
    assert missing(looked.plan) == ()
    assert missing(looked.plan.with_column(1, "")) == ("来访时间",)


def test_a_row_is_shown_cell_by_cell_with_what_is_wrong(desk: Desk, tmp_path: Path) -> None:
    opened = service.open_file(old_visits(tmp_path, BAD))
    plan = service.propose(desk, opened, 0)
    trial = service.try_out(desk, opened, plan, Job("试")).trial
    wrong = next(one for one in trial.rows if one.verdict is Verdict.WRONG)
    cells = {cell.heading: cell for cell in cells_of(plan, wrong)}
    assert cells["来访人"].becomes == "孙大勇"
    assert cells["联系方式"].problem.startswith("手机号码应为11位")
    assert (cells["序号"].original, cells["序号"].column) == ("4", "")


def test_numbers_of_a_record_are_masked_beside_a_row(desk: Desk, tmp_path: Path) -> None:
    settle_in(desk)
    opened = service.open_file(old_visits(tmp_path))
    plan = service.propose(desk, opened, 0)
    tried = service.try_out(desk, opened, plan, Job("试"))
    service.take_in(desk, tried, Decisions(), Job("导入"))
    again = service.try_out(desk, opened, plan, Job("试")).trial
    found = beside(desk, plan, again, again.rows[0], Job("比"))
    cells = {cell.column: cell for cell in found[0].cells}
    assert (cells["来访人姓名"].there, cells["来访人姓名"].same) == ("周桂兰", True)
    assert cells["来访时间"].same, "the record knows the time as well"
    assert cells["联系电话"].same
    assert "*" in cells["联系电话"].there
    assert "13800001111" not in str(cells["联系电话"].there)
