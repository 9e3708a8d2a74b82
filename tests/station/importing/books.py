"""Small old ledgers for tests, and one way through the whole import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.job import Job
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.sheets.spec import Cell
from desktop_app.station.importing import service
from desktop_app.storage.session import Desk
from tests.sheets.gallery import workbook

HEAD = (
    "日期",
    "姓名",
    "性别",
    "身份证号",
    "电话",
    "住址",
    "业务类别",
    "事由",
    "处理结果",
    "接待人",
)
TITLE = ("2023年度来访登记表",)

CHEN = (
    "2023.3.5", "陈桂英", "女", "11010519491231002X", "138 0000 5678", "3栋2单元501", "医疗保障",
    "问医保怎么缴", "已帮助缴好", "王小燕",
)  # fmt: skip
LAI = ("3月6日", "赖建国", "男", "", "13900001234", "", "物业纠纷", "楼道漏水", "", "李志明")

Line = Sequence[Cell]


def visits_book(path: Path, *lines: Line, head: Line = HEAD, title: Line = TITLE) -> Path:
    """A ledger of visits with a title row, its headings, and these lines."""
    return workbook(path, [title, head, *lines])


def job() -> Job:
    return Job("导入")


def tried(desk: Desk, path: Path, kind: str = "visits") -> service.Tried:
    opened = service.open_file(path)
    return service.try_out(
        desk, opened, service.propose(desk, opened, opened.first_sheet, kind=kind), job()
    )


def counts(tried: service.Tried) -> dict[str, int]:
    return {verdict.value: count for verdict, count in tried.trial.counts.items() if count}


def taken(
    desk: Desk, path: Path, kind: str = "visits", choice: service.Choice = service.Choice.LEAVE
) -> service.Outcome:
    """The whole way of a file, with one decision for all that is in doubt."""
    found = tried(desk, path, kind)
    return service.take_in(desk, found, service.Decisions(for_all=choice), job()).value


def kept(desk: Desk, kind: str) -> list[Record]:
    """Every living record of a kind, in the order they were made."""
    shelf = catalog.shelves()[kind]
    with desk.reading(needs=Right.READ) as connection:
        query = sa.select(shelf.table).where(shelf.table.c.deleted_at.is_(None))
        rows = connection.execute(query.order_by(shelf.table.c.uid)).mappings()
        return list(shelf.values(rows))


def visits(desk: Desk) -> list[Visit]:
    return [one for one in kept(desk, "visits") if isinstance(one, Visit)]


def without_taker(found: service.Tried) -> service.Tried:
    """The same trial, for whoever takes rows in by the ledger's own form."""
    return replace(found, taker=None)
