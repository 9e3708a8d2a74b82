"""Posts: set up, changed, closed with all that hangs on them, opened again."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import store
from desktop_app.ledgers.posts.record import POSTS
from desktop_app.ledgers.posts.rules.claim_steps import ended_with_post, taken
from desktop_app.ledgers.posts.rules.course import reason
from desktop_app.ledgers.posts.rules.post import NUMBER_SERIES, Post, PostAction, PostStep
from desktop_app.ledgers.posts.rules.post_entry import (
    PostForm,
    SamePost,
    checked,
    differences,
    opened,
)
from desktop_app.ledgers.posts.rules.post_steps import changed as put_right
from desktop_app.ledgers.posts.rules.post_steps import closed, refuse_unless, reopened
from desktop_app.ledgers.posts.rules.shift_steps import called_off
from desktop_app.ledgers.posts.service.parts import ALL_KINDS, moment, seen
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk, Unit

_LABELS = {field.name: field.label for field in POSTS.fields}


def open_post(desk: Desk, form: PostForm) -> Changed[Post]:
    """Set up a post. Raises `InvalidInput` with every problem of the form, and `SamePost` when an
    open one is called so."""
    with desk.unit_of_work("设岗", needs=Right.HANDLE) as unit:
        saved = open_post_in(unit, form)
    return changed(POSTS.name, saved.uid, saved, undo=_back_out(saved))


def open_post_in(unit: Unit, form: PostForm) -> Post:
    """The same as part of a unit of work."""
    now = moment(unit)
    tidy = checked(form, now.today)
    _refuse_same(unit, tidy.name)
    number = next_number(unit, now.today.year, series=NUMBER_SERIES)
    saved = store.POST_SHELF.put(unit, opened(tidy, unit.new_uid(), unit.station.code, number, now))
    unit.about(saved.number)
    return saved


def change_post(desk: Desk, uid: Uid, revision: int, form: PostForm) -> Changed[Post]:
    """Change a post; its quota never falls below the places that are taken. Shifts that are planned
    keep their times."""
    with desk.unit_of_work("修改岗位", needs=Right.HANDLE) as unit:
        before = seen(unit, store.POST_SHELF, uid, revision)
        refuse_unless(before, PostAction.CHANGE)
        now = moment(unit)
        dated = replace(form, from_on=form.from_on or before.from_on)
        changes = differences(before, checked(dated, now.today))
        if not changes:
            raise UserError("没有任何改动，没有保存。", "请改好后再保存。")
        if "name" in changes:
            _refuse_same(unit, changes["name"], own=uid)
        named = "、".join(_LABELS[name] for name in changes)
        held = taken(store.live_claims(unit.connection, uid))
        saved = store.POST_SHELF.put(unit, put_right(before, changes, named, held, now))
        unit.about(saved.number, named)
    return changed(POSTS.name, uid, saved, undo=_undo("撤销修改", before, saved))


def close_post(desk: Desk, uid: Uid, revision: int, words: str) -> Changed[Post]:
    """停用: its claims end, and its shifts that have not begun are called off. What was held stays.
    Cannot be undone; it can be opened again."""
    with desk.unit_of_work("停用岗位", needs=Right.HANDLE) as unit:
        before = seen(unit, store.POST_SHELF, uid, revision)
        refuse_unless(before, PostAction.CLOSE)
        now, why = moment(unit), reason(words, "停用的原因")
        claims = store.live_claims(unit.connection, uid)
        shifts = store.planned_from(unit.connection, uid, unit.now)
        saved = store.POST_SHELF.put(unit, closed(before, why, len(claims), len(shifts), now))
        for claim in claims:
            store.CLAIM_SHELF.put(unit, ended_with_post(claim, why, now))
        for shift in shifts:
            store.SHIFT_SHELF.put(unit, called_off(shift, why, now))
        unit.about(saved.number, saved.steps[-1].words)
    return Changed(ALL_KINDS, (uid,), saved)


def reopen_post(desk: Desk, uid: Uid, revision: int) -> Changed[Post]:
    """恢复: it may be claimed again."""
    with desk.unit_of_work("恢复岗位", needs=Right.HANDLE) as unit:
        before = seen(unit, store.POST_SHELF, uid, revision)
        refuse_unless(before, PostAction.REOPEN)
        _refuse_same(unit, before.name, own=uid)
        saved = store.POST_SHELF.put(unit, reopened(before, moment(unit)))
        unit.about(saved.number)
    return changed(POSTS.name, uid, saved)


def _refuse_same(unit: Unit, name: str, own: Uid | None = None) -> None:
    for other in store.named(unit.connection, name):
        if other.open and other.uid != own and other.station == unit.station.code:
            raise SamePost(other)


def _undo(label: str, before: Post, saved: Post) -> Undo:
    """The way back: the post as it was, with one more step that says so."""

    def undo(desk: Desk) -> Changed[Post]:
        with desk.unit_of_work("撤销岗位的上一步", needs=Right.HANDLE) as unit:
            seen(unit, store.POST_SHELF, saved.uid, saved.revision)
            if before.name != saved.name:
                _refuse_same(unit, before.name, own=saved.uid)
            held = taken(store.live_claims(unit.connection, saved.uid))
            now = moment(unit)
            put_right(saved, {"quota": before.quota}, "", held, now)
            step = PostStep(now.at, now.actor, PostAction.UNDO, before.state)
            put = store.POST_SHELF.put(
                unit, altered(before, revision=saved.revision, steps=(*saved.steps, step))
            )
            unit.about(put.number)
        return changed(POSTS.name, put.uid, put)

    return Undo(label, undo)


def _back_out(saved: Post) -> Undo:
    """A post that was set up by mistake goes; its number is not used again."""

    def undo(desk: Desk) -> Changed[Post]:
        with desk.unit_of_work("撤销设岗", needs=Right.HANDLE) as unit:
            now = seen(unit, store.POST_SHELF, saved.uid, saved.revision)
            if store.used(unit.connection, now.uid):
                raise UserError(
                    "这个岗位已有人认领或排过班，不能撤销，没有改动。", "不再需要的请“停用”。"
                )
            gone = store.POST_SHELF.remove(unit, now)
            unit.about(gone.number)
        return changed(POSTS.name, gone.uid, gone)

    return Undo("撤销设岗", undo)
