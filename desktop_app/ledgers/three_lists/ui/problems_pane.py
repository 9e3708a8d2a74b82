"""问题清单: what was raised, by state, place and category; steps on the focused line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.origin import Source, Urgency
from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.record import PROBLEMS
from desktop_app.ledgers.three_lists.rules.listing import (
    ProblemFilter,
    ProblemLine,
)
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.ledgers.three_lists.ui.entry_form import EntryForm
from desktop_app.ledgers.three_lists.ui.filters import DAYS, Box, FilterRow
from desktop_app.ledgers.three_lists.ui.forms import ProblemEntry
from desktop_app.ledgers.three_lists.ui.list_pane import ListPane
from desktop_app.ledgers.three_lists.ui.listing import (
    ColumnSpec,
    ListSpec,
    Row,
    Surroundings,
    deed_names,
)
from desktop_app.ledgers.three_lists.ui.looks import (
    PROBLEM_DEEDS,
    first_line,
    may_raise,
    problem_chip,
    problem_deeds,
    problem_due,
)
from desktop_app.ledgers.three_lists.ui.narrowing import labelled, narrow
from desktop_app.storage.session import Desk
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.choices import Choice
from desktop_app.widgets.jobs import JobRunner

OPEN, LATE = "open", "late"


class ProblemsPane(ListPane):
    """问题清单."""

    spec = ListSpec(
        PROBLEMS.name,
        "问题",
        (
            ColumnSpec("description", "问题", 300, "bold", stretch=True),
            ColumnSpec("category", "类别", 104),
            ColumnSpec("place", "小区", 128),
            ColumnSpec("urgency", "紧急度", 92),
            ColumnSpec("due", "希望解决", 164, "quiet"),
            ColumnSpec("state", "状态", 104),
            ColumnSpec("level", "责任层级", 144, "quiet"),
            ColumnSpec("source", "来源", 88, "quiet"),
            ColumnSpec("raised", "提出", 128, "quiet"),
            ColumnSpec("number", "编号", 168, "quiet"),
        ),
        ("level", "number", "source", "raised", "urgency", "place"),
        "state",
        PROBLEM_DEEDS,
        service.problems_page,
        (
            "还没有登记问题。",
            "居民反映的、会上议定的，都可以登记成问题，再入单派给单位。",
            "提出问题",
        ),
        ("还没有站点上报的问题。", "站点的上报包在“收件”中收入后，会列在这里。", ""),
        "没有符合条件的问题。",
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        self.new_word = "提出问题" if may_raise(desk) else ""
        super().__init__(desk, runner, parent)

    def make_filters(self) -> FilterRow:
        return FilterRow(
            self._desk,
            self,
            "编号或描述里的词",
            {
                "state": Box("状态", "全部状态", labelled(ProblemState)),
                "stands": Box("进度", "全部进度", (Choice(OPEN, "在办"), Choice(LATE, "逾期"))),
                "category": Box("类别", "全部类别"),
                "compound": Box("小区", "全部小区"),
                "source": Box("来源", "全部来源", labelled(Source)),
                "urgency": Box("紧急度", "全部紧急度", labelled(Urgency)),
                "days": Box("提出日期", "全部日期", DAYS),
            },
        )

    def wanted(self) -> ProblemFilter:
        row = self.filters
        since, until = row.span("days")
        chosen: dict[str, Any] = {
            name: row.value(name) for name in ("state", "compound", "source", "urgency")
        }
        base = row.kept or ProblemFilter()
        if since:
            chosen |= {"since": since, "until": until}
        return replace(
            base,
            search=row.box.value(),
            stations=row.stations(),
            category=row.value("category") or "",
            open=row.value("stands") == OPEN,
            late=row.value("stands") == LATE,
            **chosen,
        )

    def narrow_to(self, wanted: object) -> None:
        if not isinstance(wanted, ProblemFilter):
            return
        stands = OPEN if wanted.open else LATE if wanted.late else None
        narrow(self, wanted, ("state", "category", "compound", "source", "urgency"), stands)

    def row_of(self, line: ProblemLine, around: Surroundings) -> Row:
        today = self._desk.today
        place = around.place(line.compound)
        urgent = {Urgency.URGENT: "late", Urgency.SOON: "warn"}.get(line.urgency)
        words = first_line(line.description)
        if line.repeated:
            words = f"{words}（又反映{line.repeated}次）"
        return Row(
            line.uid,
            line.revision,
            {
                "description": words,
                "category": line.category,
                "place": f"{place} {line.building}".strip() or "全社区",
                "urgency": ChipText(line.urgency.label, urgent) if urgent else line.urgency.label,
                "due": problem_due(line, today),
                "state": problem_chip(line.state),
                "level": line.level.label,
                "source": line.source.label,
                "raised": list_day(line.raised_on, today=today),
                "number": line.number,
                "station": around.stations.of(line.station),
            },
            deed_names(problem_deeds(self._desk, line.state)),
            line.number,
        )

    def offer_choices(self, around: Surroundings) -> None:
        self.filters.offer_words("category", around.frame.categories)
        self.filters.offer("compound", around.place_choices())

    def take_step(self, row: Row, name: str) -> None:
        self.stepper.problem_step(row.uid, row.revision, name)

    def make_form(self) -> EntryForm:
        return ProblemEntry(self._desk, self, self)
