"""The ledger of visits and the slip of one, read by programs that had no part in making them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desktop_app.core.errors import UserError
from desktop_app.core.figures import Span
from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits.report import ledger, receipt, span_words
from desktop_app.ledgers.visits.rules.visit import Agent, Pause, Visit, VisitKind, VisitState
from desktop_app.printing.document import Document, missing_characters, render
from desktop_app.printing.page import MM
from tests.ledgers.visits.papers import HEAD, NOVEMBER, TODAY, visit, visits
from tests.printing.outside import Reading, assert_lines_break_well, assert_sound

LONG_NAME = "阿卜杜勒艾则孜·" * 7 + "提提提提"
NUMBER = re.compile(r"QR01-2026A-\d{5}")


def printed(document: Document) -> Reading:
    """Through the gate, with nothing on it that cannot be drawn and no line badly ended."""
    assert missing_characters(document) == frozenset()
    reading = assert_sound(render(document))
    assert_lines_break_well(reading)
    return reading


def drawn(reading: Reading) -> str:
    """All characters in the order of the cells."""
    return re.sub(r"\s", "", reading.drawn)


def november(rows: list[Visit], filter_words: str = "", **more: Any) -> Reading:
    return printed(ledger(rows, filter_words, NOVEMBER, HEAD, **more))


# --- 来访登记台账 ------------------------------------------------------------------------------


def test_a_row_has_everything_a_ledger_asks_for_and_hides_who_it_was() -> None:
    said = drawn(november([visit(4, result="已办结并告知"), visit(5)]))
    assert (
        "编号日期时间姓名性别联系电话事项办理方式状态结果经办人"
        "QR01-2026A-000042026-11-0512:04次*·*玛"
    ) in said
    assert "138****0004城乡居民医保参保缴费帮办即时办结办结已办结并告知" in said
    assert "次仁·卓玛" not in said
    assert "13800000004" not in said


def test_names_are_whole_only_when_asked_for_and_phones_never() -> None:
    reading = november(visits(8), masked=False)
    said = drawn(reading)
    for name in ("张𬭎龑", "阿卜杜拉·买买提", "次仁·卓玛", "王小燕"):
        assert name in said, name
    assert not re.search(r"1[3-9]\d{9}", said)


def test_a_phone_that_comes_masked_stays_readable() -> None:
    assert "138****5678" in drawn(november([visit(phone="138****5678")]))


def test_batches_people_and_matters_are_counted_apart() -> None:
    batch = Uid(int=900)
    rows = [
        visit(1, batch=batch, people=6),
        visit(2, batch=batch, people=6, leads=False),
        visit(3),
        visit(4, kind=VisitKind.COUNTED, name="", phone=""),
    ]
    said = november(rows).characters
    assert "以上共登记4件，来访3批次、8人次。" in said
    assert "仅计数" in said
    assert "信访" not in said


def test_petitions_are_counted_and_stand_in_no_row() -> None:
    told = visit(7, petition=True, matter_name="信访渠道指引事项", kind=VisitKind.COUNTED)
    said = november([visit(1), told], petitions=2).characters
    assert "以上共登记1件，来访1批次、1人次。另有信访渠道告知3件，只计件数，不列明细。" in said
    assert "信访渠道指引事项" not in said
    assert "QR01-2026A-00007" not in said


def test_who_came_with_others_or_without_a_name_and_what_was_written_later_is_said() -> None:
    rows = [
        visit(1, people=12),
        visit(2, kind=VisitKind.ANONYMOUS, name="", phone="", late_entry=True),
        visit(3, state=VisitState.NOT_OURS),
    ]
    said = drawn(november(rows))
    for words in ("林*强等12人", "匿名", "（补录）", "不属本站办理"):
        assert words in said, words


def test_a_ledger_says_its_period_and_what_it_was_narrowed_to_on_every_page() -> None:
    reading = november(visits(60), "办理方式：限时办理；超期")
    assert len(reading.pages) == 3
    for page in reading.pages:
        texts = "".join(page.texts)
        assert "2026年11月" in texts
        assert "筛选：办理方式：限时办理；超期" in texts
        assert "青榕社区近邻党群服务站" in texts
        assert "编号" in texts


def test_a_period_without_a_visit_says_so() -> None:
    reading = november([])
    assert "本期没有记录" in reading.characters
    assert "以上共登记0件，来访0批次、0人次。" in reading.characters
    assert len(reading.pages) == 1


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), "2026年11月"),
        (date(2026, 7, 1), date(2026, 9, 30), "2026年第三季度"),
        (date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (date(2026, 11, 23), date(2026, 11, 23), "2026年11月23日"),
        (date(2026, 11, 2), date(2026, 12, 1), "2026年11月2日至2026年12月1日"),
    ],
)
def test_a_span_is_said_as_people_say_it(first: date, last: date, words: str) -> None:
    assert span_words(first, last) == words
    assert printed(ledger([], "", Span(first, last, TODAY), HEAD)).characters.count(words) >= 1


@pytest.mark.slow
def test_thousands_of_rows_are_all_there_once_and_in_their_order() -> None:
    reading = november(visits(5000))
    found = NUMBER.findall(reading.drawn)
    assert found == [f"QR01-2026A-{number:05d}" for number in range(1, 5001)]
    assert "以上共登记5000件，来访5000批次、5000人次。" in reading.characters


@pytest.mark.slow
def test_a_ledger_stands_whatever_was_typed() -> None:
    rows = [
        visit(
            n,
            name=LONG_NAME,
            people=999,
            matter_name="国" * 80,
            result=(
                "民（《民》民），“民！”" * 300 if n == 3 else "国" * 5000 if n == 5 else "a" * 400
            ),
            first_clerk_name=LONG_NAME,
        )
        for n in range(1, 13)
    ]
    reading = november(rows, "筛" * 60, masked=False)
    assert reading.characters.count("国") == 12 * 80 + 5000
    assert reading.characters.count("民") == 300 * 4
    assert NUMBER.findall(reading.drawn) == [row.number for row in rows]


# --- 登记回执 ----------------------------------------------------------------------------------


def slip(**more: Any) -> str:
    reading = printed(receipt(visit(2, **{"state": VisitState.WORKING, **more}), HEAD))
    assert len(reading.pages) == 1
    return drawn(reading)


def test_a_slip_says_what_was_registered_until_when_and_whom_to_ask() -> None:
    said = slip(due=date(2026, 11, 27), limit_days=3, handed_to="安泽物业", handed_on=TODAY)
    for words in (
        "登记回执",
        "登记编号QR01-2026A-00002",
        "登记时间2026年11月3日10:02",
        "登记事项物业服务房屋渗漏水",
        "办理方式限时办理",
        "本站时限3个工作日内答复进展或告知去向，最迟2026年11月27日",
        "部门时限以部门公布为准",
        "已转交安泽物业（2026年11月23日）",
        "凭登记编号拨打0597-2212345",
        "不是行政机关的受理决定",
        "澄岭街道青榕社区居民委员会2026年11月23日",
    ):
        assert words in said, words
    assert "受理回执" not in said


def test_a_slip_names_nobody_but_the_clerk() -> None:
    said = slip(
        name="张𬭎龑", phone="13800005678", room="501", building="3栋", summary="楼上王某漏水",
        result="答复", agent=Agent("李小明", "13900001111", "儿子"),
    )  # fmt: skip
    for secret in ("张𬭎龑", "1380000", "501", "王某", "李小明", "1390000"):
        assert secret not in said, secret


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"due": None}, "不设时限，有进展及时告知"),
        ({"pauses": (Pause(TODAY),), "state": VisitState.AWAITING}, "待补材料，自材料补齐之日起"),
        ({"state": VisitState.CLOSED, "closed_day": TODAY}, "已于2026年11月23日办结"),
        ({"state": VisitState.NOT_OURS}, "当前状态不属本站办理"),
        ({"state": VisitState.WITHDRAWN}, "已结束"),
        ({"matter_name": "", "category": ""}, "其他事项"),
        ({"due": TODAY, "limit_days": 0}, "当日答复进展或告知去向"),
    ],
)
def test_a_slip_promises_no_more_than_the_matter_does(told: dict[str, Any], words: str) -> None:
    assert words in slip(**told)


def test_no_slip_is_made_of_a_petition() -> None:
    with pytest.raises(UserError, match="信访渠道告知只计件数"):
        receipt(visit(2, petition=True), HEAD)


def test_a_slip_is_half_a_sheet_and_says_when_it_is_a_further_copy() -> None:
    bare = replace(HEAD, issuer="", phone="", address="", hours="", mark="补打")
    reading = printed(receipt(visit(2), bare))
    (page,) = reading.pages
    assert page.width == pytest.approx(210 * MM, abs=0.5)
    assert page.height == pytest.approx(148.5 * MM, abs=0.5)
    assert "补打" in page.texts
    assert "凭登记编号到本站查询" in drawn(reading)
    assert "青榕社区近邻党群服务站" in page.texts


def test_a_slip_stands_whatever_was_typed() -> None:
    told = visit(
        2,
        state=VisitState.HANDED_OVER,
        category="社会保险" * 10,
        matter_name="国" * 80,
        handed_to="民（《民》民），“民！”" * 20,
        handed_on=TODAY,
        first_clerk_name=LONG_NAME,
        due=TODAY + timedelta(days=3),
        limit_days=3,
    )
    head = replace(HEAD, issuer="中共" + "澄岭街道青榕社区" * 9, address="青榕雅苑" * 30)
    said = drawn(printed(receipt(told, head)))
    assert said.count("国") == 80
    assert said.count("民（《民》民），“民！”") == 20
    assert LONG_NAME in said
