"""Which columns a long list gives up in a narrow window, and that its rows fill what is left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.theme import Theme, apply_theme


def _word(row: object) -> str:
    return str(row)


COLUMNS = (
    Column("名称", _word, 100, key="name"),
    Column("说明", _word, 200, stretch=True, key="words"),
    Column("时间", _word, 100, key="time"),
)


@pytest.fixture
def listed(qapp: QApplication, qtbot: QtBot) -> Iterator[LongList]:
    apply_theme(qapp, Theme())
    window = QWidget()
    qtbot.addWidget(window)
    made = LongList(
        COLUMNS,
        _word,
        window,
        actions=[],
        name="样品",
        unit="件",
        given_up=("words", "time"),
        grows="time",
        ends=False,
    )
    window.show()
    made.set_rows(["a"])
    yield made
    window.close()


@pytest.mark.parametrize(
    ("width", "shown"),
    [(600, ("name", "words", "time")), (350, ("name", "time")), (180, ("name",))],
)
def test_the_rows_end_where_the_table_does(
    listed: LongList, width: int, shown: tuple[str, ...]
) -> None:
    for wide in (width, 800, width):
        listed.resize(wide, 200)
        listed.fit_columns()
    view = listed.view
    seen = [column.key for number, column in enumerate(COLUMNS) if not view.isColumnHidden(number)]
    assert tuple(seen) == shown
    widths = [view.columnWidth(number) for number in range(3) if not view.isColumnHidden(number)]
    assert sum(widths) == view.viewport().width()


def test_what_grew_takes_its_own_width_again_where_there_is_room(listed: LongList) -> None:
    for wide in (180, 350, 800):
        listed.resize(wide, 200)
        listed.fit_columns()
    assert [listed.view.columnWidth(number) for number in (0, 2)] == [100, 100]
