"""Five failures lock a slot for fifteen minutes, whatever is done to the clock or the program."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.ids import Uid
from desktop_app.storage.lockout import FailureBook, hashed_slot
from tests.storage.children import run_child, small_disk, start_child

NOON = Millis(1_790_000_000_000)
DAY = 24 * 60 * 60
LIN, CHEN = "018f000000007000800000000000a1", "018f000000007000800000000000a2"
IMPORTS = """
import sys
from pathlib import Path
from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.errors import SafetyRefusal
from desktop_app.storage.lockout import FailureBook
"""


def a_clock(ticks: float = 10_000) -> FixedClock:
    clock = FixedClock(NOON)
    clock.advance(ticks)
    clock.set(NOON)
    return clock


def lock(book: FailureBook, slot: str = LIN) -> None:
    for _ in range(5):
        book.failed(slot)


def test_four_failures_do_not_lock_and_the_fifth_does(tmp_path: Path) -> None:
    book = FailureBook(tmp_path / "log", a_clock())
    assert [book.failed(LIN) for _ in range(4)] == [4, 3, 2, 1]
    book.check(LIN)
    assert book.failed(LIN) == 0
    with pytest.raises(SafetyRefusal, match="还要等约 15 分钟"):
        book.check(LIN)


def test_one_operators_failures_do_not_lock_another(tmp_path: Path) -> None:
    book = FailureBook(tmp_path / "log", a_clock())
    lock(book, LIN)
    book.check(CHEN)
    assert book.failed(CHEN) == 4


def test_a_success_starts_the_count_again(tmp_path: Path) -> None:
    book = FailureBook(tmp_path / "log", a_clock())
    for _ in range(4):
        book.failed(LIN)
    book.succeeded(LIN)
    assert book.failed(LIN) == 4


@pytest.mark.parametrize(
    ("waited", "words"),
    [(1, "约 15 分钟"), (61, "约 14 分钟"), (14 * 60, "约 1 分钟"), (899, "不到 1 分钟")],
)
def test_the_refusal_says_how_long_to_wait_still(tmp_path: Path, waited: int, words: str) -> None:
    clock = a_clock()
    book = FailureBook(tmp_path / "log", clock)
    lock(book)
    clock.advance(waited)
    with pytest.raises(SafetyRefusal, match=words) as caught:
        book.check(LIN)
    assert caught.value.next_step


def test_after_fifteen_minutes_five_more_attempts_are_free(tmp_path: Path) -> None:
    clock = a_clock()
    book = FailureBook(tmp_path / "log", clock)
    lock(book)
    clock.advance(15 * 60)
    book.check(LIN)
    assert [book.failed(LIN) for _ in range(4)] == [4, 3, 2, 1]
    book.check(LIN)


def test_failing_on_while_locked_does_not_shorten_the_wait(tmp_path: Path) -> None:
    clock = a_clock()
    book = FailureBook(tmp_path / "log", clock)
    lock(book)
    clock.advance(14 * 60)
    book.failed(LIN)
    clock.advance(2 * 60)
    with pytest.raises(SafetyRefusal):
        book.check(LIN)


def test_the_lock_out_survives_a_restart_of_the_program(tmp_path: Path) -> None:
    clock = a_clock()
    lock(FailureBook(tmp_path / "log", clock))
    clock.advance(60)
    with pytest.raises(SafetyRefusal, match="约 14 分钟"):
        FailureBook(tmp_path / "log", clock).check(LIN)


@pytest.mark.parametrize("jump", [-20 * 365 * DAY, -3600, 3600, 20 * 365 * DAY])
def test_changing_the_pcs_date_changes_nothing(tmp_path: Path, jump: int) -> None:
    clock = a_clock()
    book = FailureBook(tmp_path / "log", clock)
    lock(book)
    clock.advance(5 * 60)
    clock.set(Millis(NOON + jump * 1000))
    with pytest.raises(SafetyRefusal, match="约 10 分钟"):
        book.check(LIN)


def test_after_a_restart_of_the_machine_the_whole_wait_starts_at_the_first_look(
    tmp_path: Path,
) -> None:
    lock(FailureBook(tmp_path / "log", a_clock(ticks=10_000)))
    after = a_clock(ticks=30)
    book = FailureBook(tmp_path / "log", after)
    with pytest.raises(SafetyRefusal, match="约 15 分钟"):
        book.check(LIN)
    after.advance(10 * 60)
    with pytest.raises(SafetyRefusal, match="约 5 分钟"):
        FailureBook(tmp_path / "log", after).check(LIN)
    after.advance(5 * 60)
    book.check(LIN)


@settings(max_examples=60)
@given(
    before=st.floats(0, 10**6),
    steps=st.lists(
        st.tuples(st.sampled_from(["wait", "reboot", "set the clock"]), st.floats(0, 20 * 60)),
        max_size=6,
    ),
)
def test_nothing_opens_a_locked_slot_before_fifteen_minutes_have_really_passed(
    tmp_path_factory: pytest.TempPathFactory,
    before: float,
    steps: list[tuple[str, float]],
) -> None:
    path = tmp_path_factory.mktemp("lock") / "log"
    clock = a_clock(before)
    lock(FailureBook(path, clock))
    really_passed = 0.0
    for step, seconds in steps:
        if step == "wait":
            clock.advance(seconds)
            really_passed += seconds
        elif step == "reboot":
            clock = a_clock(seconds)
            really_passed += seconds
        else:
            clock.set(Millis(round(seconds * 10**9)))
        opened = True
        try:
            FailureBook(path, clock).check(LIN)
        except SafetyRefusal:
            opened = False
        assert not opened or really_passed >= 15 * 60 - 0.001
        if opened:
            return


def test_the_file_names_nobody(tmp_path: Path) -> None:
    book = FailureBook(tmp_path / "log", a_clock())
    lock(book)
    text = (tmp_path / "log").read_text("utf-8")
    assert LIN not in text
    assert text.isascii()
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


def test_the_audit_gets_every_failure_once_with_its_time(tmp_path: Path) -> None:
    clock = a_clock()
    book = FailureBook(tmp_path / "log", clock)
    book.failed(LIN)
    clock.advance(60)
    book.failed(CHEN)
    book.succeeded(LIN)
    first = book.drain()
    assert [(entry.slot, entry.at) for entry in first] == [
        (hashed_slot(LIN), NOON),
        (hashed_slot(CHEN), NOON + 60_000),
    ]
    book.rotate({entry.uid for entry in first})
    assert book.drain() == []
    book.failed(LIN)
    assert len(book.drain()) == 1


def test_a_crash_before_the_rotation_loses_and_doubles_nothing(tmp_path: Path) -> None:
    book = FailureBook(tmp_path / "log", a_clock())
    lock(book)
    audit: dict[Uid, str] = {entry.uid: entry.slot for entry in book.drain()}
    again = FailureBook(tmp_path / "log", a_clock(0)).drain()
    assert {entry.uid for entry in again} == set(audit)
    assert len(audit) == 5


def test_a_failure_that_came_after_the_drain_survives_the_rotation(tmp_path: Path) -> None:
    book = FailureBook(tmp_path / "log", a_clock())
    book.failed(LIN)
    taken = {entry.uid for entry in book.drain()}
    book.failed(LIN)
    book.succeeded(LIN)
    book.rotate(taken)
    assert len(book.drain()) == 1
    assert book.failed(LIN) == 4


def test_a_rotation_lets_nobody_out_of_the_lock_out(tmp_path: Path) -> None:
    clock = a_clock()
    book = FailureBook(tmp_path / "log", clock)
    lock(book, LIN)
    book.failed(CHEN)
    book.rotate({entry.uid for entry in book.drain()})
    assert book.drain() == []
    with pytest.raises(SafetyRefusal):
        book.check(LIN)
    assert book.failed(CHEN) == 3
    clock.advance(15 * 60)
    book.check(LIN)


def test_a_rotation_leaves_an_empty_file_when_all_is_taken(tmp_path: Path) -> None:
    book = FailureBook(tmp_path / "log", a_clock())
    book.rotate(set())
    book.failed(LIN)
    book.succeeded(LIN)
    book.rotate({entry.uid for entry in book.drain()})
    assert (tmp_path / "log").read_bytes() == b""


def test_a_line_a_crash_cut_off_spoils_no_other(tmp_path: Path) -> None:
    book = FailureBook(tmp_path / "log", a_clock())
    for _ in range(4):
        book.failed(LIN)
    with (tmp_path / "log").open("ab") as log:
        log.write(b'{"id": "018f')
    assert book.failed(LIN) == 0
    with pytest.raises(SafetyRefusal):
        book.check(LIN)


@given(st.binary(max_size=200))
def test_no_rubbish_in_the_file_keeps_people_out(
    tmp_path_factory: pytest.TempPathFactory, rubbish: bytes
) -> None:
    path = tmp_path_factory.mktemp("rubbish") / "log"
    path.write_bytes(rubbish)
    book = FailureBook(path, a_clock())
    book.check(LIN)
    assert book.failed(LIN) == 4
    assert len(book.drain()) == 1


def test_a_program_killed_between_failures_forgets_none(tmp_path: Path) -> None:
    with start_child(
        IMPORTS,
        """
        clock = FixedClock(Millis(0))
        book = FailureBook(Path(sys.argv[1]), clock)
        while True:
            book.failed("slot")
            print("told", flush=True)
        """,
        tmp_path / "log",
    ) as child:
        assert child.stdout is not None
        told = sum(child.stdout.readline() == "told\n" for _ in range(20))
        child.send_signal(signal.SIGKILL)
    assert told == 20
    assert len(FailureBook(tmp_path / "log", a_clock()).drain()) >= told


def test_programs_that_fail_at_once_are_all_counted(tmp_path: Path) -> None:
    body = """
    book = FailureBook(Path(sys.argv[1]), FixedClock(Millis(0)))
    for _ in range(40):
        book.failed("slot")
        book.rotate(set())
    """
    with (
        start_child(IMPORTS, body, tmp_path / "log") as one,
        start_child(IMPORTS, body, tmp_path / "log") as two,
    ):
        for child in (one, two):
            _, err = child.communicate(timeout=60)
            assert child.returncode == 0, err
    entries = FailureBook(tmp_path / "log", a_clock()).drain()
    assert len({entry.uid for entry in entries}) == 80


def test_a_full_disk_lets_the_right_password_in(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with small_disk(tmp_path / "disk", 64 << 10) as disk:
        if disk is None:
            return
        clock = a_clock()
        book = FailureBook(disk / "log", clock)
        lock(book)
        with (disk / "log").open("ab") as log:
            # To the end of its page: blank lines are no entries.
            log.write(b"\n" * (-log.tell() % 4096))
        with pytest.raises(OSError, match="No space"):
            (disk / "ballast").write_bytes(bytes(1 << 20))
        clock.advance(15 * 60)
        book.check(LIN)
        book.succeeded(LIN)
    assert "released" in caplog.text
    assert "succeeded" in caplog.text
    caplog.clear()


def test_a_real_process_sees_the_lock_out_of_another(tmp_path: Path) -> None:
    lock(FailureBook(tmp_path / "log", a_clock(1000)), "slot")
    printed = run_child(
        IMPORTS,
        """
        clock = FixedClock(Millis(0))
        clock.advance(1060)
        try:
            FailureBook(Path(sys.argv[1]), clock).check("slot")
        except SafetyRefusal as refusal:
            print(refusal.sentence)
        """,
        tmp_path / "log",
    )
    assert "约 14 分钟" in printed
