"""Problems: what is asked for, the list, merging, withdrawing, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.errors import Conflict, InvalidInput, NotAllowed, UserError
from desktop_app.core.origin import Source, Urgency
from desktop_app.core.rights import Right
from desktop_app.core.settings import LIST_NAMES
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.listing import ProblemFilter
from desktop_app.ledgers.three_lists.rules.problem import ProblemAction, ProblemState
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import write_setting
from tests.ledgers.three_lists.builders import (
    TODAY,
    blobs,
    picture,
    problem_form,
    propose,
    raise_problem,
    stored,
)

__all__ = ["blobs"]
S = ProblemState


def test_a_problem_is_raised_and_then_put_onto_the_list(desk: Desk) -> None:
    raised = service.raise_problem(desk, problem_form(listed=False)).value
    assert (raised.number, raised.state, raised.listed_on) == ("QR01-W2026A-00001", S.RAISED, None)
    done = service.list_problem(desk, raised.uid, raised.revision)
    assert (done.value.state, done.value.listed_on) == (S.LISTED, TODAY)
    assert done.undo is not None
    back = done.undo.call(desk).value
    assert (back.state, back.listed_on) == (S.RAISED, None)


def test_everything_that_is_wrong_with_a_form_is_told_at_once(desk: Desk) -> None:
    form = problem_form(
        description="  ",
        category="",
        affected=0,
        raised_on=date(2026, 11, 30),
        raiser_phone="12",
    )
    with pytest.raises(InvalidInput) as wrong:
        service.raise_problem(desk, form)
    fields = {one.field for one in wrong.value.problems}
    assert fields == {"description", "category", "affected", "raised_on", "raiser_phone"}


def test_what_is_written_down_later_is_marked(desk: Desk) -> None:
    late = raise_problem(desk, raised_on=date(2026, 11, 10))
    assert (late.raised_on, late.late_entry) == (date(2026, 11, 10), True)
    with pytest.raises(InvalidInput, match="早于提出日期"):
        raise_problem(desk, wanted_by=date(2026, 11, 1))


def test_a_merged_problem_counts_as_repeated_and_stays_findable(desk: Desk) -> None:
    kept, same, third = raise_problem(desk), raise_problem(desk), raise_problem(desk)
    service.merge_problem(desk, third.uid, third.revision, same.uid)
    now = stored(desk, same)
    done = service.merge_problem(desk, same.uid, now.revision, kept.uid, "同一盏灯")
    assert (done.value.state, done.value.merged_into) == (S.MERGED, kept.uid)
    assert stored(desk, kept).repeated == 2
    story = service.problem_history(desk, kept.uid)
    assert [one.uid for one in story.merged] == [same.uid]
    assert done.undo is not None
    done.undo.call(desk)
    assert stored(desk, kept).repeated == 0
    assert stored(desk, same).state is S.LISTED


def test_a_problem_is_merged_neither_into_itself_nor_into_one_that_is_gone(desk: Desk) -> None:
    one, gone = raise_problem(desk), raise_problem(desk)
    withdrawn = service.withdraw_problem(desk, gone.uid, gone.revision, "重复登记").value
    for target, said in ((one.uid, "自己"), (withdrawn.uid, "撤回")):
        with pytest.raises(UserError, match=said):
            service.merge_problem(desk, one.uid, one.revision, target)
    assert stored(desk, one).revision == one.revision


def test_what_a_unit_is_at_is_not_withdrawn(desk: Desk) -> None:
    problem = raise_problem(desk)
    propose(desk, problem)
    now = stored(desk, problem)
    with pytest.raises(UserError, match="已有单位认领") as refused:
        service.withdraw_problem(desk, problem.uid, now.revision, "不需要了")
    assert "取消它的责任" in refused.value.next_step


def test_a_withdrawal_asks_why_and_can_be_taken_back(desk: Desk) -> None:
    problem = raise_problem(desk)
    with pytest.raises(UserError, match="撤回的原因"):
        service.withdraw_problem(desk, problem.uid, problem.revision, " ")
    done = service.withdraw_problem(desk, problem.uid, problem.revision, "居民已自行修好")
    opened = service.reopen_problem(desk, problem.uid, done.value.revision, "又坏了").value
    assert opened.state is S.LISTED
    words = [step.words for step in opened.steps]
    assert words[-2:] == ["居民已自行修好", "又坏了"]


def test_a_correction_names_what_changed_and_its_duties_follow(desk: Desk) -> None:
    problem = raise_problem(desk)
    duty = propose(desk, problem)
    now = stored(desk, problem)
    form = replace(service.problem_for_editing(desk, problem.uid), category="路灯")
    done = service.change_problem(desk, problem.uid, now.revision, form, "类别选错")
    assert done.value.steps[-1].words == "类别：类别选错"
    assert stored(desk, duty).category == "路灯"
    assert done.undo is not None
    done.undo.call(desk)
    assert stored(desk, duty).category == "物业维修"
    again, same = stored(desk, problem), service.problem_for_editing(desk, problem.uid)
    with pytest.raises(UserError, match="没有任何改动"):
        service.change_problem(desk, problem.uid, again.revision, same)


def test_somebody_else_s_change_is_never_overwritten(desk: Desk) -> None:
    problem = raise_problem(desk)
    service.withdraw_problem(desk, problem.uid, problem.revision, "不需要了")
    with pytest.raises(Conflict):
        service.reopen_problem(desk, problem.uid, problem.revision, "需要")


def test_a_problem_raised_by_a_slip_goes_and_its_number_with_it(desk: Desk) -> None:
    done = service.raise_problem(desk, problem_form())
    assert done.undo is not None
    done.undo.call(desk)
    assert service.problems_page(desk).rows == ()
    assert raise_problem(desk).number == "QR01-W2026A-00002"


def test_photos_show_the_problem(desk: Desk, blobs: FolderBlobs) -> None:
    problem = raise_problem(desk)
    done = service.add_problem_photos(
        desk, blobs, problem.uid, problem.revision, [picture(1, "三楼"), picture(2)]
    ).value
    assert [one.caption for one in done.photos] == ["三楼", ""]
    left = service.remove_problem_photo(
        desk, problem.uid, done.revision, done.photos[0].sha256
    ).value
    assert [step.action for step in left.steps[-2:]] == [
        ProblemAction.ADD_PHOTOS,
        ProblemAction.REMOVE_PHOTO,
    ]
    with pytest.raises(UserError, match="没有这张照片"):
        service.picture(desk, blobs, problem.uid, done.photos[0].sha256)


def test_the_list_is_narrowed_and_paged(desk: Desk) -> None:
    first = raise_problem(desk, raised_on=date(2026, 10, 8), source=Source.GRID)
    second = raise_problem(desk, urgency=Urgency.URGENT, wanted_by=TODAY)
    third = raise_problem(desk, category="环境卫生", description="3栋垃圾清运不及时")
    page = service.problems_page(desk, size=2)
    assert [line.uid for line in page.rows] == [third.uid, second.uid]
    assert [line.uid for line in service.problems_page(desk, cursor=page.later).rows] == [first.uid]
    narrowed = {
        first.uid: ProblemFilter(until=date(2026, 10, 31)),
        second.uid: ProblemFilter(urgency=Urgency.URGENT),
        third.uid: ProblemFilter(search="垃圾"),
    }
    for uid, wanted in narrowed.items():
        assert [line.uid for line in service.problems_page(desk, wanted).rows] == [uid]
    by_number = ProblemFilter(search=second.number.lower())
    assert [line.uid for line in service.problems_page(desk, by_number).rows] == [second.uid]
    assert service.problems_page(desk, ProblemFilter(search="%")).rows == ()
    assert service.problems_page(desk, ProblemFilter(late=True)).rows == ()


def test_who_raised_it_is_private(desk: Desk) -> None:
    problem = raise_problem(desk, raiser="陈桂英", raiser_phone="13800005678")
    assert service.get_problem(desk, problem.uid).raiser_phone == "138****5678"
    assert service.read_out_problem(desk, problem.uid, "raiser") == "陈桂英"
    reader = Desk(desk.database, replace(desk.actor, rights=frozenset({Right.READ, Right.SIGN_IN})))
    with pytest.raises(NotAllowed):
        service.read_out_problem(reader, problem.uid, "raiser")


def test_the_three_names_are_a_setting(desk: Desk) -> None:
    assert service.list_names(desk).problems == "问题清单"
    with desk.unit_of_work("设置", needs=Right.MANAGE_STATION) as unit:
        write_setting(unit, LIST_NAMES, "需求清单、资源清单、项目清单")
        with pytest.raises(UserError, match="没有这一种"):
            write_setting(unit, LIST_NAMES, "甲、乙、丙")
    names = service.list_frame(desk).names
    assert (names.problems, names.offers, names.duties) == ("需求清单", "资源清单", "项目清单")
