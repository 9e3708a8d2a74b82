"""Signing in at a home: what the sign-in window and the command line call.

The window is painted before the heavy libraries are there, so nothing heavy is imported at the
top. The sign-in window calls `warm_up` in a thread while the password is being typed.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from desktop_app.core.ids import Uid
from desktop_app.station.sign_in.house import House, SignInName, open_house

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_app.station.sign_in.session import Session
    from desktop_app.storage.keys import KdfCost
    from desktop_app.storage.session import Desk

__all__ = [
    "House",
    "SignInName",
    "ask_the_street",
    "clock_warning",
    "open_house",
    "sign_in",
    "sign_in_with_recovery",
    "warm_up",
]

_HEAVY = (
    "argon2.low_level",
    "sqlalchemy",
    "sqlcipher3.dbapi2",
    "desktop_app.station.sign_in.session",
)


def warm_up() -> None:
    """Import what `sign_in` needs. May run in a thread, once or several times."""
    for name in _HEAVY:
        importlib.import_module(name)
    # Every table, which the database needs before it is opened.
    importlib.import_module("desktop_app.catalog").table_modules()


def sign_in(
    house: House, operator: Uid | str, password: str, *, kdf_cost: KdfCost | None = None
) -> Session:
    """Open the home's database as an operator of the sign-in list, named by uid or by name.

    In order: failures are counted, the slot is unlocked, an old schema is upgraded (for which the
    home is needed alone), failures go into the audit, and so does the sign-in. Raises `UserError`
    for an unknown operator, `SafetyRefusal` for a wrong password, while locked out, for a disabled
    account and for newer data, and `EnvironmentFault` for a damaged or missing database.
    """
    from desktop_app.station.sign_in.session import begin_by_password

    return begin_by_password(house, operator, password, kdf_cost)


def sign_in_with_recovery(
    house: House,
    code: str,
    operator: str,
    new_password: str,
    *,
    kdf_cost: KdfCost | None = None,
) -> Session:
    """Come in with the code from the sealed envelope and give `operator` a new password.

    The operator is one whose account is in use, even without a key slot. The code stays good;
    seal it again, or make a new one in 设置; only a code handed back by the street is good for
    once. Raises as `sign_in` does, and `UserError` that names
    the group of the code that was mistyped.
    """
    from desktop_app.station.sign_in.session import begin_by_recovery

    return begin_by_recovery(house, code, operator, new_password, kdf_cost)


def ask_the_street(house: House, path: Path) -> Path:
    """Write what a street needs to help a station that nobody can sign in to, and read it back.

    Raises `UserError` where nothing was left with a street, `EnvironmentFault` for the disk.
    """
    from desktop_app.registers.offices.service import ask_for_rescue
    from desktop_app.storage.files import write_atomic

    write_atomic(path, ask_for_rescue(house.home), what="保存求助文件")
    return path


def clock_warning(desk: Desk) -> str | None:
    """A sentence for the banner when the PC's clock cannot be believed; it never blocks work."""
    from desktop_app.station.sign_in import clock_check

    return clock_check.clock_warning(desk)
