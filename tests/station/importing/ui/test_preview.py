"""The preview: fifty thousand rows are as quick as fifty, changes are told before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.sheets.left_out import Left
from desktop_app.sheets.rows import SheetRow
from desktop_app.station.importing import service
from desktop_app.station.importing.rules.trial import Decisions, Judged, Trial, Verdict
from desktop_app.station.importing.service.judging import subject_of
from desktop_app.station.importing.ui.preview_step import ALL_THERE, PreviewTable
from desktop_app.station.importing.ui.words import Step
from desktop_app.station.importing.ui.work import Seen
from desktop_app.storage.paging import FIRST
from desktop_app.storage.session import Desk
from tests.driver.importing import ImportingSeat
from tests.sheets.gallery import workbook
from tests.station.importing.ui.sheets import old_visits

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
MANY = 50_000


class Counted(Sequence[Judged]):
    """Rows that count how often one of them is asked for."""

    def __init__(self, rows: Sequence[Judged]) -> None:
        self._rows, self.asked = rows, 0

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Judged]:
        return iter(self._rows)

    @overload
    def __getitem__(self, place: int) -> Judged: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Judged]: ...
    def __getitem__(self, place: int | slice) -> Judged | Sequence[Judged]:
        self.asked += 1
        return self._rows[place]


def test_of_fifty_thousand_rows_only_those_in_sight_are_looked_at(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    opened = service.open_file(old_visits(tmp_path))
    plan = service.propose(desk, opened, 0, kind="visits")
    row = SheetRow(4, 0, ("",), {"name": "周桂兰", "day": "2023-03-05"}, ())
    rows = Counted([Judged(row, Verdict.NEW)] * MANY)
    tried = service.Tried(opened, plan, Trial(rows, Left()), subject_of("visits"), None)
    places = dict.fromkeys(Verdict, ()) | {Verdict.NEW: tuple(range(MANY))}
    table = PreviewTable(None)  # type: ignore[arg-type]
    qtbot.addWidget(table)
    table.resize(800, 600)
    table.show()
    table.take(Seen(tried, places, tuple(range(MANY)), ("name",)), Decisions())
    table.set_rows(tuple(range(MANY)))
    qtbot.waitUntil(lambda: rows.asked > 0)
    table.view.setCurrentIndex(table.model.index(MANY - 1, 0))
    table.grab()
    assert table.model.rowCount() == MANY
    assert rows.asked < 2_000


def test_a_change_is_told_before_and_after(seat: ImportingSeat, tmp_path: Path) -> None:
    desk = seat.counter.workplace.desk
    seat.drop(old_visits(tmp_path))
    seat.go_to(Step.RESULT)
    first = visits.page(desk, VisitFilter(), FIRST).rows[-1]
    again = workbook(
        tmp_path / "更正.xlsx",
        [("编号", "来访时间", "事由"), (first.number, "2023-03-05", "咨询医保报销")],
    )
    seat.drop(again)
    seat.go_to(Step.PREVIEW)
    assert seat.filters == ["全部 1", "更新 1"]
    assert seat.detail == [["事由", "咨询医保", "咨询医保报销"]]
    assert seat.deed == "导入 1 条"
    seat.go_on()
    assert "更新 1 条" in seat.result
    seat.drop(again)
    seat.go_to(Step.PREVIEW)
    assert seat.filters == ["全部 1", "相同 1"]
    assert ALL_THERE in seat.words
    assert not seat.page.title.action.isEnabled()
