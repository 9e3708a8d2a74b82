"""An old ledger is dropped on the window, looked through, taken in, and taken back, by keys only."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.station.importing.ui.words import Step
from tests.driver.importing import ImportingSeat
from tests.station.importing.ui.sheets import BAD, old_visits

pytestmark = pytest.mark.sqlite_only


def test_a_ledger_that_is_dropped_comes_in_step_by_step(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    said = seat.drop(old_visits(tmp_path, BAD))
    assert said == "松开，导入表格 2023年来访登记.xlsx"
    assert seat.step is Step.FILE and seat.said == "", seat.said
    assert seat.deed == "下一步"
    seat.go_on()
    assert seat.step is Step.HEADING
    assert "标题：2023年来访登记表。表头在第 2 行。" in seat.words
    seat.go_on()
    assert seat.step is Step.MAPPING
    print(seat.mapping)
    seat.go_on()
    print(seat.said, seat.words)
    assert seat.step is Step.PREVIEW
    for row in seat.preview:
        print(row)
    print(seat.filters)
    print(seat.detail)
    print(seat.deed)
    seat.go_on()
    print(seat.result)
    assert seat.step is Step.RESULT
    assert 0
