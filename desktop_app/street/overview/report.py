"""The street's report of a month, a quarter, half a year or a year as a document.

The same figures as on the page 总览, each with how it is counted; every station with its own, in
the order of their codes; who has not reported, in the order of the day until which it has. Nobody
is ranked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_app.core.letterhead import Letterhead
from desktop_app.core.sentences import Sentence
from desktop_app.core.told import NOTHING, Breakdown
from desktop_app.printing.blocks import Block, Note
from desktop_app.printing.document import Document
from desktop_app.printing.figures import figures_and_charts, overall, period_report, told
from desktop_app.printing.finish import Attachment
from desktop_app.printing.paragraph import Align
from desktop_app.printing.sections import Section
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column
from desktop_app.street.overview.rules.told import Belonging, StreetFigures
from desktop_app.street.overview.rules.written import table_of

_GAPS = (
    "街道", "期间", "站点数", "未报送数", "登记件数", "来访批次", "来访人次", "已办结", "办结率",
    "按时率", "活动场次", "参加人次", "解决问题", "超期件数",
)  # fmt: skip

SENTENCES: tuple[Sentence, ...] = (
    Sentence("title", "标题", "{街道}\n党群服务站{期间}工作情况", _GAPS),
    Sentence("overall", "总体情况", (
        "{期间}，全街道{站点数}个党群服务站登记来访{登记件数}件，共{来访批次}批、{来访人次}人次，"
        "已办结{已办结}件，办结率{办结率}；开展活动{活动场次}场，{参加人次}人次参加。"
    ), _GAPS),
    Sentence("waiting", "有站点未报送时", (
        "截至制表之日，{未报送数}个站点的上报包还没有报齐，本报告不含其未报部分。请未报送的站点尽快上报。"
    ), _GAPS),
    Sentence("all_reported", "全部报送时", "本期各站点均已报送。", _GAPS),
    Sentence("visits", "来访办理", (
        "各站点来访登记和办理情况汇总如下，变化与上期和去年同期比较。"
    ), _GAPS),
    Sentence("activities", "活动开展", "各站点活动开展情况汇总如下，人次按签到表统计。", _GAPS),
    Sentence("overdue", "超期事项", (
        "截至制表之日，各站点超过本站时限尚未办结的共{超期件数}件，请有关站点逐件核对原因并继续办理。"
    ), _GAPS),
    Sentence("no_overdue", "没有超期事项时", "截至制表之日，各站点没有超过本站时限的事项。", _GAPS),
    Sentence("next", "下一步打算", "", _GAPS),
)  # fmt: skip

_OF_ACTIVITIES = ("activities.trend", "by_kind", "by_group")
_COLUMN_SIZE = 9.0
_SIDE_BY_SIDE = 9
"""So many figures stand in one table beside the names of the stations; more begin another."""


def values(found: StreetFigures) -> dict[str, str]:
    """What fills the gaps of the sentences."""
    words = {line.name: line.words for line in found.lines}

    def figure(name: str) -> str:
        return words.get(name, NOTHING)

    return {
        "街道": found.street,
        "期间": found.period.label,
        "站点数": str(found.expected),
        "未报送数": str(len(found.waiting)),
        "登记件数": figure("visits.registered"),
        "来访批次": figure("visits.batches"),
        "来访人次": figure("visits.people"),
        "已办结": figure("visits.closed"),
        "办结率": figure("visits.close_rate"),
        "按时率": figure("visits.on_time_rate"),
        "活动场次": figure("activities.held"),
        "参加人次": figure("activities.people"),
        "解决问题": figure("activities.solved"),
        "超期件数": figure("visits.overdue"),
    }


def document(
    found: StreetFigures, stations: Breakdown, words: Mapping[str, str], head: Letterhead
) -> Document:
    """The report. `words` are its sentences as they shall stand, by name."""
    parts = Attachment("各站点.csv", table_of(stations), description="各站点的全部数字")
    return period_report(found, words["title"], _sections(found, stations, words), head, parts)


def _sections(
    found: StreetFigures, stations: Breakdown, words: Mapping[str, str]
) -> Iterator[Section]:
    yield Section("总体情况", tuple(overall(found, words["overall"], "尚未使用的台账不列")))
    yield Section("报送情况", tuple(_reported(found, words)))
    yield Section("来访办理", (*told(words["visits"]), *_of(found, "visits")))
    yield Section("活动开展", (*told(words["activities"]), *_of(found, "activities")))
    if any(found.line(f"requests.{name}").value for name in ("registered", "open")):
        yield Section("诉求办理", tuple(_of(found, "requests")))
    yield Section("各站点情况", tuple(_stations(found, stations)))
    overdue = words["overdue" if _overdue(found) else "no_overdue"]
    yield Section("超期事项", tuple(told(overdue)))
    yield Section("下一步打算", tuple(told(words["next"])))


def _reported(found: StreetFigures, words: Mapping[str, str]) -> Iterator[Block]:
    if not found.waiting:
        yield from told(words["all_reported"] if found.expected else "")
        return
    yield from told(words["waiting"])
    columns = (Column("编码", weight=0), Column("未报送的站点"), Column("已报送到", weight=0))
    rows = [
        (one.code, one.name, f"{one.until:%Y-%m-%d}" if one.until else "还没有上报过")
        for one in found.waiting
    ]
    yield Table(columns, rows)


def _of(found: StreetFigures, kind: str) -> Iterator[Block]:
    """What is told of one ledger."""
    return figures_and_charts(
        found,
        lambda name: name.startswith(f"{kind}."),
        lambda key: _ledger_of(key) == kind,
    )


def _ledger_of(chart: str) -> str:
    """The ledger that a chart is of, by its key; what is not marked is of visits."""
    if chart in _OF_ACTIVITIES:
        return "activities"
    return "requests" if chart.startswith("requests.") else "visits"


def _stations(found: StreetFigures, stations: Breakdown) -> Iterator[Block]:
    if not stations.lines:
        return
    figures = stations.columns()
    for first in range(0, len(figures), _SIDE_BY_SIDE):
        some = slice(first, first + _SIDE_BY_SIDE)
        columns = (
            Column(stations.by.label, weight=1.6),
            *(Column(one.label, Align.RIGHT) for one in figures[some]),
        )
        rows = [
            (line.label, *(one.words for one in stations.shown(line)[some]))
            for line in stations.lines
        ]
        yield Table(columns, rows, size=_COLUMN_SIZE, zebra=True)
    if found.belonging is Belonging.NOW:
        yield Note("已并入别站的站点，算在现在的站点内；按站点编码排列，不排名次。")
    else:
        yield Note("各站点按当时的归属统计；按站点编码排列，不排名次。")


def _overdue(found: StreetFigures) -> bool:
    return any(line.name == "visits.overdue" and line.value for line in found.lines)
