"""A run of the tests means what it says: nothing is skipped, and nothing shows on a real screen.

A skipped test is a failed one: a test that cannot run here is a test nobody runs.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# Before anything imports Qt: under plain `pytest` as under the starter.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long one example takes says more about the machine's load than about the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# Hypothesis draws from the constants of whichever of our modules are loaded, so that a test would
# play other histories after other tests, also where it is told to play the same ones every time.
assert hasattr(providers, "_get_local_constants")
providers._get_local_constants = lambda: providers._local_constants


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    return _refused(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    return _refused(report)


def _refused(report: Report) -> Report:
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, and a skipped test counts as failed."
    return report
