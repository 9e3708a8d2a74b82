"""Registering: what the clerk typed is what is kept, once, under one number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock, millis
from desktop_app.core.errors import InvalidInput, NotAllowed, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.entry import MatterEntry
from desktop_app.ledgers.visits.rules.registration import PETITION_RESULT
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import (
    Action,
    Agent,
    Representative,
    VisitKind,
    VisitState,
)
from desktop_app.registers.residents import store as resident_store
from desktop_app.storage.audit import check_audit, check_changes, entries
from desktop_app.storage.session import Desk, Unit
from desktop_app.storage.tables import CHANGE
from tests.ledgers.visits.builders import form, matter, register, resident, stored, timed

MONDAY = date(2026, 11, 23)


def test_a_registered_visit_reads_back_as_it_was_saved(desk: Desk) -> None:
    made = service.register(
        desk,
        form(
            MatterEntry(matter=matter(), summary="手机上交医保总提示验证失败\n请帮忙操作"),
            phone="１３８ 0000 5678",
            building="3",
            unit="2",
            room="501",
            agent=Agent("陈小红", "0597-2212345", "女儿"),
            birth_year=1952,
        ),
    )

    (visit,) = made.value
    assert stored(desk, visit.uid) == visit
    assert visit.number == "QR01-2026A-00001"
    assert visit.phone == "13800005678"
    assert (visit.day, visit.late_entry) == (MONDAY, False)
    assert (visit.category, visit.matter_name) == ("医疗保障", "医保缴费")
    assert visit.registered_by_name == visit.first_clerk_name == "王小燕"
    assert made.kinds == {"visits"}
    assert made.uids == (visit.uid,)


def test_what_is_done_at_once_is_closed_in_the_same_call(desk: Desk) -> None:
    for handling, result in ((Handling.INSTANT, "已当场办结"), (Handling.ADVICE, "已当场答复")):
        visit = register(desk, matter(handling=handling))

        assert (visit.state, visit.result) == (VisitState.CLOSED, result)
        assert visit.closed_day == MONDAY
        assert [step.action for step in visit.steps] == [Action.REGISTER]


def test_a_limit_is_counted_in_working_days_from_the_day_of_the_visit(desk: Desk) -> None:
    visit = register(desk, timed(days=5))

    assert (visit.state, visit.limit_days) == (VisitState.REGISTERED, 5)
    # Tuesday to Friday are four working days, the weekend none.
    assert visit.due == date(2026, 11, 30)


def test_a_matter_with_a_limit_that_is_done_at_the_counter_was_on_time(desk: Desk) -> None:
    visit = register(desk, MatterEntry(matter=timed(), done=True))

    assert (visit.state, visit.on_time) == (VisitState.CLOSED, True)
    assert service.day_counts(desk)["on_time"] == 1


def test_a_matter_without_a_limit_has_no_due_day(desk: Desk) -> None:
    assert register(desk, timed(days=0)).due is None
    assert register(desk, MatterEntry(matter=timed(), limit_days=0)).due is None


def test_a_matter_handed_over_at_the_counter_stands_as_handed_over(desk: Desk) -> None:
    visit = register(
        desk,
        MatterEntry(
            matter=matter("房屋漏水", handling=Handling.FORWARDED),
            handed_to="青榕物业",
            external_number="WX-88",
        ),
    )

    assert (visit.state, visit.handed_to) == (VisitState.HANDED_OVER, "青榕物业")
    assert visit.handed_on == MONDAY
    assert [(step.action, step.to) for step in visit.steps] == [
        (Action.REGISTER, VisitState.REGISTERED),
        (Action.HAND_OVER, VisitState.HANDED_OVER),
    ]


def test_several_matters_of_one_visit_are_one_batch_with_a_number_each(desk: Desk) -> None:
    made = service.register(desk, form(matter(), timed(), matter("问路"), people=2)).value

    assert [visit.number[-5:] for visit in made] == ["00001", "00002", "00003"]
    assert {visit.batch for visit in made} == {made[0].uid}
    assert [visit.leads for visit in made] == [True, False, False]
    assert {visit.people for visit in made} == {2}


def test_one_key_counts_somebody_who_only_asked_the_way(desk: Desk) -> None:
    (visit,) = service.count_only(desk, matter("问路", category="生活服务")).value

    assert (visit.kind, visit.state) == (VisitKind.COUNTED, VisitState.CLOSED)
    assert (visit.matter_name, visit.name) == ("问路", "")
    assert service.today(desk).rows[0].uid == visit.uid
    assert service.count_only(desk).value[0].number.endswith("00002")


def test_an_anonymous_visit_keeps_nothing_that_names_anybody(desk: Desk) -> None:
    visit = register(
        desk,
        kind=VisitKind.ANONYMOUS,
        resident=resident(desk).uid,
        building="3",
        unit="2",
        room="501",
        phone="13800005678",
    )

    assert (visit.name, visit.resident, visit.room) == ("", None, "")
    assert visit.phone == "13800005678"


def test_a_known_resident_is_marked_as_seen(desk: Desk, clock: FixedClock) -> None:
    known = resident(desk)
    register(desk, resident=known.uid)
    clock.advance(3600)
    register(desk, resident=known.uid)

    with desk.reading(needs=Right.READ) as connection:
        seen = resident_store.seen(connection, known.uid)
    assert seen is not None
    assert (seen.last_at, seen.times) == (clock.now(), 2)


def test_the_audit_names_the_number_and_never_the_resident(desk: Desk) -> None:
    visit = register(desk, matter(), timed(), resident=resident(desk).uid)

    with desk.reading(needs=Right.READ) as connection:
        entry = entries(connection, limit=1)[0]
    assert (entry.action, entry.subject) == ("登记来访", visit.number)
    assert "陈" not in entry.subject + entry.detail


def test_both_chains_hold_after_a_day_at_the_counter(desk: Desk) -> None:
    visit = register(desk, timed())
    service.count_only(desk)
    service.act(desk, visit.uid, Action.TAKE_UP, visit.revision)

    with desk.reading(needs=Right.READ) as connection:
        assert check_audit(connection) == []
        assert check_changes(connection) == []


# --- petitions -----------------------------------------------------------------------------------


def test_of_a_petition_only_the_count_is_kept(desk: Desk) -> None:
    petition = matter("信访渠道告知", petition=True, handling=Handling.ADVICE)
    visit = register(
        desk, petition, resident=resident(desk).uid, phone="13800005678", room="501", people=7
    )

    kept = stored(desk, visit.uid)
    assert (kept.name, kept.phone, kept.room, kept.resident) == ("", "", "", None)
    assert (kept.result, kept.summary) == (PETITION_RESULT, "")
    assert kept.petition
    assert service.today(desk).rows == ()
    assert service.day_counts(desk)["petitions"] == 1
    assert service.day_counts(desk)["people"] == 7
    with desk.reading(needs=Right.READ) as connection:
        payloads = connection.execute(
            sa.select(CHANGE.c.payload).where(CHANGE.c.kind == "visits")
        ).scalars()
        assert not any("陈桂英" in payload or "5678" in payload for payload in payloads)


@pytest.mark.parametrize("where", ["summary", "result", "external_number"])
def test_the_content_of_a_petition_is_refused_and_stays_in_the_form(desk: Desk, where: str) -> None:
    petition = matter("信访渠道告知", petition=True, handling=Handling.ADVICE)
    written: dict[str, Any] = {where: "反映的内容"}

    with pytest.raises(InvalidInput) as refusal:
        register(desk, replace(MatterEntry(matter=petition), **written))

    assert refusal.value.field == where
    assert service.day_counts(desk)["registered"] == 0


def test_what_is_typed_over_the_name_of_a_petition_is_not_kept(desk: Desk) -> None:
    petition = matter("信访渠道告知", petition=True, handling=Handling.ADVICE)
    visit = register(
        desk,
        MatterEntry(matter=petition, matter_name="反映某某", category="某类", handed_to="某局"),
    )

    assert (visit.matter_name, visit.category) == ("信访渠道告知", petition.category)
    assert visit.handed_to == ""


def test_a_petition_beside_another_matter_leaves_that_one_whole(desk: Desk) -> None:
    petition = matter("信访渠道告知", petition=True, handling=Handling.ADVICE)
    first, second = service.register(desk, form(matter(), petition)).value

    assert (first.name, second.name) == ("陈桂英", "")
    assert (first.leads, second.leads) == (True, False)


# --- dates ---------------------------------------------------------------------------------------


def test_a_late_entry_is_marked_and_stands_on_its_own_day(desk: Desk) -> None:
    visit = service.register_late(desk, form(), date(2026, 11, 20), (15, 30)).value[0]

    assert (visit.day, visit.late_entry) == (date(2026, 11, 20), True)
    assert desk.database.zone.local(visit.at).strftime("%H:%M") == "15:30"
    assert visit.closed_day == date(2026, 11, 20)
    with desk.reading(needs=Right.READ) as connection:
        assert entries(connection, limit=1)[0].action == "补录来访"


def test_a_late_entry_of_last_year_takes_a_number_of_last_year(desk: Desk) -> None:
    visit = service.register_late(desk, form(), date(2025, 12, 31)).value[0]

    assert visit.number == "QR01-2025A-00001"


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2014, 12, 31), date(2000, 1, 1)])
def test_a_visit_in_the_future_or_before_there_was_a_station_is_refused(
    desk: Desk, day: date
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        service.register_late(desk, form(), day)

    assert refusal.value.field == "day"


def test_a_dead_clock_battery_is_told_and_nothing_is_written(desk: Desk, clock: FixedClock) -> None:
    clock.set(millis(datetime(2000, 1, 1, tzinfo=UTC)))

    with pytest.raises(UserError) as refusal:
        register(desk)

    assert "2000年1月1日" in refusal.value.sentence
    clock.set(millis(datetime(2026, 11, 23, 1, tzinfo=UTC)))
    assert service.today(desk).rows == ()


def test_a_clock_behind_the_last_visit_is_asked_about_once(desk: Desk, clock: FixedClock) -> None:
    register(desk)
    clock.set(millis(datetime(2026, 3, 1, 1, tzinfo=UTC)))

    with pytest.raises(InvalidInput) as question:
        register(desk)

    assert question.value.field == "date_confirmed"
    assert "2026-11-23" in (service.clock_doubt(desk) or "")
    assert register(desk, date_confirmed=True).day == date(2026, 3, 1)


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "12345"}),
        ("people", {"people": 0}),
        ("people", {"people": 1000}),
        ("phone", {"phone": "1380000"}),
        ("birth_year", {"birth_year": 2027}),
        ("birth_year", {"birth_year": 1879}),
        ("representatives", {"representatives": (Representative("甲乙"),) * 6, "people": 8}),
        ("people", {"representatives": (Representative("甲乙"),) * 3, "people": 2}),
        ("agent", {"agent": Agent("", "13800005678")}),
        ("time", {"time": (24, 0)}),
        ("matters", {"matters": ()}),
        ("summary", {"matters": (MatterEntry(),)}),
        ("summary", {"matters": (MatterEntry(summary="长" * 2001),)}),
        ("limit_days", {"matters": (MatterEntry(matter=timed(), limit_days=366),)}),
        ("report_phone", {"matters": (MatterEntry(matter=timed(), report_phone="12"),)}),
    ],
)
def test_a_wrong_field_is_named_in_a_sentence_and_nothing_is_saved(
    desk: Desk, field: str, wrong: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        service.register(desk, replace(form(), **wrong))

    assert refusal.value.field == field
    assert refusal.value.words.endswith("。")
    assert service.today(desk).rows == ()


def test_every_problem_is_told_at_once_and_says_which_matter(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as refusal:
        register(desk, matter(), MatterEntry(), name="", people=0)

    problems = {problem.field: problem.sentence for problem in refusal.value.problems}
    assert set(problems) == {"name", "people", "summary"}
    assert problems["summary"].startswith("第2件：")


def test_thirty_megabytes_in_the_summary_are_refused_unread(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as refusal:
        register(desk, MatterEntry(summary="长" * 10_000_000))

    assert refusal.value.field == "summary"


def test_invisible_characters_and_nul_bytes_are_left_out(desk: Desk) -> None:
    visit = register(desk, MatterEntry(summary="问\u200b路\0"), name="陈\u202e桂英")

    assert (stored(desk, visit.uid).summary, visit.name) == ("问路", "陈桂英")


def test_who_may_only_register_takes_no_steps_but_reports_what_is_urgent(desk: Desk) -> None:
    rights = frozenset({Right.READ, Right.REGISTER})
    volunteer = Desk(desk.database, Actor(None, "李志愿", "值班志愿者", rights))
    visit = register(volunteer, timed())

    with pytest.raises(NotAllowed):
        service.act(volunteer, visit.uid, Action.TAKE_UP, visit.revision)
    told = StepDetails(whom="社区值班", phone="0597-2212345")
    urgent = service.act(volunteer, visit.uid, Action.REPORT_URGENT, visit.revision, told).value
    assert urgent.urgent is not None
    assert urgent.urgent.whom == "社区值班"
    with pytest.raises(NotAllowed):
        register(Desk(desk.database, Actor(None, "审计", "安全审计员", frozenset({Right.READ}))))


def test_what_happens_beside_a_registration_happens_with_it_or_not_at_all(desk: Desk) -> None:
    def refuse(_unit: Unit) -> None:
        raise UserError("不行。")

    with pytest.raises(UserError, match="不行"):
        service.register(desk, form(MatterEntry(matter=matter())), beside=refuse)
    with desk.reading(needs=Right.READ) as connection:
        assert entries(connection) == []
