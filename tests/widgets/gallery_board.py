"""A board of invented problems and duties for the gallery and the bench. Looked at, not tested."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.core.origin import Urgency
from desktop_app.widgets.board import Board, BoardCard, BoardColumn
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.forms import PageTitle, plain_button
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.tokens import SPACE
from tests.widgets.gallery_parts import frame, page

COLUMNS = (
    ("raised", "提出", "没有新提出的问题。"),
    ("listed", "待认领", "问题都有单位认领了。"),
    ("proposed", "待接单", "没有等待接单的任务。"),
    ("doing", "办理中", "没有正在办理的任务。"),
    ("review", "待复核", "没有申请销号的任务。"),
    ("closed", "已销号", "最近 30 天没有销号。"),
)
TITLES = (
    "2 栋电梯一周停运三次，老人下不了楼", "老年食堂周末停餐", "小区北门非机动车占用消防通道",
    "3 栋楼道感应灯不亮", "暑期孩子无人看护，希望开设四点半课堂", "充电桩不够用",
    "龙津河步道夜间照明不足", "独居老人需要定期上门量血压", "7 栋 2 单元下水管堵塞返水",
    "沿街商铺油烟直排，居民开不了窗", "增设老年人智能手机培训班", "高龄老人就医陪诊",
    "地下车库入口积水", "儿童滑梯破损，有尖锐边角", "楼顶违建漏水影响五户",
)  # fmt: skip
PLACES = (
    "金色家园 2 栋",
    "东宝路 118 号",
    "西湖新村 7 栋 2 单元",
    "万宝广场",
    "龙川名苑",
    "曹溪路 25 号院",
)
OWNERS = (
    "国网新罗供电公司", "东城街道市政站", "区市场监管局", "龙岩学院师范学院", "金色家园物业",
    "中国邮政储蓄银行新罗支行", "东城社区卫生服务中心", "区消防救援大队",
)  # fmt: skip
LATE_COLUMNS = {"proposed", "doing"}


def card(number: int, column: str) -> BoardCard:
    """One of the invented cards; the same number is the same card."""
    owned = column not in ("raised", "listed")
    late = column in LATE_COLUMNS and number % 4 == 1
    urgent = {2: Urgency.URGENT, 5: Urgency.SOON}.get(number % 9, Urgency.NORMAL)
    marks = (ChipText("退回 1 次", "warn"),) if column == "doing" and number % 5 == 3 else ()
    return BoardCard(
        f"c{number}",
        f"{'Z' if owned else 'W'}01-2026A-{number:05}",
        TITLES[number % len(TITLES)],
        PLACES[number % len(PLACES)],
        OWNERS[number % len(OWNERS)] if owned else "",
        f"11月{number % 22 + 1}日" if late else f"12月{number % 28 + 1}日",
        late,
        marks,
        urgent,
    )


def columns(counts: tuple[int, ...]) -> tuple[BoardColumn, ...]:
    """Columns with so many cards each."""
    made, number = [], 1
    for (key, title, hint), count in zip(COLUMNS, counts, strict=True):
        cards = tuple(card(at, key) for at in range(number, number + count))
        made.append(BoardColumn(key, title, cards, hint))
        number += count
    return tuple(made)


def may_move(_card: str, column: str) -> bool:
    """Where the gallery lets cards go."""
    return column in ("doing", "review")


def board() -> QWidget:
    """The board as a page would have it."""
    content, column = page()
    title = PageTitle("三单", content, action="提出问题", keys="F2", icon_name="plus")
    title.set_title("三单共建", "138 件在办 · 逾期 7 件")
    title.add_secondary(plain_button("打印", title, icon_name="printer"))
    column.addWidget(title)
    filters = QHBoxLayout()
    filters.setSpacing(SPACE.small)
    box = SearchBox("查找问题、单位", content)
    box.setFixedWidth(240)
    filters.addWidget(box)
    ways = ("看板", "问题", "共建", "责任")
    filters.addWidget(ChoiceBar([Choice(n, n) for n in ways], content, value="看板"), 1)
    column.addLayout(filters)
    made = Board("三单看板", content, may_move=may_move)
    made.set_columns(columns((4, 12, 6, 23, 0, 9)))
    column.addWidget(made, 1)
    window, _ = frame(content, "lists")
    window.setProperty("start_at", made)
    return window


def dragged() -> QWidget:
    """The board while a card is dragged."""
    window = board()
    made = window.findChild(Board)
    assert isinstance(made, Board)
    window.resize(1366, 768)
    window.show()
    made.focus_card("c18")
    lane = made.ground.lanes[4]
    made.drag.drag("c18", lane.mapToGlobal(QPoint(60, 120)))
    return window
