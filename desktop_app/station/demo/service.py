"""Makes a demo home: a station with years of believable, wholly invented life behind it.

The same scale, seed and date give the same records, to the uid; keys, salts, the codes on
certificates and the home's own id are as random as anybody's, and its operators' password is
published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app import catalog
from desktop_app.core.clock import Clock, SystemClock
from desktop_app.core.job import Job
from desktop_app.registers.people.rules import DEMO_PASSWORD, Operator, Role
from desktop_app.station.demo.making import Figures, Plan, prepared
from desktop_app.station.demo.scales import SCALES, scale_named
from desktop_app.station.set_up.service import Created, Furnish, create_home
from desktop_app.storage.home import Edition, Home
from desktop_app.storage.keys import QUICK_COST
from desktop_app.storage.session import Database
from desktop_app.storage.slot_keeper import SlotKeeper

__all__ = ["SCALES", "Made", "make_demo"]


@dataclass(frozen=True, slots=True)
class Made:
    """A finished demo home and how to get in: each operator by name and role, one password.
    `beside` counts the records of each other kind."""

    home: Home
    recovery_code: str
    operators: tuple[tuple[str, Role], ...]
    password: str
    visits: int
    residents: int
    activities: int
    beside: Mapping[str, int]


def make_demo(
    path: Path,
    *,
    scale: str,
    seed: int,
    today: date,
    job: Job,
    clock: Clock | None = None,
    database_url: str = "",
) -> Made:
    """Make a demo home at `path`, which must be missing or empty, as it stands on `today`.

    `scale` is small, middle or hall. `clock` tells how late it is: while the morning of `today` is
    not over, the deeds of that day lie closer together, so that none is in the future. Raises
    `Cancelled` when `job` is stopped, and then leaves nothing behind; otherwise as `create_home`.
    """
    catalog.table_modules()
    plan = Plan.of(scale_named(scale), seed, today, (clock or SystemClock()).now())
    figures: list[Figures] = []

    def furnish(database: Database, keeper: SlotKeeper, lead: Operator) -> None:
        life = prepared(database, keeper, lead, plan, job)
        life.live(database, job)
        figures.append(life.figures())

    created = _created(path, plan, furnish, database_url)
    (made,) = figures
    return Made(
        created.home,
        created.recovery_code,
        made.operators,
        DEMO_PASSWORD,
        made.visits,
        made.residents,
        made.activities,
        made.beside,
    )


def _created(path: Path, plan: Plan, furnish: Furnish, database_url: str) -> Created:
    return create_home(
        path,
        Edition.STATION,
        plan.site.name,
        plan.site.code,
        plan.site.operators[0],
        DEMO_PASSWORD,
        clock=plan.told,
        database_url=database_url,
        # A published password needs no dear guess, and eight operators are to be made.
        kdf_cost=QUICK_COST,
        demo=True,
        new_uid=plan.uids(),
        furnish=furnish,
    )
