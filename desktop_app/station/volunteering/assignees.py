"""Whom a request can be given to by name: volunteers, teams, posts (个人、队伍、岗位)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import store as posts
from desktop_app.ledgers.requests.rules.request import Assignee, AssigneeKind
from desktop_app.registers.residents.search import word_ranges
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.session import Desk

_MOST = 20
Search = Callable[[Any, Desk, str], list[Assignee]]


def found_assignees(desk: Desk, kind: AssigneeKind, text: str) -> tuple[Assignee, ...]:
    """Whom a number or a name (for people initials, too) means; nobody for 本站 and 共建单位."""
    plain = text.strip()
    if kind not in _SEARCHES or not plain:
        return ()
    with desk.reading(needs=Right.READ) as connection:
        return tuple(_SEARCHES[kind](connection, desk, plain))


def with_uid(desk: Desk, given: Assignee) -> Assignee:
    """The same assignee with the uid of the one that is called exactly so, or has that number.

    Words that mean nobody here, or several, stay words: nobody is guessed.
    """
    if given.uid is not None:
        return given
    words = given.words.strip()
    found = [
        one
        for one in found_assignees(desk, given.kind, words)
        if one.words == words or _number_of(desk, one) == words.upper()
    ]
    return found[0] if len(found) == 1 else given


def by_number(connection: Any, text: str) -> Uid | None:
    """The volunteer, team or post of that number."""
    number = text.strip().upper()
    return (
        volunteers.of_number(connection, volunteers.SHELF, number)
        or volunteers.of_number(connection, volunteers.TEAM_SHELF, number)
        or posts.of_number(connection, number)
    )


def _number_of(desk: Desk, one: Assignee) -> str:
    if one.uid is None:
        return ""
    shelf: Any = _SHELVES[one.kind]
    with desk.reading(needs=Right.READ) as connection:
        found = shelf.get(connection, one.uid)
    return found.number if found else ""


def _people(connection: Any, desk: Desk, text: str) -> list[Assignee]:
    uid = volunteers.of_number(connection, volunteers.SHELF, text.upper())
    if uid is not None:
        kept = volunteers.kept_uid(connection, uid)
        name = volunteers.names(connection, [kept]).get(kept)
        return [Assignee(AssigneeKind.PERSON, name.name, kept)] if name and name.name else []
    lines = volunteers.found(connection, text, word_ranges(text), desk.today, _MOST)
    return [Assignee(AssigneeKind.PERSON, one.name, one.uid) for one in lines]


def _teams(connection: Any, desk: Desk, text: str) -> list[Assignee]:
    uids = volunteers.found_teams(connection, text)
    known = volunteers.TEAM_SHELF.many(connection, uids)
    found = [known[uid] for uid in uids if uid in known]
    return [Assignee(AssigneeKind.TEAM, one.name, one.uid) for one in found if not one.disbanded_on]


def _posts(connection: Any, desk: Desk, text: str) -> list[Assignee]:
    uid = posts.of_number(connection, text.upper())
    every = [one for one in posts.posts(connection) if one.open]
    found = [one for one in every if one.uid == uid] or [one for one in every if text in one.name]
    return [Assignee(AssigneeKind.POST, one.name, one.uid) for one in found[:_MOST]]


_SEARCHES: Mapping[AssigneeKind, Search] = {
    AssigneeKind.PERSON: _people,
    AssigneeKind.TEAM: _teams,
    AssigneeKind.POST: _posts,
}
_SHELVES: Mapping[AssigneeKind, Any] = {
    AssigneeKind.PERSON: volunteers.SHELF,
    AssigneeKind.TEAM: volunteers.TEAM_SHELF,
    AssigneeKind.POST: posts.POST_SHELF,
}
