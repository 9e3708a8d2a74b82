"""What lists show, in which order, narrowed how; and that each filter has its index."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.figures import Span
from desktop_app.core.ids import Uid
from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service, store
from desktop_app.ledgers.activities.figures import counts
from desktop_app.ledgers.activities.rules.activity import ActivityState, Group
from desktop_app.ledgers.activities.rules.attendance import Person
from desktop_app.ledgers.activities.rules.listing import ActivityFilter, AttendanceFilter
from desktop_app.storage.paging import LAST, page
from desktop_app.storage.session import Desk
from tests.filling import Filled
from tests.ledgers.activities.builders import TODAY, form, held, plan, recorded, resident, sign_in

ONE = Uid(int=1)


def names(desk: Desk, **wanted: Any) -> list[str]:
    return [line.name for line in service.page(desk, ActivityFilter(**wanted)).rows]


def five_around_today(desk: Desk, clock: FixedClock) -> None:
    """Five activities around today."""
    plan(desk, day=date(2026, 11, 20), name="冬衣洗晒便民日", kind="志愿服务")
    plan(desk, day=date(2026, 12, 5), name="迎新春写春联", kind="文体")
    gone = plan(desk, day=date(2026, 12, 6), name="学思想 讲身边事", kind="主题党日")
    service.cancel(desk, gone.uid, gone.revision, "改期")
    held(desk, clock, "陈桂英", "李国强")
    recorded(desk, held(desk, clock, name="口腔检查进校园", day=date(2026, 11, 24)))


@pytest.fixture
def mixed(filled: Filled) -> None:
    """Five activities around today."""
    filled(five_around_today)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (
            {},
            [
                "学思想 讲身边事", "迎新春写春联", "口腔检查进校园", "健康入户 邻里同行",
                "冬衣洗晒便民日",
            ],
        ),
        ({"state": ActivityState.CANCELLED}, ["学思想 讲身边事"]),
        ({"kind": "clinic"}, ["口腔检查进校园", "健康入户 邻里同行"]),
        ({"kind": "clinic", "stations": ("QR01",)}, ["口腔检查进校园", "健康入户 邻里同行"]),
        ({"stations": ("QR02",)}, []),
        ({"held": True}, ["口腔检查进校园", "健康入户 邻里同行"]),
        ({"unreviewed": True}, ["口腔检查进校园", "健康入户 邻里同行"]),
        ({"waiting": True}, ["口腔检查进校园", "健康入户 邻里同行", "冬衣洗晒便民日"]),
        ({"late_entry": True}, ["冬衣洗晒便民日"]),
        ({"held": True, "late_entry": True}, []),
        ({"since": date(2026, 11, 24)}, ["学思想 讲身边事", "迎新春写春联", "口腔检查进校园"]),
        ({"until": TODAY}, ["健康入户 邻里同行", "冬衣洗晒便民日"]),
        ({"search": "QR01-H2026A-00001"}, ["冬衣洗晒便民日"]),
        ({"search": "qr01-h2026a-00002"}, ["迎新春写春联"]),
        ({"search": "邻里"}, ["健康入户 邻里同行"]),
        ({"search": "jkrh"}, ["健康入户 邻里同行"]),
        ({"search": "kouqiang"}, ["口腔检查进校园"]),
        ({"search": "yxc", "kind": "clinic"}, []),
        ({"search": "不存在"}, []),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_a_list_is_narrowed(
    desk: Desk, mixed: None, wanted: dict[str, Any], found: list[str]
) -> None:
    assert names(desk, **wanted) == found


def test_pages_follow_each_other(desk: Desk) -> None:
    made = [plan(desk, day=date(2026, 11, 23 + number)).uid for number in range(7)]

    first = service.page(desk, size=3)
    second = service.page(desk, cursor=first.later, size=3)
    last = service.page(desk, cursor=LAST, size=3)

    assert [line.uid for line in (*first.rows, *second.rows)] == made[:0:-1]
    assert [line.uid for line in last.rows] == made[2::-1]


def test_a_line_knows_how_many_were_there(desk: Desk, mixed: None) -> None:
    line = next(one for one in service.page(desk).rows if one.name.startswith("健康"))

    assert (line.counts.present, line.counts.people[Group.PUBLIC]) == (2, 2)


def test_the_month_shows_everything_in_its_order(desk: Desk, mixed: None) -> None:
    november = service.month(desk, parse_period("2026-11"))

    assert [line.day.day for line in november] == [20, 23, 24]
    assert service.month(desk, parse_period("2027-01")) == ()


def test_attendance_is_narrowed_by_person_activity_group_and_day(
    desk: Desk, clock: FixedClock
) -> None:
    file = resident(desk, "张淑芬")
    today, tomorrow = plan(desk), plan(desk, day=date(2026, 11, 24))
    service.sign_in(desk, today.uid, Person(resident=file.uid, group=Group.VOLUNTEER))
    sign_in(desk, today, "李国强")
    clock.set(tomorrow.starts_at)
    service.sign_in(desk, tomorrow.uid, Person(resident=file.uid))

    def found(**wanted: Any) -> list[tuple[str, int]]:
        lines = service.attendance_page(desk, AttendanceFilter(**wanted)).rows
        return [(line.name, line.day.day) for line in lines]

    assert found() == [("张淑芬", 24), ("李国强", 23), ("张淑芬", 23)]
    assert found(search="李国强") == [("李国强", 23)]
    assert found(search=today.number.lower()) == found(activity=today.uid)
    assert found(group=Group.VOLUNTEER) == [("张淑芬", 23)]
    assert found(since=date(2026, 11, 24)) == [("张淑芬", 24)]
    assert found(residents=(file.uid,), until=TODAY) == [("张淑芬", 23)]
    assert found(present=False) == []


# --- every filter has its index -------------------------------------------------------------------


class Plans:
    """The plans of everything a reader runs."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.lines: list[str] = []
        sa.event.listen(connection, "before_cursor_execute", self._explain)

    def stop(self) -> None:
        sa.event.remove(self._connection, "before_cursor_execute", self._explain)

    def _explain(self, _: Any, cursor: Any, statement: str, parameters: Any, *rest: object) -> None:
        if "activity" in statement or "attendance" in statement:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            self.lines += [row[3] for row in cursor.fetchall()]


def plans(desk: Desk, run: Any) -> list[str]:
    with desk.reading(needs=Right.READ) as connection:
        watched = Plans(connection)
        run(connection)
        watched.stop()
    assert watched.lines
    return watched.lines


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "ix_activity_listed"),
        ({"state": ActivityState.PLANNED}, "ix_activity_state"),
        ({"kind": "clinic"}, "ix_activity_kind"),
        ({"stations": ("QR01",)}, "ix_activity_listed"),
        ({"held": True}, "ix_activity_held"),
        ({"unreviewed": True}, "ix_activity_unreviewed"),
        ({"waiting": True}, "ix_activity_unrecorded"),
        ({"late_entry": True}, "ix_activity_late_entry"),
    ],
)
@pytest.mark.parametrize("between", [False, True])
def test_a_filter_walks_its_own_index_in_the_order_of_the_list(
    desk: Desk, wanted: dict[str, Any], index: str, between: bool
) -> None:
    ends = (Millis(5), Millis(9)) if between else (None, None)
    query, order = store.narrowed(
        ActivityFilter(**wanted), now=Millis(7), since=ends[0], until=ends[1]
    )

    found = plans(desk, lambda connection: page(connection, query, order))

    reads = [line for line in found if "activity" in line]
    assert reads
    assert all(index in line for line in reads), found
    assert not [line for line in found if "TEMP B-TREE" in line]


@pytest.mark.sqlite_only
def test_the_door_the_month_and_the_figures_scan_no_table(desk: Desk) -> None:
    def look(connection: sa.Connection) -> None:
        store.namesakes(connection, ONE, "陈桂英", [ONE])
        store.sheet(connection, ONE)
        store.naming(connection, [ONE])
        store.between(connection, TODAY, TODAY)
        store.last_of_series(connection, ONE)
        store.of_number(connection, "QR01")
        store.attendance_lines(connection, AttendanceFilter(residents=(ONE,)))
        counts(connection, Span(TODAY, TODAY, TODAY))

    found = plans(desk, look)

    assert not [line for line in found if line in ("SCAN activity", "SCAN attendance")], found


def test_a_search_that_finds_no_name_finds_nothing(desk: Desk) -> None:
    service.plan(desk, form())

    assert service.page(desk, ActivityFilter(search="%")).total == 0
