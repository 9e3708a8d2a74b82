"""问题清单 for the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.fields import Field, FieldKind
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
from desktop_app.core.photos import PhotoSource
from desktop_app.core.plain_entry import Form, altered, build
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.ledger.shared import (
    WORDS,
    columns,
    deed,
    find_offer,
    find_problem,
    find_uid,
    row_of,
)
from desktop_app.ledgers.three_lists.record import PROBLEMS
from desktop_app.ledgers.three_lists.rules.listing import ProblemFilter
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemState
from desktop_app.ledgers.three_lists.rules.problem_entry import (
    CHANGEABLE,
    EARLIEST_DAY,
    ProblemForm,
)
from desktop_app.registers.places.register import find_compound, find_place
from desktop_app.storage.session import Desk, Unit

_LISTED = Field("listed", "直接入单", FieldKind.FLAG)
_FINDERS = {
    "compound": find_compound,
    "grid": find_place,
    **dict.fromkeys(("request", "visit", "activity", "resolution"), find_uid),
}
_CORRECTION = Form(
    tuple(PROBLEMS.field(name) for name in CHANGEABLE),
    finders=_FINDERS,
    aliases={"描述": "description"},
    not_here=by_the_program(PROBLEMS, CHANGEABLE),
)
_FORM = replace(
    _CORRECTION,
    fields=(*_CORRECTION.fields, _LISTED),
    required=frozenset({"description", "category"}),
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Problem]:
    return [service.raise_in(unit, build(ProblemForm, values))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Problem:
    seen = service.get_problem(desk, uid).revision
    if revision not in (None, seen):
        raise Conflict(PROBLEMS.label)
    form = service.problem_for_editing(desk, uid)
    return service.change_problem(desk, uid, seen, replace(form, **altered(form, values))).value


_INTO = Field("merged_into", "并入", FieldKind.REFERENCE, required=True)
_OFFER = Field("offer", "资源", FieldKind.REFERENCE, required=True)
FILE = Field("file", "照片文件", required=True)


def _add_photo(desk: Desk, uid: Uid, revision: int, values: Values) -> Changed[Problem]:
    path = Path(values["file"])
    source = PhotoSource(path.name, path)
    taken = service.take_in_problem_photos(
        desk, desk.database.blobs, uid, [source], Job("添加照片")
    )
    if taken.changed is None:
        raise UserError(taken.refused[0].words, "没有改动。", field="file")
    return taken.changed


_DEEDS = (
    deed("list", "入单", service.get_problem, lambda d, u, r, v: service.list_problem(d, u, r)),
    deed(
        "merge",
        "并入",
        service.get_problem,
        lambda d, u, r, v: service.merge_problem(d, u, r, v["merged_into"], v.get("words") or ""),
        (_INTO, Field("words", "说明")),
        {"merged_into": find_problem},
    ),
    deed(
        "withdraw",
        "撤回",
        service.get_problem,
        lambda d, u, r, v: service.withdraw_problem(d, u, r, v["words"]),
        (WORDS,),
    ),
    deed(
        "reopen",
        "重新打开",
        service.get_problem,
        lambda d, u, r, v: service.reopen_problem(d, u, r, v["words"]),
        (WORDS,),
    ),
    deed(
        "decline-offer",
        "谢绝配餐",
        service.get_problem,
        lambda d, u, r, v: service.decline_match(d, u, r, v["offer"], v["words"]),
        (_OFFER, WORDS),
        {"offer": find_offer},
    ),
    deed("add-photo", "添加照片", service.get_problem, _add_photo, (FILE,)),
)

_SHOWN = (
    "number", "raised_on", "source", "category", "description", "urgency", "repeated", "wanted_by",
    "state", "closed_on", "late_entry",
)  # fmt: skip
_GROUPED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "未销号": ("open", {"open": True}),
    "逾期": ("late", {"late": True}),
}
_DAYS: Mapping[str, tuple[str, str]] = {
    "入单": ("entered", "listed"),
    "销号": ("ended", "closed"),
}
"""Of these the days are those of the entry or the closing, not of the raising."""
_STATUSES = (*_GROUPED, *_DAYS, *(one.label for one in ProblemState))


def _page(desk: Desk, query: Query) -> Rows:
    found = service.problems_page(desk, _filter(query), query.after, size=query.limit)
    zone = desk.database.zone
    rows = tuple(row_of(PROBLEMS, _SHOWN, line, zone) for line in found.rows)
    return Rows(rows, found.later, found.total_words)


def _filter(query: Query) -> ProblemFilter:
    base = ProblemFilter(search=visible(query.search), stations=query.stations)
    status = query.status.strip()
    for word, (name, days) in _DAYS.items():
        if status in (word, name):
            # Without days: whenever that was.
            since = query.since or (None if query.until else EARLIEST_DAY)
            span: Any = {f"{days}_since": since, f"{days}_until": query.until}
            return replace(base, **span)
    base = replace(base, since=query.since, until=query.until)
    for word, (name, group) in _GROUPED.items():
        if status in (word, name):
            return replace(base, **group)
    state = member_of(ProblemState, status) if status else None
    if status and state is None:
        raise refuse_status(PROBLEMS.label, _STATUSES)
    return replace(base, state=state)


def _asked(wanted: Any) -> Query | None:
    """The words of `list` that mean this filter, found by trying what each of them means."""
    if not isinstance(wanted, ProblemFilter):
        return None
    since = wanted.since or wanted.listed_since or wanted.closed_since
    until = wanted.until or wanted.listed_until or wanted.closed_until
    tried = (
        Query(since=since, until=until, status=status, stations=wanted.stations)
        for status in ("", *_STATUSES)
    )
    return next((query for query in tried if _filter(query) == wanted), None)


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.problem_history(desk, uid)
    zone = desk.database.zone
    plain, hidden = record_of(PROBLEMS, found.problem, zone, ("steps", "declined"))
    told = {
        **plain,
        "duties": [duty.number for duty in found.duties],
        "merged": [one.number for one in found.merged],
    }
    deeds = tuple(name_of(action) for action in found.allowed)
    words = {"steps": course(found.problem.steps, zone)}
    return Shown(told, hidden, deeds, events(found.entries), words)


PROBLEM_LEDGER = Ledger(
    kind=PROBLEMS,
    columns=columns(PROBLEMS, _SHOWN),
    page=_page,
    show=_show,
    title=lambda problem: problem.number,
    adding=Adding("提出问题", Right.REGISTER, _FORM, _enter),
    changing=Changing(_CORRECTION, _save),
    deeds=_DEEDS,
    reveal=service.read_out_problem,
    asked=_asked,
    by_station=True,
)
