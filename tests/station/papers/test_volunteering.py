"""The papers of volunteers: what they say, what they keep to themselves; all of them sound."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app import catalog
from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.errors import UserError
from desktop_app.core.hours import HOURS_RULE
from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper
from desktop_app.ledgers.papers import service as kept_papers
from desktop_app.ledgers.papers.rules import CopyKind
from desktop_app.ledgers.party import service as party
from desktop_app.ledgers.party.rules.member import MemberForm
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.posts.rules.shift import ShiftAction
from desktop_app.ledgers.service import service as ledger
from desktop_app.ledgers.service.rules import code as codes
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.volunteers import service as register
from desktop_app.registers.volunteers.rules.words import Skill
from desktop_app.station.papers import service
from desktop_app.station.resident_card import service as card
from desktop_app.storage.session import Desk
from tests.ledgers.party.test_party import promised
from tests.ledgers.posts.builders import on_post, plan, post, shift_form
from tests.ledgers.requests.builders import seat
from tests.ledgers.service.builders import at, form
from tests.ledgers.service.builders import volunteer as filed
from tests.ledgers.three_lists.builders import blobs
from tests.registers.volunteers.helpers import form as volunteer_form
from tests.registers.volunteers.helpers import joined, person, team, volunteer
from tests.station.papers.volunteers import (
    FIRST,
    LAST,
    PHONE,
    drawn,
    has,
    issued,
    office,
    said,
    served,
)

__all__ = ["blobs", "office"]

# What is drawn does not hang on the database; what is read is tried on both where it lives.
pytestmark = pytest.mark.sqlite_only

ODD = "张𬭎·买买提<b>&“引号”（括号）\t制表" + "长" * 30
_DIGITS = "〇一二三四五六七八九"


# --- 队伍名册 -------------------------------------------------------------------------------------


def test_a_team_has_everybody_with_hours_and_days(office: Desk) -> None:
    squad = team(office)
    lead, other, gone = (
        volunteer(office, name, f"1380000567{number}")
        for number, name in enumerate(("李慧敏", "欧阳志强", "赖建国"))
    )
    for one in (lead, other, gone):
        joined(office, squad, one)
    now = register.get_team(office, squad.uid)
    register.set_leader(office, now.uid, now.revision, lead.uid)
    served(office, other.uid, 3, team=squad.uid)
    served(office, lead.uid)
    (stay,) = [line for line in register.roster(office, squad.uid) if line.volunteer == gone.uid]
    register.leave(office, stay.uid, stay.revision, date(2026, 6, 1), "搬家")
    reading = drawn(office, "roster", squad.uid)
    has(
        reading,
        f"{squad.name}名册", "截至2026年11月23日", "青榕社区党委", "李慧敏", "欧阳志强", "6.2",
        "医疗护理", "2026-02-01", "2026-06-01", "已退队", "在队2人", HOURS_RULE,
    )  # fmt: skip
    before = drawn(office, "roster", squad.uid, until=date(2026, 5, 1))
    has(before, "在队3人")
    assert "已退队" not in said(before)


def test_names_on_paper_are_for_who_sees_them_on_the_screen(office: Desk) -> None:
    squad = team(office)
    joined(office, squad, volunteer(office))
    who = seat(office, "小王", without=frozenset({Right.REVEAL}))
    text = said(drawn(who, "roster", squad.uid))
    assert "李慧敏" not in text
    assert "李*敏" in text


def test_a_large_team_goes_on_over_pages_and_an_empty_one_says_so(office: Desk) -> None:
    squad = team(office, direction_words="夜间巡逻、" * 30)
    has(drawn(office, "roster", squad.uid), "还没有队员")
    everything = tuple(Skill)
    for place in range(40):
        file = person(office, f"欧阳{_DIGITS[place // 10]}{_DIGITS[place % 10]}", f"139{place:08d}")
        entry = volunteer_form(file, skills=everything, registered_on=FIRST)
        joined(office, squad, register.add(office, entry).value, FIRST)
    reading = drawn(office, "roster", squad.uid)
    assert len(reading.pages) > 1
    has(reading, "在队40人")


# --- 值班表 ---------------------------------------------------------------------------------------


def test_the_roster_on_the_wall_says_who_is_missing_and_who_is_at_two_places(
    office: Desk, clock: FixedClock
) -> None:
    one, two = volunteer(office), volunteer(office, "林志强", "13800001111")
    night = post(office)
    door = post(office, name="门岗", quota=1, place_words="东门")
    on_post(office, night, one)
    shift = plan(office, night, one)
    plan(office, night, two, date(2026, 11, 25))
    posts.plan(office, shift_form(door, one, override="两处相邻，来回照看"))
    clock.set(Millis(shift.ends_at + 60_000))
    plan(office, night, two, date(2026, 11, 26))
    posts.act_on_shift(office, shift.uid, ShiftAction.DONE, None)
    reading = drawn(office, "duty")
    page = reading.pages[0]
    assert page.width > page.height
    has(
        reading,
        "志愿服务岗位值班表", "2026年11月23日至2026年11月29日", "夜间巡逻", "19:00—21:00",
        "李慧敏△", "【缺1人】", "【缺2人】", "同一时间排在两处", "两处相邻，来回照看", "东门",
    )  # fmt: skip
    has(drawn(office, "duty", door.uid), "门岗")
    assert "夜间巡逻△" not in said(drawn(office, "duty", search="门岗"))


def test_a_month_of_duty_is_a_table_for_each_week(office: Desk) -> None:
    night = post(office, name=ODD[:20], quota=8)
    for number in range(8):
        who = volunteer(office, f"欧阳志{_DIGITS[number]}", f"139{number:08d}")
        for day in range(24, 29):
            if date(2026, 11, day).weekday() < 5:
                plan(office, night, who, date(2026, 11, day))
    reading = drawn(office, "duty", since=date(2026, 11, 1), until=date(2026, 11, 30))
    has(reading, "2026年11月2日至2026年11月8日", "2026年11月1日", "欧阳志七")
    assert len(reading.pages) > 1
    empty = drawn(office, "duty", since=date(2020, 1, 1), until=date(2020, 1, 3))
    has(empty, "没有开放的岗位")


# --- 志愿服务记录证明 -----------------------------------------------------------------------------


def test_a_certificate_says_all_that_the_rules_want(office: Desk) -> None:
    who = filed(office)
    served(office, who, 3)
    given = issued(office, who)
    reading = drawn(office, "volunteer-certificate", given.uid)
    assert reading.facts["Title"] == "志愿服务记录证明"
    has(
        reading,
        f"证明编号：{given.number}",
        "居民身份证", given.id_number, given.volunteer_number,
        "兹证明张秀兰于2026年11月1日至2026年11月22日期间参加我单位组织的志愿服务3次，累计服务时间6.2小时",
        "6小时15分", "折合6.2小时", "2小时5分", "夜间平安巡逻", "荷塘里社区居民委员会", "陈国强",
        "王小燕", "0597-2212345", "基层群众性自治组织", codes.shown(given.code), "仅供本单位核对",
        "尚未录入全国志愿服务信息系统的3条另行标注“※”", "用于升学", HOURS_RULE, "2026年11月23日",
    )  # fmt: skip
    assert "已作废" not in said(reading)


def test_a_certificate_of_who_may_not_certify_is_refused_with_the_way_on(office: Desk) -> None:
    who = filed(office)
    served(office, who)
    asked = ledger.apply(office, who, FIRST, LAST).value
    ledger.verify(office, asked.uid, asked.revision)
    with pytest.raises(UserError, match="没有打印") as refused:
        drawn(office, "volunteer-certificate", asked.uid)
    assert "汇总（非证明）" in refused.value.next_step


def test_a_void_certificate_bears_the_mark_and_the_new_one_names_it(office: Desk) -> None:
    who = filed(office)
    served(office, who)
    first = issued(office, who)
    ledger.void_certificate(office, first.uid, None, "证件号码写错")
    again = ledger.reissue(office, first.uid, None).value
    void = drawn(office, "volunteer-certificate", first.uid)
    has(void, "志愿服务记录证明（已作废）", "本证明不得再使用", "证件号码写错", again.number)
    checked = ledger.verify(seat(office, "林志强"), again.uid, again.revision).value
    ledger.issue(office, again.uid, checked.revision)
    has(drawn(office, "volunteer-certificate", again.uid), f"原证明{first.number}已作废")
    never = ledger.apply(office, who, FIRST, LAST).value
    ledger.void_certificate(office, never.uid, None, "重复申请")
    with pytest.raises(UserError, match="已作废，没有打印"):
        drawn(office, "volunteer-certificate", never.uid)


def test_a_long_certificate_of_odd_words_goes_on_over_pages(office: Desk) -> None:
    who = filed(office, "买买提·阿卜杜拉𬭎")
    served(
        office, who, 19, title=ODD, content="入户走访独居老人，" * 30, head="欧阳志强",
    )  # fmt: skip
    given = issued(office, who, purpose="（评优）“升学”")
    reading = drawn(office, "volunteer-certificate", given.uid)
    assert len(reading.pages) > 2
    for page in reading.pages:
        assert any(given.number in text for text in page.texts)
    has(reading, "19次")


def test_the_register_knows_the_paper_that_was_kept(office: Desk) -> None:
    who = filed(office)
    served(office, who)
    given = issued(office, who)
    drafted = service.draft(office, OpenPaper("volunteer-certificate", given.uid))
    paper = service.keep(office, drafted, CopyKind.PRINTED).value
    assert ledger.get_certificate(office, given.uid).paper == paper.uid


def test_a_certificate_that_was_kept_goes_with_the_person(office: Desk) -> None:
    who = filed(office)
    served(office, who)
    given = issued(office, who)
    drafted = service.draft(office, OpenPaper("volunteer-certificate", given.uid))
    service.keep(office, drafted, CopyKind.PRINTED)
    card.erase(office, register.get(office, who).resident)
    assert kept_papers.page(office).rows == ()
    with office.reading(needs=Right.READ) as connection:
        assert catalog.attached(connection) == set()


# --- 志愿服务记录汇总（非证明） ----------------------------------------------------------------


def test_a_summary_is_no_certificate_and_looks_like_none(office: Desk) -> None:
    who = filed(office)
    served(office, who, 2)
    ledger.enter(office, form(who, at(9), at(10)))
    reading = drawn(office, "volunteer-summary", who)
    has(
        reading,
        "志愿服务记录汇总（非证明）", "本汇总供本人核对使用，不作证明。", "4小时10分",
        "折合4.1小时", "另有1条待确认，没有计入", HOURS_RULE,
    )  # fmt: skip
    text = said(reading)
    for left_out in ("兹证明", "核对码", "证明编号", "11010519491231002X"):
        assert left_out not in text, left_out
    nothing = drawn(
        office, "volunteer-summary", who, since=date(2026, 1, 1), until=date(2026, 1, 31)
    )
    has(nothing, "没有已确认的服务记录", "0.0小时")


# --- 在职党员参与社区服务反馈表 -------------------------------------------------------------------


def test_the_unit_reads_what_was_promised_and_done_in_the_quarter(office: Desk) -> None:
    file = person(office, party=PartyKind.EMPLOYED, workplace="栖溪供电所")
    entry = MemberForm(resident=file.uid, reported_on=date(2026, 3, 1), unit_phone=PHONE)
    member = promised(office, party.report(office, entry).value)
    (pledge,) = member.pledges
    member = party.done_for(
        office, member.uid, member.revision, pledge.uid, "巡逻南门", date(2026, 10, 8)
    ).value
    one = register.add(office, volunteer_form(member.resident)).value
    served(office, one.uid, 2)
    reading = drawn(office, "party-feedback", member.uid, period=parse_period("2026-Q4"))
    has(
        reading,
        "在职党员参与社区服务反馈表", "栖溪供电所党组织：", "李慧敏", "每月巡逻一次",
        "10月8日巡逻南门", "本季度参加志愿服务2次，累计4.1小时；践诺1次。", "单位回执",
        "2026年第四季度", HOURS_RULE,
    )  # fmt: skip
    last = drawn(office, "party-feedback", member.uid)
    has(last, "2026年第三季度", "没有已确认的志愿服务记录")
    assert "巡逻南门" not in said(last)


def test_a_sheet_of_many_odd_promises_goes_on_over_pages(office: Desk) -> None:
    file = person(office, "买买提·阿卜杜拉", party=PartyKind.EMPLOYED, workplace=f"“{ODD}”")
    entry = MemberForm(
        resident=file.uid, reported_on=date(2026, 3, 1), branch=ODD, specialities=ODD
    )
    member = party.report(office, entry).value
    for number in range(12):
        words = f"{number}．{ODD}" + "陪同独居老人就医，" * 15
        member = party.pledge(office, member.uid, member.revision, words).value
    one = register.add(office, volunteer_form(member.resident, registered_on=FIRST)).value
    served(office, one.uid, 19, title=ODD)
    quarter = parse_period("2026-Q4")
    reading = drawn(office, "party-feedback", member.uid, period=quarter)
    assert len(reading.pages) > 2
    has(reading, "单位回执", "19次")


# --- 志愿服务记录 ---------------------------------------------------------------------------------


def test_the_records_of_a_person_are_the_five_blocks_of_the_law(office: Desk) -> None:
    one = volunteer(office)
    register.add_training(
        office, one.uid, one.revision, day=date(2026, 5, 1), words="急救培训", organiser="红十字会",
        minutes=90,
    )  # fmt: skip
    served(office, one.uid, 2, served=12, place_words="东门", content="巡逻", recipients="陈桂英")
    reading = drawn(office, "service-record", one.uid)
    assert reading.pages[0].width > reading.pages[0].height
    has(
        reading,
        "个人基本信息", "志愿服务和评价情况", "培训情况", "急救培训", "表彰奖励情况", "19:00—21:05",
        "12人次", "2小时5分", "补录", "荷塘里社区居民委员会", "折合4.1小时", "李慧敏",
    )  # fmt: skip
    assert "陈桂英" not in said(reading)


def test_the_records_of_a_team_and_of_a_time_name_everybody(office: Desk) -> None:
    squad = team(office)
    one, two = volunteer(office), volunteer(office, "林志强", "13800001111")
    served(office, one.uid, 2, team=squad.uid)
    served(office, two.uid, 2)
    ours = drawn(office, "service-record", squad.uid)
    has(ours, squad.name, "李慧敏", "共2条、1人")
    assert "林志强" not in said(ours)
    day = drawn(office, "service-record", since=date(2026, 11, 20), until=date(2026, 11, 20))
    has(day, "2026年11月20日", "林志强", "共2条、2人")
    has(drawn(office, "service-record", since=date(2025, 1, 1), until=date(2025, 1, 2)), "没有符合")
    with pytest.raises(UserError, match="没有找到"):
        drawn(office, "service-record", office.database.new_uid())


def test_long_and_odd_records_stay_on_the_page(office: Desk) -> None:
    one = volunteer(office)
    served(
        office, one.uid, 15, title=ODD, content="楼道里反复清扫，" * 60, organiser=ODD,
        place_words=ODD, head="欧阳志强",
    )  # fmt: skip
    assert len(drawn(office, "service-record", one.uid).pages) > 3
