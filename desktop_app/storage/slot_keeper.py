"""The key slots of a home that is open: read, changed by one slot, and put back.

Holds the data key, so it is made at sign-in and let go at the end. Who may change a slot, and what
stands in the database beside it, is for `registers.people`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop_app.core.ids import Uid
from desktop_app.storage.keys import DataKey, KdfCost, KeySlots, Slot


class SlotKeeper:
    """`keyslots.json` at `path`, and the data key its slots lock.

    Every change reads the file anew: the command line may have written it beside the window.
    """

    def __init__(self, path: Path, data_key: DataKey, cost: KdfCost | None = None) -> None:
        self.path = path
        self.data_key = data_key
        self._cost = cost

    def slots(self) -> KeySlots:
        """The slots as they are on disk now. Raises `SafetyRefusal` when they are damaged."""
        return KeySlots.load(self.path)

    def made(self, operator_uid: Uid, name: str, password: str) -> Slot:
        """A slot for a password, not yet on disk. Slow on purpose: never inside a transaction."""
        slots = self.slots().with_operator(operator_uid, name, password, self.data_key, self._cost)
        slot = slots.operator(operator_uid)
        assert slot is not None
        return slot

    def put(self, slot: Slot) -> None:
        """Put an operator's slot on disk, in place of the one before."""
        file = self.slots().file
        if any(known.slot_id == slot.slot_id for known in file.slots):
            changed = tuple(
                slot if known.slot_id == slot.slot_id else known for known in file.slots
            )
        else:
            changed = (*file.slots, slot)
        KeySlots(replace(file, slots=changed)).save(self.path)

    def remove(self, operator_uid: Uid) -> None:
        """Take an operator's slot away; without effect when there is none."""
        slots = self.slots()
        if slots.operator(operator_uid) is not None:
            slots.without_operator(operator_uid).save(self.path)

    def rename(self, operator_uid: Uid, name: str) -> None:
        """Change the name the sign-in list shows."""
        self.slots().renamed(operator_uid, name).save(self.path)

    def new_recovery_code(self) -> str:
        """A fresh recovery code, on disk; the code made before opens nothing any more."""
        slots, code = self.slots().new_recovery_code(self.data_key)
        slots.save(self.path)
        return code

    def deposit_rescue(self, seal: Callable[[str], str]) -> None:
        """Put a code for the street on disk, sealed by `seal`, in place of the one before."""
        self.slots().with_rescue(self.data_key, seal).save(self.path)

    def spend_rescue(self, code: str) -> bool:
        """Take away the slot of the street's code once it has been used; whether it was that."""
        slots = self.slots()
        left = slots.without_rescue(code)
        if left == slots:
            return False
        left.save(self.path)
        return True
