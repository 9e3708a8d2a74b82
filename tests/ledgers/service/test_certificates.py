"""A certificate says what is true, once, by who may say it, and can be checked offline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.settings import ALL, CERTIFICATE_HEAD, CERTIFICATE_ISSUER_KIND
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules import code as codes
from desktop_app.ledgers.service.rules.certificate import (
    Certificate,
    CertificateState,
    NotEntitled,
)
from desktop_app.ledgers.service.tables import CERTIFICATE
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import write_setting
from tests.ledgers.service.builders import (
    DAY,
    ID_NUMBER,
    at,
    entitle,
    form,
    merge,
    volunteer,
)
from tests.ledgers.three_lists.builders import enrolled

FIRST, LAST = date(2026, 1, 1), DAY


def served(desk: Desk, who: Uid, start: Any = None, end: Any = None, **more: Any) -> Uid:
    told = replace(form(who, start, end), **more)
    return service.confirm(desk, service.enter(desk, told).value.uid, None).value.uid


def issued(desk: Desk, who: Uid, purpose: str = "评优") -> Certificate:
    """One that was given, by the way that it has to go."""
    entitle(desk)
    asked = service.apply(desk, who, FIRST, LAST, purpose).value
    service.verify(desk, asked.uid, None)
    return service.issue(desk, asked.uid, None).value


def in_full(desk: Desk, uid: Uid) -> Certificate:
    return service.for_paper(desk, uid)


def test_a_certificate_says_all_that_the_rules_ask_for(desk: Desk) -> None:
    who = volunteer(desk, national_number="3508020000012345")
    served(desk, who)
    served(desk, who, at(8), at(9, 30), content="消防栓检查")
    given = in_full(desk, issued(desk, who).uid)
    assert (given.name, given.id_number, given.national_number) == (
        "张秀兰", ID_NUMBER, "3508020000012345",
    )  # fmt: skip
    assert given.volunteer_number.startswith("QR01-V")
    assert (given.minutes, [line.minutes for line in given.lines]) == (210, [90, 120])
    assert (given.issuer, given.head, given.phone) == (
        "荷塘里社区居民委员会", "陈国强", "0597-2212345",
    )  # fmt: skip
    assert (given.handler, given.issued_on, given.purpose) == ("王小燕", desk.today, "评优")
    assert given.number == "QR01-M2026A-00001"
    assert given.not_uploaded == 2


def test_a_body_that_may_not_certify_is_told_what_it_may_do(desk: Desk) -> None:
    who = volunteer(desk)
    served(desk, who)
    asked = service.apply(desk, who, FIRST, LAST).value
    service.verify(desk, asked.uid, None)
    with pytest.raises(NotEntitled, match="还没有选定有资格") as told:
        service.issue(desk, asked.uid, None)
    assert "志愿服务记录汇总（非证明）" in told.value.next_step
    assert "还没有选定" in service.why_no_certificate(desk)
    with desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
        write_setting(unit, CERTIFICATE_ISSUER_KIND, "基层群众性自治组织")
        write_setting(unit, CERTIFICATE_HEAD, "陈国强")
        with pytest.raises(UserError, match="没有这一种"):
            write_setting(unit, CERTIFICATE_ISSUER_KIND, "党群服务站")
    with pytest.raises(NotEntitled, match="出具单位、联系电话"):
        service.issue(desk, asked.uid, None)
    assert CERTIFICATE_ISSUER_KIND in ALL

    told_only = service.summary(desk, who, FIRST, LAST)
    assert (told_only.minutes, told_only.overlapped) == (120, 0)
    assert told_only.why_not


def test_only_what_is_confirmed_and_no_time_twice(desk: Desk) -> None:
    who = volunteer(desk)
    served(desk, who)
    served(desk, who, at(20), at(22), overlap_reason="顺路走访")
    service.enter(desk, form(who, at(8), at(10)))
    summary = service.summary(desk, who, FIRST, LAST)
    assert (summary.minutes, summary.overlapped, summary.waiting) == (180, 60, 1)
    hours = service.hours_of(desk, who)
    assert (hours.minutes, hours.certified) == (240, 180)
    assert issued(desk, who).minutes == 180


def test_one_person_under_two_spellings_has_one_certificate(desk: Desk) -> None:
    who, same = volunteer(desk), volunteer(desk, "张秀蓝")
    served(desk, who)
    served(desk, same, at(20), at(22))
    merge(desk, same, who)
    given = in_full(desk, issued(desk, same).uid)
    assert (given.minutes, given.name, given.volunteer) == (180, "张秀兰", who)


def test_what_is_not_verified_or_has_changed_since_is_not_issued(desk: Desk) -> None:
    entitle(desk)
    who = volunteer(desk)
    asked = service.apply(desk, who, FIRST, LAST).value
    with pytest.raises(UserError, match="没有已确认的服务记录"):
        service.verify(desk, asked.uid, None)
    first = served(desk, who)
    with pytest.raises(UserError, match="还没有核验"):
        service.issue(desk, asked.uid, None)
    service.verify(desk, asked.uid, None)
    # Entered into the national system: no change of what is counted.
    service.mark_uploaded(desk, first, None)
    served(desk, who, at(8), at(9))
    with pytest.raises(UserError, match="核验以后服务记录有变动"):
        service.issue(desk, asked.uid, None)
    service.verify(desk, asked.uid, None)
    given = service.issue(desk, asked.uid, None).value
    assert (given.minutes, given.not_uploaded) == (180, 1)


def test_without_an_identity_number_nothing_is_certified(desk: Desk) -> None:
    who = volunteer(desk, id_kind=None, id_number="")
    served(desk, who)
    with pytest.raises(UserError, match="没有证件类型或号码"):
        issued(desk, who)


def test_days_that_cannot_be_are_refused(desk: Desk) -> None:
    who = volunteer(desk)
    with pytest.raises(UserError, match="截止日期早于起始日期"):
        service.apply(desk, who, LAST, FIRST)
    with pytest.raises(UserError, match="截止日期还没有到"):
        service.apply(desk, who, FIRST, desk.today + timedelta(days=1))


def test_who_took_the_application_does_not_verify_it_where_there_is_somebody_else(
    desk: Desk,
) -> None:
    alone = enrolled(desk, "王小燕")
    who = volunteer(desk)
    served(desk, who)
    asked = service.apply(alone, who, FIRST, LAST).value
    assert service.verify(alone, asked.uid, None).value.verified_by_name == "王小燕"
    second = enrolled(desk, "林志强")
    with pytest.raises(UserError, match="不能是同一个人"):
        service.verify(alone, asked.uid, None)
    assert service.verify(second, asked.uid, None).value.verified_by_name == "林志强"


# --- its course -----------------------------------------------------------------------------------


def test_it_is_shown_in_public_only_with_consent_and_for_seven_days(
    desk: Desk, clock: FixedClock
) -> None:
    quiet, agreed = volunteer(desk), volunteer(desk, "李慧敏", disclose=True)
    served(desk, quiet)
    served(desk, agreed)
    with pytest.raises(UserError, match="没有同意公示"):
        service.publicise(desk, issued(desk, quiet).uid, None)
    uid, today = issued(desk, agreed).uid, desk.today
    with pytest.raises(UserError, match="公示不足7日"):
        service.publicise(desk, uid, None, today, today + timedelta(days=6))
    with pytest.raises(UserError, match="早于出具日期"):
        service.publicise(desk, uid, None, today - timedelta(days=1))
    shown = service.publicise(desk, uid, None).value
    assert (shown.public_from, shown.public_until) == (today, today + timedelta(days=7))
    with pytest.raises(UserError, match="还没有结束，没有归档"):
        service.archive(desk, uid, None)
    clock.advance(8 * 86_400)
    assert service.archive(desk, uid, None).value.state is CertificateState.ARCHIVED


def test_who_took_it_along_is_written_down(desk: Desk) -> None:
    who = volunteer(desk)
    served(desk, who)
    uid = issued(desk, who).uid
    with pytest.raises(UserError, match="还没有写领取人"):
        service.collect(desk, uid, None, " ")
    with pytest.raises(UserError, match="领取日期不对"):
        service.collect(desk, uid, None, "张秀兰", DAY)
    assert service.collect(desk, uid, None, "张秀兰").value.collected_on == desk.today
    assert service.get_certificate(desk, uid).collected_by == "张*兰"
    assert service.keep_paper(desk, uid, Uid(int=9)).value.paper == Uid(int=9)


def test_a_record_that_a_certificate_counts_stays_as_it_is(desk: Desk) -> None:
    who = volunteer(desk)
    record = service.enter(desk, form(who)).value.uid
    confirmation = service.confirm(desk, record, None)
    given = issued(desk, who)
    with pytest.raises(UserError, match=f"已写进证明 {given.number}") as told:
        service.return_to_check(desk, record, None, "签退时间有误")
    assert "作废那份证明" in told.value.next_step
    assert service.history(desk, record).certificate == given.number
    assert confirmation.undo is not None
    with pytest.raises(UserError, match="已写进证明"):
        confirmation.undo.call(desk)
    service.void_certificate(desk, given.uid, None, "签退时间有误")
    assert service.return_to_check(desk, record, None, "签退时间有误").value.revision


def test_a_void_one_keeps_its_number_and_the_new_one_names_it(desk: Desk) -> None:
    who = volunteer(desk)
    served(desk, who)
    first = issued(desk, who)
    with pytest.raises(UserError, match="还没有作废，不能补发"):
        service.reissue(desk, first.uid, None)
    service.void_certificate(desk, first.uid, None, "姓名写错")
    with pytest.raises(UserError, match="已作废，没有打印"):
        service.for_paper(desk, first.uid)
    again = service.reissue(desk, first.uid, None).value
    with pytest.raises(UserError, match="已经补发过"):
        service.reissue(desk, first.uid, None)
    assert again.number != first.number
    assert (again.first, again.last, again.purpose) == (FIRST, LAST, "评优")
    told = service.certificate_history(desk, again.uid)
    assert told.replaces == first.number
    assert service.certificate_history(desk, first.uid).replaced_by == again.number
    service.verify(desk, again.uid, None)
    assert service.issue(desk, again.uid, None).value.minutes == 120


def test_every_step_can_be_taken_back_but_not_over_what_changed(desk: Desk) -> None:
    who = volunteer(desk)
    record = served(desk, who)
    given = issued(desk, who)
    void = service.void_certificate(desk, given.uid, None, "写错")
    assert void.undo is not None
    back = void.undo.call(desk).value
    assert (back.state, back.code) == (CertificateState.ISSUED, given.code)
    void = service.void_certificate(desk, given.uid, None, "写错")
    again = service.reissue(desk, given.uid, None)
    assert again.undo is not None
    again.undo.call(desk)
    assert service.get_certificate(desk, given.uid).replaced_by is None
    void = service.void_certificate(
        desk, service.apply(desk, who, FIRST, LAST).value.uid, None, "x"
    )
    assert void.undo is not None
    assert void.undo.call(desk).value.state is CertificateState.APPLIED
    service.return_to_check(desk, record, None, "改")


def test_a_void_one_stays_void_when_its_records_were_put_right(desk: Desk) -> None:
    who = volunteer(desk)
    record = served(desk, who)
    void = service.void_certificate(desk, issued(desk, who).uid, None, "写错")
    service.return_to_check(desk, record, None, "改")
    assert void.undo is not None
    with pytest.raises(UserError, match="作废以后服务记录有变动"):
        void.undo.call(desk)


# --- the code -------------------------------------------------------------------------------------


def test_a_code_is_twelve_signs_that_nobody_reads_wrong(desk: Desk) -> None:
    who = volunteer(desk)
    served(desk, who)
    code = in_full(desk, issued(desk, who).uid).code
    assert len(code) == 12
    assert not set(code) & set("ILOU")
    shown = codes.shown(code)
    assert [len(part) for part in shown.split("-")] == [4, 4, 4]
    assert codes.read(f" {shown.lower()} ") == code
    assert codes.read(shown.replace("0", "O").replace("1", "l")) == code
    assert codes.read(code[:-1]) is None
    assert codes.read("U" * 12) is None


def test_a_certificate_on_paper_is_held_against_our_register(desk: Desk) -> None:
    who = volunteer(desk)
    served(desk, who)
    given = in_full(desk, issued(desk, who).uid)
    checked = service.check_code(desk, given.number.lower(), codes.shown(given.code))
    assert checked.good
    assert (checked.name, checked.minutes, checked.last) == ("张*兰", 120, LAST)

    other = "0" * 12 if given.code != "0" * 12 else "1" * 12
    wrong = service.check_code(desk, given.number, other)
    assert wrong.verdict is service.Verdict.WRONG
    assert (wrong.name, wrong.minutes) == ("", 0)
    unknown = service.check_code(desk, "QR01-M2026A-09999", given.code)
    assert unknown.verdict is service.Verdict.UNKNOWN
    assert service.check_code(desk, given.number, "12").verdict is service.Verdict.UNREADABLE

    service.void_certificate(desk, given.uid, None, "写错")
    again = service.reissue(desk, given.uid, None).value
    void = service.check_code(desk, given.number, given.code)
    assert (void.verdict, void.replaced_by) == (service.Verdict.VOID, again.number)


@pytest.mark.parametrize("field", ["name", "minutes", "issuer"])
def test_a_register_that_was_changed_behind_our_back_is_noticed(desk: Desk, field: str) -> None:
    who = volunteer(desk)
    served(desk, who)
    given = in_full(desk, issued(desk, who).uid)
    value = 9999 if field == "minutes" else "王五"
    with desk.database.unrecorded() as connection:
        change = sa.update(CERTIFICATE).where(CERTIFICATE.c.uid == given.uid)
        connection.execute(change.values({field: value}))
    found = service.check_code(desk, given.number, given.code)
    assert found.verdict is service.Verdict.CHANGED


def test_codes_of_one_content_differ_by_the_station_that_made_them(desk: Desk) -> None:
    who = volunteer(desk)
    served(desk, who)
    given = in_full(desk, issued(desk, who).uid)
    assert codes.code_of(b"a" * 32, given) != codes.code_of(b"b" * 32, given)
    assert given.code not in {codes.code_of(b"a" * 32, given), codes.code_of(b"", given)}
    assert service.get_certificate(desk, given.uid).code == "***"
    assert service.read_out_certificate(desk, given.uid, "code") == given.code


# --- forgetting -----------------------------------------------------------------------------------


def test_who_asks_to_be_forgotten_leaves_the_hours_and_no_trace_of_a_name(desk: Desk) -> None:
    who = volunteer(desk)
    served(desk, who, content="陪张阿婆看病", recipients="张阿婆")
    given = in_full(desk, issued(desk, who).uid)
    before = service.hours_of(desk, who)
    assert service.forget_people(desk, [who]).value == 1
    assert service.hours_of(desk, who) == before
    gone = in_full(desk, given.uid)
    assert (gone.name, gone.id_number, gone.minutes) == ("", "", given.minutes)
    assert gone.lines[0].content == ""
    found = service.check_code(desk, given.number, given.code)
    assert found.verdict is service.Verdict.CHANGED
