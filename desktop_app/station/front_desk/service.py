"""What the counter's screen needs of registers and ledgers, joined. Without Qt.

Every function goes through the services of those folders, which open the units of work and name the
rights; what is read here directly names its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from desktop_app.core.burst import ScannedId
from desktop_app.core.changes import Changed
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.rights import Right
from desktop_app.core.settings import MASK_TODAY
from desktop_app.core.wording import due
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.figures import Counts
from desktop_app.ledgers.visits.rules.listing import VisitLine
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.registers.matters import service as matters
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.places import service as places
from desktop_app.registers.places.service import CompoundChoice
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import PersonLine, ResidentDraft
from desktop_app.registers.residents.search import find
from desktop_app.registers.working_days.service import calendar
from desktop_app.station.front_desk.rules.meaning import visit_form
from desktop_app.station.front_desk.rules.text import (
    Came,
    Drafts,
    FormText,
    from_plain,
    to_plain,
)
from desktop_app.storage.drafts import drop_draft, drop_in, keep_in, load_draft, save_draft
from desktop_app.storage.paging import FIRST
from desktop_app.storage.session import Desk, Unit
from desktop_app.storage.settings import read_settings

DRAFT = "front_desk"
NOTHING_LEFT = Drafts()
USUAL = 9
"""As many matters as there are digit keys."""
TODAY_SHOWN = 100
NAMESAKES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form needs before anybody comes: choices, and what was left half-filled.

    `usual` are this desk's matters in the order of their digit keys.
    """

    matters: Mapping[Uid, Matter]
    usual: tuple[Matter, ...]
    compounds: tuple[CompoundChoice, ...]
    drafts: Drafts
    mask_names: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Today's visits, the latest first; `due` says in words what is left of a line's limit.

    `counts` are those of `ledgers/visits/figures`, so that the counter and the reports cannot
    disagree.
    """

    today: date
    lines: tuple[VisitLine, ...]
    complete: bool
    counts: Counts
    due: Mapping[Uid, str]


@dataclass(frozen=True, slots=True)
class Similar:
    """Somebody who may be the person being entered, and why, in words."""

    line: PersonLine
    reason: str


def opening(desk: Desk) -> Opening:
    """Everything the form offers; read once when the screen comes, and when a directory changes."""
    known = {matter.uid: matter for matter in matters.directory(desk)}
    with desk.reading(needs=Right.READ) as connection:
        mask_names = read_settings(connection)[MASK_TODAY]
    return Opening(
        matters=known,
        usual=_usual(desk, known),
        compounds=tuple(places.compounds(desk)),
        drafts=load_drafts(desk),
        mask_names=mask_names,
    )


def _usual(desk: Desk, known: Mapping[Uid, Matter]) -> tuple[Matter, ...]:
    """The matters of the digit keys: those registered most, then the directory's first."""
    often = [one.matter for one in visits.usual_matters(desk, USUAL) if one.matter in known]
    first = dict.fromkeys((*often, *known))
    return tuple(known[uid] for uid in list(first)[:USUAL])


def board(desk: Desk) -> Board:
    """Today's list and the figures above it."""
    shown = visits.today(desk, FIRST, size=TODAY_SHOWN)
    today = desk.today
    counts = visits.counter_counts(desk)
    days = calendar(desk) if any(line.open and line.due for line in shown.rows) else None
    said = {
        line.uid: due(days.workdays_between(today, line.due))
        for line in shown.rows
        if days is not None and line.open and line.due is not None
    }
    return Board(today, tuple(shown.rows), shown.later is None, counts, said)


def person(desk: Desk, uid: Uid) -> PersonLine:
    """A resident as the box shows one; for a merged file the one it is part of."""
    return residents.card(desk, uid).line


def person_of_card(desk: Desk, scanned: ScannedId) -> PersonLine | None:
    """The resident whose 证件 was read, or None when there is no file yet."""
    draft = ResidentDraft(id_kind=scanned.card.kind, id_number=scanned.card.number)
    found = residents.possible_duplicates(desk, draft)
    return found[0].line if found else None


def similar_people(desk: Desk, draft: ResidentDraft) -> tuple[Similar, ...]:
    """Files that may already be this person's, the surest first, then namesakes."""
    sure = tuple(
        Similar(one.line, "、".join(one.reasons))
        for one in residents.possible_duplicates(desk, draft)
    )
    name = draft.name.strip()
    if not name:
        return sure
    there = {one.line.uid for one in sure}
    namesakes = tuple(
        Similar(line, "同名")
        for line in find(desk, name).people
        if line.name == name and line.uid not in there
    )
    return (*sure, *namesakes)[:NAMESAKES_SHOWN]


def register(
    desk: Desk,
    text: FormText,
    known: Mapping[Uid, Matter],
    *,
    left: Drafts = NOTHING_LEFT,
    date_confirmed: bool = False,
) -> Changed[tuple[Visit, ...]]:
    """Write down what the form says; a new resident's file is opened in the same unit of work.

    So is the draft replaced by what is `left` half-filled: a power cut in between would bring the
    form back, and the visit would be registered twice. Raises `InvalidInput` with every problem,
    each naming its field.
    """
    resident = birth = None
    uid = parse_uid(text.resident)
    if text.came == Came.KNOWN and uid is not None:
        card = residents.card(desk, uid)
        resident, birth = card.resident, card.line.birth
    form = visit_form(text, known, resident, desk.today, birth=birth, date_confirmed=date_confirmed)
    return visits.register(desk, form, beside=partial(_keep_left, left))


def _keep_left(left: Drafts, unit: Unit) -> None:
    owner = unit.actor.uid
    if owner is None:
        return
    if left.is_empty:
        drop_in(unit.connection, owner, DRAFT)
    else:
        keep_in(unit.connection, owner, DRAFT, to_plain(left), unit.now)


def count_only(desk: Desk, matter: Matter | None) -> Changed[tuple[Visit, ...]]:
    """仅计数: somebody came and went; without a matter it is 问路."""
    return visits.count_only(desk, matter)


def way_asked(known: Mapping[Uid, Matter]) -> Matter | None:
    """The matter that F9 counts when none was chosen: 问路, if the directory has it."""
    return next(
        (
            matter
            for matter in known.values()
            if "问路" in matter.name and matter.handling is Handling.ADVICE
        ),
        None,
    )


def load_drafts(desk: Desk) -> Drafts:
    """What this operator left half-filled."""
    if desk.actor.uid is None:
        return Drafts()
    desk.actor.require(Right.REGISTER)
    found = load_draft(desk.database, desk.actor.uid, DRAFT)
    return Drafts() if found is None else from_plain(found)


def save_drafts(desk: Desk, drafts: Drafts) -> None:
    """Keep what is half-filled; nothing at all when there is nothing."""
    if desk.actor.uid is None:
        return
    desk.actor.require(Right.REGISTER)
    if drafts.is_empty:
        drop_draft(desk.database, desk.actor.uid, DRAFT)
    else:
        save_draft(desk.database, desk.actor.uid, DRAFT, to_plain(drafts))
