"""The ledger of requests and the slip of a dispute, read by programs that had no part in them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from desktop_app.core.errors import UserError
from desktop_app.ledgers.requests.report import dispute_slip, ledger
from desktop_app.ledgers.requests.rules.request import Request, RequestKind, RequestState
from desktop_app.printing.document import Document, missing_characters, render
from tests.ledgers.requests.papers import HEAD, PLACES, dispute, request, requests
from tests.printing.outside import Reading, assert_lines_break_well, assert_sound

NUMBER = re.compile(r"QR01-S2026A-\d{5}")


def printed(document: Document) -> Reading:
    """Through the gate, with nothing on it that cannot be drawn and no line badly ended."""
    assert missing_characters(document) == frozenset()
    reading = assert_sound(render(document))
    assert_lines_break_well(reading)
    return reading


def drawn(reading: Reading) -> str:
    """All characters in the order of the cells."""
    return re.sub(r"\s", "", reading.drawn)


def november(rows: list[Request], told: str = "2026年11月", **more: Any) -> str:
    return drawn(printed(ledger(rows, told, HEAD, places=PLACES, **more)))


# --- 诉求台账 ------------------------------------------------------------------------------------


def test_a_row_has_everything_a_ledger_asks_for_and_hides_who_it_was() -> None:
    said = november([request(5, state=RequestState.DOING, kind=RequestKind.APPEAL)])

    assert "编号提出日期类型来源姓名联系电话小区事项承办到期日状态结果" in said
    assert "QR01-S2026A-000052026-11-06诉求" in said
    assert "林*强138****0005栖溪里二期6栋上门量血压金色家园义诊队2026-11-25办理中" in said
    assert "林志强" not in said
    assert "501" not in said


def test_names_are_whole_only_when_asked_for_and_phones_never() -> None:
    said = november(requests(8), masked=False)

    for name in ("林志强", "张𬭎龑", "阿卜杜拉·买买提"):
        assert name in said, name
    assert not re.search(r"1[3-9]\d{9}", said)


def test_an_order_stands_there_in_its_own_words() -> None:
    order = request(1, kind=RequestKind.ORDER, state=RequestState.TO_CALL_BACK)

    assert "待评价" in november([order])


def test_kinds_and_ends_are_counted_below() -> None:
    rows = [
        request(1, kind=RequestKind.APPEAL, state=RequestState.CLOSED),
        request(2, kind=RequestKind.ORDER, state=RequestState.DOING),
        request(3, kind=RequestKind.ORDER, state=RequestState.WITHDRAWN),
        request(4, petition=True, state=RequestState.CLOSED, title="信访渠道告知"),
    ]

    said = november(rows)

    assert "以上共3件，其中诉求1件、点单2件；已办结1件，在办1件。" in said
    assert "另有信访渠道告知1件，只计件数，不列明细。" in said
    assert "QR01-S2026A-00004" not in said


def test_a_ledger_of_many_pages_has_every_row_once() -> None:
    reading = printed(ledger(requests(150), "2026年", HEAD, places=PLACES))

    numbers = NUMBER.findall(reading.drawn)
    assert len(numbers) == len(set(numbers)) == 150


def test_an_empty_ledger_is_a_paper_too() -> None:
    assert "以上共0件；已办结0件，在办0件。" in november([])


# --- 物业纠纷移交单 ------------------------------------------------------------------------------


def slip(made: Request) -> str:
    return drawn(printed(dispute_slip(made, "青榕雅苑", HEAD)))


def test_a_slip_marks_the_stage_and_tells_the_course_without_a_word_said() -> None:
    said = slip(dispute())

    assert "□处置→■调解→□裁判→□执行" in said
    assert "2026年11月2日登记2026年11月3日接办" in said
    assert "标注纠纷阶段" not in said
    assert "陈桂英" not in said
    assert "居民没有同意提供身份信息" in said


def test_a_slip_names_the_resident_only_when_he_has_agreed() -> None:
    who = {"name": "陈桂英", "phone": "13800005678", "building": "3栋", "unit": "2", "room": "501"}

    said = slip(dispute(consented=True, summary="家里停水三天", **who))

    assert "3栋-2-501" in said
    assert "陈桂英" in said
    assert "13800005678" in said
    assert "家里停水三天" in said
    hidden = slip(dispute(consented=False, summary="家里停水三天", **who))
    for word in ("陈桂英", "13800005678", "501", "停水三天"):
        assert word not in hidden


def test_what_is_no_dispute_has_no_slip() -> None:
    with pytest.raises(UserError, match="没有标注"):
        dispute_slip(dispute(dispute_stage=None), "", HEAD)
    with pytest.raises(UserError, match="信访"):
        dispute_slip(dispute(petition=True), "", HEAD)
