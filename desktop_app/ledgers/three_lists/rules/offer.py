"""What an offer is: one line of 共建清单, something a unit can give. Pure.

How much of it is promised is kept by the service as the sum of its duties' amounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record

NUMBER_SERIES = "G"
"""共建资源 in paper numbers: `QR01-G2026A-00007`."""

UNIT_WORDS = ("次", "场", "份", "小时", "人")
MOST_COMPOUNDS = 200


class Way(LabelledEnum):
    """服务方式: how what is offered comes to the residents."""

    AT_HOME = "at_home", "上门"
    AT_STATION = "at_station", "到站"
    ONLINE = "online", "线上"
    VENUE = "venue", "场地"
    GOODS = "goods", "物资"
    MONEY = "money", "资金"


class OfferState(LabelledEnum):
    """Whether more of it may be promised; used up is derived (`free_of`)."""

    OPEN = "open", "可认领"
    WITHDRAWN = "withdrawn", "已撤回"


class OfferAction(LabelledEnum):
    """One step of an offer. RESERVE and FREE come with its duties."""

    OFFER = "offer", "登记资源"
    CHANGE = "change", "更正"
    WITHDRAW = "withdraw", "撤回"
    RESTORE = "restore", "恢复"
    RESERVE = "reserve", "占用"
    FREE = "free", "释放"
    UNDO = "undo", "撤销上一步"


@dataclass(frozen=True, slots=True)
class OfferStep:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: OfferAction
    to: OfferState
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Offer(Record):
    """Something a partner unit can give.

    `offered_on` is the business date of its registration, `partner_name` as it was called then.
    `compounds` are the 小区 it is for, none: everywhere. `from_on` and `until_on` are the business
    dates between which it can be had, both included. `amount` is how many `unit_word` there are,
    None without a bound; `promised` is the sum of the amounts of its duties that are under way or
    closed. `for_problem`: offered for that one alone.
    """

    number: str
    offered_on: date
    partner: Uid
    partner_name: str = ""
    resource: str
    category: str = ""
    way: Way = Way.AT_STATION
    compounds: tuple[Uid, ...] = ()
    from_on: date
    until_on: date | None = None
    weekdays_words: str = ""
    amount: int | None = None
    unit_word: str = "次"
    promised: int = 0
    for_problem: Uid | None = None
    agreement: Uid | None = None
    state: OfferState = OfferState.OPEN
    registered_by: Uid | None = None
    registered_by_name: str = ""
    steps: tuple[OfferStep, ...] = ()
    remark: str = ""


def free_of(amount: int | None, promised: int) -> int | None:
    """How much is left to promise; None without a bound."""
    return None if amount is None else max(0, amount - promised)


def is_used_up(offer: Offer) -> bool:
    """Whether all of it is promised."""
    return free_of(offer.amount, offer.promised) == 0
