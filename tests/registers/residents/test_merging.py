"""Two files of one person become one and two again; an erased person is nowhere any more."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Millis
from desktop_app.core.errors import NotAllowed, UserError
from desktop_app.core.rights import Right
from desktop_app.registers.residents import service, store
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.tables import PERSON_KEY, RESIDENT, SEEN
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import CHANGE
from tests.registers.residents.people import (
    ID,
    names_found,
    opened,
    read,
    someone_cared_for,
    undone,
    with_rights,
)

# --- erasing -------------------------------------------------------------------------------------


def test_an_erased_person_is_in_no_table_and_both_chains_hold(desk: Desk) -> None:
    keep = someone_cared_for(desk)
    drop = opened(desk, "张淑芬", "13800005678")
    service.merge(desk, keep.uid, drop.uid)
    service.change(desk, replace(read(desk, keep), remark="又来过"))
    service.erase(desk, keep.uid)
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        left = repr(
            [
                connection.execute(sa.select(table)).all()
                for table in (RESIDENT, PERSON_KEY, SEEN, CHANGE)
            ]
        )
        assert audit.check_audit(connection) == []
        assert audit.check_changes(connection) == []
    for trace in ("淑芬", "13800005678", ID, "又来过", "shufen"):
        assert trace not in left
    assert names_found(desk, "zsf") == []
    gone = read(desk, keep)
    assert gone.deleted
    assert gone.number == keep.number


def test_erasing_needs_its_own_right(desk: Desk) -> None:
    resident = opened(desk, "张淑芬")
    with pytest.raises(NotAllowed):
        service.erase(with_rights(desk, Right.REGISTER, Right.READ), resident.uid)
    assert names_found(desk, "zsf") == ["张淑芬"]


# --- merging -------------------------------------------------------------------------------------


def test_a_merged_file_is_shown_with_the_other_and_found_no_more(desk: Desk) -> None:
    keep, drop = opened(desk, "张淑芬"), opened(desk, "张素芬", "13800005678")
    done = service.merge(desk, keep.uid, drop.uid)
    assert set(done.uids) == {keep.uid, drop.uid}
    assert names_found(desk, "5678") == []
    card = service.card(desk, drop.uid)
    assert (card.resident.uid, card.merged) == (keep.uid, (drop.uid,))
    with pytest.raises(UserError):
        service.change(desk, read(desk, drop))
    undone(desk, done)
    assert names_found(desk, "5678") == ["张素芬"]
    assert service.card(desk, keep.uid).merged == ()


def test_a_file_cannot_be_merged_with_itself_or_twice(desk: Desk) -> None:
    keep, drop, third = (opened(desk, name) for name in ("张淑芬", "张素芬", "张树芬"))
    with pytest.raises(UserError):
        service.merge(desk, keep.uid, keep.uid)
    service.merge(desk, keep.uid, drop.uid)
    for pair in ((third.uid, drop.uid), (drop.uid, third.uid)):
        with pytest.raises(UserError):
            service.merge(desk, *pair)


def test_visits_after_a_merge_stay_counted_when_it_is_undone(desk: Desk) -> None:
    keep, drop = opened(desk, "张淑芬"), opened(desk, "张素芬")
    now = desk.database.clock.now()
    with desk.unit_of_work("登记来访", needs=Right.REGISTER) as unit:
        store.mark_seen(unit, keep.uid, Millis(now - 5000), 2)
        store.mark_seen(unit, drop.uid, Millis(now - 1000), 3)
    done = service.merge(desk, keep.uid, drop.uid)
    with desk.unit_of_work("登记来访", needs=Right.REGISTER) as unit:
        assert store.seen(unit.connection, keep.uid) == store.Seen(Millis(now - 1000), 5)
        store.mark_seen(unit, keep.uid, now)
    undone(desk, done)
    with desk.reading(needs=Right.READ) as connection:
        assert store.seen(connection, keep.uid) == store.Seen(now, 3)
        assert store.seen(connection, drop.uid) == store.Seen(Millis(now - 1000), 3)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    pairs=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6),
    visits=st.lists(st.integers(0, 3), min_size=5, max_size=5),
)
def test_merges_undone_in_turn_restore_everything(
    desk: Desk, pairs: list[tuple[int, int]], visits: list[int]
) -> None:
    files = [opened(desk, f"张淑芬{letter}") for letter in "甲乙丙丁戊"]
    with desk.unit_of_work("登记来访", needs=Right.REGISTER) as unit:
        for place, times in enumerate(visits):
            if times:
                at = Millis(unit.now - place * 1000)
                store.mark_seen(unit, files[place].uid, at, times)
    before = _all_of(desk, files)
    merges: list[Changed[Resident]] = []
    gone: set[int] = set()
    for keep, drop in pairs:
        if keep == drop or {keep, drop} & gone:
            with pytest.raises(UserError):
                service.merge(desk, files[keep].uid, files[drop].uid)
            continue
        merges.append(service.merge(desk, files[keep].uid, files[drop].uid))
        gone.add(drop)
    for merge in reversed(merges):
        undone(desk, merge)
    assert _all_of(desk, files) == before


def _all_of(desk: Desk, files: list[Resident]) -> list[object]:
    with desk.reading(needs=Right.READ) as connection:
        lines = store.lines(connection, [file.uid for file in files], desk.database.zone)
        seen = [store.seen(connection, file.uid) for file in files]
        keys = [
            connection.execute(
                sa.select(PERSON_KEY.c.key)
                .where(PERSON_KEY.c.person == file.uid)
                .order_by(PERSON_KEY.c.key)
            )
            .scalars()
            .all()
            for file in files
        ]
    return [lines, seen, keys]
