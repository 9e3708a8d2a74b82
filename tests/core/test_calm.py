"""The collector rests while long work goes on, and comes back whatever happens."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from desktop_app.core.calm import calm, let_go


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    let_go()
    gc.enable()


def test_the_collector_rests_meanwhile_and_passes_over_what_was_made() -> None:
    before = gc.get_freeze_count()
    with calm():
        assert not gc.isenabled()
        made = [[number] for number in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() - before > len(made)
    let_go()
    assert gc.get_freeze_count() == 0


def test_it_comes_back_after_an_error() -> None:
    with pytest.raises(ValueError, match="halt"), calm():
        raise ValueError("halt")
    assert gc.isenabled()
