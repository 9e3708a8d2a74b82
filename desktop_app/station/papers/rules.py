"""What may be asked for: the kinds of paper by name, and what each is about. Pure and light.

What a kind says is put together in `making.py`, which is imported when the first paper is made:
the library that writes PDFs costs a third of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from desktop_app.core.errors import UserError
from desktop_app.core.periods import PeriodKind
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper


class About(Enum):
    """What a paper is made of."""

    RECORD = auto()
    PERIOD = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper: `name` as the command line says it, `label` as a button does.

    `record` is the kind of record it is about; `period` the length of the period.
    """

    name: str
    label: str
    about: About
    needs: Right = Right.READ
    record: str = ""
    period: PeriodKind | None = None


KINDS: tuple[Kind, ...] = (
    Kind("activity", "活动总结", About.RECORD, Right.HANDLE, record="activities"),
    Kind("brief", "活动简报", About.RECORD, Right.HANDLE, record="activities"),
    Kind("sign-in", "签到表", About.RECORD, Right.REGISTER, record="activities"),
    Kind("visits-ledger", "来访登记台账", About.LIST, Right.EXPORT),
    Kind("slip", "一次性告知单", About.RECORD, Right.READ, record="matters"),
    Kind("receipt", "登记回执", About.RECORD, Right.REGISTER, record="visits"),
    Kind("month", "月工作报告", About.PERIOD, period=PeriodKind.MONTH),
    Kind("quarter", "季度工作报告", About.PERIOD, period=PeriodKind.QUARTER),
    Kind("half-year", "半年工作报告", About.PERIOD, period=PeriodKind.HALF_YEAR),
    Kind("year", "年度工作报告", About.PERIOD, period=PeriodKind.YEAR),
)


def kind_named(text: str) -> Kind:
    """The kind of that name or label; `UserError` that lists them."""
    wanted = text.strip()
    for kind in KINDS:
        if wanted in (kind.name, kind.label):
            return kind
    names = "、".join(f"{kind.name}（{kind.label}）" for kind in KINDS)
    raise UserError("没有这种文书，没有生成。", f"可以写：{names}。", field="kind")


def kind_of_period(kind: PeriodKind) -> Kind:
    """The report of a period of that length."""
    return next(one for one in KINDS if one.period is kind)


def check_wanted(kind: Kind, wanted: OpenPaper) -> None:
    """Raise `UserError` when what the kind is about was not said."""
    if kind.about is About.RECORD and wanted.about is None:
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
