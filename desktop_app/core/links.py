"""What one record says of another that belongs to it, so that ledgers which do not know each other
can show a way there. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.ids import Uid


@dataclass(frozen=True, slots=True)
class Linked:
    """A record to go to: its kind's name, what it is called, and why it stands here (转来的诉求).

    `state` is how it stands, in the words of its ledger; nothing in here names anybody.
    """

    kind: str
    uid: Uid
    why: str
    number: str
    title: str
    state: str
