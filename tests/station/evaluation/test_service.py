"""An evaluation is taken in once, told to nobody, copied by nobody concerned, and only counted."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_app.core.clock import FixedClock, millis
from desktop_app.core.errors import NotAllowed, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.periods import Period, PeriodKind
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.entry import MatterEntry
from desktop_app.ledgers.visits.rules.levels import LEAST
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action, Visit
from desktop_app.registers.people.rules import Role
from desktop_app.station.evaluation import service
from desktop_app.station.evaluation.subjects import Asked
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from tests.ledgers.visits.builders import form, matter, register, timed

Hire = Callable[[str, Role], Desk]
NOVEMBER = Period(2026, PeriodKind.MONTH, 11)
LEVELS = list(Satisfaction)


def evaluated(desk: Desk, *levels: Satisfaction) -> None:
    """So many matters, each evaluated by its resident."""
    for level in levels:
        (asked,) = service.asked_of([register(desk)])
        service.take_in(desk, asked, level)


def handled(desk: Desk) -> Visit:
    """A matter registered by one and closed by the same."""
    visit = register(desk, timed())
    details = StepDetails(result="已办好")
    return visits.act(desk, visit.uid, Action.CLOSE, visit.revision, details).value


# --- what the resident's screen may know ----------------------------------------------------------


def test_the_screen_learns_the_matter_and_its_number_and_nothing_else(desk: Desk) -> None:
    visit = register(desk, name="吴阿妹", phone="13900001234")
    (asked,) = service.asked_of([visit])
    assert asked == Asked("visits", visit.uid, visit.number, "医保缴费")
    assert not any(secret in repr(asked) for secret in ("吴阿妹", "1234"))


def test_neither_petitions_nor_counted_nor_open_matters_are_asked_about(desk: Desk) -> None:
    petition = register(desk, matter("信访渠道告知", petition=True, handling=Handling.ADVICE))
    counted = visits.count_only(desk, None).value
    assert service.asked_of([petition, *counted, register(desk, timed())]) == ()


def test_a_matter_waits_until_it_is_evaluated_or_taken_back(desk: Desk) -> None:
    first, second = register(desk), visits.register(desk, form())
    (asked,) = service.asked_of([first])
    (other,) = service.asked_of(second.value)
    assert service.may_still_be_asked(desk, asked)
    service.take_in(desk, asked, Satisfaction.FAIR)
    assert not service.may_still_be_asked(desk, asked)
    assert second.undo is not None
    second.undo.call(desk)
    assert not service.may_still_be_asked(desk, other)


@pytest.mark.parametrize("level", LEVELS)
def test_no_level_is_told_or_written_to_the_audit(desk: Desk, level: Satisfaction) -> None:
    visit = register(desk)
    (asked,) = service.asked_of([visit])
    changed = service.take_in(desk, asked, level)
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        entry = audit.entries(connection)[0]
    assert (entry.action, entry.subject, entry.detail) == ("居民评价", visit.number, "")
    assert changed.undo is None
    for told in (repr(changed), repr(entry), repr(visits.history(desk, visit.uid))):
        assert level.value not in told
        assert not any(f"“{one.label}”" in told for one in LEVELS)


# --- from paper -----------------------------------------------------------------------------------


def test_who_handled_a_matter_does_not_copy_its_evaluation(hire: Hire) -> None:
    lead, other = hire("陈站长", Role.LEAD), hire("林站长", Role.LEAD)
    visit = handled(lead)
    with pytest.raises(UserError, match="由您登记或经办"):
        service.enter_paper(lead, visit.number, Satisfaction.DISSATISFIED)
    service.enter_paper(other, visit.number, Satisfaction.DISSATISFIED)
    assert visits.history(lead, visit.uid).evaluated


def test_who_only_closed_what_a_colleague_registered_handled_it_too(hire: Hire) -> None:
    clerk, lead = hire("王小燕", Role.CLERK), hire("陈站长", Role.LEAD)
    visit = register(clerk, timed())
    details = StepDetails(result="已办好")
    visits.act(lead, visit.uid, Action.CLOSE, visit.revision, details)
    with pytest.raises(UserError, match="由您登记或经办"):
        service.enter_paper(lead, visit.number, Satisfaction.SATISFIED)


def test_a_follow_up_call_does_not_make_one_a_party(hire: Hire) -> None:
    clerk, lead = hire("王小燕", Role.CLERK), hire("陈站长", Role.LEAD)
    visit = handled(clerk)
    details = StepDetails(words="电话回访，已解决")
    visits.act(lead, visit.uid, Action.FOLLOW_UP, visit.revision, details)
    service.enter_paper(lead, visit.number, Satisfaction.SATISFIED)
    assert visits.history(lead, visit.uid).evaluated


def test_where_one_person_does_everything_she_copies_her_own(hire: Hire) -> None:
    lead = hire("陈站长", Role.LEAD)
    hire("审计员", Role.AUDITOR)
    visit = handled(lead)
    service.enter_paper(lead, visit.number, Satisfaction.VERY_DISSATISFIED)
    assert visits.history(lead, visit.uid).evaluated


def test_a_clerk_copies_no_evaluation_at_all(hire: Hire) -> None:
    clerk, visit = hire("王小燕", Role.CLERK), handled(hire("陈站长", Role.LEAD))
    with pytest.raises(NotAllowed):
        service.enter_paper(clerk, visit.number, Satisfaction.SATISFIED)


def test_the_community_s_administrator_copies_for_a_station_of_two(hire: Hire) -> None:
    lead, community = hire("陈站长", Role.LEAD), hire("苏干事", Role.COMMUNITY)
    visit = handled(lead)
    service.enter_paper(community, visit.number, Satisfaction.FAIR)
    assert visits.history(community, visit.uid).evaluated


def test_a_number_is_found_however_it_is_typed(desk: Desk) -> None:
    visit = register(desk)
    wide = visit.number.lower().replace("-", " - ").replace("0", "０")
    assert service.find(desk, wide).uid == visit.uid


@pytest.mark.parametrize("number", ["", "   ", "QR01-2026A-99999", "陈桂英"])
def test_what_is_no_number_here_is_refused_beside_the_field(desk: Desk, number: str) -> None:
    register(desk)
    with pytest.raises(UserError) as refusal:
        service.enter_paper(desk, number, Satisfaction.FAIR)
    assert refusal.value.field == "number"


def test_paper_may_come_weeks_later_and_counts_in_the_month_it_is_entered(
    desk: Desk, clock: FixedClock
) -> None:
    visit = register(desk)
    clock.set(millis(datetime(2026, 12, 14, 1, tzinfo=UTC)))
    service.enter_paper(desk, visit.number, Satisfaction.FAIR)
    assert service.spread(desk, NOVEMBER).evaluated == 0
    assert service.spread(desk, Period(2026, PeriodKind.MONTH, 12)).evaluated == 1


def test_paper_and_screen_together_count_once(desk: Desk) -> None:
    visit = register(desk)
    service.enter_paper(desk, visit.number, Satisfaction.FAIR)
    (asked,) = service.asked_of([visit])
    with pytest.raises(UserError, match="已经评价过"):
        service.take_in(desk, asked, Satisfaction.SATISFIED)
    assert service.spread(desk, NOVEMBER).evaluated == 1


# --- figures --------------------------------------------------------------------------------------


def test_under_five_evaluations_no_level_is_shown(desk: Desk) -> None:
    evaluated(desk, *[Satisfaction.VERY_DISSATISFIED] * 4)
    found = service.spread(desk, NOVEMBER)
    assert (found.evaluated, found.shown, found.levels) == (4, 0, None)


def test_five_evaluations_are_shown_by_level(desk: Desk) -> None:
    evaluated(desk, *LEVELS)
    found = service.spread(desk, NOVEMBER)
    assert found.levels == dict.fromkeys(LEVELS, 1)
    assert (found.satisfied, found.dissatisfied) == (3, 2)


def test_a_sixth_evaluation_does_not_show_which_it_was(desk: Desk) -> None:
    evaluated(desk, *LEVELS)
    before = service.spread(desk, NOVEMBER)
    evaluated(desk, Satisfaction.VERY_DISSATISFIED)
    after = service.spread(desk, NOVEMBER)
    assert after.levels == before.levels
    assert (after.evaluated, after.shown) == (6, 5)


def test_when_the_month_is_over_all_of_it_is_shown(desk: Desk, clock: FixedClock) -> None:
    evaluated(desk, *LEVELS, Satisfaction.SATISFIED)
    clock.set(millis(datetime(2026, 12, 1, 1, tzinfo=UTC)))
    found = service.spread(desk, NOVEMBER)
    assert (found.shown, found.running) == (6, False)
    assert found.levels is not None
    assert found.levels[Satisfaction.SATISFIED] == 2


def test_what_nobody_evaluated_is_counted_apart_and_never_as_satisfied(desk: Desk) -> None:
    evaluated(desk, *[Satisfaction.DISSATISFIED] * 5)
    register(desk)
    register(desk, MatterEntry(matter=timed()))
    visits.count_only(desk, None)
    register(desk, matter("信访渠道告知", petition=True, handling=Handling.ADVICE))
    found = service.spread(desk, NOVEMBER)
    assert found.not_evaluated == 1
    assert (found.satisfied, found.shown) == (0, 5)


def test_another_month_shows_nothing_of_this_one(desk: Desk) -> None:
    evaluated(desk, *LEVELS)
    found = service.spread(desk, NOVEMBER.previous)
    assert (found.evaluated, found.not_evaluated, found.levels) == (0, 0, None)
    assert found.period.last == date(2026, 10, 31)


def test_the_figures_are_for_who_manages_the_station(hire: Hire) -> None:
    with pytest.raises(NotAllowed):
        service.spread(hire("王小燕", Role.CLERK), NOVEMBER)


# --- several periods side by side -----------------------------------------------------------------

YEAR = Period(2026, PeriodKind.YEAR, 1)


def at_noon(clock: FixedClock, day: date) -> None:
    clock.set(millis(datetime(day.year, day.month, day.day, 4, tzinfo=UTC)))


def all_periods() -> list[Period]:
    halves = YEAR.parts
    quarters = [quarter for half in halves for quarter in half.parts]
    return [YEAR, *halves, *quarters, *YEAR.months]


def test_a_month_with_one_evaluation_is_not_had_by_subtracting_months_from_their_quarter(
    desk: Desk, clock: FixedClock
) -> None:
    for month, levels in ((10, LEVELS), (11, LEVELS[4:]), (12, LEVELS)):
        at_noon(clock, date(2026, month, 10))
        evaluated(desk, *levels)
    at_noon(clock, date(2027, 1, 5))
    found = service.spread(desk, Period(2026, PeriodKind.QUARTER, 4))
    assert (found.evaluated, found.shown) == (11, 10)
    assert found.levels == dict.fromkeys(LEVELS, 2)


def test_months_too_small_alone_are_shown_together(desk: Desk, clock: FixedClock) -> None:
    for month in (10, 11, 12):
        at_noon(clock, date(2026, month, 10))
        evaluated(desk, *LEVELS[:2])
    at_noon(clock, date(2027, 1, 5))
    found = service.spread(desk, Period(2026, PeriodKind.QUARTER, 4))
    assert found.levels is not None
    assert (found.shown, found.satisfied) == (6, 6)


@pytest.mark.sqlite_only
def test_nobody_can_watch_one_evaluation_come_in_whatever_periods_are_compared(
    desk: Desk, clock: FixedClock
) -> None:
    dice = random.Random(26)
    before: dict[Period, service.Spread] = {}
    for day in (YEAR.first + timedelta(days=3 * number) for number in range(122)):
        at_noon(clock, day)
        came = dice.choice((0, 0, 1, 1, 2))
        for _ in range(came):
            seen = {each: service.spread(desk, each) for each in all_periods() if day in each}
            evaluated(desk, dice.choice(LEVELS))
            for each, old in seen.items():
                new = service.spread(desk, each)
                assert new.shown - old.shown == 0 or new.shown - old.shown >= LEAST
                assert new.shown != old.shown or new.levels == old.levels
        now = {each: service.spread(desk, each) for each in all_periods()}
        for each, told in now.items():
            apart = told.shown - sum(now[part].shown for part in each.parts)
            assert not each.parts or apart == 0 or apart >= LEAST
        before = now
    assert before[YEAR].shown >= before[YEAR].evaluated - 4
