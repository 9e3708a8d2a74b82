"""Steps through the service: saved with their revision, audited by number, taken back by a step."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.entry import MatterEntry
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import (
    Action,
    Agent,
    EnteredFrom,
    Representative,
    Visit,
    VisitState,
)
from desktop_app.registers.working_days import service as working_days
from desktop_app.storage.audit import check_changes, entries
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import CHANGE
from tests.ledgers.visits.builders import matter, register, resident, stored, timed


def act(desk: Desk, visit: Visit, action: Action, **details: object) -> Visit:
    told = StepDetails(**details)  # type: ignore[arg-type]
    return service.act(desk, visit.uid, action, visit.revision, told).value


def last_entry(desk: Desk) -> tuple[str, str, str]:
    with desk.reading(needs=Right.READ) as connection:
        entry = entries(connection, limit=1)[0]
    return entry.action, entry.subject, entry.detail


def test_a_step_is_saved_and_audited_by_number_and_states(desk: Desk) -> None:
    visit = act(desk, register(desk, timed()), Action.TAKE_UP)

    assert stored(desk, visit.uid) == visit
    assert (visit.state, visit.revision) == (VisitState.TAKEN_UP, 2)
    assert last_entry(desk) == ("来访：接办", visit.number, "登记 → 接办")


def test_who_saw_an_older_revision_changes_nothing(desk: Desk) -> None:
    seen = register(desk, timed())
    act(desk, seen, Action.TAKE_UP)

    with pytest.raises(Conflict):
        act(desk, seen, Action.WITHDRAW, words="居民不办了")
    with pytest.raises(Conflict):
        service.correct(desk, seen.uid, seen.revision, {"name": "陈桂花"})

    assert stored(desk, seen.uid).state is VisitState.TAKEN_UP


def test_a_step_taken_back_leaves_both_in_the_history(desk: Desk) -> None:
    visit = register(desk, timed())
    done = service.act(desk, visit.uid, Action.CLOSE, visit.revision, StepDetails(result="已领取"))
    assert done.undo is not None

    back = done.undo.call(desk).value

    assert (back.state, back.closed_day, back.result) == (VisitState.REGISTERED, None, "")
    assert back.due == visit.due
    assert [step.action for step in stored(desk, visit.uid).steps] == [
        Action.REGISTER,
        Action.CLOSE,
        Action.UNDO,
    ]
    with pytest.raises(Conflict):
        done.undo.call(desk)


def test_a_matter_that_is_not_ours_says_where_the_resident_was_sent(desk: Desk) -> None:
    visit = act(desk, register(desk, timed()), Action.NOT_OURS, words="请到澄岭派出所户籍窗口")

    assert visit.state is VisitState.NOT_OURS
    assert visit.result == "请到澄岭派出所户籍窗口"


def test_a_duplicate_is_merged_into_one_that_stands(desk: Desk) -> None:
    kept, repeated, third = (register(desk, timed()) for _ in range(3))
    merged = act(desk, repeated, Action.MERGE, merged_into=kept.uid)

    assert merged.merged_into == kept.uid
    with pytest.raises(UserError):
        act(desk, third, Action.MERGE, merged_into=merged.uid)
    with pytest.raises(UserError):
        act(desk, third, Action.MERGE, merged_into=Uid(int=5))


def test_missing_material_stops_the_clock_and_complete_material_starts_it(
    desk: Desk, clock: FixedClock
) -> None:
    visit = register(desk, timed(days=3))
    clock.advance(86_400)
    waiting = act(desk, visit, Action.ASK_FOR_MATERIALS, words="缺户口簿")
    clock.advance(86_400)
    complete = act(desk, waiting, Action.MATERIALS_COMPLETE)

    assert (waiting.due, waiting.notice_given) == (None, True)
    # One of three working days was used on Tuesday; Thursday and Friday are the others.
    assert complete.due == date(2026, 11, 27)


def test_a_day_off_of_the_station_moves_the_due_days_of_open_matters(desk: Desk) -> None:
    open_visit = register(desk, timed(days=3))
    closed = act(desk, register(desk, timed(days=3)), Action.CLOSE, result="好")
    assert open_visit.due == closed.due == date(2026, 11, 26)
    working_days.set_day(desk, date(2026, 11, 25), False, "停电检修")

    assert service.recount_due(desk, Job("重算")) == 1

    assert stored(desk, open_visit.uid).due == date(2026, 11, 27)
    assert stored(desk, closed.uid).due == date(2026, 11, 26)
    assert service.recount_due(desk, Job("重算")) == 0


# --- corrections ---------------------------------------------------------------------------------


def test_a_correction_names_its_fields_and_not_their_content(desk: Desk) -> None:
    visit = register(desk, matter())
    saved = service.correct(
        desk, visit.uid, visit.revision, {"phone": "139 0000 1234", "summary": "问缴费"}
    ).value

    assert (saved.phone, saved.summary) == ("13900001234", "问缴费")
    assert saved.steps[-1].words == "联系电话、事由"
    assert last_entry(desk) == ("更正来访", visit.number, "联系电话、事由")


def test_a_corrected_limit_gives_a_new_due_day(desk: Desk) -> None:
    visit = register(desk, timed(days=3))
    longer = service.correct(desk, visit.uid, visit.revision, {"limit_days": 4}).value
    none = service.correct(desk, visit.uid, longer.revision, {"limit_days": 0}).value

    assert longer.due == date(2026, 11, 27)
    assert (none.limit_days, none.due) == (None, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"people": 0}, "people"),
        ({"state": VisitState.CLOSED}, "state"),
        ({"number": "QR01-2026A-99999"}, "number"),
        ({"summary": "", "matter_name": "", "category": ""}, "summary"),
    ],
)
def test_a_correction_is_checked_like_the_form(
    desk: Desk, changes: dict[str, object], field: str
) -> None:
    visit = register(desk, MatterEntry(summary="问路"))

    with pytest.raises(UserError) as refusal:
        service.correct(desk, visit.uid, visit.revision, changes)

    assert refusal.value.field == field
    assert stored(desk, visit.uid) == visit


def test_a_correction_that_changes_nothing_is_no_step(desk: Desk) -> None:
    visit = register(desk)

    with pytest.raises(UserError):
        service.correct(desk, visit.uid, visit.revision, {"name": "陈桂英"})


def test_a_correction_can_be_taken_back(desk: Desk) -> None:
    visit = register(desk)
    done = service.correct(desk, visit.uid, visit.revision, {"name": "陈桂花"})
    assert done.undo is not None

    assert done.undo.call(desk).value.name == "陈桂英"


# --- evaluations ---------------------------------------------------------------------------------


def test_an_evaluation_is_counted_and_told_to_nobody(desk: Desk) -> None:
    visit = register(desk)
    answer = service.evaluate(
        desk, visit.uid, Satisfaction.VERY_DISSATISFIED, EnteredFrom.SECOND_SCREEN
    )

    assert answer.value is None
    assert answer.undo is None
    assert service.day_counts(desk)["dissatisfied"] == 1
    assert last_entry(desk) == ("居民评价", visit.number, "")
    shown = service.history(desk, visit.uid)
    assert shown.evaluated
    assert "dissatisfied" not in repr(shown)
    assert "不满意" not in repr(shown)


def test_one_matter_is_evaluated_once(desk: Desk) -> None:
    visit = register(desk)
    service.evaluate(desk, visit.uid, Satisfaction.FAIR, EnteredFrom.PAPER)

    with pytest.raises(UserError):
        service.evaluate(desk, visit.uid, Satisfaction.SATISFIED, EnteredFrom.PAPER)

    assert service.day_counts(desk)["evaluated"] == 1


def test_what_is_still_open_cannot_be_evaluated(desk: Desk) -> None:
    visit = register(desk, timed())

    with pytest.raises(UserError):
        service.evaluate(desk, visit.uid, Satisfaction.SATISFIED, EnteredFrom.SECOND_SCREEN)


# --- forgetting ----------------------------------------------------------------------------------


def test_forgetting_a_person_leaves_the_count_and_no_name_anywhere(desk: Desk) -> None:
    person = resident(desk, "吴阿妹", "13900001234")
    visit = register(
        desk,
        MatterEntry(matter=timed(), summary="吴阿妹要补助"),
        name="吴阿妹",
        resident=person.uid,
        phone="13900001234",
        agent=Agent("吴小妹", relation="女儿"),
        representatives=(Representative("吴阿妹"),),
        remark="吴阿妹常来",
    )
    act(desk, visit, Action.WITHDRAW, words="吴阿妹不办了")
    other = register(desk, name="陈桂英")

    assert service.forget_people(desk, [person.uid]).value == 1

    kept = stored(desk, visit.uid)
    assert (kept.number, kept.state) == (visit.number, VisitState.WITHDRAWN)
    assert "吴" not in repr(kept)
    assert stored(desk, other.uid).name == "陈桂英"
    with desk.reading(needs=Right.READ) as connection:
        query = sa.select(CHANGE.c.payload).where(CHANGE.c.uid == visit.uid)
        payloads = [text or "" for text in connection.execute(query).scalars()]
        assert not any("吴" in text or "1234" in text for text in payloads)
        assert check_changes(connection) == []
    assert service.day_counts(desk)["registered"] == 2


def test_words_too_long_for_their_field_are_refused(desk: Desk) -> None:
    visit = register(desk, timed())

    with pytest.raises(InvalidInput) as refusal:
        act(desk, visit, Action.CLOSE, result="好" * 2001)

    assert refusal.value.field == "result"
    assert service.page(desk, VisitFilter(open=True)).total == 1
