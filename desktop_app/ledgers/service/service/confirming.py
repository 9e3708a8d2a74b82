"""Confirming hours, taking that back with a reason, what is said of a service, making it void."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.steps import Moment
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.ledgers.service.rules.service_record import ServiceAction, ServiceRecord
from desktop_app.ledgers.service.rules.steps import (
    confirmed,
    marked_uploaded,
    rated,
    refuse_unless,
    returned,
    voided,
)
from desktop_app.ledgers.service.service.parts import (
    fit,
    moment,
    name_of,
    put_back,
    refuse_certified,
    seen,
    undo_step,
)
from desktop_app.storage.session import Desk, Unit

Chosen = Sequence[tuple[Uid, int]]
"""Records of a list with the revisions in which they were seen."""

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Refused:
    """One of several that could not be done, and why."""

    uid: Uid
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class ManyDone:
    """What a step on several records came to."""

    done: tuple[ServiceRecord, ...]
    refused: tuple[Refused, ...]


def confirm(desk: Desk, uid: Uid, revision: int | None) -> Changed[ServiceRecord]:
    """确认: from now on its minutes are hours of service. Nobody confirms a service of his own."""
    with desk.unit_of_work(_label(ServiceAction.CONFIRM), needs=Right.HANDLE) as unit:
        before, saved = _confirmed(unit, uid, revision)
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}")
    undo = undo_step("撤销确认", before, saved, Right.HANDLE)
    return changed(SERVICE.name, uid, saved, undo=undo)


def confirm_in(unit: Unit, uid: Uid) -> ServiceRecord:
    """The same as part of a unit of work."""
    return _confirmed(unit, uid, None)[1]


def _confirmed(unit: Unit, uid: Uid, revision: int | None) -> tuple[ServiceRecord, ServiceRecord]:
    everyone, before = seen(unit, uid, revision)
    after = confirmed(before, name_of(unit, before.volunteer), moment(unit))
    fit(unit, everyone, after, known=True)
    return before, store.SHELF.put(unit, after)


def confirm_many(desk: Desk, chosen: Chosen) -> Changed[ManyDone]:
    """Confirm all of a selection that can be; the others are told with the reason, and stay."""
    return _many(desk, ServiceAction.CONFIRM, chosen, _confirmed)


def mark_uploaded(
    desk: Desk, uid: Uid, revision: int | None, on: date | None = None
) -> Changed[ServiceRecord]:
    """已录入全国系统: somebody has entered it there, today or on that day."""
    return _stepped(
        desk,
        uid,
        revision,
        ServiceAction.MARK_UPLOADED,
        lambda unit, before, now: marked_uploaded(before, on, now),
    )


def mark_many_uploaded(desk: Desk, chosen: Chosen, on: date | None = None) -> Changed[ManyDone]:
    """The same for all of a selection that can be."""

    def mark(unit: Unit, uid: Uid, revision: int) -> tuple[ServiceRecord, ServiceRecord]:
        _, before = seen(unit, uid, revision)
        return before, store.SHELF.put(unit, marked_uploaded(before, on, moment(unit)))

    return _many(desk, ServiceAction.MARK_UPLOADED, chosen, mark)


def return_to_check(
    desk: Desk, uid: Uid, revision: int | None, words: str
) -> Changed[ServiceRecord]:
    """退回重核: what was confirmed waits again, with the reason; not while a certificate has it."""

    def back(unit: Unit, before: ServiceRecord, now: Moment) -> ServiceRecord:
        after = returned(before, words, now)
        refuse_certified(unit, before, ServiceAction.RETURN)
        return after

    return _stepped(desk, uid, revision, ServiceAction.RETURN, back)


def rate(
    desk: Desk, uid: Uid, revision: int | None, level: Satisfaction, words: str = ""
) -> Changed[ServiceRecord]:
    """评价: what those it was for say of it."""

    def told(unit: Unit, before: ServiceRecord, now: Moment) -> ServiceRecord:
        refuse_unless(before, ServiceAction.RATE)
        return rated(before, level, words, now)

    return _stepped(desk, uid, revision, ServiceAction.RATE, told)


def void(desk: Desk, uid: Uid, revision: int | None, words: str) -> Changed[ServiceRecord]:
    """作废, with the reason; what is confirmed has to be returned first."""
    return _stepped(
        desk,
        uid,
        revision,
        ServiceAction.VOID,
        lambda unit, before, now: voided(before, words, now),
    )


def void_in(unit: Unit, uid: Uid, words: str) -> ServiceRecord:
    """The same as part of a unit of work: what it came of was taken back."""
    return store.SHELF.put(unit, voided(seen(unit, uid, None)[1], words, moment(unit)))


def _stepped(
    desk: Desk,
    uid: Uid,
    revision: int | None,
    action: ServiceAction,
    make: Callable[[Unit, ServiceRecord, Moment], ServiceRecord],
) -> Changed[ServiceRecord]:
    with desk.unit_of_work(_label(action), needs=Right.HANDLE) as unit:
        _, before = seen(unit, uid, revision)
        saved = store.SHELF.put(unit, make(unit, before, moment(unit)))
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}")
    undo = undo_step(f"撤销{action.label}", before, saved, Right.HANDLE)
    return changed(SERVICE.name, uid, saved, undo=undo)


def _many(
    desk: Desk,
    action: ServiceAction,
    chosen: Chosen,
    take: Callable[[Unit, Uid, int], tuple[ServiceRecord, ServiceRecord]],
) -> Changed[ManyDone]:
    if len(chosen) > MOST_AT_ONCE:
        raise UserError(
            f"一次最多{MOST_AT_ONCE}条，没有改动。", "请先按日期或队伍筛选，分几次办理。"
        )
    pairs, refused = [], []
    with desk.unit_of_work(f"{_label(action)}（多条）", needs=Right.HANDLE) as unit:
        # In one order, so that two desks never wait for each other.
        for uid, revision in _in_order(unit, chosen):
            try:
                pairs.append(take(unit, uid, revision))
            except UserError as problem:
                known = store.SHELF.get(unit.connection, uid)
                number = known.number if known else ""
                refused.append(Refused(uid, number, problem.words))
        unit.about(f"服务记录 {len(pairs)} 条")
    done = ManyDone(tuple(saved for _, saved in pairs), tuple(refused))
    uids = tuple(saved.uid for _, saved in pairs)
    undo = Undo(f"撤销{action.label}", _all_back(pairs)) if pairs else None
    return Changed(frozenset({SERVICE.name}), uids, done, undo)


def _in_order(unit: Unit, chosen: Chosen) -> list[tuple[Uid, int]]:
    """By volunteer, as they are locked."""
    known = store.SHELF.many(unit.connection, [uid for uid, _ in chosen])
    return sorted(
        chosen, key=lambda one: (known[one[0]].volunteer if one[0] in known else one[0], one[0])
    )


def _all_back(
    pairs: Sequence[tuple[ServiceRecord, ServiceRecord]],
) -> Callable[[Desk], Changed[ManyDone]]:
    def undo(desk: Desk) -> Changed[ManyDone]:
        with desk.unit_of_work("撤销服务记录的上一步（多条）", needs=Right.HANDLE) as unit:
            put = tuple(put_back(unit, before, saved) for before, saved in pairs)
            unit.about(f"服务记录 {len(put)} 条")
        uids = tuple(one.uid for one in put)
        return Changed(frozenset({SERVICE.name}), uids, ManyDone(put, ()))

    return undo


def _label(action: ServiceAction) -> str:
    return f"服务记录：{action.label}"
