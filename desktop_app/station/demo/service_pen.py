"""Writes down what volunteers of a demo station served, in the very shape the services write it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.record import altered
from desktop_app.core.rights import Actor
from desktop_app.core.steps import Moment
from desktop_app.ledgers.service.rules import steps
from desktop_app.ledgers.service.rules.entry import ServiceForm, entered, is_late, signed_in
from desktop_app.ledgers.service.rules.service_record import (
    NUMBER_SERIES,
    ServiceAction,
    ServiceRecord,
    ServiceState,
)
from desktop_app.ledgers.service.rules.spans import minutes_of, refuse_span
from desktop_app.ledgers.service.store import SHELF
from desktop_app.station.demo.helpers import Helper, Helpers

_SURELY_IN_TIME = 10
"""Days that hold no more than ten working days: the calendar need not be asked."""


@dataclass(eq=False)
class Turnout:
    """One outing: who was there, the form that all share, when it begins and ends."""

    people: list[Helper]
    form: ServiceForm
    begins: Millis
    ends: Millis
    records: dict[Helper, ServiceRecord]

    @property
    def waiting(self) -> list[Helper]:
        """Whose records are to be confirmed."""
        return [
            helper
            for helper, record in self.records.items()
            if record.state is ServiceState.TO_CONFIRM
        ]


class ServicePen:
    """Keeps the records of outings, with their deeds."""

    def __init__(self, helpers: Helpers) -> None:
        self.helpers = helpers
        self.stage = helpers.stage
        self.records = 0

    def now(self, at: Millis, actor: Actor) -> Moment:
        return self.helpers.now(at, actor)

    def sign_in(self, outing: Turnout, helper: Helper, form: ServiceForm, now: Moment) -> str:
        """Somebody begins; answers the number."""
        books = self.stage.books
        number = books.number(now.today.year, NUMBER_SERIES)
        made = signed_in(form, books.new_uid(), books.station, number, now)
        self.keep(outing, helper, made, now)
        return number

    def enter(
        self, outing: Turnout, helper: Helper, form: ServiceForm, now: Moment, actor: Actor
    ) -> None:
        """补录 of a checked form."""
        books = self.stage.books
        assert form.started_at is not None, "checked"
        assert form.ended_at is not None, "checked"
        refuse_span(form.started_at, form.ended_at, form.excluded_minutes)
        day = self.stage.day(form.started_at)
        number = books.number(day.year, NUMBER_SERIES)
        late = self.is_late(day, now.today)
        made = entered(form, books.new_uid(), books.station, number, day, late, now)
        self.keep(outing, helper, made, now)
        books.deed(now.at, actor, "补录志愿服务", number)

    def take_over(
        self, outing: Turnout, forms: Sequence[ServiceForm], now: Moment, *, there: bool
    ) -> None:
        """导入 of the checked forms of an outing, one for each of its people, whose hours somebody
        stands for at once; `there`: they come from the national system. Nobody stands for hours of
        their own."""
        books, form = self.stage.books, forms[0]
        assert form.started_at is not None, "checked"
        day = self.stage.day(form.started_at)
        late = self.is_late(day, now.today)
        waits = entered(form, outing.people[0].uid, books.station, "", day, late, now)
        # What all of them share is made once.
        stands = steps.confirmed(waits, "", now)
        for helper, own in zip(outing.people, forms, strict=True):
            assert own.started_at is not None, "checked"
            made = altered(
                waits if helper.file.name == now.actor else stands,
                uid=books.new_uid(),
                number=books.number(day.year, NUMBER_SERIES),
                volunteer=helper.uid,
                started_at=own.started_at,
                ended_at=own.ended_at,
                minutes=minutes_of(own.started_at, own.ended_at, own.excluded_minutes),
            )
            if there and made.counts and helper.volunteer.national_number:
                made = steps.marked_uploaded(made, None, now)
            self.keep(outing, helper, made, now)

    def is_late(self, day: date, today: date) -> bool:
        over = (today - day).days > _SURELY_IN_TIME
        return over and is_late(day, today, self.stage.hours.calendar)

    def keep(
        self, outing: Turnout, helper: Helper, record: ServiceRecord, now: Moment
    ) -> ServiceRecord:
        """Save a record as it is now."""
        self.records += record.revision == 0
        saved = outing.records[helper] = self.helpers.put(SHELF, record, now)
        helper.serving = saved.state is ServiceState.OPEN
        if saved.counts:
            helper.served[saved.uid] = saved
        else:
            helper.served.pop(saved.uid, None)
        return saved

    def step(
        self, at: Millis, told: tuple[Turnout, Helper], action: ServiceAction,
        make: Callable[[Moment], ServiceRecord],
    ) -> None:  # fmt: skip
        """One step of one record, by somebody who may handle matters."""
        outing, helper = told
        actor = self.stage.handler()
        now = self.now(at, actor)
        before = outing.records[helper]
        after = self.keep(outing, helper, make(now), now)
        moved = f"{before.state.label} → {after.state.label}"
        self.stage.books.deed(now.at, actor, f"服务记录：{action.label}", after.number, moved)

    def done_for_many(self, now: Moment, actor: Actor, action: ServiceAction, count: int) -> None:
        """The deed of a step that was taken with several records at once."""
        label = f"服务记录：{action.label}（多条）"
        self.stage.books.deed(now.at, actor, label, f"服务记录 {count} 条")
