"""责任清单 for the command line. `add` makes a duty: that is the match or the dispatch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.fields import Field, FieldKind, choices_of
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.ledger_parts import by_the_program, course, name_of, record_of
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Ledger,
    Query,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    refuse_status,
)
from desktop_app.core.origin import Level
from desktop_app.core.photos import PhotoSource
from desktop_app.core.plain_entry import Form, altered, build, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.ledger.problems import FILE
from desktop_app.ledgers.three_lists.ledger.shared import (
    columns,
    deed,
    find_offer,
    find_problem,
    find_uid,
    row_of,
    with_name,
)
from desktop_app.ledgers.three_lists.record import DUTIES
from desktop_app.ledgers.three_lists.rules.duty import (
    Duty,
    DutyAction,
    DutyState,
    OpinionLevel,
    ReviewerRole,
)
from desktop_app.ledgers.three_lists.rules.duty_entry import CORRECTABLE, DutyForm
from desktop_app.ledgers.three_lists.rules.duty_steps import DutyDetails
from desktop_app.ledgers.three_lists.rules.listing import DutyFilter
from desktop_app.ledgers.three_lists.rules.problem_entry import EARLIEST_DAY
from desktop_app.registers.partners.register import find_partner
from desktop_app.storage.session import Desk, Unit

_A = DutyAction
_ENTERED = tuple(DutyForm.__dataclass_fields__)
_FORM = Form(
    tuple(DUTIES.field(name) for name in _ENTERED),
    required=frozenset({"problem", "person", "due", "measures"}),
    finders={"problem": find_problem, "offer": find_offer, "partner": find_partner},
    not_here=by_the_program(DUTIES, _ENTERED),
)
_CORRECTION = Form(
    tuple(DUTIES.field(name) for name in CORRECTABLE),
    not_here={
        word: f"“{field.label}”不能直接更正。请用相应的办理步骤来改变它。"
        for field in DUTIES.fields
        if field.name not in CORRECTABLE
        for word in (field.name, field.label)
    },
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Duty]:
    told = with_name(unit.connection, given(values), "unit")
    return [service.propose_in(unit, build(DutyForm, told))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Duty:
    seen = service.get_duty(desk, uid).revision
    if revision not in (None, seen):
        raise Conflict(DUTIES.label)
    form = service.duty_for_editing(desk, uid)
    return service.change_duty(desk, uid, seen, replace(form, **altered(form, values))).value


_FIELDS: Mapping[str, Field] = {
    "words": Field("words", "说明"),
    "result": Field("result", "完成情况"),
    "due": Field("due", "新的时限", FieldKind.DAY),
    "level": Field("level", "责任层级", FieldKind.CHOICE, choices=choices_of(Level)),
    "opinion": Field("opinion", "群众评价", FieldKind.CHOICE, choices=choices_of(OpinionLevel)),
    "role": Field("role", "复核方式", FieldKind.CHOICE, choices=choices_of(ReviewerRole)),
    "name": Field("name", "复核人"),
    "file": Field("file", "签字照片文件"),
}
_READS: Mapping[DutyAction, tuple[str, ...]] = {
    _A.SUBMIT: ("result",),
    _A.REVIEW_OK: ("role", "name", "file", "words"),
    _A.EXTEND: ("due", "words"),
    _A.ESCALATE: ("level", "words"),
    _A.ASK_OPINION: ("opinion", "words"),
}
_MUST: Mapping[DutyAction, tuple[str, ...]] = {
    _A.DECLINE: ("words",),
    _A.PROGRESS: ("words",),
    _A.REVIEW_BACK: ("words",),
    _A.EXTEND: ("due", "words"),
    _A.ESCALATE: ("words",),
    _A.CANCEL: ("words",),
    _A.REOPEN: ("words",),
    _A.ASK_OPINION: ("opinion",),
}
_TAKEN = (
    _A.ACCEPT, _A.DECLINE, _A.PROGRESS, _A.SUBMIT, _A.REVIEW_OK, _A.REVIEW_BACK, _A.EXTEND,
    _A.ESCALATE, _A.CANCEL, _A.REOPEN, _A.ASK_OPINION,
)  # fmt: skip


def _step(action: DutyAction) -> Any:
    must = _MUST.get(action, ())
    fields = tuple(
        replace(_FIELDS[name], required=name in must) for name in _READS.get(action, ("words",))
    )

    def do(desk: Desk, uid: Uid, revision: int, values: Values) -> Changed[Duty]:
        told = given(values)
        file = told.pop("file", "")
        if file:
            path = Path(file)
            source = PhotoSource(path.name, path)
            told["confirmation"] = service.keep_picture(desk, desk.database.blobs, source)
        return service.act(desk, uid, action, revision, build(DutyDetails, told))

    return deed(name_of(action), action.label, service.get_duty, do, fields)


def _add_evidence(desk: Desk, uid: Uid, revision: int, values: Values) -> Changed[Duty]:
    path = Path(values["file"])
    source = PhotoSource(path.name, path)
    taken = service.take_in_evidence(desk, desk.database.blobs, uid, [source], Job("添加佐证"))
    if taken.changed is None:
        raise UserError(taken.refused[0].words, "没有改动。", field="file")
    return taken.changed


_ACTIVITY = Field("activity", "活动", FieldKind.REFERENCE, required=True)
_NUMBER = Field("number", "活动编号", required=True)
_DEEDS = (
    *(_step(action) for action in _TAKEN),
    deed("add-evidence", "添加佐证", service.get_duty, _add_evidence, (FILE,)),
    deed(
        "link-activity",
        "关联活动",
        service.get_duty,
        lambda d, u, r, v: service.link_activity(d, u, r, v["activity"], v["number"]),
        (_ACTIVITY, _NUMBER),
        {"activity": find_uid},
    ),
)

_SHOWN = (
    "number", "problem_number", "category", "unit", "person", "level", "measures", "proposed_on",
    "due", "amount", "state", "closed_on",
)  # fmt: skip
_GROUPED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "在办": ("live", {"live": True}),
    "逾期": ("overdue", {"late": True}),
    "延期": ("extended", {"extended": True}),
}
_ENDED: Mapping[str, tuple[str, bool | None]] = {
    "销号": ("ended", None),
    "按时销号": ("on-time", True),
    "超时销号": ("late", False),
}
"""Of these the days are those of the closing, not of the proposal."""
_STATUSES = (*_GROUPED, *_ENDED, *(one.label for one in DutyState))


def _page(desk: Desk, query: Query) -> Rows:
    found = service.duties_page(desk, _filter(query), query.after, size=query.limit)
    zone = desk.database.zone
    rows = tuple(row_of(DUTIES, _SHOWN, line, zone) for line in found.rows)
    return Rows(rows, found.later, found.total_words)


def _filter(query: Query) -> DutyFilter:
    base = DutyFilter(search=visible(query.search), stations=query.stations)
    status = query.status.strip()
    for word, (name, in_time) in _ENDED.items():
        if status in (word, name):
            # Without days: whenever that was.
            since = query.since or (None if query.until else EARLIEST_DAY)
            return replace(base, in_time=in_time, closed_since=since, closed_until=query.until)
    base = replace(base, since=query.since, until=query.until)
    for word, (name, group) in _GROUPED.items():
        if status in (word, name):
            return replace(base, **group)
    state = member_of(DutyState, status) if status else None
    if status and state is None:
        raise refuse_status(DUTIES.label, _STATUSES)
    return replace(base, state=state)


def _asked(wanted: Any) -> Query | None:
    """The words of `list` that mean this filter, found by trying what each of them means."""
    if not isinstance(wanted, DutyFilter):
        return None
    since = wanted.since or wanted.closed_since
    until = wanted.until or wanted.closed_until
    tried = (
        Query(since=since, until=until, status=status, stations=wanted.stations)
        for status in ("", *_STATUSES)
    )
    return next((query for query in tried if _filter(query) == wanted), None)


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.duty_history(desk, uid)
    zone = desk.database.zone
    timed = ("steps", "progress", "extensions", "escalations")
    plain, hidden = record_of(DUTIES, found.duty, zone, timed)
    told = {
        **plain,
        "description": found.problem.description if found.problem else "",
        "offer_number": found.offer.number if found.offer else "",
        "due_note": service.due_note(desk, found.duty.due) if found.duty.live else "",
    }
    deeds = tuple(name_of(action) for action in found.allowed)
    words = {"steps": course(found.duty.steps, zone)}
    return Shown(told, hidden, deeds, events(found.entries), words)


DUTY_LEDGER = Ledger(
    kind=DUTIES,
    columns=columns(DUTIES, _SHOWN),
    page=_page,
    show=_show,
    title=lambda duty: duty.number,
    adding=Adding("交办责任", Right.HANDLE, _FORM, _enter),
    changing=Changing(_CORRECTION, _save),
    deeds=_DEEDS,
    reveal=service.read_out_duty,
    asked=_asked,
    by_station=True,
)
