"""The forms: what is wrong stands beside its field, and what was typed is never lost."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.ui.entry_form import CONTINUED, OUTDATED, EntryForm
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.storage.session import Desk
from tests.driver.three_lists import TableSeat, fill_form, save_form
from tests.ledgers.three_lists.builders import offer, problem_form, raise_problem, stored
from tests.ledgers.three_lists.ui.conftest import Lists, Opens
from tests.ledgers.three_lists.ui.lists_data import partner

KEY = Qt.Key


def new_form(seat: TableSeat) -> EntryForm:
    """F2; the form is ready for the first word."""
    seat.page.start_new()
    form = seat.page.form
    assert form is not None
    seat.settle()
    return form


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(
    listed: Lists, desk: Desk
) -> None:
    seat = listed("problems")
    form = new_form(seat)
    assert seat.nameless() == []
    fill_form(form, wanted_by="13-45", raiser_phone="12")
    save_form(form)
    seat.wait(lambda: "不是一个日期" in form.fields["wanted_by"].problem)
    fill_form(form, wanted_by="2026-11-20")
    save_form(form)
    seat.wait(lambda: "还没有写问题描述" in form.fields["description"].problem)
    assert "还没有写类别" in form.fields["category"].problem
    assert form.fields["raiser_phone"].problem
    assert service.problems_page(desk).rows == ()


def test_a_whole_problem_is_kept_as_it_was_typed(listed: Lists, desk: Desk) -> None:
    near = places.add(desk, kind=PlaceKind.COMPOUND, name="金色家园").value
    seat = listed("problems")
    form = new_form(seat)
    fill_form(
        form,
        description="地下室渗水",
        category="物业维修",
        urgency="紧急",
        source="网格走访",
        compound="金色家园",
        building="5",
        wanted_by="2026-12-01",
        affected="12",
        raiser="张淑芬",
        raiser_phone="13800005678",
        listed="以后再入单",
    )
    save_form(form)
    seat.wait(lambda: bool(seat.news))
    (line,) = service.problems_page(desk).rows
    kept = stored(desk, service.get_problem(desk, line.uid))
    assert (kept.compound, kept.building, kept.affected) == (near.uid, "5", 12)
    assert (kept.raiser, kept.raiser_phone) == ("张淑芬", "13800005678")
    assert kept.state.label == "提出"
    assert kept.urgency.label == "紧急"
    assert kept.source.label == "网格走访"


def test_a_half_filled_form_waits_for_the_next_time(listed: Lists, desk: Desk) -> None:
    near = places.add(desk, kind=PlaceKind.COMPOUND, name="金色家园").value
    seat = listed("problems")
    form = new_form(seat)
    fill_form(form, description="写到一半", compound="金色家园", urgency="较急", affected="x")
    seat.press(KEY.Key_Escape)
    seat.wait(lambda: not seat.page.form_is_open)

    again = listed("problems")
    form = new_form(again)
    assert form.note == CONTINUED
    values = {name: field.editor.value() for name, field in form.fields.items()}  # type: ignore[attr-defined]
    assert (values["description"], values["compound"]) == ("写到一半", near.uid)
    assert (values["urgency"].label, values["affected"]) == ("较急", "x")

    form.drop_button.click()
    assert form.fields["description"].editor.value() == ""  # type: ignore[attr-defined]
    again.press(KEY.Key_Escape)
    again.settle()
    assert new_form(listed("problems")).note == ""


def test_what_was_saved_is_no_draft_any_more(listed: Lists, desk: Desk) -> None:
    seat = listed("problems")
    form = new_form(seat)
    fill_form(form, description="地下室渗水", category="物业维修")
    save_form(form)
    seat.wait(lambda: bool(seat.news))
    assert new_form(seat).note == ""


def test_a_problem_is_put_right_and_the_reason_is_kept(record: Opens, desk: Desk) -> None:
    problem = raise_problem(desk, raiser="张淑芬", raiser_phone="13800005678")
    seat = record(problem)
    seat.press(KEY.Key_E)
    seat.settle()
    form = seat.page.form
    assert form is not None
    assert form.fields["raiser_phone"].editor.value() == "13800005678"  # type: ignore[attr-defined]
    assert not form.fields["listed"].isVisible()
    fill_form(form, category="停车秩序", why="类别选错了")
    save_form(form)
    seat.wait(lambda: seat.fact("类别") == "停车秩序")
    assert "类别选错了" in stored(desk, problem).steps[-1].words
    # Letters are steps again, no longer letters of the form.
    seat.press(KEY.Key_W)
    assert seat.sheet().windowTitle() == "撤回"


def test_a_draft_of_what_others_changed_meanwhile_says_so(record: Opens, desk: Desk) -> None:
    problem = raise_problem(desk)
    seat = record(problem)
    seat.press(KEY.Key_E)
    seat.settle()
    assert seat.page.form is not None
    fill_form(seat.page.form, building="7")
    seat.press(KEY.Key_Escape)
    seat.settle()
    service.change_problem(
        desk, problem.uid, stored(desk, problem).revision, problem_form(category="环境卫生")
    )
    seat.press(KEY.Key_E)
    seat.settle()
    assert seat.page.form.note == OUTDATED
    assert seat.page.form.fields["building"].editor.value() == "7"  # type: ignore[attr-defined]


def test_an_offer_is_for_several_places_and_keeps_what_is_not_asked(
    record: Opens, desk: Desk
) -> None:
    near = places.add(desk, kind=PlaceKind.COMPOUND, name="金色家园").value
    far = places.add(desk, kind=PlaceKind.COMPOUND, name="青榕雅苑").value
    unit = partner(desk, "澄岭供电所")
    problem = raise_problem(desk)
    given = offer(desk, partner=unit.uid, for_problem=problem.uid)
    seat = record(given)
    seat.press(KEY.Key_E)
    seat.settle()
    form = seat.page.form
    assert form is not None
    picks = form.fields["compounds"].editor
    for name in ("金色家园", "青榕雅苑"):
        fill_form_areas(form, name)
    assert picks.value() == (near.uid, far.uid)  # type: ignore[attr-defined]
    save_form(form)
    seat.wait(lambda: seat.fact("面向小区") == "金色家园、青榕雅苑")
    assert stored(desk, given).for_problem == problem.uid


def fill_form_areas(form: EntryForm, name: str) -> None:
    """Choose one more 小区."""
    box = form.fields["compounds"].editor.box  # type: ignore[attr-defined]
    box.set_value(next(value for row, value in enumerate(box._values) if box.itemText(row) == name))
