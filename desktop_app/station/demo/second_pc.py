"""A mishap for the street to look at: a backup was restored on another PC, and both PCs went on.

The other PC enters its visits through the services, and reports them: what it wrote after the
backup is not what the street has from the first PC, so its bundle forks.
"""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.ids import UidFactory
from desktop_app.ledgers.visits.service import registering
from desktop_app.registers.matters import service as matters
from desktop_app.station.backups.service import restore
from desktop_app.station.demo import words
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.reception import Reception
from desktop_app.station.demo.seats import reported, signed_in
from desktop_app.storage.backup import BackupFile
from desktop_app.storage.session import Desk

_VISITS = (3, 6)


def go_on_from_backup(
    backup: BackupFile, target: Path, salt: str, at: Millis, ready: Path
) -> tuple[Path, ...]:
    """Restore a backup at `target`, enter some visits and report them; answers what lies ready."""
    dice, clock = Dice(f"second PC {salt}"), FixedClock(at)
    home = restore(backup.path, target, clock)
    with signed_in(home.path, clock) as session:
        session.database.new_uid = UidFactory(clock, dice.getrandbits)
        _enter_visits(session.desk, dice, clock)
        return reported(session, ready)


def _enter_visits(desk: Desk, dice: Dice, clock: FixedClock) -> None:
    known = matters.directory(desk)
    reception = Reception(dice, Names(dice), known, words.reasons(), words.Replies())
    for _ in range(dice.between(*_VISITS)):
        clock.advance(60 * dice.between(4, 25))
        form = reception.anonymous(desk.today) if dice.chance(0.6) else reception.counted()
        registering.register(desk, form)
    clock.advance(60)
