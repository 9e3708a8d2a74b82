"""志愿服务记录 as a sheet: who served when, at what, for how long."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.clock_text import parse_clock
from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.ledger.records import SERVICE_LEDGER
from desktop_app.ledgers.service.record import SERVICE as KIND
from desktop_app.ledgers.service.rules.service_record import ServiceState, Source
from desktop_app.registers.volunteers.register import find_volunteer
from desktop_app.registers.volunteers.sheet import (
    name_column,
    number_column,
    team_names,
    telling_whom,
    whom,
)
from desktop_app.sheets.columns import (
    columns_of,
    differing,
    known_by,
    noted,
    only_read,
    only_written,
    referred,
    refuse_change,
)
from desktop_app.sheets.spec import CellKind, Column, Connection, Like, Out, SheetSpec, Told
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk

_column = columns_of(KIND)
_SPAN = re.compile(r"(\d{1,2}[:：]\d{2})\s*(?:[–—~～至到-]+)\s*(?:次日)?(\d{1,2}[:：]\d{2})")
_BEGINS = "09:00"
"""When an old ledger told only how long somebody served; the remark then says so."""


def _at(name: str) -> Callable[[Told], Out]:
    def out(told: Told) -> Out:
        at = getattr(told.record, name)
        return None if at is None else told.zone.local(at).strftime("%H:%M")

    return out


_COLUMNS: tuple[Column, ...] = (
    _column("number", "number", CellKind.CODE, label="记录编号", width=18),
    number_column(KIND.field("volunteer")),
    name_column(),
    _column("team", "team", out=referred("team"), width=20),
    _column("title", "service_title", width=28, required=True),
    _column("day", "day"),
    Column(
        name="starts",
        label="开始时间",
        kind=CellKind.CLOCK,
        concept="starts",
        out=_at("started_at"),
    ),
    Column(name="ends", label="结束时间", kind=CellKind.CLOCK, concept="ends", out=_at("ended_at")),
    only_read("span", "起止时间", words=("服务时段", "服务起止时间")),
    _column("excluded_minutes", words=("扣除分钟",)),
    _column("excluded_words", width=16),
    _column("minutes", "minutes", CellKind.MINUTES),
    _column("content", "content", CellKind.TEXT, width=30),
    _column("recipients", "recipients", width=20),
    _column("served", "served"),
    _column("organiser", "organiser", width=20),
    _column("head", "head"),
    _column("place_words", "place", width=20),
    _column("good_deed", words=("是否好事实事",)),
    only_written(KIND.field("source")),
    _column("overlap_reason", width=16),
    only_written(KIND.field("rating")),
    only_written(KIND.field("state")),
    only_written(KIND.field("confirmed_by_name")),
    only_written(KIND.field("confirmed_on")),
    only_written(KIND.field("uploaded_on")),
    only_written(KIND.field("late")),
    _column("remark", "remark", CellKind.TEXT, width=30),
)


def _shape(cells: Cells) -> dict[str, Plain]:
    values = {name: value for name, value in whom(cells).items() if name != "number"}
    span = str(values.pop("span", ""))
    if span:
        found = _SPAN.search(span)
        if found is None or None in (parse_clock(found[1]), parse_clock(found[2])):
            noted(values, "起止时间", [span])
        else:
            values |= {"starts": found[1], "ends": found[2]}
    return _with_times(values)


def _with_times(values: dict[str, Plain]) -> dict[str, Plain]:
    """The day and the times on the clock as two points in time, the second after the first."""
    day, minutes = values.pop("day", None), values.pop("minutes", None)
    starts, ends = (values.pop(name, None) for name in ("starts", "ends"))
    if day is None:
        return values
    if starts is None and minutes is not None:
        starts = _BEGINS
        noted(values, "原台账没有写", ["起止时间"])
    if starts is None:
        return {**values, "day": day}
    begins = _moment(str(day), str(starts))
    finished = None if ends is None else _moment(str(day), str(ends))
    if finished is None and minutes is not None:
        finished = begins + timedelta(minutes=int(minutes))
    elif finished is not None and finished <= begins:
        finished += timedelta(days=1)
    told = {**values, "started_at": begins.isoformat(timespec="minutes")}
    return told | ({"ended_at": finished.isoformat(timespec="minutes")} if finished else {})


def _moment(day: str, clock: str) -> datetime:
    hour, minute = parse_clock(clock) or (0, 0)
    return datetime.fromisoformat(day[:10]).replace(hour=hour, minute=minute)


def _find_volunteer(lookup: Lookup, text: str) -> Uid:
    """As the register finds one; a sheet names the same few people again and again."""
    return lookup.once(f"volunteer {text}", lambda _: find_volunteer(lookup, text))


assert SERVICE_LEDGER.adding is not None
assert SERVICE_LEDGER.changing is not None
_ADDING = SERVICE_LEDGER.adding
_DAY = Field("day", KIND.field("day").label, KIND.field("day").kind)
_FORM = replace(
    _ADDING.form,
    fields=(*_ADDING.form.fields, _DAY),
    finders={**_ADDING.form.finders, "volunteer": _find_volunteer},
    not_here={},
    aliases={},
)


def _enter(unit: Any, desk: Desk, values: Values) -> Sequence[Record]:
    told = given(values)
    if told.pop("day", None) is not None:
        raise UserError(
            "没有写起止时间，也没有写服务时长。", "请至少补上其中一样。", field="started_at"
        )
    return _ADDING.enter(unit, desk, {"source": Source.IMPORTED.value, **told})


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Record:
    with desk.reading(needs=Right.READ) as connection:
        record = store.SHELF.need(connection, uid)
    changes = differing(record, values, desk.database.zone)
    if not changes:
        return record
    if "volunteer" in changes:
        refuse_change(KIND, "volunteer")
    assert SERVICE_LEDGER.changing is not None
    return SERVICE_LEDGER.changing.save(desk, uid, revision, changes)


# --- what a row may be ----------------------------------------------------------------------------


def _like(connection: Connection, rows: Sequence[Cells]) -> list[tuple[Like, ...]]:
    """Other services of the same volunteer at the same time."""
    lookup, zone = Lookup(connection), Zone()
    spans = [_span(lookup, zone, _shape(row)) for row in rows]
    names = ("volunteer", "started_at", "ended_at", "state", "title", "number", "uid")
    there: dict[Uid, list[tuple[Any, ...]]] = {}
    for volunteer, *rest in store.SHELF.parts(
        connection, names, "volunteer", [span[0] for span in spans if span]
    ):
        there.setdefault(volunteer, []).append(tuple(rest))
    return [() if span is None else tuple(_clashes(span, there)) for span in spans]


_Span = tuple[Uid, int, int]


def _span(lookup: Lookup, zone: Zone, row: Mapping[str, Plain]) -> _Span | None:
    try:
        volunteer = _find_volunteer(lookup, str(row["volunteer"]))
        begins = datetime.fromisoformat(str(row["started_at"]))
        ends = datetime.fromisoformat(str(row["ended_at"]))
    except (KeyError, UserError):
        return None
    first, last = (zone.at(one.date(), one.hour, one.minute) for one in (begins, ends))
    return volunteer, first, last


def _clashes(span: _Span, there: Mapping[Uid, Sequence[tuple[Any, ...]]]) -> list[Like]:
    volunteer, first, last = span
    return [
        Like(f"{number} {title}", ("同一名志愿者，时间重叠",), uid)
        for started, ended, state, title, number, uid in there.get(volunteer, ())
        if state != ServiceState.VOID and started < last and (ended or last) > first
    ]


SERVICE_SHEET = SheetSpec(
    kind=KIND.name,
    title="志愿服务记录",
    about="谁什么时候做了什么服务，每行一次；志愿者写编号，只有一人叫这个名字的也可只写姓名。",
    columns=_COLUMNS,
    keys=("number",),
    known=known_by(store.SHELF),
    shape=_shape,
    adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
    changing=Changing(replace(_FORM, required=frozenset()), _save),
    like=_like,
    told=telling_whom((team_names, ("team",))),
)
