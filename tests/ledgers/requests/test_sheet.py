"""Orders of other platforms, and requests of old ledgers."""

from __future__ import annotations

from datetime import date

from desktop_app.core.origin import Source
from desktop_app.ledgers.requests.rules.request import RequestKind, RequestState
from desktop_app.storage.session import Desk
from tests.sheets.taking import (
    change,
    known,
    like,
    stored,
    take_one,
)

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
