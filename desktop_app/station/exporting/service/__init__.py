"""A list becomes a file: as it is filtered and sorted, masked unless somebody answers for it.

The book is made in memory, then logged, then placed whole; a cancel, a full disk or a crash leaves
no file, nor half of one. Records come in pages of some hundreds, each read in a moment of its own,
so that nobody at the counter waits.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from desktop_app import catalog
from desktop_app.core.calm import calm, let_go
from desktop_app.core.changes import Changed
from desktop_app.core.errors import EnvironmentFault, UserError
from desktop_app.core.fields import Field
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.ledger_spec import Ledger, Query, Row
from desktop_app.core.rights import Right
from desktop_app.core.route import ReadUids
from desktop_app.sheets.spec import Out, SheetSpec, Told
from desktop_app.sheets.writer import SheetPage, writer_of
from desktop_app.station.exporting.rules.columns import (
    Exported,
    Listed,
    Tell,
    Written,
    checked_reason,
    written,
)
from desktop_app.storage.files import sweep_temporaries, write_atomic
from desktop_app.storage.os_errors import SAFE, is_busy
from desktop_app.storage.paging import whole_list
from desktop_app.storage.session import Desk

WHAT = "导出表格"
_MASKED, _WHOLE = "姓名、号码等已遮挡", "含完整个人信息，请妥善保管"
PAGE = 500
"""Records that are read at once."""

Pages = Iterable[Sequence[Listed]]


def export(
    desk: Desk,
    ledger: Ledger,
    pages: Pages,
    path: Path,
    *,
    unmasked: bool = False,
    reason: str = "",
    words: str = "",
    with_rows: bool = False,
    spec: SheetSpec | None = None,
    job: Job | None = None,
) -> Changed[Exported]:
    """Write the records of `pages`, in their order, to `path`; `.xlsx` or `.csv` by its ending.

    `words` say how the list is narrowed; `with_rows`: what the list says of each is at hand, too.
    Raises `NotAllowed`, `UserError`, `EnvironmentFault`, and `Cancelled` when `job` is stopped;
    then there is no file, or the one that was there before.
    """
    said = checked_reason(desk.actor, reason, unmasked=unmasked)
    write = writer_of(path.suffix)
    refuse_place(path)
    spec = spec or catalog.sheets().get(ledger.kind.name)
    shown = ledger.columns if with_rows else _own(ledger)
    how = written(ledger.kind, spec, shown, desk.actor, desk.database.zone, unmasked=unmasked)
    note = _MASKED if how.masked else _WHOLE if unmasked else ""
    page = _page(desk, spec.title if spec else ledger.kind.label, how, (words, note))
    memory = io.BytesIO()
    try:
        with calm():
            count = write(memory, page, _rows(desk, ledger, pages, how, job or Job(WHAT)))
    finally:
        let_go()
    log_export(desk, ledger.kind.label, count, said, unmasked=unmasked)
    place(path, memory.getvalue())
    return Changed(frozenset(), (), Exported(str(path), count, how.masked, unmasked))


def listed(desk: Desk, ledger: Ledger, query: Query) -> Iterator[list[Listed]]:
    """What `list` shows for a query, page by page to the end."""
    after = query.after
    while True:
        asked = Query(
            search=query.search,
            since=query.since,
            until=query.until,
            status=query.status,
            stations=query.stations,
            limit=PAGE,
            after=after,
        )
        found = ledger.page(desk, asked)
        yield [Listed(Uid(str(row["uid"])), row) for row in found.rows]
        after = found.after
        if after is None:
            return


def walked(read: ReadUids, job: Job) -> Iterator[list[Listed]]:
    """The records of a list on screen, page by page to the end, by the list's own reading."""
    cursor = None
    while True:
        with whole_list(PAGE):
            uids, cursor = read(cursor, job)
        yield [Listed(found, {}) for uid in uids if (found := parse_uid(uid)) is not None]
        if cursor is None:
            return


# --- the parts ------------------------------------------------------------------------------------


def _own(ledger: Ledger) -> list[Field]:
    """The columns of the list that are fields of the record itself."""
    names = {field.name for field in ledger.kind.fields}
    return [column for column in ledger.columns if column.name in names]


def _page(desk: Desk, title: str, how: Written, notes: Sequence[str]) -> SheetPage:
    database = desk.database
    return SheetPage(
        title=title,
        columns=how.columns,
        office=database.station.name,
        note="；".join(filter(None, notes)),
        made=database.zone.local(database.clock.now()),
    )


def _rows(desk: Desk, ledger: Ledger, pages: Pages, how: Written, job: Job) -> Iterator[list[Out]]:
    """The cells of each record."""
    cells: tuple[Callable[[Any], Out], ...] = how.cells
    at = 1 if how.told is None else 0
    for both in subjects(desk, ledger, pages, how.told, job):
        subject = both[at]
        yield [cell(subject) for cell in cells]


def subjects(
    desk: Desk, ledger: Ledger, pages: Pages, tell: Tell | None, job: Job
) -> Iterator[tuple[Told | None, tuple[Any, Row]]]:
    """What cells are made from, for each record: what `tell` makes of it, and the record with its
    line of the list. Whoever was erased while the list was read is left out."""
    shelf = catalog.shelves()[ledger.kind.name]
    done = 0
    for page in pages:
        job.progress(done, words=f"第 {done + 1} 条")
        with desk.reading(needs=Right.EXPORT) as connection:
            records = shelf.many(connection, [line.uid for line in page])
            living = [one for line in page if (one := records.get(line.uid)) and not one.deleted]
            zone = desk.database.zone
            told = [None] * len(living) if tell is None else tell(connection, zone, living)
        rows = {line.uid: line.row for line in page}
        yield from zip(told, ((one, rows[one.uid]) for one in living), strict=True)
        done += len(page)
    job.progress(done, done, "写入文件")


def log_export(desk: Desk, label: str, count: int, reason: str, *, unmasked: bool) -> None:
    """One entry of the audit: what kind, how many, masked or why not. Never whom."""
    with desk.unit_of_work(WHAT, needs=Right.EXPORT) as unit:
        how = f"完整内容，原因：{reason}" if unmasked else "已遮挡"
        unit.about(label, f"{count} 条，{how}")


def refuse_place(path: Path) -> None:
    """Raise a sentence before the work begins where the file could not be placed after it."""
    if path.is_dir():
        raise UserError("这个名字是一个文件夹，没有导出任何内容。", "请写上文件名。", field="out")
    if not path.parent.is_dir():
        raise UserError(
            "要存到的文件夹不存在，没有导出任何内容。",
            "请先建好文件夹，或换一个位置。",
            field="out",
        )
    held = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    if path.exists() and any(one.exists() for one in held):
        raise _open_elsewhere()


def _open_elsewhere() -> EnvironmentFault:
    return EnvironmentFault(
        f"这个文件正在 WPS 或 Excel 里打开着，没有导出。{SAFE}",
        "请先关闭它，或换一个文件名，然后再做一次。",
    )


def place(path: Path, content: bytes) -> None:
    """Put the file there whole; that it is open in another program is told as just that."""
    # What a crash left there of an earlier export.
    sweep_temporaries(path.parent)
    try:
        write_atomic(path, content, what=WHAT, mode=0o600)
    except EnvironmentFault as fault:
        cause = fault.__cause__
        if isinstance(cause, OSError) and is_busy(cause) and path.exists():
            raise _open_elsewhere() from cause
        raise
