"""Shifts: planned, moved, noted as done or missed, called off. Nobody is at two places at once, but
where somebody says why; that stays with the shift and stands on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import store
from desktop_app.ledgers.posts.record import SHIFTS
from desktop_app.ledgers.posts.rules.fitness import refuse_unfit
from desktop_app.ledgers.posts.rules.pattern import Slot, span_words
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftAction, ShiftState
from desktop_app.ledgers.posts.rules.shift_entry import (
    Clash,
    ShiftForm,
    checked,
    clashing,
    override_of,
    planned,
    refuse_no_post,
    refuse_twice,
    slot_for,
)
from desktop_app.ledgers.posts.rules.shift_steps import (
    keeps_again,
    moved,
    refuse_unless,
    take_step,
    taken_back,
    with_service,
    without_service,
)
from desktop_app.ledgers.posts.service.parts import locked_people, moment, seen
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.session import Desk, Unit


def plan(desk: Desk, form: ShiftForm) -> Changed[Shift]:
    """Plan one shift.

    Raises `InvalidInput` with everything the form leaves open, `Clash` when the person is somewhere
    else then and the form does not say why that may be, and what stands against post or person.
    """
    with desk.unit_of_work("排班", needs=Right.HANDLE) as unit:
        saved = plan_in(unit, form)
    return changed(SHIFTS.name, saved.uid, saved, undo=back_out([saved]))


def plan_many(desk: Desk, forms: Sequence[ShiftForm]) -> Changed[tuple[Shift, ...]]:
    """Plan several shifts, all or none of them: a proposal that somebody has looked over."""
    with desk.unit_of_work("排班", needs=Right.HANDLE) as unit:
        saved = plan_many_in(unit, forms)
        unit.about("", f"{len(saved)} 班")
    uids = tuple(one.uid for one in saved)
    return Changed(frozenset({SHIFTS.name}), uids, saved, back_out(saved))


def plan_many_in(unit: Unit, forms: Sequence[ShiftForm]) -> tuple[Shift, ...]:
    """The same as part of a unit of work."""
    lock_all(unit, forms)
    return tuple(plan_in(unit, form) for form in forms)


def lock_all(unit: Unit, forms: Sequence[ShiftForm]) -> None:
    """Lock all posts and people of several shifts in the order that every desk keeps."""
    _lock_posts(unit, [form.post for form in forms if form.post is not None])
    locked_people(unit, [form.volunteer for form in forms if form.volunteer is not None])


def _lock_posts(unit: Unit, posts: Sequence[Uid]) -> None:
    for post in sorted(set(posts)):
        store.to_change(unit.connection, store.POST_SHELF, post)


def plan_in(unit: Unit, form: ShiftForm) -> Shift:
    """One shift as part of a unit of work; refused before anything of it is written."""
    now = moment(unit)
    checked(form, now.today)
    assert form.post is not None, "checked"
    assert form.volunteer is not None, "checked"
    post = store.to_change(unit.connection, store.POST_SHELF, form.post)
    same = locked_people(unit, [form.volunteer])[form.volunteer]
    slot = slot_for(form, post, unit.zone)
    refuse_no_post(post, slot)
    _refuse_unfit(unit, post, same[0], slot)
    override = _override(unit, post, same, slot, form.override)
    fresh = planned(replace(form, volunteer=same[0]), post, slot, unit.new_uid(), override, now)
    saved = store.SHIFT_SHELF.put(unit, fresh)
    unit.about(post.number, _words(unit, saved))
    return saved


def move(
    desk: Desk, uid: Uid, revision: int | None, form: ShiftForm, words: str = ""
) -> Changed[Shift]:
    """调班: another day, other hours, another person. What the form leaves open stays; the post
    does. Raises as `plan`."""
    with desk.unit_of_work("调班", needs=Right.HANDLE) as unit:
        post, before = _seen_shift(unit, uid, revision)
        refuse_unless(before, ShiftAction.MOVE)
        told = _filled_up(unit, before, form)
        checked(told, unit.zone.day(unit.now))
        assert told.volunteer is not None, "checked"
        slot = slot_for(told, post, unit.zone)
        if slot.day != before.day:
            refuse_no_post(post, slot)
        same = locked_people(unit, [told.volunteer])[told.volunteer]
        if (same[0], slot.starts_at, slot.ends_at) == (
            before.volunteer, before.starts_at, before.ends_at,
        ):  # fmt: skip
            raise UserError("没有任何改动，没有保存。", "请改时间或换人后再保存。")
        _refuse_unfit(unit, post, same[0], slot)
        override = _override(unit, post, same, slot, form.override, own=uid)
        after = moved(before, same[0], slot, override, words, moment(unit))
        saved = store.SHIFT_SHELF.put(unit, after)
        unit.about(post.number, f"{_words(unit, before)} → {_words(unit, saved)}")
    return changed(SHIFTS.name, uid, saved, undo=_undo(ShiftAction.MOVE, before, saved))


def act_on_shift(
    desk: Desk,
    uid: Uid,
    action: ShiftAction,
    revision: int | None,
    words: str = "",
    *,
    override: str = "",
) -> Changed[Shift]:
    """到岗, 缺勤 or 取消 (why). Raises `Clash` where somebody noted as absent was there after all,
    is held elsewhere by now, and no `override` says why that may be."""
    with desk.unit_of_work(f"值班：{action.label}", needs=Right.HANDLE) as unit:
        before, saved = _act_in(unit, uid, action, revision, words, override)
    return changed(SHIFTS.name, uid, saved, undo=_undo(action, before, saved))


def act_on_shifts(
    desk: Desk, uids: Sequence[Uid], action: ShiftAction, words: str = ""
) -> Changed[tuple[Shift, ...]]:
    """The same step on several shifts as they stand, all or none: everybody of an evening."""
    with desk.unit_of_work(f"值班：{action.label}", needs=Right.HANDLE) as unit:
        known = store.SHIFT_SHELF.many(unit.connection, uids)
        _lock_posts(unit, [one.post for one in known.values()])
        saved = tuple(_act_in(unit, uid, action, None, words, "")[1] for uid in sorted(set(uids)))
        unit.about("", f"{len(saved)} 班")
    return Changed(frozenset({SHIFTS.name}), tuple(one.uid for one in saved), saved)


def _act_in(
    unit: Unit, uid: Uid, action: ShiftAction, revision: int | None, words: str, override: str
) -> tuple[Shift, Shift]:
    post, before = _seen_shift(unit, uid, revision)
    refuse_unless(before, action)
    why = _again(unit, post, before, override) if keeps_again(before, action) else ""
    saved = store.SHIFT_SHELF.put(unit, take_step(before, action, words, moment(unit), why))
    unit.about(post.number, f"{_words(unit, saved)} {before.state.label} → {saved.state.label}")
    return before, saved


def link_service_in(
    unit: Unit, uid: Uid, service: Uid, number: str, *, override: str = ""
) -> Shift:
    """Note in which service record the minutes of a shift stand: whoever has one was there."""
    post, before = _seen_shift(unit, uid, None)
    refuse_unless(before, ShiftAction.LINK)
    again = keeps_again(before, ShiftAction.LINK)
    why = _again(unit, post, before, override) if again else ""
    return store.SHIFT_SHELF.put(unit, with_service(before, service, number, moment(unit), why))


def unlink_service_in(unit: Unit, uid: Uid, words: str) -> Shift:
    """The service record of a shift was made void; the shift stays as it is.

    Whoever makes it void has locked the volunteer: the post, which comes before, is left alone.
    """
    before = seen(unit, store.SHIFT_SHELF, uid, None)
    return store.SHIFT_SHELF.put(unit, without_service(before, words, moment(unit)))


def _seen_shift(unit: Unit, uid: Uid, revision: int | None) -> tuple[Post, Shift]:
    """The shift with its post, both locked."""
    known = store.SHIFT_SHELF.need(unit.connection, uid)
    post = store.to_change(unit.connection, store.POST_SHELF, known.post)
    return post, seen(unit, store.SHIFT_SHELF, uid, revision)


def _filled_up(unit: Unit, before: Shift, form: ShiftForm) -> ShiftForm:
    """The form with what it leaves open as the shift has it."""
    starts, ends = (unit.zone.local(at) for at in (before.starts_at, before.ends_at))
    return replace(
        form,
        post=before.post,
        volunteer=form.volunteer or before.volunteer,
        day=form.day or before.day,
        starts=form.starts or (starts.hour, starts.minute),
        ends=form.ends or (ends.hour, ends.minute),
    )


def _refuse_unfit(unit: Unit, post: Post, kept: Uid, slot: Slot) -> None:
    refuse_unfit(post, volunteers.fitness(unit.connection, [kept]).get(kept), slot.day)


def _override(
    unit: Unit,
    post: Post,
    same: Sequence[Uid],
    slot: Slot,
    said: str,
    own: Uid | None = None,
) -> str:
    """Why this person may be here at this time though held elsewhere; empty where nothing holds.
    Raises `Clash` when something does and nothing is said."""
    held = store.holding(unit.connection, same, slot.starts_at, slot.ends_at)
    clashes = clashing(held, slot.starts_at, slot.ends_at, own)
    refuse_twice(post, clashes)
    override = override_of(clashes, said)
    if clashes and not override:
        other = store.POST_SHELF.get(unit.connection, clashes[0].post)
        raise Clash(clashes[0], other.name if other else "别的岗位", unit.zone)
    return override


def _again(unit: Unit, post: Post, shift: Shift, said: str) -> str:
    """The same for a shift that kept nobody for a while and now would again."""
    same = locked_people(unit, [shift.volunteer])[shift.volunteer]
    slot = Slot(shift.starts_at, shift.ends_at, shift.day)
    return _override(unit, post, same, slot, said, shift.uid)


def _words(unit: Unit, shift: Shift) -> str:
    return span_words(shift.starts_at, shift.ends_at, unit.zone)


def _undo(action: ShiftAction, before: Shift, saved: Shift) -> Undo:
    """The way back, unless the person is held elsewhere meanwhile or the post is closed."""

    def undo(desk: Desk) -> Changed[Shift]:
        with desk.unit_of_work("撤销值班的上一步", needs=Right.HANDLE) as unit:
            post, now = _seen_shift(unit, saved.uid, saved.revision)
            if before.state is ShiftState.PLANNED and before.starts_at > unit.now:
                refuse_no_post(post, Slot(before.starts_at, before.ends_at, before.day))
            why = _again(unit, post, before, before.override_reason) if before.holding else ""
            put = store.SHIFT_SHELF.put(unit, taken_back(before, now, why, moment(unit)))
            unit.about(post.number, f"{saved.state.label} → {put.state.label}")
        return changed(SHIFTS.name, put.uid, put)

    return Undo(f"撤销{action.label}", undo)


def back_out(saved: Sequence[Shift]) -> Undo:
    """Shifts that were planned by mistake go, if none of them has been touched since."""

    def undo(desk: Desk) -> Changed[tuple[Shift, ...]]:
        with desk.unit_of_work("撤销排班", needs=Right.HANDLE) as unit:
            gone = tuple(
                store.SHIFT_SHELF.remove(unit, seen(unit, store.SHIFT_SHELF, one.uid, one.revision))
                for one in saved
            )
            unit.about("", f"{len(gone)} 班")
        return Changed(frozenset({SHIFTS.name}), tuple(one.uid for one in gone), gone)

    return Undo("撤销排班", undo)
