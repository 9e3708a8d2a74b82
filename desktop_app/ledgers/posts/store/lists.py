"""The queries behind the lists of posts, claims and shifts. Never commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.core.picking import pick
from desktop_app.core.text import half_width
from desktop_app.ledgers.posts.rules.claim import HOLDING as HOLDING_CLAIMS
from desktop_app.ledgers.posts.rules.claim import Claim, ClaimState
from desktop_app.ledgers.posts.rules.listing import (
    ClaimFilter,
    ClaimLine,
    PostFilter,
    PostLine,
    ShiftFilter,
    ShiftLine,
)
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.shift import Shift
from desktop_app.ledgers.posts.store.shelves import CLAIM_SHELF, POST_SHELF, SHIFT_SHELF
from desktop_app.ledgers.posts.tables import CLAIM, LISTED, LIVE_CLAIM, POST, SHIFT
from desktop_app.registers.volunteers.rules.listing import VolunteerName
from desktop_app.registers.volunteers.store import names
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page

Connection = sa.Connection

BY_NUMBER = Order((POST.c.number, POST.c.uid))
NEWEST_CLAIMS = Order((CLAIM.c.claimed_on, CLAIM.c.uid), descending=True)
LATEST_SHIFTS = Order((SHIFT.c.day, SHIFT.c.uid), descending=True)

_TAKEN = (
    sa.select(sa.func.count())
    .where(
        CLAIM.c.post == POST.c.uid,
        CLAIM.c.deleted_at.is_(None),
        CLAIM.c.state.in_(HOLDING_CLAIMS),
    )
    .correlate(POST)
    .scalar_subquery()
)


def posts_page(
    connection: Connection,
    wanted: PostFilter,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[PostLine]:
    """One page of the list of posts, by number."""
    query = sa.select(POST).where(sa.text(f"post.{LISTED}"), *_equal(POST, wanted, _POST_WORDS))
    if wanted.vacant:
        query = query.where(POST.c.state == "open", POST.c.quota > _TAKEN)
    if wanted.search:
        query = query.where(POST.c.uid.in_(found(connection, wanted.search)))
    rows = page(connection, query, BY_NUMBER, cursor, size=size)
    posts = POST_SHELF.values(rows.rows)
    counts = counted(connection, [post.uid for post in posts])
    lines = {post.uid: _post_line(post, counts) for post in posts}
    return rows.map(lambda row: lines[row["uid"]])


def counted(connection: Connection, posts: Sequence[Uid]) -> dict[tuple[Uid, str], int]:
    """How many claims of each state that is not over each of these posts has."""
    if not posts:
        return {}
    query = (
        sa.select(CLAIM.c.post, CLAIM.c.state, sa.func.count())
        .where(sa.text(LIVE_CLAIM), CLAIM.c.post.in_(posts))
        .group_by(CLAIM.c.post, CLAIM.c.state)
    )
    return {(post, state): int(count) for post, state, count in connection.execute(query)}


def _post_line(post: Post, counts: Mapping[tuple[Uid, str], int]) -> PostLine:
    return PostLine(
        uid=post.uid,
        revision=post.revision,
        number=post.number,
        name=post.name,
        direction=post.direction,
        place_words=post.place_words,
        quota=post.quota,
        taken=sum(counts.get((post.uid, state.value), 0) for state in HOLDING_CLAIMS),
        waiting=counts.get((post.uid, ClaimState.WAITING.value), 0),
        pattern=post.pattern,
        from_on=post.from_on,
        until_on=post.until_on,
        state=post.state,
        station=post.station,
    )


def found(connection: Connection, text: str) -> list[Uid]:
    """The posts a text means: by number, or by name and place in memory; there are some dozens."""
    query = sa.select(POST.c.uid, POST.c.number, POST.c.name, POST.c.place_words)
    rows = connection.execute(query.where(sa.text(LISTED)).order_by(POST.c.number)).all()
    code = half_width(text).strip().upper()
    numbered = [row.uid for row in rows if row.number == code]
    return numbered or [row.uid for row in pick(rows, text, lambda r: (r.name, r.place_words))]


def claims_page(
    connection: Connection,
    wanted: ClaimFilter,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[ClaimLine]:
    """One page of claims, the newest on top."""
    query = sa.select(CLAIM).where(
        sa.text(LIVE_CLAIM if wanted.live else LISTED),
        *_equal(CLAIM, wanted, ("post", "state")),
        *_between(CLAIM.c.claimed_on, wanted.since, wanted.until),
    )
    if wanted.volunteers:
        query = query.where(CLAIM.c.volunteer.in_(wanted.volunteers))
    rows = page(connection, query, NEWEST_CLAIMS, cursor, size=size)
    lines = {one.uid: one for one in claim_lines(connection, CLAIM_SHELF.values(rows.rows))}
    return rows.map(lambda row: lines[row["uid"]])


def shifts_page(
    connection: Connection,
    wanted: ShiftFilter,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[ShiftLine]:
    """One page of shifts, the latest day on top."""
    query = sa.select(SHIFT).where(
        sa.text(LISTED),
        *_equal(SHIFT, wanted, ("post", "state")),
        *_between(SHIFT.c.day, wanted.since, wanted.until),
    )
    if wanted.volunteers:
        query = query.where(SHIFT.c.volunteer.in_(wanted.volunteers))
    rows = page(connection, query, LATEST_SHIFTS, cursor, size=size)
    lines = {one.uid: one for one in shift_lines(connection, SHIFT_SHELF.values(rows.rows))}
    return rows.map(lambda row: lines[row["uid"]])


def claim_lines(connection: Connection, claims: Sequence[Claim]) -> tuple[ClaimLine, ...]:
    """These claims as lines; a post or a volunteer that has not come yet stays without a name."""
    posts, people = _joined(connection, claims)
    return tuple(
        ClaimLine(
            uid=one.uid,
            revision=one.revision,
            post=one.post,
            post_number=posts[one.post].number if one.post in posts else "",
            post_name=posts[one.post].name if one.post in posts else "",
            volunteer=one.volunteer,
            volunteer_number=people[one.volunteer].number if one.volunteer in people else "",
            name=people[one.volunteer].name if one.volunteer in people else "",
            phone=people[one.volunteer].phone if one.volunteer in people else "",
            state=one.state,
            claimed_on=one.claimed_on,
            approved_on=one.approved_on,
            ended_on=one.ended_on,
            station=one.station,
        )
        for one in claims
    )


def shift_lines(connection: Connection, shifts: Sequence[Shift]) -> tuple[ShiftLine, ...]:
    """These shifts as lines, likewise."""
    posts, people = _joined(connection, shifts)
    return tuple(
        ShiftLine(
            uid=one.uid,
            revision=one.revision,
            post=one.post,
            post_number=posts[one.post].number if one.post in posts else "",
            post_name=posts[one.post].name if one.post in posts else "",
            place_words=posts[one.post].place_words if one.post in posts else "",
            volunteer=one.volunteer,
            volunteer_number=people[one.volunteer].number if one.volunteer in people else "",
            name=people[one.volunteer].name if one.volunteer in people else "",
            phone=people[one.volunteer].phone if one.volunteer in people else "",
            day=one.day,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            override_reason=one.override_reason,
            state=one.state,
            service=one.service,
            station=one.station,
        )
        for one in shifts
    )


def _joined(
    connection: Connection, found: Sequence[Claim] | Sequence[Shift]
) -> tuple[Mapping[Uid, Post], Mapping[Uid, VolunteerName]]:
    posts = POST_SHELF.many(connection, list({one.post for one in found}))
    return posts, names(connection, [one.volunteer for one in found])


_POST_WORDS = ("state", "direction", "team", "compound")


def _equal(table: sa.Table, wanted: Any, words: Iterable[str]) -> list[sa.ColumnElement[bool]]:
    """Equality where something is wanted, and the stations."""
    narrowed = [
        table.c[word] == getattr(wanted, word)
        for word in words
        if getattr(wanted, word) is not None
    ]
    return [*narrowed, *([table.c.station.in_(wanted.stations)] if wanted.stations else [])]


def _between(
    column: sa.Column[Any], since: date | None, until: date | None
) -> list[sa.ColumnElement[bool]]:
    found = [] if since is None else [column >= since]
    return found if until is None else [*found, column <= until]
