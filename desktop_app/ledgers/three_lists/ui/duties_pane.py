"""责任清单: who does what by when; a line comes from a problem."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.record import DUTIES
from desktop_app.ledgers.three_lists.rules.duty import DutyState
from desktop_app.ledgers.three_lists.rules.listing import (
    DutyFilter,
    DutyLine,
)
from desktop_app.ledgers.three_lists.ui.filters import DAYS, Box, FilterRow
from desktop_app.ledgers.three_lists.ui.list_pane import ListPane
from desktop_app.ledgers.three_lists.ui.listing import (
    ColumnSpec,
    ListSpec,
    Row,
    Surroundings,
    deed_names,
)
from desktop_app.ledgers.three_lists.ui.looks import (
    DUTY_DEEDS,
    duty_chip,
    duty_deeds,
    duty_due,
    first_line,
)
from desktop_app.ledgers.three_lists.ui.narrowing import labelled, narrow
from desktop_app.widgets.choices import Choice

LIVE, LATE, EXTENDED = "live", "late", "extended"


class DutiesPane(ListPane):
    """责任清单; a line comes from a problem, so that F2 does nothing here."""

    spec = ListSpec(
        DUTIES.name,
        "责任",
        (
            ColumnSpec("unit", "责任单位", 176, "bold"),
            ColumnSpec("person", "责任人", 84),
            ColumnSpec("measures", "措施", 260, stretch=True),
            ColumnSpec("due", "完成时限", 132, "quiet"),
            ColumnSpec("state", "状态", 104),
            ColumnSpec("category", "类别", 104),
            ColumnSpec("place", "小区", 120),
            ColumnSpec("level", "责任层级", 144, "quiet"),
            ColumnSpec("proposed", "交办", 128, "quiet"),
            ColumnSpec("number", "编号", 168, "quiet"),
        ),
        ("level", "number", "proposed", "place", "category"),
        "state",
        DUTY_DEEDS,
        service.duties_page,
        ("还没有责任。", "在“看板”或问题的页面上把问题“派给”一个单位，就成为一条责任。", ""),
        ("还没有站点上报的责任。", "站点的上报包在“收件”中收入后，会列在这里。", ""),
        "没有符合条件的责任。",
    )

    def make_filters(self) -> FilterRow:
        stands = (Choice(LIVE, "在办"), Choice(LATE, "逾期"), Choice(EXTENDED, "延过期"))
        return FilterRow(
            self._desk,
            self,
            "编号、单位或责任人",
            {
                "state": Box("状态", "全部状态", labelled(DutyState)),
                "stands": Box("进度", "全部进度", stands),
                "unit": Box("责任单位", "全部单位"),
                "category": Box("类别", "全部类别"),
                "compound": Box("小区", "全部小区"),
                "days": Box("交办日期", "全部日期", DAYS),
            },
        )

    def wanted(self) -> DutyFilter:
        row = self.filters
        since, until = row.span("days")
        stands = row.value("stands")
        chosen: dict[str, Any] = {"since": since, "until": until} if since else {}
        return replace(
            row.kept or DutyFilter(),
            search=row.box.value(),
            stations=row.stations(),
            state=row.value("state"),
            live=stands == LIVE,
            late=stands == LATE,
            extended=stands == EXTENDED,
            unit=row.value("unit") or "",
            category=row.value("category") or "",
            compound=row.value("compound"),
            **chosen,
        )

    def narrow_to(self, wanted: object) -> None:
        if not isinstance(wanted, DutyFilter):
            return
        stands = next((name for name in (LATE, LIVE, EXTENDED) if getattr(wanted, name)), None)
        narrow(self, wanted, ("state", "unit", "category", "compound"), stands)

    def row_of(self, line: DutyLine, around: Surroundings) -> Row:
        today = self._desk.today
        return Row(
            line.uid,
            line.revision,
            {
                "unit": line.unit,
                "person": line.person,
                "measures": first_line(line.measures),
                "due": duty_due(line, today),
                "state": duty_chip(line.state),
                "category": line.category,
                "place": around.place(line.compound) or "全社区",
                "level": line.level.label,
                "proposed": list_day(line.proposed_on, today=today),
                "number": line.number,
                "station": around.stations.of(line.station),
            },
            deed_names(duty_deeds(self._desk, line.state)),
            line.number,
        )

    def offer_choices(self, around: Surroundings) -> None:
        self.filters.offer_words("unit", around.frame.units)
        self.filters.offer_words("category", around.frame.categories)
        self.filters.offer("compound", around.place_choices())

    def take_step(self, row: Row, name: str) -> None:
        self.stepper.duty_step(row.uid, row.revision, name)
