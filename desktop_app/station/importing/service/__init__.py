"""The way of a sheet: `open_file`, `propose`, `try_out`, `take_in`; `take_back` and `recover`."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app import catalog
from desktop_app.core.changes import Changed
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.sheets.spec import Taker
from desktop_app.sheets.values import reader_of
from desktop_app.station.importing import store
from desktop_app.station.importing.rules.history import Import
from desktop_app.station.importing.rules.plan import Plan
from desktop_app.station.importing.rules.trial import Choice, Decisions, Trial
from desktop_app.station.importing.service import taking
from desktop_app.station.importing.service.comparing import Comparer
from desktop_app.station.importing.service.judging import Judge, Subject, subject_of
from desktop_app.station.importing.service.leaving import reasons_of, write_left
from desktop_app.station.importing.service.looking import (
    Opened,
    context_of,
    open_file,
    propose,
    read_all,
    taken_before,
    with_mapping,
)
from desktop_app.station.importing.service.taking import Outcome
from desktop_app.station.importing.service.undoing import Touched, recover, take_back, touched
from desktop_app.storage.session import Desk

MOST_LISTED = 200


@dataclass(frozen=True)
class Tried:
    """A sheet that was tried out, and everything that taking it in needs."""

    opened: Opened
    plan: Plan
    trial: Trial
    subject: Subject
    taker: Taker | None


def try_out(desk: Desk, opened: Opened, plan: Plan, job: Job) -> Tried:
    """Read every row and judge it; nothing is kept, however it ends."""
    subject = subject_of(plan.kind)
    desk.actor.require(subject.adding.needs)
    desk.actor.require(Right.HANDLE)
    rows, left_out = read_all(desk, opened, plan, job)
    context = context_of(desk, plan)
    readers = {column.name: reader_of(column, context) for column in subject.spec.columns}
    changing = subject.spec.changing or subject.ledger.changing
    judge = Judge(desk, subject, Comparer(subject.spec, changing, readers), plan)
    trial = Trial(judge.judge(rows, job), left_out)
    return Tried(opened, plan, trial, subject, judge.taker)


def take_in(desk: Desk, tried: Tried, decisions: Decisions, job: Job) -> Changed[Outcome]:
    """Keep what was tried out; see `taking.take_in`."""
    return taking.take_in(
        desk, tried.subject, tried.opened, tried.plan, tried.trial, decisions, job, tried.taker
    )


def history(desk: Desk) -> tuple[Import, ...]:
    """The latest imports, the newest first."""
    with desk.reading(needs=Right.READ) as connection:
        return tuple(store.listed(connection, MOST_LISTED))


def importable() -> dict[str, str]:
    """The kinds a sheet can be taken in for, with their words, in the wizard's order."""
    return {
        name: catalog.ledgers()[name].kind.label
        for name, spec in catalog.sheets().items()
        if any(column.read for column in spec.columns)
    }


__all__ = [
    "Choice",
    "Decisions",
    "Import",
    "Opened",
    "Outcome",
    "Plan",
    "Touched",
    "Trial",
    "Tried",
    "history",
    "importable",
    "open_file",
    "propose",
    "reasons_of",
    "recover",
    "take_back",
    "take_in",
    "taken_before",
    "touched",
    "try_out",
    "with_mapping",
    "write_left",
]
