"""Lives in other processes: what goes wrong there is told here, and nobody is left behind."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_app.core.clock import Zone
from desktop_app.core.errors import EnvironmentFault
from desktop_app.station.demo.crowd import Crowd
from desktop_app.station.demo.lives import Deed, Errand, Order
from desktop_app.station.demo.scales import scale_named
from desktop_app.station.demo.sites import street_sites
from tests.station.demo.made import LATE_MORNING, TODAY

pytestmark = pytest.mark.slow


def order(folder: Path, invitation: bytes = b"no invitation") -> Order:
    site, _ = street_sites(1)[-1]
    asks = Errand(Deed.ASK, Zone().at(TODAY, 8))
    return Order(
        home=folder / "home",
        elsewhere=folder / "elsewhere",
        scale=scale_named("tiny"),
        site=site,
        seed=1,
        today=TODAY,
        now=LATE_MORNING.now(),
        errands=(asks,),
        invitation=invitation,
        sticks=folder,
        ready=folder,
    )


@contextmanager
def crowd(*orders: Order) -> Iterator[Crowd]:
    made = Crowd(orders, 2, lambda _code, _days: None)
    try:
        yield made
    finally:
        made.close()


def test_what_goes_wrong_in_a_process_is_told_in_its_words(tmp_path: Path) -> None:
    one = order(tmp_path)
    with crowd(one) as lives, pytest.raises(EnvironmentFault, match="邀请文件"):
        lives.hear(one.code)


def test_a_process_that_the_system_ends_is_told(tmp_path: Path) -> None:
    one = order(tmp_path)
    with crowd(one) as lives:
        (child,) = multiprocessing.active_children()
        child.kill()
        with pytest.raises(EnvironmentFault, match="被系统结束"):
            lives.hear(one.code)


def test_no_process_outlives_the_crowd(tmp_path: Path) -> None:
    with crowd(order(tmp_path)):
        assert len(multiprocessing.active_children()) == 1

    assert multiprocessing.active_children() == []
