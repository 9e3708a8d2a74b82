"""A team at work for some weeks, as screens show it: invented people, believable hours.

The clock stands on the evening after; some are serving, one has forgotten to sign out.
"""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.core.clock import FixedClock
from desktop_app.core.identity import IdKind
from desktop_app.core.ids import Uid
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.entry import ServiceForm
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.storage.session import Desk
from tests.ledgers.service.builders import at, entitle
from tests.registers.volunteers import helpers

NAMES = (
    "张秀兰", "李国强", "陈建华", "黄丽萍", "林志明", "赖桂英", "郑小燕", "吴文斌", "曾淑珍",
    "张淑芬", "刘国庆", "邱雅琴",
)  # fmt: skip
TEAM = "荷塘里近邻志愿服务队"
WORK = (
    ("夜间平安巡逻", "沿3号楼到7号楼巡查，劝离占道停车两处", 19, 2, "小区东门"),
    ("垃圾分类引导", "桶边督导，帮老人分拣", 7, 2, "2号投放点"),
    ("独居老人探访", "上门陪聊、量血压、代买菜", 9, 3, "5号楼"),
    ("共享菜园维护", "浇水除草，清运枯枝", 15, 2, "活动中心北侧"),
)
TODAY = date(2026, 11, 23)


def people(desk: Desk) -> list[Uid]:
    """The volunteers, all but one of them in one team."""
    team = helpers.team(desk, TEAM)
    found = []
    for place, name in enumerate(NAMES):
        file = helpers.person(
            desk,
            name,
            f"138{place:04d}{5600 + place}",
            birth=date(1950 + place, 3, 8),
            id_kind=IdKind.RESIDENT_ID_CARD,
            id_number=_id_number(date(1950 + place, 3, 8)),
        )
        person = volunteers.add(desk, helpers.form(file, registered_on=date(2026, 1, 5))).value
        if place:
            helpers.joined(desk, team, person)
        found.append(person.uid)
    return found


def _id_number(birth: date) -> str:
    """A number of a woman born on that day, with its check sign (GB 11643-1999); of nobody."""
    digits = f"110105{birth:%Y%m%d}002"
    rest = sum(int(sign) << (17 - at) for at, sign in enumerate(digits)) % 11
    return digits + "10X98765432"[rest]


def entered(who: Uid, day: date, work: int, team: Uid | None = None) -> ServiceForm:
    """One service of a day."""
    title, content, hour, hours, place = WORK[work % len(WORK)]
    return ServiceForm(
        volunteer=who,
        team=team,
        title=title,
        content=content,
        place_words=place,
        started_at=at(hour, 0, day),
        ended_at=at(hour + hours, 15 * (work % 3), day),
        organiser="荷塘里社区居民委员会",
        head="陈国强",
        recipients="五号楼独居老人" if work % 4 == 2 else "",
        served=3 if work % 4 == 2 else None,
    )


def a_month(desk: Desk, clock: FixedClock) -> list[Uid]:
    """Three weeks of service, certificates, and an evening that goes on; answers the people."""
    who = people(desk)
    team = volunteers.teams_page(desk).rows[0].uid
    clock.set(at(18, 55, TODAY - timedelta(days=3)))
    service.sign_in(desk, ServiceForm(volunteer=who[5], team=team, title="夜间平安巡逻"))
    clock.set(at(19, 30, TODAY))
    records = []
    for back in range(2, 19):
        for turn in range(2):
            one = who[(back * 2 + turn) % (len(who) - 2)]
            if one == who[5] and back <= 3:
                continue
            day = TODAY - timedelta(days=back)
            records.append(service.enter(desk, entered(one, day, back + turn, team)).value)
    service.confirm_many(desk, [(one.uid, one.revision) for one in records[4:]])
    there = [(one.uid, one.revision + 1) for one in records[12:]]
    service.mark_many_uploaded(desk, there, TODAY)
    entitle(desk)
    for place, purpose in ((0, "积分入学"), (2, "入党积极分子考察"), (4, "")):
        made = service.apply(desk, who[place], date(2026, 1, 1), TODAY, purpose).value
        if place < 4:
            made = service.verify(desk, made.uid, made.revision).value
        if place < 2:
            made = service.issue(desk, made.uid, made.revision).value
            service.collect(desk, made.uid, made.revision, NAMES[0])
    clock.set(at(18, 58, TODAY))
    for one in (who[2], who[3], who[7], who[8]):
        service.sign_in(desk, ServiceForm(volunteer=one, team=team, title="夜间平安巡逻"))
        clock.advance(70)
    return who
