"""One term for each thing, and one way to write days, times, numbers and spans in words.

Every part of the program that names one of these things takes the word from here or from the label
of its enum or field; documents and the help use the same words. Sentences stand where they are
said. Formats of paper numbers and of masked values are elsewhere (`storage/numbering`, `masking`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from desktop_app.core.clock import Millis, Zone

PRODUCT = "近邻台"
NOT_FOR_SECRETS = "非涉密系统，严禁录入涉密信息"
"""Stands on every window and cannot be closed."""
NOT_A_DECISION = "本回执仅说明登记和跟进情况，不是行政机关的受理决定。"
"""Printed on every receipt: a station is no administrative organ."""


class Term(StrEnum):
    """The things the program speaks of; the identifier is what code calls them."""

    # The way of a matter through the station.
    REGISTER = "登记"
    TAKE_UP = "接办"
    AWAIT_MATERIALS = "待补材料"
    HAND_OVER = "交办"
    IN_PROGRESS = "办理中"
    AWAIT_FOLLOW_UP = "待回访"
    CLOSE = "办结"
    NOT_OURS = "不属本站办理"
    WITHDRAW = "撤回"
    LATE_ENTRY = "补录"
    REPORTED = "已报告"
    OPEN_ITEMS = "待办"
    OVERDUE = "超时"
    DUE_TODAY = "今天到期"
    # Visits.
    VISIT = "来访"
    COUNT_ONLY = "仅计数"
    GROUP_VISIT = "多人来访"
    ON_BEHALF = "代办人"
    ANONYMOUS = "匿名"
    PURPOSE = "事由"
    MATTER = "事项"
    DIRECTORY = "事项目录"
    HANDLING = "办理方式"
    FIRST_CLERK = "首问责任人"
    STATION_LIMIT = "本站时限"
    DEPARTMENT_LIMIT = "部门时限"
    BY_DEPARTMENT = "以部门公布为准"
    ONE_TIME_NOTICE = "一次性告知"
    NOTICE_SLIP = "一次性告知单"
    RECEIPT = "登记回执"
    PETITION_NOTICE = "信访渠道告知"
    BATCHES = "批次"
    PEOPLE_TIMES = "人次"
    ITEMS = "件数"
    EVALUATION = "评价"
    NOT_EVALUATED = "未评价"
    # People and places.
    RESIDENT = "居民"
    CARE = "关爱对象"
    OPERATOR = "操作员"
    STATION = "站点"
    COMPOUND = "小区"
    ISSUER = "落款单位"
    CONTROLLER = "个人信息处理者"
    # Other ledgers.
    REQUEST = "诉求"
    WISH = "微心愿"
    NOBODY_TOOK_IT = "无人接单"
    ACTIVITY = "活动"
    PRINT_ACTIVITY = "打印活动总结"
    STRIKE_OFF = "销号"
    # Figures.
    REPORTS = "报表"
    HOW_COUNTED = "口径"
    WITH_BEFORE = "环比"
    WITH_YEAR_AGO = "同比"
    # Upward and safe-keeping.
    REPORT_UP = "上报"
    BUNDLE = "上报包"
    BUNDLE_RECEIPT = "回执"
    RECONCILE = "重新对账"
    PENDING = "待补"
    CHECK_CODE = "核对码"
    NOT_REPORTED = "未报送"
    CLOSE_PERIOD = "封账"
    BACK_UP = "备份"
    RESTORE = "恢复备份"
    INBOX = "收件"
    SEND_BACK = "退回"
    PARKED = "暂存"
    INVITATION = "邀请文件"
    JOIN_REQUEST = "申请文件"
    WELCOME = "接收文件"
    RECOVERY_CODE = "恢复码"
    LOCK = "锁屏"
    HIDE = "遮挡"
    PARK = "挂起"
    UNDO = "撤销"
    NOT_COUNTED = "未统计"
    OPTIONAL = "选填"


NOT_OURS_TOLD = f"{Term.NOT_OURS.value}（已告知去向）"

AVOIDED: Mapping[str, str] = {
    "集体来访": Term.GROUP_VISIT,
    "特殊群体": Term.CARE,
    "特殊人群": Term.CARE,
    "弱势群体": Term.CARE,
    "待受理": Term.REGISTER,
    "不予受理": Term.NOT_OURS,
    "待补正": Term.AWAIT_MATERIALS,
    "派单": Term.HAND_OVER,
    "流单": Term.NOBODY_TOOK_IT,
    "受理回执": Term.RECEIPT,
    "承诺时限": Term.STATION_LIMIT,
    "一键生成总结": Term.PRINT_ACTIVITY,
    "用户名": Term.OPERATOR,
}
"""Words the program does not use, and what it says instead: a station decides nothing, classes
nobody and ranks no one. Old spreadsheets are still read with them."""


_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_GROUPED_FROM = 10_000
_SHOWN_IN_DAYS = 30


def weekday(day: date) -> str:
    """周一 to 周日."""
    return _WEEKDAYS[day.weekday()]


def list_day(day: date, *, today: date | None = None) -> str:
    """As lists write a day: `11月23日 周一`; with its year when that is not the year of `today`."""
    year = f"{day.year}年" if today is not None and day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日 {weekday(day)}"


def list_moment(at: Millis, zone: Zone, *, today: date | None = None) -> str:
    """As lists write a point in time: `11月23日 周一 14:05`."""
    return f"{list_day(zone.day(at), today=today)} {minute(at, zone)}"


def minute(at: Millis, zone: Zone) -> str:
    """The station's clock: `14:05`."""
    return f"{zone.local(at):%H:%M}"


def paper_day(day: date) -> str:
    """As paper writes a day: `2026年11月23日`, without leading zeros (GB/T 9704-2012, 7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def paper_moment(at: Millis, zone: Zone) -> str:
    """As paper writes a point in time: `2026年11月23日 14:05`."""
    return f"{paper_day(zone.day(at))} {minute(at, zone)}"


def number(value: int) -> str:
    """A number as people read it: 9999, but 10,000."""
    return f"{value:,}" if abs(value) >= _GROUPED_FROM else str(value)


def figure(value: int | None) -> str:
    """A figure of a report: 0 is a result, None is one nobody counted; the two never look alike."""
    return Term.NOT_COUNTED.value if value is None else number(value)


def share(part: int, whole: int) -> str:
    """A rate in per cent with one decimal, `98.5%`; of nothing there is no rate: 未统计.

    100.0% and 0.0% are said only when they are exact: 1 late case of 3,000 is still seen.
    """
    if whole <= 0:
        return Term.NOT_COUNTED.value
    tenths = (part * 2000 + whole) // (whole * 2)
    if tenths >= 1000 and part < whole:
        tenths = 999
    if tenths <= 0 and part > 0:
        tenths = 1
    return f"{tenths // 10}.{tenths % 10}%"


def days_ago(day: date, today: date) -> str:
    """How long ago, as short as a list needs: 今天 昨天 3天前 5月 2024年5月.

    A day after `today` (a wrong clock, an appointment) is written as a day.
    """
    passed = (today - day).days
    if passed < 0:
        return list_day(day, today=today)
    if passed == 0:
        return "今天"
    if passed == 1:
        return "昨天"
    if passed <= _SHOWN_IN_DAYS:
        return f"{passed}天前"
    if day.year == today.year:
        return f"{day.month}月"
    return f"{day.year}年{day.month}月"


def waited(day: date, today: date) -> str:
    """How long something has been waited for, where the number of days is what matters: 37天前."""
    passed = (today - day).days
    return f"{passed}天前" if passed > 1 else days_ago(day, today)


def due(workdays_left: int) -> str:
    """What is left of a limit of working days, as `WorkCalendar.workdays_between(today, due)`."""
    if workdays_left == 0:
        return Term.DUE_TODAY.value
    if workdays_left > 0:
        return f"还剩{number(workdays_left)}个工作日"
    return f"{Term.OVERDUE.value}{number(-workdays_left)}个工作日"
