"""What a resident may be asked about: a visit, a request, each one line of `SUBJECTS`. Without Qt.

Ledgers do not know each other; here stands how each is looked at, found by number and evaluated, so
that the resident's screen and the sheet for paper need not know which one it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.requests.rules import evaluating as of_requests
from desktop_app.ledgers.requests.rules.listing import RequestFilter, RequestLine
from desktop_app.ledgers.requests.rules.request import EnteredFrom as RequestEnteredFrom
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.ledgers.visits.rules import evaluating as of_visits
from desktop_app.ledgers.visits.rules.listing import VisitFilter, VisitLine
from desktop_app.ledgers.visits.rules.visit import EnteredFrom, Visit
from desktop_app.storage.session import Desk

Evaluable = Visit | VisitLine | Request | RequestLine
"""Whatever tells enough of a matter to ask about it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One matter a resident is asked about: all that the resident's screen ever learns of it."""

    kind: str
    uid: Uid
    number: str
    matter_name: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a number on a paper sheet stands for, told back so that a slip of the finger is seen.

    `word` is what such a record is called: 来访, 诉求, 点单.
    """

    kind: str
    uid: Uid
    number: str
    matter: str
    day: date
    word: str


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of record that residents evaluate.

    `asked` answers None for a record of another kind and for one that may not be evaluated as it
    stands. `look` reads a record and whether it has an evaluation. `numbered` finds a number
    written as the house writes it. `evaluate` takes a level in; its flag says it is from paper.
    """

    kind: str
    asked: Callable[[Evaluable], Asked | None]
    look: Callable[[Desk, Uid], tuple[Evaluable, bool]]
    numbered: Callable[[Desk, str], Numbered | None]
    evaluate: Callable[[Desk, Uid, Satisfaction, bool], Changed[None]]


# --- visits ---------------------------------------------------------------------------------------


def _visit_asked(told: Evaluable) -> Asked | None:
    if not isinstance(told, Visit | VisitLine):
        return None
    kept_out = isinstance(told, Visit) and (told.petition or told.deleted)
    if kept_out or not of_visits.may_be_evaluated(told.state, told.kind):
        return None
    return Asked(VISITS.name, told.uid, told.number, told.matter_name)


def _look_at_visit(desk: Desk, uid: Uid) -> tuple[Evaluable, bool]:
    found = visits.history(desk, uid)
    return found.visit, found.evaluated


def _numbered_visit(desk: Desk, number: str) -> Numbered | None:
    found = visits.page(desk, VisitFilter(search=number), size=2).rows
    line = next((one for one in found if one.number == number), None)
    if line is None:
        return None
    matter = line.matter_name or line.category or "未写事项"
    return Numbered(VISITS.name, line.uid, line.number, matter, line.day, "来访")


def _evaluate_visit(desk: Desk, uid: Uid, level: Satisfaction, paper: bool) -> Changed[None]:
    entered_from = EnteredFrom.PAPER if paper else EnteredFrom.SECOND_SCREEN
    return visits.evaluate(desk, uid, level, entered_from)


# --- requests -------------------------------------------------------------------------------------


def _request_asked(told: Evaluable) -> Asked | None:
    if not isinstance(told, Request | RequestLine):
        return None
    kept_out = isinstance(told, Request) and (told.petition or told.deleted)
    if kept_out or not of_requests.may_be_evaluated(told.state):
        return None
    # The title names nobody, so that it may travel; the summary may.
    return Asked(REQUESTS.name, told.uid, told.number, told.title)


def _look_at_request(desk: Desk, uid: Uid) -> tuple[Evaluable, bool]:
    found = requests.history(desk, uid)
    return found.request, found.evaluated


def _numbered_request(desk: Desk, number: str) -> Numbered | None:
    found = requests.page(desk, RequestFilter(search=number), size=2).rows
    line = next((one for one in found if one.number == number), None)
    if line is None:
        return None
    matter = line.title or line.category or "未写事项"
    return Numbered(REQUESTS.name, line.uid, line.number, matter, line.day, line.kind.label)


def _evaluate_request(desk: Desk, uid: Uid, level: Satisfaction, paper: bool) -> Changed[None]:
    entered_from = RequestEnteredFrom.PAPER if paper else RequestEnteredFrom.SECOND_SCREEN
    return requests.evaluate(desk, uid, level, entered_from)


SUBJECTS: tuple[Subject, ...] = (
    Subject(VISITS.name, _visit_asked, _look_at_visit, _numbered_visit, _evaluate_visit),
    Subject(REQUESTS.name, _request_asked, _look_at_request, _numbered_request, _evaluate_request),
)


def subject_of(kind: str) -> Subject:
    """How that kind of record is asked about; `KeyError` for one nobody evaluates."""
    return {one.kind: one for one in SUBJECTS}[kind]
