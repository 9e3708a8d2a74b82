"""A tiny demo home, made once for all who only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop_app.station.demo import scales
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


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A tiny home with as many lines and teams as a hall has, so that everything occurs."""
    tiny = scales.scale_named("tiny")
    wish = replace(
        tiny,
        activities=300,
        agreements=20,
        list_items=300,
        requests=500,
        volunteers=50,
        teams=8,
        services=700,
        reports=6,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(scales._ALL, "tiny", wish)
        return make(tmp_path_factory.mktemp("busy") / "home")


@pytest.fixture
def hall(busy: Made) -> Iterator[Session]:
    """The lead's seat in the busy home."""
    with seated(busy) as seat:
        yield seat
