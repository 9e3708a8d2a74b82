"""双报到: who may report, what was promised and kept, and whose unit has heard nothing yet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import META_FIELDS
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.party import service
from desktop_app.ledgers.party.record import KIND
from desktop_app.ledgers.party.rules.entry import AlreadyReported, form_of
from desktop_app.ledgers.party.rules.member import (
    MemberFilter,
    MemberForm,
    MemberState,
    PartyMember,
    PledgeState,
)
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import PartyKind, Resident
from desktop_app.storage.session import Desk
from tests.registers.residents.people import opened

TODAY = date(2026, 11, 23)


def employed(desk: Desk, name: str = "李慧敏", phone: str = "13800005678") -> Resident:
    return opened(desk, name, phone, party=PartyKind.EMPLOYED, workplace="栖溪供电所")


def reported(
    desk: Desk, name: str = "李慧敏", phone: str = "13800005678", **more: Any
) -> PartyMember:
    values = {"reported_on": date(2026, 3, 1), **more}
    form = MemberForm(resident=employed(desk, name, phone).uid, **values)
    return service.report(desk, form).value


def promised(desk: Desk, member: PartyMember, words: str = "每月巡逻一次") -> PartyMember:
    return service.pledge(desk, member.uid, member.revision, words, day=date(2026, 4, 1)).value


def test_a_member_reports_with_the_unit_of_the_file(desk: Desk) -> None:
    done = service.report(desk, MemberForm(resident=employed(desk).uid, unit_phone="0597-2212345"))
    assert (done.value.number, done.value.unit) == ("QR01-B2026A-00001", "栖溪供电所")
    assert done.value.reported_on == TODAY
    assert done.undo is not None
    done.undo.call(desk)
    assert service.page(desk).rows == ()


@pytest.mark.parametrize("party", [PartyKind.NONE, PartyKind.COMPOUND])
def test_the_file_has_to_say_that_the_member_is_employed(desk: Desk, party: PartyKind) -> None:
    other = opened(desk, "王建国", "13900001234", party=party)
    with pytest.raises(InvalidInput) as refused:
        service.report(desk, MemberForm(resident=other.uid, reported_on=date(2026, 12, 1)))
    assert [one.field for one in refused.value.problems] == ["reported_on", "unit", "resident"]
    assert party.label in refused.value.sentence


def test_nobody_reports_twice(desk: Desk) -> None:
    known = reported(desk)
    with pytest.raises(AlreadyReported, match=known.number):
        service.report(desk, MemberForm(resident=known.resident))
    left = service.leave(desk, known.uid, known.revision, "工作调动").value
    with pytest.raises(AlreadyReported) as refused:
        service.report(desk, MemberForm(resident=known.resident))
    assert "重新报到" in refused.value.next_step
    back = service.come_back(desk, left.uid, left.revision).value
    assert (back.state, back.left_on) == (MemberState.REPORTED, None)


def test_a_promise_is_kept_by_what_was_done_for_it(desk: Desk) -> None:
    member = promised(desk, reported(desk))
    (pledge,) = member.pledges
    with pytest.raises(UserError, match="还没有践诺记录"):
        service.keep(desk, member.uid, member.revision, pledge.uid)
    with pytest.raises(UserError, match="不能评价"):
        service.rate(desk, member.uid, member.revision, pledge.uid, Satisfaction.SATISFIED)
    with pytest.raises(UserError, match="早于承诺日期"):
        service.done_for(desk, member.uid, member.revision, pledge.uid, "巡逻", date(2026, 3, 31))
    record = Uid(int=7)
    member = service.done_for(
        desk, member.uid, member.revision, pledge.uid, "巡逻", date(2026, 5, 1), record
    ).value
    with pytest.raises(UserError, match="已经记过践诺"):
        service.done_for(
            desk, member.uid, member.revision, pledge.uid, "巡逻", date(2026, 5, 2), record
        )
    member = service.keep(desk, member.uid, member.revision, pledge.uid).value
    member = service.rate(
        desk, member.uid, member.revision, pledge.uid, Satisfaction.SATISFIED
    ).value

    (kept,) = member.pledges
    assert (kept.state, kept.rating, kept.rated_on) == (
        PledgeState.KEPT, Satisfaction.SATISFIED, TODAY,
    )  # fmt: skip
    (line,) = service.page(desk).rows
    assert (line.pledges, line.kept) == (1, 1)
    with pytest.raises(UserError, match="已践诺"):
        service.end_pledge(desk, member.uid, member.revision, pledge.uid, "调走")


def test_a_promise_may_be_ended_with_a_reason(desk: Desk) -> None:
    member = promised(desk, reported(desk))
    uid = member.pledges[0].uid
    with pytest.raises(UserError, match="还没有写结束的原因"):
        service.end_pledge(desk, member.uid, member.revision, uid, "")
    done = service.end_pledge(desk, member.uid, member.revision, uid, "轮班")
    assert done.value.pledges[0].state is PledgeState.ENDED
    assert done.undo is not None
    assert done.undo.call(desk).value.pledges[0].state is PledgeState.OPEN
    with pytest.raises(Conflict):
        service.end_pledge(desk, member.uid, member.revision, uid, "轮班")


def test_the_sheet_of_a_quarter_is_made_sent_and_then_fixed(desk: Desk) -> None:
    member = reported(desk)
    for quarter, said in (
        ("2026-10", "按季度"), ("2027-Q1", "还没有开始"), ("2025-Q4", "在这个季度之后"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=said):
            service.make_feedback(desk, member.uid, member.revision, quarter, minutes=0, times=0)
    with pytest.raises(UserError, match="还没有做"):
        service.send_feedback(desk, member.uid, member.revision, "2026-Q3")
    for minutes in (600, 720):
        member = service.make_feedback(
            desk, member.uid, member.revision, "2026-Q3", minutes=minutes, times=6
        ).value
    assert [(one.quarter, one.minutes) for one in member.feedbacks] == [("2026-Q3", 720)]
    member = service.send_feedback(desk, member.uid, member.revision, "2026-Q3", "已阅").value
    with pytest.raises(UserError, match="已经送出"):
        service.make_feedback(desk, member.uid, member.revision, "2026-Q3", minutes=1, times=1)
    sheet = member.feedback_on("2026-Q3")
    assert sheet is not None
    assert (sheet.sent_on, sheet.received_words, sheet.minutes) == (TODAY, "已阅", 720)


def test_whose_unit_has_heard_nothing_of_the_last_quarter(desk: Desk, clock: FixedClock) -> None:
    told = reported(desk)
    waiting = reported(desk, "王建国", "13900001234")
    reported(desk, "陈志强", "13700001111", reported_on=date(2026, 10, 8))
    gone = reported(desk, "黄丽", "13600001111")
    service.leave(desk, gone.uid, gone.revision, "调走", date(2026, 6, 30))
    partly = reported(desk, "林晓芳", "13500001111")
    service.leave(desk, partly.uid, partly.revision, "调走", date(2026, 8, 1))
    service.make_feedback(desk, told.uid, told.revision, "2026-Q3", minutes=60, times=1)

    assert service.last_quarter(desk) == "2026-Q3"
    found = service.without_feedback(desk)
    assert [line.number for line in found.rows] == [waiting.number, partly.number]
    clock.advance(60 * 86_400)
    assert service.last_quarter(desk) == "2026-Q4"
    assert service.without_feedback(desk).total == 3, "who was here in the last quarter"


def test_the_list_is_searched_by_name_number_and_unit(desk: Desk) -> None:
    first = reported(desk)
    reported(desk, "王建国", "13900001234", unit="澄岭图书馆")

    def names(**wanted: Any) -> list[str]:
        return [line.name for line in service.page(desk, MemberFilter(**wanted)).rows]

    assert names(search="lhm") == names(search=first.number) == names(search="供电") == ["李慧敏"]
    assert names(state=MemberState.LEFT) == names(stations=("QR02",)) == []


def test_what_was_entered_is_put_right_and_the_identity_shown(desk: Desk) -> None:
    member = reported(desk, unit_liaison="赵敏", unit_phone="0597-2212345")
    assert service.get(desk, member.uid).unit_liaison == "赵*"
    assert service.reveal(desk, member.uid, "unit_liaison") == "赵敏"
    told = form_of(service.for_editing(desk, member.uid))
    after = service.change(desk, member.uid, member.revision, told)
    assert after.value.unit_liaison == "赵敏"
    with pytest.raises(UserError, match="早于报到日期"):
        service.show_identity(desk, member.uid, after.value.revision, "胸牌", date(2026, 2, 1))
    shown = service.show_identity(desk, member.uid, after.value.revision, "胸牌").value
    assert (shown.shown_on, shown.shown_how) == (TODAY, "胸牌")


def test_an_erased_member_is_counted_and_names_nobody(desk: Desk) -> None:
    member = promised(desk, reported(desk, unit_liaison="赵敏", remark="夜班"))
    assert service.forget_people(desk, [member.resident]).value == 1
    residents.erase(desk, member.resident)
    left = service.get(desk, member.uid)
    assert (left.number, left.reported_on, len(left.pledges)) == (
        member.number, member.reported_on, 1,
    )  # fmt: skip
    for words in ("栖溪供电所", "赵", "夜班", "巡逻"):
        assert words not in str(left)
    assert service.history(desk, member.uid).name == ""


def test_every_field_of_the_record_is_described() -> None:
    described = {field.name for field in KIND.fields}
    assert described == set(PartyMember.__dataclass_fields__) - set(META_FIELDS)
