"""Turns a checked form into the visits it stands for, their first steps already taken. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.core.record import NEVER, altered
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm
from desktop_app.ledgers.visits.rules.visit import (
    Action,
    Step,
    UrgentReport,
    Visit,
    VisitKind,
    VisitState,
)
from desktop_app.registers.matters.rules import Matter

_AT_ONCE = {Handling.INSTANT: "已当场办结", Handling.ADVICE: "已当场答复"}
"""Handlings that end in the same keystroke, and what the ledger says of the result then."""

PETITION_RESULT = "已告知信访渠道"

_NOBODY, _NO_DAY = Uid(int=0), date.min
_BLANK = Visit(
    uid=_NOBODY,
    station="",
    number="",
    batch=_NOBODY,
    at=NEVER,
    day=_NO_DAY,
    limit_from=_NO_DAY,
)
"""What a visit is made from: some fifty fields, half of which stay as they are here."""


@dataclass(frozen=True, slots=True)
class FirstClerk:
    """首问责任人: an operator, or only the name that an older ledger has."""

    uid: Uid | None
    name: str


@dataclass(frozen=True, slots=True)
class Counter:
    """Where, when and by whom the form is written down.

    `now` is the moment of saving on the business date `today`; `at` and `day` are those of the
    visit. `calendar` is asked only when a limit has to be counted, `number` once per matter. An
    older ledger may name another 首问责任人 than the `clerk` who writes it down (`first`), and say
    on which day the matter ended (`closed`).
    """

    station: str
    clerk: Uid | None
    clerk_name: str
    now: Millis
    today: date
    at: Millis
    day: date
    calendar: Callable[[], WorkCalendar]
    new_uid: Callable[[], Uid]
    number: Callable[[], str]
    first: FirstClerk | None = None
    closed: date | None = None

    @property
    def first_clerk(self) -> FirstClerk:
        return self.first or FirstClerk(self.clerk, self.clerk_name)


def visits_of(form: VisitForm, counter: Counter) -> tuple[Visit, ...]:
    """One visit for each matter, the first of them leading the batch. `form` has been checked."""
    visits: list[Visit] = []
    batch: Uid | None = None
    for entry in form.matters:
        uid = counter.new_uid()
        batch = batch or uid
        visits.append(_visit(form, entry, counter, uid, batch))
    return tuple(visits)


def _visit(form: VisitForm, entry: MatterEntry, counter: Counter, uid: Uid, batch: Uid) -> Visit:
    matter = entry.matter
    handling = entry.handling or (matter.handling if matter else Handling.INSTANT)
    if matter is not None and matter.petition:
        kept = _petition(entry, matter, counter)
    else:
        kept = {"kind": form.kind, "handling": handling, **_told(form, entry, handling, counter)}
    visit = altered(
        _BLANK,
        uid=uid,
        station=counter.station,
        number=counter.number(),
        batch=batch,
        leads=uid == batch,
        at=counter.at,
        day=counter.day,
        late_entry=counter.day != counter.today,
        source=form.source,
        people=form.people,
        matter=matter.uid if matter else None,
        limit_from=counter.day,
        first_clerk=counter.first_clerk.uid,
        first_clerk_name=counter.first_clerk.name,
        registered_by=counter.clerk,
        registered_by_name=counter.clerk_name,
        notice_given=entry.notice_given,
        **kept,
    )
    if visit.limit_days is None:
        return visit
    # Also for what ended at the counter: it was on time.
    return altered(visit, due=counter.calendar().due_day(visit.limit_from, visit.limit_days))


def _petition(entry: MatterEntry, matter: Matter, counter: Counter) -> dict[str, Any]:
    """信访渠道告知: that it happened is counted; who it was and what it was about is not kept.

    Category and name are the directory's, never what was typed over them.
    """
    return {
        "category": matter.category,
        "matter_name": matter.name,
        "kind": VisitKind.COUNTED,
        "petition": True,
        "handling": Handling.ADVICE,
        "result": PETITION_RESULT,
        **_course(replace(entry, handed_to=""), counter, ended=True),
    }


def _told(
    form: VisitForm, entry: MatterEntry, handling: Handling, counter: Counter
) -> dict[str, Any]:
    """What is kept of the person and the matter, and how far it got at the counter."""
    done = entry.done if entry.done is not None else handling in _AT_ONCE
    result = entry.result
    if done and form.kind is not VisitKind.COUNTED:
        result = result or _AT_ONCE.get(handling, _AT_ONCE[Handling.INSTANT])
    return {
        "category": entry.category or (entry.matter.category if entry.matter else ""),
        "matter_name": entry.matter_name or (entry.matter.name if entry.matter else ""),
        "resident": form.resident,
        "name": form.name,
        "gender": form.gender,
        "birth_year": form.birth_year,
        "phone": form.phone,
        "compound": form.compound,
        "building": form.building,
        "unit": form.unit,
        "room": form.room,
        "person_kind": form.person_kind,
        "agent": form.agent,
        "representatives": form.representatives,
        "summary": entry.summary,
        "remark": form.remark,
        "external_number": entry.external_number,
        "result": result,
        "limit_days": _limit(entry, handling),
        **_course(entry, counter, ended=done or form.kind is VisitKind.COUNTED),
    }


def _course(entry: MatterEntry, counter: Counter, *, ended: bool) -> dict[str, Any]:
    """The state reached at the counter and the steps that led there."""
    values: dict[str, Any] = {}
    if ended:
        steps = [_step(counter, Action.REGISTER, VisitState.CLOSED)]
        values = {"closed_at": counter.now, "closed_day": counter.closed or counter.day}
    else:
        steps = [_step(counter, Action.REGISTER, VisitState.REGISTERED)]
    if entry.handed_to:
        values |= {"handed_to": entry.handed_to, "handed_on": counter.day}
        if not ended:
            words = "，".join(filter(None, (entry.handed_to, entry.external_number)))
            steps.append(_step(counter, Action.HAND_OVER, VisitState.HANDED_OVER, words))
    if entry.report_to:
        values["urgent"] = UrgentReport(entry.report_to, entry.report_phone, counter.now)
        words = "，".join(filter(None, (entry.report_to, entry.report_phone)))
        steps.append(_step(counter, Action.REPORT_URGENT, steps[-1].to, words))
    return {**values, "state": steps[-1].to, "steps": tuple(steps)}


def _limit(entry: MatterEntry, handling: Handling) -> int | None:
    """The station's own limit; 0 and what ends at the counter have none."""
    if entry.limit_days is not None:
        return entry.limit_days or None
    if handling in _AT_ONCE or entry.matter is None:
        return None
    return entry.matter.station_days or None


def _step(counter: Counter, action: Action, to: VisitState, words: str = "") -> Step:
    return Step(counter.now, counter.clerk_name, action, to, words)


def counted_form(form_matter: MatterEntry) -> VisitForm:
    """仅计数: one key, nothing asked (问路)."""
    return VisitForm(
        kind=VisitKind.COUNTED,
        matters=(altered(form_matter, handling=Handling.ADVICE),),
    )
