"""The pages of a problem, an offer and a duty: what they show, uncover, and let one do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop_app.core.photos import PhotoSource
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import DutyAction, DutyState, ReviewerRole
from desktop_app.ledgers.three_lists.ui.duty_page import DutyPage
from desktop_app.ledgers.three_lists.ui.offer_page import OfferPage
from desktop_app.ledgers.three_lists.ui.problem_page import ProblemPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.photo_intake import offered_files
from tests.ledgers.three_lists.builders import (
    IN_A_WEEK,
    act,
    enrolled,
    jpeg,
    offer,
    propose,
    raise_problem,
    stored,
)
from tests.ledgers.three_lists.ui.conftest import Opens
from tests.ledgers.three_lists.ui.lists_data import evidence, partner

KEY = Qt.Key


def photo(folder: Path, name: str, colour: int) -> Path:
    """A photo on the disk."""
    path = folder / name
    path.write_bytes(jpeg(colour))
    return path


def test_a_problem_hides_who_raised_it_until_r_and_the_audit_knows(
    record: Opens, desk: Desk
) -> None:
    problem = raise_problem(desk, raiser="张淑芬", raiser_phone="13800005678")
    seat = record(problem)
    assert (seat.fact("提出人"), seat.fact("电话")) == ("张*芬", "138****5678")
    assert seat.steps() == ["派给…", "并入", "撤回"]
    assert seat.nameless() == []
    seat.press(KEY.Key_R)
    seat.wait(lambda: seat.fact("电话") == "13800005678")
    assert seat.fact("提出人") == "张淑芬"
    told = service.problem_history(desk, problem.uid).entries
    assert {one.detail for one in told[:2]} == {"提出人", "提出人电话"}
    seat.press(KEY.Key_R)
    assert seat.fact("提出人") == "张*芬"


def test_offers_that_fit_are_ranked_with_their_reasons_and_one_is_taken(
    record: Opens, desk: Desk
) -> None:
    power = partner(desk, "澄岭供电所", "陈国栋")
    given = offer(desk, partner=power.uid)
    offer(desk, resource="义诊", category="养老服务")
    problem = raise_problem(desk)
    seat = record(problem)
    page = seat.page
    assert isinstance(page, ProblemPage)
    (item,) = page.matching.list.items
    assert item.title == "澄岭供电所 · 电工上门检修楼道灯"
    assert "同为“物业维修”" in item.detail
    assert item.chip is not None
    assert item.chip.word == "还剩5次"
    seat.press(KEY.Key_G, KEY.Key_Return)
    seat.sheet()
    seat.fill(due="2026-11-30", measures="换灯", amount="9")
    seat.save()
    assert "只剩5次" in seat.problem("amount")
    seat.fill(amount="5")
    seat.save()
    seat.wait(lambda: page.duties.isVisible())
    assert seat.page.header.chip.accessibleName() == "已认领"
    assert stored(desk, given).promised == 5
    assert page.matching.list.items == ()


def test_an_offer_that_was_declined_is_not_proposed_again(record: Opens, desk: Desk) -> None:
    offer(desk)
    problem = raise_problem(desk)
    seat = record(problem)
    page = seat.page
    assert isinstance(page, ProblemPage)
    seat.press(KEY.Key_G, KEY.Key_N)
    seat.sheet()
    seat.save()
    assert "还没有写谢绝的原因" in seat.problem("words")
    seat.fill(words="时间对不上")
    seat.save()
    seat.wait(lambda: page.matching.list.items == ())
    assert stored(desk, problem).declined[0].reason == "时间对不上"


def test_photos_of_a_problem_are_dropped_and_removed(
    record: Opens, desk: Desk, tmp_path: Path
) -> None:
    problem = raise_problem(desk)
    seat = record(problem)
    assert seat.drop(photo(tmp_path, "a.jpg", 10), photo(tmp_path, "b.jpg", 90))
    seat.wait(lambda: seat.news == ["已添加 2 张照片"])
    page = seat.page
    assert isinstance(page, ProblemPage)
    seat.wait(lambda: len(page.album.list.photos) == 2)
    page.album.list.setFocus()
    seat.press(KEY.Key_Delete)
    seat.wait(lambda: len(page.album.list.photos) == 1)
    assert len(stored(desk, problem).photos) == 1


def test_an_offer_says_what_was_promised_to_whom(record: Opens, desk: Desk) -> None:
    power = partner(desk, "澄岭供电所")
    given = offer(desk, partner=power.uid)
    duty = propose(desk, raise_problem(desk), given, amount=2)
    seat = record(given)
    page = seat.page
    assert isinstance(page, OfferPage)
    assert seat.fact("数量") == "还剩3次，共5次"
    (item,) = page.duties.list.items
    assert "认领2" in item.detail
    page.duties.list.enter()
    seat.press(KEY.Key_Return)
    seat.press(KEY.Key_P)
    assert seat.routes == [Open("duties", duty.uid), Open("partners", power.uid)]


def test_progress_is_appended_and_evidence_dropped_until_it_can_be_handed_in(
    record: Opens, desk: Desk, tmp_path: Path
) -> None:
    enrolled(desk, "李建国")
    duty = propose(desk, raise_problem(desk), person_phone="13900001234")
    seat = record(duty)
    assert (seat.fact("电话"), seat.steps()[0]) == ("139****1234", "接单")
    seat.press(KEY.Key_J)
    seat.wait(lambda: seat.steps()[0] == "添加佐证")
    for words in ("已联系施工队", "周三到场"):
        seat.press(KEY.Key_P)
        seat.sheet()
        seat.fill(words=words)
        seat.save()
        seat.settle()
        assert words in seat.fact("11月23日 周一")
    seat.press(KEY.Key_S)
    editor: Any = seat.sheet().fields["photos"].editor
    seat.fill(result="全部换好")
    seat.save()
    assert "还没有佐证照片" in seat.problem("photos")
    editor.bring(offered_files([photo(tmp_path, "a.jpg", 10)]))
    seat.wait(lambda: len(editor.thumbs) == 1)
    seat.save()
    seat.wait(lambda: seat.page.header.chip.accessibleName() == "待复核")
    course = seat.page.course
    seat.wait(lambda: [thumb.is_shown for _sha, thumb in course.thumbs] == [True])
    assert course.steps[0].endswith("申请销号 王小燕 全部换好 1 张照片")
    assert [one.words for one in stored(desk, duty).progress] == ["已联系施工队", "周三到场"]
    assert seat.nameless() == []


def test_a_duty_is_put_off_raised_a_level_and_put_right(record: Opens, desk: Desk) -> None:
    duty = propose(desk, raise_problem(desk))
    seat = record(duty)
    seat.press(KEY.Key_Y)
    seat.sheet()
    seat.fill(due="2026-11-25", words="等材料")
    seat.save()
    assert "要晚于原来的时限" in seat.problem("due")
    seat.fill(due="2026-12-04")
    seat.save()
    seat.wait(lambda: seat.fact("完成时限") == "12月4日 周五")
    assert "等材料" in seat.fact("延期")
    seat.press(KEY.Key_T)
    seat.sheet()
    seat.fill(words="要街道协调")
    seat.save()
    seat.wait(lambda: seat.fact("责任层级") == "街道党工委")
    seat.press(KEY.Key_E)
    seat.sheet()
    seat.fill(person="林师傅")
    seat.save()
    seat.wait(lambda: seat.fact("责任人") == "林师傅")
    kept = stored(desk, duty)
    assert (kept.extensions[0].before, kept.due) == (IN_A_WEEK, IN_A_WEEK + timedelta(4))


def test_alone_at_a_station_somebody_else_signs_on_paper(record: Opens, desk: Desk) -> None:
    duty = propose(desk, raise_problem(desk))
    act(desk, duty, DutyAction.ACCEPT)
    evidence(desk, duty, 40)
    act(desk, duty, DutyAction.SUBMIT, result="全部换好")
    seat = record(duty)
    seat.press(KEY.Key_A)
    sheet = seat.sheet()
    roles = [one.label for one in sheet.fields["role"].editor.choices]  # type: ignore[attr-defined]
    assert roles == ["社区", "街道", "居民签字确认"]
    seat.save()
    assert "还没有写社区的复核人" in seat.problem("name")
    seat.fill(name="赵书记")
    seat.save()
    assert "签字的照片" in seat.problem("confirmation")
    picker = sheet.fields["confirmation"].editor
    picker.set_value(PhotoSource("签字.jpg", data=jpeg(200)))  # type: ignore[attr-defined]
    seat.save()
    seat.wait(lambda: seat.page.header.chip.accessibleName() == "已销号")
    kept = stored(desk, duty)
    assert (kept.reviewer_role, kept.reviewer_name) == (ReviewerRole.COMMUNITY, "赵书记")
    assert kept.confirmation is not None
    seat.press(KEY.Key_F)
    seat.sheet()
    seat.save()
    assert "还没有选评价" in seat.problem("opinion")
    seat.sheet().fields["opinion"].editor.set_value(  # type: ignore[attr-defined]
        seat.sheet().fields["opinion"].editor.choices[0].value  # type: ignore[attr-defined]
    )
    seat.save()
    seat.wait(lambda: seat.fact("群众评价").startswith("满意"))
    seat.press(KEY.Key_O)
    seat.sheet()
    seat.fill(words="又坏了")
    seat.save()
    seat.wait(lambda: seat.page.header.chip.accessibleName() == "办理中")
    assert "又坏了" in seat.fact("历次销号")


def test_what_a_colleague_did_meanwhile_is_told_and_nothing_is_lost(
    record: Opens, desk: Desk
) -> None:
    duty = propose(desk, raise_problem(desk))
    seat = record(duty)
    act(desk, duty, DutyAction.EXTEND, due=IN_A_WEEK + timedelta(1), words="等材料")
    seat.press(KEY.Key_J)
    assert "刚刚被别人改过" in seat.said()
    assert stored(desk, duty).state is DutyState.PROPOSED


def test_the_page_of_a_duty_leads_to_its_problem_and_its_offer(record: Opens, desk: Desk) -> None:
    given, problem = offer(desk), raise_problem(desk)
    duty = propose(desk, problem, given)
    seat = record(duty)
    page = seat.page
    assert isinstance(page, DutyPage)
    seat.press(KEY.Key_G)
    page.about.list.enter()
    seat.press(KEY.Key_Down, KEY.Key_Return)
    assert seat.routes == [Open("problems", problem.uid), Open("offers", given.uid)]
    seat.press(KEY.Key_Escape)
    assert seat.backs == 1


def test_who_may_only_look_sees_no_buttons(record: Opens, desk: Desk) -> None:
    problem = raise_problem(desk, raiser="张淑芬")
    given = offer(desk)
    duty = propose(desk, problem, given)
    reader = Desk(desk.database, type(desk.actor)(None, "看的人", "", frozenset({Right.READ})))
    for one in (problem, given, duty):
        seat = record(one, reader)
        assert seat.steps() == []
        assert not seat.page.header.correct.isVisible()
        seat.press(KEY.Key_E, KEY.Key_R)
        assert seat.page.form is None
    assert record(problem, reader).fact("提出人") == "张*芬"
