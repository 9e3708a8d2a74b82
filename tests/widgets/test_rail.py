"""The rail has room for everything a station has, also on a low screen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop_app.widgets.rail import Rail, RailEntry
from desktop_app.widgets.theme import Theme, apply_theme, theme_of

WORDS = ("前台", "来访", "诉求", "活动", "三单", "志愿", "居民", "报表", "上报", "评价")
LOW = 768 - 31 - 40
"""What a screen of 768 px leaves of its height: a title bar and a task bar stand there, too."""

BESIDE = 116
"""Below the rail: who sits here, 锁屏, and the strip at the window's foot."""


@pytest.fixture
def rail(qapp: QApplication, qtbot: QtBot) -> Rail:
    apply_theme(qapp, Theme())
    entries = [RailEntry(word, word, "inbox") for word in WORDS]
    made = Rail([*entries, RailEntry("设置", "设置", "settings", at_foot=True)])
    qtbot.addWidget(made)
    return made


def buttons(rail: Rail) -> list[QAbstractButton]:
    found = rail.findChildren(QAbstractButton)
    return sorted(found, key=lambda one: one.y())


def show(rail: Rail, height: int, qtbot: QtBot) -> None:
    rail.resize(rail.width(), height)
    with qtbot.waitExposed(rail):
        rail.show()


def test_ten_pages_and_the_settings_fit_a_low_screen_whole(rail: Rail, qtbot: QtBot) -> None:
    show(rail, LOW - BESIDE, qtbot)
    shown = buttons(rail)
    assert [one.accessibleName() for one in shown] == [*WORDS, "设置"]
    assert rail.height() == LOW - BESIDE
    for above, below in pairwise(shown):
        assert above.geometry().bottom() < below.geometry().top()
    assert shown[-1].geometry().bottom() <= rail.height()


def test_words_go_beside_the_icons_before_an_entry_is_too_low_for_both(
    rail: Rail, qtbot: QtBot
) -> None:
    sizes = theme_of().metrics
    lowest = rail.minimumSizeHint().height()
    assert lowest <= 480
    low = {}
    for height in range(lowest, LOW - BESIDE + 1, 5):
        show(rail, height, qtbot)
        (low[height],) = {one.is_low for one in buttons(rail)}  # type: ignore[attr-defined]
        least = sizes.icon if low[height] else sizes.icon + sizes.small
        assert min(one.height() for one in buttons(rail)) >= least + 4
    assert (low[lowest], list(low.values())[-1]) == (True, False)


def test_where_there_is_room_the_entries_keep_their_height_and_the_rest_is_above_the_settings(
    rail: Rail, qtbot: QtBot
) -> None:
    show(rail, 900, qtbot)
    shown = buttons(rail)
    assert len({one.height() for one in shown}) == 1
    assert shown[0].height() == shown[0].sizeHint().height()
    assert shown[-1].y() - shown[-2].geometry().bottom() > 200


def test_large_text_fits_a_screen_of_768_too(rail: Rail, qapp: QApplication) -> None:
    apply_theme(qapp, Theme(large=True))
    rail.set_wide(False)
    assert rail.minimumSizeHint().height() <= 768 - 150


def test_thirteen_entries_of_large_text_fit_and_can_still_be_hit(
    qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, Theme(large=True))
    made = Rail([RailEntry(str(number), "志愿", "inbox") for number in range(13)])
    qtbot.addWidget(made)
    show(made, 768 - 150, qtbot)
    assert made.height() == 768 - 150
    assert min(one.height() for one in buttons(made)) >= 44
