"""The papers of the three lists: what they say, what they keep to themselves, and that they are
sound."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from PIL import Image

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.core.origin import Urgency
from desktop_app.core.periods import parse_period
from desktop_app.core.photos import Picture
from desktop_app.core.route import OpenPaper
from desktop_app.core.settings import ISSUER, LIST_NAMES, SERVICE_PHONE
from desktop_app.ledgers.agreements.rules.agreement import PromiseKind
from desktop_app.ledgers.agreements.rules.entry import PromiseForm
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.duty import (
    Duty,
    DutyAction,
    OpinionLevel,
    ReviewerRole,
)
from desktop_app.ledgers.three_lists.rules.duty_steps import DutyDetails
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.registers.partners.rules import Partner
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import CompoundType, PlaceKind
from desktop_app.station.co_building import unit_year
from desktop_app.station.papers import service
from desktop_app.station.settings import service as settings
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import held
from tests.ledgers.agreements.builders import signed, unit
from tests.ledgers.three_lists.builders import (
    act,
    blobs,
    offer,
    propose,
    raise_problem,
    seat,
)
from tests.printing.outside import Reading, assert_lines_break_well, assert_sound

__all__ = ["blobs"]
A = DutyAction
DAY = 86_400.0
PRIVATE = ("陈桂英", "13800005678", "501")


@pytest.fixture
def office(desk: Desk, blobs: FolderBlobs) -> Desk:
    """A desk that keeps pictures and has a name to sign with."""
    desk.database.keep_attachments_in(blobs)
    settings.write(desk, ISSUER, "青榕社区居民委员会")
    settings.write(desk, SERVICE_PHONE, "0597-2100000")
    return desk


def drawn(desk: Desk, kind: str, **wanted: object) -> Reading:
    """One paper, sound by all programs that know nothing of us."""
    drafted = service.draft(desk, OpenPaper(kind, **wanted))  # type: ignore[arg-type]
    reading = assert_sound(drafted.pdf)
    assert_lines_break_well(reading)
    assert drafted.missing == ()
    for text in PRIVATE:
        assert text not in said(reading), text
    return reading


def said(reading: Reading) -> str:
    """The text as it was drawn, cell by cell, without anything that only spaces it out."""
    return re.sub(r"\s", "", reading.drawn)


def photo(size: tuple[int, int], colour: int, caption: str) -> Picture:
    """A photo with something to see in it."""
    stream = io.BytesIO()
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    picture.paste((colour, 120, 60), (10, 10, size[0] // 3, size[1] // 3))
    picture.save(stream, "JPEG")
    return Picture(stream.getvalue(), *size, caption=caption)


def problem(desk: Desk, **more: object) -> Problem:
    return raise_problem(
        desk,
        building="3栋",
        raiser="陈桂英",
        raiser_phone="13800005678",
        affected=24,
        urgency=Urgency.SOON,
        **more,
    )


def closed(desk: Desk, duty: Duty, **review: object) -> Duty:
    """Done with two photos and looked over."""
    act(desk, duty, A.ACCEPT)
    act(desk, duty, A.PROGRESS, words="到现场查看，更换三层以上灯头")
    now = lists.get_duty(desk, duty.uid)
    pictures = [photo((800, 600), 40, "更换前的楼道"), photo((600, 800), 200, "更换后的楼道")]
    lists.add_evidence(desk, desk.database.blobs, duty.uid, now.revision, pictures)
    act(desk, duty, A.SUBMIT, result="楼道灯全部换好并试亮")
    return act(seat(desk, "林志强"), duty, A.REVIEW_OK, **review)


def claimed(desk: Desk, found: Problem, partner: Partner, **more: object) -> Duty:
    given = offer(desk, partner=partner.uid, partner_name=partner.name)
    return propose(desk, found, given, unit=partner.name, amount=1, **more)


# --- 三单 -----------------------------------------------------------------------------------------


def test_the_three_lists_are_three_annexes_with_every_column(office: Desk) -> None:
    bank = unit(office)
    first, second = problem(office), problem(office, description="东门路口雨天积水")
    closed(office, claimed(office, first, bank))
    claimed(office, second, bank, helpers="物业公司")
    reading = drawn(office, "three-lists")
    assert reading.facts["Title"] == "问题清单、共建清单、责任清单"
    assert [page.width > page.height for page in reading.pages] == [True] * 3
    for number, name in enumerate(("问题清单", "共建清单", "责任清单"), start=1):
        assert f"附件{number}{name}" in said(reading)
    heads = [
        "项目编号 提出日期 来源 小区 网格 类别 状态 问题描述 紧急度 提出人 电话 照片 涉及",
        "项目编号 共建单位 可提供资源 认领事项 对应问题编号 服务 方式 计划时间 数量 状态",
        "责任单位 责任人 配合单位 责任层级 完成时限 措施 进展 完成情况 佐证 评价 销号日期 复核人",
    ]
    for page, words in zip(reading.pages, heads, strict=True):
        text = "".join(page.texts)
        assert [word for word in words.split() if word not in text] == []
    assert "24户" in said(reading)
    assert "站内留存" in said(reading)
    assert said(reading).count(first.number) >= 3


def test_the_lists_are_called_as_the_office_calls_them(office: Desk) -> None:
    settings.write(office, LIST_NAMES, LIST_NAMES.choices[1])
    problem(office)
    reading = drawn(office, "three-lists")
    assert "需求清单" in said(reading)
    assert "问题清单" not in said(reading)


def test_a_meeting_sees_what_is_open_and_what_was_closed_in_its_days(
    office: Desk, clock: FixedClock
) -> None:
    bank = unit(office)
    done, waits = problem(office), problem(office, description="东门路口雨天积水")
    closed(office, claimed(office, done, bank))
    clock.advance(40 * DAY)
    later = {"since": date(2026, 12, 20), "until": date(2027, 1, 5)}
    reading = drawn(office, "three-lists", **later)
    assert waits.number in said(reading)
    assert done.number not in said(reading)
    assert done.number in said(drawn(office, "three-lists", since=date(2026, 11, 1)))


def test_the_lists_of_one_unit_hold_nothing_of_another(office: Desk) -> None:
    bank, school = unit(office), unit(office, name="澄岭实验小学")
    ours, theirs = problem(office), problem(office, description="操场夜间噪声")
    claimed(office, ours, bank)
    claimed(office, theirs, school)
    reading = drawn(office, "three-lists", about=bank.uid)
    assert ours.number in said(reading)
    assert theirs.number not in said(reading)
    assert "澄岭实验小学" not in said(reading)
    named = drawn(office, "three-lists", search="澄岭实验小学")
    assert theirs.number in said(named)
    assert ours.number not in said(named)


def test_full_lists_go_on_over_pages_with_their_heads(office: Desk) -> None:
    bank = unit(office)
    for place in range(30):
        one = problem(office, description=f"{place + 1}号楼前绿化带" + "无人养护，杂草丛生" * 4)
        if place % 3 == 0:
            claimed(office, one, bank, measures="组织志愿者分三次清理，" * 6)
    reading = drawn(office, "three-lists")
    assert len(reading.pages) > 4
    assert "以上共30条" in said(reading)


# --- 任务交办单 -----------------------------------------------------------------------------------


def test_the_task_fits_one_page_and_names_nobody_who_lives_there(office: Desk) -> None:
    street = places.add(office, kind=PlaceKind.STREET, name="澄岭街道", code="350802001").value
    community = places.add(
        office,
        kind=PlaceKind.COMMUNITY,
        name="青榕社区",
        parent=street.uid,
        code="350802001003",
    ).value
    compound = places.add(
        office,
        kind=PlaceKind.COMPOUND,
        name="青榕雅苑",
        parent=community.uid,
        compound_type=CompoundType.COMMERCIAL,
    ).value
    duty = claimed(office, problem(office, compound=compound.uid), unit(office), helpers="物业公司")
    reading = drawn(office, "duty-sheet", about=duty.uid)
    assert len(reading.pages) == 1
    for text in (
        duty.number, duty.problem_number, "青榕雅苑3栋", "24户", "更换全部楼道灯", "物业公司",
        "2026年11月30日", "交办人签字", "责任人签字", "电工上门检修楼道灯，1次", "0597-2100000",
    ):  # fmt: skip
        assert re.sub(r"\s", "", text) in said(reading), text


def test_a_long_task_fits_one_page_too(office: Desk) -> None:
    long = problem(office, description="雨天东门路口积水没过脚面，老人绕行不便。" * 90)
    duty = claimed(office, long, unit(office), measures="清掏雨水井并加装格栅，\n" * 120)
    assert len(drawn(office, "duty-sheet", about=duty.uid).pages) == 1


# --- 问题销号单 -----------------------------------------------------------------------------------


def test_a_closing_says_every_word_of_the_model(office: Desk) -> None:
    duty = claimed(office, problem(office), unit(office), helpers="物业公司")
    duty = act(office, duty, A.EXTEND, due=date(2026, 12, 5), words="等待配件")
    duty = closed(office, duty)
    act(office, duty, A.ASK_OPINION, opinion=OpinionLevel.SATISFIED, words="很亮堂")
    reading = drawn(office, "closing-sheet", about=duty.uid)
    for text in (
        f"编号：{duty.problem_number}　　来源：来访　　提出日期：2026年11月23日",
        "问题：3栋楼道灯长期不亮，老人夜里上下楼不便　　位置：3栋　　涉及：24户",
        "责任单位：青榕农村商业银行荷塘支行　责任人：陈师傅　配合单位：物业公司"
        "　时限：2026年12月5日　延期 1 次：等待配件",
        "办理过程：2026年11月23日更换全部楼道灯；2026年11月23日到现场查看，更换三层以上灯头",
        "完成情况：楼道灯全部换好并试亮　　佐证：更换前的楼道、更换后的楼道 2 张"
        "（照片 2 张附后，已遮挡人脸和车牌）",
        "反映人意见：■满意 □基本满意 □不满意 □未联系上　很亮堂　回访人：王小燕 2026年11月23日",
        "复核意见：经复核，同意销号。　复核人：林志强（第二名工作人员）　2026年11月23日",
        "销号日期：2026年11月23日　　经办人：王小燕　　青榕社区居民委员会",
    ):
        assert re.sub(r"\s", "", text) in said(reading), text
    assert len(reading.pages) == 2


def test_what_has_nothing_to_say_is_left_out_and_the_rest_waits_for_a_pen(office: Desk) -> None:
    duty = claimed(office, problem(office), unit(office))
    text = said(drawn(office, "closing-sheet", about=duty.uid))
    for left_out in ("配合单位", "延期", "附后", "理由"):
        assert left_out not in text
    assert "经复核，同意销号／退回继续办理。" in text
    assert "□满意□基本满意□不满意□未联系上" in text


def test_below_each_photo_stands_the_day_and_the_step_it_belongs_to(office: Desk) -> None:
    duty = claimed(office, problem(office), unit(office))
    duty = act(office, duty, A.ACCEPT)
    for action, said_with, told in (
        (A.PROGRESS, DutyDetails(words="灯座已拆"), photo((80, 60), 9, "三楼")),
        (A.SUBMIT, DutyDetails(result="已换灯"), photo((80, 60), 99, "")),
    ):
        now = lists.get_duty(office, duty.uid).revision
        lists.act(office, duty.uid, action, now, said_with, pictures=[told])
    text = said(drawn(office, "closing-sheet", about=duty.uid))
    assert "三楼2026年11月23日记进展" in text
    assert "2026年11月23日申请销号" in text
    assert "照片2张附后" in text


def test_a_line_that_was_sent_back_says_why(office: Desk) -> None:
    duty = claimed(office, problem(office), unit(office))
    act(office, duty, A.ACCEPT)
    now = lists.get_duty(office, duty.uid)
    lists.add_evidence(
        office, office.database.blobs, duty.uid, now.revision, [photo((80, 60), 9, "")]
    )
    act(office, duty, A.SUBMIT, result="已换灯")
    act(seat(office, "林志强"), duty, A.REVIEW_BACK, words="还有两盏不亮")
    text = said(drawn(office, "closing-sheet", about=duty.uid))
    assert "经复核，退回继续办理。理由：还有两盏不亮复核人：林志强（第二名工作人员）" in text


def test_a_resident_who_signed_is_not_named_to_the_unit(office: Desk) -> None:
    duty = claimed(office, problem(office), unit(office))
    act(office, duty, A.ACCEPT)
    now = lists.get_duty(office, duty.uid)
    pictures = [photo((80, 60), 9, "")]
    saved = lists.add_evidence(office, office.database.blobs, duty.uid, now.revision, pictures)
    act(office, duty, A.SUBMIT, result="已换灯")
    act(
        seat(office, "林志强"),
        duty,
        A.REVIEW_OK,
        role=ReviewerRole.RESIDENT,
        name="陈桂英",
        confirmation=saved.value.evidence[0],
    )
    text = said(drawn(office, "closing-sheet", about=duty.uid))
    assert "复核人：陈*英（居民签字确认）" in text
    assert "居民签字" in said(drawn(office, "three-lists"))


def test_a_problem_has_one_sheet_for_each_unit_that_closed_it(office: Desk) -> None:
    found = problem(office)
    first = claimed(office, found, unit(office))
    second = claimed(office, found, unit(office, name="澄岭实验小学"))
    closed(office, first)
    closed(office, second)
    reading = drawn(office, "closing-sheet", about=found.uid)
    assert "青榕农村商业银行荷塘支行" in said(reading)
    assert "澄岭实验小学" in said(reading)
    assert len(reading.pages) == 4
    with pytest.raises(UserError, match="还没有申请销号"):
        drawn(office, "closing-sheet", about=problem(office).uid)


# --- 单位年度共建情况 -----------------------------------------------------------------------------


def promised(desk: Desk, partner: Partner) -> None:
    signed(
        desk,
        partner.uid,
        starts_on=date(2026, 3, 1),
        ends_on=date(2027, 2, 28),
        promises=(
            PromiseForm(PromiseKind.ACTIVITIES, 2),
            PromiseForm(PromiseKind.OFFERS, 1),
            PromiseForm(PromiseKind.SOLVED, 1),
            PromiseForm(PromiseKind.MEETINGS, 1),
        ),
    )


def test_a_units_year_tells_promises_and_what_became_of_them(
    office: Desk, clock: FixedClock
) -> None:
    bank = unit(office, short_name="荷塘支行")
    promised(office, bank)
    closed(office, claimed(office, problem(office), bank))
    clock.advance(8 * DAY)
    closed(office, claimed(office, problem(office), bank, due=date(2026, 12, 2)))
    late = claimed(office, problem(office), bank, due=date(2026, 12, 2))
    clock.advance(5 * DAY)
    held(office, clock, name="金融知识进小区", day=date(2026, 12, 6), partners=("荷塘支行",))
    held(office, clock, name="别家的活动", day=date(2026, 12, 6), partners=("澄岭实验小学",))
    told = unit_year.year_of(office, bank.uid)
    (pledge,) = told.pledges
    assert [(one.promise.kind.value, one.done, one.kept) for one in pledge.promises] == [
        ("activities", 1, False),
        ("offers", 3, True),
        ("solved", 2, True),
        ("meetings", 0, False),
    ]
    assert (len(told.closed), told.in_time, told.late_now) == (2, 2, 1)
    reading = drawn(office, "unit-year", about=bank.uid)
    assert "青榕农村商业银行荷塘支行2026年共建情况" in said(reading)
    assert "金融知识进小区" in said(reading)
    assert "别家的活动" not in said(reading)
    assert late.number in said(reading)


def test_a_year_in_which_nothing_was_done_says_so(office: Desk) -> None:
    bank = unit(office)
    text = said(drawn(office, "unit-year", about=bank.uid, period=parse_period("2025")))
    assert "本年度没有履行中的共建协议" in text
    with pytest.raises(UserError, match="要写一整年"):
        drawn(office, "unit-year", about=bank.uid, period=parse_period("2026-Q3"))
