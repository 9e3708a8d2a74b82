"""Sheets of the ledgers besides visits: what a row becomes, and how it is known again."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.origin import Source
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import store as activities
from desktop_app.ledgers.activities.rules.activity import ActivityState, Fund, Group
from desktop_app.ledgers.agreements.rules.agreement import AgreementState, Content, PromiseKind
from desktop_app.ledgers.posts.rules.claim import ClaimState
from desktop_app.ledgers.requests.rules.request import RequestKind, RequestState
from desktop_app.ledgers.service.rules.service_record import ServiceState
from desktop_app.ledgers.service.rules.service_record import Source as HoursSource
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.storage.session import Desk
from tests.registers.residents.people import opened
from tests.sheets.taking import (
    change,
    known,
    like,
    stored,
    take_back,
    take_in,
    take_one,
    written,
)

LIN = {"姓名": "林小燕", "性别": "女", "出生日期": "1980-03-05", "联系电话": "13800001234"}
WANG = {"姓名": "王强", "性别": "男", "出生日期": "1975-03-05", "联系电话": "13800002345"}

# --- activities -----------------------------------------------------------------------------------


def test_a_row_of_the_activities_ledger_tells_plan_record_and_numbers(desk: Desk) -> None:
    made = take_one(
        desk,
        "activities",
        活动名称="重阳节慰问",
        活动类别="志愿服务",
        活动日期="2025.10.9",
        地点="活动室",
        党员人数=5,
        志愿者人数="10人",
        参加总人数=40,
        活动内容="慰问老人",
        经费金额="300元",
        经费来源="社区",
        共建单位="市第一医院、实验小学",
        记录人="周敏",
    )

    with desk.reading(needs=Right.READ) as connection:
        counts = activities.head_counts(connection, [made])[made.uid]
    assert (made.day, made.state) == (date(2025, 10, 9), ActivityState.TO_RECORD)
    assert (made.summary, made.recorder) == ("慰问老人", "周敏")
    assert made.funds == (Fund("社区", 300_00),)
    assert made.partners == ("市第一医院", "实验小学")
    assert counts.people[Group.PUBLIC] == 25
    assert counts.present == 40
    assert made.remark == "原台账没有写：结束时间；原台账没有写：开始时间"


def test_an_activity_keeps_the_times_that_are_told(desk: Desk) -> None:
    made = take_one(
        desk,
        "activities",
        活动名称="义诊",
        开始时间="2025-10-09 14:00",
        结束时间="2025-10-09 16:30",
        地点="广场",
    )

    (row,) = written(desk, "activities", made)
    assert row["结束时间"].isoformat() == "2025-10-09T16:30:00"
    assert made.remark == ""


def test_an_activity_of_that_day_and_name_is_alike(desk: Desk) -> None:
    made = take_one(desk, "activities", 活动名称="义诊", 活动日期="2025-10-09", 地点="广场")

    same, other = like(
        desk,
        "activities",
        {"活动名称": "义诊", "活动日期": "2025-10-09"},
        {"活动名称": "义诊", "活动日期": "2025-10-10"},
    )

    assert ([one.uid for one in same], other) == ([made.uid], ())


def test_a_known_activity_takes_more_of_its_record_and_no_other_numbers(desk: Desk) -> None:
    row = {"活动名称": "义诊", "活动日期": "2025-10-09", "地点": "广场", "参加人数": 30}
    made = take_one(desk, "activities", **row)

    change(desk, "activities", made.uid, {**row, "活动成效": "量血压30人"})
    with pytest.raises(UserError, match="参加人数"):
        change(desk, "activities", made.uid, {**row, "参加人数": 31})

    assert stored(desk, "activities", made.uid).outcome == "量血压30人"


def test_a_signing_sheet_names_its_activity_and_links_files(desk: Desk) -> None:
    file = opened(desk, "林小燕", "13800001234")
    activity = take_one(
        desk,
        "activities",
        活动名称="义诊",
        开始时间="2025-10-09 14:00",
        结束时间="2025-10-09 16:30",
        地点="广场",
    )

    mine, other = take_in(
        desk,
        "attendance",
        {"活动": "义诊", "姓名": "林小燕", "电话": "13800001234", "签到": "14:05", "身份": "居民"},
        {"活动": activity.number, "姓名": "王强", "身份": "中共党员"},
    )

    assert (mine.resident, mine.group, other.group) == (file.uid, Group.PUBLIC, Group.PARTY)
    (row, _) = written(desk, "attendance", mine, other)
    assert (row["活动编号"], row["签到时间"]) == (activity.number, "14:05")
    ((hit,),) = like(desk, "attendance", {"活动": "义诊", "姓名": "王强"})
    assert hit.uid == other.uid
    with pytest.raises(UserError, match="已经有人签到"):
        take_back(desk, "activities", activity)


# --- requests -------------------------------------------------------------------------------------

ORDER = {
    "订单编号": "BXGJ20240305001",
    "来源平台": "百姓管家",
    "单据类型": "百姓点单",
    "下单时间": "2024-03-05 10:00",
    "居民姓名": "林小燕",
    "联系电话": "13800001234",
    "诉求标题": "上门理发",
}


def test_an_order_of_a_platform_is_known_by_the_platform_s_number(desk: Desk) -> None:
    order = take_one(desk, "requests", **ORDER)

    assert (order.kind, order.source) == (RequestKind.ORDER, Source.ONLINE)
    assert (order.platform, order.state) == ("百姓管家", RequestState.REGISTERED)
    assert known(desk, "requests", "external_number", "BXGJ20240305001") == {
        "BXGJ20240305001": order.uid
    }


def test_the_second_import_goes_on_as_far_as_the_platform_did(desk: Desk) -> None:
    order = take_one(desk, "requests", **ORDER)

    again = change(desk, "requests", order.uid, ORDER)
    assert again.revision == order.revision
    change(
        desk,
        "requests",
        order.uid,
        {**ORDER, "订单状态": "已完成", "处理结果": "已理发", "完成时间": "2024-03-08"},
    )

    after = stored(desk, "requests", order.uid)
    assert (after.state, after.result) == (RequestState.CLOSED, "已理发")
    assert after.closed_day == date(2024, 3, 8)


def test_a_request_that_ended_long_ago_comes_in_as_ended(desk: Desk) -> None:
    made = take_one(
        desk,
        "requests",
        登记日期="2024-03-05",
        诉求内容="路灯不亮\n晚上很黑",
        处理结果="已修好",
        办结日期="2024-03-08",
        接单人="林师傅",
    )

    assert (made.title, made.summary) == ("路灯不亮", "路灯不亮\n晚上很黑")
    assert (made.state, made.closed_day) == (RequestState.CLOSED, date(2024, 3, 8))
    assert made.remark == "接单人：林师傅"


def test_the_same_request_of_the_same_person_on_one_day_is_alike(desk: Desk) -> None:
    order = take_one(desk, "requests", **ORDER)

    ((hit,),) = like(desk, "requests", {**ORDER, "订单编号": "BXGJ20240305002"})

    assert hit.uid == order.uid


# --- agreements and the three lists ---------------------------------------------------------------


def partner(desk: Desk) -> None:
    take_one(desk, "partners", 单位名称="市第一医院", 单位性质="医院", 起始日期="2020-01-01")


def test_an_agreement_that_lacks_too_much_stays_a_draft_and_says_when_it_was_signed(
    desk: Desk,
) -> None:
    partner(desk)

    made = take_one(
        desk,
        "agreements",
        共建单位="市第一医院",
        签订日期="2024-01-10",
        起始日期="2024-01-15",
        截止日期="2026-12-31",
        共建内容="组织联建、义诊",
        量化指标="联合开展活动4次；联席会2次；另有慰问",
    )

    assert (made.state, made.contents) == (AgreementState.DRAFT, (Content.ORGANISATION,))
    assert made.contents_words == "组织联建、义诊"
    assert [(one.kind, one.amount) for one in made.promises] == [
        (PromiseKind.ACTIVITIES, 4),
        (PromiseKind.MEETINGS, 2),
    ]
    assert "量化指标：另有慰问" in made.remark
    assert "原台账签订日期：2024-01-10" in made.remark
    ((hit,),) = like(desk, "agreements", {"共建单位": "市第一医院", "起始日期": "2024-01-15"})
    assert hit.uid == made.uid


def test_a_whole_agreement_stands_as_signed(desk: Desk) -> None:
    partner(desk)

    made = take_one(
        desk,
        "agreements",
        共建单位="市第一医院",
        甲方="青榕社区党委",
        甲方负责人="周敏",
        甲方联络员="林强",
        甲方电话="13800001234",
        乙方="市第一医院党委",
        乙方负责人="陈明",
        乙方联络员="赵敏",
        乙方电话="13800002345",
        签订日期="2024-01-10",
        起始日期="2024-01-15",
        截止日期="2026-12-31",
        共建内容="组织联建",
        量化指标="联合开展活动4次",
    )

    assert (made.state, made.signed_on) == (AgreementState.SIGNED, date(2024, 1, 10))


def test_problems_offers_and_duties_point_at_each_other_by_numbers(desk: Desk) -> None:
    partner(desk)
    problem, raised = take_in(
        desk,
        "problems",
        {
            "提出日期": "2026-03-05",
            "问题描述": "电梯常坏",
            "类别": "物业",
            "状态": "入单",
            "涉及户数": 40,
        },
        {"提出日期": "2026-03-06", "问题描述": "路灯不亮", "紧急程度": "急"},
    )
    offer = take_one(
        desk,
        "offers",
        共建单位="市第一医院",
        可提供资源="义诊",
        服务方式="上门服务",
        数量=4,
        对应问题编号=problem.number,
    )
    duty = take_one(
        desk,
        "duties",
        问题编号=problem.number,
        责任单位="物业公司",
        责任人="陈明",
        完成时限="2026-12-31",
        措施="更换钢缆",
    )

    assert (problem.state, raised.state) == (ProblemState.LISTED, ProblemState.RAISED)
    assert (problem.affected, raised.category) == (40, "其他")
    assert (offer.for_problem, duty.problem) == (problem.uid, problem.uid)
    (row,) = written(desk, "duties", duty)
    assert (row["问题编号"], row["责任人"]) == (problem.number, "陈明")
    for kind, told, uid in (
        ("problems", {"提出日期": "2026-03-05", "问题描述": "电梯常坏"}, problem.uid),
        ("offers", {"共建单位": "市第一医院", "可提供资源": "义诊"}, offer.uid),
    ):
        ((hit,),) = like(desk, kind, told)
        assert hit.uid == uid


def test_how_a_problem_ended_only_evidence_can_say(desk: Desk) -> None:
    made = take_one(desk, "problems", 提出日期="2024-03-05", 问题描述="电梯", 状态="已销号")

    assert made.state is ProblemState.RAISED
    assert made.remark == "原清单状态：已销号"


# --- party, posts, service ------------------------------------------------------------------------


def test_a_row_of_the_party_register_opens_the_member_s_file(desk: Desk) -> None:
    made = take_one(
        desk, "party", **LIN, 工作单位="实验小学", 承诺事项="每周巡逻", 报到日期="2025-03-01"
    )

    file = stored(desk, "residents", made.resident)
    assert (file.party, file.workplace) == (PartyKind.EMPLOYED, "实验小学")
    assert (made.unit, made.reported_on) == ("实验小学", date(2025, 3, 1))
    assert made.remark == "承诺事项：每周巡逻"
    ((hit,),) = like(desk, "party", LIN)
    assert hit.uid == made.uid
    change(desk, "party", made.uid, {**LIN, "意向岗位": "巡逻"})
    assert stored(desk, "party", made.uid).wishes == "巡逻"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("周一至周五 19:00–21:00", "周一至周五 19:00–21:00"),
        ("每天8:00-12:00", "每天 8:00–12:00"),
        ("周六、周日 22:00~次日6:00", "周六、周日 22:00–次日6:00"),
        ("一到五 9:00至11:00", "周一至周五 9:00–11:00"),
    ],
)
def test_the_hours_of_a_post_are_read_as_people_write_them(
    desk: Desk, text: str, words: str
) -> None:
    post = take_one(desk, "posts", 岗位名称="夜巡", 岗位类别="巡逻员", 名额=4, 值班时间=text)

    assert post.pattern is not None
    assert post.pattern.words.replace(" 0", " ").replace("–0", "–").replace("日0", "日") == words


def test_hours_that_are_no_hours_stand_in_the_remark(desk: Desk) -> None:
    post = take_one(desk, "posts", 岗位名称="夜巡", 值班时间="看情况")

    assert (post.pattern, post.remark, post.quota) == (None, "值班时间：看情况", 1)


def test_who_is_on_duty_in_an_old_roster_is_on_duty(desk: Desk) -> None:
    post = take_one(
        desk, "posts", 岗位名称="夜巡", 名额=4, 起始日期="2025-01-01", 值班时间="每天19:00-21:00"
    )
    volunteer = take_one(desk, "volunteers", **LIN)

    claim = take_one(desk, "claims", 岗位="夜巡", 姓名="林小燕", 状态="在岗", 认领日期="2025-03-01")
    shift = take_one(
        desk, "shifts", 值班日期="2026-11-24", 岗位="夜巡", 志愿者编号=volunteer.number
    )

    assert (claim.state, claim.approved_on) == (ClaimState.ON, date(2025, 3, 1))
    assert shift.post == post.uid
    (row,) = written(desk, "shifts", shift)
    assert (row["开始时间"], row["结束时间"], row["姓名"]) == ("19:00", "21:00", "林小燕")
    ((hit,),) = like(desk, "shifts", {"值班日期": "2026-11-24", "岗位": "夜巡", "姓名": "林小燕"})
    assert hit.uid == shift.uid


def test_a_service_is_told_with_times_or_only_with_hours(desk: Desk) -> None:
    take_in(
        desk, "volunteers", {**LIN, "注册日期": "2020-01-01"}, {**WANG, "注册日期": "2020-01-01"}
    )
    told = {"姓名": "林小燕", "志愿服务项目": "夜巡", "服务日期": "2026-11-02"}

    timed, over, only_hours = take_in(
        desk,
        "service",
        {**told, "起止时间": "9:00-11:30"},
        {**told, "开始时间": "22:00", "结束时间": "1:00"},
        {**told, "姓名": "王强", "服务时长": "2小时"},
    )

    assert (timed.minutes, over.minutes, only_hours.minutes) == (150, 180, 120)
    assert {one.source for one in (timed, over, only_hours)} == {HoursSource.IMPORTED}
    assert timed.state is ServiceState.TO_CONFIRM
    assert only_hours.remark == "原台账没有写：起止时间"


def test_a_service_at_the_same_time_as_another_is_told(desk: Desk) -> None:
    take_one(desk, "volunteers", **{**LIN, "注册日期": "2020-01-01"})
    told = {"姓名": "林小燕", "志愿服务项目": "夜巡", "服务日期": "2026-11-02"}
    made = take_one(desk, "service", **told, 起止时间="9:00-11:00")

    clash, free = like(
        desk,
        "service",
        {**told, "起止时间": "10:00-12:00"},
        {**told, "起止时间": "11:00-12:00"},
    )

    assert ([one.uid for one in clash], free) == ([made.uid], ())


def test_a_service_without_any_length_is_refused(desk: Desk) -> None:
    take_one(desk, "volunteers", **LIN)

    with pytest.raises((UserError, InvalidInput), match="时长"):
        take_one(desk, "service", 姓名="林小燕", 志愿服务项目="夜巡", 服务日期="2026-11-02")
