"""Templates: which come with the program, and what the names in one may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.periods import Period
from desktop_app.sheets.spec import Out

TEMPLATE_NAME_LIMIT = 60
PERIOD = "period"
"""The kind of a template that is filled with the figures of a period, not with records."""
PERIOD_WORD = "一段时间的数字"


@dataclass(frozen=True, slots=True)
class Template:
    """`key` is what it is known by, `kind` the kind of record whose rows it takes, or `PERIOD`.

    `added_at` and `added_by` are of an office's own; `file` of one that comes with the program.
    """

    key: str
    name: str
    kind: str
    file: str = ""
    added_at: Millis | None = None
    added_by: str = ""

    @property
    def is_built_in(self) -> bool:
        return bool(self.file)


def _built_in(file: str, name: str, kind: str) -> Template:
    return Template(f"program:{file}", name, kind, f"{file}.xlsx")


BUILT_IN: tuple[Template, ...] = (
    _built_in("visits", "来访登记表", "visits"),
    _built_in("volunteers", "志愿者花名册", "volunteers"),
    _built_in("activities", "活动台账", "activities"),
    _built_in("problems", "问题清单", "problems"),
    _built_in("offers", "共建清单", "offers"),
    _built_in("duties", "责任清单", "duties"),
    _built_in("month", "月报表", PERIOD),
)

OFFICE = ("站点名称", "落款单位", "填报日期", "填报人")
SPAN = ("期间", "起始日期", "截止日期", "年份", "月份")
COMMON = (*OFFICE, *SPAN)
"""Names every template may hold, whatever it is filled with."""


def span_values(period: Period | None, words: str) -> dict[str, Out]:
    """What is said of the time a sheet is about: of a period, or how a list is narrowed."""
    if period is None:
        return dict.fromkeys(SPAN) | {"期间": words or "全部"}
    month = period.first.month if period.first.month == period.last.month else None
    return {
        "期间": period.label,
        "起始日期": period.first,
        "截止日期": period.last,
        "年份": period.year,
        "月份": month,
    }


def office_values(station: str, issuer: str, today: date, operator: str) -> dict[str, Out]:
    """What is said of the office."""
    return dict(zip(OFFICE, (station, issuer or station, today, operator), strict=True))


def number_of(words: str) -> Out:
    """A figure as a cell holds it: a number where it is nothing else."""
    plain = words.replace(",", "")
    return int(plain) if plain.isdecimal() and len(plain) < 16 else words


def refuse_unknown(names: tuple[str, ...], known: Mapping[str, object] | frozenset[str]) -> None:
    """Raise a sentence that lists the names of a template that nothing is known of."""
    unknown = [name for name in names if name not in known]
    if unknown:
        listed = "、".join(f"{{{{{name}}}}}" for name in unknown[:12])
        more = f"等 {len(unknown)} 个" if len(unknown) > 12 else ""
        raise UserError(
            f"模板里有不认识的名称：{listed}{more}。没有添加。",
            f"可用的名称是列表导出时的列名，以及{'、'.join(COMMON)}、序号；请改好后再添加。",
            field="file",
        )


def refuse_nothing(names: tuple[str, ...]) -> None:
    """Raise a sentence for a workbook in which nothing is to be filled."""
    if not names:
        raise UserError(
            "这个工作簿里没有 {{…}}，没有可填的地方，没有添加。",
            "请在要填的格子里写 {{站点名称}}、{{姓名}} 这样的名称，保存后再添加。",
            field="file",
        )
