"""The form of a new request: filled by keys, nothing lost by Esc, problems beside their fields."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.origin import Source
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.rules.form_text import (
    RequestText,
    from_plain,
    meaning,
    to_plain,
)
from desktop_app.ledgers.requests.rules.request import Request, RequestKind
from desktop_app.ledgers.requests.service import drafting
from desktop_app.ledgers.requests.ui.form import CONTINUED, RequestFormPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.requests import FormSeat
from tests.driver.typing import press, type_text
from tests.driver.visits import CONTROL
from tests.ledgers.requests.builders import resident, stored

TODAY = date(2026, 11, 23)


def saved(desk: Desk) -> list[Request]:
    """Every request there is, whole."""
    return [stored(desk, line.uid) for line in service.page(desk).rows]


def save(form: FormSeat) -> None:
    press(form.page, Qt.Key.Key_Return, with_=CONTROL)
    form.settle()


def test_somebody_with_a_file_is_found_and_the_keyboard_goes_to_what_is_missing(
    form: FormSeat, desk: Desk
) -> None:
    person = resident(desk)
    form.begin()
    type_text(form.page, "cgy")
    form.press(Qt.Key.Key_Return)
    form.wait(lambda: form.focused() == "事项")
    type_text(form.page, "楼道灯不亮")
    save(form)
    (made,) = saved(desk)
    assert (made.resident, made.name, made.title) == (person.uid, "陈桂英", "楼道灯不亮")
    assert (made.kind, made.source) == (RequestKind.APPEAL, Source.CALL)
    assert form.backs == 1
    assert form.news == [f"已登记诉求：楼道灯不亮 {made.number}"]


def test_another_name_is_no_longer_the_one_of_the_file(form: FormSeat, desk: Desk) -> None:
    resident(desk)
    form.begin()
    type_text(form.page, "cgy")
    form.press(Qt.Key.Key_Return)
    form.wait(lambda: form.focused() == "事项")
    form.write(name="陈桂芳", title="楼道灯不亮")
    save(form)
    assert [(one.resident, one.name) for one in saved(desk)] == [(None, "陈桂芳")]


def test_every_field_reaches_the_ledger(form: FormSeat, desk: Desk) -> None:
    form.begin()
    form.write(
        name="赖建国",
        phone="13900001234",
        door="2-1-601",
        title="电梯停了",
        summary="夜里停在六楼",
        category="物业服务",
        limit="5",
        day="11-20",
        time="9:30",
        remark="晚上在家",
    )
    for name, key in (("kind", Qt.Key.Key_2), ("urgency", Qt.Key.Key_3), ("stage", Qt.Key.Key_1)):
        form.body.fields[name].go()
        form.press(key)
    save(form)
    (made,) = saved(desk)
    assert (made.building, made.unit, made.room) == ("2", "1", "601")
    assert (made.day, made.late_entry, made.limit_days) == (date(2026, 11, 20), True, 5)
    assert (made.kind, made.urgency.label, made.remark) == (RequestKind.ORDER, "紧急", "晚上在家")
    assert made.dispute_stage is not None
    assert form.news == [f"已补录点单：电梯停了 {made.number}"]


def test_a_platform_is_asked_for_only_with_what_came_from_one(form: FormSeat, desk: Desk) -> None:
    form.begin()
    field = form.body.fields["platform"]
    assert not field.isVisible()
    form.body.fields["source"].go()
    form.press(Qt.Key.Key_5)
    assert field.isVisible()
    form.write(title="路灯不亮")
    save(form)
    assert field.problem.startswith("还没有写是哪个平台转来的")
    assert form.focused() == "来源平台"
    form.write(platform="百姓管家", external_number="B-1")
    save(form)
    assert [(one.platform, one.external_number) for one in saved(desk)] == [("百姓管家", "B-1")]


def test_everything_wrong_is_said_at_once_beside_its_field(form: FormSeat, desk: Desk) -> None:
    form.begin()
    form.write(phone="123", title="找陈桂英13800005678", limit="9999", day="2-30")
    save(form)
    problems = {name for name, field in form.body.fields.items() if field.problem}
    assert problems == {"phone", "title", "limit", "day"}
    assert form.focused() == "联系电话"
    assert saved(desk) == []


def test_a_petition_is_counted_and_nothing_of_it_kept(form: FormSeat, desk: Desk) -> None:
    form.begin()
    form.write(name="赖建国")
    form.body.fields["petition"].go()
    form.press(Qt.Key.Key_1)
    save(form)
    assert form.backs == 1
    assert saved(desk) == []
    assert service.figures_between(desk, TODAY, TODAY)["petitions"] == 1


def test_esc_loses_nothing_and_the_form_goes_on_where_it_was_left(
    form: FormSeat, desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    form.begin()
    form.write(title="楼道灯不亮", phone="138")
    form.press(Qt.Key.Key_Escape)
    assert form.backs == 1
    again = FormSeat(RequestFormPage(desk, runner), runner, qtbot)
    again.begin()
    assert again.body.text().title == "楼道灯不亮"
    assert again.body.text().phone == "138"
    assert again.body.note == CONTINUED
    again.write(phone="13800005678")
    save(again)
    assert drafting.left_over(desk, drafting.NEW) is None
    assert len(saved(desk)) == 1


def test_what_was_restored_can_be_dropped(form: FormSeat, desk: Desk) -> None:
    drafting.keep(desk, drafting.NEW, RequestText(title="旧的"))
    form.begin()
    form.body.begin_again.emit()
    assert form.body.text().title == ""
    form.wait(lambda: drafting.left_over(desk, drafting.NEW) is None)


def test_what_is_typed_is_kept_without_leaving(form: FormSeat, desk: Desk) -> None:
    form.begin()
    form.write(title="楼道灯不亮")
    form.wait(
        lambda: (
            (kept := drafting.left_over(desk, drafting.NEW)) is not None
            and kept.title == "楼道灯不亮"
        )
    )


def test_enter_leads_through_the_fields_and_every_control_has_a_name(form: FormSeat) -> None:
    form.begin()
    form.press(Qt.Key.Key_Return)
    order = []
    for _ in range(4):
        order.append(form.focused())
        form.press(Qt.Key.Key_Return)
    assert order[0] == "居民姓名"
    assert order[1] == "联系电话"
    assert form.nameless() == []


def test_a_draft_of_another_version_is_read_as_far_as_it_is_known() -> None:
    plain = {**to_plain(RequestText(title="灯")), "kind": "nothing", "more": "x", "limit": 3}
    text = from_plain(plain)
    assert (text.title, text.limit) == ("灯", "")
    assert meaning(text, TODAY).form.kind is RequestKind.APPEAL


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"day": "31-31"}, "day"), ({"time": "99:99"}, "time"), ({"limit": "很快"}, "limit_days")],
)
def test_what_means_nothing_is_told_with_its_field(typed: dict[str, str], field: str) -> None:
    found = meaning(RequestText(title="灯", **typed), TODAY)
    assert [problem.field for problem in found.problems] == [field]
