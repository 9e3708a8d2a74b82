"""What goes back down: receipts, a file sent back with a reason, and the street's snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.bundle import lines
from desktop_app.bundle.header import ParcelKind
from desktop_app.bundle.lines import CountLine
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.core.tally import Tally
from desktop_app.core.travel import Profile
from desktop_app.registers.offices import service as offices
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service
from desktop_app.street.inbox.rules.verdicts import Outcome
from tests.ledgers.visits.builders import register
from tests.stations import KEY
from tests.street import looking, records
from tests.street.inbox.conftest import Carry, Post
from tests.street.parcels import HandStation, hand_station

ONE, TWO, THREE = (records.uid(n) for n in (1, 2, 3))


def test_a_receipt_says_how_far_the_street_is_and_what_it_comes_to(
    hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, records.visit(1))
    hand.put("residents", TWO, records.resident(2))

    (verdict,) = carry(hand.bundle())

    assert verdict.receipt_path is not None
    assert verdict.receipt_path.name == "回执-HL01-000002.jlb"
    answer = hand.receipt(verdict.receipt_path)
    assert (answer.station, answer.until, answer.hash) == ("HL01", 2, hand.hashes[2])
    assert (answer.projection, answer.lineage) == ("work-1", "first")
    line = hand.log[0]
    expected = Tally().counting(line.n, line.op, line.revision, line.digest)
    (visits,) = [table for table in answer.tables if table.name == "visits"]
    assert (visits.rows, visits.changes, visits.head) == (1, 1, expected.head)


def test_a_receipt_lies_beside_the_file_where_no_folder_was_chosen(
    street: Desk, hand: HandStation
) -> None:
    hand.put("visits", ONE, records.visit(1))

    (verdict,) = service.take_in(street, [hand.bundle()])

    assert verdict.receipt_path is not None
    assert verdict.receipt_path.parent == hand.folder


def test_a_receipt_that_cannot_be_written_is_told_and_can_be_had_again(
    street: Desk, hand: HandStation, tmp_path: Path
) -> None:
    hand.put("visits", ONE, records.visit(1))
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")

    (verdict,) = service.take_in(street, [hand.bundle()], blocked)

    assert (verdict.outcome, verdict.receipt_path) == (Outcome.APPLIED, None)
    assert "回执没有写成" in verdict.next_step
    (path,) = service.write_receipts(street, tmp_path / "again")
    assert hand.receipt(path).until == 1


def test_receipts_for_all_stations_can_be_written_at_any_time(
    street: Desk, hand: HandStation, carry: Carry, clock: FixedClock, tmp_path: Path
) -> None:
    other = hand_station(street, clock, tmp_path / "other", "XY02", "西园站")
    hand.put("visits", ONE, records.visit(1))
    other.put("visits", TWO, records.visit(2))
    carry(hand.bundle(), other.bundle())

    paths = service.write_receipts(street, tmp_path / "all")

    assert [path.name for path in paths] == ["回执-HL01-000001.jlb", "回执-XY02-000001.jlb"]
    assert other.receipt(paths[1]).hash == other.hashes[1]
    with pytest.raises(UserError):
        service.write_receipts(street, tmp_path, "ZZ99")


def test_a_file_is_sent_back_with_a_reason_that_the_station_sees(
    street: Desk, hand: HandStation, carry: Carry, tmp_path: Path
) -> None:
    hand.put("visits", ONE, records.visit(1))
    (verdict,) = carry(hand.bundle())
    assert verdict.uid is not None

    path = service.send_back(street, verdict.uid, " 十月的来访少了三条，请补录 ", tmp_path / "back")

    answer = hand.receipt(path)
    assert answer.returned == "十月的来访少了三条，请补录"
    assert answer.until == 1
    (line,) = service.history(street).rows
    assert line.returned == answer.returned
    assert line.returned_at is not None
    assert looking.record(street, "visits", ONE) is not None


def test_nothing_is_sent_back_without_a_reason_or_to_nobody(
    street: Desk, hand: HandStation, carry: Carry, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.jlb"
    broken.write_bytes(b"?")
    hand.put("visits", ONE, records.visit(1))
    unknown, known = carry(broken, hand.bundle())
    assert unknown.uid is not None
    assert known.uid is not None

    with pytest.raises(UserError, match="原因"):
        service.send_back(street, known.uid, "  ", tmp_path)
    with pytest.raises(UserError, match="不知道是哪个站点"):
        service.send_back(street, unknown.uid, "看不懂", tmp_path)


def test_a_snapshot_has_the_whole_log_and_the_rows_as_they_came(
    street: Desk, hand: HandStation, carry: Carry, tmp_path: Path
) -> None:
    hand.put("residents", ONE, {**records.resident(1), "nickname": "小陈"})
    hand.unsaid()
    hand.put("visits", TWO, records.visit(2))
    hand.put("visits", TWO, records.visit(2, people=3))
    hand.put("visits", THREE, records.visit(3), version=9)
    hand.delete("residents", records.uid(4))
    carry(hand.bundle(counts=[CountLine("visits", "2026-11", "petitions", 5)]))

    path = service.snapshot_for(street, "HL01", tmp_path / "down")

    assert path.name == "对账-HL01-000006.jlb"
    with hand.opened(path) as parcel:
        assert parcel.header.kind is ParcelKind.SNAPSHOT
        assert lines.check_chain(parcel.header, lines.merged(parcel)) == 6
        told = list(lines.merged(parcel))
        rows = {
            line.uid: line
            for kind in ("residents", "visits")
            for line in lines.current(parcel, f"current/{kind}")
        }
        (count,) = lines.counts(parcel)
    assert [line.fields for line in told] == [None] * 6
    assert [(line.n, line.digest) for line in told] == [(line.n, line.digest) for line in hand.log]
    assert rows[ONE].fields == {**records.resident(1), "nickname": "小陈"}
    assert rows[ONE].extra == {"profile": "work", "masked": ["name", "phones"]}
    assert (rows[TWO].revision, rows[TWO].fields["people"]) == (2, 3)
    assert (rows[THREE].version, rows[THREE].fields) == (9, records.visit(3))
    assert (count.table, count.month, count.name, count.value) == (
        "visits",
        "2026-11",
        "petitions",
        5,
    )


def test_a_snapshot_does_not_tell_for_known_what_was_never_sent(
    street: Desk, hand: HandStation, carry: Carry, tmp_path: Path
) -> None:
    hand.put("residents", ONE, records.resident(1, Profile.STATS))
    carry(hand.bundle(profile="stats"))

    path = service.snapshot_for(street, "HL01", tmp_path)

    with hand.opened(path) as parcel:
        (row,) = lines.current(parcel, "current/residents")
    assert row.fields == records.resident(1, Profile.STATS)
    assert "number" not in row.fields


def test_there_is_no_snapshot_of_a_station_that_sent_nothing(
    street: Desk, hand: HandStation, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="还没有收到过"):
        service.snapshot_for(street, "HL01", tmp_path)


@pytest.mark.sqlite_only
def test_a_street_that_went_back_to_an_old_backup_catches_up(
    post: Post, tmp_path: Path, clock: FixedClock
) -> None:
    first = register(post.station)
    post.report()
    backup = tmp_path / "backup.db"
    post.street.database.snapshot(backup)
    second = register(post.station)
    post.report()
    restored = Desk(open_file(backup, KEY, clock), post.street.actor)
    post.street = restored
    third = register(post.station)

    early = post.carry(*post.export())[0]
    post.answer(early)
    caught_up = post.report()

    assert (early.outcome, caught_up.outcome) == (Outcome.GAP, Outcome.APPLIED)
    for made in (first, second, third):
        assert looking.record(restored, "visits", made.uid).number == made.number
    restored.database.close()


def test_nothing_of_a_station_goes_to_a_pc_that_is_not_believed_any_more(
    street: Desk, hand: HandStation, carry: Carry, tmp_path: Path
) -> None:
    hand.put("visits", ONE, records.visit(1))
    carry(hand.bundle())
    offices.revoke(street, "HL01", "电脑丢了")

    with pytest.raises(UserError, match="已经吊销"):
        service.snapshot_for(street, "HL01", tmp_path / "out")

    assert not (tmp_path / "out").exists()
