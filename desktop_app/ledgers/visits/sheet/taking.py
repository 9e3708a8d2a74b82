"""Takes an old ledger of visits in by the ten thousand: sorted first, then written by moulds."""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits import store
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.registration import visits_of
from desktop_app.ledgers.visits.sheet.sorting import VARYING, File, Sorter, Usual, Whole, counter_of
from desktop_app.registers.residents import store as resident_store
from desktop_app.registers.residents.record import KIND as RESIDENTS
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.service import NUMBER_SERIES
from desktop_app.sheets.spec import Connection, Made
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.bulk import BulkUnit
from desktop_app.storage.mould import Mould
from desktop_app.storage.numbering import count_up, paper_number
from desktop_app.storage.session import Desk

Row = Usual | Whole


class VisitTaker:
    """Judges and writes the rows of one sheet."""

    def __init__(self, desk: Desk, options: frozenset[str] = frozenset()) -> None:
        self._desk = desk
        self._today = desk.today
        self._sorter = Sorter(desk, options)
        self._opened_here: dict[Uid, Resident] = {}
        self._seen_here: dict[Uid, tuple[Millis, int]] = {}
        self._keys: list[tuple[str, Uid]] | None = None

    def judge(self, connection: Connection, rows: Sequence[Cells]) -> list[Row | UserError]:
        """See `sheets.spec.Taker`."""
        return self._sorter.judge(connection, rows)

    def write(self, bulk: BulkUnit, ready: Sequence[Row]) -> list[tuple[Made, ...]]:
        """See `sheets.spec.Taker`."""
        now = self._desk.database.clock.now()
        opened = self._opened(bulk, ready, now)
        numbers = self._numbers(bulk, ready)
        seen: dict[Uid, tuple[Millis, int]] = {}
        made: list[tuple[Made, ...]] = []
        for place, one in enumerate(ready):
            at: Millis | None
            if isinstance(one, Usual):
                visits, at = [self._cast(bulk, one, next(numbers[one.day.year]), now)], one.at
            else:
                visits, at = self._put(bulk, one, numbers, now)
            file = one.file.uid
            if file is not None and at is not None:
                where = self._seen_here if file in self._opened_here else seen
                last, times = where.get(file, (at, 0))
                where[file] = (max(last, at), times + 1)
            made.append((*opened.get(place, ()), *((KIND.name, uid, 1) for uid in visits)))
        resident_store.mark_all_seen(bulk.connection, seen)
        return made

    def settle(self, connection: Connection, most: int) -> bool:
        """See `sheets.spec.Taker`. Keys by the ten thousand go in in their own order: one by one
        they would touch every page of the search again and again."""
        if self._keys is None:
            files = self._opened_here.values()
            self._keys = sorted(
                ((key, one.uid) for one in files for key in resident_store.keys_of(one)),
                reverse=True,
            )
        if self._keys:
            resident_store.add_keys(connection, self._keys[-most:])
            del self._keys[-most:]
            return True
        some = sorted(self._seen_here)[:most]
        resident_store.mark_all_seen(connection, {uid: self._seen_here.pop(uid) for uid in some})
        return bool(some)

    def _numbers(self, bulk: BulkUnit, ready: Sequence[Row]) -> dict[int, Iterator[str]]:
        """The next numbers of each year that these rows take, counted up once."""
        station = self._desk.database.station
        years: Count[int] = Count()
        for one in ready:
            if isinstance(one, Usual):
                years[one.day.year] += 1
            else:
                years[(one.form.day or self._today).year] += len(one.form.matters)
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
        self, bulk: BulkUnit, ready: Sequence[Row], now: Millis
    ) -> dict[int, tuple[Made, ...]]:
        """The files that are opened with rows that are the first of new visitors, by place."""
        fresh: dict[int, tuple[int, File]] = {}
        for place, one in enumerate(ready):
            file = one.file
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
        self._opened_here.update((one.uid, one) for one in saved)
        return {
            place: ((RESIDENTS.name, one.uid, 1),)
            for (place, _), one in zip(fresh.values(), saved, strict=True)
        }

    def _cast(self, bulk: BulkUnit, one: Usual, number: str, now: Millis) -> Uid:
        sort = one.matter
        if sort.mould is None:
            day = self._today - timedelta(days=1)
            counter = counter_of(self._desk, sort.form, now, sort.first, day)
            (model,) = visits_of(sort.form, counter)
            sort.mould = Mould(store.SHELF, model, VARYING)
        uid = self._desk.database.new_uid()
        values = {
            **one.person.values, **one.own, "uid": uid, "batch": uid, "number": number,
            "at": one.at, "day": one.day, "limit_from": one.day, "resident": one.person.file.uid,
        }  # fmt: skip
        bulk.cast(sort.mould, values, now)
        return uid

    def _put(
        self, bulk: BulkUnit, one: Whole, numbers: Mapping[int, Iterator[str]], now: Millis
    ) -> tuple[list[Uid], Millis | None]:
        form = one.form
        if one.file.uid is not None:
            form = replace(form, resident=one.file.uid)
        year = (form.day or self._today).year
        counter = counter_of(
            self._desk, form, now, one.first, one.closed, lambda: next(numbers[year])
        )
        visits = [bulk.put(store.SHELF, visit, now) for visit in visits_of(form, counter)]
        told = any(not each.is_petition for each in form.matters)
        return [visit.uid for visit in visits], counter.at if told else None


def _tells_nobody(one: Row) -> bool:
    """Whether a row keeps nothing of who came, as with petitions."""
    return isinstance(one, Whole) and all(each.is_petition for each in one.form.matters)
