"""A column as a model: whatever it showed before, Qt finds it sound and a view loses no card.

Any order of cards may come after any other, so the orders are drawn by chance.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop_app.core.origin import Urgency
from desktop_app.widgets.board_model import CARD_ROLE, BoardCard, CardsModel, spoken
from desktop_app.widgets.board_painter import Measure, broken, shape_of
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.theme import font

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
CARDS = st.lists(st.integers(0, 12), unique=True, max_size=10)


def cards(numbers: list[int], late: bool = False) -> list[BoardCard]:
    return [BoardCard(str(number), "W1", f"事项 {number}", late=late) for number in numbers]


@given(before=CARDS, after=CARDS, late=st.booleans())
def test_any_cards_come_after_any_others_and_each_row_stays_with_its_card(
    before: list[int], after: list[int], late: bool
) -> None:
    model = CardsModel("逾期")
    tester = QAbstractItemModelTester(model, FATAL)
    model.set_cards(cards(before))
    rows = {str(n): QPersistentModelIndex(model.index(at)) for at, n in enumerate(before)}
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.set_cards(cards(after, late))
    assert [model.data(model.index(at), CARD_ROLE) for at in range(model.rowCount())] == cards(
        after, late
    )
    assert [model.row_of(str(n)) for n in after] == list(range(len(after)))
    places = {key: row.row() if row.isValid() else None for key, row in rows.items()}
    assert places == {str(n): after.index(n) if n in after else None for n in before}
    assert resets == []
    tester.deleteLater()
    model.deleteLater()


def test_one_changed_card_is_one_changed_row() -> None:
    model = CardsModel("逾期")
    shown = cards([1, 2, 3])
    model.set_cards(shown)
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda one, last: changed.append((one.row(), last.row())))
    model.set_cards([shown[0], replace(shown[1], owner="市政站"), shown[2]])
    model.set_cards([replace(one) for one in model.cards])
    assert changed == [(1, 1)]
    model.deleteLater()


def test_a_card_that_says_little_is_spoken_without_gaps() -> None:
    assert spoken(BoardCard("k", "", "充电桩不够用"), "逾期") == "充电桩不够用"
    late = BoardCard("k", "", "积水", due_words="11月3日", late=True, urgency=Urgency.SOON)
    assert spoken(late, "超时") == "积水，较急，期限：11月3日 超时"


def test_a_title_is_broken_in_two_lines_without_losing_a_rare_character(
    look: QApplication,
) -> None:
    face = font(14)
    one = QFontMetrics(face).horizontalAdvance("栋")
    title = "𬭎𬎆陈𬭎家楼顶漏水要修"
    first, second = broken(title, face, 6 * one + 2)
    assert first + second == title
    first, second = broken(title * 2, face, 6 * one + 2, 3 * one)
    assert len(first) <= 3
    assert second.endswith("…")
    assert broken("漏水", face, 6 * one) == ("漏水",)


@pytest.mark.parametrize(
    "owner",
    [
        "中国邮政储蓄银行（新罗）支行营业部",
        "Longyan International School",
        "龙岩 TÜV 检测 test 中心",
    ],
)
def test_an_owner_is_whole_in_two_lines_at_the_least_width(look: QApplication, owner: str) -> None:
    needs = Measure().needs([replace(cards([1])[0], owner=owner)], "逾期")
    lines = broken(owner, font(13), needs.words, anywhere=True)
    assert "".join(lines).replace(" ", "") == owner.replace(" ", "")


def test_cards_are_as_high_as_the_fullest_of_them_and_no_higher(look: QApplication) -> None:
    short = replace(cards([1])[0], title="积水", owner="中国邮政储蓄银行新罗支行")
    long = replace(cards([2])[0], title="沿街商铺油烟直排，居民开不了窗", owner="市政站")
    both = replace(long, owner=short.owner)
    alone, other = heights(short), heights(long)
    assert heights(short, long) == max(alone, other)
    assert heights(short, both) > max(alone, other)


def test_only_lines_a_card_fills_take_room(look: QApplication) -> None:
    bare = cards([1])[0]
    placed = replace(bare, place="万宝广场")
    owned = replace(placed, owner="市政站")
    due = replace(owned, due_words="11月3日")
    marked = replace(due, marks=(ChipText("退回 1 次", "warn"), ChipText("待补材料", "warn")))
    found = [heights(one) for one in (bare, placed, owned, due, marked)]
    assert found == sorted(set(found))


def test_marks_and_number_stand_beside_the_due_date_where_there_is_room(
    look: QApplication,
) -> None:
    card = replace(cards([1])[0], due_words="11月3日", marks=(ChipText("退回 1 次", "warn"),))
    needs = Measure().needs([card], "逾期")
    (kind,) = needs.kinds
    beside = shape_of(needs, kind.marked, number=False)
    below = shape_of(needs, kind.marked - 1, number=False)
    assert beside.height < below.height
    assert not needs.number_fits(kind.marked)
    assert needs.number_fits(kind.marked + 100)


def heights(*shown: BoardCard) -> int:
    """How high a column of these cards makes each of them, at the least width."""
    return shape_of(Measure().needs(shown, "逾期"), 112, number=False).height
