"""What the tests of the habits share: nothing of it stays behind them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.architecture import sources


@pytest.fixture(scope="module", autouse=True)
def trees_are_let_go() -> Iterator[None]:
    """The trees of all modules are millions of objects, through which the collector would go again
    and again until the end of the run."""
    yield
    sources.tree.cache_clear()
