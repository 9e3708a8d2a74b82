"""What a receipt does, and what it never does."""

from __future__ import annotations

import pytest

from desktop_app.bundle import lines
from desktop_app.bundle.keyring import SigningKey
from desktop_app.bundle.receipt import TableTally, Verdict
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.travel import Profile
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action
from desktop_app.station.reporting.rules.answers import Answer
from desktop_app.station.reporting.rules.reports import Phase
from desktop_app.station.reporting.service.state import history, state
from tests.ledgers.visits.builders import register, resident, timed
from tests.station.reporting.hall import Hall


def test_only_a_receipt_confirms_and_the_next_export_goes_on_from_there(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    assert hall.last().phase is Phase.DELIVERED
    taken = hall.down()
    assert (taken.answer, taken.confirmed) == (Answer.CONFIRMS, 1)
    assert hall.last().phase is Phase.CONFIRMED
    register(hall.desk)
    assert (hall.up().first, hall.last().last) == (2, 2)


def test_a_receipt_taken_twice_does_nothing_the_second_time(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    path = hall.street.receipt(hall.desk)
    hall.take(path)
    before = state(hall.desk)
    assert hall.take(path).answer is Answer.REPEATS
    assert state(hall.desk) == before


def test_after_a_lost_receipt_the_next_export_covers_the_same_changes_again(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    register(hall.desk)
    hall.up()
    hall.down()
    assert [made.phase for made in history(hall.desk)] == [Phase.CONFIRMED] * 2
    assert state(hall.desk).waiting == 0


def test_an_old_receipt_that_comes_late_changes_nothing(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    old = hall.street.receipt(hall.desk)
    hall.clock.advance(60)
    register(hall.desk)
    hall.up()
    hall.down()
    assert hall.take(old).answer is Answer.REPEATS
    assert state(hall.desk).confirmed == 2


def test_a_street_restored_from_an_old_backup_gets_what_it_lost_once_more(hall: Hall) -> None:
    for _ in range(3):
        register(hall.desk)
        hall.up()
        hall.down()
    hall.street.forget_after(1)
    assert hall.down().answer is Answer.BACK
    assert [made.phase for made in history(hall.desk)] == [
        Phase.DELIVERED,
        Phase.DELIVERED,
        Phase.CONFIRMED,
    ]
    again = hall.up()
    assert (again.first, again.last) == (2, 3)
    assert hall.down().answer is Answer.CONFIRMS
    assert state(hall.desk).waiting == 0


def test_a_receipt_that_says_something_is_missing_is_believed_whatever_its_clock_says(
    hall: Hall,
) -> None:
    register(hall.desk)
    hall.up()
    hall.down()
    hall.street.forget_after(0)
    hall.clock.advance(-3600)
    assert hall.down(verdict=Verdict.GAP).answer is Answer.BACK


def test_a_receipt_that_knows_more_than_this_home_stops_every_export(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    taken = hall.down(until=5, hash=bytes(32))
    assert taken.must_reconcile
    assert "第 5 条" in taken.sentence
    assert "重新对账" in state(hall.desk).needs_reconcile
    with pytest.raises(SafetyRefusal, match="现在不能上报"):
        hall.report()


def test_a_receipt_of_another_past_stops_every_export_until_one_fits_again(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    assert hall.down(hash=bytes(32)).must_reconcile
    assert hall.down().answer is Answer.CONFIRMS
    assert hall.report().export.changes == 0


def test_when_both_sides_count_differently_nothing_is_confirmed(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    with pytest.raises(SafetyRefusal, match="街道 7 条"):
        hall.down(tables=(TableTally("visits", 7, 7, bytes(32)),))
    assert hall.last().phase is Phase.DELIVERED


def test_tallies_are_carried_on_from_receipt_to_receipt(hall: Hall) -> None:
    for _ in range(3):
        resident(hall.desk)
        register(hall.desk)
        hall.up()
        assert hall.down().answer is Answer.CONFIRMS


def test_a_receipt_that_another_key_signed_is_refused(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    hall.street.signing = SigningKey.fresh()
    with pytest.raises(SafetyRefusal, match="签发"):
        hall.down()


def test_a_receipt_for_another_station_is_refused(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    with pytest.raises(SafetyRefusal, match="QR02"):
        hall.down(station="QR02")


def test_a_snapshot_is_not_taken_for_a_receipt(hall: Hall) -> None:
    from desktop_app.bundle.faults import NoParcel

    register(hall.desk)
    hall.up()
    with pytest.raises(NoParcel, match="不是回执"):
        hall.take(hall.street.snapshot(hall.desk))


def test_what_the_street_parked_is_told_with_its_number(hall: Hall) -> None:
    from desktop_app.bundle.receipt import ParkedRecord

    made = register(hall.desk)
    hall.up()
    taken = hall.down(
        parked=(ParkedRecord("visits", made.uid, "编号重复"),), verdict=Verdict.PARKED
    )
    assert [(one.label, one.number, one.reason) for one in taken.parked] == [
        ("来访", made.number, "编号重复")
    ]
    assert state(hall.desk).parked == 1


def test_a_wider_profile_tells_the_rows_that_were_told_narrowly_once_more(hall: Hall) -> None:
    seen = register(hall.desk, timed())
    made = visits.act(hall.desk, seen.uid, Action.TAKE_UP, seen.revision, StepDetails()).value
    hall.up(Profile.STATS)
    hall.down()
    register(hall.desk)
    bundle = hall.street.read(hall.report(Profile.WORK).paths[0])
    (row,) = bundle.current
    assert (row.uid, row.revision) == (made.uid, made.revision)
    assert row.fields["name"] == "陈*英"
    assert [line.n for line in bundle.changes] == [3]


def test_what_may_have_arrived_narrowly_is_told_once_more_even_when_unconfirmed(
    hall: Hall,
) -> None:
    made = register(hall.desk)
    hall.report(Profile.STATS)
    bundle = hall.street.read(hall.report(Profile.WORK).paths[0])
    assert [row.uid for row in bundle.current] == [made.uid]
    assert len(bundle.of("visits")) == 1


def test_once_the_wider_one_is_confirmed_nothing_is_told_twice(hall: Hall) -> None:
    register(hall.desk)
    hall.up(Profile.STATS)
    hall.down()
    hall.up(Profile.WORK)
    hall.down()
    assert hall.street.read(hall.report(Profile.WORK).paths[0]).current == []


def test_a_row_that_never_leaves_is_not_told_again_either(hall: Hall) -> None:
    from desktop_app.core.handling import Handling
    from tests.ledgers.visits.builders import matter

    register(hall.desk, matter("信访渠道告知", petition=True, handling=Handling.ADVICE))
    hall.up(Profile.STATS)
    hall.down()
    bundle = hall.street.read(hall.report(Profile.WORK).paths[0])
    assert bundle.current == []
    assert lines.COUNTS in bundle.tables


def test_the_announced_key_signs_once_the_street_knows_it(hall: Hall) -> None:
    from desktop_app.core.rights import Right
    from desktop_app.registers.offices import store as offices

    fresh = SigningKey.fresh()
    with hall.desk.unit_of_work("更换密钥", needs=Right.MANAGE_STATION) as unit:
        offices.keep_signing(unit, fresh, offices.ANNOUNCED)
    register(hall.desk)
    hall.up()
    announced = hall.street.read(hall.report().paths[0]).header.next_key
    assert announced == fresh.public.hex()
    hall.down(extra={"keys": [announced]})
    with hall.street.opened(hall.report().paths[0]) as parcel:
        assert parcel.signer == fresh.public


def test_an_export_that_told_rows_anew_is_confirmed_only_by_a_receipt_that_knows_them(
    hall: Hall,
) -> None:
    register(hall.desk)
    hall.up(Profile.STATS)
    hall.down()
    wider = hall.report(Profile.WORK)
    hall.down()
    assert hall.last().phase is Phase.DELIVERED
    hall.street.take(wider.paths[0])
    hall.down()
    assert hall.last().phase is Phase.CONFIRMED
