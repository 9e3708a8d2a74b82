"""What is done with 报到: entered, shown, promised, kept, told to the unit, transferred."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_name, mask_phone
from desktop_app.core.periods import PeriodKind, period_of
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.steps import Moment
from desktop_app.core.text import visible
from desktop_app.ledgers.party import store
from desktop_app.ledgers.party.record import KIND
from desktop_app.ledgers.party.rules import steps
from desktop_app.ledgers.party.rules.entry import AlreadyReported, checked, with_form
from desktop_app.ledgers.party.rules.member import (
    FORM_FIELDS,
    NUMBER_SERIES,
    Done,
    Feedback,
    MemberAction,
    MemberFilter,
    MemberForm,
    MemberLine,
    MemberState,
    MemberStep,
    PartyMember,
    Pledge,
)
from desktop_app.registers.residents import store as residents
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.search import word_ranges
from desktop_app.storage.audit import AuditEntry, entries
from desktop_app.storage.numbering import next_number
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk, Unit

_A = MemberAction


@dataclass(frozen=True, slots=True)
class History:
    """A 报到, phones masked, the member's name, and the audit's lines on the number."""

    member: PartyMember
    name: str
    entries: tuple[AuditEntry, ...]


# --- writing -------------------------------------------------------------------------------------


def report(desk: Desk, form: MemberForm) -> Changed[PartyMember]:
    """An employed party member reports to the neighbourhood.

    Raises `InvalidInput` with every problem, and `AlreadyReported`.
    """
    with desk.unit_of_work("登记在职党员报到", needs=Right.HANDLE) as unit:
        saved = report_in(unit, form)
        unit.about(saved.number)
    return changed(KIND.name, saved.uid, saved, undo=Undo("撤销报到", _taking_back(saved)))


def report_in(unit: Unit, form: MemberForm) -> PartyMember:
    """The same as part of a unit of work that is about something else, too."""
    store.one_at_a_time(unit)
    file = _file(unit, form.resident)
    files = (file.uid, *residents.merged_uids(unit.connection, file.uid))
    for known in store.of_residents(unit.connection, files):
        raise AlreadyReported(known)
    now = _moment(unit)
    tidy = checked(form, file, now.today)
    values = {name: getattr(tidy, name) for name in FORM_FIELDS}
    step = MemberStep(now.at, now.actor, _A.REPORT, MemberState.REPORTED)
    number = next_number(unit, now.today.year, series=NUMBER_SERIES)
    return store.SHELF.put(
        unit,
        PartyMember(
            uid=unit.new_uid(),
            station=unit.station.code,
            number=number,
            steps=(step,),
            **values,
        ),
    )


def change(desk: Desk, uid: Uid, revision: int, form: MemberForm) -> Changed[PartyMember]:
    """Save what was changed in the form. Whose record it is never changes."""

    def made(unit: Unit, before: PartyMember, now: Moment) -> PartyMember:
        file = _file(unit, before.resident)
        whole = replace(form, reported_on=form.reported_on or before.reported_on)
        return steps.with_step(with_form(before, checked(whole, file, now.today)), _A.CHANGE, now)

    return _changed(desk, uid, revision, _A.CHANGE, made)


def show_identity(
    desk: Desk, uid: Uid, revision: int, how: str = "", day: date | None = None
) -> Changed[PartyMember]:
    """亮身份, today or on an earlier day."""
    return _changed(
        desk,
        uid,
        revision,
        _A.SHOW,
        lambda _, before, now: steps.shown(before, day or now.today, how, now),
    )


def pledge(
    desk: Desk,
    uid: Uid,
    revision: int,
    words: str,
    due: date | None = None,
    day: date | None = None,
) -> Changed[PartyMember]:
    """作承诺: one more promise, to be kept by `due` if a day was named."""

    def made(unit: Unit, before: PartyMember, now: Moment) -> PartyMember:
        fresh = Pledge(unit.new_uid(), day or now.today, words, due)
        return steps.pledged(before, fresh, now)

    return _changed(desk, uid, revision, _A.PLEDGE, made)


def done_for(
    desk: Desk,
    uid: Uid,
    revision: int,
    pledge_uid: Uid,
    words: str,
    day: date | None = None,
    service: Uid | None = None,
) -> Changed[PartyMember]:
    """记践诺: what was done for a promise; `service` is its record of service."""

    def made(unit: Unit, before: PartyMember, now: Moment) -> PartyMember:
        done = Done(unit.new_uid(), day or now.today, words, service)
        return steps.done_for(before, pledge_uid, done, now)

    return _changed(desk, uid, revision, _A.DO, made)


def keep(desk: Desk, uid: Uid, revision: int, pledge_uid: Uid) -> Changed[PartyMember]:
    """完成承诺: the promise was kept."""
    return _changed(
        desk, uid, revision, _A.KEEP, lambda _, before, now: steps.kept(before, pledge_uid, now)
    )


def end_pledge(
    desk: Desk, uid: Uid, revision: int, pledge_uid: Uid, words: str
) -> Changed[PartyMember]:
    """结束承诺: it is kept no longer, and why."""
    return _changed(
        desk,
        uid,
        revision,
        _A.END_PLEDGE,
        lambda _, before, now: steps.pledge_ended(before, pledge_uid, words, now),
    )


def rate(
    desk: Desk, uid: Uid, revision: int, pledge_uid: Uid, rating: Satisfaction
) -> Changed[PartyMember]:
    """评价承诺: how residents judge what was done."""
    return _changed(
        desk,
        uid,
        revision,
        _A.RATE,
        lambda _, before, now: steps.rated(before, pledge_uid, rating, now),
    )


def make_feedback(
    desk: Desk, uid: Uid, revision: int, quarter: str, *, minutes: int, times: int
) -> Changed[PartyMember]:
    """做反馈表 of a quarter (`2026-Q3`) with these minutes and times of service."""

    def made(unit: Unit, before: PartyMember, now: Moment) -> PartyMember:
        sheet = Feedback(unit.new_uid(), quarter, now.today, minutes=minutes, times=times)
        return steps.with_feedback(before, sheet, now)

    return _changed(desk, uid, revision, _A.MAKE_FEEDBACK, made)


def send_feedback(
    desk: Desk,
    uid: Uid,
    revision: int,
    quarter: str,
    received: str = "",
    day: date | None = None,
) -> Changed[PartyMember]:
    """反馈表已送: when it went to the unit, and what the unit said."""
    return _changed(
        desk,
        uid,
        revision,
        _A.SEND_FEEDBACK,
        lambda _, before, now: steps.feedback_sent(
            before, quarter, day or now.today, received, now
        ),
    )


def leave(
    desk: Desk, uid: Uid, revision: int, words: str, day: date | None = None
) -> Changed[PartyMember]:
    """转出: `day` (today) is the first one without the member."""
    return _changed(
        desk,
        uid,
        revision,
        _A.LEAVE,
        lambda _, before, now: steps.left(before, words, day or now.today, now),
    )


def come_back(desk: Desk, uid: Uid, revision: int) -> Changed[PartyMember]:
    """重新报到. The resident's file must still be there."""

    def made(unit: Unit, before: PartyMember, now: Moment) -> PartyMember:
        _file(unit, before.resident)
        return steps.returned(before, now)

    return _changed(desk, uid, revision, _A.RETURN, made)


def forget_people(desk: Desk, files: Sequence[Uid]) -> Changed[int]:
    """Take out what is said of the people of these files: number, dates and state stay, promises
    and sheets as counts that name nobody (个人信息保护法 art. 47). Cannot be undone: ask first."""
    with desk.unit_of_work("删除报到个人信息", needs=Right.ERASE) as unit:
        found = store.of_residents(unit.connection, files)
        store.forget_payloads(unit, [one.uid for one in found])
        today = unit.zone.day(unit.now)
        for member in found:
            store.SHELF.put(unit, _blank(member, today))
        unit.about(f"报到 {len(found)} 条")
    return Changed(frozenset({KIND.name}), tuple(one.uid for one in found), len(found))


def _blank(member: PartyMember, today: date) -> PartyMember:
    return altered(
        member,
        unit="",
        unit_liaison="",
        unit_phone="",
        branch="",
        shown_how="",
        specialities="",
        wishes="",
        pledges=tuple(
            replace(one, words="", done=tuple(replace(deed, words="") for deed in one.done))
            for one in member.pledges
        ),
        feedbacks=tuple(replace(one, received_words="") for one in member.feedbacks),
        left_on=member.left_on or today,
        left_reason="",
        state=MemberState.LEFT,
        steps=tuple(replace(one, words="") for one in member.steps),
        remark="",
    )


def _file(unit: Unit, resident: Uid | None) -> Resident:
    if resident is None:
        raise UserError(
            "还没有选是哪位居民，没有登记。", "请先找到居民档案，没有的请先建档。", field="resident"
        )
    return residents.SHELF.need(unit.connection, residents.kept_uid(unit.connection, resident))


def _moment(unit: Unit) -> Moment:
    return Moment(unit.now, unit.zone.day(unit.now), unit.actor.name, unit.actor.uid)


def _changed(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: MemberAction,
    make: Callable[[Unit, PartyMember, Moment], PartyMember],
) -> Changed[PartyMember]:
    with desk.unit_of_work(f"党员{action.label}", needs=Right.HANDLE) as unit:
        before = store.to_change(unit.connection, uid)
        if before.revision != revision:
            raise Conflict(KIND.label)
        saved = store.SHELF.put(unit, make(unit, before, _moment(unit)))
        unit.about(saved.number)
    undo = Undo(f"撤销{action.label}", _putting_back(before, saved))
    return changed(KIND.name, uid, saved, undo=undo)


def _putting_back(before: PartyMember, saved: PartyMember) -> Callable[[Any], Changed[PartyMember]]:
    """Undo of a change: the record as it was, unless somebody changed it again."""

    def undo(desk: Desk) -> Changed[PartyMember]:
        with desk.unit_of_work("撤销报到改动", needs=Right.HANDLE) as unit:
            unit.about(saved.number)
            again = store.SHELF.put(unit, altered(before, revision=saved.revision))
        return changed(KIND.name, again.uid, again)

    return undo


def _taking_back(saved: PartyMember) -> Callable[[Any], Changed[PartyMember]]:
    def undo(desk: Desk) -> Changed[PartyMember]:
        with desk.unit_of_work("撤销在职党员报到", needs=Right.HANDLE) as unit:
            unit.about(saved.number)
            gone = store.SHELF.remove(unit, saved)
        return changed(KIND.name, gone.uid, gone)

    return undo


# --- reading -------------------------------------------------------------------------------------


def get(desk: Desk, uid: Uid) -> PartyMember:
    """One 报到 with the liaison masked; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return _masked(store.SHELF.need(connection, uid))


def for_editing(desk: Desk, uid: Uid) -> PartyMember:
    """The whole 报到 for its form, logged like a reveal."""
    with desk.unit_of_work("打开报到修改", needs=Right.REVEAL) as unit:
        member = store.SHELF.need(unit.connection, uid)
        unit.about(member.number)
    return member


def history(desk: Desk, uid: Uid) -> History:
    """One 报到 with what was done to it, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        member = store.SHELF.need(connection, uid)
        kept = residents.kept_uid(connection, member.resident)
        file = residents.SHELF.get(connection, kept)
        lines = tuple(entries(connection, subject=member.number))
        return History(_masked(member), file.name if file else "", lines)


def reveal(desk: Desk, uid: Uid, field: str) -> str:
    """A private field in full, written to the audit with the number."""
    if field not in ("unit_liaison", "unit_phone", "remark"):
        raise UserError("这一项没有遮挡的内容。", "请直接查看报到。", field=field)
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        member = store.SHELF.need(unit.connection, uid)
        unit.about(member.number, KIND.field(field).label)
    return str(getattr(member, field))


def page(
    desk: Desk,
    wanted: MemberFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[MemberLine]:
    """One page of the list, by number; phones are masked."""
    wanted = wanted or MemberFilter()
    wanted = replace(wanted, search=visible(wanted.search).strip())
    words = word_ranges(wanted.search)
    told = wanted.without_feedback
    missing = steps.quarter_of(told, desk.today) if told else None
    with desk.reading(needs=Right.READ) as connection:
        return store.lines(connection, wanted, words, missing, cursor, size=size)


def last_quarter(desk: Desk) -> str:
    """The quarter that was over last, whose feedback is due now (`2026-Q3`)."""
    return str(period_of(desk.today, PeriodKind.QUARTER).previous)


def without_feedback(desk: Desk, *, most: int = PAGE_SIZE) -> Page[MemberLine]:
    """Whose feedback of the last quarter is not made, for the reminder; `total` counts them all."""
    return page(desk, MemberFilter(without_feedback=last_quarter(desk)), size=most)


def _masked(member: PartyMember) -> PartyMember:
    return altered(
        member,
        unit_liaison=mask_name(member.unit_liaison),
        unit_phone=mask_phone(member.unit_phone),
    )
