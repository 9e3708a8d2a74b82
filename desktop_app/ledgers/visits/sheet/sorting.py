"""Tells apart what the rows of an old ledger of visits have in common and what is their own.

A row is who came, what it was about, and its own day and words. The first two come again and again:
each is read and checked once, by the very form and rules of the counter, and remembered. A row that
is anything out of the ordinary (today's, a petition, several people, a limit that runs) is read
whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from desktop_app.core.clock import Millis
from desktop_app.core.codec import Plain
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.plain_entry import Lookup, read_what_can_be
from desktop_app.core.text import clean_text
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
from desktop_app.registers.residents.rules import Phone, ResidentDraft
from desktop_app.registers.residents.sheet import files_of
from desktop_app.registers.residents.tidying import tidy
from desktop_app.registers.working_days.service import calendar
from desktop_app.sheets.spec import Connection
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.mould import Mould
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
VARYING = (
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
class File:
    """Whose file a visitor has, or the one that is opened with the first row of his."""

    uid: Uid | None = None
    draft: ResidentDraft | None = None


@dataclass(frozen=True)
class Person:
    values: Mapping[str, Any]
    remark: str
    file: File


@dataclass
class Sort:
    """What rows of one sort have in common: whether they are at an end (`ends`), and what is their
    result where they say none."""

    form: VisitForm
    first: FirstClerk | None
    ends: bool
    result: str
    mould: Mould[Visit] | None = None


class Usual(NamedTuple):
    """A row that is written by its matter's mould."""

    person: Person
    matter: Sort
    at: Millis
    day: date
    own: Mapping[str, Any]

    @property
    def file(self) -> File:
        return self.person.file


@dataclass(frozen=True)
class Whole:
    """A row that is written as the counter would."""

    form: VisitForm
    first: FirstClerk | None
    closed: date | None
    file: File


class Sorter:
    """Reads the rows of one sheet; what it met stays known to its end."""

    def __init__(self, desk: Desk, options: frozenset[str] = frozenset()) -> None:
        self._desk = desk
        self._chosen = dict.fromkeys(sorted(options), True)
        self._today = desk.today
        self._zone = desk.database.zone
        self._known: dict[str, Any] = {}
        self._people: dict[tuple[Plain, ...], Person | UserError | None] = {}
        self._matters: dict[tuple[Plain, ...], Sort | UserError | None] = {}
        self._files: dict[tuple[str, ...], File] = {}
        self._days: dict[str, date | None] = {}
        self._midnights: dict[date, Millis | None] = {}

    def judge(
        self, connection: Connection, rows: Sequence[Cells]
    ) -> list[Usual | Whole | UserError]:
        """For each row what it is, or the `UserError` that says what is wrong with it."""
        check_clock(self._today)
        lookup = Lookup(connection, self._known)
        keys = [tuple(map(row.get, PERSON)) for row in rows]
        self._meet(keys, rows, lookup)
        return [self._judged(key, row, lookup) for key, row in zip(keys, rows, strict=True)]

    def _judged(
        self, key: tuple[Plain, ...], row: Cells, lookup: Lookup
    ) -> Usual | Whole | UserError:
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

    def _person(self, row: Cells, uid: Uid | None, lookup: Lookup) -> Person | None:
        """Who came, as the counter would read it; None for somebody who is not named."""
        own = {name: row[name] for name in PERSON if name in row}
        if uid is None and own.keys() <= _SIMPLE and own.get("name") not in (*NAMELESS, None):
            return self._stranger(own, lookup)
        own |= self._chosen | ({} if uid is None else {"resident": uid.hex})
        form, _, _ = self._read({**own, "at": self._today.isoformat(), "summary": "事由"}, lookup)
        if form.kind is not VisitKind.NAMED:
            return None
        file = self._file_of(row, form)
        return Person({name: getattr(form, name) for name in _SHOWN}, form.remark, file)

    def _stranger(self, own: Cells, lookup: Lookup) -> Person:
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
        file, identity = File(), str(own.get("id_number") or "")
        if self._chosen.get(OPEN_FILE) and (identity or phone):
            draft = ResidentDraft(
                name=name, gender=gender, phones=(Phone(phone),) if phone else (),
                id_number=identity, **door,
            )  # fmt: skip
            file = self._one_file(draft, phone)
            values["person_kind"] = draft.kind
        return Person(values, clean_text(words, limit=REMARK_LIMIT), file)

    def _file_of(self, row: Cells, form: VisitForm) -> File:
        if form.resident is not None:
            return File(form.resident)
        if form.new_resident is None:
            return File()
        return self._one_file(form.new_resident, form.phone)

    def _one_file(self, new: ResidentDraft, phone: str) -> File:
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
        file = File(draft=draft)
        for key in keys:
            self._files.setdefault(key, file)
        return file

    def _matter(self, row: Cells, lookup: Lookup) -> Sort | UserError | None:
        says = bool(row.get("summary"))
        key = (*map(row.get, MATTER), says, bool(row.get("result")), bool(row.get("closed_day")))
        if key not in self._matters:
            full = len(self._matters) >= _MOST_MATTERS
            try:
                self._matters[key] = None if full else self._sort(row, lookup)
            except UserError as problem:
                self._matters[key] = problem
        return self._matters[key]

    def _sort(self, row: Cells, lookup: Lookup) -> Sort | None:
        """What rows of this sort have in common; None where the counter must be asked each time."""
        own = {name: row[name] for name in MATTER if name in row}
        own |= {name: "有" for name in ("summary", "result") if row.get(name)}
        day = (self._today - timedelta(days=1)).isoformat()
        own |= {"closed_day": day} if row.get("closed_day") else {}
        form, first, closed = self._read({**own, "name": "某人", "at": day}, lookup)
        (visit,) = visits_of(form, counter_of(self._desk, form, Millis(0), first, closed))
        if visit.petition or visit.limit_days is not None or visit.kind is not VisitKind.NAMED:
            return None
        result = "" if row.get("result") else visit.result
        return Sort(form, first, visit.closed_day is not None, result)

    def _usual(self, key: tuple[Plain, ...], row: Cells, lookup: Lookup) -> Usual | None:
        person = self._people.get(key)
        if not isinstance(person, Person) or (person.remark and row.get("remark")):
            return None
        matter = self._matter(row, lookup)
        if not isinstance(matter, Sort):
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
        return Usual(person, matter, self._moment(day, clock), day, own)

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

    def _whole(self, row: Cells, lookup: Lookup) -> Whole:
        """The row by the counter's own way. Raises `UserError` with what is wrong."""
        asked = (str(row.get("id_number") or ""), str(row.get("name") or ""), (_phone(row),))
        (uid,) = files_of(lookup.connection, [asked])
        form, first, closed = self._read({**row, **({"resident": uid.hex} if uid else {})}, lookup)
        return Whole(form, first, closed, self._file_of(row, form))

    def _read(
        self, cells: Mapping[str, Plain], lookup: Lookup
    ) -> tuple[VisitForm, FirstClerk | None, date | None]:
        values, problems = read_what_can_be(FORM, shape(cells), lookup, self._today)
        if problems:
            raise InvalidInput(problems)
        form, first, closed = told_of(lookup.connection, self._zone, values, self._today)
        return checked(form, self._today), first, closed


def counter_of(
    desk: Desk,
    form: VisitForm,
    now: Millis,
    first: FirstClerk | None,
    closed: date | None,
    number: Callable[[], str] = str,
) -> Counter:
    """Where, when and by whom a row is written down."""
    day = form.day or desk.today
    hour, minute = form.time or (12, 0)
    is_now = day == desk.today and form.time is None
    return Counter(
        station=desk.database.station.code,
        clerk=desk.actor.uid,
        clerk_name=desk.actor.name,
        now=now,
        today=desk.today,
        at=now if is_now else desk.database.zone.at(day, hour, minute),
        day=day,
        calendar=lambda: calendar(desk),
        new_uid=desk.database.new_uid,
        number=number,
        first=first,
        closed=closed,
    )


def _phone(row: Cells) -> str:
    return str(row.get("phone") or "")


def _own_words(row: Cells, matter: Sort) -> dict[str, Any] | None:
    """What a row says in its own words, cleaned when it was read; None where that is too long."""
    told = {
        "summary": str(row.get("summary") or ""),
        "result": str(row.get("result") or "") or matter.result,
        "remark": str(row.get("remark") or ""),
        "external_number": number_outside(row),
    }
    return told if all(len(text) <= _LIMITS[name] for name, text in told.items()) else None
