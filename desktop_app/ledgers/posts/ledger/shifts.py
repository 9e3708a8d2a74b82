"""Shifts for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.codec import decode
from desktop_app.core.fields import Field
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_parts import by_the_program, course, name_of, record_of
from desktop_app.core.ledger_spec import (
    Adding,
    Deed,
    Ledger,
    Query,
    Rows,
    Shown,
    Values,
    member_of,
    refuse_status,
)
from desktop_app.core.plain_entry import Form, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.ledger.shared import (
    NAME,
    POST_NAME,
    POST_NUMBER,
    VOLUNTEER_NUMBER,
    columns,
    find_clock,
    find_post,
    people_of,
    refuse_search,
    row_of,
)
from desktop_app.ledgers.posts.record import SHIFTS
from desktop_app.ledgers.posts.rules.listing import ShiftFilter
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftAction, ShiftState
from desktop_app.ledgers.posts.rules.shift_entry import ShiftForm
from desktop_app.registers.volunteers.register import find_volunteer
from desktop_app.storage.session import Desk, Unit

_OVERRIDE = Field("override", "冲突时仍排班的原因")
_STARTS = Field("starts", "开始")
_ENDS = Field("ends", "结束")
_WORDS = Field("words", "说明")
_FORM = Form(
    (
        SHIFTS.field("post"),
        SHIFTS.field("volunteer"),
        SHIFTS.field("day"),
        _STARTS,
        _ENDS,
        _OVERRIDE,
    ),
    required=frozenset({"post", "volunteer", "day"}),
    finders={
        "post": find_post,
        "volunteer": find_volunteer,
        "starts": find_clock,
        "ends": find_clock,
    },
    aliases={"日期": "day", "开始时间": "starts", "结束时间": "ends"},
    not_here={
        word: sentence
        for word, sentence in by_the_program(SHIFTS, ("post", "volunteer", "day")).items()
        if word not in ("开始时间", "结束时间", _OVERRIDE.label)
    },
)
_MOVE = replace(
    _FORM,
    fields=(*(one for one in _FORM.fields if one.name != "post"), _WORDS),
    required=frozenset(),
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Shift]:
    return [service.plan_in(unit, decode(ShiftForm, given(values)))]


def _move(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Shift:
    told = given(values)
    words = told.pop("words", "")
    return service.move(desk, uid, revision, decode(ShiftForm, told), words).value


def _deed(action: ShiftAction) -> Deed:
    words = Field("words", "原因", required=True) if action is ShiftAction.CANCEL else _WORDS
    fields = (words, _OVERRIDE) if action is ShiftAction.DONE else (words,)
    required = frozenset(field.name for field in fields if field.required)

    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Shift:
        told = given(values)
        said, why = told.get("words", ""), told.get("override", "")
        return service.act_on_shift(desk, uid, action, revision, said, override=why).value

    return Deed(name_of(action), action.label, Form(fields, required=required), do)


_COLUMNS = (
    SHIFTS.field("day"),
    POST_NUMBER,
    POST_NAME,
    VOLUNTEER_NUMBER,
    NAME,
    *(SHIFTS.field(name) for name in ("starts_at", "ends_at", "state", "override_reason")),
)


def _page(desk: Desk, query: Query) -> Rows:
    refuse_search(SHIFTS.label, visible(query.search))
    found = service.shifts_page(desk, _filter(query), query.after, size=query.limit)
    zone = desk.database.zone
    rows = tuple(row_of(_COLUMNS, line, zone) for line in found.rows)
    return Rows(rows, found.later, found.total_words)


def _filter(query: Query) -> ShiftFilter:
    status = query.status.strip()
    state = member_of(ShiftState, status) if status else None
    if status and state is None:
        raise refuse_status(SHIFTS.label, [one.label for one in ShiftState])
    return ShiftFilter(state=state, since=query.since, until=query.until, stations=query.stations)


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.shift_history(desk, uid)
    zone = desk.database.zone
    plain, hidden = record_of(SHIFTS, found.shift, zone)
    told: dict[str, Any] = {**plain, **people_of(found.line)}
    deeds = tuple(name_of(action) for action in found.allowed)
    return Shown(told, hidden, deeds, (), {"steps": course(found.shift.steps, zone)})


SHIFT_LEDGER = Ledger(
    kind=SHIFTS,
    columns=columns(_COLUMNS),
    page=_page,
    show=_show,
    title=lambda shift: "",
    adding=Adding("排班", Right.HANDLE, _FORM, _enter),
    deeds=(
        _deed(ShiftAction.DONE),
        _deed(ShiftAction.ABSENT),
        Deed("move", "调班", _MOVE, _move),
        _deed(ShiftAction.CANCEL),
    ),
    elsewhere="改时间或换人请用 act shifts UID move（调班）。",
    by_station=True,
)
