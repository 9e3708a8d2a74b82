"""What the wizard does behind the window. Every function runs in a worker's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from desktop_app.core.calm import calm
from desktop_app.core.changes import Changed
from desktop_app.core.job import Job
from desktop_app.sheets.spec import CellKind
from desktop_app.station.importing import service
from desktop_app.station.importing.rules.history import Import
from desktop_app.station.importing.rules.kept import Kept
from desktop_app.station.importing.rules.plan import Plan
from desktop_app.station.importing.rules.trial import Choice, Decisions, Judged, Trial, Verdict
from desktop_app.station.importing.service import Opened, Outcome, Touched, Tried, resuming
from desktop_app.station.importing.service.showing import Looked, look, readable
from desktop_app.station.importing.ui.words import PROBLEMS_FIRST
from desktop_app.storage.session import Desk
from desktop_app.widgets.save_as import Write

_MAIN = 3
_TELLING = (
    {CellKind.NAME, CellKind.NAMES},
    {CellKind.MOMENT, CellKind.DAY},
    {CellKind.LINE, CellKind.TEXT},
)


@dataclass(frozen=True)
class Resumed:
    """An import that was taken up again; `changed`: the file is not the one it was."""

    kept: Kept
    looked: Looked
    changed: bool


@dataclass(frozen=True)
class Seen:
    """A sheet that was tried out, as the preview shows it: the places of its rows by what they
    are, problems first, and the names of the columns that tell them apart."""

    tried: Tried
    by_verdict: Mapping[Verdict, tuple[int, ...]]
    every: tuple[int, ...]
    main: tuple[str, ...]

    @property
    def trial(self) -> Trial:
        return self.tried.trial

    def taken(self, decisions: Decisions) -> int:
        """How many rows would be taken in."""
        doubtful = self.by_verdict[Verdict.DUPLICATE]
        others = sum(decisions.of(place) is Choice.NEW for place in doubtful)
        return len(self.by_verdict[Verdict.NEW]) + len(self.by_verdict[Verdict.UPDATE]) + others


@dataclass(frozen=True)
class Back:
    """An import that may be taken back, and what of it was changed since."""

    made: Import
    touched: tuple[Touched, ...]


def open_and_look(desk: Desk, path: Path, kind: str, job: Job) -> Looked:
    """A file as it is first shown: its largest sheet, for the ledger it fits best."""
    with calm():
        opened = service.open_file(path)
        job.check()
        return look(desk, opened, opened.first_sheet, job, kind=kind)


def look_again(
    desk: Desk, opened: Opened, sheet: int, kind: str, row: int | None, job: Job
) -> Looked:
    """Another sheet, ledger or row of headings of the same file."""
    return look(desk, opened, sheet, job, kind=kind, row=row)


def resume(desk: Desk, kept: Kept, job: Job) -> Resumed:
    """Take up an import that was left: the file is read anew, what was said of it is put back."""
    with calm():
        opened = service.open_file(kept.path)
        changed = opened.digest != kept.digest
        sheet = kept.sheet if kept.sheet < len(opened.book.sheets) else opened.first_sheet
        looked = look(desk, opened, sheet, job, kind=kept.kind, row=kept.row or None)
    if not changed:
        looked = replace(looked, plan=_as_kept(looked.plan, kept))
    return Resumed(kept, looked, changed)


def _as_kept(plan: Plan, kept: Kept) -> Plan:
    names = {column.name for column in readable(plan.kind)}
    columns = {place: name for place, name in kept.columns.items() if name in names}
    return replace(plan, columns=columns, year=kept.year, options=kept.options)


def try_out(desk: Desk, opened: Opened, plan: Plan, job: Job) -> Seen:
    """Try the sheet out, and put its rows in the order of the preview."""
    with calm():
        return _seen(service.try_out(desk, opened, plan, job))


def _seen(tried: Tried) -> Seen:
    places: dict[Verdict, list[int]] = {verdict: [] for verdict in Verdict}
    for place, one in enumerate(tried.trial.rows):
        places[one.verdict].append(place)
    by_verdict = {verdict: tuple(found) for verdict, found in places.items()}
    every = tuple(place for verdict in PROBLEMS_FIRST for place in by_verdict[verdict])
    return Seen(tried, by_verdict, every, _main(tried.plan))


def _main(plan: Plan) -> tuple[str, ...]:
    """What tells a row from others: who, when, and what about."""
    meant = set(plan.columns.values())
    columns = [column for column in readable(plan.kind) if column.name in meant]
    found: list[str] = []
    for kinds in _TELLING:
        found += [column.name for column in columns if column.kind in kinds][:1]
    rest = [column.name for column in columns if column.name not in found]
    return tuple([*found, *rest][:_MAIN])


def take_in(desk: Desk, tried: Tried, decisions: Decisions, job: Job) -> Changed[Outcome]:
    """Take it in; what was kept of it for another day is forgotten then."""
    with calm():
        done = service.take_in(desk, tried, decisions, job)
    resuming.keep(desk, None)
    return done


def left_writer(desk: Desk, tried: Tried, rows: list[Judged]) -> Write:
    """What writes rows that were not taken in as a workbook."""
    return partial(_write_left, desk, tried, rows)


def _write_left(desk: Desk, tried: Tried, rows: list[Judged], path: Path) -> Path:
    service.write_left(desk, tried.plan, rows, path)
    return path


def may_be_taken_back(desk: Desk, made: Import, _job: Job) -> Back:
    """What taking an import back would leave as it is."""
    return Back(made, service.touched(desk, made.uid))
