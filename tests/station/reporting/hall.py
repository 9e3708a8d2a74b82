"""A station, its street, and the clerk who carries files between them; home backed up at will."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.rights import Right
from desktop_app.core.travel import Profile
from desktop_app.station.data_check.store import count_differing
from desktop_app.station.reporting.rules.answers import Taken
from desktop_app.station.reporting.rules.meeting import Reconciled
from desktop_app.station.reporting.rules.reports import Export, Exported
from desktop_app.station.reporting.service import receipts, reconciling
from desktop_app.station.reporting.service.state import history
from desktop_app.storage import audit
from desktop_app.storage.base import METADATA
from desktop_app.storage.session import Desk
from tests.station.reporting.paper_street import PaperStreet

Report = Callable[..., Exported]
Backup = dict[str, list[dict[str, Any]]]


@dataclass
class Hall:
    """What goes up, what comes down, and what an old backup makes of it."""

    desk: Desk
    street: PaperStreet
    report: Report
    clock: FixedClock
    verdicts: list[Any] = field(default_factory=list)

    def up(self, profile: Profile = Profile.WORK) -> Export:
        """上报, and the street takes it in."""
        done = self.report(profile)
        self.verdicts = [self.street.take(path) for path in done.paths]
        return done.export

    def down(self, **more: object) -> Taken:
        """A receipt comes back and is taken in."""
        self.clock.advance(60)
        return self.take(self.street.receipt(self.desk, **more))

    def take(self, path: Path) -> Taken:
        return receipts.take_receipt(self.desk, path, scratch=self.street.folder)

    def meet(self) -> Reconciled:
        """重新对账 with what the street holds."""
        self.clock.advance(60)
        path = self.street.snapshot(self.desk)
        return reconciling.reconcile(self.desk, path, scratch=self.street.folder)

    def last(self) -> Export:
        return history(self.desk)[0]

    # --- backups ---------------------------------------------------------------------------------

    def backed_up(self) -> Backup:
        """Everything in the database, as it stands."""
        with self.desk.reading(needs=Right.BACK_UP) as connection:
            return {
                table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
                for table in METADATA.sorted_tables
            }

    def restore(self, backup: Backup) -> None:
        """Be what the home was then. (The new desk letter is not what is tried here.)"""
        with self.desk.database.unrecorded() as connection:
            for table in reversed(METADATA.sorted_tables):
                connection.execute(sa.delete(table))
            for table in METADATA.sorted_tables:
                if backup[table.name]:
                    connection.execute(sa.insert(table), backup[table.name])
        self.desk.database.renew_facts()

    def is_whole(self) -> bool:
        """Whether both chains hold, and every row is what the log says was saved last."""
        with self.desk.reading(needs=Right.READ_AUDIT) as connection:
            problems = audit.check_changes(connection) + audit.check_audit(connection)
            differing = {
                name: count_differing(connection, shelf)
                for name, shelf in catalog.shelves().items()
            }
        assert problems == []
        assert {name: count for name, count in differing.items() if count} == {}
        return True

    def agrees(self) -> bool:
        """Whether the street, once more told, holds just what lives here."""
        self.up()
        assert self.down().confirmed > 0
        with self.desk.reading(needs=Right.READ) as connection:
            living = {
                record.uid
                for shelf in catalog.travelling().values()
                for record in shelf.values(connection.execute(sa.select(shelf.table)).mappings())
                if not record.deleted and not getattr(record, "petition", False)
            }
        assert set(self.street.held.rows) == living
        return True
