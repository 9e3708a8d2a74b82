"""Records go into the ledgers' own tables as they came: blanks for what did not, nothing lost."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.bundle.lines import CountLine
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.travel import Profile
from desktop_app.registers.residents.rules import PartyKind, Phone
from desktop_app.registers.residents.service import rebuild_keys
from desktop_app.registers.residents.tables import RESIDENT
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.inbox.store.rows import UNSENT
from tests.street import looking, records
from tests.street.inbox.conftest import Carry
from tests.street.parcels import HandStation

ONE, TWO, THREE = (records.uid(n) for n in (1, 2, 3))


def keys(street: Desk, uid: Uid) -> set[str]:
    """What somebody is found by."""
    return {row["key"] for row in looking.rows(street, "person_key") if row["person"] == uid}


def test_what_the_profile_lets_not_through_is_blank(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1, party=PartyKind.RETIRED))
    carry(hand.bundle())

    kept = looking.record(street, "residents", ONE)

    assert (kept.number, kept.name, kept.party) == ("HL01-R-00001", "陈*英", PartyKind.RETIRED)
    assert kept.phones == (Phone("138****5678"),)
    assert (kept.workplace, kept.id_number, kept.special_groups) == ("", "", ())


def test_mere_figures_of_many_people_do_not_collide_in_a_number_nobody_sent(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    for n in (1, 2):
        hand.put("residents", records.uid(n), records.resident(n, Profile.STATS))

    (verdict,) = carry(hand.bundle(profile="stats"))

    assert verdict.outcome is Outcome.APPLIED
    kept = [looking.record(street, "residents", records.uid(n)) for n in (1, 2)]
    assert [one.name for one in kept] == ["", ""]
    assert all(one.number.startswith(UNSENT) for one in kept)


def test_only_who_came_with_the_whole_name_is_found(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1))
    hand.put("residents", TWO, records.resident(2, Profile.FULL, name="单雄信"))
    carry(hand.bundle(last=1))
    carry(hand.bundle(first=2, profile="full"))

    assert keys(street, ONE) == set()
    assert "shanxx" in keys(street, TWO) or "sxx" in keys(street, TWO)

    hand.put("residents", TWO, records.resident(2, name="单雄信"))
    carry(hand.bundle(first=3))
    assert keys(street, TWO) == set()


def test_keys_made_anew_by_a_later_version_find_no_masked_name(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1))
    hand.put("residents", TWO, records.resident(2, Profile.FULL, name="单雄信"))
    carry(hand.bundle(last=1))
    carry(hand.bundle(first=2, profile="full"))
    before = keys(street, TWO)
    with street.database.unrecorded() as connection:
        connection.execute(sa.update(RESIDENT).values(derived_version=0))

    rebuild_keys(street.database, Job("重建"))

    assert keys(street, ONE) == set()
    assert keys(street, TWO) == before


def test_two_records_may_exchange_their_numbers(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, records.visit(1))
    hand.put("visits", TWO, records.visit(2))
    carry(hand.bundle())
    hand.put("visits", TWO, records.visit(2, number="HL01-2026A-00001"))
    hand.put("visits", ONE, records.visit(1, number="HL01-2026A-00009"))

    (verdict,) = carry(hand.bundle(first=3))

    assert verdict.outcome is Outcome.APPLIED
    numbers = [looking.record(street, "visits", uid).number for uid in (ONE, TWO)]
    assert numbers == ["HL01-2026A-00009", "HL01-2026A-00001"]


def test_a_tombstone_erases_the_record_and_everything_kept_of_it(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    fields = {**records.resident(1, Profile.FULL, name="单雄信"), "nickname": "小单"}
    hand.put("residents", ONE, fields)
    hand.put("residents", TWO, records.resident(2), version=99)
    carry(hand.bundle(profile="full"))
    hand.delete("residents", ONE)
    hand.delete("residents", TWO)

    carry(hand.bundle(first=3))

    gone = looking.record(street, "residents", ONE)
    assert (gone.deleted, gone.name, gone.phones, gone.number) == (True, "", (), "HL01-R-00001")
    assert keys(street, ONE) == set()
    assert looking.rows(street, "received_extra") == []
    assert looking.rows(street, "parked") == []
    assert "单雄信" not in repr(looking.dump(street, without=()))


def test_nothing_brings_an_erased_record_back(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1))
    carry(hand.bundle())
    hand.delete("residents", ONE)
    carry(hand.bundle(first=2))
    hand.put("residents", ONE, records.resident(1, Profile.FULL, name="单雄信"))

    (verdict,) = carry(hand.bundle(first=3, profile="full"))

    assert verdict.outcome is Outcome.PARKED
    assert looking.record(street, "residents", ONE).deleted
    assert "单雄信" not in repr(looking.dump(street, without=()))


def test_neither_does_a_change_behind_the_tombstone_in_the_same_bundle(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1))
    carry(hand.bundle())
    hand.delete("residents", ONE)
    hand.put("residents", ONE, records.resident(1))

    (verdict,) = carry(hand.bundle(first=2))

    assert verdict.counts["residents"] == {"deleted": 1, "parked": 1}
    assert looking.record(street, "residents", ONE).deleted


def test_what_was_made_and_deleted_between_two_bundles_leaves_no_row(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, records.visit(1))
    hand.delete("visits", ONE)

    (verdict,) = carry(hand.bundle())

    assert verdict.outcome is Outcome.APPLIED
    assert looking.record(street, "visits", ONE) is None


def test_a_visit_that_turns_into_a_petition_is_taken_back_and_only_counted(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, {**records.visit(1), "mood": "calm"})
    carry(hand.bundle())
    hand.withhold("visits", ONE)
    counts = [CountLine("visits", "2026-11", "petitions", 1)]

    (verdict,) = carry(hand.bundle(first=2, counts=counts))

    assert verdict.counts["visits"] == {"withheld": 1}
    assert looking.record(street, "visits", ONE) is None
    assert looking.rows(street, "received_extra") == []
    (row,) = looking.rows(street, "rollup_withheld")
    assert (row["station"], row["month"], row["name"], row["value"]) == (
        "HL01", "2026-11", "visits.petitions", 1,
    )  # fmt: skip


def test_and_comes_back_when_it_is_none_after_all(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.withhold("visits", ONE)
    carry(hand.bundle(counts=[CountLine("visits", "2026-11", "petitions", 1)]))
    hand.put("visits", ONE, records.visit(1))

    carry(hand.bundle(first=2, counts=[]))

    assert looking.record(street, "visits", ONE).revision == 2


def test_counts_that_are_no_longer_sent_are_gone(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.withhold("visits", ONE)
    carry(hand.bundle(counts=[CountLine("visits", "2026-11", "petitions", 1)]))
    hand.withhold("visits", TWO)

    carry(hand.bundle(first=2, counts=[CountLine("visits", "2026-10", "petitions", 2)]))

    assert [row["month"] for row in looking.rows(street, "rollup_withheld")] == ["2026-10"]


def test_exactly_the_months_that_something_moved_in_are_counted_anew(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, records.visit(1))
    carry(hand.bundle())
    assert looking.dirty_months(street, "HL01") == {"2026-11"}
    hand.put("activities", TWO, records.activity(2, day=records.DAY.replace(month=9)))
    hand.put("visits", ONE, records.visit(1, day=records.DAY.replace(month=7)))

    carry(hand.bundle(first=2))

    assert looking.dirty_months(street, "HL01") == {"2026-07", "2026-09", "2026-11"}


def test_fields_that_this_program_does_not_know_are_kept(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, {**records.visit(1), "mood": {"colour": ["blue"]}})
    (verdict,) = carry(hand.bundle())
    assert verdict.outcome is Outcome.APPLIED
    (extra,) = looking.rows(street, "received_extra")
    assert extra["content"] == '{"mood":{"colour":["blue"]}}'

    hand.put("visits", ONE, records.visit(1))
    carry(hand.bundle(first=2))
    assert looking.rows(street, "received_extra") == []


def test_parts_of_a_value_that_this_program_does_not_know_are_kept(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    phones = [{"number": "138****5678", "whose": "", "since": "2026"}]
    hand.put("residents", ONE, {**records.resident(1), "phones": phones})

    carry(hand.bundle())

    assert looking.record(street, "residents", ONE).phones == (Phone("138****5678"),)
    (extra,) = looking.rows(street, "received_extra")
    assert '"since":"2026"' in extra["content"]


def test_a_row_is_owned_by_the_station_that_signed(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, {**records.visit(1), "station": "XY02", "deleted_at": 5})

    carry(hand.bundle())

    kept = looking.record(street, "visits", ONE)
    assert (kept.station, kept.deleted) == ("HL01", False)


def test_what_a_log_comes_to_is_kept_kind_by_kind(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, records.visit(1))
    hand.unsaid()
    hand.put("residents", TWO, records.resident(2))
    hand.put("visits", ONE, records.visit(1))
    hand.withhold("visits", THREE)
    hand.delete("residents", TWO)

    carry(hand.bundle())

    tallies = {row["kind"]: row for row in looking.rows(street, "received_tally")}
    assert {kind: (row["rows"], row["changes"]) for kind, row in tallies.items()} == {
        "visits": (2, 3),
        "residents": (0, 2),
    }
