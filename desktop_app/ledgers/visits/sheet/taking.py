"""Takes an old ledger of visits in by the ten thousand: sorted first, then written by moulds."""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits import store
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.registration import visits_of
from desktop_app.ledgers.visits.sheet.sorting import VARYING, Sorter, Usual, Whole, counter_of
from desktop_app.registers.residents import store as resident_store
from desktop_app.registers.residents.record import KIND as RESIDENTS
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.service import NUMBER_SERIES
from desktop_app.sheets.spec import Connection, Made
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.bulk import Bulk, Step
from desktop_app.storage.mould import Mould
from desktop_app.storage.numbering import count_up, paper_number
from desktop_app.storage.session import Desk

Row = Usual | Whole

_SETTLED_AT_ONCE = 2_000


class VisitTaker:
    """Judges and writes the rows of one sheet."""

    def __init__(self, desk: Desk, options: frozenset[str] = frozenset()) -> None:
        self._desk = desk
        self._today = desk.today
        self._sorter = Sorter(desk, options)
        self._opened_here: dict[Uid, Resident] = {}
        self._seen_here: dict[Uid, tuple[Millis, int]] = {}
        self._numbers: dict[int, Iterator[str]] = {}
        self._file_numbers: Iterator[str] = iter(())

    def judge(self, connection: Connection, rows: Sequence[Cells]) -> list[Row | UserError]:
        """See `sheets.spec.Taker`."""
        return self._sorter.judge(connection, rows)

    def reserve(self, ready: Sequence[Row]) -> Step:
        """See `sheets.spec.Taker`."""
        years: Count[int] = Count()
        for one in ready:
            if isinstance(one, Usual):
                years[one.day.year] += 1
            else:
                years[(one.form.day or self._today).year] += len(one.form.matters)
        files = len({id(one.file) for one in ready if _opens(one)})

        def take(connection: Connection) -> None:
            self._numbers = {
                year: self._stock(connection, year, count) for year, count in sorted(years.items())
            }
            self._file_numbers = self._stock(connection, self._today.year, files, NUMBER_SERIES)

        return take

    def _stock(
        self, connection: Connection, year: int, count: int, series: str = ""
    ) -> Iterator[str]:
        if not count:
            return iter(())
        station = self._desk.database.station
        last = count_up(connection, f"{series}{year}{station.desk}", count)
        numbers = range(last - count + 1, last + 1)
        return (
            paper_number(station.code, year, station.desk, value, series=series)
            for value in numbers
        )

    def write(self, bulk: Bulk, ready: Sequence[Row]) -> list[tuple[Made, ...]]:
        """See `sheets.spec.Taker`."""
        now = self._desk.database.clock.now()
        opened = self._opened(bulk, ready, now)
        seen: dict[Uid, tuple[Millis, int]] = {}
        made: list[tuple[Made, ...]] = []
        for place, one in enumerate(ready):
            at: Millis | None
            if isinstance(one, Usual):
                visits, at = [self._cast(bulk, one, now)], one.at
            else:
                visits, at = self._put(bulk, one, now)
            file = one.file.uid
            if file is not None and at is not None:
                where = self._seen_here if file in self._opened_here else seen
                last, times = where.get(file, (at, 0))
                where[file] = (max(last, at), times + 1)
            made.append((*opened.get(place, ()), *((KIND.name, uid, 1) for uid in visits)))
        if seen:
            bulk.beside(partial(resident_store.mark_all_seen, when=seen))
        return made

    def settle(self) -> Iterator[Step]:
        """See `sheets.spec.Taker`."""
        keys = resident_store.new_keys(self._desk.database.binds_by, self._opened_here.values())
        for first in range(0, len(keys), _SETTLED_AT_ONCE):
            some = keys[first : first + _SETTLED_AT_ONCE]
            yield partial(resident_store.add_keys, rows=some)
        seen = sorted(self._seen_here.items())
        for first in range(0, len(seen), _SETTLED_AT_ONCE):
            times = dict(seen[first : first + _SETTLED_AT_ONCE])
            yield partial(resident_store.mark_all_seen, when=times)

    def _opened(self, bulk: Bulk, ready: Sequence[Row], now: Millis) -> dict[int, tuple[Made, ...]]:
        """The files that are opened with rows that are the first of new visitors, by place."""
        station = self._desk.database.station.code
        made: dict[int, tuple[Made, ...]] = {}
        for place, one in enumerate(ready):
            file = one.file
            if not _opens(one):
                continue
            assert file.draft is not None, "it was asked"
            file.uid = self._desk.database.new_uid()
            number = next(self._file_numbers)
            new = Resident(uid=file.uid, station=station, number=number, **vars(file.draft))
            self._opened_here[file.uid] = bulk.put(resident_store.SHELF, new, now)
            made[place] = ((RESIDENTS.name, file.uid, 1),)
        return made

    def _cast(self, bulk: Bulk, one: Usual, now: Millis) -> Uid:
        sort = one.matter
        if sort.mould is None:
            day = self._today - timedelta(days=1)
            counter = counter_of(self._desk, sort.form, now, sort.first, day)
            (model,) = visits_of(sort.form, counter)
            sort.mould = Mould(store.SHELF, model, VARYING)
        uid = self._desk.database.new_uid()
        values = {
            **one.person.values, **one.own, "uid": uid, "batch": uid,
            "number": next(self._numbers[one.day.year]), "resident": one.person.file.uid,
            "at": one.at, "day": one.day, "limit_from": one.day,
        }  # fmt: skip
        bulk.cast(sort.mould, values, now)
        return uid

    def _put(self, bulk: Bulk, one: Whole, now: Millis) -> tuple[list[Uid], Millis | None]:
        form = one.form
        if one.file.uid is not None:
            form = replace(form, resident=one.file.uid)
        year = (form.day or self._today).year
        counter = counter_of(
            self._desk, form, now, one.first, one.closed, lambda: next(self._numbers[year])
        )
        visits = [bulk.put(store.SHELF, visit, now) for visit in visits_of(form, counter)]
        told = any(not each.is_petition for each in form.matters)
        return [visit.uid for visit in visits], counter.at if told else None


def _opens(one: Row) -> bool:
    """Whether a file is opened with a row; none is where it keeps nothing of who came, as with
    petitions."""
    file = one.file
    return (
        file.uid is None
        and file.draft is not None
        and not (isinstance(one, Whole) and all(each.is_petition for each in one.form.matters))
    )
