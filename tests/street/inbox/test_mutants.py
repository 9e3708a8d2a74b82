"""Importers that leave one check out: each is caught by a test that the real one passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop_app.registers.offices import store as offices
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Judgement, Outcome
from desktop_app.street.inbox.rules.verdicts import judge as real_judge
from desktop_app.street.inbox.service import bundles, reading
from desktop_app.street.inbox.store import aside, rows
from desktop_app.street.inbox.store.rows import Kept
from tests.street.inbox import test_forks, test_parking, test_records, test_senders, test_taking_in
from tests.street.inbox.conftest import Carry
from tests.street.parcels import HandStation

Mutate = Callable[[pytest.MonkeyPatch], None]


def no_hash_check_at_all(patch: pytest.MonkeyPatch) -> None:
    """Goes by the numbers: what is not above the last one is known."""

    def judge(standing: Any, span: Any, hash_before: Any, differs_at: Any) -> Judgement:
        held = None if hash_before is None else span.hash_before
        return real_judge(standing, span, held, None)

    patch.setattr(bundles, "judge", judge)


def no_hash_check_in_the_overlap(patch: pytest.MonkeyPatch) -> None:
    """Looks where the bundle begins, and not at what both have."""

    def judge(standing: Any, span: Any, hash_before: Any, differs_at: Any) -> Judgement:
        return real_judge(standing, span, hash_before, None)

    patch.setattr(bundles, "judge", judge)


def no_look_at_the_sequence(patch: pytest.MonkeyPatch) -> None:
    """Takes what comes, whatever lies before it."""

    def judge(standing: Any, span: Any, hash_before: Any, differs_at: Any) -> Judgement:
        found = real_judge(standing, span, hash_before, differs_at)
        return Judgement(Outcome.APPLIED) if found.outcome is Outcome.GAP else found

    patch.setattr(bundles, "judge", judge)


def no_memory_for_tombstones(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rows, "erased", lambda *_: set())


def no_memory_for_lineages(patch: pytest.MonkeyPatch) -> None:
    def judge(standing: Any, *more: Any) -> Judgement:
        return real_judge(replace(standing, earlier_lineages=()), *more)

    patch.setattr(bundles, "judge", judge)


def no_look_at_the_owner(patch: pytest.MonkeyPatch) -> None:
    real = Kept.known

    def known(self: Any, connection: Any, uids: Any) -> Any:
        found = real(self, connection, uids)
        return {uid: replace(one, station="XY02") for uid, one in found.items()}

    patch.setattr(Kept, "known", known)


def no_look_at_the_signer(patch: pytest.MonkeyPatch) -> None:
    def trusted(connection: Any, code: str, signer: bytes) -> Any:
        return offices.keys_of(connection, code)[-1]

    patch.setattr(offices, "trusted", trusted)


def no_look_at_the_chain_inside(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reading, "check_chain", lambda header, lines: len(list(lines)))


def nothing_is_parked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(aside, "park", lambda *_: None)


CAUGHT: list[tuple[Mutate, Callable[..., None]]] = [
    (
        no_hash_check_at_all,
        test_forks.test_a_station_that_was_restored_and_wrote_on_is_a_fork_and_not_a_duplicate,
    ),
    (
        no_hash_check_in_the_overlap,
        test_forks.test_a_fork_shows_when_a_bundle_goes_beyond_what_the_street_has,
    ),
    (
        no_hash_check_in_the_overlap,
        test_forks.test_a_station_that_was_restored_and_wrote_on_is_a_fork_and_not_a_duplicate,
    ),
    (no_look_at_the_sequence, test_taking_in.test_a_gap_is_named_and_nothing_changes),
    (no_memory_for_tombstones, test_records.test_nothing_brings_an_erased_record_back),
    (
        no_memory_for_lineages,
        test_forks.test_an_old_lineage_never_goes_on_even_where_the_chain_would_let_it,
    ),
    (no_look_at_the_signer, test_senders.test_a_key_that_nobody_knows),
    (
        no_look_at_the_chain_inside,
        test_senders.test_a_change_that_the_header_does_not_account_for,
    ),
    (
        nothing_is_parked,
        test_parking.test_rows_of_a_kind_that_is_not_known_here_wait_for_an_upgrade,
    ),
]


@pytest.mark.parametrize(
    ("mutate", "scene"),
    CAUGHT,
    ids=[f"{one.__name__}-{number}" for number, (one, _) in enumerate(CAUGHT)],
)
def test_an_importer_without_it_is_caught(
    mutate: Mutate,
    scene: Callable[..., None],
    street: Desk,
    hand: HandStation,
    carry: Carry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted: dict[str, Any] = {"street": street, "hand": hand, "carry": carry}
    given = {name: one for name, one in wanted.items() if name in scene.__annotations__}
    mutate(monkeypatch)

    # Another verdict, or none of the rows there should be: whichever the scene meets first.
    with pytest.raises((AssertionError, ValueError)):
        scene(**given)


def test_an_importer_that_takes_anybody_for_the_owner_is_caught(
    street: Desk,
    hand: HandStation,
    carry: Carry,
    clock: Any,
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    no_look_at_the_owner(monkeypatch)

    with pytest.raises(AssertionError):
        test_parking.test_a_station_cannot_touch_a_record_of_another(
            street, hand, carry, clock, tmp_path
        )
