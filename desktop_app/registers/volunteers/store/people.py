"""Volunteers with what their residents' files say of them: names, lines of lists, birthdays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.registers.places.tables import PLACE
from desktop_app.registers.residents.rules import address_text, age_on
from desktop_app.registers.residents.tables import PERSON_KEY, RESIDENT
from desktop_app.registers.volunteers.rules.listing import (
    Expiring,
    Fitness,
    VolunteerFilter,
    VolunteerLine,
    VolunteerName,
)
from desktop_app.registers.volunteers.rules.volunteer import VolunteerState
from desktop_app.registers.volunteers.rules.words import Skill
from desktop_app.registers.volunteers.store.shelves import LISTED_VOLUNTEER, kept_uid
from desktop_app.registers.volunteers.tables import MEMBERSHIP, TEAM, VOLUNTEER
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page

Connection = sa.Connection

BY_NUMBER = Order((VOLUNTEER.c.number, VOLUNTEER.c.uid))

SKILLS = {skill.value: skill for skill in Skill}
_STATES = {state.value: state for state in VolunteerState}
_MERGED, _MERGED_AGAIN = RESIDENT.alias("merged"), RESIDENT.alias("merged_again")
FILE = sa.func.coalesce(_MERGED_AGAIN.c.merged_into, _MERGED.c.merged_into, VOLUNTEER.c.resident)
"""The file that the volunteer's is part of now: merging residents changes no volunteer, and can be
undone. A file that was merged more than twice on its way is looked for no further."""


def with_file(volunteers: sa.FromClause) -> sa.Join:
    """What holds `VOLUNTEER`, joined with the person's file as `RESIDENT`."""
    return (
        volunteers.outerjoin(_MERGED, _MERGED.c.uid == VOLUNTEER.c.resident)
        .outerjoin(_MERGED_AGAIN, _MERGED_AGAIN.c.uid == _MERGED.c.merged_into)
        .outerjoin(RESIDENT, RESIDENT.c.uid == FILE)
    )


_PERSON = with_file(VOLUNTEER)
_NAME = sa.func.coalesce(RESIDENT.c.name, "").label("name")
_GENDER = sa.func.coalesce(RESIDENT.c.gender, int(Gender.UNKNOWN)).label("gender")


# --- who a uid is ---------------------------------------------------------------------------------

_NAMES = sa.select(
    VOLUNTEER.c.uid,
    VOLUNTEER.c.number,
    VOLUNTEER.c.merged_into,
    _NAME,
    _GENDER,
    RESIDENT.c.phones,
).select_from(_PERSON)


def names(connection: Connection, uids: Iterable[Uid]) -> Mapping[Uid, VolunteerName]:
    """Whom these uids mean; for a merged volunteer whom it was merged into. An unknown uid is left
    out."""
    wanted = list(dict.fromkeys(uids))
    found = _names(connection, wanted)
    merged = {uid: kept_uid(connection, uid) for uid, (_, into) in found.items() if into}
    kept = _names(connection, list(dict.fromkeys(merged.values())))
    known = {uid: name for uid, (name, _) in found.items()}
    return known | {uid: kept[into][0] for uid, into in merged.items() if into in kept}


def _names(
    connection: Connection, uids: Sequence[Uid]
) -> dict[Uid, tuple[VolunteerName, Uid | None]]:
    if not uids:
        return {}
    rows = connection.execute(_NAMES.where(VOLUNTEER.c.uid.in_(uids)))
    return {
        row.uid: (
            VolunteerName(row.uid, row.number, row.name, Gender(row.gender), _phone(row.phones)),
            row.merged_into,
        )
        for row in rows
    }


def _phone(phones: Sequence[Any] | None) -> str:
    return mask_phone(phones[0]["number"]) if phones else ""


def fitness(connection: Connection, uids: Iterable[Uid]) -> Mapping[Uid, Fitness]:
    """What decides whether these listed volunteers may take a post; others are left out."""
    query = (
        sa.select(
            VOLUNTEER.c.uid,
            VOLUNTEER.c.number,
            _NAME,
            RESIDENT.c.birth,
            VOLUNTEER.c.state,
            VOLUNTEER.c.insured_until,
        )
        .select_from(_PERSON)
        .where(VOLUNTEER.c.uid.in_(list(dict.fromkeys(uids))), LISTED_VOLUNTEER)
    )
    return {
        row.uid: Fitness(
            row.uid, row.number, row.name, row.birth, _STATES[row.state], row.insured_until
        )
        for row in connection.execute(query)
    }


# --- lines of lists -------------------------------------------------------------------------------

_LINES = sa.select(
    VOLUNTEER.c.uid,
    VOLUNTEER.c.revision,
    VOLUNTEER.c.number,
    _NAME,
    _GENDER,
    RESIDENT.c.birth,
    sa.func.coalesce(PLACE.c.name, "").label("compound_name"),
    sa.func.coalesce(RESIDENT.c.building, "").label("building"),
    sa.func.coalesce(RESIDENT.c.unit, "").label("unit"),
    sa.func.coalesce(RESIDENT.c.room, "").label("room"),
    RESIDENT.c.phones,
    VOLUNTEER.c.state,
    VOLUNTEER.c.registered_on,
    VOLUNTEER.c.station,
    VOLUNTEER.c.skills,
).select_from(_PERSON.outerjoin(PLACE, PLACE.c.uid == RESIDENT.c.compound))


def page_of(
    connection: Connection,
    wanted: VolunteerFilter,
    words: Sequence[tuple[str, str]],
    today: date,
    cursor: str | None = FIRST,
    *,
    among: Sequence[Uid] | None = None,
    size: int = PAGE_SIZE,
) -> Page[VolunteerLine]:
    """One page of the list, by number. `words` is what `wanted.search` says as ranges of keys,
    `among` those of whom `wanted.soon` is true."""
    query = _LINES.where(LISTED_VOLUNTEER)
    if among is not None:
        query = query.where(VOLUNTEER.c.uid.in_(among))
    if wanted.search:
        query = query.where(_meant(wanted.search, words))
    if wanted.state is not None:
        query = query.where(VOLUNTEER.c.state == wanted.state)
    if wanted.team is not None:
        inside = sa.select(MEMBERSHIP.c.volunteer).where(
            MEMBERSHIP.c.team == wanted.team, held_on(today)
        )
        query = query.where(VOLUNTEER.c.uid.in_(inside))
    for column, member in (("directions", wanted.direction), ("skills", wanted.skill)):
        if member is not None:
            # The list is spelled canonically, and a member is a word of ours in quotation marks.
            query = query.where(_json(column).contains(f'"{member.value}"', autoescape=True))
    if wanted.chosen:
        query = query.where(VOLUNTEER.c.uid.in_(wanted.chosen))
    if wanted.stations:
        query = query.where(VOLUNTEER.c.station.in_(wanted.stations))
    found = page(connection, query, BY_NUMBER, cursor, size=size)
    teams = teams_words(connection, [row["uid"] for row in found.rows], today)
    return found.map(lambda row: _line(row, teams, today))


def _json(column: str) -> sa.ColumnElement[str]:
    return sa.type_coerce(VOLUNTEER.c[column], sa.Text())


def _line(row: Any, teams: Mapping[Uid, str], today: date) -> VolunteerLine:
    return VolunteerLine(
        uid=row["uid"],
        revision=row["revision"],
        number=row["number"],
        name=row["name"],
        gender=Gender(row["gender"]),
        age=None if row["birth"] is None else age_on(row["birth"], today),
        address=address_text(row["compound_name"], row["building"], row["unit"], row["room"]),
        phone=_phone(row["phones"]),
        teams=teams.get(row["uid"], ""),
        state=_STATES[row["state"]],
        registered_on=row["registered_on"],
        station=row["station"],
        skills=tuple(SKILLS[one] for one in row["skills"] or ()),
    )


def held_on(day: date) -> sa.ColumnElement[bool]:
    """Whether a membership counts on that day: from the day of joining up to, without, the day of
    leaving."""
    return sa.and_(
        MEMBERSHIP.c.deleted_at.is_(None),
        MEMBERSHIP.c.joined_on <= day,
        sa.or_(MEMBERSHIP.c.left_on.is_(None), MEMBERSHIP.c.left_on > day),
    )


def teams_words(connection: Connection, volunteers: Sequence[Uid], day: date) -> dict[Uid, str]:
    """The names of everybody's teams on that day, in the order of joining."""
    if not volunteers:
        return {}
    query = (
        sa.select(MEMBERSHIP.c.volunteer, TEAM.c.name)
        .select_from(MEMBERSHIP.join(TEAM, TEAM.c.uid == MEMBERSHIP.c.team))
        .where(MEMBERSHIP.c.volunteer.in_(volunteers), held_on(day))
        .order_by(MEMBERSHIP.c.joined_on, MEMBERSHIP.c.uid)
    )
    found: dict[Uid, list[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.volunteer, []).append(row.name)
    return {uid: "、".join(teams) for uid, teams in found.items()}


# --- the box --------------------------------------------------------------------------------------


def _meant(text: str, words: Sequence[tuple[str, str]]) -> sa.ColumnElement[bool]:
    """Whether a text means a volunteer: by the number, whole or its last digits, or by the keys of
    the resident's file (name, pinyin, initials, ends of telephones, door)."""
    if not words:
        return _numbered(text)
    return sa.or_(_numbered(text), sa.and_(*(_has(low, high) for low, high in words)))


def _numbered(text: str) -> sa.ColumnElement[bool]:
    whole = VOLUNTEER.c.number == text.upper()
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        return whole
    return sa.or_(whole, VOLUNTEER.c.number.endswith(f"-{int(text):0{_DIGITS}d}"))


_DIGITS = 5
"""Of the counter at the end of a number."""


def _has(low: str, high: str) -> sa.ColumnElement[bool]:
    """Whether the person has a key in that range, looked up among the person's own keys: there are
    a few hundred volunteers among a hundred thousand residents."""
    own = PERSON_KEY.c.person == FILE
    found = sa.select(1).where(own, PERSON_KEY.c.key >= low, PERSON_KEY.c.key < high)
    return sa.exists(found)


def found(
    connection: Connection,
    text: str,
    words: Sequence[tuple[str, str]],
    today: date,
    limit: int,
) -> tuple[VolunteerLine, ...]:
    """Up to `limit` volunteers whom a text means: who is 在册 first, then who has that number or
    the first word wholly, then by name."""
    exact = _numbered(text)
    if words:
        own = PERSON_KEY.c.person == FILE
        exact = sa.or_(exact, sa.exists(sa.select(1).where(own, PERSON_KEY.c.key == words[0][0])))
    active = sa.case((VOLUNTEER.c.state == VolunteerState.ACTIVE, 0), else_=1)
    query = (
        _LINES.where(LISTED_VOLUNTEER, _meant(text, words))
        .order_by(
            active,
            sa.case((exact, 0), else_=1),
            sa.func.coalesce(RESIDENT.c.sort_key, ""),
            VOLUNTEER.c.uid,
        )
        .limit(limit)
    )
    rows = connection.execute(query).mappings().all()
    teams = teams_words(connection, [row["uid"] for row in rows], today)
    return tuple(_line(row, teams, today) for row in rows)


# --- reminders ------------------------------------------------------------------------------------

_ACTIVE = sa.and_(LISTED_VOLUNTEER, VOLUNTEER.c.state == VolunteerState.ACTIVE)


def births(connection: Connection) -> list[tuple[Uid, str, str, date]]:
    """Uid, number, name and birth of everybody who is 在册 and whose birth is known."""
    query = (
        sa.select(VOLUNTEER.c.uid, VOLUNTEER.c.number, RESIDENT.c.name, RESIDENT.c.birth)
        .select_from(_PERSON)
        .where(_ACTIVE, RESIDENT.c.birth.is_not(None))
        .order_by(VOLUNTEER.c.number)
    )
    return [(row.uid, row.number, row.name, row.birth) for row in connection.execute(query)]


def expiring(connection: Connection, until: date) -> tuple[Expiring, ...]:
    """Who is 在册 and insured up to that day or less, the earliest first."""
    query = (
        sa.select(VOLUNTEER.c.uid, VOLUNTEER.c.number, _NAME, VOLUNTEER.c.insured_until)
        .select_from(_PERSON)
        .where(_ACTIVE, VOLUNTEER.c.insured_until <= until)
        .order_by(VOLUNTEER.c.insured_until, VOLUNTEER.c.number)
    )
    return tuple(
        Expiring(row.uid, row.number, row.name, row.insured_until)
        for row in connection.execute(query)
    )
