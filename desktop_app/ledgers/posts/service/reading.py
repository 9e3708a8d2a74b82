"""Looking at posts, claims and shifts: pages, one record with its story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.codec import canonical, encode
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.posts import store
from desktop_app.ledgers.posts.record import POSTS
from desktop_app.ledgers.posts.rules import claim_steps, post_steps, shift_steps
from desktop_app.ledgers.posts.rules.claim import Claim, ClaimAction
from desktop_app.ledgers.posts.rules.listing import (
    ClaimFilter,
    ClaimLine,
    PostFilter,
    PostLine,
    ShiftFilter,
    ShiftLine,
)
from desktop_app.ledgers.posts.rules.post import Post, PostAction
from desktop_app.ledgers.posts.rules.post_entry import PostForm, form_of
from desktop_app.ledgers.posts.rules.roster import Person
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftAction
from desktop_app.ledgers.posts.service.parts import people
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.audit import AuditEntry, entries
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk

_HIDDEN = "***"
_MOST_CLAIMS = 500


@dataclass(frozen=True, slots=True)
class PostHistory:
    """A post (its remark hidden), its claims, the newest first, what may be done now, and the
    audit's lines on its number, those of its claims and shifts among them, the latest first."""

    post: Post
    claims: tuple[ClaimLine, ...]
    allowed: tuple[PostAction, ...]
    entries: tuple[AuditEntry, ...]


@dataclass(frozen=True, slots=True)
class ClaimHistory:
    """A claim as it is kept and as a list shows it, and what may be done now."""

    claim: Claim
    line: ClaimLine
    allowed: tuple[ClaimAction, ...]


@dataclass(frozen=True, slots=True)
class ShiftHistory:
    """A shift as it is kept and as a list shows it, and what may be done now."""

    shift: Shift
    line: ShiftLine
    allowed: tuple[ShiftAction, ...]


def posts_page(
    desk: Desk,
    wanted: PostFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[PostLine]:
    """One page of the list of posts, by number."""
    wanted = wanted or PostFilter()
    wanted = replace(wanted, search=visible(wanted.search).strip())
    with desk.reading(needs=Right.READ) as connection:
        return store.posts_page(connection, wanted, cursor, size=size)


def claims_page(
    desk: Desk,
    wanted: ClaimFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[ClaimLine]:
    """One page of claims, the newest on top."""
    with desk.reading(needs=Right.READ) as connection:
        return store.claims_page(connection, wanted or ClaimFilter(), cursor, size=size)


def shifts_page(
    desk: Desk,
    wanted: ShiftFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[ShiftLine]:
    """One page of shifts, the latest day on top."""
    with desk.reading(needs=Right.READ) as connection:
        return store.shifts_page(connection, wanted or ShiftFilter(), cursor, size=size)


def get_post(desk: Desk, uid: Uid) -> Post:
    """One post, its remark hidden; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return _masked(store.POST_SHELF.need(connection, uid))


def get_claim(desk: Desk, uid: Uid) -> Claim:
    """One claim; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return store.CLAIM_SHELF.need(connection, uid)


def get_shift(desk: Desk, uid: Uid) -> Shift:
    """One shift; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return store.SHIFT_SHELF.need(connection, uid)


def post_for_editing(desk: Desk, uid: Uid) -> PostForm:
    """The whole form of a post, logged like a reveal."""
    with desk.unit_of_work("打开岗位修改", needs=Right.REVEAL) as unit:
        post = store.POST_SHELF.need(unit.connection, uid)
        unit.about(post.number)
    return form_of(post)


def post_history(desk: Desk, uid: Uid) -> PostHistory:
    """One post with its claims and what was done, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        post = store.POST_SHELF.need(connection, uid)
        claims = store.claims_page(connection, ClaimFilter(post=uid), size=_MOST_CLAIMS)
        lines = tuple(entries(connection, subject=post.number))
    return PostHistory(_masked(post), claims.rows, post_steps.allowed(post), lines)


def claim_history(desk: Desk, uid: Uid) -> ClaimHistory:
    """One claim with what may be done now."""
    with desk.reading(needs=Right.READ) as connection:
        claim = store.CLAIM_SHELF.need(connection, uid)
        (line,) = store.claim_lines(connection, [claim])
    return ClaimHistory(claim, line, claim_steps.allowed(claim))


def shift_history(desk: Desk, uid: Uid) -> ShiftHistory:
    """One shift with what may be done now."""
    with desk.reading(needs=Right.READ) as connection:
        shift = store.SHIFT_SHELF.need(connection, uid)
        (line,) = store.shift_lines(connection, [shift])
    return ShiftHistory(shift, line, shift_steps.allowed(shift))


def read_out_post(desk: Desk, uid: Uid, field: str) -> str:
    """A private field in full, as text; written to the audit with the post's number."""
    described = POSTS.field(field)
    if not described.private:
        raise UserError(f"“{described.label}”没有遮挡，不用单独查看。", "请直接看这一条。")
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        post = store.POST_SHELF.need(unit.connection, uid)
        unit.about(post.number, described.label)
    value = encode(getattr(post, field))
    return value if isinstance(value, str) else canonical(value)


def named(desk: Desk, uids: Iterable[Uid]) -> Mapping[Uid, Person]:
    """Who these volunteers are, for a proposal that names them by uid only."""
    with desk.reading(needs=Right.READ) as connection:
        return people(connection, uids)


def claims_of(desk: Desk, volunteer: Uid) -> tuple[ClaimLine, ...]:
    """Every claim of a person under any spelling, the newest first."""
    with desk.reading(needs=Right.READ) as connection:
        same = volunteers.as_one(connection, volunteer)
        wanted = ClaimFilter(volunteers=same)
        return store.claims_page(connection, wanted, size=_MOST_CLAIMS).rows


def shifts_of(desk: Desk, volunteer: Uid, first: date, last: date) -> tuple[ShiftLine, ...]:
    """Every shift of a person under any spelling that begins on these days, the earliest first."""
    with desk.reading(needs=Right.READ) as connection:
        same = volunteers.as_one(connection, volunteer)
        return store.shift_lines(connection, store.shifts_of(connection, same, first, last))


def _masked(post: Post) -> Post:
    return altered(post, remark=_HIDDEN if post.remark else "")
