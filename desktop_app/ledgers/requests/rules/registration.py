"""Turns a checked form into the request it stands for, its first step already taken. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.requests.rules.course import due_of
from desktop_app.ledgers.requests.rules.entry import RequestForm
from desktop_app.ledgers.requests.rules.request import Action, Request, RequestState, Step

PETITION_TITLE = "信访渠道告知"
PETITION_RESULT = "已告知信访渠道"

_AS_ENTERED = (
    "kind", "source", "platform", "external_number", "visit", "activity", "resolution", "resident",
    "name", "phone", "compound", "building", "unit", "room", "consented", "category", "title",
    "summary", "urgency", "dispute_stage", "result", "petition", "remark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counter:
    """Where, when and by whom the form is written down.

    `now` is the moment of saving on the business date `today`; `at` and `day` are those on which
    the request was raised.
    """

    uid: Uid
    number: str
    station: str
    clerk: Uid | None
    clerk_name: str
    now: Millis
    today: date
    at: Millis
    day: date
    calendar: WorkCalendar


def request_of(form: RequestForm, counter: Counter) -> Request:
    """The request of a form that has been checked.

    信访渠道告知 ends at once: that it happened is counted; who it was and what it was about is not
    kept (信访工作条例).
    """
    values: dict[str, Any] = {name: getattr(form, name) for name in _AS_ENTERED}
    state = RequestState.REGISTERED
    if form.petition:
        state = RequestState.CLOSED
        values |= {
            "title": PETITION_TITLE,
            "result": PETITION_RESULT,
            "closed_at": counter.now,
            "closed_day": counter.day,
        }
    made = Request(
        uid=counter.uid,
        station=counter.station,
        number=counter.number,
        at=counter.at,
        day=counter.day,
        late_entry=counter.day != counter.today,
        limit_days=form.limit_days or None,
        limit_from=counter.day,
        state=state,
        registered_by=counter.clerk,
        registered_by_name=counter.clerk_name,
        steps=(Step(counter.now, counter.clerk_name, Action.REGISTER, state),),
        **values,
    )
    return altered(made, due=due_of(made, counter.calendar))
