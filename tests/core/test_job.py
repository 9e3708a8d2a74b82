"""Long work as its worker sees it."""

from __future__ import annotations

import pytest

from desktop_app.core.job import Cancelled, Job, Progress


def test_progress_reaches_whoever_listens() -> None:
    heard: list[Progress] = []
    job = Job("导出", heard.append)
    job.progress(3, 10, "第 3 个文件")
    assert heard == [Progress(3, 10, "第 3 个文件")]


def test_cancelled_work_stops_at_its_next_progress_and_says_nothing_more() -> None:
    heard: list[Progress] = []
    job = Job("导出", heard.append)
    job.cancel()
    with pytest.raises(Cancelled):
        job.progress(1, 2)
    assert heard == []


@pytest.mark.parametrize(
    ("progress", "permille"),
    [
        (Progress(1, 3), 333),
        (Progress(5, None), None),
        (Progress(9, 3), 1000),
        (Progress(0, 0), None),
    ],
)
def test_a_bar_never_runs_over_and_knows_when_it_knows_nothing(
    progress: Progress, permille: int | None
) -> None:
    assert progress.permille == permille


def test_work_that_lets_others_have_a_turn_hears_there_that_it_should_stop() -> None:
    job = Job("导入")
    job.breathe()
    job.cancel()
    with pytest.raises(Cancelled):
        job.breathe()
