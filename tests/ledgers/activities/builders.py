"""Activities and people with sensible defaults, and readings that tests need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.activities import service, store
from desktop_app.ledgers.activities.rules.activity import Activity, Group
from desktop_app.ledgers.activities.rules.attendance import Attendance, Person
from desktop_app.ledgers.activities.rules.entry import ActivityForm
from desktop_app.ledgers.activities.rules.recording import RecordForm
from desktop_app.ledgers.activities.rules.sheet import SheetLine
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Phone, Resident, ResidentDraft
from desktop_app.storage.session import Desk

TODAY = date(2026, 11, 23)
HOUR = 3600


def form(**more: Any) -> ActivityForm:
    """健康入户 邻里同行, a 义诊 this morning from 9:30 to 11:00."""
    values: dict[str, Any] = {
        "kind": "义诊",
        "name": "健康入户 邻里同行",
        "day": TODAY,
        "begins": (9, 30),
        "ends": (11, 0),
        "place_words": "青榕雅苑小区广场",
        "organiser": "青榕社区党委",
    }
    return ActivityForm(**{**values, **more})


def meeting(**more: Any) -> ActivityForm:
    """三方共商停车难, a 三方联席会 at the same time."""
    return form(**{"kind": "三方联席会", "name": "三方共商停车难", **more})


def plan(desk: Desk, plan_form: ActivityForm | None = None, **more: Any) -> Activity:
    """A planned activity."""
    return service.plan(desk, plan_form or form(**more)).value


def person(name: str = "陈桂英", **more: Any) -> Person:
    return Person(name=name, **more)


def line(name: str = "陈桂英", **more: Any) -> SheetLine:
    """A line of the sheet; what a `Person` holds goes into it."""
    own = {field: more.pop(field) for field in list(more) if field in ("arrived", "left", "absent")}
    return SheetLine(person=Person(name=name, **more), **own)


def sign_in(desk: Desk, activity: Activity, name: str = "陈桂英", **more: Any) -> Attendance:
    """Somebody is here, now."""
    return service.sign_in(desk, activity.uid, person(name, **more)).value


def resident(desk: Desk, name: str = "陈桂英", **more: Any) -> Resident:
    """A resident with a file."""
    draft = ResidentDraft(name=name, phones=(Phone("13800005678"),), **more)
    return residents.add(desk, draft).value


def fresh(desk: Desk, activity: Activity) -> Activity:
    """The activity as it stands now."""
    return service.get(desk, activity.uid)


def people(desk: Desk, activity: Activity) -> Mapping[Group, int]:
    """How many of each group were there."""
    return service.attendance_of(desk, activity.uid).counts.people


def recorded(desk: Desk, activity: Activity, **more: Any) -> Activity:
    """The activity with a record of a few words."""
    values: dict[str, Any] = {"summary": "为居民量血压、讲解慢病用药。", **more}
    form_of_record = RecordForm(**values)
    return service.record(desk, activity.uid, fresh(desk, activity).revision, form_of_record).value


def handed_in(desk: Desk, activity: Activity, **more: Any) -> Activity:
    """Recorded and waiting for review."""
    done = recorded(desk, activity, **more)
    return service.submit(desk, done.uid, done.revision, "照片在站内相册").value


def seat(desk: Desk, name: str, *, without: frozenset[Right] = frozenset()) -> Desk:
    """Another operator's seat at the same database."""
    actor = Actor(desk.database.new_uid(), name, "站长", frozenset(Right) - without)
    return Desk(desk.database, actor)


def held(desk: Desk, clock: Any, *names: str, **more: Any) -> Activity:
    """An activity of this morning that is over: everybody named signed in at its beginning."""
    made = plan(desk, **more)
    clock.set(made.starts_at)
    for name in names or ("陈桂英",):
        sign_in(desk, made, name)
    clock.set(altered(made).ends_at)
    return fresh(desk, made)


def stored_line(desk: Desk, uid: Uid) -> Attendance:
    """The line as it stands in the table, nothing masked."""
    with desk.reading(needs=Right.READ) as connection:
        return store.ATTENDANCE_SHELF.need(connection, uid)
