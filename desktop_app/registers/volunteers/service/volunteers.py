"""What is done with volunteers: registered, changed, paused, leave, come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Picture, captions_of
from desktop_app.core.pinyin import id_keys, name_keys, phone_keys
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.registers.residents import store as residents
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.volunteers import store
from desktop_app.registers.volunteers.rules.entry import (
    AlreadyVolunteer,
    SameVolunteer,
    checked,
    refuse_taken_number,
    with_form,
)
from desktop_app.registers.volunteers.rules.membership import ended
from desktop_app.registers.volunteers.rules.volunteer import (
    FORM_FIELDS,
    NUMBER_SERIES,
    Honour,
    Training,
    Volunteer,
    VolunteerAction,
    VolunteerForm,
    VolunteerStep,
)
from desktop_app.registers.volunteers.rules.volunteer_steps import (
    ENDS,
    refuse_unless,
    take_step,
    with_honour,
    with_paper,
    with_step,
    with_training,
    without_entry,
)
from desktop_app.registers.volunteers.rules.words import LINE_LIMIT
from desktop_app.registers.volunteers.service.parts import (
    Trail,
    lock_teams,
    moment,
    seen,
)
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.numbering import next_number
from desktop_app.storage.pictures import keep
from desktop_app.storage.session import Desk, Unit

_A = VolunteerAction

_CANDIDATES = 200


def add(desk: Desk, form: VolunteerForm, *, same_person: bool = False) -> Changed[Volunteer]:
    """Register a resident as a volunteer.

    Raises `InvalidInput` with every problem, `AlreadyVolunteer` when the person is one, and
    `SameVolunteer` when somebody very like them is, unless `same_person` says that it is known that
    they are two.
    """
    with desk.unit_of_work("登记志愿者", needs=Right.HANDLE) as unit:
        saved = add_in(unit, form, same_person=same_person)
        unit.about(saved.number)
        trail = Trail(unit)
        trail.saved(store.SHELF, None, saved)
    return trail.changed(saved, "撤销登记志愿者", saved.number)


def add_in(unit: Unit, form: VolunteerForm, *, same_person: bool = False) -> Volunteer:
    """The same as part of a unit of work that is about something else, too."""
    if form.health_note.strip():
        unit.actor.require(Right.SENSITIVE)
    store.one_at_a_time(unit)
    file = _file(unit, form.resident)
    now = moment(unit)
    _refuse_second(unit, file)
    tidy = checked(form, file, now.today)
    values = {name: getattr(tidy, name) for name in FORM_FIELDS}
    fresh = Volunteer(uid=unit.new_uid(), station=unit.station.code, number="", **values)
    _refuse_taken(unit, fresh)
    if not same_person:
        _refuse_lookalike(unit, file)
    step = VolunteerStep(now.at, now.actor, _A.REGISTER, fresh.state)
    number = next_number(unit, now.today.year, series=NUMBER_SERIES)
    return store.SHELF.put(unit, replace(fresh, number=number, steps=(step,)))


def change(desk: Desk, uid: Uid, revision: int, form: VolunteerForm) -> Changed[Volunteer]:
    """Save what was changed in the form. Whose record it is never changes, and what the operator
    has no right to see stays as it was.

    Raises as `add`, and `Conflict` when somebody has changed the volunteer since.
    """

    def made(unit: Unit, before: Volunteer, now: Moment) -> Volunteer:
        refuse_unless(before, _A.CHANGE)
        store.one_at_a_time(unit)
        file = _file(unit, before.resident)
        whole = replace(form, registered_on=form.registered_on or before.registered_on)
        if not unit.actor.may(Right.SENSITIVE):
            whole = replace(whole, health_note=before.health_note)
        after = with_form(before, checked(whole, file, now.today))
        _refuse_taken(unit, after)
        return with_step(after, _A.CHANGE, now)

    return _changed(desk, uid, revision, _A.CHANGE, made)


def step(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: VolunteerAction,
    words: str = "",
    day: date | None = None,
) -> Changed[Volunteer]:
    """暂停, 恢复服务, 退出, 注销, 重新在册. `day` is the first day without the volunteer (today).

    With 退出 and 注销 all stays in teams end the same day.
    """
    with desk.unit_of_work(f"志愿者{action.label}", needs=Right.HANDLE) as unit:
        if action in ENDS:
            stays = store.memberships_of(unit.connection, uid)
            lock_teams(unit, [stay.team for stay in stays if stay.open])
        before = seen(unit, store.SHELF, uid, revision)
        now = moment(unit)
        after = take_step(before, action, words, day, now)
        if action is _A.RETURN:
            _file(unit, before.resident)
        trail = Trail(unit)
        saved = trail.put(store.SHELF, before, after)
        if action in ENDS:
            last = day or now.today
            trail.end_stays(uid, lambda stay: ended(stay, last, action.label), action.label)
        unit.about(saved.number)
    return trail.changed(saved, f"撤销{action.label}", saved.number)


def add_training(
    desk: Desk,
    uid: Uid,
    revision: int,
    day: date,
    words: str,
    organiser: str = "",
    minutes: int = 0,
) -> Changed[Volunteer]:
    """Write down a training; `minutes` of it are no service time."""

    def made(unit: Unit, before: Volunteer, now: Moment) -> Volunteer:
        return with_training(before, Training(unit.new_uid(), day, words, organiser, minutes), now)

    return _changed(desk, uid, revision, _A.ADD_TRAINING, made)


def add_honour(
    desk: Desk, uid: Uid, revision: int, day: date, words: str, by: str = ""
) -> Changed[Volunteer]:
    """Write down an honour and who gave it."""

    def made(unit: Unit, before: Volunteer, now: Moment) -> Volunteer:
        return with_honour(before, Honour(unit.new_uid(), day, words, by), now)

    return _changed(desk, uid, revision, _A.ADD_HONOUR, made)


def remove_entry(desk: Desk, uid: Uid, revision: int, entry: Uid) -> Changed[Volunteer]:
    """Take out a training or an honour that was written down by mistake."""
    return _changed(
        desk,
        uid,
        revision,
        _A.REMOVE_ENTRY,
        lambda _, before, now: without_entry(before, entry, now),
    )


def add_paper(
    desk: Desk, blobs: BlobStore, uid: Uid, revision: int, picture: Picture
) -> Changed[Volunteer]:
    """Keep the picture of what the guardian signed, in the place of an earlier one."""
    with desk.reading(needs=Right.HANDLE) as connection:
        # Before megabytes are written for nothing.
        refuse_unless(store.SHELF.need(connection, uid), _A.ADD_PAPER)
    (photo,) = keep(blobs, [picture], captions_of([picture], LINE_LIMIT))
    return _changed(
        desk, uid, revision, _A.ADD_PAPER, lambda _, before, now: with_paper(before, photo, now)
    )


def remove_paper(desk: Desk, uid: Uid, revision: int) -> Changed[Volunteer]:
    """Take the picture out again; its content stays for a week."""
    return _changed(
        desk, uid, revision, _A.ADD_PAPER, lambda _, before, now: with_paper(before, None, now)
    )


def _changed(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: VolunteerAction,
    make: Callable[[Unit, Volunteer, Moment], Volunteer],
) -> Changed[Volunteer]:
    with desk.unit_of_work(f"志愿者{action.label}", needs=Right.HANDLE) as unit:
        before = seen(unit, store.SHELF, uid, revision)
        trail = Trail(unit)
        saved = trail.put(store.SHELF, before, make(unit, before, moment(unit)))
        unit.about(saved.number)
    return trail.changed(saved, f"撤销{action.label}", saved.number)


# --- one person, one volunteer --------------------------------------------------------------------


def _file(unit: Unit, resident: Uid | None) -> Resident:
    """The living file of the person; for a merged one the file it is part of."""
    if resident is None:
        raise UserError(
            "还没有选是哪位居民，没有登记。",
            "请先找到居民档案；外来的志愿者也请先建一份档案。",
            field="resident",
        )
    kept = residents.kept_uid(unit.connection, resident)
    return residents.SHELF.need(unit.connection, kept)


def _refuse_second(unit: Unit, file: Resident) -> None:
    files = (file.uid, *residents.merged_uids(unit.connection, file.uid))
    for known in store.of_residents(unit.connection, files):
        kept = store.SHELF.need(unit.connection, store.kept_uid(unit.connection, known.uid))
        raise AlreadyVolunteer(kept)


def _refuse_taken(unit: Unit, volunteer: Volunteer) -> None:
    number = volunteer.national_number
    if number:
        others = store.with_national_number(unit.connection, number, volunteer.station)
        refuse_taken_number(number, volunteer.uid, others)


def _refuse_lookalike(unit: Unit, file: Resident) -> None:
    """Ask whether somebody with another file is the same person under two spellings."""
    whole = {max(keys, key=len) for phone in file.phones if (keys := phone_keys(phone.number))}
    near = residents.with_key(unit.connection, whole | id_keys(file.id_number), _CANDIDATES)
    near += residents.of_name(unit.connection, file.name, _CANDIDATES)
    alike = {other.uid: why for other in near if (why := _why_alike(file, other))}
    alike.pop(file.uid, None)
    for uid, why in alike.items():
        files = (uid, *residents.merged_uids(unit.connection, uid))
        for known in store.of_residents(unit.connection, files):
            if known.listed:
                raise SameVolunteer(known, why)


def _why_alike(file: Resident, other: Resident) -> tuple[str, ...]:
    """Why two files may be of one person, in words that tell no number."""
    phones = {phone.number for phone in file.phones} & {phone.number for phone in other.phones}
    same_name = file.name == other.name
    said_alike = any(len(key) > 1 for key in name_keys(file.name) & name_keys(other.name))
    found = {
        "证件号码相同": bool(file.id_number) and file.id_number == other.id_number,
        "姓名和出生日期相同": same_name and file.birth is not None and file.birth == other.birth,
        "电话相同，姓名相近": bool(phones) and (same_name or said_alike),
    }
    return tuple(reason for reason, holds in found.items() if holds)
