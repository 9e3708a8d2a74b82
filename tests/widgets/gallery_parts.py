"""The parts of the gallery: screens put together from the kit. Looked at, not tested."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.errors import EnvironmentFault
from desktop_app.core.job import Job
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import (
    Card,
    Figure,
    KeyHint,
    KeyMap,
    PageTitle,
    ScrollPage,
    field_row,
    focus_order,
    plain_button,
    primary_button,
)
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.notify import Banner, StatusStrip, UndoStrip
from desktop_app.widgets.rail import Rail, RailEntry
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput, IdInput, NumberInput, PhoneInput

TODAY = date(2026, 11, 23)

RAIL = (
    RailEntry("desk", "前台", "concierge-bell"),
    RailEntry("requests", "诉求", "message-square-warning"),
    RailEntry("volunteers", "志愿", "heart-handshake"),
    RailEntry("activities", "活动", "calendar-days"),
    RailEntry("lists", "三单", "clipboard-list"),
    RailEntry("residents", "居民", "users"),
    RailEntry("figures", "报表", "chart-column"),
    RailEntry("report", "上报", "upload"),
    RailEntry("settings", "设置", "settings", at_foot=True),
    RailEntry("lock", "锁定", "lock", at_foot=True),
)
FOUND = (
    LineItem("1", "张淑芬", "女 71岁", "金色家园 3-2-501 · 138****5678", "3 天前来过", lead="1"),
    LineItem("2", "张淑凤", "女 68岁", "金色家园 1-1-302 · 159****0021", "5 个月前来过", lead="2"),
)
DONE, LATE = ChipText("办结", "ok"), ChipText("超时 2 天", "late")
WAITING, UNDER_WAY = ChipText("待补材料", "warn"), ChipText("办理中", "info")
TODAYS = (
    LineItem("a", "张*芬", "", "医保缴费", chip=DONE, lead="14:02"),
    LineItem("b", "仅计数", "", "问路", lead="13:55"),
    LineItem("c", "赖*国", "", "物业漏水", chip=ChipText("转办", "info"), lead="13:40"),
    LineItem("d", "林*妹", "代办", "老年优待证", chip=ChipText("待补材料", "warn"), lead="11:26"),
    LineItem("e", "罗*·买*提", "", "居住证明", chip=DONE, lead="10:51"),
    LineItem("f", "陈*", "", "廉租房咨询", chip=DONE, lead="10:17"),
    LineItem("g", "邱*娣", "", "独生子女父母奖励", chip=DONE, lead="09:48"),
)
Row = tuple[str, str, str, str, ChipText, int]
ROWS: tuple[Row, ...] = (
    ("张淑芬", "医保参保登记", "11月23日 周一 14:02", "金色家园 3-2-501", DONE, 1),
    ("赖建国", "物业漏水", "11月23日 周一 13:40", "东宝路 118-1-302", ChipText("转办", "info"), 1),
    ("林阿妹", "老年优待证", "11月23日 周一 11:26", "西湖新村 7-604",
     ChipText("待补材料", "warn"), 2),
    ("罗合曼·买买提", "居住证明", "11月23日 周一 10:51", "万宝广场 A-1902", DONE, 1),
    ("陈𬭎", "公租房申请咨询", "11月20日 周五 16:30", "龙川名苑 2-1-101", LATE, 1),
    ("邱招娣", "独生子女父母奖励", "11月20日 周五 15:12", "曹溪路 25-3", UNDER_WAY, 1),
    ("多人来访", "电梯加装意见", "11月20日 周五 09:05", "金色家园", ChipText("待回访", "info"), 12),
    ("匿名", "问路", "11月19日 周四 17:20", "", ChipText("仅计数"), 1),
)  # fmt: skip


def word(number: int) -> Callable[[object], str]:
    """How a column reads a plain cell of `ROWS`."""

    def read(row: object) -> str:
        assert isinstance(row, tuple)
        return str(row[number])

    return read


def state(row: object) -> ChipText:
    """How the state column reads a row."""
    assert isinstance(row, tuple)
    found = row[4]
    assert isinstance(found, ChipText)
    return found


COLUMNS = (
    Column("居民", word(0), 150, style="bold", key="name"),
    Column("事项", word(1), 180, stretch=True, key="matter"),
    Column("时间", word(2), 190, style="quiet", key="at"),
    Column("住址", word(3), 170, key="address"),
    Column("状态", state, 120, key="state"),
    Column("人数", word(5), 72, style="number", key="count"),
)
ACTIONS = (
    RowAction("finish", "办结", "check", "B"),
    RowAction("hand_over", "转办", "forward", "Z"),
    RowAction("print", "打印回执", "printer", "Ctrl+P"),
    RowAction("log", "看经过", "history", "L"),
)


def frame(content: QWidget, active: str) -> tuple[QWidget, JobRunner]:
    """A window with the rail, a banner place, the content and the status strip."""
    window = QWidget()
    rail = Rail(RAIL, window)
    rail.set_active(active)
    rail.set_count("requests", 5)
    runner = JobRunner(window)
    strip = StatusStrip(runner, window)
    strip.set_saved("14:05 已保存")
    strip.set_reported("10月已上报")
    right = QVBoxLayout()
    right.setSpacing(0)
    right.addWidget(content, 1)
    right.addWidget(strip)
    whole = QHBoxLayout(window)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(rail)
    whole.addLayout(right, 1)
    return window, runner


def page() -> tuple[QWidget, QVBoxLayout]:
    """An empty page with the usual margins."""
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
    column.setSpacing(SPACE.large)
    return content, column


def desk() -> QWidget:
    """The first screen, roughly: the box, the found people, the form, today's list."""
    content, column = page()
    box = SearchBox("姓名 / 拼音首字母 / 门牌 / 尾号", content)
    column.addWidget(box)
    body = QHBoxLayout()
    body.setSpacing(SPACE.large)
    left = QVBoxLayout()
    left.setSpacing(SPACE.large)
    people = LineList("找到的居民", content)
    people.set_items(FOUND, select_first=True)
    card = Card(parent=content)
    card.add_list(people)
    people.setFixedHeight(2 * people.sizeHintForRow(0))
    left.addWidget(card)
    scroll = ScrollPage(content)
    scroll.body.addWidget(entry_form(scroll))
    scroll.body.addStretch(1)
    left.addWidget(scroll, 1)
    body.addLayout(left, 5)
    body.addWidget(todays(content), 3)
    column.addLayout(body, 1)
    window, _ = frame(content, "desk")
    box.setText("zsf")
    window.setProperty("start_at", box)
    strip = UndoStrip(window)
    strip.offer("已登记 张淑芬 · 医保参保登记，编号 LY01-2026A-00042。", strip.withdraw)
    return window


def usual_matters(parent: QWidget) -> ChoiceBar:
    """The matters of this desk, by digits."""
    names = ("医保参保登记", "居住证明", "老年优待证", "困难救助", "物业纠纷", "咨询引导")
    offered = [Choice(name, name, str(number)) for number, name in enumerate(names, 1)]
    return ChoiceBar(offered, parent, value=names[0])


def ways(parent: QWidget) -> ChoiceBar:
    """How a matter is handled, by letters."""
    names = (
        ("即时办结", "j"),
        ("帮办代办", "d"),
        ("限时办理", "x"),
        ("转办", "z"),
        ("咨询引导", "y"),
    )
    return ChoiceBar([Choice(name, name, key) for name, key in names], parent, value="即时办结")


def entry_form(parent: QWidget) -> Card:
    """A form with the kinds of fields the front desk has."""
    card = Card("来访登记", parent)
    matters, how = usual_matters(card), ways(card)
    reason = TextInput(card, placeholder="居民怎么说，就怎么记")
    phone_editor = PhoneInput(parent=card)
    phone = LabelledField("联系电话", phone_editor, card, key="D", optional=True)
    phone_editor.set_value("1380000567")
    count = NumberInput(card, unit="人", value=1)
    fields = [
        LabelledField("事项", matters, card, key="S"),
        LabelledField("事由", reason, card, key="Y", optional=True),
        LabelledField("办理", how, card, key="B"),
    ]
    source = ChoiceBox([Choice(1, "来访"), Choice(2, "电话")], card, value=1)
    row = field_row(
        (phone, LabelledField("人数", count, card, key="R"), LabelledField("来源", source, card)),
        (2, 1, 2),
    )
    for field in fields:
        card.body.addWidget(field)
    card.body.addLayout(row)
    phone.set_problem("手机号应为 11 位，现在是 10 位。")
    foot = QHBoxLayout()
    foot.addStretch(1)
    foot.addWidget(plain_button("挂起  F6", card))
    foot.addWidget(primary_button("登记", card, keys="Ctrl+Enter"))
    card.body.addLayout(foot)
    focus_order([matters, reason, how, phone, count])
    return card


def todays(parent: QWidget) -> Card:
    """Today's list with its figures."""
    card = Card("今天 11月23日 周一", parent)
    figures = QHBoxLayout()
    for number, name, tone in (("42", "登记", "ink"), ("5", "待办", "ink"), ("1", "超时", "late")):
        figures.addWidget(Figure(name, card, number=number, tone=tone))
    figures.addStretch(1)
    figures.setSpacing(SPACE.huge)
    card.body.addLayout(figures)
    entries = LineList("今天", card)
    entries.set_items(TODAYS)
    card.add_list(entries)
    return card


def table() -> QWidget:
    """A ledger's list."""
    content, column = page()
    title = PageTitle("来访登记", content, action="登记", keys="F2", icon_name="plus")
    title.set_title("来访登记", "11月 · 共 1204 条")
    title.add_secondary(plain_button("打印", title, icon_name="printer"))
    column.addWidget(title)
    filters = QHBoxLayout()
    filters.setSpacing(SPACE.small)
    box = SearchBox("在本页查找", content)
    box.setFixedWidth(280)
    filters.addWidget(box)
    filters.addWidget(
        ChoiceBar(
            [Choice(n, n) for n in ("全部", "待办", "超时", "已办结")], content, value="全部"
        ),
        1,
    )
    column.addLayout(filters)
    card = Card(parent=content)
    listing = PagedTable(COLUMNS, word(0), card, actions=ACTIONS, name="来访登记")
    listing.set_rows(ROWS, older=True)
    listing.foot.set_count("第 1–8 条，共 1204 条")
    listing.foot.set_note("已按“11月”筛选，另有 8632 条未显示。")
    listing.focus_row("林阿妹")
    card.add_list(listing)
    column.addWidget(card, 1)
    window, runner = frame(content, "requests")
    window.setProperty("start_at", listing)
    runner.start("导出 11 月来访登记", export)
    window.setProperty("runner", runner)
    return window


def export(job: Job) -> None:
    """Work that stands at a third until it is cancelled."""
    wait = threading.Event()
    while not wait.wait(0.05):
        job.progress(430, 1204, "第 430 条，共 1204 条")


def states() -> QWidget:
    """Fields in all their states, chips, panes, banners."""
    content, column = page()
    for tone, words in (
        ("warn", "这台电脑的时间是 2000年1月1日，比最近一条记录还早。请先把时间改对，再登记。"),
        ("late", "磁盘快满了，只剩 180 MB。已保存的都在，请尽快清理或换盘。"),
    ):
        banner = Banner(content)
        banner.warn(words, tone=tone, step="怎么办")
        column.addWidget(banner)
    body = QHBoxLayout()
    body.setSpacing(SPACE.large)
    body.addWidget(all_fields(content), 1)
    side = QVBoxLayout()
    side.setSpacing(SPACE.large)
    chips = QHBoxLayout()
    for chip in (
        DONE,
        LATE,
        ChipText("待补材料", "warn"),
        ChipText("办理中", "info"),
        ChipText("仅计数"),
    ):
        chips.addWidget(Chip(chip, content))
    chips.addStretch(1)
    side.addLayout(chips)
    empty, broken = StatePane(content), StatePane(content)
    empty.show_empty("今天还没有人来访。", "有人来时按 F2 登记，只问路的按 F9 计数。", "登记来访")
    broken.show_fault(EnvironmentFault("读不到数据盘，已保存的没有丢。", "请检查 U 盘是否插好。"))
    side.addWidget(empty, 1)
    side.addWidget(broken, 1)
    body.addLayout(side, 1)
    column.addLayout(body, 1)
    return frame(content, "settings")[0]


def all_fields(parent: QWidget) -> Card:
    """One of each field."""
    card = Card("字段", parent)
    day = DateInput(lambda: TODAY, card)
    day.set_day(TODAY)
    wrong_day = DateInput(lambda: TODAY, card)
    wrong_day.setText("2026-13-40")
    locked = LineInput(card)
    locked.setText("已封账，不能改")
    locked.setReadOnly(True)
    off = LineInput(card, placeholder="不可用")
    off.setEnabled(False)
    wrong = LabelledField("办结日期", wrong_day, card)
    name = LabelledField("姓名", LineInput(card), card, key="N", hint="不愿透露的可填“匿名”")
    for field in (
        name, LabelledField("证件号码", IdInput(parent=card), card, optional=True),
        LabelledField("受理日期", day, card), wrong, LabelledField("期间", locked, card),
        LabelledField("备注", off, card, optional=True),
    ):  # fmt: skip
        card.body.addWidget(field)
    wrong.set_problem(wrong_day.problem())
    name.show_key(True)
    buttons = QHBoxLayout()
    buttons.setSpacing(SPACE.small)
    danger, disabled = plain_button("删除", card), primary_button("上报", card)
    danger.setProperty("role", "danger")
    disabled.setEnabled(False)
    for button in (primary_button("登记", card), plain_button("打印", card, icon_name="printer"),
                   danger, disabled):  # fmt: skip
        buttons.addWidget(button)
    buttons.addStretch(1)
    card.body.addLayout(buttons)
    card.body.addStretch(1)
    return card


def questions() -> QWidget:
    """The list of keys over a page, and a question beside it."""
    window = table()
    keys = KeyMap(window, [
        KeyHint("F2", "登记"), KeyHint("Ctrl+F", "查找"), KeyHint("B", "办结"),
        KeyHint("Z", "转办"), KeyHint("Ctrl+P", "打印回执"), KeyHint("Ctrl+1…9", "换页"),
        KeyHint("Esc", "返回，不丢内容"), KeyHint("?", "本页按键"),
    ])  # fmt: skip
    window.setProperty("keys", keys)
    return window
