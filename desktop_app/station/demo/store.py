"""Writes down what happens at a demo station, in the very shape the services write it.

The rules of visits and residents make every value; only the way into the tables is the bulk one.
Numbers are counted here, and counters, search keys and who was seen are put in at the end of a
stretch of days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from desktop_app.core.clock import FixedClock, Millis, Zone
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.rights import Actor
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.activities.tables import ACTIVITY, ATTENDANCE
from desktop_app.ledgers.service.tables import SERVICE
from desktop_app.ledgers.visits.rules.entry import VisitForm
from desktop_app.ledgers.visits.rules.registration import Counter, visits_of
from desktop_app.ledgers.visits.rules.steps import Moment, StepDetails, take_step
from desktop_app.ledgers.visits.rules.visit import Action, EnteredFrom, Evaluation, Visit
from desktop_app.ledgers.visits.store import EVALUATION_SHELF
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.ledgers.visits.tables import EVALUATION, VISIT
from desktop_app.registers.residents.rules import Resident, ResidentDraft
from desktop_app.registers.residents.service import NUMBER_SERIES
from desktop_app.registers.residents.store import SHELF as RESIDENTS
from desktop_app.registers.residents.store import add_keys, new_keys
from desktop_app.registers.residents.tables import PERSON_KEY, RESIDENT, SEEN
from desktop_app.storage.bulk import Bulk
from desktop_app.storage.numbering import count_up, paper_number
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.session import Database
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import AUDIT, CHANGE

R = TypeVar("R", bound=Record)

_ADD_SEEN = Prepared(sa.insert(SEEN))
_SET_SEEN = Prepared(
    sa.update(SEEN)
    .where(SEEN.c.resident == sa.bindparam("of", type_=SEEN.c.resident.type))
    .values(last_at=sa.bindparam("last"), times=sa.bindparam("count"))
)

FILLED = (
    *(VISIT, EVALUATION, ACTIVITY, ATTENDANCE, SERVICE, RESIDENT, PERSON_KEY, SEEN),
    *(CHANGE, AUDIT),
)
"""The tables that get most rows."""


class Books:
    """The station's registers while they are being filled. `bulk` is what the next
    transaction will write; between two of them the database may be closed."""

    bulk: Bulk

    def __init__(
        self,
        database: Database,
        clock: FixedClock,
        calendar: WorkCalendar,
        shown: Callable[[Millis], Millis],
    ) -> None:
        self.station = database.station.code
        self.new_uid = database.new_uid
        self._desk = database.station.desk
        self._zone: Zone = database.zone
        self._clock = clock
        self._calendar = calendar
        self._shown = shown
        self._counters: dict[str, int] = defaultdict(int)
        self._counted: dict[str, int] = defaultdict(int)
        self._filed: list[Resident] = []
        self._seen: dict[Uid, list[int]] = {}
        self._seen_before: set[Uid] = set()
        self._seen_now: set[Uid] = set()
        self.visits = 0
        self.residents = 0
        self.activities = 0

    def enter(self, draft: ResidentDraft, at: Millis) -> Resident:
        """Open a file; the deed is written by whoever asked for it."""
        at = self.moment(at)
        resident = Resident(
            uid=self.new_uid(),
            station=self.station,
            number=self.number(self._zone.day(at).year, NUMBER_SERIES),
            **vars(draft),
        )
        saved = self.bulk.put(RESIDENTS, resident, at)
        self.residents += 1
        self._filed.append(saved)
        return saved

    def open_file(self, draft: ResidentDraft, at: Millis, actor: Actor) -> Resident:
        """新建居民档案, as a deed of its own."""
        saved = self.enter(draft, at)
        self.bulk.deed(self._shown(at), actor, "新建居民档案", saved.number)
        return saved

    def register(
        self, form: VisitForm, at: Millis, actor: Actor, late_at: Millis | None = None
    ) -> tuple[Visit, ...]:
        """Write a visit down; with `late_at`, a moment of an earlier day, it is 补录."""
        now = self.moment(at)
        happened = now if late_at is None else late_at
        today, day = self._zone.day(now), self._zone.day(happened)
        counter = Counter(
            station=self.station,
            clerk=actor.uid,
            clerk_name=actor.name,
            now=now,
            today=today,
            at=happened,
            day=day,
            calendar=lambda: self._calendar,
            new_uid=self.new_uid,
            number=lambda: self.number(day.year),
        )
        made = tuple(self.bulk.put(VISITS, visit, now) for visit in visits_of(form, counter))
        self.visits += len(made)
        if form.resident is not None and any(not entry.is_petition for entry in form.matters):
            self._mark_seen(form.resident, happened)
        label = "补录来访" if late_at is not None else "登记来访"
        several = f"共 {len(made)} 件" if len(made) > 1 else ""
        self.bulk.deed(now, actor, label, made[0].number, several)
        return made

    def step(
        self, visit: Visit, action: Action, details: StepDetails, at: Millis, actor: Actor
    ) -> Visit:
        """Take one step of a matter."""
        now = self.moment(at)
        moment = Moment(now, self._zone.day(now), actor.name, self._calendar)
        saved = self.bulk.put(VISITS, take_step(visit, action, details, moment), now)
        words = f"{visit.state.label} → {saved.state.label}"
        self.bulk.deed(now, actor, f"来访：{action.label}", saved.number, words)
        return saved

    def evaluate(
        self, visit: Visit, level: Satisfaction, source: EnteredFrom, at: Millis, actor: Actor
    ) -> None:
        """Take in a resident's evaluation."""
        now = self.moment(at)
        evaluation = Evaluation(
            uid=self.new_uid(),
            station=self.station,
            visit=visit.uid,
            level=level,
            entered_from=source,
            at=now,
            day=self._zone.day(now),
        )
        self.bulk.put(EVALUATION_SHELF, evaluation, now)
        self.bulk.deed(now, actor, "居民评价", visit.number)

    def put(self, shelf: Shelf[R], value: R, at: Millis) -> R:
        """Save a record of another ledger at a moment that `moment` gave."""
        return self.bulk.put(shelf, value, at)

    def deed(
        self, at: Millis, actor: Actor, action: str, subject: str = "", detail: str = ""
    ) -> None:
        """One audit entry at a moment that `moment` gave."""
        self.bulk.deed(at, actor, action, subject, detail)

    def sign_in(self, at: Millis, actor: Actor) -> None:
        """Somebody begins the day."""
        self.bulk.deed(self._shown(at), actor, "登录", "", "密码")

    def settle(self, connection: sa.Connection) -> None:
        """Put in what was only gathered: search keys in their own order, who was seen, counters."""
        add_keys(connection, new_keys(connection.dialect, self._filed))
        self._filed.clear()
        self._settle_seen(connection)
        for name, value in self._counters.items():
            if value > self._counted[name]:
                count_up(connection, name, value - self._counted[name])
        self._counted.update(self._counters)

    def _settle_seen(self, connection: sa.Connection) -> None:
        found = [(uid, *self._seen[uid]) for uid in sorted(self._seen_now)]
        fresh = [
            {"resident": uid, "last_at": at, "times": times}
            for uid, at, times in found
            if uid not in self._seen_before
        ]
        again = [
            {"of": uid, "last": at, "count": times}
            for uid, at, times in found
            if uid in self._seen_before
        ]
        _ADD_SEEN.run_many(connection, fresh)
        if again:
            _SET_SEEN.run_many(connection, again)
        self._seen_before |= self._seen_now
        self._seen_now.clear()

    def moment(self, at: Millis) -> Millis:
        """The moment as it is written; uids carry it, too."""
        now = self._shown(at)
        self._clock.set(now)
        return now

    def number(self, year: int, series: str = "") -> str:
        """The next number of a series."""
        desk = self._desk
        name = f"{series}{year}{desk}"
        self._counters[name] += 1
        return paper_number(self.station, year, desk, self._counters[name], series=series)

    def _mark_seen(self, resident: Uid, at: Millis) -> None:
        known = self._seen.setdefault(resident, [at, 0])
        known[0] = max(known[0], at)
        known[1] += 1
        self._seen_now.add(resident)
