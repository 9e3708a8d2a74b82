"""Changes that contradict what the street has are refused and named: which, since when, by whom."""

from __future__ import annotations

from desktop_app.bundle.lines import CountLine
from desktop_app.bundle.receipt import Verdict as Said
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import ExitStatus
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from tests.street import looking, records
from tests.street.inbox.conftest import Carry
from tests.street.parcels import HandStation


def written(hand: HandStation, *numbers: int) -> None:
    for n in numbers:
        hand.put("visits", records.uid(n), records.visit(n))


def test_a_station_that_was_restored_and_wrote_on_is_a_fork_and_not_a_duplicate(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    written(hand, 1, 2, 3, 4)
    carry(hand.bundle())
    hand.back_to(2, "second")
    written(hand, 5, 6)
    before = looking.dump(street)

    (verdict,) = carry(hand.bundle(first=3))

    assert verdict.outcome is Outcome.FORKED
    assert verdict.exit_status is ExitStatus.REFUSED
    assert "从第 3 号变更（2026-11-23 09:00）起与街道已收到的不同" in verdict.sentence
    assert "站点恢复过旧的备份" in verdict.sentence
    assert "重新对账" in verdict.next_step
    assert looking.dump(street) == before


def test_a_fork_shows_when_a_bundle_goes_beyond_what_the_street_has(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    written(hand, 1, 2, 3)
    carry(hand.bundle())
    hand.back_to(2, "second")
    written(hand, 5, 6, 7)

    (verdict,) = carry(hand.bundle())

    assert verdict.outcome is Outcome.FORKED
    assert looking.standing(street, "HL01").applied == 3


def test_a_fork_shows_when_a_bundle_only_continues(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    written(hand, 1, 2, 3)
    carry(hand.bundle())
    hand.back_to(2, "second")
    written(hand, 5, 6)

    (verdict,) = carry(hand.bundle(first=4))

    assert verdict.outcome is Outcome.FORKED
    assert looking.record(street, "visits", records.uid(6)) is None


def test_two_copies_of_one_home_are_told_by_their_common_lineage(
    hand: HandStation, carry: Carry
) -> None:
    written(hand, 1, 2)
    carry(hand.bundle())
    hand.back_to(1, "first")
    hand.said += 7
    written(hand, 8)

    (verdict,) = carry(hand.bundle())

    assert verdict.outcome is Outcome.FORKED
    assert "复制成了两份" in verdict.sentence


def test_the_pc_from_before_the_restore_is_told_by_its_lineage(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    written(hand, 1)
    carry(hand.bundle())
    old = list(hand.log), list(hand.hashes)
    hand.lineage = "second"
    written(hand, 2)
    carry(hand.bundle(first=2))
    hand.log, hand.hashes, hand.lineage = old[0], old[1], "first"
    written(hand, 3)

    (verdict,) = carry(hand.bundle())

    assert verdict.outcome is Outcome.FORKED
    assert "恢复或重新登记之前的那台电脑" in verdict.sentence
    assert looking.standing(street, "HL01").lineage == "second"


def test_an_old_lineage_never_goes_on_even_where_the_chain_would_let_it(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    written(hand, 1)
    carry(hand.bundle())
    hand.lineage = "second"
    written(hand, 2)
    carry(hand.bundle(first=2))
    hand.lineage = "first"
    written(hand, 3)

    (verdict,) = carry(hand.bundle(first=3))

    assert verdict.outcome is Outcome.FORKED
    assert looking.standing(street, "HL01").applied == 2


def test_a_restored_station_that_wrote_nothing_new_is_no_fork(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    written(hand, 1, 2)
    carry(hand.bundle())
    hand.lineage = "second"
    written(hand, 3)

    (verdict,) = carry(hand.bundle(first=3))

    assert verdict.outcome is Outcome.APPLIED
    assert looking.standing(street, "HL01").earlier_lineages == ("first",)


def test_the_receipt_of_a_fork_says_what_the_street_holds(hand: HandStation, carry: Carry) -> None:
    written(hand, 1, 2)
    carry(hand.bundle())
    held = hand.hashes[2]
    hand.back_to(1, "second")
    written(hand, 9)

    (verdict,) = carry(hand.bundle())

    assert verdict.receipt_path is not None
    answer = hand.receipt(verdict.receipt_path)
    assert (answer.until, answer.hash, answer.verdict) == (2, held, Said.FORKED)
    assert answer.sentence == verdict.sentence


def test_a_clock_in_the_year_2000_changes_no_order_and_is_told(
    street: Desk, hand: HandStation, carry: Carry, clock: FixedClock
) -> None:
    written(hand, 1)
    carry(hand.bundle())
    written(hand, 2)

    (verdict,) = carry(hand.bundle(first=2, made_at=946_684_800_000))

    assert verdict.outcome is Outcome.APPLIED
    assert "2000-01-01" in verdict.next_step
    assert looking.standing(street, "HL01").clock_offset < -800_000_000_000


def test_a_clock_that_is_ahead_is_told(hand: HandStation, carry: Carry, clock: FixedClock) -> None:
    written(hand, 1)

    (verdict,) = carry(hand.bundle(made_at=clock.now() + 2 * 3_600_000))

    assert "快了 1 小时 59 分" in verdict.next_step


def test_a_clock_that_was_ahead_and_is_right_again_makes_no_duplicate_of_what_follows(
    hand: HandStation, carry: Carry, clock: FixedClock
) -> None:
    written(hand, 1)
    ahead = hand.bundle(made_at=clock.now() + 300 * 86_400_000)
    carry(ahead)
    counts = [CountLine("visits", "2026-11", "petitions", 1)]
    nothing_new = hand.bundle(first=2, counts=counts, made_at=clock.now() + 60_000)

    found = [carry(path)[0].outcome for path in (ahead, nothing_new, nothing_new)]

    assert found == [Outcome.DUPLICATE, Outcome.APPLIED, Outcome.DUPLICATE]
