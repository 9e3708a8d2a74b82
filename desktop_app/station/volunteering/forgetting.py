"""A resident who is erased is forgotten as a volunteer and as a party member who reports here."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.papers import service as papers
from desktop_app.ledgers.party import service as party
from desktop_app.ledgers.party import store as members
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service import store as certificates
from desktop_app.registers.volunteers import service as register
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.session import Desk

_PILES = ("volunteer-summary",)
"""Papers that are one person's, and can be made of several people in one."""


def forget_people(desk: Desk, files: Sequence[Uid]) -> Changed[int]:
    """Take out whatever names the people of these files; days, minutes and states stay, so that
    every total is what it was. Answers how many volunteers there were. Cannot be undone: ask first.

    Kept papers about one of them go, too (certificates, summaries, sheets for the unit), and what
    was kept of several people's summaries in one; lists of names and of records, of a team or a
    period, stay as they were. The register goes last: until then the others can be found again
    after a power cut.
    """
    with desk.reading(needs=Right.ERASE) as connection:
        known = volunteers.of_residents(connection, files)
        everyone = tuple(
            dict.fromkeys(uid for one in known for uid in volunteers.as_one(connection, one.uid))
        )
        about = (
            *everyone,
            *(one.uid for one in certificates.certificates_of(connection, everyone)),
            *(one.uid for one in members.of_residents(connection, files)),
        )
    parts: list[Changed[int]] = [party.forget_people(desk, files)]
    if about:
        parts.append(papers.forget_about(desk, about, _PILES if everyone else ()))
    if everyone:
        parts += [
            posts.forget_words(desk, everyone),
            service.forget_people(desk, everyone),
            register.forget_people(desk, files),
        ]
    return Changed(
        frozenset().union(*(one.kinds for one in parts)),
        tuple(uid for one in parts for uid in one.uids),
        len(known),
    )
