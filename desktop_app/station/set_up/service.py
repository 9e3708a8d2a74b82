"""Makes a new home: folder, key, slots, database and the first operator, or nothing at all.

`home.json` is written last, by `Home.create`: until then the folder is no home, and the next
attempt clears away what a crash left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop_app.core.clock import Clock
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid, UidFactory
from desktop_app.core.rights import PROGRAM
from desktop_app.core.text import clean_line, half_width
from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import (
    Operator,
    Role,
    check_password,
    checked_operator_name,
)
from desktop_app.storage.home import About, Edition, Home
from desktop_app.storage.home_database import create_database, open_database
from desktop_app.storage.keys import DataKey, KdfCost, KeySlots
from desktop_app.storage.session import Database, Desk, StationFacts
from desktop_app.storage.slot_keeper import SlotKeeper

NAME_LIMIT = 40
FIRST_DESK = "A"
_CODE = re.compile(r"[A-Z0-9]{2,8}")


Furnish = Callable[[Database, SlotKeeper, Operator], None]
"""What else is put into a home while it is made."""


@dataclass(frozen=True, slots=True)
class Created:
    """A new home. `recovery_code` is shown this once and then known to nobody."""

    home: Home
    operator: Uid
    recovery_code: str


def create_home(
    path: Path,
    edition: Edition,
    name: str,
    code: str,
    operator_name: str,
    password: str,
    *,
    clock: Clock,
    database_url: str = "",
    kdf_cost: KdfCost | None = None,
    demo: bool = False,
    new_uid: UidFactory | None = None,
    furnish: Furnish | None = None,
) -> Created:
    """Make a home at `path`, missing or empty so far, and its first operator, who may do all.

    With `database_url` (`postgresql+psycopg://…`, without a password) the database lies there.
    `kdf_cost` is what a guess at a password costs; `demo` lets the published password pass.
    `furnish` fills the new database further, with uids of `new_uid`: when it fails there is no
    home. Raises `InvalidInput` with every wrong field, `UserError` for a folder that holds
    something, and `EnvironmentFault` for a place that is unfit.
    """
    wanted = _checked(edition, name, code, operator_name, password, demo=demo)
    about = _about(edition, wanted, clock, database_url)
    made: list[tuple[Uid, str]] = []

    def fill(home: Home) -> None:
        keeper = SlotKeeper(home.key_slots, DataKey.fresh(), kdf_cost)
        recovery_code = _lock(home, keeper.data_key)
        create_database(home, keeper.data_key, _facts(about, clock))
        with closing(open_database(home, keeper.data_key, clock)) as database:
            database.new_uid = new_uid or database.new_uid
            operator = _first_operator(database, keeper, wanted.operator, password, demo=demo)
            if furnish is not None:
                furnish(database, keeper, operator)
        made.append((operator.uid, recovery_code))

    home = Home.create(path, about, fill)
    return Created(home, *made[0])


def checked_code(edition: Edition, text: str) -> str:
    """A code of 2 to 8 Latin letters and digits: a station's leads every paper number."""
    code = half_width(text).strip().upper()
    if not _CODE.fullmatch(code):
        sentence, next_step = _WRONG_CODE[edition]
        raise UserError(sentence, next_step, field="code")
    return code


_WRONG_CODE = {
    Edition.STATION: (
        "站点编码要由2到8位字母或数字组成，例如 QR01。",
        "编码会印在每张回执的编号前面，用了就不再改；请问街道要统一的编码。",
    ),
    Edition.STREET: (
        "街道编码要由2到8位字母或数字组成，例如 QRJD。",
        "各站的上报包按它认街道，用了就不再改；有区里统一编码的，请照填。",
    ),
}


def checked_name(edition: Edition, text: str) -> str:
    """The full name of a station or street."""
    label, example = _NAMES[edition]
    name = clean_line(text, limit=NAME_LIMIT, label=label, field="name")
    if not name:
        raise UserError(f"{label}还没有填写。", f"请填写全称，例如“{example}”。", field="name")
    return name


_NAMES = {
    Edition.STATION: ("站点名称", "青榕雅苑党群服务站"),
    Edition.STREET: ("街道名称", "青榕街道办事处"),
}


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    code: str
    operator: str


def _checked(
    edition: Edition, name: str, code: str, operator_name: str, password: str, *, demo: bool
) -> _Wanted:
    problems: list[UserError] = []
    answers: list[str] = []
    for check, text in (
        (partial(checked_name, edition), name),
        (partial(checked_code, edition), code),
        (_checked_first_operator, operator_name),
    ):
        try:
            answers.append(check(text))
        except UserError as problem:
            problems.append(problem)
    if not demo:
        try:
            check_password(password, name=operator_name)
        except InvalidInput as weak:
            problems.extend(weak.problems)
    if problems:
        raise InvalidInput(problems)
    return _Wanted(*answers)


def _checked_first_operator(text: str) -> str:
    try:
        return checked_operator_name(text)
    except UserError as problem:
        # Beside the station's own name the form has another field for this one.
        raise UserError(problem.sentence, problem.next_step, field="operator_name") from problem


def _about(edition: Edition, wanted: _Wanted, clock: Clock, database_url: str) -> About:
    return About(
        home_id=UidFactory(clock)(),
        edition=edition,
        name=wanted.name,
        code=wanted.code,
        created=clock.now(),
        database_url=database_url,
    )


def _facts(about: About, clock: Clock) -> StationFacts:
    return StationFacts(
        code=about.code,
        name=about.name,
        edition=about.edition.value,
        desk=FIRST_DESK,
        lineage=UidFactory(clock)().hex,
    )


def _lock(home: Home, data_key: DataKey) -> str:
    """Put the first key slots on disk; answers the recovery code."""
    slots, recovery_code = KeySlots.create(home.about.home_id, data_key).new_recovery_code(data_key)
    slots.save(home.key_slots)
    return recovery_code


def _first_operator(
    database: Database, keeper: SlotKeeper, name: str, password: str, *, demo: bool
) -> Operator:
    return people.add_operator(
        Desk(database, PROGRAM),
        keeper,
        name=name,
        role=Role.LEAD,
        password=password,
        must_change=False,
        demo=demo,
    ).value
