"""How long 50,000 visits take to become a workbook, beside XlsxWriter writing the same cells bare.

Twelve columns, masked as a list is by default. `ratio` is what our book costs (widths, looks, page
set-up) over the very same cells written with `write_string`, `write_number` or `write_datetime`
and nothing else. The whole export also reads the records from the encrypted database, masks, logs
and places the file; it stands beside the same reading and masking followed by the bare book. CPU
seconds, turn by turn, and the memory of a process of its own that exports once.
"""

from __future__ import annotations

import io
import multiprocessing
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop_app import catalog
from desktop_app.core.clock import FixedClock, Millis, Zone
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits.store import SHELF
from desktop_app.sheets.spec import CellKind, Column, Out, SheetSpec
from desktop_app.sheets.writer import SheetPage, write_book
from desktop_app.station.exporting.rules.columns import Listed, written
from desktop_app.station.exporting.service import PAGE, export
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Database, Desk
from tests.speed.ledger import NOW, BenchKey, build

DEFAULTS: dict[str, Any] = {"visits": 50_000, "rounds": 3}
MOST_TIMES = 1.3
MOST_MIB = 400

_ZONE = Zone()


def _column(
    name: str, label: str, kind: CellKind, out: Callable[[Any], Out], **more: Any
) -> Column:
    return Column(name=name, label=label, kind=kind, out=out, **more)


SPEC = SheetSpec(
    kind="visits",
    title="来访登记",
    columns=(
        _column("number", "编号", CellKind.CODE, lambda told: told.record.number),
        _column("day", "来访日期", CellKind.DAY, lambda told: told.record.day),
        _column(
            "at",
            "来访时间",
            CellKind.MOMENT,
            lambda told: _ZONE.local(Millis(told.record.at)).replace(tzinfo=None),
        ),
        _column("name", "来访人姓名", CellKind.NAME, lambda told: told.record.name, private=True),
        _column("people", "人数", CellKind.NUMBER, lambda told: told.record.people),
        _column("phone", "联系电话", CellKind.PHONE, lambda told: told.record.phone, private=True),
        _column("category", "业务类别", CellKind.LINE, lambda told: told.record.category),
        _column("matter_name", "具体事项", CellKind.LINE, lambda told: told.record.matter_name),
        _column("handling", "办理方式", CellKind.CHOICE, lambda told: told.record.handling.label),
        _column("state", "状态", CellKind.CHOICE, lambda told: told.record.state.label),
        _column("closed_day", "办结日期", CellKind.DAY, lambda told: told.record.closed_day),
        _column(
            "first_clerk_name",
            "首问责任人",
            CellKind.LINE,
            lambda told: told.record.first_clerk_name,
        ),
    ),
)


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians of both and their ratio, memory, and whether the figures hold."""
    visits, rounds = int(options["visits"]), int(options["rounds"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jinlin.db"
        actor = build(path, visits, 5_000, random.Random(7)).actor()
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=spawn) as child:
            peak = child.submit(_peak, path, actor).result()
        desk, uids = _opened(path, actor)
        cells = list(_cells(desk, uids))
        book: list[float] = []
        whole: list[float] = []
        bare: list[float] = []
        reading: list[float] = []
        for _ in range(rounds):
            bare.append(_cpu(lambda: _bare(cells)))
            book.append(_cpu(lambda: _book(cells)))
            reading.append(_cpu(lambda: list(_cells(desk, uids))))
            whole.append(_cpu(lambda: _ours(desk, uids, Path(folder) / "out.xlsx")))
        desk.database.close()
    return {
        "rows": len(cells),
        "columns": len(SPEC.columns),
        **_figures(
            *(statistics.median(times) for times in (book, whole, bare, reading)), peak=peak
        ),
    }


def _figures(
    book: float, whole: float, bare: float, reading: float, *, peak: float
) -> dict[str, Any]:
    ratio, together = book / bare, whole / (reading + bare)
    return {
        "book_cpu_s": round(book, 2),
        "xlsxwriter_cpu_s": round(bare, 2),
        "ratio": round(ratio, 2),
        "whole_export_cpu_s": round(whole, 2),
        "reading_cpu_s": round(reading, 2),
        "ratio_with_reading": round(together, 2),
        "whole_to_xlsxwriter": round(whole / bare, 2),
        "most_times": MOST_TIMES,
        "peak_mib": round(peak),
        "holds": max(ratio, together) <= MOST_TIMES and peak <= MOST_MIB,
    }


def _opened(path: Path, actor: Any) -> tuple[Desk, list[Uid]]:
    database: Database = open_file(path, BenchKey(), FixedClock(NOW))
    with database.reading(actor, needs=Right.READ) as connection:
        query = SHELF.table.select().with_only_columns(SHELF.table.c.uid)
        uids = [row.uid for row in connection.execute(query.order_by(SHELF.table.c.at.desc()))]
    return Desk(database, actor), uids


def _pages(uids: Sequence[Uid]) -> Iterator[list[Listed]]:
    for start in range(0, len(uids), PAGE):
        yield [Listed(uid, {}) for uid in uids[start : start + PAGE]]


def _ours(desk: Desk, uids: Sequence[Uid], out: Path) -> None:
    export(desk, catalog.ledgers()["visits"], _pages(uids), out, spec=SPEC)


def _cells(desk: Desk, uids: Sequence[Uid]) -> Iterator[list[Out]]:
    how = written(SHELF.kind, SPEC, (), desk.actor, _ZONE, unmasked=False)
    for page in _pages(uids):
        with desk.reading(needs=Right.READ) as connection:
            records = SHELF.many(connection, [line.uid for line in page])
            subjects = SPEC.told(connection, _ZONE, [records[line.uid] for line in page])
        for subject in subjects:
            yield [cell(subject) for cell in how.cells]


def _book(rows: Sequence[Sequence[Out]]) -> int:
    return write_book(io.BytesIO(), SheetPage(title="来访登记", columns=SPEC.columns), rows)


def _bare(rows: Sequence[Sequence[Out]]) -> int:
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    book = Workbook(memory, {"in_memory": True})
    sheet = book.add_worksheet()
    day, moment = (
        book.add_format({"num_format": one}) for one in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm")
    )
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, place, value)
            elif isinstance(value, datetime):
                sheet.write_datetime(number, place, value, moment)
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value, day)
            elif value is not None:
                sheet.write_number(number, place, value)
    book.close()
    return len(memory.getvalue())


def _peak(path: Path, actor: Any) -> float:
    """The most memory a process of its own takes for one export, in MiB."""
    desk, uids = _opened(path, actor)
    _ours(desk, uids, path.with_name("peak.xlsx"))
    desk.database.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
