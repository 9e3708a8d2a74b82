"""Templates filled: with the records of a list, or with the figures of a period."""

from __future__ import annotations

import io
from pathlib import Path

from desktop_app import catalog
from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.job import Job
from desktop_app.core.ledger_spec import Ledger
from desktop_app.core.periods import Period
from desktop_app.core.rights import Right
from desktop_app.core.settings import ISSUER
from desktop_app.sheets.spec import Out
from desktop_app.sheets.template import MOST_ROWS, fill, names_in
from desktop_app.station.exporting.rules.columns import Exported, checked_reason, written_into
from desktop_app.station.exporting.rules.templates import (
    PERIOD,
    Template,
    number_of,
    office_values,
    span_values,
)
from desktop_app.station.exporting.service import Pages, log_export, place, refuse_place, subjects
from desktop_app.station.exporting.service.templates import workbook
from desktop_app.station.period_figures.service import period_report
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings


def fill_list(
    desk: Desk,
    ledger: Ledger,
    pages: Pages,
    path: Path,
    template: Template,
    *,
    unmasked: bool = False,
    reason: str = "",
    words: str = "",
    with_rows: bool = False,
    job: Job | None = None,
) -> Changed[Exported]:
    """Write the records of `pages` into a template; else like `service.export`."""
    said = checked_reason(desk.actor, reason, unmasked=unmasked)
    _refuse_ending(path)
    if template.kind != ledger.kind.name:
        raise UserError(
            f"这个模板不是填{ledger.kind.label}的，没有导出任何内容。", "请换一个模板。",
            field="template",
        )  # fmt: skip
    content = workbook(desk, template)
    names = set(names_in(content).all)
    spec = catalog.sheets().get(ledger.kind.name)
    zone, work = desk.database.zone, job or Job(template.name)
    how = written_into(
        names, ledger.kind, spec, ledger.columns, desk.actor, zone, unmasked=unmasked
    )
    rows: list[list[Out]] = []
    for subject in subjects(desk, ledger, pages, how.told, work):
        rows.append([cell(subject) for cell in how.cells])
        if len(rows) > MOST_ROWS:
            break
    values = {**_office(desk), **span_values(None, words)}
    memory = io.BytesIO()
    fill(memory, content, values, [column.label for column in how.columns], rows)
    work.check()
    log_export(desk, f"{ledger.kind.label}（{template.name}）", len(rows), said, unmasked=unmasked)
    place(path, memory.getvalue())
    return Changed(frozenset(), (), Exported(str(path), len(rows), how.masked, unmasked))


def fill_period(
    desk: Desk, template: Template, period: Period, path: Path, job: Job | None = None
) -> Changed[Exported]:
    """Write the figures of a period into a template. They name nobody, so nothing is masked."""
    checked_reason(desk.actor, "", unmasked=False)
    _refuse_ending(path)
    if template.kind != PERIOD:
        raise UserError(
            "这个模板要从它的列表里导出，没有导出任何内容。", "请打开列表，按 F12。",
            field="template",
        )  # fmt: skip
    work = job or Job(template.name)
    work.progress(0, words="统计数字")
    values = {**_figures(desk, period), **_office(desk), **span_values(period, "")}
    memory = io.BytesIO()
    fill(memory, workbook(desk, template), values, (), ())
    work.check()
    with desk.unit_of_work("导出表格", needs=Right.EXPORT) as unit:
        unit.about(template.name, period.label)
    place(path, memory.getvalue())
    return Changed(frozenset(), (), Exported(str(path), 1, (), unmasked=False))


def _office(desk: Desk) -> dict[str, Out]:
    with desk.reading(needs=Right.READ) as connection:
        issuer = read_settings(connection)[ISSUER]
    return office_values(desk.database.station.name, issuer, desk.today, desk.actor.name)


def _figures(desk: Desk, period: Period) -> dict[str, Out]:
    """The figures by their labels, and the columns of the monthly table by theirs."""
    report = period_report(desk, period)
    found: dict[str, Out] = {}
    for line in report.lines:
        found[line.label] = line.value if isinstance(line.value, int) else number_of(line.words)
    return found | {cell.label: number_of(cell.words) for cell in report.table}


def _refuse_ending(path: Path) -> None:
    refuse_place(path)
    if path.suffix.lower() != ".xlsx":
        raise UserError(
            "用模板导出的文件名要以 .xlsx 结尾，没有导出任何内容。", "请改文件名。", field="out"
        )
