"""What may be asked for: the kinds of paper by name, and what each is about. Pure and light.

What a kind says is put together by its maker (`catalog.paper_makers`), which is imported when the
first paper is made: the library that writes PDFs costs a third of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from desktop_app.core.errors import UserError
from desktop_app.core.periods import PeriodKind
from desktop_app.core.rights import Actor, Right
from desktop_app.core.route import OpenPaper


class About(Enum):
    """What a paper is made of."""

    RECORD = auto()
    PERIOD = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper: `name` as the command line says it, `label` as a button does.

    `record` is the kind of record it is about; `period` the length of the period; `edition` who
    makes it: what a street holds of one record is for the station that it belongs to to print.
    `several`: it can be made of just those records that somebody chose.
    """

    name: str
    label: str
    about: About
    needs: Right = Right.READ
    record: str = ""
    period: PeriodKind | None = None
    edition: str = "station"
    several: bool = False


def _of_period(name: str, label: str, period: PeriodKind, edition: str) -> Kind:
    return Kind(name, label, About.PERIOD, period=period, edition=edition)


KINDS: tuple[Kind, ...] = (
    Kind("activity", "活动总结", About.RECORD, Right.HANDLE, record="activities"),
    Kind("brief", "活动简报", About.RECORD, Right.HANDLE, record="activities"),
    Kind("sign-in", "签到表", About.RECORD, Right.REGISTER, record="activities"),
    Kind("visits-ledger", "来访登记台账", About.LIST, Right.EXPORT),
    Kind("requests-ledger", "诉求台账", About.LIST, Right.EXPORT),
    Kind("dispute-slip", "物业纠纷移交单", About.RECORD, Right.HANDLE, record="requests"),
    Kind("slip", "一次性告知单", About.RECORD, Right.READ, record="matters"),
    Kind("receipt", "登记回执", About.RECORD, Right.REGISTER, record="visits"),
    Kind("agreement", "共建协议书", About.RECORD, Right.HANDLE, record="agreements"),
    Kind("three-lists", "三单（会议附件）", About.LIST, Right.EXPORT),
    Kind("duty-sheet", "任务交办单", About.RECORD, Right.HANDLE, record="duties"),
    Kind("closing-sheet", "问题销号单", About.RECORD, Right.HANDLE, record="duties"),
    Kind("unit-year", "单位年度共建情况", About.RECORD, Right.EXPORT, record="partners"),
    Kind("roster", "队伍名册", About.RECORD, Right.EXPORT, record="teams"),
    Kind("volunteers", "志愿者名单", About.LIST, Right.EXPORT, several=True),
    Kind("duty", "值班表", About.LIST, Right.EXPORT),
    Kind(
        "volunteer-certificate", "志愿服务记录证明", About.RECORD, Right.HANDLE,
        record="certificates",
    ),
    Kind(
        "volunteer-summary", "志愿服务记录汇总（非证明）", About.RECORD, Right.HANDLE,
        record="volunteers", several=True,
    ),
    Kind(
        "party-feedback", "在职党员参与社区服务反馈表", About.RECORD, Right.HANDLE, record="party"
    ),
    Kind("service-record", "志愿服务记录", About.LIST, Right.EXPORT, several=True),
    _of_period("month", "月工作报告", PeriodKind.MONTH, "station"),
    _of_period("quarter", "季度工作报告", PeriodKind.QUARTER, "station"),
    _of_period("half-year", "半年工作报告", PeriodKind.HALF_YEAR, "station"),
    _of_period("year", "年度工作报告", PeriodKind.YEAR, "station"),
    _of_period("street-month", "街道月报", PeriodKind.MONTH, "street"),
    _of_period("street-quarter", "街道季报", PeriodKind.QUARTER, "street"),
    _of_period("street-half-year", "街道半年报", PeriodKind.HALF_YEAR, "street"),
    _of_period("street-year", "街道年报", PeriodKind.YEAR, "street"),
)  # fmt: skip


def kind_named(text: str) -> Kind:
    """The kind of that name or label; `UserError` that lists them."""
    wanted = text.strip()
    for kind in KINDS:
        if wanted in (kind.name, kind.label):
            return kind
    names = "、".join(f"{kind.name}（{kind.label}）" for kind in KINDS)
    raise UserError("没有这种文书，没有生成。", f"可以写：{names}。", field="kind")


def kind_of_period(kind: PeriodKind, edition: str = "station") -> Kind:
    """The report of a period of that length."""
    return next(one for one in KINDS if one.period is kind and one.edition == edition)


def may_make(actor: Actor, name: str, edition: str = "station") -> bool:
    """Whether somebody may make this kind of paper there; a button that would be refused is not
    shown."""
    kind = kind_named(name)
    return kind.edition == edition and actor.may(kind.needs) and actor.may(Right.PAPERS)


def check_edition(kind: Kind, edition: str) -> None:
    """Raise `UserError` when this kind of paper is not made here."""
    if kind.edition != edition:
        where = "街道" if kind.edition == "street" else "站点"
        raise UserError(f"{kind.label}只在{where}生成，没有生成。", "请换一种文书。", field="kind")


def check_wanted(kind: Kind, wanted: OpenPaper) -> None:
    """Raise `UserError` when what the kind is about was not said."""
    if wanted.chosen and not kind.several:
        raise UserError(
            f"{kind.label}不能只要选中的几条，没有生成。", "请一条一条生成。", field="only"
        )
    if kind.about is About.RECORD and wanted.about is None and not wanted.chosen:
        raise UserError(
            f"{kind.label}要说明是哪一条记录的，没有生成。", "请写明记录的 uid。", field="uid"
        )
    if kind.about is About.PERIOD and (
        wanted.period is None or wanted.period.kind is not kind.period
    ):
        assert kind.period is not None
        raise UserError(
            f"{kind.label}要说明是哪个{kind.period.label}，没有生成。",
            "请写明期间，例如 2026-10、2026-Q3、2026-H1、2026。",
            field="period",
        )
