"""诉求台账 and the orders of other platforms (百姓管家): each known again by the platform's number.

A platform tells how far its order got. What the station's own course has not reached yet is gone
step by step, in the same unit of work, so that the history says what happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.core.codec import Plain
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.masking import mask_name
from desktop_app.core.origin import Source, Urgency
from desktop_app.core.paper_numbers import is_number_of_others
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.core.text import clean_name
from desktop_app.ledgers.requests import service, store
from desktop_app.ledgers.requests.ledger import REQUESTS
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.request import (
    TITLE_LIMIT,
    Action,
    Request,
    RequestKind,
    RequestState,
)
from desktop_app.ledgers.requests.rules.steps import StepDetails, allowed
from desktop_app.registers.places.sheet import (
    ADDRESS,
    ADDRESS_FINDERS,
    place_names,
    spread_address,
)
from desktop_app.registers.residents.register import find_resident
from desktop_app.registers.residents.sheet import files_of
from desktop_app.sheets.columns import (
    columns_of,
    day_of,
    differing,
    known_by,
    likes,
    noted,
    only_read,
    only_written,
    referred,
    refuse_change,
    telling,
    wide_form,
    without,
)
from desktop_app.sheets.spec import CellKind, Column, Connection, SheetSpec
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

_column = columns_of(KIND)
_S = RequestState
_KIND_WORDS = (
    ("百姓点单", RequestKind.ORDER), ("居民点单", RequestKind.ORDER), ("订单", RequestKind.ORDER),
    ("心愿", RequestKind.WISH), ("投诉", RequestKind.APPEAL), ("求助", RequestKind.APPEAL),
    ("建议", RequestKind.APPEAL), ("咨询", RequestKind.APPEAL), ("报修", RequestKind.APPEAL),
)  # fmt: skip
_SOURCE_WORDS = (
    ("上门", Source.VISIT), ("现场", Source.VISIT), ("电话", Source.CALL), ("热线", Source.CALL),
    ("12345", Source.CALL), ("网格", Source.GRID), ("网格员", Source.GRID), ("走访", Source.GRID),
    ("入户走访", Source.HOME), ("线上", Source.ONLINE), ("网上", Source.ONLINE),
    ("平台", Source.ONLINE), ("小程序", Source.ONLINE), ("线上转入", Source.ONLINE),
    ("微信", Source.ONLINE), ("会议", Source.MEETING), ("议事会", Source.MEETING),
    ("上级", Source.SUPERIOR), ("上级转办", Source.SUPERIOR), ("转办", Source.SUPERIOR),
)  # fmt: skip
_URGENCY_WORDS = (
    ("普通", Urgency.NORMAL), ("不急", Urgency.NORMAL), ("低", Urgency.NORMAL),
    ("中", Urgency.SOON), ("高", Urgency.URGENT), ("急", Urgency.URGENT), ("特急", Urgency.URGENT),
)  # fmt: skip
_STATE_WORDS = (
    ("待下单", _S.REGISTERED), ("待受理", _S.REGISTERED), ("待处理", _S.REGISTERED),
    ("新建", _S.REGISTERED), ("未处理", _S.REGISTERED), ("待交办", _S.ACCEPTED),
    ("已受理", _S.ACCEPTED), ("受理", _S.ACCEPTED), ("已派单", _S.ACCEPTED),
    ("待派单", _S.ACCEPTED), ("已接单", _S.ACCEPTED), ("处理中", _S.ACCEPTED),
    ("服务中", _S.DOING), ("待评价", _S.TO_CALL_BACK), ("待确认", _S.TO_CALL_BACK),
    ("完成", _S.CLOSED), ("已完成", _S.CLOSED), ("已办结", _S.CLOSED), ("已解决", _S.CLOSED),
    ("已结案", _S.CLOSED), ("已评价", _S.CLOSED), ("结束", _S.CLOSED), ("是", _S.CLOSED),
    ("取消", _S.WITHDRAWN), ("已取消", _S.WITHDRAWN), ("已撤销", _S.WITHDRAWN),
    ("已转办", _S.FORWARDED), ("否", _S.REGISTERED),
)  # fmt: skip
_DONE = "已办结"

_COLUMNS: tuple[Column, ...] = (
    _column("number", "number", CellKind.CODE, width=18),
    _column("kind", words=("诉求类型", "单据类型"), synonyms=_KIND_WORDS),
    _column("source", "source", synonyms=_SOURCE_WORDS),
    _column("at", "at", width=17, words=("提出日期",)),
    only_read("clock", "提出时刻", CellKind.CLOCK, concept="clock"),
    _column("platform", "platform"),
    _column("external_number", "external_number", CellKind.CODE, width=20),
    _column("name", "name", CellKind.NAME, mask=mask_name, check=clean_name),
    _column("phone", "phone", width=16),
    only_read("id_number", "证件号码", CellKind.IDENTITY, concept="id_number", private=True),
    _column("compound", "compound", out=referred("compound"), width=16),
    _column("building", "building", CellKind.CODE, width=8),
    _column("unit", "unit", CellKind.CODE, width=8),
    _column("room", "room", CellKind.CODE, width=8),
    only_read("address", ADDRESS.label, CellKind.ADDRESS, concept="address", private=True),
    _column("consented"),
    _column("category", "category", width=16),
    _column("title", "title", width=32, required=False),
    _column("summary", "summary", CellKind.TEXT, width=36),
    _column("urgency", "urgency", synonyms=_URGENCY_WORDS),
    _column("dispute_stage"),
    _column("limit_days", "limit_days"),
    only_written(KIND.field("due")),
    only_written(
        KIND.field("assignee"),
        width=20,
        out=lambda told: (told.record.assignee and told.record.assignee.words) or None,
    ),
    only_written(KIND.field("dispatched_on")),
    _column("state", "state", synonyms=_STATE_WORDS),
    _column("taken_by", "taken_by"),
    _column("result", "result", CellKind.TEXT, width=36),
    _column("closed_day", "closed_at"),
    only_written(KIND.field("call_back"), width=24),
    _column("forwarded_to", "handed_to", width=20),
    only_written(KIND.field("registered_by_name")),
    only_written(KIND.field("late_entry")),
    _column("remark", "remark", CellKind.TEXT, width=30),
)


def _shape(cells: Cells) -> dict[str, Plain]:
    values = without(cells, "number", "clock", "id_number")
    number = str(cells.get("number") or "")
    if is_number_of_others(number):
        values.setdefault("external_number", number)
    _when(values, cells.get("clock"))
    _what(values)
    if "source" not in values and ("platform" in values):
        values["source"] = Source.ONLINE.value
    return values


def _when(values: dict[str, Plain], clock: Plain) -> None:
    at = str(values.get("at", ""))
    if at and "T" not in at:
        values["day"] = values.pop("at")
        if clock:
            values["at"] = f"{at}T{clock}"


def _what(values: dict[str, Plain]) -> None:
    """A title is one short line: a longer one is told whole under 详细情况."""
    title = str(values.get("title") or values.get("summary") or "").strip()
    if not title:
        return
    first = title.splitlines()[0]
    if len(first) > TITLE_LIMIT:
        first = f"{first[: TITLE_LIMIT - 1]}…"
    if first != title and "summary" not in values:
        values["summary"] = title
    values["title"] = first


def _find_file(lookup: Lookup, text: str) -> Uid:
    """As the ledger finds one; what `joined` found needs no second look."""
    return parse_uid(text) or find_resident(lookup, text)


assert REQUESTS.adding is not None
_ADDING = REQUESTS.adding
_FORM = replace(
    wide_form(_ADDING.form, KIND, ADDRESS),
    finders={**_ADDING.form.finders, **ADDRESS_FINDERS, "resident": _find_file},
    required=frozenset({"title"}),
    aliases={},
)
_COURSE = ("state", "closed_day", "forwarded_to")


def _spread(values: Values) -> dict[str, Any]:
    return spread_address(given(values), "remark", "住址：")


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Request]:
    told = _spread(values)
    course = {name: told.pop(name) for name in _COURSE if name in told}
    if "taken_by" in told:
        # An order of the station's own is given and taken; of another's only the name is known.
        noted(told, KIND.field("taken_by").label, [told.pop("taken_by")])
    (made,) = _ADDING.enter(unit, desk, told)
    assert isinstance(made, Request)
    return [_went_on(unit, desk, made, course)]


# --- how far it got -------------------------------------------------------------------------------

_WAYS: Mapping[RequestState, tuple[Action, ...]] = {
    _S.ACCEPTED: (Action.ACCEPT,),
    _S.DOING: (Action.ACCEPT,),
    _S.TO_CALL_BACK: (Action.ACCEPT, Action.DONE),
    _S.CLOSED: (Action.ACCEPT, Action.DONE, Action.CLOSE),
    _S.FORWARDED: (Action.FORWARD,),
    _S.WITHDRAWN: (Action.WITHDRAW,),
    _S.NOT_OURS: (Action.NOT_OURS,),
}
"""The steps that lead to a state; whom it was given to, only the station itself knows."""


def _went_on(unit: Unit, desk: Desk, request: Request, course: Mapping[str, Any]) -> Request:
    """The request as far as the sheet says that it got; what it has reached already stays."""
    goal = _goal(request, course)
    if goal is None or request.state is goal or request.petition:
        return request
    closed: date | None = course.get("closed_day")
    details = StepDetails(
        result=request.result or _DONE,
        words=str(course.get("forwarded_to") or "原台账如此记载"),
        whom=str(course.get("forwarded_to") or ""),
        day=closed,
    )
    for action in _WAYS.get(goal, ()):
        if action in allowed(request):
            request = service.act_in(unit, desk, request.uid, action, details)
    return request


def _goal(request: Request, course: Mapping[str, Any]) -> RequestState | None:
    state = course.get("state")
    if state is not None:
        return RequestState(state)  # type: ignore[call-arg]
    return _S.CLOSED if course.get("closed_day") and request.result else None


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Record:
    """Correct what was told otherwise, and go on as far as the platform did."""
    with desk.reading(needs=Right.READ) as connection:
        request = store.SHELF.need(connection, uid)
    changes = differing(request, _spread(values), desk.database.zone)
    course = {name: changes.pop(name) for name in _COURSE if name in changes}
    changes.pop("taken_by", None)
    if not changes.get("limit_days", True):
        changes.pop("limit_days")
    assert REQUESTS.changing is not None
    takes = {field.name for field in REQUESTS.changing.form.fields}
    for name in sorted(changes.keys() - takes):
        refuse_change(KIND, name)
    saved: Record = request
    if changes:
        saved = REQUESTS.changing.save(desk, uid, revision, changes)
    if _goal(request, course) is None:
        return saved
    with desk.unit_of_work("导入诉求进展", needs=Right.HANDLE) as unit:
        before = store.SHELF.need(unit.connection, uid)
        after = _went_on(unit, desk, before, course)
        if after is before:
            refuse_change(KIND, "state")
        unit.about(after.number, f"{before.state.label} → {after.state.label}")
    return after


# --- what a row is --------------------------------------------------------------------------------


def _known(connection: Connection, name: str, texts: Sequence[str]) -> dict[str, Uid]:
    """By the station's own number, or by that of the platform."""
    find = known_by(store.SHELF)
    theirs = [text for text in texts if is_number_of_others(text)]
    outside = find(connection, "external_number", theirs)
    return outside if name != "number" else {**outside, **find(connection, name, texts)}


def _joined(connection: Connection, rows: Sequence[Cells]) -> list[Cells]:
    asked = [
        (str(row.get("id_number") or ""), str(row.get("name") or ""), [str(row.get("phone") or "")])
        for row in rows
    ]
    return [
        row if uid is None or "resident" in row else {**row, "resident": uid.hex}
        for row, uid in zip(rows, files_of(connection, asked), strict=True)
    ]


def _same(_lookup: Lookup, row: Cells) -> Sequence[object]:
    shaped = dict(row)
    _what(shaped)
    return day_of(row, "at"), row.get("name"), shaped.get("title")


SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="诉求（点单）台账",
        about="居民诉求、点单和微心愿，每行一件；从别的平台导出的，按平台的编号更新，不会重复。",
        columns=_COLUMNS,
        keys=("number", "external_number"),
        known=_known,
        shape=_shape,
        adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
        changing=Changing(replace(_FORM, required=frozenset()), _save),
        like=likes(store.SHELF, ("day", "name", "title"), _same, "同一天、同一人、同一事项"),
        joined=_joined,
        told=telling((place_names, ("compound",))),
    ),
)
