"""What is done with residents' files: open one, change it, look at it, merge, erase.

Finding somebody is in `search`. Ledgers know a resident by uid; inside their own unit of work they
open a file with `enter` and mark a visit with `store.mark_seen`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.masking import mask_address, mask_id, mask_phone
from desktop_app.core.rights import Right
from desktop_app.registers.residents import store
from desktop_app.registers.residents.likeness import SUREST_FIRST, number_keys, reasons_for
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.rules import (
    DRAFT_FIELDS,
    Guardian,
    PartyKind,
    PersonLine,
    Phone,
    Resident,
    ResidentDraft,
    ResidentKind,
)
from desktop_app.registers.residents.search import word_ranges
from desktop_app.registers.residents.tidying import tidy
from desktop_app.storage.numbering import next_number
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Database, Desk, Unit

NUMBER_SERIES = "R"
"""档案号 look like `QR01-R2026A-00007`."""

RENEWED_AT_ONCE = 40
"""People whose keys are made anew in one transaction: about 20 ms."""

_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Somebody who may be the person being entered, and why, in words."""

    line: PersonLine
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A resident as the card shows: `resident` is masked.

    `masked` names fields that `reveal` tells; `hidden` those this operator has no right to.
    `merged` are the files merged into this one: what points at them is shown here, too.
    """

    resident: Resident
    line: PersonLine
    masked: frozenset[str]
    hidden: frozenset[str]
    merged: tuple[Uid, ...]


# --- writing -------------------------------------------------------------------------------------


def enter(unit: Unit, draft: ResidentDraft) -> Resident:
    """A new file inside a unit of work that is about something else, too (a new resident's visit).

    Raises `InvalidInput` with every problem of the draft.
    """
    if draft.special_groups:
        unit.actor.require(Right.SENSITIVE)
    today = unit.zone.day(unit.now)
    fresh = Resident(
        uid=unit.new_uid(),
        station=unit.station.code,
        **{name: getattr(draft, name) for name in ResidentDraft.__dataclass_fields__},
    )
    return store.SHELF.put(
        unit,
        replace(
            _in_order(fresh, today), number=next_number(unit, today.year, series=NUMBER_SERIES)
        ),
    )


def fill_in(unit: Unit, resident: Resident, draft: ResidentDraft) -> Resident:
    """Write into a file what it does not say yet; what it says stays. Part of a unit of work.

    Raises `InvalidInput` when the two do not go together.
    """
    blank = {
        name: value
        for name in DRAFT_FIELDS
        if (value := getattr(draft, name)) != getattr(_NOTHING, name)
        and getattr(resident, name) == getattr(_NOTHING, name)
    }
    # A door of the one and a 小区 of the other would be nobody's address.
    if any(getattr(resident, name) for name in _ADDRESS):
        blank = {name: value for name, value in blank.items() if name not in _ADDRESS}
    if not blank:
        return resident
    return store.SHELF.put(unit, _in_order(replace(resident, **blank), unit.zone.day(unit.now)))


_NOTHING = ResidentDraft()
_ADDRESS = ("compound", "building", "unit", "room")


def add(desk: Desk, draft: ResidentDraft) -> Changed[Resident]:
    """Open a file for a new resident."""
    with desk.unit_of_work("新建居民档案", needs=Right.REGISTER) as unit:
        saved = enter(unit, draft)
        unit.about(saved.number)
    return changed(KIND.name, saved.uid, saved, undo=Undo("撤销新建", _take_back(saved)))


def _take_back(saved: Resident) -> Callable[[Desk], Changed[Resident]]:
    def undo(desk: Desk) -> Changed[Resident]:
        with desk.unit_of_work("撤销新建居民档案", needs=Right.REGISTER) as unit:
            unit.about(saved.number)
            gone = store.forget(unit, saved)
        return changed(KIND.name, gone.uid, gone)

    return undo


def change(desk: Desk, resident: Resident) -> Changed[Resident]:
    """Save a file as it was read for editing and then altered (`for_editing`, `with_draft`).

    What the operator has no right to see stays as it was. Raises `InvalidInput`, and `Conflict`
    when somebody else saved meanwhile.
    """
    with desk.unit_of_work("修改居民档案", needs=Right.REGISTER) as unit:
        before = store.SHELF.need(unit.connection, resident.uid)
        _refuse_merged(before)
        if not unit.actor.may(Right.SENSITIVE):
            resident = replace(resident, **{name: getattr(before, name) for name in _SENSITIVE})
        own = replace(resident, number=before.number, merged_into=None)
        saved = store.SHELF.put(unit, _in_order(own, unit.zone.day(unit.now)))
        unit.about(saved.number)
    return changed(KIND.name, saved.uid, saved, undo=Undo("撤销修改", _put_back(before, saved)))


def _put_back(before: Resident, saved: Resident) -> Callable[[Desk], Changed[Resident]]:
    def undo(desk: Desk) -> Changed[Resident]:
        with desk.unit_of_work("撤销修改居民档案", needs=Right.REGISTER) as unit:
            unit.about(before.number)
            restored = store.SHELF.put(unit, replace(before, revision=saved.revision))
        return changed(KIND.name, restored.uid, restored)

    return undo


def erase(desk: Desk, uid: Uid) -> Changed[Resident]:
    """Erase a person for good, with every file merged into theirs (个人信息保护法 art. 47).

    Contents go from the register, the search and the change log; a tombstone with the number stays,
    and so do the visits, which then name nobody. Cannot be undone: ask first.
    """
    with desk.unit_of_work("删除居民档案", needs=Right.ERASE) as unit:
        resident = store.SHELF.need(unit.connection, uid)
        unit.about(resident.number)
        merged = store.merged_uids(unit.connection, uid)
        others = store.SHELF.many(unit.connection, merged)
        for other in others.values():
            if not other.deleted:
                store.forget(unit, other)
        gone = store.forget(unit, resident)
    return Changed(frozenset({KIND.name}), (uid, *merged), gone)


def merge(desk: Desk, keep: Uid, drop: Uid) -> Changed[Resident]:
    """Two files are one person: `drop` leaves the lists, what points at it is shown with `keep`.

    Nothing is copied between the files; the form of `keep` is there for that. Answers `keep`.
    """
    if keep == drop:
        raise UserError("这是同一份档案，没有合并。", "请选择另一份重复的档案。")
    with desk.unit_of_work("合并居民档案", needs=Right.MERGE) as unit:
        kept = store.SHELF.need(unit.connection, keep)
        dropped = store.SHELF.need(unit.connection, drop)
        for file in (kept, dropped):
            _refuse_merged(file)
        unit.about(kept.number, f"并入 {dropped.number}")
        gone = store.SHELF.put(unit, replace(dropped, merged_into=keep))
        before = store.seen(unit.connection, keep)
        other = store.seen(unit.connection, drop)
        if other is not None:
            store.mark_seen(unit, keep, other.last_at, other.times)
    undo = Undo("撤销合并", _unmerge(kept, gone, before, other))
    return Changed(frozenset({KIND.name}), (keep, drop), kept, undo)


def _unmerge(
    kept: Resident, gone: Resident, before: store.Seen | None, other: store.Seen | None
) -> Callable[[Desk], Changed[Resident]]:
    def undo(desk: Desk) -> Changed[Resident]:
        with desk.unit_of_work("撤销合并居民档案", needs=Right.MERGE) as unit:
            unit.about(kept.number, f"分出 {gone.number}")
            back = store.SHELF.put(unit, replace(gone, merged_into=None))
            now = store.seen(unit.connection, kept.uid)
            if other is not None and now is not None:
                store.set_seen(unit, kept.uid, now.without(other, before))
        return Changed(frozenset({KIND.name}), (kept.uid, back.uid), back)

    return undo


def _in_order(resident: Resident, today: date) -> Resident:
    tidied, problems = tidy(resident, today)
    if problems:
        raise InvalidInput(problems)
    return tidied


def _refuse_merged(resident: Resident) -> None:
    if resident.merged_into is not None:
        raise UserError("这份档案已并入另一份，没有改动任何内容。", "请打开并入的那份档案再操作。")


# --- reading -------------------------------------------------------------------------------------

_SENSITIVE = tuple(field.name for field in KIND.fields if field.sensitive)


def card(desk: Desk, uid: Uid) -> Card:
    """A resident's card; for a merged file the card of the one it is part of."""
    with desk.reading(needs=Right.READ) as connection:
        kept = store.kept_uid(connection, uid)
        resident = store.SHELF.need(connection, kept)
        (line,) = store.lines(connection, [kept], desk.database.zone)
        merged = store.merged_uids(connection, kept)
    hidden = frozenset() if desk.actor.may(Right.SENSITIVE) else frozenset(_SENSITIVE)
    shown = _masked(resident)
    masked = frozenset(
        field.name
        for field in KIND.fields
        if getattr(shown, field.name) != getattr(resident, field.name)
    )
    return Card(shown, line, masked - hidden, hidden, merged)


def _masked(resident: Resident) -> Resident:
    guardian = resident.guardian
    return replace(
        resident,
        birth=None,
        phones=tuple(Phone(mask_phone(phone.number), phone.whose) for phone in resident.phones),
        id_number=mask_id(resident.id_number),
        address_note=mask_address(resident.address_note),
        special_groups=(),
        guardian=guardian
        and Guardian(guardian.name, guardian.relation, mask_phone(guardian.phone)),
        # What somebody noted about a person is nothing for the people behind him in the queue.
        remark="",
    )


def reveal(desk: Desk, uid: Uid, field: str) -> str:
    """One masked field in full, as text. Written to the audit with the file's number.

    Sensitive fields need `Right.SENSITIVE`, the others `Right.REVEAL`.
    """
    if field not in _PLAIN:
        raise UserError("这一项没有遮挡的内容。", "请直接查看档案。", field=field)
    described = KIND.field(field)
    needs = Right.SENSITIVE if described.sensitive else Right.REVEAL
    with desk.unit_of_work("查看完整内容", needs=needs) as unit:
        resident = store.SHELF.need(unit.connection, uid)
        unit.about(resident.number, described.label)
    return _PLAIN[field](resident)


def _phone_words(number: str, whose: str) -> str:
    return f"{number}（{whose}）" if whose else number


def _guardian_words(resident: Resident) -> str:
    guardian = resident.guardian
    if guardian is None:
        return ""
    return " ".join(filter(None, (guardian.name, guardian.relation, guardian.phone)))


_PLAIN: dict[str, Callable[[Resident], str]] = {
    "name": lambda resident: resident.name,
    "unit": lambda resident: resident.unit,
    "room": lambda resident: resident.room,
    "birth": lambda resident: resident.birth.isoformat() if resident.birth else "",
    "phones": lambda resident: "、".join(
        _phone_words(phone.number, phone.whose) for phone in resident.phones
    ),
    "id_number": lambda resident: resident.id_number,
    "address_note": lambda resident: resident.address_note,
    "special_groups": lambda resident: "、".join(group.label for group in resident.special_groups),
    "guardian": _guardian_words,
    "remark": lambda resident: resident.remark,
}


def for_editing(desk: Desk, uid: Uid) -> Resident:
    """The whole file for its form, logged like a reveal; what needs another right is left empty."""
    with desk.unit_of_work("打开档案修改", needs=Right.REVEAL) as unit:
        resident = store.SHELF.need(unit.connection, uid)
        _refuse_merged(resident)
        unit.about(resident.number)
        if not unit.actor.may(Right.SENSITIVE):
            resident = replace(resident, special_groups=())
    return resident


def page(
    desk: Desk,
    cursor: str | None = FIRST,
    *,
    search: str = "",
    kind: ResidentKind | None = None,
    party: PartyKind | None = None,
    compound: Uid | None = None,
    station: str = "",
    size: int = PAGE_SIZE,
) -> Page[PersonLine]:
    """One page of the list of residents, by name; at a street, of those it knows by name."""
    narrowed = store.ResidentFilter(
        kind=kind,
        party=party,
        compound=compound,
        words=word_ranges(search),
        station=station,
        named=desk.database.station.is_street,
    )
    with desk.reading(needs=Right.READ) as connection:
        return store.listed(connection, desk.database.zone, narrowed, cursor, size=size)


def possible_duplicates(desk: Desk, draft: ResidentDraft) -> tuple[Duplicate, ...]:
    """Who the person being entered may already be, the surest first; for showing while typing.

    A half-filled or wrong draft is no error here. Pass a `Resident` to leave out its own file.
    """
    tidied, _ = tidy(draft, desk.today)
    own = draft.uid if isinstance(draft, Resident) else None
    with desk.reading(needs=Right.READ) as connection:
        same_name = store.of_name(connection, tidied.name, _CANDIDATES) if tidied.name else []
        same_key = store.with_key(connection, number_keys(tidied), _CANDIDATES)
        reasons = {
            other.uid: why
            for other in (*same_key, *same_name)
            if other.uid != own and (why := reasons_for(tidied, other))
        }
        surest = sorted(reasons, key=lambda uid: SUREST_FIRST.index(reasons[uid][0]))
        lines = store.lines(connection, surest, desk.database.zone)
    return tuple(Duplicate(line, reasons[line.uid]) for line in lines)


# --- derived data --------------------------------------------------------------------------------


def rebuild_keys(database: Database, job: Job) -> int:
    """Make the search keys of an older program version anew; answers how many people it was.

    Many short transactions: it can be stopped at any time and goes on where it was.
    """
    with database.unrecorded() as connection:
        total = store.count_stale(connection)
    done = 0
    while True:
        job.progress(done, total, "正在更新查找用的拼音和尾号")
        with database.unrecorded() as connection:
            renewed = store.renew_keys(connection, RENEWED_AT_ONCE)
        if renewed == 0:
            return done
        done += renewed
