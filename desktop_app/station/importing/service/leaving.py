"""What was not taken in, with its reasons: for a screen, a terminal, and a workbook to correct."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from desktop_app.core.rights import Right
from desktop_app.sheets.error_book import write_error_book
from desktop_app.sheets.spec import Cell
from desktop_app.station.importing.rules.plan import Plan
from desktop_app.station.importing.rules.trial import Judged
from desktop_app.storage.files import write_atomic
from desktop_app.storage.session import Desk

_WHAT = "保存没有导入的行"


def reasons_of(one: Judged) -> tuple[str, ...]:
    """Why a row was not taken in, in words that say nothing of what stands in it."""
    found = [
        f"{problem.label}：{problem.problem.words}" if problem.label else problem.problem.words
        for problem in one.problems
    ]
    found += [f"可能重复：{'、'.join(like.reasons)}" for like in one.like]
    return tuple(dict.fromkeys(found))


def write_left(desk: Desk, plan: Plan, rows: Iterable[Judged], path: Path) -> int:
    """Write rows that were not taken in as a workbook with the same headings, to be corrected and
    dropped again; answers how many rows of the sheet that were."""
    desk.actor.require(Right.HANDLE)
    each = list(_once(rows))
    memory = io.BytesIO()
    write_error_book(memory, _labels(plan), [_line(plan, one) for one in each])
    write_atomic(path, memory.getvalue(), what=_WHAT)
    return len(each)


def _labels(plan: Plan) -> Sequence[str]:
    return plan.heading.labels


def _once(rows: Iterable[Judged]) -> Iterator[Judged]:
    """A row of several people comes back once, whole."""
    met: set[int] = set()
    for one in rows:
        if one.row.number not in met:
            met.add(one.row.number)
            yield one


def _line(plan: Plan, one: Judged) -> tuple[int, Sequence[Cell], Sequence[tuple[int | None, str]]]:
    places = {label: place for place, label in enumerate(plan.heading.labels) if label}
    columns = {name: place for place, name in plan.columns.items()}
    reasons: list[tuple[int | None, str]] = []
    for problem in one.problems:
        place = problem.column
        if place is None:
            place = places.get(problem.label, columns.get(problem.problem.field or ""))
        named = problem.label if place is None else ""
        reasons.append((place, f"{named}：{problem.problem.words}".lstrip("：")))
    for like in one.like:
        why = "、".join(like.reasons)
        reasons.append((None, f"可能重复：{why if like.row else f'{like.words}（{why}）'}"))
    return one.row.number, one.row.cells, reasons
