"""What was done becomes hours: an order that is done, an activity, a shift; without Qt.

Each in one unit of work, which locks the post first, then volunteers by uid, then the shift, in the
order that every desk of a hall keeps. The record points at where it came from; a shift points back
(`following` keeps that true whatever becomes of the record), and of a request or an activity
`ledgers.service.service.linked` tells which records came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.clock import Millis
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.settings import ISSUER
from desktop_app.ledgers.activities import store as activities
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.posts import store as post_store
from desktop_app.ledgers.posts.record import SHIFTS
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.shift import Shift
from desktop_app.ledgers.requests import store as requests
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service import store as service_store
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.ledgers.service.rules.entry import ServiceForm
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState
from desktop_app.registers.places import store as places
from desktop_app.registers.residents import store as residents
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.station.volunteering import proposing
from desktop_app.storage.session import Desk, Unit
from desktop_app.storage.settings import read_settings


@dataclass(frozen=True, slots=True)
class Attended:
    """A line of the sign-in sheet that may become a service; `form` is what it would say.

    `volunteer` is None and `why_not` says so where the line cannot become one.
    """

    attendance: Uid
    name: str
    volunteer: Uid | None
    form: ServiceForm
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class NotServed:
    """A line that became no service, and why; `name` is as it stands on the sheet."""

    attendance: Uid
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Served:
    """What became of the lines of an activity."""

    records: tuple[ServiceRecord, ...]
    left_out: tuple[NotServed, ...]


# --- an order ------------------------------------------------------------------------------------


def proposed_of_request(desk: Desk, request: Uid) -> ServiceForm:
    """The form of the service that an order would become; when, and who unless it was given to a
    volunteer, is for people to say."""
    with desk.reading(needs=Right.READ) as connection:
        found = requests.SHELF.need(connection, request)
        return proposing.of_request(found, _organiser(connection, desk.database.station.name))


def serve_from_request(
    desk: Desk,
    request: Uid,
    volunteer: Uid,
    started: Millis,
    ended: Millis,
    form: ServiceForm | None = None,
) -> Changed[ServiceRecord]:
    """An order that is done is a service of this volunteer. Several may have served: one call each.

    `form` is what the clerk made of `proposed_of_request`. Raises `UserError` for what is not done
    and for who has a record of it already, `InvalidInput` and `Overlap` as `service.enter`.
    """
    with desk.unit_of_work("诉求：记志愿服务", needs=Right.REGISTER) as unit:
        found = requests.SHELF.need(unit.connection, request)
        proposing.refuse_request(found)
        proposal = proposing.of_request(found, _organiser(unit.connection, unit.station.name))
        told = proposing.linked_as(form, proposal) if form else proposal
        told = replace(told, volunteer=volunteer, started_at=started, ended_at=ended)
        same = service_store.lock_volunteer(unit.connection, volunteer)
        _refuse_again(unit, "request", request, same)
        saved = service.enter_in(unit, desk, _in_team(unit, told, same[0]))
        unit.about(found.number, f"服务记录 {saved.number}")
    return _made("撤销记志愿服务", [saved], saved)


# --- an activity ---------------------------------------------------------------------------------


def proposed_of_activity(desk: Desk, activity: Uid) -> tuple[Attended, ...]:
    """Who signed in as 志愿者 or 党员, in the order of the sheet, with what would be written down.

    Raises `UserError` for 主题党日, meetings, and what is not over.
    """
    with desk.reading(needs=Right.READ) as connection:
        found = activities.SHELF.need(connection, activity)
        proposing.refuse_activity(found, desk.database.clock.now())
        return _attended(connection, found, desk.database.station.name)


def serve_from_activity(
    desk: Desk, activity: Uid, rows: Sequence[Attended] | None = None
) -> Changed[Served]:
    """The volunteers of an activity served: everybody of `proposed_of_activity`, or those `rows`
    that the clerk left in, with their forms as the clerk made them.

    A line that cannot become a service (no volunteer, time taken elsewhere, written down already)
    is left out and told; the others are kept. Raises `UserError` for 主题党日 and meetings, and
    where not one line can be kept.
    """
    with desk.unit_of_work("活动：记志愿服务", needs=Right.REGISTER) as unit:
        found = activities.to_change(unit.connection, activity)
        proposing.refuse_activity(found, unit.now)
        lines = _attended(unit.connection, found, unit.station.name)
        if rows is not None:
            lines = _as_told(lines, rows)
        for one in sorted({line.volunteer for line in lines if line.volunteer}):
            service_store.lock_volunteer(unit.connection, one)
        kept, left_out = list[ServiceRecord](), list[NotServed]()
        for line in lines:
            # Refused before anything of it is written, so the others are not touched.
            try:
                kept.append(_serve_line(unit, desk, line))
            except UserError as problem:
                left_out.append(NotServed(line.attendance, line.name, problem.sentence))
        if not kept:
            raise _nobody(left_out)
        words = f"，未记 {len(left_out)} 人" if left_out else ""
        unit.about(found.number, f"服务记录 {len(kept)} 条{words}")
    return _made("撤销记志愿服务", kept, Served(tuple(kept), tuple(left_out)))


def _nobody(left_out: Sequence[NotServed]) -> UserError:
    if not left_out:
        return UserError(
            "签到表里没有以志愿者或党员身份到场的人，没有保存。",
            "请先在签到表里补上身份，再记志愿服务。",
            field="activity",
        )
    return UserError(
        f"{len(left_out)} 人都没有记成志愿服务，没有保存。",
        f"第一位：{left_out[0].sentence}",
        field="activity",
    )


def _as_told(lines: Sequence[Attended], rows: Sequence[Attended]) -> tuple[Attended, ...]:
    """The lines a clerk left in, each pointing at what it pointed at."""
    known = {line.attendance: line for line in lines}
    if any(row.attendance not in known for row in rows):
        raise UserError("签到表已经有变动，没有保存。", "请重新打开后再记。", field="activity")
    return tuple(
        replace(
            known[row.attendance],
            form=replace(
                proposing.linked_as(row.form, known[row.attendance].form),
                volunteer=known[row.attendance].volunteer,
            ),
        )
        for row in rows
    )


def _serve_line(unit: Unit, desk: Desk, line: Attended) -> ServiceRecord:
    if line.why_not or line.volunteer is None:
        raise UserError(line.why_not, "")
    same = volunteers.as_one(unit.connection, line.volunteer)
    _refuse_again(unit, "attendance", line.attendance, ())
    return service.enter_in(unit, desk, _in_team(unit, line.form, same[0]))


def _attended(connection: Any, activity: Activity, station: str) -> tuple[Attended, ...]:
    rows = [
        row
        for row in activities.sheet(connection, activity.uid)
        if row.present and row.group in proposing.SERVING and not row.deleted
    ]
    people = _volunteers_of(connection, [row.resident for row in rows if row.resident])
    written = {
        one.attendance
        for one in service_store.linked(connection, "attendance", [row.uid for row in rows])
        if one.state is not ServiceState.VOID
    }
    place = activity.place_words
    if not place and activity.place is not None:
        found = places.PLACES.get(connection, activity.place)
        place = found.name_on(activity.day) if found else ""
    organiser = _organiser(connection, station)
    return tuple(_line(activity, row, people, written, (place, organiser)) for row in rows)


def _line(
    activity: Activity,
    row: Attendance,
    people: Mapping[Uid, Uid],
    written: set[Uid | None],
    words: tuple[str, str],
) -> Attended:
    volunteer = people.get(row.resident) if row.resident else None
    form = proposing.of_attendance(activity, row, volunteer, *words)
    why_not = ""
    if row.uid in written:
        why_not = "这一行已有服务记录。"
    elif volunteer is None:
        why_not = "不是登记在册的志愿者，请先登记志愿者，或在签到表里对上居民档案。"
    elif form.ended_at is None:
        why_not = "没有签退时间，请先在签到表里补上。"
    return Attended(row.uid, row.name, volunteer, form, why_not)


def _volunteers_of(connection: Any, residents: Sequence[Uid]) -> dict[Uid, Uid]:
    """The volunteer of each of these files, as it is kept; a merged file's stands at the file it is
    part of."""
    files = {uid: _whole_file(connection, uid) for uid in set(residents)}
    every = [one for some in files.values() for one in some]
    by_file = {
        one.resident: volunteers.kept_uid(connection, one.uid)
        for one in volunteers.of_residents(connection, every)
    }
    return {
        uid: next(by_file[one] for one in some if one in by_file)
        for uid, some in files.items()
        if any(one in by_file for one in some)
    }


def _whole_file(connection: Any, uid: Uid) -> tuple[Uid, ...]:
    kept = residents.kept_uid(connection, uid)
    return (kept, *residents.merged_uids(connection, kept))


# --- a shift -------------------------------------------------------------------------------------


def proposed_of_shift(desk: Desk, shift: Uid) -> ServiceForm:
    """The form of the service that a shift would become, with the shift's times."""
    with desk.reading(needs=Right.READ) as connection:
        found = post_store.SHIFT_SHELF.need(connection, shift)
        post = post_store.POST_SHELF.need(connection, found.post)
        return proposing.of_shift(found, post, _organiser(connection, desk.database.station.name))


def serve_from_shift(
    desk: Desk,
    shift: Uid,
    revision: int | None = None,
    form: ServiceForm | None = None,
    *,
    override: str = "",
) -> Changed[ServiceRecord]:
    """A shift that is over is a service, and who stood there is noted as 已到岗.

    `form` is what the clerk made of `proposed_of_shift` (other times, 路途、休息). `override` says
    why somebody noted as absent may stand here though planned elsewhere by now (`Clash`). Raises
    `Conflict`, and `UserError` for a shift that is cancelled, not over, or written down already.
    """
    with desk.unit_of_work("值班：记志愿服务", needs=Right.HANDLE) as unit:
        known = post_store.SHIFT_SHELF.need(unit.connection, shift)
        post = post_store.to_change(unit.connection, post_store.POST_SHELF, known.post)
        same = service_store.lock_volunteer(unit.connection, known.volunteer)
        found = post_store.to_change(unit.connection, post_store.SHIFT_SHELF, shift)
        if revision not in (None, found.revision):
            raise Conflict(SHIFTS.label)
        proposing.refuse_shift(found, unit.now)
        told = _shift_form(unit, found, post, form)
        saved = service.enter_in(unit, desk, _in_team(unit, told, same[0]))
        posts.link_service_in(unit, shift, saved.uid, saved.number, override=override)
        unit.about(post.number, f"服务记录 {saved.number}")
    made = _made("撤销记志愿服务", [saved], saved)
    return replace(made, kinds=made.kinds | {SHIFTS.name}, uids=(*made.uids, shift))


def _shift_form(unit: Unit, shift: Shift, post: Post, form: ServiceForm | None) -> ServiceForm:
    proposal = proposing.of_shift(shift, post, _organiser(unit.connection, unit.station.name))
    told = proposing.linked_as(form, proposal) if form else proposal
    return replace(told, volunteer=shift.volunteer)


# --- what they share -----------------------------------------------------------------------------


def _organiser(connection: Any, station: str) -> str:
    return read_settings(connection)[ISSUER] or station


def _in_team(unit: Unit, form: ServiceForm, volunteer: Uid) -> ServiceForm:
    """For which team it was done, where nobody said so and the person was in one alone that day."""
    if form.team is not None or form.started_at is None:
        return form
    day: date = unit.zone.day(form.started_at)
    teams = volunteers.teams_on(unit.connection, volunteer, day)
    return replace(form, team=teams[0].uid) if len(teams) == 1 else form


def _refuse_again(unit: Unit, link: str, uid: Uid, same: Sequence[Uid]) -> None:
    """Raise `UserError` when this is written down already: of this person where `same` says who."""
    for one in service_store.linked(unit.connection, link, [uid]):
        if one.state is not ServiceState.VOID and (not same or one.volunteer in same):
            raise UserError(
                f"已经记过这一次服务（{one.number}），没有保存。",
                "时间不对的，请更正那一条；记错了人的，请先作废。",
                field=link,
            )


def _made(label: str, saved: Sequence[ServiceRecord], value: Any) -> Changed[Any]:
    uids = tuple(one.uid for one in saved)
    return Changed(frozenset({SERVICE.name}), uids, value, Undo(label, _back_out(label, saved)))


def _back_out(label: str, saved: Sequence[ServiceRecord]) -> Callable[[Desk], Changed[Any]]:
    """All of them go, unless somebody has touched one since; a shift lets its record go with it."""

    def undo(desk: Desk) -> Changed[Any]:
        with desk.unit_of_work(label, needs=Right.REGISTER) as unit:
            for person in sorted({one.volunteer for one in saved}):
                service_store.lock_volunteer(unit.connection, person)
            for one in saved:
                seen = service_store.to_change(unit.connection, service_store.SHELF, one.uid)
                if seen.revision != one.revision:
                    raise Conflict(SERVICE.label)
                service_store.SHELF.remove(unit, seen)
            unit.about("", f"服务记录 {len(saved)} 条")
        uids = tuple(one.uid for one in saved)
        return Changed(frozenset({SERVICE.name, SHIFTS.name}), uids, None)

    return undo
