"""A parcel is sealed and opened: everything comes back, and nothing is left behind."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from desktop_app.bundle import archive, lines
from desktop_app.bundle.faults import BadContent, NotForUs, Unwritable
from desktop_app.bundle.header import TableFacts
from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.bundle.parcel import (
    LIMITS,
    FileSource,
    Limits,
    TableSource,
    open_parcel,
    seal_parcel,
)
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal, UserError
from desktop_app.core.job import Cancelled, Job, Progress
from tests.bundle import hostile
from tests.bundle.parcels import (
    RECOVERY_KEY,
    STATION_KEY,
    STREET_KEY,
    Log,
    header,
    header_of,
    photo,
    photo_source,
    seal,
    small_log,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "上报包-QR01-000001-000005.jlb"


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("key", [STREET_KEY, RECOVERY_KEY])
def test_everything_comes_back_whichever_key_opens_it(
    path: Path, scratch: Path, key: OpeningKey
) -> None:
    log = small_log()
    photos = dict(photo(number, size) for number, size in [(1, 10), (2, 300_000), (3, 0)])
    answer = FileSource.json("receipt", b'{"until":5}\n')
    sealed = seal(path, log, [answer, *map(photo_source, photos.values())])
    with open_parcel(path, [OpeningKey.fresh(), key], scratch) as parcel:
        assert list(lines.merged(parcel)) == log.changes
        assert lines.check_chain(parcel.header, lines.merged(parcel)) == 5
        assert parcel.header == sealed.header
        assert parcel.signer == STATION_KEY.public
        assert parcel.sha256 == sealed.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert sealed.size == path.stat().st_size
        assert {name: parcel.photo(name).read() for name in parcel.photo_names()} == photos
        assert {len(parcel.photo(name).read()) for name in photos} == {10, 300_000, 0}
        assert parcel.json("receipt") == {"until": 5}
        assert [(table.name, table.rows) for table in parcel.tables()] == [
            ("changes/visit", 3), ("changes/withheld", 1), ("changes/resident", 1),
        ]  # fmt: skip


def test_the_same_content_always_makes_the_same_bag(tmp_path: Path) -> None:
    bags = []
    for name in ("one", "two"):
        seal(tmp_path / name, small_log(), [photo_source(photo(1)[1])])
        bags.append(hostile.unsealed((tmp_path / name).read_bytes()))
    assert bags[0] == bags[1]
    assert (tmp_path / "one").read_bytes() != (tmp_path / "two").read_bytes()


def test_a_parcel_of_nothing_is_a_parcel(path: Path, scratch: Path) -> None:
    seal(path, Log())
    with open_parcel(path, [STREET_KEY], scratch) as parcel:
        assert (parcel.tables(), parcel.photo_names(), parcel.header.changes) == ((), (), 0)
        with pytest.raises(BadContent, match="缺少"):
            parcel.json("receipt")
        with pytest.raises(KeyError):
            parcel.photo("00" * 32)


def test_a_table_without_lines_leaves_no_file_behind(path: Path, scratch: Path) -> None:
    with path.open("wb") as target:
        tables = [TableSource("current/visit", []), TableSource("counts", [b"{}"])]
        seal_parcel(target, tables, [], header_of(Log()), STATION_KEY, [STREET_KEY.recipient])
    with open_parcel(path, [STREET_KEY], scratch) as parcel:
        assert [table.name for table in parcel.tables()] == ["counts"]
        assert list(parcel.lines("counts")) == [b"{}"]


def test_lines_of_any_length_come_back_and_tables_may_be_read_in_turns(
    path: Path, scratch: Path
) -> None:
    sizes = [0, 1, 65_535, 65_536, 65_537, 262_143, 262_144, 5, LIMITS.line, 3]
    tables = {
        f"current/t{number}": [
            hashlib.shake_128(b"%d" % (number + size)).hexdigest(size // 2 + 1)[:size].encode()
            for size in sizes
        ]
        for number in range(3)
    }
    with path.open("wb") as target:
        sources = [TableSource(name, table) for name, table in tables.items()]
        seal_parcel(target, sources, [], header_of(Log()), STATION_KEY, [STREET_KEY.recipient])
    with open_parcel(path, [STREET_KEY], scratch) as parcel:
        for name, table in tables.items():
            assert list(parcel.lines(name)) == table
        together = zip(*(parcel.lines(name) for name in tables), strict=True)
        assert list(together) == list(zip(*tables.values(), strict=True))


def test_another_key_does_not_open_it(path: Path, scratch: Path) -> None:
    seal(path, small_log())
    with pytest.raises(NotForUs, match="不是封给本机的"):
        open_parcel(path, [OpeningKey.fresh()], scratch)
    with pytest.raises(NotForUs):
        open_parcel(path, [], scratch)


def test_the_signer_is_whoever_signed_and_not_whom_the_header_names(
    path: Path, scratch: Path
) -> None:
    stranger = SigningKey.fresh()
    seal(path, small_log(), signer=stranger)
    with open_parcel(path, [STREET_KEY], scratch) as parcel:
        assert (parcel.signer, parcel.header.sender) == (stranger.public, "QR01")


def test_no_plain_text_lies_anywhere_while_a_parcel_is_made_and_open(
    path: Path, scratch: Path
) -> None:
    log = Log()
    for number in range(3000):
        log.add("visit", fields={"name": "陈桂英", "number": number})
    seal(path, log)
    with open_parcel(path, [STREET_KEY], scratch) as parcel:
        assert sum(1 for _ in lines.merged(parcel)) == 3000
        assert list(scratch.iterdir()) == []
        assert [each.name for each in path.parent.iterdir() if each.is_file()] == [path.name]
        assert "陈桂英".encode() not in path.read_bytes()


def test_progress_is_told_and_a_request_to_stop_is_heard_on_both_ways(
    path: Path, scratch: Path
) -> None:
    data = [photo(number, 2_000_000)[1] for number in range(3)]
    told: list[Progress] = []

    def stop_at(most: int) -> Job:
        def tell(progress: Progress) -> None:
            told.append(progress)
            if len(told) >= most:
                job.cancel()

        job = Job("试", tell)
        return job

    def sealed(job: Job) -> None:
        with path.open("wb") as target:
            seal_parcel(
                target, [], map(photo_source, data), header_of(Log()), STATION_KEY,
                [STREET_KEY.recipient], job,
            )  # fmt: skip

    sealed(stop_at(100))
    assert [progress.done for progress in told] == sorted(progress.done for progress in told)
    assert len(told) >= 5
    told.clear()
    with pytest.raises(Cancelled):
        sealed(stop_at(2))
    sealed(Job("试"))
    told.clear()
    open_parcel(path, [STREET_KEY], scratch, job=stop_at(1000)).close()
    assert [progress.done for progress in told] == sorted(progress.done for progress in told)
    assert told[-1].permille in range(990, 1001)
    for most in (1, len(told) // 4, len(told) - 1):
        told.clear()
        with pytest.raises(Cancelled):
            open_parcel(path, [STREET_KEY], scratch, job=stop_at(most))
    assert list(scratch.iterdir()) == []


class _Broken(io.BytesIO):
    """A stick that is pulled after some bytes."""

    def write(self, data: Any, /) -> int:
        if self.tell() > 1000:
            raise OSError(5, "Input/output error")
        return super().write(data)


def test_an_error_of_the_target_comes_out_as_it_was_raised() -> None:
    data = photo(1, 500_000)[1]
    with pytest.raises(OSError, match="Input/output error") as caught:
        seal_parcel(
            _Broken(), [], [photo_source(data)], header_of(Log()), STATION_KEY,
            [STREET_KEY.recipient],
        )  # fmt: skip
    assert caught.value.errno == 5


def test_an_error_of_a_source_comes_out_as_it_was_raised() -> None:
    class NoSuchPhoto(Exception):
        pass

    def missing() -> BinaryIO:
        raise NoSuchPhoto

    def failing() -> Iterator[bytes]:
        yield b"{}"
        raise NoSuchPhoto

    for tables, files in [
        ([], [FileSource.photo("ab" * 32, missing)]),
        ([TableSource("counts", failing())], []),
    ]:
        with pytest.raises(NoSuchPhoto):
            seal_parcel(
                io.BytesIO(), tables, files, header_of(Log()), STATION_KEY,
                [STREET_KEY.recipient],
            )  # fmt: skip


def seal_to_nobody(
    *tables: TableSource, files: tuple[FileSource, ...] = (), **changed: Any
) -> None:
    made = header_of(Log(), **changed)
    seal_parcel(io.BytesIO(), tables, files, made, STATION_KEY, [STREET_KEY.recipient])


def test_what_no_reader_would_take_is_not_written() -> None:
    sha256, data = photo(1)
    lying = FileSource.photo("ab" * 32, lambda: io.BytesIO(data))
    cases: list[tuple[list[TableSource], tuple[FileSource, ...], dict[str, Any], str]] = [
        ([TableSource("counts", [b"x" * (LIMITS.line + 1)])], (), {}, "太长"),
        ([TableSource("counts", [b"x" * 1000] * 3000)], (), {}, "重复太多"),
        ([], (lying,), {}, "校验值不符"),
        ([], (), {"sender": "钱荣"}, "包头"),
        ([], (), {"first": 0}, "包头"),
    ]
    for tables, files, changed, words in cases:
        with pytest.raises(Unwritable, match=words):
            seal_to_nobody(*tables, files=files, **changed)
    assert hashlib.sha256(data).hexdigest() == sha256


def test_an_archive_that_grows_too_large_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 100_000)
    seal_to_nobody(files=(photo_source(photo(1, 50_000)[1]),))
    with pytest.raises(Unwritable, match="2 GB"):
        seal_to_nobody(files=(photo_source(photo(1, 100_001)[1]),))
    with pytest.raises(Unwritable, match="2 GB"):
        seal_to_nobody(files=tuple(photo_source(photo(n, 40_000)[1]) for n in range(3)))


def test_slips_of_the_program_are_not_taken_for_the_persons() -> None:
    twice = (TableSource("counts", [b"{}"]), TableSource("counts", [b"{}"]))
    with pytest.raises(ValueError, match="twice"):
        seal_to_nobody(*twice)
    with pytest.raises(ValueError, match="name"):
        seal_to_nobody(TableSource("../counts", [b"{}"]))
    with pytest.raises(ValueError, match="what was written"):
        seal_parcel(
            io.BytesIO(), [TableSource("counts", [b"{}"])], [], lambda facts: header(),
            STATION_KEY, [STREET_KEY.recipient],
        )  # fmt: skip
    with pytest.raises(ValueError, match="nobody"):
        seal_parcel(io.BytesIO(), [], [], header_of(Log()), STATION_KEY, [])


def test_a_recipient_that_is_none_is_refused_before_anything_is_written() -> None:
    target = io.BytesIO()
    with pytest.raises(UserError, match="公钥"):
        seal_parcel(target, [], [], header_of(Log()), STATION_KEY, ["age1wrong"])
    assert target.getvalue() == b""


def test_a_file_that_cannot_be_read_is_the_environments_fault(
    tmp_path: Path, scratch: Path
) -> None:
    with pytest.raises(EnvironmentFault, match="U 盘"):
        open_parcel(tmp_path / "gone.jlb", [STREET_KEY], scratch)


def test_a_scratch_folder_that_is_missing_is_the_environments_fault(path: Path) -> None:
    seal(path, small_log())
    with pytest.raises(EnvironmentFault, match="临时空间"):
        open_parcel(path, [STREET_KEY], path.parent / "nowhere")


def test_limits_are_the_callers_to_tighten(path: Path, scratch: Path) -> None:
    seal(path, small_log(), [photo_source(photo(1, 50_000)[1])])
    for limits in (
        Limits(archive=50_000),
        Limits(unpacked=50_000),
        Limits(files=5),
        Limits(line=99),
    ):
        with pytest.raises(SafetyRefusal):
            open_parcel(path, [STREET_KEY], scratch, limits)
    open_parcel(path, [STREET_KEY], scratch, Limits(unpacked=60_000)).close()
    with pytest.raises(SafetyRefusal, match="不可能是正常的"):
        open_parcel(path, [STREET_KEY], scratch, Limits(archive=50_000))


def test_the_facts_a_header_is_asked_with_are_those_of_the_files() -> None:
    asked: list[tuple[TableFacts, ...]] = []

    def answer(facts: tuple[TableFacts, ...]) -> Any:
        asked.append(facts)
        return header(facts)

    tables = [TableSource("current/visit", [b"1", b"22"]), TableSource("counts", iter([b"{}"]))]
    seal_parcel(io.BytesIO(), tables, [], answer, STATION_KEY, [STREET_KEY.recipient])
    assert asked == [
        (
            TableFacts("current/visit", 2, hashlib.sha256(b"1\n22\n").hexdigest()),
            TableFacts("counts", 1, hashlib.sha256(b"{}\n").hexdigest()),
        )
    ]
