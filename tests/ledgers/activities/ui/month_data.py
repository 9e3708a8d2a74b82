"""A month at a busy station, written down through the real services."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.entry import ActivityForm
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import handed_in, plan, recorded, sign_in

_PLACES = ("青榕雅苑小区广场", "党群服务站二楼会议室", "青榕小学操场", "便民服务大厅")
NAMES = ("陈桂英", "赖建国", "单桂英", "曾秋英", "林国强", "张淑芬", "罗金水", "丘玉兰")

LATE_OCTOBER = (
    ("健康入户 邻里同行", "clinic", 10, (9, 30), (11, 0)),
    ("物业、业委会、居委会三方联席会", "three_sides", 14, (15, 0), (16, 30)),
    ("周末广场舞排练", "culture", 17, (19, 30), (21, 0)),
    ("主题党日：重温入党誓词", "party_day", 25, (9, 0), (11, 0)),
)
NOVEMBER = (
    ("反诈宣传进小区", "outreach", 3, (9, 0), (10, 30)),
    ("清洁家园志愿服务", "volunteering", 7, (8, 30), (10, 30)),
    ("健康入户 邻里同行", "clinic", 14, (9, 30), (11, 0)),
    ("三方共商停车难", "three_sides", 18, (15, 0), (16, 30)),
    ("楼栋恳谈会：加装电梯听听大家怎么说", "council", 20, (19, 30), (21, 0)),
)
TODAY = (
    ("老年人手机课堂", "共建课堂", (9, 30), (11, 0)),
    ("共建单位联席会", "joint", (14, 30), (16, 0)),
    ("楼道消防演练", "outreach", (16, 0), (17, 0)),
    ("露天电影", "culture", (19, 30), (21, 30)),
    ("平安夜巡", "volunteering", (22, 0), (0, 30)),
)
COMING = (
    ("周末广场舞排练", "culture", date(2026, 11, 28), (19, 30), (21, 0)),
    ("主题党日：入户结对帮扶", "party_day", date(2026, 11, 25), (9, 0), (11, 0)),
    ("党群议事会", "council", date(2026, 12, 1), (15, 0), (16, 30)),
)


def form_of(number: int, name: str, kind: str, day: date, begins: Any, ends: Any) -> ActivityForm:
    """A plan with everything a list shows."""
    return ActivityForm(
        name=name,
        kind=kind,
        day=day,
        begins=begins,
        ends=ends,
        ends_on=date.fromordinal(day.toordinal() + int(ends < begins)),
        place_words=_PLACES[number % len(_PLACES)],
        organiser="青榕社区党委",
        host="林国强",
        expected=20 + number if number % 3 else None,
    )


def a_busy_month(desk: Desk, clock: FixedClock) -> list[Activity]:
    """Activities in every state, over two months, in the order of their days; now is 09:00."""
    now = clock.now()
    made = []
    for number, (name, kind, day, begins, ends) in enumerate(LATE_OCTOBER):
        activity = _held(
            desk, clock, form_of(number, name, kind, date(2026, 10, day), begins, ends)
        )
        made.append(handed_in(desk, activity, host="林国强"))
        service.approve(desk, activity.uid, made[-1].revision, outside="青榕街道 刘卫东")
    for number, (name, kind, day, begins, ends) in enumerate(NOVEMBER[:4]):
        activity = _held(
            desk, clock, form_of(number, name, kind, date(2026, 11, day), begins, ends)
        )
        made.append([handed_in, recorded][number % 2](desk, activity, host="林国强"))
    clock.set(now)
    name, kind, day, begins, ends = NOVEMBER[4]
    late = form_of(4, name, kind, date(2026, 11, day), begins, ends)
    made.append(plan(desk, late))
    for number, (name, kind, begins, ends) in enumerate(TODAY):
        made.append(plan(desk, form_of(number, name, kind, date(2026, 11, 23), begins, ends)))
    for number, (name, kind, day_of, begins, ends) in enumerate(COMING):
        made.append(plan(desk, form_of(number, name, kind, day_of, begins, ends)))
    service.open_sign_up(desk, made[-3].uid, made[-3].revision)
    service.cancel(desk, made[-2].uid, made[-2].revision, "讲师有事，另择日期")
    return made


def _held(desk: Desk, clock: FixedClock, form: ActivityForm) -> Activity:
    zone = desk.database.zone
    assert form.day is not None
    clock.set(Millis(zone.at(form.day) + 1))
    activity = plan(desk, form)
    clock.set(activity.starts_at)
    for name in NAMES:
        sign_in(desk, activity, name)
    clock.set(activity.ends_at)
    return service.get(desk, activity.uid)
