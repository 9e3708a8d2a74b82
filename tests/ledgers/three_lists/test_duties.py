"""From a match to a closed line: who may do what, what is asked for, what follows of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.origin import Level
from desktop_app.core.photos import PhotoSource
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import (
    Duty,
    DutyAction,
    DutyState,
    OpinionLevel,
    ReviewerRole,
)
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from tests.ledgers.three_lists.builders import (
    IN_A_WEEK,
    TODAY,
    act,
    add_evidence,
    blobs,
    closed,
    duty_form,
    enrolled,
    handed_in,
    jpeg,
    offer,
    problem_form,
    propose,
    raise_problem,
    seat,
    signed,
    stored,
)

__all__ = ["blobs"]
A, S = DutyAction, DutyState


def test_a_match_takes_of_the_offer_and_the_problem_is_claimed(desk: Desk) -> None:
    problem, given = raise_problem(desk), offer(desk)
    duty = propose(desk, problem, given, amount=2)
    assert duty.number == "QR01-Z2026A-00001"
    assert (duty.state, duty.partner, duty.problem_number) == (
        S.PROPOSED,
        given.partner,
        problem.number,
    )
    assert stored(desk, given).promised == 2
    after = stored(desk, problem)
    assert after.state is ProblemState.CLAIMED
    assert after.steps[-1].words == duty.number


def test_a_duty_without_a_person_or_a_due_day_is_told_whole(desk: Desk) -> None:
    problem = raise_problem(desk)
    with pytest.raises(InvalidInput) as wrong:
        service.propose(desk, duty_form(problem, person="", due=None, unit=""))
    assert {one.field for one in wrong.value.problems} == {"person", "due", "unit"}
    assert stored(desk, problem).state is ProblemState.LISTED


def test_a_due_day_that_is_over_is_refused_and_one_on_a_sunday_is_told(desk: Desk) -> None:
    problem = raise_problem(desk)
    with pytest.raises(InvalidInput, match="已经过去"):
        service.propose(desk, duty_form(problem, due=date(2026, 11, 20)))
    sunday = date(2026, 11, 29)
    assert "下一个工作日是11月30日" in service.due_note(desk, sunday)
    assert service.due_note(desk, IN_A_WEEK) == ""
    assert propose(desk, problem, due=sunday).due == sunday


def test_what_is_not_on_the_list_yet_cannot_be_dispatched(desk: Desk) -> None:
    raised = service.raise_problem(desk, problem_form(listed=False)).value
    with pytest.raises(UserError, match="提出") as refused:
        service.propose(desk, duty_form(raised))
    assert "入单" in refused.value.next_step


def test_nothing_is_handed_in_without_evidence_or_without_a_result(
    desk: Desk, blobs: FolderBlobs
) -> None:
    duty = act(desk, propose(desk, raise_problem(desk)), A.ACCEPT)
    with pytest.raises(UserError, match="佐证"):
        act(desk, duty, A.SUBMIT, result="换好了")
    add_evidence(desk, blobs, duty)
    with pytest.raises(UserError, match="完成情况"):
        act(desk, duty, A.SUBMIT)
    assert stored(desk, duty).state is S.DOING
    assert act(desk, duty, A.SUBMIT, result="换好了").submitted_by_name == "王小燕"


def test_who_hands_in_cannot_look_it_over_where_others_work(desk: Desk, blobs: FolderBlobs) -> None:
    me, other = enrolled(desk, "王小燕"), enrolled(desk, "林志强")
    duty = handed_in(me, blobs, propose(me, raise_problem(me)))
    paper = signed(me.database.new_uid())
    for details in (
        {},
        {"role": ReviewerRole.STREET, "name": "街道李主任", "confirmation": paper},
    ):
        with pytest.raises(UserError, match="不能自己复核"):
            act(me, duty, A.REVIEW_OK, **details)
    done = act(other, duty, A.REVIEW_OK)
    assert (done.state, done.reviewer_name, done.closed_on) == (S.CLOSED, "林志强", TODAY)
    assert done.reviewer_role is ReviewerRole.SECOND


def test_a_station_of_one_person_needs_somebody_from_outside_and_the_signed_paper(
    desk: Desk, blobs: FolderBlobs
) -> None:
    me = enrolled(desk, "王小燕")
    duty = handed_in(me, blobs, propose(me, raise_problem(me)))
    with pytest.raises(UserError, match="本站只有一人"):
        act(me, duty, A.REVIEW_OK)
    with pytest.raises(UserError, match="还没有写居民签字确认的复核人"):
        act(me, duty, A.REVIEW_OK, role=ReviewerRole.RESIDENT)
    with pytest.raises(UserError, match="签字的照片"):
        act(me, duty, A.REVIEW_OK, role=ReviewerRole.RESIDENT, name="陈桂英")
    paper = service.keep_picture(me, blobs, PhotoSource("签字.jpg", data=jpeg(99)))
    done = act(me, duty, A.REVIEW_OK, role=ReviewerRole.RESIDENT, name="陈桂英", confirmation=paper)
    assert (done.state, done.reviewer_name, done.reviewer) == (S.CLOSED, "陈桂英", None)
    assert service.picture(me, blobs, duty.uid, paper.sha256).startswith(b"\xff\xd8")


def test_two_people_closing_one_line_the_second_is_told(desk: Desk, blobs: FolderBlobs) -> None:
    duty = handed_in(desk, blobs, propose(desk, raise_problem(desk)))
    one, other = seat(desk, "林志强"), seat(desk, "黄丽")
    service.act(one, duty.uid, A.REVIEW_OK, duty.revision)
    with pytest.raises(Conflict):
        service.act(other, duty.uid, A.REVIEW_OK, duty.revision)
    assert stored(desk, duty).reviewer_name == "林志强"


def test_the_problem_is_closed_with_its_last_duty(desk: Desk, blobs: FolderBlobs) -> None:
    other, problem = seat(desk, "林志强"), raise_problem(desk)
    first, second = propose(desk, problem), propose(desk, problem, unit="居委会")
    closed(desk, other, blobs, first)
    assert stored(desk, problem).state is ProblemState.CLAIMED
    act(desk, second, A.CANCEL, words="由供电所一并办理")
    after = stored(desk, problem)
    assert (after.state, after.closed_on) == (ProblemState.CLOSED, TODAY)


def test_a_no_frees_the_amount_and_is_remembered(desk: Desk) -> None:
    problem, given = raise_problem(desk), offer(desk)
    duty = propose(desk, problem, given)
    act(desk, duty, A.DECLINE, words="本周人手不够")
    assert stored(desk, given).promised == 0
    after = stored(desk, problem)
    assert after.state is ProblemState.LISTED
    assert [(one.offer, one.reason) for one in after.declined] == [(given.uid, "本周人手不够")]
    assert service.matches(desk, problem.uid) == ()


def test_no_reason_no_decline_cancel_send_back_extension_or_escalation(
    desk: Desk, blobs: FolderBlobs
) -> None:
    duty = propose(desk, raise_problem(desk))
    for action in (A.DECLINE, A.CANCEL, A.EXTEND, A.ESCALATE):
        with pytest.raises(UserError, match="原因"):
            act(desk, duty, action, due=date(2026, 12, 7))
    handed_in(desk, blobs, duty)
    with pytest.raises(UserError, match="退回的原因"):
        act(desk, duty, A.REVIEW_BACK)


def test_an_extension_goes_later_and_is_counted(desk: Desk, clock: FixedClock) -> None:
    duty = propose(desk, raise_problem(desk))
    with pytest.raises(UserError, match="晚于原来"):
        act(desk, duty, A.EXTEND, due=IN_A_WEEK, words="等配件")
    after = act(desk, duty, A.EXTEND, due=date(2026, 12, 7), words="等配件")
    assert after.due == date(2026, 12, 7)
    (once,) = after.extensions
    assert (once.before, once.after, once.reason) == (IN_A_WEEK, date(2026, 12, 7), "等配件")


def test_an_escalation_only_goes_up(desk: Desk) -> None:
    duty = propose(desk, raise_problem(desk))
    with pytest.raises(UserError, match="只能往上"):
        act(desk, duty, A.ESCALATE, words="社区办不了", level=Level.BRANCH)
    after = act(desk, duty, A.ESCALATE, words="社区办不了")
    assert after.level is Level.STREET
    act(desk, duty, A.ESCALATE, words="街道办不了")
    with pytest.raises(UserError, match="只能往上"):
        act(desk, duty, A.ESCALATE, words="还要往上")


def test_closing_and_opening_again_keep_both_histories(desk: Desk, blobs: FolderBlobs) -> None:
    other, problem, given = seat(desk, "林志强"), raise_problem(desk), offer(desk)
    duty = closed(desk, other, blobs, propose(desk, problem, given))
    again = act(desk, duty, A.REOPEN, words="又坏了两盏")
    assert (again.state, again.closed_on, again.result) == (S.DOING, None, "")
    (closing,) = again.closings
    assert (closing.reviewer_name, closing.result) == ("林志强", "楼道灯全部换好")
    assert stored(desk, problem).state is ProblemState.CLAIMED
    act(desk, duty, A.SUBMIT, result="两盏也换好了")
    done = act(other, duty, A.REVIEW_OK)
    assert [step.action for step in done.steps].count(A.REVIEW_OK) == 2
    assert len(done.closings) == 1
    assert done.evidence
    assert stored(desk, given).promised == 1
    assert stored(desk, problem).state is ProblemState.CLOSED


def test_a_problem_opened_again_is_worked_on_anew(desk: Desk, blobs: FolderBlobs) -> None:
    other, problem = seat(desk, "林志强"), raise_problem(desk)
    first = closed(desk, other, blobs, propose(desk, problem))
    now = stored(desk, problem)
    opened = service.reopen_problem(desk, problem.uid, now.revision, "灯又不亮了").value
    assert (opened.state, opened.turn, opened.closed_on) == (ProblemState.LISTED, 2, None)
    second = propose(desk, problem)
    act(desk, second, A.CANCEL, words="先查线路")
    # What the first turn closed does not close the second.
    assert stored(desk, problem).state is ProblemState.LISTED
    act(desk, first, A.REOPEN, words="由原单位接着办")
    after = stored(desk, first)
    assert (after.turn, stored(desk, problem).state) == (2, ProblemState.CLAIMED)
    story = service.problem_history(desk, problem.uid)
    assert [one.uid for one in story.duties] == [first.uid, second.uid]
    actions = [step.action.value for step in story.problem.steps]
    assert actions == ["raise", "list", "claim", "close", "reopen", "claim", "free", "claim"]


def test_harmless_steps_are_taken_back_and_the_others_are_not(
    desk: Desk, blobs: FolderBlobs
) -> None:
    problem = raise_problem(desk)
    duty = propose(desk, problem)
    done = service.act(desk, duty.uid, A.ACCEPT, duty.revision)
    assert done.undo is not None
    back = done.undo.call(desk).value
    assert (back.state, back.accepted_on) == (S.PROPOSED, None)
    assert back.steps[-1].action is A.UNDO
    with pytest.raises(Conflict):
        done.undo.call(desk)
    duty = handed_in(desk, blobs, duty)
    reviewed = service.act(seat(desk, "林志强"), duty.uid, A.REVIEW_OK, duty.revision)
    assert reviewed.undo is None


def test_a_dispatch_that_was_a_slip_is_cancelled_by_the_undo(desk: Desk) -> None:
    problem, given = raise_problem(desk), offer(desk)
    done = service.propose(desk, duty_form(problem, given))
    assert done.undo is not None
    gone: Duty = done.undo.call(desk).value
    assert gone.state is S.CANCELLED
    assert stored(desk, given).promised == 0
    assert stored(desk, problem).state is ProblemState.LISTED


def test_evidence_that_cannot_be_read_is_told_by_name(
    desk: Desk, blobs: FolderBlobs, tmp_path: Path
) -> None:
    duty = act(desk, propose(desk, raise_problem(desk)), A.ACCEPT)
    (tmp_path / "说明.jpg").write_bytes(b"no picture")
    sources = [
        PhotoSource("a.jpg", data=jpeg(1)),
        PhotoSource("说明.jpg", tmp_path / "说明.jpg"),
        PhotoSource("又是a.jpg", data=jpeg(1)),
    ]
    taken = service.take_in_evidence(desk, blobs, duty.uid, sources, Job("佐证"))
    assert taken.added == 1
    assert [one.name for one in taken.refused] == ["说明.jpg", "又是a.jpg"]
    assert len(stored(desk, duty).evidence) == 1


def test_evidence_stays_once_it_is_handed_in(desk: Desk, blobs: FolderBlobs) -> None:
    duty = handed_in(desk, blobs, propose(desk, raise_problem(desk)))
    (photo,) = duty.evidence
    with pytest.raises(UserError, match="待复核"):
        service.remove_evidence(desk, duty.uid, duty.revision, photo.sha256)
    back = act(desk, duty, A.REVIEW_BACK, words="请补一张全景")
    assert service.remove_evidence(desk, duty.uid, back.revision, photo.sha256).value.evidence == ()


def test_progress_opinion_activities_and_corrections_are_kept(
    desk: Desk, blobs: FolderBlobs
) -> None:
    other, activity = seat(desk, "林志强"), desk.database.new_uid()
    duty = act(desk, propose(desk, raise_problem(desk)), A.ACCEPT)
    act(desk, duty, A.PROGRESS, words="配件已到货")
    form = service.duty_for_editing(desk, duty.uid)
    now = stored(desk, duty).revision
    changed = service.change_duty(desk, duty.uid, now, replace(form, person="李师傅")).value
    assert (changed.person, changed.steps[-1].words) == ("李师傅", "责任人")
    linked = service.link_activity(desk, duty.uid, changed.revision, activity, "QR01-H2026A-00001")
    assert linked.value.activities == (activity,)
    add_evidence(desk, blobs, duty)
    act(desk, duty, A.SUBMIT, result="好了")
    act(other, duty, A.REVIEW_OK)
    done = act(desk, duty, A.ASK_OPINION, opinion=OpinionLevel.SATISFIED, words="很快")
    assert done.opinion is not None
    assert (done.opinion.level, done.opinion.by) == (OpinionLevel.SATISFIED, "王小燕")
    assert [one.words for one in done.progress] == ["配件已到货"]


def test_phones_are_masked_until_revealed_and_that_is_logged(desk: Desk) -> None:
    duty = propose(desk, raise_problem(desk), person_phone="13800005678")
    assert service.get_duty(desk, duty.uid).person_phone == "138****5678"
    assert service.read_out_duty(desk, duty.uid, "person_phone") == "13800005678"
    lines = service.duty_history(desk, duty.uid).entries
    assert (lines[0].action, lines[0].detail) == ("查看完整内容", "责任人电话")
    with pytest.raises(UserError, match="没有遮挡"):
        service.read_out_duty(desk, duty.uid, "measures")


def test_an_unknown_record_is_told(desk: Desk) -> None:
    with pytest.raises(UserError, match="没有找到"):
        service.get_duty(desk, Uid(int=1))
