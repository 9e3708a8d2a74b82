"""One 上报 in full: what it carried, to where, who, and what the street said."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop_app import catalog
from desktop_app.core.clock import Zone
from desktop_app.core.wording import number
from desktop_app.registers.offices.ui.targets import size_words
from desktop_app.station.reporting.rules.reports import Export
from desktop_app.station.reporting.ui.words import moment, span
from desktop_app.widgets.dialogs import UNDERSTOOD, Sheet
from desktop_app.widgets.facts import Fact, FactsCard
from desktop_app.widgets.theme import theme_of

_WIDTH_EMS = 40
_DIGITS = 16
"""Of a SHA-256: enough to compare by eye; the whole is on the command line."""


class DetailsSheet(Sheet):
    """Reads one 上报 out."""

    def __init__(self, parent: QWidget, export: Export, zone: Zone, today: date) -> None:
        title = f"{export.phase.label}　{moment(export.made_at, zone, today)}"
        tone = "ok" if export.confirmed_at is not None else "info"
        super().__init__(parent, title, "", (UNDERSTOOD,), tone)
        self.facts = FactsCard("", self)
        self.facts.show_facts(facts_of(export, zone, today))
        self.body.addWidget(self.facts)
        self.body.addStretch(1)
        self.setMinimumWidth(_WIDTH_EMS * theme_of().metrics.body)


def facts_of(export: Export, zone: Zone, today: date) -> list[Fact]:
    """Everything on record about a 上报, in words."""
    names = "\n".join(f"{file.name}（{size_words(file.size)}）" for file in export.files)
    return [
        Fact("内容", export.profile.label),
        Fact("变更号", f"{span(export)}，{number(export.changes)} 条" if export.changes else "无"),
        Fact("各台账", _by_kind(export)),
        Fact("照片", f"{number(export.photos)} 张" if export.photos else ""),
        Fact("文件", names),
        Fact("SHA-256", f"{export.sha256[:_DIGITS]}…"),
        Fact("送到", export.delivered_to),
        Fact("送达", moment(export.delivered_at, zone, today), kept=True),
        Fact("街道确认", moment(export.confirmed_at, zone, today), kept=True),
        Fact("经手人", export.made_by_name),
        Fact("原因", export.reason),
        Fact("第二个人", export.second_name),
    ]


def _by_kind(export: Export) -> str:
    """How many changes of each ledger: 来访 120、居民 30. Counts and lines told anew aside."""
    labels = {name: shelf.kind.label for name, shelf in catalog.travelling().items()}
    told = []
    for table, rows in export.counts.items():
        where, _, name = table.rpartition("/")
        if where == "changes" and name in labels and rows:
            told.append(f"{labels[name]} {number(rows)}")
    return "、".join(told)
