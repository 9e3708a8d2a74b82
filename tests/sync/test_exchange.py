"""Nothing is lost and nothing counts twice, whatever happens to sticks, backups and PCs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.machine import Exchange
from tests.sync.world import found

USUAL = 12
EXAMPLES = int(os.environ.get("JINLIN_SYNC_EXAMPLES", str(USUAL)))
STEPS = 30


def test_both_sides_hold_the_same_in_the_end_whatever_happened_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Exchange, "founded", found(tmp_path / "founded"), raising=False)
    Exchange.met.clear()
    run_state_machine_as_test(
        Exchange,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            # The same histories every time, unless somebody asks for more of them.
            derandomize=EXAMPLES == USUAL,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    met = Exchange.met
    for what in (
        "applied",
        "duplicate",
        "gap",
        "forked",
        "rebased",
        "re-appended",
        "answered",
        "answer taken in",
        "claimed",
        "handed in",
        "销号",
        "hours confirmed",
    ):
        assert met[what] >= 5, f"{what}: the run met too few of them: {dict(met)}"
