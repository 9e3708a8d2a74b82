"""A recovery code that nobody at the station knows: it is sealed for the street, and good once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.core.errors import SafetyRefusal
from desktop_app.storage.keys import KeySlots
from tests.storage.test_keys import KEY, two_operators


def closed(code: str) -> str:
    """Stands for what the street alone can read."""
    return f"<{code[::-1]}>"


def remembered(seen: list[str]) -> Callable[[str], str]:
    def seal(code: str) -> str:
        seen.append(code)
        return closed(code)

    return seal


def test_a_code_for_the_street_opens_once_and_nobody_here_can_read_it(tmp_path: Path) -> None:
    seen: list[str] = []
    slots, printed = two_operators().new_recovery_code(KEY)
    slots.with_rescue(KEY, remembered(seen)).save(tmp_path / "keyslots.json")
    text = (tmp_path / "keyslots.json").read_text()
    kept = KeySlots.load(tmp_path / "keyslots.json")
    (code,) = seen

    assert code not in text
    assert kept.file.rescue == closed(code)
    assert kept.unlock_with_recovery(code) == kept.unlock_with_recovery(printed) == KEY
    spent = kept.without_rescue(code)
    assert spent.file.rescue is None
    assert spent.unlock_with_recovery(printed) == KEY
    with pytest.raises(SafetyRefusal, match="打不开"):
        spent.unlock_with_recovery(code)


def test_only_the_street_s_own_code_takes_its_slot_away() -> None:
    slots, printed = two_operators().new_recovery_code(KEY)
    with_rescue = slots.with_rescue(KEY, closed)

    assert with_rescue.without_rescue(printed) == with_rescue
    assert slots.without_rescue(printed) == slots


def test_a_code_for_the_street_replaces_the_one_before_and_is_no_recovery_code_of_ours() -> None:
    seen: list[str] = []
    slots = two_operators()
    for _ in range(2):
        slots = slots.with_rescue(KEY, remembered(seen))

    assert slots.unlock_with_recovery(seen[1]) == KEY
    assert not slots.has_recovery
    with pytest.raises(SafetyRefusal, match="打不开"):
        slots.unlock_with_recovery(seen[0])
