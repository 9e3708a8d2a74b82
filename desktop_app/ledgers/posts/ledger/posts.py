"""Posts for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.codec import encode
from desktop_app.core.errors import Conflict
from desktop_app.core.fields import Choice, Field, FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_parts import by_the_program, course, name_of, record_of
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Deed,
    Ledger,
    Query,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    refuse_days,
    refuse_status,
)
from desktop_app.core.plain_entry import Form, Group, altered, build, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.ledger.shared import columns, find_clock, row_of
from desktop_app.ledgers.posts.record import POSTS
from desktop_app.ledgers.posts.rules.listing import PostFilter, PostLine
from desktop_app.ledgers.posts.rules.pattern import WEEKDAYS
from desktop_app.ledgers.posts.rules.post import Post, PostState
from desktop_app.ledgers.posts.rules.post_entry import ENTERED, PostForm
from desktop_app.registers.places.register import find_compound
from desktop_app.registers.volunteers.register import find_team
from desktop_app.storage.session import Desk, Unit

_PATTERN = Group(
    Form(
        (
            Field(
                "weekdays",
                "星期",
                FieldKind.CHOICES,
                required=True,
                choices=tuple(Choice(str(n), word) for n, word in enumerate(WEEKDAYS)),
            ),
            Field("starts", "开始", required=True),
            Field("ends", "结束", required=True),
        ),
        required=frozenset({"weekdays", "starts", "ends"}),
        finders={"starts": find_clock, "ends": find_clock},
    )
)
_CHANGE = Form(
    tuple(POSTS.field(name) for name in ENTERED),
    groups={"pattern": _PATTERN},
    finders={"compound": find_compound, "team": find_team},
    aliases={"名称": "name", "类别": "direction", "人数": "quota"},
    not_here=by_the_program(POSTS, ENTERED),
)
_FORM = replace(_CHANGE, required=frozenset({"name", "quota"}))


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Post]:
    return [service.open_post_in(unit, build(PostForm, given(values)))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Post:
    seen = service.get_post(desk, uid).revision
    if revision not in (None, seen):
        raise Conflict(POSTS.label)
    form = service.post_for_editing(desk, uid)
    return service.change_post(desk, uid, seen, replace(form, **altered(form, values))).value


def _close(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Post:
    seen = revision or service.get_post(desk, uid).revision
    return service.close_post(desk, uid, seen, values["words"]).value


def _reopen(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Post:
    seen = revision or service.get_post(desk, uid).revision
    return service.reopen_post(desk, uid, seen).value


_REASON = Field("words", "原因", required=True)
_COLUMNS = (
    *(POSTS.field(name) for name in ("number", "name", "direction", "place_words", "quota")),
    Field("taken", "已认领", FieldKind.NUMBER),
    Field("waiting", "候补", FieldKind.NUMBER),
    Field("when", "值班时间"),
    *(POSTS.field(name) for name in ("from_on", "until_on", "state")),
)
_VACANT = ("缺人", "vacant")


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(POSTS.label, query)
    found = service.posts_page(desk, _filter(query), query.after, size=query.limit)
    rows = tuple(_row(desk, line) for line in found.rows)
    return Rows(rows, found.later, found.total_words)


def _row(desk: Desk, line: PostLine) -> dict[str, Any]:
    plain = [field for field in _COLUMNS if field.name != "when"]
    row = row_of(plain, line, desk.database.zone)
    return {**row, "when": line.pattern.words if line.pattern else ""}


def _filter(query: Query) -> PostFilter:
    base = PostFilter(search=visible(query.search), stations=query.stations)
    status = query.status.strip()
    if status in _VACANT:
        return replace(base, vacant=True)
    state = member_of(PostState, status) if status else None
    if status and state is None:
        raise refuse_status(POSTS.label, [_VACANT[0], *(one.label for one in PostState)])
    return replace(base, state=state)


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.post_history(desk, uid)
    zone = desk.database.zone
    plain, hidden = record_of(POSTS, found.post, zone)
    claims = [
        {"uid": one.uid.hex, "number": one.volunteer_number, "state": encode(one.state)}
        for one in found.claims
    ]
    words = {"steps": course(found.post.steps, zone)}
    if found.post.pattern:
        words["pattern"] = found.post.pattern.words
    deeds = tuple(name_of(action) for action in found.allowed)
    return Shown({**plain, "claims": claims}, hidden, deeds, events(found.entries), words)


POST_LEDGER = Ledger(
    kind=POSTS,
    columns=columns(_COLUMNS),
    page=_page,
    show=_show,
    title=lambda post: post.number,
    adding=Adding("设岗", Right.HANDLE, _FORM, _enter),
    changing=Changing(_CHANGE, _save),
    deeds=(
        Deed("close", "停用", Form((_REASON,), required=frozenset({"words"})), _close),
        Deed("reopen", "恢复", Form(), _reopen),
    ),
    reveal=service.read_out_post,
    by_station=True,
)
