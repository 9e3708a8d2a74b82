"""The work report of a month, a quarter, half a year or a year as a document.

The same figures as on the page 报表, each with how it is counted. What may not be told (levels of
fewer than five evaluations) is not told on paper either: `service` has left it out already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.sentences import Sentence
from desktop_app.core.told import NOTHING
from desktop_app.ledgers.activities.rules.activity import kind_label
from desktop_app.printing.blocks import Block, Note
from desktop_app.printing.document import Document
from desktop_app.printing.figures import figures_and_charts, overall, period_report, told
from desktop_app.printing.paragraph import Align
from desktop_app.printing.sections import Section
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column
from desktop_app.station.period_figures.rules.told import PeriodFigures
from desktop_app.station.period_figures.service.report import ACTIVITIES, REQUESTS, VISITS

_GAPS = (
    "站点", "期间", "登记件数", "来访批次", "来访人次", "已办结", "办结率", "按时率",
    "活动场次", "参加人次", "解决问题", "超期件数", "补录件数",
)  # fmt: skip

SENTENCES: tuple[Sentence, ...] = (
    Sentence("title", "标题", "{站点}\n{期间}工作报告", _GAPS),
    Sentence("overall", "总体情况", (
        "{期间}，本站登记来访{登记件数}件，共{来访批次}批、{来访人次}人次，已办结{已办结}件，"
        "办结率{办结率}；开展活动{活动场次}场，{参加人次}人次参加。"
    ), _GAPS),
    Sentence("visits", "来访办理", "来访登记和办理情况如下，变化与上期和去年同期比较。", _GAPS),
    Sentence("activities", "活动开展", "活动开展情况如下，人次按签到表统计。", _GAPS),
    Sentence("overdue", "超期事项", (
        "截至制表之日，超过本站时限尚未办结的有{超期件数}件，已逐件核对原因并继续办理。"
    ), _GAPS),
    Sentence("no_overdue", "没有超期事项时", "截至制表之日，没有超过本站时限的事项。", _GAPS),
    Sentence("next", "下一步打算", "", _GAPS),
)  # fmt: skip

_OF_ACTIVITIES = ("by_kind", "by_group")


def values(found: PeriodFigures) -> dict[str, str]:
    """What fills the gaps of the sentences."""
    words = {line.name: line.words for line in found.lines}

    def figure(name: str) -> str:
        return words.get(name, NOTHING)

    return {
        "站点": found.station,
        "期间": found.period.label,
        "登记件数": figure("visits.registered"),
        "来访批次": figure("visits.batches"),
        "来访人次": figure("visits.people"),
        "已办结": figure("visits.closed"),
        "办结率": figure("visits.close_rate"),
        "按时率": figure("visits.on_time_rate"),
        "活动场次": figure("activities.held"),
        "参加人次": figure("activities.people"),
        "解决问题": figure("activities.solved"),
        "超期件数": str(found.overdue_total),
        "补录件数": str(found.late_entries),
    }


def document(
    found: PeriodFigures, words: Mapping[str, str], head: Letterhead, zone: Zone
) -> Document:
    """The report. `words` are its sentences as they shall stand, by name."""
    return period_report(found, words["title"], _sections(found, words, zone), head)


def _sections(found: PeriodFigures, words: Mapping[str, str], zone: Zone) -> Iterator[Section]:
    yield Section("总体情况", tuple(overall(found, words["overall"], "本站尚未使用的台账不列")))
    yield Section("来访办理", (*told(words["visits"]), *_of(found, VISITS)))
    activities = (*_of(found, ACTIVITIES), *_held(found, zone))
    yield Section("活动开展", (*told(words["activities"]), *activities))
    if asked := tuple(_of_requests(found)):
        yield Section("诉求办理", asked)
    yield Section("超期事项", tuple(_overdue(found, words)))
    yield Section("下一步打算", tuple(told(words["next"])))


def _of(found: PeriodFigures, kind: str) -> Iterator[Block]:
    """What is told of one ledger."""
    return figures_and_charts(
        found,
        lambda name: name.startswith(f"{kind}."),
        lambda key: _ledger_of(key) == kind,
    )


def _of_requests(found: PeriodFigures) -> Iterator[Block]:
    """What is told of requests; nothing where none was written down and none is open."""
    if any(found.line(f"{REQUESTS}.{name}").value for name in ("registered", "open")):
        yield from _of(found, REQUESTS)


def _ledger_of(chart: str) -> str:
    """The ledger that a chart is of, by its key."""
    if chart in _OF_ACTIVITIES:
        return ACTIVITIES
    return REQUESTS if chart.startswith(f"{REQUESTS}.") else VISITS


def _held(found: PeriodFigures, zone: Zone) -> Iterator[Block]:
    if not found.activities:
        return
    columns = (
        Column("序号", Align.CENTER, weight=0),
        Column("日期", weight=0),
        Column("活动名称", weight=2),
        Column("类别", weight=0),
        Column("地点"),
        Column("参加", Align.RIGHT, weight=0),
    )
    rows = [
        (
            str(number),
            _day(zone, one.starts_at),
            one.name,
            kind_label(one.kind),
            one.place_words,
            str(one.counts.present),
        )
        for number, one in enumerate(found.activities, start=1)
    ]
    yield Table(columns, rows)


def _day(zone: Zone, at: Millis) -> str:
    day = zone.day(at)
    return f"{day.month}月{day.day}日"


def _overdue(found: PeriodFigures, words: Mapping[str, str]) -> Iterator[Block]:
    if not found.overdue_total:
        yield from told(words["no_overdue"])
        return
    yield from told(words["overdue"])
    columns = (
        Column("编号", weight=0),
        Column("姓名", weight=0),
        Column("事项"),
        Column("到期", weight=0),
        Column("超期", weight=0),
        Column("经办", weight=0),
    )
    rows = [
        (one.number, one.name, one.matter, f"{one.due:%Y-%m-%d}", one.late, one.clerk)
        for one in found.overdue
    ]
    yield Table(columns, rows)
    left_out = found.overdue_total - len(found.overdue)
    if left_out:
        yield Note(f"另有{left_out}件未列出，详见来访台账。")
