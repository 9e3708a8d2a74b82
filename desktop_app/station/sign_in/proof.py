"""Proving who one is, with every wrong guess counted before the next may be tried."""

from __future__ import annotations

from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.ids import Uid
from desktop_app.station.sign_in.house import House
from desktop_app.storage.keys import DataKey, KeySlots
from desktop_app.storage.lockout import MOST_FAILURES, WAIT_SECONDS

RECOVERY_SLOT = "recovery"
"""How guesses at the recovery code are counted: apart from any operator's."""


def prove_by_password(house: House, who: Uid, password: str) -> DataKey:
    """The data key for the right password.

    Raises `SafetyRefusal` for a wrong one, saying how many are left before the lock-out, and while
    locked out, saying how many minutes remain.
    """
    house.failures.check(who.hex)
    slots = KeySlots.load(house.home.key_slots, house.home.about.home_id)
    try:
        data_key = slots.unlock(who, password)
    except SafetyRefusal as refusal:
        if refusal.field != "password":
            raise
        raise _counted(house, who.hex, refusal) from refusal
    house.failures.succeeded(who.hex)
    return data_key


def prove_by_recovery(house: House, code: str) -> DataKey:
    """The data key for the recovery code; a mistyped group is told and not counted."""
    house.failures.check(RECOVERY_SLOT)
    slots = KeySlots.load(house.home.key_slots, house.home.about.home_id)
    try:
        data_key = slots.unlock_with_recovery(code)
    except SafetyRefusal as refusal:
        if refusal.field != "recovery_code":
            raise
        raise _counted(house, RECOVERY_SLOT, refusal) from refusal
    house.failures.succeeded(RECOVERY_SLOT)
    return data_key


def _counted(house: House, slot: str, refusal: SafetyRefusal) -> SafetyRefusal:
    left = house.failures.failed(slot)
    minutes = WAIT_SECONDS // 60
    if left:
        warning = f"再错 {left} 次，将锁定 {minutes} 分钟。"
    else:
        warning = f"已经连续错了 {MOST_FAILURES} 次，锁定 {minutes} 分钟。"
    return SafetyRefusal(refusal.sentence + warning, refusal.next_step, field=refusal.field)
