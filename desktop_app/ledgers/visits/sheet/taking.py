"""Takes an old ledger of visits in by the ten thousand.

A row is who came, what it was about, and what is its own (the day, the words). The first two come
again and again: each is read and checked once, by the very form and rules of the counter, and
remembered. A row that is anything out of the ordinary (today's, a petition, several people, a limit
that runs) goes that way whole.
"""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.codec import Plain
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.plain_entry import Lookup, read_what_can_be
from desktop_app.core.text import clean_text
from desktop_app.ledgers.visits import store
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.entry import EARLIEST_DAY, VisitForm, check_clock, checked
from desktop_app.ledgers.visits.rules.registration import Counter, FirstClerk, visits_of
from desktop_app.ledgers.visits.rules.visit import (
    LINE_LIMIT,
    REMARK_LIMIT,
    RESULT_LIMIT,
    SUMMARY_LIMIT,
    Visit,
    VisitKind,
)
from desktop_app.ledgers.visits.sheet.columns import NAMELESS
from desktop_app.ledgers.visits.sheet.reading import (
    FORM,
    OPEN_FILE,
    number_outside,
    shape,
    told_of,
)
from desktop_app.registers.places.sheet import Address, find_address
from desktop_app.registers.residents import store as resident_store
from desktop_app.registers.residents.record import KIND as RESIDENTS
from desktop_app.registers.residents.rules import Phone, Resident, ResidentDraft, tidy
from desktop_app.registers.residents.service import NUMBER_SERIES
from desktop_app.registers.residents.sheet import files_of
from desktop_app.registers.working_days.service import calendar
from desktop_app.sheets.spec import Made
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.bulk import BulkUnit
from desktop_app.storage.mould import Mould
from desktop_app.storage.numbering import count_up, paper_number
from desktop_app.storage.session import Desk

PERSON = (
    "name", "gender", "birth_year", "phone", "id_number", "compound", "building", "unit", "room",
    "address", "person_kind",
)  # fmt: skip
MATTER = (
    "source", "people", "category", "matter_name", "handling", "state", "notice_given",
    "first_clerk_name",
)  # fmt: skip
OWN = ("at", "clock", "summary", "result", "closed_day", "remark", "external_number", "number")
_ORDINARY = frozenset((*PERSON, *MATTER, *OWN))
_SHOWN = (
    "name", "gender", "birth_year", "phone", "compound", "building", "unit", "room", "person_kind",
)  # fmt: skip
_VARYING = (
    "batch", "number", "at", "day", "limit_from", "resident", *_SHOWN, "summary", "result",
    "closed_day", "remark", "external_number",
)  # fmt: skip
_SIMPLE = frozenset({"name", "gender", "phone", "id_number", "address"})
_LIMITS = {
    "summary": SUMMARY_LIMIT, "result": RESULT_LIMIT, "remark": REMARK_LIMIT,
    "external_number": LINE_LIMIT,
}  # fmt: skip
_MINUTES_TO_2359 = 23 * 60 + 59
_MOST_MATTERS = 400
"""Ledgers with more sorts of matter than that have them in their words."""


@dataclass
class _File:
    """Whose file a visitor has, or the one that is opened with the first row of his."""

    uid: Uid | None = None
    draft: ResidentDraft | None = None


@dataclass(frozen=True)
class _Person:
    values: Mapping[str, Any]
    remark: str
    file: _File


@dataclass
class _Matter:
    """What rows of one sort have in common: whether they are at an end (`ends`), and what is their
    result where they say none."""

    form: VisitForm
    first: FirstClerk | None
    ends: bool
    result: str
    mould: Mould[Visit] | None = None


@dataclass(frozen=True)
class _Usual:
    """A row that is written by its matter's mould."""

    person: _Person
    matter: _Matter
    at: Millis
    day: date
    own: Mapping[str, Any]


@dataclass(frozen=True)
class _Whole:
    """A row that is written as the counter would."""

    form: VisitForm
    first: FirstClerk | None
    closed: date | None
    file: _File


class VisitTaker:
    """Judges and writes the rows of one sheet; what it met stays known to its end."""

    def __init__(self, desk: Desk, options: frozenset[str] = frozenset()) -> None:
        self._desk = desk
        self._chosen = dict.fromkeys(sorted(options), True)
        self._today = desk.today
        self._zone = desk.database.zone
        self._known: dict[str, Any] = {}
        self._people: dict[tuple[Plain, ...], _Person | UserError | None] = {}
        self._matters: dict[tuple[Plain, ...], _Matter | UserError | None] = {}
        self._files: dict[tuple[str, ...], _File] = {}
        self._days: dict[str, date | None] = {}
        self._midnights: dict[date, Millis | None] = {}

    # --- judging ------------------------------------------------------------------------------

    def judge(self, connection: sa.Connection, rows: Sequence[Cells]) -> list[Any]:
        """See `sheets.spec.Taker`."""
        check_clock(self._today)
        lookup = Lookup(connection, self._known)
        keys = [tuple(map(row.get, PERSON)) for row in rows]
        self._meet(keys, rows, lookup)
        return [self._judged(key, row, lookup) for key, row in zip(keys, rows, strict=True)]

    def _judged(self, key: tuple[Plain, ...], row: Cells, lookup: Lookup) -> Any:
        usual = self._usual(key, row, lookup) if row.keys() <= _ORDINARY else None
        if usual is not None:
            return usual
        try:
            return self._whole({**row, **self._chosen}, lookup)
        except UserError as problem:
            return problem

    def _meet(
        self, keys: Sequence[tuple[Plain, ...]], rows: Sequence[Cells], lookup: Lookup
    ) -> None:
        """Look up everybody of these rows who has not come before, all at once."""
        fresh = {key: row for key, row in zip(keys, rows, strict=True) if key not in self._people}
        asked = [
            (str(row.get("id_number") or ""), str(row.get("name") or ""), (_phone(row),))
            for row in fresh.values()
        ]
        uids = files_of(lookup.connection, asked) if asked else ()
        for (key, row), uid in zip(fresh.items(), uids, strict=True):
            try:
                self._people[key] = self._person(row, uid, lookup)
            except UserError as problem:
                self._people[key] = problem

    def _person(self, row: Cells, uid: Uid | None, lookup: Lookup) -> _Person | None:
        """Who came, as the counter would read it; None for somebody who is not named."""
        own = {name: row[name] for name in PERSON if name in row}
        if uid is None and own.keys() <= _SIMPLE and own.get("name") not in (*NAMELESS, None):
            return self._stranger(own, lookup)
        own |= self._chosen | ({} if uid is None else {"resident": uid.hex})
        form, _, _ = self._read({**own, "at": self._today.isoformat(), "summary": "事由"}, lookup)
        if form.kind is not VisitKind.NAMED:
            return None
        file = self._file_of(row, form)
        return _Person({name: getattr(form, name) for name in _SHOWN}, form.remark, file)

    def _stranger(self, own: Cells, lookup: Lookup) -> _Person:
        """Somebody with nothing but what most have, each cell checked already: the short way."""
        name, phone = str(own["name"]), _phone(own)
        address = find_address(lookup, str(own["address"])) if "address" in own else Address()
        door = {part: getattr(address, part) for part in ("compound", "building", "unit", "room")}
        words = f"住址：{address.words}" if address.words else ""
        gender = Gender(int(str(own["gender"]))) if "gender" in own else Gender.UNKNOWN
        values: dict[str, Any] = {
            "name": name, "gender": gender, "birth_year": None, "phone": phone,
            "person_kind": None, **door,
        }  # fmt: skip
        file, identity = _File(), str(own.get("id_number") or "")
        if self._chosen.get(OPEN_FILE) and (identity or phone):
            draft = ResidentDraft(
                name=name, gender=gender, phones=(Phone(phone),) if phone else (),
                id_number=identity, **door,
            )  # fmt: skip
            file = self._one_file(draft, phone)
            values["person_kind"] = draft.kind
        return _Person(values, clean_text(words, limit=REMARK_LIMIT), file)

    def _file_of(self, row: Cells, form: VisitForm) -> _File:
        if form.resident is not None:
            return _File(form.resident)
        if form.new_resident is None:
            return _File()
        return self._one_file(form.new_resident, form.phone)

    def _one_file(self, new: ResidentDraft, phone: str) -> _File:
        """One file for one person, however often he comes: by his number, else name and phone.

        Raises `InvalidInput` with what is wrong with it.
        """
        draft, problems = tidy(new, self._today)
        if problems:
            raise InvalidInput(problems)
        keys: list[tuple[str, ...]] = [("id", draft.id_number)] if draft.id_number else []
        keys += [("phone", draft.name, phone)] if phone else []
        for key in keys:
            known = self._files.get(key)
            if known is not None and known.draft is not None:
                other = known.draft.id_number
                if not (draft.id_number and other and draft.id_number != other):
                    return known
        file = _File(draft=draft)
        for key in keys:
            self._files.setdefault(key, file)
        return file

    def _matter(self, row: Cells, lookup: Lookup) -> _Matter | UserError | None:
        says = bool(row.get("summary"))
        key = (*map(row.get, MATTER), says, bool(row.get("result")), bool(row.get("closed_day")))
        if key not in self._matters:
            full = len(self._matters) >= _MOST_MATTERS
            try:
                self._matters[key] = None if full else self._sort(row, lookup)
            except UserError as problem:
                self._matters[key] = problem
        return self._matters[key]

    def _sort(self, row: Cells, lookup: Lookup) -> _Matter | None:
        """What rows of this sort have in common; None where the counter must be asked each time."""
        own = {name: row[name] for name in MATTER if name in row}
        own |= {name: "有" for name in ("summary", "result") if row.get(name)}
        day = (self._today - timedelta(days=1)).isoformat()
        own |= {"closed_day": day} if row.get("closed_day") else {}
        form, first, closed = self._read({**own, "name": "某人", "at": day}, lookup)
        (visit,) = visits_of(form, self._counter(form, Millis(0), first, closed, lambda: ""))
        if visit.petition or visit.limit_days is not None or visit.kind is not VisitKind.NAMED:
            return None
        result = "" if row.get("result") else visit.result
        return _Matter(form, first, visit.closed_day is not None, result)

    def _usual(self, key: tuple[Plain, ...], row: Cells, lookup: Lookup) -> _Usual | None:
        person = self._people.get(key)
        if not isinstance(person, _Person) or (person.remark and row.get("remark")):
            return None
        matter = self._matter(row, lookup)
        if not isinstance(matter, _Matter):
            return None
        text = str(row.get("at", ""))
        day = self._day(text[:10])
        closed = self._day(str(row["closed_day"])) if "closed_day" in row else day
        if day is None or closed is None or closed < day:
            return None
        own = _own_words(row, matter)
        if own is None:
            return None
        own["remark"] = own["remark"] or person.remark
        own["closed_day"] = closed if matter.ends else None
        clock = text[11:16] or str(row.get("clock") or "") or "12:00"
        return _Usual(person, matter, self._moment(day, clock), day, own)

    def _moment(self, day: date, clock: str) -> Millis:
        """A time of that day. On a day whose clocks were not put forward or back it is reckoned."""
        if day not in self._midnights:
            first, last = self._zone.at(day), self._zone.at(day, 23, 59)
            self._midnights[day] = first if last - first == _MINUTES_TO_2359 * 60_000 else None
        midnight = self._midnights[day]
        hour, minute = int(clock[:2]), int(clock[3:5])
        if midnight is None:
            return self._zone.at(day, hour, minute)
        return Millis(midnight + (hour * 60 + minute) * 60_000)

    def _day(self, text: str) -> date | None:
        """A day before today that an old ledger may have; None for another."""
        if text not in self._days:
            day = date.fromisoformat(text) if text else None
            fits = day is not None and EARLIEST_DAY <= day < self._today
            self._days[text] = day if fits else None
        return self._days[text]

    def _whole(self, row: Cells, lookup: Lookup) -> _Whole:
        """The row by the counter's own way. Raises `UserError` with what is wrong."""
        asked = (str(row.get("id_number") or ""), str(row.get("name") or ""), (_phone(row),))
        (uid,) = files_of(lookup.connection, [asked])
        form, first, closed = self._read({**row, **({"resident": uid.hex} if uid else {})}, lookup)
        return _Whole(form, first, closed, self._file_of(row, form))

    def _read(
        self, cells: Mapping[str, Plain], lookup: Lookup
    ) -> tuple[VisitForm, FirstClerk | None, date | None]:
        values, problems = read_what_can_be(FORM, shape(cells), lookup, self._today)
        if problems:
            raise InvalidInput(problems)
        form, first, closed = told_of(lookup.connection, self._zone, values, self._today)
        return checked(form, self._today), first, closed

    # --- writing ------------------------------------------------------------------------------

    def write(self, bulk: BulkUnit, ready: Sequence[Any]) -> list[tuple[Made, ...]]:
        """See `sheets.spec.Taker`."""
        now = self._desk.database.clock.now()
        opened = self._opened(bulk, ready, now)
        numbers = self._numbers(bulk, ready)
        seen: dict[Uid, tuple[Millis, int]] = {}
        made: list[tuple[Made, ...]] = []
        for place, one in enumerate(ready):
            at: Millis | None
            if isinstance(one, _Usual):
                visits, at = [self._cast(bulk, one, next(numbers[one.day.year]), now)], one.at
            else:
                visits, at = self._put(bulk, one, numbers, now)
            file = _file(one).uid
            if file is not None and at is not None:
                last, times = seen.get(file, (at, 0))
                seen[file] = (max(last, at), times + 1)
            made.append((*opened.get(place, ()), *((KIND.name, uid, 1) for uid in visits)))
        resident_store.mark_all_seen(bulk.connection, seen)
        return made

    def _numbers(self, bulk: BulkUnit, ready: Sequence[Any]) -> dict[int, Any]:
        """The next numbers of each year that these rows take, counted up once."""
        station = self._desk.database.station
        years: Count[int] = Count()
        for one in ready:
            usual = isinstance(one, _Usual)
            day = one.day if usual else one.form.day or self._today
            years[day.year] += 1 if usual else len(one.form.matters)
        return {
            year: iter(
                [
                    paper_number(station.code, year, station.desk, last - count + 1 + place)
                    for place in range(count)
                ]
            )
            for year, count in years.items()
            if (last := count_up(bulk.connection, f"{year}{station.desk}", count))
        }

    def _opened(
        self, bulk: BulkUnit, ready: Sequence[Any], now: Millis
    ) -> dict[int, tuple[Made, ...]]:
        """The files that are opened with rows that are the first of new visitors, by place."""
        fresh: dict[int, tuple[int, _File]] = {}
        for place, one in enumerate(ready):
            file = _file(one)
            if file.uid is None and file.draft is not None and not _tells_nobody(one):
                fresh.setdefault(id(file), (place, file))
        if not fresh:
            return {}
        station, year, series = self._desk.database.station, self._today.year, NUMBER_SERIES
        last = count_up(bulk.connection, f"{series}{year}{station.desk}", len(fresh))
        saved = []
        for value, (_, file) in enumerate(fresh.values(), last - len(fresh) + 1):
            assert file.draft is not None, "it was asked"
            file.uid = self._desk.database.new_uid()
            number = paper_number(station.code, year, station.desk, value, series=series)
            new = Resident(uid=file.uid, station=station.code, number=number, **vars(file.draft))
            saved.append(bulk.put(resident_store.SHELF, new, now))
        resident_store.add_keys(bulk.connection, saved)
        return {
            place: ((RESIDENTS.name, one.uid, 1),)
            for (place, _), one in zip(fresh.values(), saved, strict=True)
        }

    def _cast(self, bulk: BulkUnit, one: _Usual, number: str, now: Millis) -> Uid:
        matter = one.matter
        if matter.mould is None:
            day = self._today - timedelta(days=1)
            counter = self._counter(matter.form, now, matter.first, day, lambda: "")
            (model,) = visits_of(matter.form, counter)
            matter.mould = Mould(store.SHELF, model, _VARYING)
        uid = self._desk.database.new_uid()
        values = {
            **one.person.values, **one.own, "uid": uid, "batch": uid, "number": number,
            "at": one.at, "day": one.day, "limit_from": one.day, "resident": one.person.file.uid,
        }  # fmt: skip
        bulk.cast(matter.mould, values, now)
        return uid

    def _put(
        self, bulk: BulkUnit, one: _Whole, numbers: Mapping[int, Any], now: Millis
    ) -> tuple[list[Uid], Millis | None]:
        form = one.form
        if one.file.uid is not None:
            form = replace(form, resident=one.file.uid)
        year = (form.day or self._today).year
        counter = self._counter(form, now, one.first, one.closed, lambda: next(numbers[year]))
        visits = [bulk.put(store.SHELF, visit, now) for visit in visits_of(form, counter)]
        told = any(not each.is_petition for each in form.matters)
        return [visit.uid for visit in visits], counter.at if told else None

    def _counter(
        self,
        form: VisitForm,
        now: Millis,
        first: FirstClerk | None,
        closed: date | None,
        number: Any,
    ) -> Counter:
        day = form.day or self._today
        hour, minute = form.time or (12, 0)
        actor = self._desk.actor
        today_now = day == self._today and form.time is None
        return Counter(
            station=self._desk.database.station.code,
            clerk=actor.uid,
            clerk_name=actor.name,
            now=now,
            today=self._today,
            at=now
            if day == self._today and form.time is None
            else self._zone.at(day, hour, minute),
            day=day,
            calendar=lambda: calendar(self._desk),
            new_uid=self._desk.database.new_uid,
            number=number,
            first=first,
            closed=closed,
        )


def _tells_nobody(one: Any) -> bool:
    """Whether a row keeps nothing of who came, as with petitions."""
    return isinstance(one, _Whole) and all(each.is_petition for each in one.form.matters)


def _phone(row: Cells) -> str:
    return str(row.get("phone") or "")


def _file(one: Any) -> _File:
    return one.person.file if isinstance(one, _Usual) else one.file


def _own_words(row: Cells, matter: _Matter) -> dict[str, Any] | None:
    """What a row says in its own words, cleaned when it was read; None where that is too long."""
    told = {
        "summary": str(row.get("summary") or ""),
        "result": str(row.get("result") or "") or matter.result,
        "remark": str(row.get("remark") or ""),
        "external_number": number_outside(row),
    }
    return told if all(len(text) <= _LIMITS[name] for name, text in told.items()) else None
