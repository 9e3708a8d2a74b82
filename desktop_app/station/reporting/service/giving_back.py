"""重新对账: the street's rows become ours again, as far as the street had them.

What it had masked or not at all keeps the value we still have, or is blank, and is marked 待补 with
what the street could tell. Nothing is invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app import catalog
from desktop_app.bundle.lines import CurrentLine
from desktop_app.core.arriving import Reader, Unreadable
from desktop_app.core.chain import DELETE
from desktop_app.core.clock import Millis
from desktop_app.core.codec import Plain, encode
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.masked_values import masked
from desktop_app.core.record import Record, altered
from desktop_app.core.travel import Carried, Profile, Projector
from desktop_app.registers.residents.store import mark_seen
from desktop_app.station.reporting.rules.meeting import (
    UNKNOWN_NUMBER,
    Conflict,
    Renumbered,
    another_number,
)
from desktop_app.station.reporting.rules.reports import PendingMark
from desktop_app.station.reporting.store import memory, rejoining
from desktop_app.storage.session import PendingChange, Unit
from desktop_app.storage.shelf import Shelf

NUMBER = "number"
_VISITS = "visits"

_Given = tuple[CurrentLine, Record | None, Record]
"""A row as it came, our own before it, and what it is to be."""


@dataclass
class Told:
    """What is said of the rows in the end."""

    records: int = 0
    pending: int = 0
    lost: int = 0
    photos: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    renumbered: list[Renumbered] = field(default_factory=list)


class Giver:
    """Writes the street's rows of one kind over ours."""

    def __init__(self, unit: Unit, shelf: Shelf[Any], letter: str, told: Told) -> None:
        self._unit = unit
        self._connection = unit.connection
        self._shelf = shelf
        self._kind = shelf.kind
        self._letter = letter
        self._told = told
        self._reader = Reader(shelf.kind)
        self._unique = rejoining.unique_columns(shelf)
        self._alone = [name for name in self._unique if name != NUMBER]
        self._described = {one.name: one for one in shelf.kind.fields}
        self._masked_in = {
            profile.value: frozenset(
                name
                for name, how in Projector(shelf.kind, profile).carried.items()
                if how is Carried.MASKED
            )
            for profile in Profile
        }

    def take(self, lines: Iterable[CurrentLine]) -> None:
        """Some rows at once; those that are no news are passed over."""
        several = {line.uid: line for line in lines}
        gone = rejoining.deleted_there(self._connection, several)
        here = self._shelf.many(self._connection, list(several))
        born = rejoining.born_at(self._connection, several)
        found = []
        for uid, line in several.items():
            own = here.get(uid)
            if uid in gone or (own is not None and (own.deleted or own.revision >= line.revision)):
                continue
            try:
                found.append((line, own, self._record(line, own, born.get(uid, line.at))))
            except Unreadable:
                continue
        for together in _without_repeats(found):
            self._make_room([record for _, _, record in together])
            self._lay([one for one in together if not self._gives_way(one[2])])

    def _lay(self, found: Sequence[_Given]) -> None:
        self._shelf.lay(self._connection, [record for _, _, record in found])
        self._told.records += len(found)
        self._mark([self._marks(line, own) for line, own, _ in found])
        if self._kind.name == _VISITS:
            self._mark_seen([record for _, own, record in found if own is None])

    def _mark_seen(self, visits: Iterable[Any]) -> None:
        """Residents whose visits came back were at the counter, once for each batch."""
        latest: dict[Uid, Millis] = {}
        times: Counter[Uid] = Counter()
        for visit in visits:
            if visit.leads and visit.resident is not None:
                latest[visit.resident] = max(visit.at, latest.get(visit.resident, visit.at))
                times[visit.resident] += 1
        for resident, at in latest.items():
            mark_seen(self._unit, resident, at, times[resident])

    # --- what it says ---------------------------------------------------------------------------

    def _record(self, line: CurrentLine, own: Record | None, born: int) -> Record:
        """The street's row over ours."""
        common = {
            "uid": line.uid,
            "station": self._unit.station.code,
            "revision": line.revision,
            "created_at": born if own is None else own.created_at,
            "changed_at": Millis(line.at),
            "deleted_at": None,
        }
        record, _ = self._reader.read(common, line.fields, line.version)
        source: Any = self._reader.blank() if own is None else own
        given: Record = altered(
            record, **{name: getattr(source, name) for name in self._hidden(line)}
        )
        if NUMBER in self._unique and not getattr(given, NUMBER):
            # It never travelled, and no two records may be without one.
            number: Any = f"{UNKNOWN_NUMBER}{line.uid.hex}"
            return altered(given, **{NUMBER: number})
        return given

    def _hidden(self, line: CurrentLine) -> dict[str, Plain]:
        """The fields that the street has masked (with what it has) or not at all (with None)."""
        masks = self._masks(line)
        there = line.fields
        if line.version != self._kind.version:
            there = self._kind.upgraded(there, line.version)
        found: dict[str, Plain] = {}
        for name in self._described:
            if name not in there:
                found[name] = None
            elif name in masks and there[name]:
                found[name] = there[name]
        return found

    def _masks(self, line: CurrentLine) -> Collection[str]:
        """The fields of a row that came to the street masked: it says so, or names the profile."""
        extra = line.extra or {}
        said = extra.get("masked")
        if isinstance(said, list):
            return frozenset(map(str, said))
        return self._masked_in.get(str(extra.get("profile")), self._masked_in[Profile.WORK.value])

    def _marks(self, line: CurrentLine, own: Record | None) -> PendingMark:
        """What is to be filled in. A value of ours that looks, masked, like the street's stands."""
        fields = {}
        for name, hint in self._hidden(line).items():
            if own is not None and hint is not None:
                ours = masked(self._described[name], encode(getattr(own, name)))
                if ours == hint:
                    continue
            fields[name] = "" if hint is None else _said(hint)
        return self._pending(line.uid, line.revision, fields)

    def _pending(self, uid: Uid, revision: int, fields: Mapping[str, str]) -> PendingMark:
        return PendingMark(self._kind.name, uid, revision, self._unit.now, fields)

    def _mark(self, marks: Sequence[PendingMark]) -> None:
        memory.mark_pending(self._connection, marks)
        self._told.pending += sum(len(mark.fields) for mark in marks)

    # --- numbers that two records have ----------------------------------------------------------

    def _make_room(self, records: list[Record]) -> None:
        """Give another number to records of ours whose number the street knows another one by."""
        if NUMBER not in self._unique:
            return
        wanted = {getattr(one, NUMBER): one.uid for one in records}
        for number, holder in rejoining.holders(
            self._connection, self._shelf, NUMBER, list(wanted)
        ).items():
            if holder != wanted[number]:
                self._renumber(holder, number)

    def _renumber(self, uid: Uid, number: str) -> None:
        own = self._shelf.get(self._connection, uid)
        assert own is not None
        after = another_number(number, self._letter, self._numbers_like(number))
        raised = altered(own, **{NUMBER: after})
        if own.deleted:
            # Of a tombstone nothing travels, so there is nothing to tell.
            self._shelf.lay(self._connection, [raised])
            return
        self._shelf.put(self._unit, raised)
        self._told.renumbered.append(Renumbered(self._kind.label, uid, number, after))

    def _numbers_like(self, number: str) -> set[str]:
        """The numbers here that are this one with a letter behind it already."""
        return rejoining.beginning_with(self._connection, self._shelf, NUMBER, f"{number}/")

    def _gives_way(self, record: Record) -> bool:
        """Whether one of ours has taken the place that only one may have; then the street's ends.

        An evaluation was given twice for one visit: ours stays, a tombstone says so to the street.
        """
        for column in self._alone:
            value = getattr(record, column)
            held = rejoining.holders(self._connection, self._shelf, column, [value])
            if held.get(value, record.uid) != record.uid:
                self._unit.log(
                    PendingChange(
                        self._kind.name, record.uid, DELETE, record.revision + 1,
                        self._kind.version, {},
                    )
                )  # fmt: skip
                words = "本机和街道各有一条，留下了本机的"
                number = str(getattr(record, NUMBER, ""))
                self._told.conflicts.append(Conflict(self._kind.label, record.uid, number, words))
                return True
        return False

    # --- what the street has no row of ----------------------------------------------------------

    def bury(self) -> None:
        """Empty the rows that the street has a tombstone of."""
        for left in rejoining.left_over(self._connection, self._shelf):
            if left.gone:
                self._bury(left)

    def settle(self) -> None:
        """Records that the street's log knows and its rows do not: withheld, or put aside."""
        for left in rejoining.left_over(self._connection, self._shelf):
            if left.gone:
                continue
            if left.here is None:
                self._told.lost += 1
            else:
                self._leave(left)

    def _bury(self, left: rejoining.Left) -> None:
        """A tombstone: the row is emptied, whatever we still know of it; contents leave the log."""
        rejoining.forget_payloads(self._connection, left.uid)
        own = self._shelf.get(self._connection, left.uid)
        if own is None:
            return
        empty = self._reader.blank()
        private = [one.name for one in self._kind.fields if one.private or one.sensitive]
        values = {name: getattr(empty, name) for name in private}
        times = {"changed_at": Millis(left.at), "deleted_at": Millis(left.at)}
        gone = altered(own, revision=left.revision, **values, **times)
        self._shelf.lay(self._connection, [gone])

    def _leave(self, left: rejoining.Left) -> None:
        """The street knows of later changes and not what they say: ours stands, to be looked at."""
        rejoining.set_revision(self._connection, self._shelf, left.uid, left.revision)
        own = self._shelf.get(self._connection, left.uid)
        names = [name for name in self._described if getattr(own, name, None)]
        self._mark([self._pending(left.uid, left.revision, dict.fromkeys(names, ""))])


def givers(unit: Unit, letter: str, told: Told) -> dict[str, Giver]:
    """One for each kind that travels."""
    shelves = catalog.travelling()
    return {name: Giver(unit, shelf, letter, told) for name, shelf in shelves.items()}


def known(givers: Mapping[str, Giver], kind: str) -> Giver:
    """The one of a kind. Raises `UserError` for a kind this program does not know."""
    found = givers.get(kind)
    if found is None:
        raise UserError(
            f"对账文件里有本版本不认识的内容（{kind}），没有对账，也没有改动任何内容。",
            "请先升级本机的近邻台。",
        )
    return found


def _without_repeats(found: Sequence[_Given]) -> list[list[_Given]]:
    """The same rows in as many rounds as needed, so that none has two of one number: the street
    puts aside what it cannot place, and gives that back, too."""
    rounds: list[list[_Given]] = []
    met: Counter[str] = Counter()
    for one in found:
        number = getattr(one[2], NUMBER, one[0].uid.hex)
        if met[number] == len(rounds):
            rounds.append([])
        rounds[met[number]].append(one)
        met[number] += 1
    return rounds


def _said(hint: Plain) -> str:
    """A masked value in words: of a list of phones, the numbers."""
    if isinstance(hint, list):
        return "、".join(_said(one) for one in hint)
    if isinstance(hint, dict):
        return " ".join(_said(one) for one in hint.values() if one)
    return str(hint)
