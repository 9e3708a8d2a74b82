"""重新对账: a home that was restored, or made anew, and its street come together again."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from desktop_app.bundle.receipt import Verdict
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.handling import Handling
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.travel import Profile
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action, EnteredFrom
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents import store as resident_store
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.search import find
from desktop_app.station.reporting.service.filling_in import pending, settle
from desktop_app.station.reporting.service.state import state
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import CHANGE
from tests.ledgers.visits.builders import matter, register, resident, stored, timed
from tests.station.reporting.hall import Hall


def of_file(desk: Desk, person: Resident) -> Resident:
    """The file as it stands, nothing masked."""
    with desk.reading(needs=Right.READ) as connection:
        found = resident_store.SHELF.get(connection, person.uid)
    assert found is not None
    return found


def test_a_restored_home_that_wrote_again_is_a_fork_and_comes_together(hall: Hall) -> None:
    register(hall.desk)
    backup = hall.backed_up()
    lost = register(hall.desk)
    hall.up()
    hall.restore(backup)
    later = register(hall.desk)
    hall.up()
    assert hall.verdicts == [Verdict.FORKED]
    assert hall.down().must_reconcile
    done = hall.meet()
    assert (done.adopted, done.reappended) == (1, 2)
    assert hall.is_whole()
    assert stored(hall.desk, later.uid).summary == later.summary
    assert stored(hall.desk, lost.uid).category == lost.category
    assert hall.agrees()


def test_a_new_pc_gets_everything_back_that_the_street_has(hall: Hall) -> None:
    empty = hall.backed_up()
    person = resident(hall.desk, "欧阳明月", "13800005678")
    made = register(hall.desk, timed(), resident=person.uid)
    taken = visits.act(hall.desk, made.uid, Action.TAKE_UP, made.revision, StepDetails()).value
    hall.up()
    hall.restore(empty)
    done = hall.meet()
    assert (done.adopted, done.reappended, done.records) == (3, 0, 2)
    back = stored(hall.desk, made.uid)
    assert (back.revision, back.state, back.number) == (2, taken.state, made.number)
    assert (back.created_at, back.changed_at) == (made.created_at, taken.changed_at)
    assert back.name == ""
    assert hall.is_whole()
    assert hall.agrees()


def test_what_came_masked_is_to_be_filled_in_and_the_mask_is_the_hint(hall: Hall) -> None:
    empty = hall.backed_up()
    person = resident(hall.desk, "欧阳明月", "13800005678")
    hall.up()
    hall.restore(empty)
    done = hall.meet()
    (found,) = pending(hall.desk)
    assert (found.uid, found.number) == (person.uid, person.number)
    hints = dict(found.fields)
    assert hints["姓名"] == "欧***"[: len(hints["姓名"])] or hints["姓名"].startswith("欧")
    assert hints["联系电话"] == "138****5678"
    assert hints["备注"] == ""
    assert done.pending == len(found.fields)
    assert state(hall.desk).pending == 1


def test_a_mark_goes_when_somebody_saves_the_record_with_the_field_filled_in(hall: Hall) -> None:
    empty = hall.backed_up()
    person = resident(hall.desk, "欧阳明月")
    hall.up()
    hall.restore(empty)
    hall.meet()
    residents.change(hall.desk, replace(of_file(hall.desk, person), name="欧阳明月"))
    (found,) = pending(hall.desk)
    assert "姓名" not in dict(found.fields)
    assert "联系电话" in dict(found.fields)
    settle(hall.desk, found.kind, found.uid)
    assert pending(hall.desk) == []


def test_what_this_home_still_knew_whole_is_kept_and_not_asked_for(hall: Hall) -> None:
    person = resident(hall.desk, "欧阳明月", "13800005678")
    backup = hall.backed_up()
    residents.change(hall.desk, replace(of_file(hall.desk, person), building="9"))
    hall.up()
    hall.restore(backup)
    hall.meet()
    back = of_file(hall.desk, person)
    assert (back.name, back.building, back.phones[0].number) == ("欧阳明月", "9", "13800005678")
    assert not {"姓名", "联系电话"} & set(dict(pending(hall.desk)[0].fields))


def test_a_masked_value_that_changed_is_to_be_filled_in_although_an_old_one_is_there(
    hall: Hall,
) -> None:
    person = resident(hall.desk, "欧阳明月")
    backup = hall.backed_up()
    residents.change(hall.desk, replace(of_file(hall.desk, person), name="司徒明月"))
    hall.up()
    hall.restore(backup)
    hall.meet()
    assert of_file(hall.desk, person).name == "欧阳明月"
    assert dict(pending(hall.desk)[0].fields)["姓名"].startswith("司")


def test_people_given_back_are_found_and_those_deleted_are_not(hall: Hall) -> None:
    backup = hall.backed_up()
    known = resident(hall.desk, "欧阳明月", "13800005678")
    hall.up(Profile.STATS)
    hall.restore(backup)
    hall.meet()
    residents.change(hall.desk, replace(of_file(hall.desk, known), name="欧阳明月"))
    assert [line.uid for line in find(hall.desk, "oymy").people] == [known.uid]


def test_a_record_changed_on_both_sides_is_ours_whole_and_is_told(hall: Hall) -> None:
    person = resident(hall.desk, "欧阳明月")
    backup = hall.backed_up()
    for building in ("7", "8", "9"):
        residents.change(hall.desk, replace(of_file(hall.desk, person), building=building))
    hall.up()
    hall.restore(backup)
    residents.change(hall.desk, replace(of_file(hall.desk, person), building="1"))
    (conflict,) = hall.meet().conflicts
    assert (conflict.number, conflict.words) == (person.number, "两边都改过，以本机的为准")
    back = of_file(hall.desk, person)
    assert (back.building, back.revision) == ("1", 5)
    assert hall.is_whole()
    assert hall.agrees()
    row, _ = hall.street.held.rows[person.uid]
    assert row.fields is not None
    assert row.fields["building"] == "1"


def test_who_was_erased_after_the_backup_stays_erased(hall: Hall) -> None:
    person = resident(hall.desk, "欧阳明月", "13800005678")
    backup = hall.backed_up()
    residents.erase(hall.desk, person.uid)
    hall.up()
    hall.restore(backup)
    residents.change(hall.desk, replace(of_file(hall.desk, person), building="1"))
    (conflict,) = hall.meet().conflicts
    assert "街道那边已删除" in conflict.words
    back = of_file(hall.desk, person)
    assert back.deleted
    assert (back.name, back.phones) == ("", ())
    assert find(hall.desk, "欧阳明月").people == ()
    assert "欧阳明月" not in str(hall.backed_up())
    assert hall.is_whole()
    assert hall.agrees()


def test_who_is_erased_here_is_erased_there_although_the_street_had_news(hall: Hall) -> None:
    person = resident(hall.desk, "欧阳明月")
    backup = hall.backed_up()
    residents.change(hall.desk, replace(of_file(hall.desk, person), building="9"))
    hall.up()
    hall.restore(backup)
    residents.erase(hall.desk, person.uid)
    (conflict,) = hall.meet().conflicts
    assert "本机已删除" in conflict.words
    assert of_file(hall.desk, person).deleted
    assert hall.is_whole()
    assert hall.agrees()
    assert person.uid in hall.street.held.gone


def test_coming_together_twice_changes_nothing_the_second_time(hall: Hall) -> None:
    backup = hall.backed_up()
    register(hall.desk)
    hall.up()
    hall.restore(backup)
    register(hall.desk)
    hall.meet()
    before = hall.backed_up()
    done = hall.meet()
    assert (done.adopted, done.reappended) == (0, 0)
    assert "本来就接得上" in done.sentence
    after = hall.backed_up()
    assert {name for name in before if before[name] != after[name]} <= {
        "audit",
        "chain_head",
        "report_standing",
    }


def test_what_both_have_word_for_word_keeps_its_content_in_the_log(hall: Hall) -> None:
    backup = hall.backed_up()
    lost = register(hall.desk)
    hall.up()
    hall.restore(backup)
    later = resident(hall.desk, "欧阳明月")
    forked = hall.backed_up()
    hall.meet()
    hall.up()
    hall.restore(forked)
    hall.meet()
    query = sa.select(CHANGE.c.uid).where(CHANGE.c.payload.is_not(None))
    with hall.desk.reading(needs=Right.READ) as connection:
        kept = set(connection.execute(query).scalars())
    assert later.uid in kept
    assert lost.uid not in kept


def test_what_was_appended_again_already_is_not_appended_twice(hall: Hall) -> None:
    backup = hall.backed_up()
    register(hall.desk)
    hall.up()
    hall.restore(backup)
    resident(hall.desk)
    forked = hall.backed_up()
    hall.meet()
    hall.up()
    hall.restore(forked)
    done = hall.meet()
    assert (done.adopted, done.reappended) == (2, 0)
    assert hall.is_whole()
    assert hall.agrees()


def test_kinds_that_never_travel_keep_what_this_home_knows_of_them(hall: Hall) -> None:
    from desktop_app.registers.matters import service as matters

    backup = hall.backed_up()
    matters.add_starter(hall.desk)
    hall.up()
    hall.restore(backup)
    matters.add_starter(hall.desk)
    done = hall.meet()
    assert done.adopted == done.reappended > 0
    assert hall.is_whole()
    assert hall.agrees()


def test_petitions_that_are_lost_here_are_counted_all_the_same(hall: Hall) -> None:
    told = matter("信访渠道告知", petition=True, handling=Handling.ADVICE)
    backup = hall.backed_up()
    register(hall.desk, told)
    hall.up()
    hall.restore(backup)
    register(hall.desk, told)
    assert hall.meet().lost == 1
    assert hall.is_whole()
    counts = hall.street.read(hall.report().paths[0])
    assert counts.count("petitions") == 2


def test_after_the_street_went_back_what_was_taken_over_is_sent_again(hall: Hall) -> None:
    empty = hall.backed_up()
    made = register(hall.desk)
    hall.up()
    hall.restore(empty)
    hall.meet()
    hall.street.forget_after(0)
    assert hall.down().must_reconcile is False
    fields = hall.street.read(hall.report().paths[0]).fields(made.uid)
    assert fields["number"] == made.number


def test_a_new_pc_exports_nothing_before_it_has_come_together(hall: Hall) -> None:
    empty = hall.backed_up()
    register(hall.desk)
    hall.up()
    hall.restore(empty)
    assert hall.down().must_reconcile
    with pytest.raises(SafetyRefusal, match="现在不能上报"):
        hall.report()
    hall.meet()
    assert hall.report().export.changes == 0


def test_a_visit_given_back_counts_as_seen(hall: Hall) -> None:
    person = resident(hall.desk)
    backup = hall.backed_up()
    made = register(hall.desk, matter(), resident=person.uid)
    hall.up()
    hall.restore(backup)
    hall.meet()
    with hall.desk.reading(needs=Right.READ) as connection:
        seen = resident_store.seen(connection, person.uid)
    assert seen is not None
    assert (seen.last_at, seen.times) == (made.at, 1)


def test_every_column_that_may_not_repeat_stands_alone() -> None:
    from desktop_app import catalog

    wide = [
        index.name
        for shelf in catalog.travelling().values()
        for index in shelf.table.indexes
        if index.unique and len(index.columns) > 1
    ]
    assert wide == []


def test_a_visit_that_was_evaluated_on_both_sides_keeps_our_evaluation(hall: Hall) -> None:
    made = register(hall.desk)
    backup = hall.backed_up()
    visits.evaluate(hall.desk, made.uid, Satisfaction.SATISFIED, EnteredFrom.PAPER)
    hall.up()
    hall.restore(backup)
    visits.evaluate(hall.desk, made.uid, Satisfaction.FAIR, EnteredFrom.PAPER)
    (conflict,) = hall.meet().conflicts
    assert (conflict.label, conflict.words) == ("评价", "本机和街道各有一条，留下了本机的")
    assert hall.is_whole()
    assert hall.agrees()
    (row,) = [row for row, _ in hall.street.held.rows.values() if row.kind == "evaluations"]
    assert row.fields is not None
    assert row.fields["level"] == Satisfaction.FAIR.value


def test_a_row_told_of_somebody_who_is_deleted_brings_nobody_back(hall: Hall) -> None:
    empty = hall.backed_up()
    person = resident(hall.desk, "欧阳明月")
    hall.up()
    row, profile = hall.street.held.rows[person.uid]
    with_person = hall.backed_up()
    residents.erase(hall.desk, person.uid)
    hall.up()
    register(hall.desk)
    hall.up()
    hall.street.held.rows[person.uid] = (replace(row, revision=9), profile)
    for backup in (empty, with_person):
        hall.restore(backup)
        hall.meet()
        with hall.desk.reading(needs=Right.READ) as connection:
            found = resident_store.SHELF.get(connection, person.uid)
        assert found is None or found.deleted
        assert hall.is_whole()
