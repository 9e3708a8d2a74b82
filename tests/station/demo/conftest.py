"""A tiny demo home, made once for all who only look at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_app.station.demo.service import Made
from desktop_app.station.sign_in.session import Session
from tests.station.demo.made import make, seated


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("demo") / "home")


@pytest.fixture
def session(made: Made) -> Iterator[Session]:
    """The lead's seat; what is written there others see, too."""
    with seated(made) as seat:
        yield seat
