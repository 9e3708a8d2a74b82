"""What a list of requests shows: by every filter, in order, page by page, by what is searched."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Source
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import service, store
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import (
    Action,
    Assignee,
    AssigneeKind,
    DisputeStage,
    RequestKind,
    RequestState,
)
from desktop_app.ledgers.requests.rules.steps import StepDetails
from desktop_app.storage.paging import FIRST, LAST, Order, page
from desktop_app.storage.session import Desk
from tests.ledgers.requests.builders import act, register, resident

TODAY = date(2026, 11, 23)
ONE = Uid(int=1)
S = RequestState


def titles(desk: Desk, **wanted: Any) -> list[str]:
    return [line.title for line in service.page(desk, RequestFilter(**wanted)).rows]


def test_the_newest_stands_on_top_and_pages_meet_without_a_gap(
    desk: Desk, clock: FixedClock
) -> None:
    for number in range(7):
        register(desk, title=f"第{number}件")
        clock.advance(60)

    seen: list[str] = []
    cursor: str | None = FIRST
    while True:
        found = service.page(desk, None, cursor, size=3)
        seen += [line.title for line in found.rows]
        cursor = found.later
        if cursor is None:
            break

    assert seen == [f"第{number}件" for number in reversed(range(7))]


def test_every_filter_narrows_to_what_it_says(desk: Desk, clock: FixedClock) -> None:
    team = Uid(int=77)
    place = Uid(int=78)
    register(desk, title="网格", source=Source.GRID, category="环境卫生")
    register(desk, title="小区", compound=place)
    register(desk, title="点单", kind=RequestKind.ORDER)
    act(desk, register(desk, title="上报"), Action.ESCALATE)
    act(desk, register(desk, title="纠纷"), Action.SET_STAGE, stage=DisputeStage.SETTLING)
    given = Assignee(AssigneeKind.TEAM, "义诊队", team)
    act(desk, register(desk, title="派队"), Action.DISPATCH, assignee=given)
    act(desk, register(desk, title="撤了"), Action.WITHDRAW)
    register(desk, title="到期", limit_days=1)
    register(desk, title="补录", day=date(2026, 11, 20))
    clock.advance(2 * 86_400)

    assert titles(desk, source=Source.GRID) == ["网格"]
    assert titles(desk, category="环境卫生") == ["网格"]
    assert titles(desk, compound=place) == ["小区"]
    assert titles(desk, kind=RequestKind.ORDER) == ["点单"]
    assert titles(desk, escalated=True) == ["上报"]
    assert titles(desk, disputes=True) == ["纠纷"]
    assert titles(desk, assignee=team) == ["派队"]
    assert titles(desk, state=S.WITHDRAWN) == ["撤了"]
    assert titles(desk, overdue=True) == ["到期"]
    assert titles(desk, late_entry=True) == ["补录"]
    assert titles(desk, open=True, source=Source.GRID, category="环境卫生") == ["网格"]
    assert "撤了" not in titles(desk, open=True)
    assert titles(desk, until=date(2026, 11, 22)) == ["补录"]
    assert titles(desk, stations=("QR02",)) == []


def test_a_request_is_found_by_its_number_its_resident_and_where_it_came_from(desk: Desk) -> None:
    chen = resident(desk)
    made = register(
        desk, resident=chen.uid, source=Source.ONLINE, platform="百姓管家", external_number="BX-7"
    )
    register(desk, name="赖建国", phone="13900001111")

    for text in (made.number, made.number.lower(), "BX-7", "陈桂英", "cgy", "13800005678"):
        found = service.page(desk, RequestFilter(search=text)).rows
        assert [line.uid for line in found] == [made.uid], text
    assert titles(desk, search="没有这个人") == []


def test_the_thread_of_a_resident_holds_what_was_merged(desk: Desk) -> None:
    chen = resident(desk)
    kept = register(desk, name="赖建国")
    gone = register(desk, resident=chen.uid)
    service.merge(desk, gone.uid, 1, kept.uid)

    (line,) = service.page(desk, RequestFilter(residents=(chen.uid,))).rows

    assert (line.state, line.merged_into) == (S.MERGED, kept.uid)


def test_paper_gets_whole_requests_masked_the_earliest_first(desk: Desk, clock: FixedClock) -> None:
    first = register(desk)
    clock.advance(60)
    second = register(desk)

    rows = service.listed(desk, RequestFilter())

    assert [row.uid for row in rows] == [first.uid, second.uid]
    assert {row.phone for row in rows} == {"138****5678"}


def test_a_list_says_in_words_what_it_is_narrowed_to() -> None:
    wanted = RequestFilter(kind=RequestKind.WISH, overdue=True, category="物业服务")

    assert wanted.words == "微心愿、物业服务、超期"
    assert RequestFilter().words == ""


# --- plans ---------------------------------------------------------------------------------------

FILTERS: list[tuple[dict[str, Any], str]] = [
    ({}, "ix_request_listed"),
    ({"state": S.DOING}, "ix_request_state"),
    ({"kind": RequestKind.ORDER}, "ix_request_kind"),
    ({"category": "物业服务"}, "ix_request_category"),
    ({"source": Source.CALL}, "ix_request_source"),
    ({"compound": ONE}, "ix_request_compound"),
    ({"residents": (ONE,)}, "ix_request_resident"),
    ({"assignee": ONE}, "ix_request_assignee"),
    ({"open": True}, "ix_request_open"),
    ({"overdue": True}, "ix_request_due"),
    ({"due_today": True}, "ix_request_due"),
    ({"late_entry": True}, "ix_request_late_entry"),
    ({"escalated": True}, "ix_request_escalated"),
    ({"disputes": True}, "ix_request_dispute"),
    ({"stations": ("QR01",)}, "ix_request_station"),
]


def plans(desk: Desk, query: sa.Select[Any], order: Order, cursor: str | None) -> list[str]:
    found: list[str] = []

    def explain(_: Any, reader: Any, statement: str, parameters: Any, *rest: object) -> None:
        reader.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        found.extend(row[3] for row in reader.fetchall())

    with desk.reading(needs=Right.READ) as connection:
        sa.event.listen(connection, "before_cursor_execute", explain)
        page(connection, query, order, cursor)
        sa.event.remove(connection, "before_cursor_execute", explain)
    return found


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("wanted", "index"), FILTERS)
@pytest.mark.parametrize("between", [False, True])
@pytest.mark.parametrize("cursor", [FIRST, LAST])
def test_a_filter_walks_its_own_index_in_the_order_of_the_list(
    desk: Desk, wanted: dict[str, Any], index: str, between: bool, cursor: str | None
) -> None:
    query, order = store.narrowed(
        RequestFilter(**wanted),
        today=TODAY,
        since=Millis(5) if between else None,
        until=Millis(9) if between else None,
    )

    found = plans(desk, query, order, cursor)

    reads = [line for line in found if "request" in line]
    assert reads
    assert all(index in line for line in reads), found
    assert not [line for line in found if line == "SCAN request" or "TEMP B-TREE" in line]


def test_details_of_the_last_step_are_said_in_its_line(desk: Desk) -> None:
    made = act(desk, register(desk), Action.DISPATCH)
    service.act(desk, made.uid, Action.TAKE, made.revision, StepDetails(whom="张医生"))

    (line,) = service.page(desk).rows

    assert line.assignee is not None
    assert (line.assignee.words, line.taken_by) == ("金色家园义诊队", "张医生")
