"""An import can be taken back, by whoever began it, by a stop, and by the next start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal, UserError
from desktop_app.core.job import Cancelled, Job, Progress
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import service as visits_service
from desktop_app.registers.residents.search import find
from desktop_app.station.importing import service, store
from desktop_app.station.importing.rules.history import LEFT_ALONE_MS, ImportState
from desktop_app.station.records.service import add_all
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from tests.sheets.gallery import workbook
from tests.station.importing.books import (
    CHEN,
    LAI,
    counts,
    job,
    kept,
    taken,
    tried,
    visits,
    visits_book,
)

_ROWS = 2_300
"""More than go in together while nobody else wants to write."""


def _many(rows: int) -> list[tuple[str, ...]]:
    return [
        (f"2023.{1 + place % 12}.{1 + place % 28}", "陈桂英", "女", "", "13800005678", "", "",
         f"第{place}件事", "办好了", "王小燕")
        for place in range(rows)
    ]  # fmt: skip


def _last(desk: Desk) -> service.Import:
    return service.history(desk)[0]


def _chains_hold(desk: Desk) -> bool:
    with desk.reading(needs=Right.READ) as connection:
        return not audit.check_audit(connection) + audit.check_changes(connection)


def test_a_whole_import_is_taken_back_with_the_files_it_opened(desk: Desk, tmp_path: Path) -> None:
    made = taken(desk, visits_book(tmp_path / "2023.xlsx", CHEN, LAI)).made
    done = service.take_back(desk, made.uid, job()).value

    assert done.state is ImportState.TAKEN_BACK
    assert visits(desk) == []
    assert kept(desk, "residents") == []
    assert find(desk, "cgy").people == ()
    assert _chains_hold(desk)
    with desk.reading(needs=Right.READ) as connection:
        told = [(one.action, one.detail) for one in audit.entries(connection)]
    assert ("撤回导入", "撤回 4 条") in told


def test_what_somebody_changed_since_stays_and_is_told(desk: Desk, tmp_path: Path) -> None:
    made = taken(desk, visits_book(tmp_path / "2023.xlsx", CHEN, LAI)).made
    first, second = visits(desk)
    visits_service.correct(desk, first.uid, first.revision, {"remark": "后来补记的"})
    (touched,) = service.touched(desk, made.uid)
    assert (touched.uid, touched.title) == (first.uid, first.number)
    done = service.take_back(desk, made.uid, job()).value

    assert done.state is ImportState.PARTLY
    assert [one.uid for one in visits(desk)] == [first.uid]
    # Whom it is about is still needed.
    assert [one.uid for one in kept(desk, "residents")] == [first.resident]
    assert second.uid not in {one.uid for one in visits(desk)}


def test_what_other_records_have_come_to_point_at_stays(desk: Desk, tmp_path: Path) -> None:
    head = ("单位名称", "单位类型", "联系人", "联系电话")
    line = ("澄岭供电所", "企业", "王经理", "0597-2212345")
    made = taken(desk, workbook(tmp_path / "共建单位.xlsx", [head, line]), "partners").made
    (unit,) = kept(desk, "partners")
    ledger = catalog.ledgers()["agreements"]
    (agreement,) = add_all(desk, ledger, [{"partner": unit.uid.hex}], job()).value
    done = service.take_back(desk, made.uid, job()).value

    assert done.state is ImportState.PARTLY
    assert [one.uid for one in kept(desk, "partners")] == [unit.uid]
    assert [one.uid for one in kept(desk, "agreements")] == [agreement.uid]


def test_what_was_updated_says_again_what_it_said_before(desk: Desk, tmp_path: Path) -> None:
    head = ("工单编号", "受理时间", "反映人", "诉求标题", "诉求内容")
    line = ("BXGJ2026110023", "2026-11-20", "陈桂英", "路灯", "三栋路灯不亮")
    taken(desk, workbook(tmp_path / "一.xlsx", [head, line]), "requests")
    (before,) = kept(desk, "requests")
    other = (*line[:4], "四栋的也不亮")
    made = taken(desk, workbook(tmp_path / "二.xlsx", [head, other]), "requests").made
    service.take_back(desk, made.uid, job())

    (after,) = kept(desk, "requests")
    assert after.revision == 3
    assert replace(after, revision=1, changed_at=before.changed_at) == before


def test_it_is_not_taken_back_twice(desk: Desk, tmp_path: Path) -> None:
    made = taken(desk, visits_book(tmp_path / "2023.xlsx", CHEN)).made
    service.take_back(desk, made.uid, job())
    with pytest.raises(UserError, match="已经撤回过了"):
        service.take_back(desk, made.uid, job())


class _Stopping(Job):
    """A job that somebody stops as soon as rows have been written."""

    def progress(self, done: int, total: int | None = None, words: str = "") -> None:
        if done and words.startswith("已写入"):
            self.cancel()
        super().progress(done, total, words)


def test_one_that_is_stopped_half_way_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    found = tried(desk, visits_book(tmp_path / "2023.xlsx", *_many(_ROWS)))
    with pytest.raises(Cancelled):
        service.take_in(desk, found, service.Decisions(), _Stopping("导入"))

    assert visits(desk) == []
    assert kept(desk, "residents") == []
    assert _last(desk).state is ImportState.TAKEN_BACK
    assert _chains_hold(desk)


class _Dying(Job):
    """A job in a program that dies: nothing of ours runs after it."""

    def progress(self, done: int, total: int | None = None, words: str = "") -> None:
        if done and words.startswith("已写入"):
            raise SystemExit
        super().progress(done, total, words)


@pytest.fixture
def died(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> service.Import:
    """An import whose program died after some hundred rows."""
    found = tried(desk, visits_book(tmp_path / "2023.xlsx", *_many(_ROWS)))
    with monkeypatch.context() as patched:
        patched.setattr("desktop_app.station.importing.service.taking.take_back", _nothing)
        with pytest.raises(SystemExit):
            service.take_in(desk, found, service.Decisions(), _Dying("导入"))
    return _last(desk)


def _nothing(*_: object, **__: object) -> None:
    """What a dead program does."""


def test_the_next_start_takes_back_what_a_program_that_died_left_half_done(
    desk: Desk, clock: FixedClock, died: service.Import
) -> None:
    assert died.state is ImportState.RUNNING
    assert 0 < len(visits(desk)) < _ROWS
    assert service.recover(desk, job()) == 0, "somebody may still be at it"
    clock.advance(LEFT_ALONE_MS / 1000 + 1)
    assert service.recover(desk, job()) == 1

    assert (visits(desk), kept(desk, "residents")) == ([], [])
    assert _last(desk).state is ImportState.TAKEN_BACK
    assert service.recover(desk, job()) == 0


def test_whoever_was_taken_for_dead_stops_when_it_wakes_up(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    found = tried(desk, visits_book(tmp_path / "2023.xlsx", *_many(_ROWS)))

    class Sleeping(Job):
        def progress(self, done: int, total: int | None = None, words: str = "") -> None:
            if done and words.startswith("已写入"):
                clock.advance(LEFT_ALONE_MS / 1000 + 1)
                service.recover(desk, job())
            super().progress(done, total, words)

    with pytest.raises(SafetyRefusal, match="停得太久"):
        service.take_in(desk, found, service.Decisions(), Sleeping("导入"))
    assert visits(desk) == []


@pytest.mark.sqlite_only
def test_a_full_disk_leaves_nothing_and_says_so(desk: Desk, tmp_path: Path) -> None:
    found = tried(desk, visits_book(tmp_path / "2023.xlsx", *_many(2_000)))
    with desk.database.unrecorded() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        usual = connection.exec_driver_sql("PRAGMA max_page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 150}")
    told: list[Progress] = []
    with pytest.raises(EnvironmentFault):
        service.take_in(desk, found, service.Decisions(), Job("导入", told.append))
    with desk.database.unrecorded() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {usual}")

    left = _last(desk)
    assert left.state in (ImportState.RUNNING, ImportState.TAKING_BACK, ImportState.TAKEN_BACK)
    if left.state is not ImportState.TAKEN_BACK:
        service.take_back(desk, left.uid, job())
    assert visits(desk) == []
    assert _chains_hold(desk)


def test_the_history_tells_of_every_import_the_newest_first(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    taken(desk, visits_book(tmp_path / "2022.xlsx", CHEN))
    clock.advance(60)
    path = visits_book(tmp_path / "2023.xlsx", LAI)
    taken(desk, path)

    newest, oldest = service.history(desk)
    assert (newest.file, oldest.file) == ("2023.xlsx", "2022.xlsx")
    assert newest.number > oldest.number
    assert (newest.counts["new"], newest.state) == (1, ImportState.DONE)
    (before,) = service.taken_before(desk, service.open_file(path), "visits")
    assert before.uid == newest.uid
    assert counts(tried(desk, path)) == {"duplicate": 1}
    with desk.reading(needs=Right.READ) as connection:
        assert store.count_written(connection, newest.uid) == 2
