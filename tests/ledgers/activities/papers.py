"""Activities as they are printed: fictional people and units, sensible defaults, no database."""

from __future__ import annotations

import io
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from PIL import Image, ImageDraw

from desktop_app.core.clock import Zone
from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.sentences import Sentence, worded
from desktop_app.ledgers.activities.report import ActivityData, values
from desktop_app.ledgers.activities.rules.activity import (
    Activity,
    ActivityKind,
    Fund,
    Group,
    Resolution,
)
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.activities.rules.counting import expected, head_count
from desktop_app.printing.photo import Photo, take_in
from desktop_app.printing.photo_sheet import Captioned

ZONE = Zone()
DAY = date(2026, 11, 23)
HEAD = Letterhead(
    station="青榕社区近邻党群服务站",
    issuer="中共澄岭街道青榕社区委员会",
    made_at=ZONE.local(ZONE.at(date(2026, 11, 25), 16, 20)),
    operator="林晓芳",
    phone="0597-2212345",
    address="青榕雅苑 3 栋 101",
    hours="周一至周日 8:30—20:30",
)
RARE = "张𬭎龑"
"""A person whose name no ordinary face can write."""

SUMMARY = (
    "（一）入户量血压、查用药。青榕农村商业银行荷塘支行党支部、望溪社区卫生服务中心党支部派出医生2名、志愿者12名，"
    "分四组走访独居和行动不便的老人38户，量血压、测血糖，核对家中药品，清理过期药品9盒，并逐户留下“一页看懂”用药单。\n"
    "（二）现场义诊和讲解。在小区广场设义诊台，为居民讲解高血压、糖尿病的日常护理，教老人用手机预约挂号；"
    "对听力不便的老人，由志愿者用大字卡片说明。居民李阿姨说：“医生上门，心里踏实（多了）。”\n"
    "（三）登记需求、当场认领。现场收集居民意见17条，其中健康管理类9条、适老化改造类5条、其他3条，"
    "由网格员逐条登记，能当场答复的当场答复，需要跟进的转入问题清单。"
)
OUTCOME = (
    "为86人次提供健康检查，发现血压异常12人，均已由家庭医生跟进；为5户老人预约了适老化改造评估。"
    "居民对活动总体满意，希望今后每季度开展一次。"
)
NEXT = (
    "由社区网格员陈志强负责，于12月10日前回访38户老人；"
    "每月23日在小区广场固定设义诊台，纳入共建清单。"
)


def record(**more: Any) -> Activity:
    """健康入户 邻里同行, a 义诊 of the morning of 23 November, recorded and reviewed."""
    values_of: dict[str, Any] = {
        "uid": Uid(int=1),
        "station": "QR01",
        "number": "QR01-H2026A-00007",
        "kind": ActivityKind.CLINIC.value,
        "name": "健康入户 邻里同行",
        "starts_at": ZONE.at(DAY, 9, 30),
        "ends_at": ZONE.at(DAY, 11, 0),
        "day": DAY,
        "place_words": "青榕雅苑小区广场",
        "organiser": "青榕社区党委",
        "partners": ("青榕农村商业银行荷塘支行党支部", "望溪社区卫生服务中心党支部"),
        "brand": "近邻健康日",
        "summary": SUMMARY,
        "outcome": OUTCOME,
        "next_steps": NEXT,
        "served": 86,
        "funds": (
            Fund("社区党群活动经费", 126_050, "血糖试纸、宣传页"),
            Fund("共建单位支持", 80_000, "便民药箱38个"),
        ),
        "recorder": "林晓芳",
        "reviewer": "陈志强",
    }
    return Activity(**{**values_of, **more})


def meeting(**more: Any) -> Activity:
    """三方共商停车难, a 三方联席会 with an agenda and resolutions."""
    values_of: dict[str, Any] = {
        "kind": ActivityKind.THREE_SIDES.value,
        "meeting": True,
        "name": "三方共商停车难",
        "brand": "",
        "host": "陈志强",
        "expected": 9,
        "agenda": "一是通报地面车位划线情况；\n二是商议外来车辆管理办法；\n"
        "三是确定消防通道清障时间。",
        "summary": "社区介绍了前期走访情况：小区登记车辆412辆，地面车位260个，夜间缺口约150个。"
        "物业提出分时段错峰停放方案，业委会代表建议先清理长期不动的“僵尸车”，再划线编号。",
        "outcome": "",
        "next_steps": "",
        "served": None,
        "funds": (),
        "resolutions": (
            Resolution(
                Uid(int=11),
                "清理长期占用车位的“僵尸车”，先贴告知单，满七日仍不移走的报交警处理",
                "安泽物业服务有限公司",
                date(2026, 12, 10),
            ),
            Resolution(
                Uid(int=12),
                "消防通道重新划线并设隔离桩",
                "业委会、安泽物业服务有限公司",
                date(2026, 12, 20),
            ),
            Resolution(Uid(int=13), "与澄岭第一实验小学商谈夜间开放25个车位", "青榕社区党委"),
        ),
    }
    return record(**{**values_of, **more})


_NAMES = ("陈桂英", "林志强", RARE, "阿卜杜拉·买买提", "次仁·卓玛", "王小燕", "李建国", "黄丽")


def row(number: int, name: str, **more: Any) -> Attendance:
    """A line of the sheet of somebody who came."""
    values_of: dict[str, Any] = {
        "uid": Uid(int=1000 + number),
        "station": "QR01",
        "activity": Uid(int=1),
        "name": name,
        "group": list(Group)[number % 4],
        "unit": "青榕雅苑",
        "phone": f"1380000{number % 10_000:04d}",
        "arrived_at": ZONE.at(DAY, 9, 25) + 60_000 * (number % 30),
    }
    return Attendance(**{**values_of, **more})


def people(count: int, **more: Any) -> tuple[Attendance, ...]:
    """So many lines."""
    return tuple(row(number, _NAMES[number % len(_NAMES)], **more) for number in range(count))


def data(
    activity: Activity | None = None, rows: tuple[Attendance, ...] | None = None, **more: Any
) -> ActivityData:
    """An activity with its sheet, as its papers are made from it."""
    activity = activity or record()
    rows = people(23) if rows is None else rows
    counts = head_count(activity, rows)
    return ActivityData(activity, rows, counts, expected(activity, counts), **more)


def words(
    sentences: tuple[Sentence, ...], of: ActivityData, head: Letterhead = HEAD, **own: str
) -> dict[str, str]:
    """The sentences of one paper, as its maker words them by keyword."""
    return worded(sentences, {}, own, values(of, head))


_SHAPES = ((1600, 1200), (1600, 1200), (1200, 1600), (1600, 900), (1600, 1200), (1600, 1200))


@cache
def snapshot(number: int) -> Photo:
    """A picture with some drawing in it, so that it weighs about what a photo does."""
    size = _SHAPES[number % len(_SHAPES)]
    dice = Random(number)
    small = Image.frombytes("RGB", (40, 30), dice.randbytes(3600))
    made = small.resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(made)
    for _ in range(400):
        left, top = dice.randrange(size[0]), dice.randrange(size[1])
        box = (left, top, left + dice.randrange(8, 60), top + dice.randrange(8, 60))
        draw.rectangle(box, fill=tuple(dice.randbytes(3)))
    stream = io.BytesIO()
    made.save(stream, "JPEG", quality=90)
    return take_in(stream.getvalue())


_CAPTIONS = ("医生为老人量血压", "志愿者入户核对药品", "小区广场义诊台", "居民登记需求", "")


def photos(count: int) -> tuple[Captioned, ...]:
    """So many photos with captions; some have none."""
    return tuple(
        Captioned(snapshot(number % 6), _CAPTIONS[number % len(_CAPTIONS)])
        for number in range(count)
    )


def days_later(days: int) -> date:
    return DAY + timedelta(days=days)
