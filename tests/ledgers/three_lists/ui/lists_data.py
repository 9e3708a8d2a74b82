"""A station with a good deal on its lists, for screens to show."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.core.job import Job
from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.core.photos import PhotoSource
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction
from desktop_app.ledgers.three_lists.rules.offer import Offer, Way
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.registers.partners import service as partners
from desktop_app.registers.partners.rules import Partner, PartnerForm, UnitKind
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.storage.session import Desk
from tests.ledgers.three_lists.builders import (
    TODAY,
    act,
    enrolled,
    jpeg,
    offer,
    propose,
    raise_problem,
)

_PROBLEMS = (
    ("物业维修", "3栋楼道灯长期不亮，老人夜里上下楼不便", Urgency.URGENT, Source.VISIT, 2),
    ("停车秩序", "东门外非机动车乱停，占了消防通道", Urgency.SOON, Source.GRID, -2),
    ("环境卫生", "垃圾投放点异味大，夏天蚊虫多", Urgency.NORMAL, Source.MEETING, None),
    ("养老服务", "独居老人中午吃饭难，希望有助餐点", Urgency.SOON, Source.HOME, 20),
    ("文体活动", "晚上广场舞音量大，影响学生做作业", Urgency.NORMAL, Source.CALL, None),
    ("物业维修", "5栋地下室渗水，墙面发霉", Urgency.SOON, Source.ONLINE, 9),
    ("儿童托管", "放学后孩子没人看，希望开四点半课堂", Urgency.NORMAL, Source.ADVISOR, None),
)


def partner(desk: Desk, name: str, liaison: str = "", kind: UnitKind = UnitKind.OTHER) -> Partner:
    """A 共建单位."""
    form = PartnerForm(name=name, unit_kind=kind, liaison=liaison)
    return partners.add(desk, form).value


def problems(desk: Desk) -> list[Problem]:
    """Problems of several kinds, the last two only raised."""
    near = places.add(desk, kind=PlaceKind.COMPOUND, name="金色家园").value
    far = places.add(desk, kind=PlaceKind.COMPOUND, name="青榕雅苑").value
    made = []
    for number, (category, words, urgency, source, days) in enumerate(_PROBLEMS):
        wanted = None if days is None or days < 0 else TODAY + timedelta(days=days)
        made.append(
            raise_problem(
                desk,
                category=category,
                description=words,
                urgency=urgency,
                source=source,
                compound=(near if number % 2 else far).uid,
                wanted_by=wanted,
                raiser="张淑芬",
                raiser_phone="13800005678",
                level=Level.COMMUNITY,
                listed=number < len(_PROBLEMS) - 2,
            )
        )
    return made


def offers(desk: Desk) -> list[Offer]:
    """What three units can give."""
    power = partner(desk, "澄岭供电所", "陈国栋", UnitKind.STATE_FIRM)
    hospital = partner(desk, "澄岭街道社区卫生服务中心", "林晓梅", UnitKind.HOSPITAL)
    school = partner(desk, "青榕小学", "周敏", UnitKind.SCHOOL)
    return [
        offer(desk, partner=power.uid, partner_name=power.name),
        offer(
            desk,
            partner=hospital.uid,
            partner_name=hospital.name,
            resource="家庭医生上门随访、量血压",
            category="养老服务",
            way=Way.AT_HOME,
            amount=None,
        ),
        offer(
            desk,
            partner=school.uid,
            partner_name=school.name,
            resource="多功能厅周末借用",
            category="文体活动",
            way=Way.VENUE,
            amount=4,
            unit_word="场",
            until_on=date(2026, 12, 31),
            weekdays_words="周末上午",
        ),
    ]


def evidence(desk: Desk, duty: Duty, *colours: int) -> None:
    """Pictures that show what was done."""
    files = [PhotoSource(f"{colour}.jpg", data=jpeg(colour)) for colour in colours]
    service.take_in_evidence(desk, desk.database.blobs, duty.uid, files, Job("添加佐证"))


def a_busy_list(desk: Desk) -> list[Duty]:
    """Problems in every column of the board; answers the duties: proposed, doing, to review."""
    colleague = enrolled(desk, "李建国")
    raised, given = problems(desk), offers(desk)
    asked = propose(desk, raised[0], given[0], person_phone="13900001234", amount=2)
    doing = propose(desk, raised[1], unit="青榕物业服务有限公司", person="赵经理", due=TODAY)
    act(desk, doing, DutyAction.ACCEPT)
    act(desk, doing, DutyAction.PROGRESS, words="已划出非机动车停放线，周三装隔离桩")
    waiting = propose(
        desk, raised[3], given[1], unit="", person="林晓梅", measures="先送餐上门，再选点"
    )
    act(desk, waiting, DutyAction.ACCEPT)
    evidence(desk, waiting, 40, 120, 200)
    act(desk, waiting, DutyAction.SUBMIT, result="已为12位老人登记送餐，本周起每天中午送到家")
    done = propose(
        desk, raised[4], given[2], unit="", person="周敏", measures="每晚八点后改到多功能厅"
    )
    act(desk, done, DutyAction.ACCEPT)
    evidence(desk, done, 80)
    act(desk, done, DutyAction.SUBMIT, result="已改到多功能厅，居民认可")
    act(colleague, done, DutyAction.REVIEW_OK)
    return [asked, doing, waiting, done]
