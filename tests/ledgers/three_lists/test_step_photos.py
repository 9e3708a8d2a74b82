"""Photos belong to the step of a problem or a duty at which they were added."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import UserError
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction, DutyState, ReviewerRole
from desktop_app.ledgers.three_lists.rules.duty_steps import DutyDetails
from desktop_app.ledgers.three_lists.rules.problem import ProblemAction
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from tests.ledgers.three_lists.builders import (
    act,
    blobs,
    picture,
    propose,
    raise_problem,
    seat,
    signed,
    stored,
)

__all__ = ["blobs"]
A = DutyAction


@pytest.fixture(autouse=True)
def _kept(desk: Desk, blobs: FolderBlobs) -> None:
    desk.database.keep_attachments_in(blobs)


def with_photo(desk: Desk, duty: Duty, action: DutyAction, colour: int, **said: str) -> Duty:
    """A step with a photo."""
    details, now = DutyDetails(**said), stored(desk, duty).revision  # type: ignore[arg-type]
    return service.act(desk, duty.uid, action, now, details, pictures=[picture(colour)]).value


def test_progress_with_a_photo_needs_no_evidence_added_apart(desk: Desk) -> None:
    duty = act(desk, propose(desk, raise_problem(desk)), A.ACCEPT)
    with_photo(desk, duty, A.PROGRESS, 10, words="灯座已拆")
    duty = act(desk, duty, A.SUBMIT, result="全部换好")
    assert duty.state is DutyState.TO_REVIEW
    assert [photo.step for photo in stored(desk, duty).evidence] == [3]


def test_the_evidence_may_come_with_the_request_to_close(desk: Desk) -> None:
    duty = act(desk, propose(desk, raise_problem(desk)), A.ACCEPT)
    with pytest.raises(UserError, match="还没有佐证照片"):
        act(desk, duty, A.SUBMIT, result="全部换好")
    duty = with_photo(desk, duty, A.SUBMIT, 20, result="全部换好")
    assert duty.state is DutyState.TO_REVIEW
    assert [photo.step for photo in duty.evidence] == [len(duty.steps)]


def test_what_was_looked_over_gets_no_more_evidence(desk: Desk) -> None:
    duty = act(desk, propose(desk, raise_problem(desk)), A.ACCEPT)
    duty = with_photo(desk, duty, A.SUBMIT, 20, result="全部换好")
    duty = act(seat(desk, "李建国"), duty, A.REVIEW_OK)
    with pytest.raises(UserError):
        service.add_evidence(
            desk, desk.database.blobs, duty.uid, duty.revision, [picture(30)], step=2
        )
    with pytest.raises(UserError, match="不能带佐证照片"):
        with_photo(desk, duty, A.ASK_OPINION, 30)
    assert len(stored(desk, duty).evidence) == 1


def test_a_signed_paper_belongs_to_the_review(desk: Desk) -> None:
    duty = act(desk, propose(desk, raise_problem(desk)), A.ACCEPT)
    duty = with_photo(desk, duty, A.SUBMIT, 20, result="全部换好")
    other = seat(desk, "李建国")
    paper = signed(desk.database.new_uid())
    role = ReviewerRole.COMMUNITY
    duty = act(other, duty, A.REVIEW_OK, role=role, name="赵书记", confirmation=paper)
    assert duty.confirmation is not None
    assert duty.steps[(duty.confirmation.step or 0) - 1].action is A.REVIEW_OK


def test_evidence_comes_to_a_step_of_ones_own_only(desk: Desk) -> None:
    duty = act(desk, propose(desk, raise_problem(desk)), A.ACCEPT)
    other = seat(desk, "李建国")
    act(other, duty, A.PROGRESS, words="灯座已拆")
    blobs, now = desk.database.blobs, stored(desk, duty).revision
    with pytest.raises(UserError, match="只能加到自己办的那一步"):
        service.add_evidence(desk, blobs, duty.uid, now, [picture(30)], step=3)
    after = service.add_evidence(other, blobs, duty.uid, now, [picture(30)], step=3).value
    assert [photo.step for photo in after.evidence] == [3]
    assert after.steps[-1].words == "1 张，属于“记进展”"


def test_a_problem_comes_back_onto_the_list_with_a_photo_that_shows_why(desk: Desk) -> None:
    problem = raise_problem(desk)
    gone = service.withdraw_problem(desk, problem.uid, problem.revision, "已自行修好").value
    service.reopen_problem(desk, gone.uid, gone.revision, "又坏了", [picture(50)])
    kept = stored(desk, problem)
    (photo,) = kept.photos
    assert kept.steps[(photo.step or 0) - 1].action is ProblemAction.REOPEN


def test_photos_come_to_the_raising_of_a_problem(desk: Desk) -> None:
    problem = raise_problem(desk)
    blobs = desk.database.blobs
    service.add_problem_photos(desk, blobs, problem.uid, problem.revision, [picture(50)], step=1)
    (photo,) = stored(desk, problem).photos
    assert photo.step == 1
