"""One request in full: masked until uncovered, its steps, photos, course, and the ways from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.rules.request import Action, DisputeStage, Request, RequestKind
from desktop_app.storage.session import Desk
from desktop_app.widgets.photo_intake import offered_files
from tests.driver.requests import RequestSeat
from tests.ledgers.requests.builders import act, closed, register, resident, stored

Opens = Callable[[Request], RequestSeat]


def test_a_request_shows_whose_it_is_what_and_how_it_stands(record: Opens, desk: Desk) -> None:
    seat = record(register(desk, limit_days=3))
    assert seat.fact("姓名") == "陈桂英"
    assert seat.fact("电话") == "138****5678"
    assert seat.fact("住址") == "3栋 ***"
    assert seat.fact("事项") == "楼道灯不亮"
    assert seat.fact("详细情况") == "三楼到五楼的灯坏了半个月"
    assert seat.fact("本站时限") == "3个工作日"
    assert seat.fact("来源") == "来电"
    assert seat.header.chip.accessibleName() == "登记"
    assert seat.header.due.text() == "还剩3个工作日"
    assert seat.steps() == ["接办", "交办", "合并"]


def test_r_uncovers_what_is_masked_and_the_audit_knows(record: Opens, desk: Desk) -> None:
    request = register(desk)
    seat = record(request)
    seat.press(Qt.Key.Key_R)
    seat.wait(lambda: seat.fact("电话") == "13800005678")
    assert seat.fact("住址") == "3栋 2-501"
    told = service.history(desk, request.uid).entries
    assert {one.detail for one in told[:2]} == {"联系电话", "门牌"}
    seat.press(Qt.Key.Key_R)
    assert seat.fact("电话") == "138****5678"


def test_an_order_speaks_of_itself_in_the_words_of_orders(record: Opens, desk: Desk) -> None:
    seat = record(register(desk, kind=RequestKind.ORDER))
    assert seat.steps() == ["审核", "下单", "合并"]
    assert seat.header.chip.accessibleName() == "待下单"


def test_a_merged_request_and_the_one_it_joined_lead_to_each_other(
    record: Opens, desk: Desk
) -> None:
    kept, repeated = register(desk), register(desk, name="赖建国", title="灯坏了")
    service.merge(desk, repeated.uid, repeated.revision, kept.uid)
    seat = record(stored(desk, kept.uid))
    assert seat.content.linked == (Open("requests", repeated.uid),)
    seat.press(Qt.Key.Key_V)
    other = record(stored(desk, repeated.uid))
    other.press(Qt.Key.Key_V)
    assert (seat.routes, other.routes) == (
        [Open("requests", repeated.uid)],
        [Open("requests", kept.uid)],
    )
    assert other.steps() == []


def test_p_opens_the_file_of_whoever_asked(record: Opens, desk: Desk) -> None:
    person = resident(desk)
    seat = record(register(desk, resident=person.uid))
    seat.press(Qt.Key.Key_P)
    assert seat.routes == [Open("residents", person.uid)]


def test_photos_come_in_are_counted_and_go_again(record: Opens, desk: Desk, tmp_path: Path) -> None:
    request = register(desk)
    files = []
    for name, colour in (("before", "red"), ("after", "green")):
        image = QImage(64, 48, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        files.append(tmp_path / f"{name}.png")
        assert image.save(str(files[-1]))
    seat = record(request)
    photos = seat.content.photos
    photos.tools.offered.emit(offered_files(files))
    seat.wait(lambda: len(photos.list.photos) == 2 and not photos.list.missing())
    assert seat.news == ["已添加 2 张照片"]
    assert photos.list.broken == ()
    photos.list.setFocus()
    seat.press(Qt.Key.Key_Delete)
    seat.wait(lambda: len(photos.list.photos) == 1)
    assert len(stored(desk, request.uid).photos) == 1
    assert seat.course()[0].endswith("1 张")


def test_a_dispute_prints_its_slip_and_another_request_none(record: Opens, desk: Desk) -> None:
    plain = record(register(desk))
    assert not plain.header.papers["dispute-slip"].isVisible()
    dispute = register(desk, dispute_stage=DisputeStage.MEDIATION)
    seat = record(dispute)
    seat.header.papers["dispute-slip"].click()
    assert seat.routes == [OpenPaper("dispute-slip", about=dispute.uid)]


def test_a_correction_says_what_and_why(record: Opens, desk: Desk) -> None:
    request = register(desk)
    seat = record(request)
    seat.press(Qt.Key.Key_E)
    seat.fill(title="三号楼楼道灯不亮")
    seat.save()
    assert seat.problem("reason").startswith("还没有写更正原因")
    seat.fill(reason="写清哪栋楼")
    seat.save()
    seat.wait(lambda: seat.fact("事项") == "三号楼楼道灯不亮")
    assert "事项（写清哪栋楼）" in seat.course()[0]
    assert stored(desk, request.uid).limit_days is None


def test_what_has_ended_asks_for_nothing_and_can_be_opened_again(record: Opens, desk: Desk) -> None:
    seat = record(closed(desk))
    assert seat.steps() == ["回访", "重新打开"]
    seat.press(Qt.Key.Key_O)
    seat.fill(words="灯又灭了")
    seat.save()
    seat.wait(lambda: seat.header.chip.accessibleName() == "接办")


def test_every_control_of_the_page_has_a_name_and_esc_leads_back(record: Opens, desk: Desk) -> None:
    request = register(desk)
    act(desk, request, Action.ACCEPT)
    seat = record(request)
    assert seat.nameless() == []
    seat.press(Qt.Key.Key_Escape)
    assert seat.backs == 1
