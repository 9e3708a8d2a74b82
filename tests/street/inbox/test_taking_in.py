"""Files that stations sent are taken in, whatever their order; what does not fit is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.bundle.lines import CountLine
from desktop_app.bundle.parcel import TableSource
from desktop_app.bundle.receipt import Verdict as Said
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import ExitStatus, NotAllowed, UserError
from desktop_app.core.job import Cancelled, Job, Progress
from desktop_app.core.rights import Actor, Right
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service
from desktop_app.street.inbox.rules.verdicts import Outcome, Verdict
from desktop_app.street.inbox.service import reading, watching
from tests.ledgers.visits.builders import matter, register, resident
from tests.street import looking, records
from tests.street.inbox.conftest import Carry, Post
from tests.street.parcels import HandStation, hand_station


def outcomes(found: list[Verdict]) -> list[Outcome]:
    return [verdict.outcome for verdict in found]


def test_what_a_station_reports_stands_in_the_streets_ledgers(post: Post) -> None:
    person = resident(post.station)
    made = register(post.station, matter(), resident=person.uid)

    verdict = post.report()

    assert verdict.outcome is Outcome.APPLIED
    kept = looking.record(post.street, "visits", made.uid)
    assert (kept.station, kept.number, kept.revision) == ("QR01", made.number, 1)
    assert (kept.created_at, kept.changed_at) == (made.created_at, made.changed_at)
    assert looking.record(post.street, "residents", person.uid).name == "陈*英"


def test_the_station_agrees_with_the_receipt_and_knows_until_when(post: Post) -> None:
    register(post.station)
    verdict = post.carry(*post.export())[0]

    taken = post.answer(verdict)

    assert (taken.until, taken.confirmed) == (verdict.last, 1)


def test_a_record_that_moved_on_has_its_first_time_and_its_last_content(
    street: Desk, hand: HandStation, carry: Carry, clock: FixedClock
) -> None:
    born = clock.now()
    hand.put("visits", records.uid(1), records.visit(1))
    clock.advance(60)
    hand.put("visits", records.uid(1), records.visit(1, summary="改了"))

    (verdict,) = carry(hand.bundle())

    kept = looking.record(street, "visits", records.uid(1))
    assert (kept.revision, kept.created_at, kept.changed_at) == (2, born, born + 60_000)
    assert verdict.counts["visits"] == {"new": 1}


def test_a_later_bundle_changes_and_deletes(street: Desk, hand: HandStation, carry: Carry) -> None:
    for n in (1, 2):
        hand.put("visits", records.uid(n), records.visit(n))
    carry(hand.bundle())
    hand.put("visits", records.uid(1), records.visit(1, people=4))
    hand.delete("visits", records.uid(2))

    (verdict,) = carry(hand.bundle(first=3))

    assert verdict.counts["visits"] == {"changed": 1, "deleted": 1}
    assert looking.record(street, "visits", records.uid(1)).people == 4
    assert looking.record(street, "visits", records.uid(2)).deleted
    assert "更改 1" in verdict.sentence


def test_the_same_file_twice_is_told_and_changes_nothing(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", records.uid(1), records.visit(1))
    path = hand.bundle()
    carry(path)
    before = looking.dump(street)

    (verdict,) = carry(path)

    assert verdict.outcome is Outcome.DUPLICATE
    assert verdict.exit_status is ExitStatus.DONE
    assert looking.dump(street) == before
    assert verdict.receipt_path is not None
    assert hand.receipt(verdict.receipt_path).until == 1


def test_months_dropped_in_any_order_all_go_in(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    paths = []
    for month in range(1, 5):
        hand.put("visits", records.uid(month), records.visit(month))
        paths.append(hand.bundle(first=month, name=f"包-{9 - month}.jlb"))

    found = carry(*paths)

    assert outcomes(found) == [Outcome.APPLIED] * 4
    assert [verdict.path for verdict in found] == paths
    assert looking.standing(street, "HL01").applied == 4


def test_overlapping_bundles_count_nothing_twice(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    for n in (1, 2, 3):
        hand.put("visits", records.uid(n), records.visit(n))
    carry(hand.bundle(last=2))

    (verdict,) = carry(hand.bundle())

    assert verdict.outcome is Outcome.APPLIED
    assert verdict.counts["visits"] == {"new": 1}
    assert [row["n"] for row in looking.rows(street, "received")] == [1, 2, 3]


def test_a_gap_is_named_and_nothing_changes(street: Desk, hand: HandStation, carry: Carry) -> None:
    for n in (1, 2, 3):
        hand.put("visits", records.uid(n), records.visit(n))
    carry(hand.bundle(last=1))

    (verdict,) = carry(hand.bundle(first=3))

    assert verdict.outcome is Outcome.GAP
    assert verdict.exit_status is ExitStatus.WRONG_INPUT
    assert "中间缺第 2 号变更" in verdict.sentence
    assert looking.standing(street, "HL01").applied == 1
    assert looking.record(street, "visits", records.uid(3)) is None
    (report,) = [one for one in service.reports(street) if one.code == "HL01"]
    assert report.missing == (2, 2)
    assert verdict.receipt_path is not None
    answer = hand.receipt(verdict.receipt_path)
    assert (answer.until, answer.verdict) == (1, Said.GAP)


def test_a_gap_is_forgotten_when_it_is_filled(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    for n in (1, 2):
        hand.put("visits", records.uid(n), records.visit(n))
    carry(hand.bundle(first=2))

    carry(hand.bundle())

    (report,) = [one for one in service.reports(street) if one.code == "HL01"]
    assert report.missing is None


def test_one_refused_file_does_not_stop_the_others(
    hand: HandStation, carry: Carry, tmp_path: Path
) -> None:
    empty, sheet = tmp_path / "空.jlb", tmp_path / "报表.jlb"
    empty.write_bytes(b"")
    sheet.write_bytes(b"PK\x03\x04 a workbook")
    hand.put("visits", records.uid(1), records.visit(1))
    good = hand.bundle()

    found = carry(empty, sheet, good)

    assert outcomes(found) == [Outcome.REFUSED, Outcome.REFUSED, Outcome.APPLIED]
    assert [one.exit_status for one in found[:2]] == [ExitStatus.WRONG_INPUT] * 2
    assert all("没有任何改动" in one.sentence for one in found[:2])


def test_every_file_and_its_verdict_is_on_record(
    street: Desk, hand: HandStation, carry: Carry, tmp_path: Path
) -> None:
    broken = tmp_path / "坏的.jlb"
    broken.write_bytes(b"?")
    hand.put("visits", records.uid(1), records.visit(1))
    path = hand.bundle()
    carry(broken)
    carry(path, path)
    carry(path)

    lines = service.history(street).rows

    assert [line.outcome for line in lines] == [
        Outcome.DUPLICATE,
        Outcome.APPLIED,
        Outcome.REFUSED,
    ]
    assert lines[1].station_name == "华莲站"
    assert (lines[1].first, lines[1].last, lines[1].counts) == (1, 1, {"visits": {"new": 1}})
    assert [one.name for one in service.history(street, station="HL01").rows] == [path.name] * 2


@pytest.mark.parametrize("kept_ready", [0, 500, 4000])
def test_a_bundle_too_large_to_keep_in_memory_goes_in_the_same_way(
    street: Desk,
    hand: HandStation,
    carry: Carry,
    monkeypatch: pytest.MonkeyPatch,
    kept_ready: int,
) -> None:
    monkeypatch.setattr(reading, "KEPT_READY", kept_ready)
    for n in range(1, 1201):
        hand.put("visits", records.uid(n), records.visit(n))
    hand.unsaid()
    hand.put("visits", records.uid(7), records.visit(7, people=2))

    (verdict,) = carry(hand.bundle())

    assert verdict.counts["visits"] == {"new": 1200}
    assert looking.record(street, "visits", records.uid(7)).people == 2
    assert len(looking.rows(street, "received")) == 1202
    assert looking.standing(street, "HL01").hash == hand.hashes[-1]


def test_stations_do_not_disturb_each_other(
    street: Desk, hand: HandStation, carry: Carry, clock: FixedClock, tmp_path: Path
) -> None:
    other = hand_station(street, clock, tmp_path / "other", "XY02", "西园站")
    hand.put("visits", records.uid(1), records.visit(1))
    other.put("visits", records.uid(2), records.visit(2))

    found = carry(other.bundle(), hand.bundle())

    assert outcomes(found) == [Outcome.APPLIED] * 2
    assert [looking.standing(street, code).applied for code in ("HL01", "XY02")] == [1, 1]


def test_who_may_not_receive_is_refused_before_anything_is_read(
    street: Desk, hand: HandStation, tmp_path: Path
) -> None:
    volunteer = Actor(None, "李卫国", "值班志愿者", frozenset({Right.READ, Right.REGISTER}))

    with pytest.raises(NotAllowed):
        service.take_in(Desk(street.database, volunteer), [hand.bundle()], tmp_path)


def test_a_station_takes_nothing_in(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="要在街道做"):
        service.take_in(desk, [tmp_path / "a.jlb"], tmp_path)


def test_stopping_in_a_large_bundle_leaves_nothing_of_it(
    street: Desk, hand: HandStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "KEPT_READY", 0)
    for n in range(1, 1201):
        hand.put("visits", records.uid(n), records.visit(n))
    path = hand.bundle()
    before = looking.dump(street)
    job = Job("收件")

    def stop(progress: Progress) -> None:
        if progress.done == 500 and progress.total == 1200:
            job.cancel()

    job.listen(stop)
    with pytest.raises(Cancelled):
        service.take_in(street, [path], tmp_path, job=job)

    assert looking.dump(street) == before


def test_a_folder_is_watched_and_each_file_looked_at_once(
    street: Desk, hand: HandStation, tmp_path: Path
) -> None:
    for n in (1, 2):
        hand.put("visits", records.uid(n), records.visit(n))
    early = hand.bundle(first=2)

    first = service.take_in_folder(street, hand.folder)
    late = hand.bundle(last=1)
    second = service.take_in_folder(street, hand.folder)
    third = service.take_in_folder(street, hand.folder)

    assert outcomes(first) == [Outcome.GAP]
    assert [(one.path, one.outcome) for one in second] == [
        (early, Outcome.APPLIED),
        (late, Outcome.APPLIED),
    ]
    assert third == []


def test_looking_at_a_file_changes_nothing(street: Desk, hand: HandStation, carry: Carry) -> None:
    for n in (1, 2):
        hand.put("visits", records.uid(n), records.visit(n))
    paths = [hand.bundle(last=1), hand.bundle(first=2)]
    before = looking.dump(street, without=())

    found = [service.verify(street, path) for path in paths]

    assert outcomes(found) == [Outcome.APPLIED, Outcome.GAP]
    assert looking.dump(street, without=()) == before


def test_a_file_that_could_not_be_read_is_taken_in_hand_once_more(
    street: Desk, hand: HandStation, tmp_path: Path
) -> None:
    hand.put("visits", records.uid(1), records.visit(1))
    path = hand.bundle()

    ill = service.take_in_folder(street, hand.folder, scratch=tmp_path / "no such disk")
    still_new = service.never_taken(street, [path])
    well = service.take_in_folder(street, hand.folder, scratch=tmp_path)

    assert [one.exit_status for one in ill] == [ExitStatus.ENVIRONMENT]
    assert still_new == (path,)
    assert outcomes(well) == [Outcome.APPLIED]


def test_what_was_taken_in_is_not_read_through_at_every_look_into_the_folder(
    street: Desk, hand: HandStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.put("visits", records.uid(1), records.visit(1))
    service.take_in(street, [hand.bundle()], tmp_path)
    before = service.look(street, hand.folder, service.Look(), ())
    found = service.look(street, hand.folder, before, ())
    read: list[Path] = []
    monkeypatch.setattr(watching, "sha256_of", read.append)

    again = service.look(street, hand.folder, found, found.known)

    assert (found.ready, again.ready, read) == ((), (), [])
    assert found.known == frozenset(found.there.values())


def test_a_name_in_capitals_is_a_bundle_all_the_same(
    street: Desk, hand: HandStation, tmp_path: Path
) -> None:
    hand.put("visits", records.uid(1), records.visit(1))
    hand.bundle(name="HL01-1.JLB")
    assert outcomes(service.take_in_folder(street, hand.folder)) == [Outcome.APPLIED]


def test_a_table_that_nobody_here_has_heard_of_is_told(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", records.uid(1), records.visit(1))

    (verdict,) = carry(hand.bundle(more=[TableSource("verses", [b'{"line":1}'])]))

    assert verdict.outcome is Outcome.APPLIED
    assert "本机不认识的内容" in verdict.sentence
    assert "请升级街道的近邻台" in verdict.next_step


def test_a_report_without_changes_may_be_taken_in_and_says_so(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", records.uid(1), records.visit(1))
    carry(hand.bundle())
    verdict = service.verify(
        street, hand.bundle(first=2, counts=[CountLine("visits", "2026-11", "petitions", 1)])
    )
    assert "可以收下补充内容（没有新的变更）" in verdict.sentence
