"""The page of one post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from desktop_app.core.route import Open
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.ui.post_page import PostOfClaimPage, PostOfShiftPage
from desktop_app.storage.session import Desk
from tests.driver.posts import PostPageSeat
from tests.driver.residents import ENTER, unnamed
from tests.ledgers.posts.builders import on_post, plan, post, volunteer

K = Qt.Key
Opened = Callable[..., PostPageSeat]


def titles(listing: Any) -> list[str]:
    return [item.title for item in listing.items]


def test_it_says_what_the_post_asks_for_who_is_on_it_and_who_comes_next(
    desk: Desk, post_page: Opened
) -> None:
    there, chen = post(desk, duties="巡查楼道", min_age=18), volunteer(desk)
    on_post(desk, there, chen)
    plan(desk, there, chen)
    seat = post_page(there.uid)
    assert seat.told("值班时间") == "周一至周五 19:00–21:00"
    assert seat.told("每班") == "2 人"
    assert seat.told("起止") == "2026年11月23日起，长期"
    assert seat.told("上岗要求") == "年满 18 岁"
    assert titles(seat.page.now) == ["陈志明"]  # type: ignore[attr-defined]
    assert titles(seat.page.next) == ["11月24日 19:00–21:00"]  # type: ignore[attr-defined]
    assert unnamed(seat.page) == []
    seat.page.now.setFocus()  # type: ignore[attr-defined]
    seat.press(K.Key_Down, ENTER)
    assert seat.routes[-1] == Open("volunteers", chen.uid)


def test_its_remark_is_masked_until_somebody_wants_to_read_it(
    desk: Desk, post_page: Opened
) -> None:
    seat = post_page(post(desk, remark="钥匙在门卫处").uid)
    assert seat.told("备注") == "已遮挡"
    seat.press(K.Key_R)
    seat.wait(lambda: seat.told("备注") == "钥匙在门卫处")


def test_it_is_closed_with_a_reason_and_says_what_ended(desk: Desk, post_page: Opened) -> None:
    there, chen = post(desk), volunteer(desk)
    on_post(desk, there, chen)
    plan(desk, there, chen)
    seat = post_page(there.uid)
    seat.press(K.Key_Z)
    seat.write_into(words="已移交物业")
    seat.save_sheet()
    seat.wait(lambda: seat.offers("恢复"))
    assert not seat.offers("登记认领")
    assert titles(seat.page.past) == ["陈志明"]  # type: ignore[attr-defined]


def test_a_claim_and_a_shift_lead_to_their_post(desk: Desk, post_page: Opened) -> None:
    there, chen = post(desk), volunteer(desk)
    claim, shift = on_post(desk, there, chen), plan(desk, there, chen)
    for uid, kind in ((claim.uid, PostOfClaimPage), (shift.uid, PostOfShiftPage)):
        seat = post_page(uid, kind)
        assert seat.page.accessibleName() == "岗位 夜间巡逻 开放"


def test_who_claims_a_post_is_told_how_many_wait(desk: Desk, post_page: Opened) -> None:
    there = post(desk, quota=1)
    on_post(desk, there, volunteer(desk))
    service.claim(desk, there.uid, volunteer(desk, "李慧敏").uid, waiting=True)
    seat = post_page(there.uid)
    seat.press(K.Key_J)
    seat.wait(lambda: seat.sheet() is not None)
    assert "已认领 1/1 人，候补 1 人" in seat.sheet().accessibleDescription()
    seat.close_all()
