"""The story of a line is whole, dated, the same from either end, and names nobody."""

from __future__ import annotations

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.request import Action
from desktop_app.ledgers.requests.rules.steps import StepDetails
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.duty import DutyAction
from desktop_app.ledgers.three_lists.rules.duty_steps import DutyDetails
from desktop_app.station.story.service import picture, story
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from tests.ledgers.requests.builders import register
from tests.ledgers.three_lists.builders import act, propose, raise_problem
from tests.ledgers.three_lists.builders import picture as photo
from tests.station.story.conftest import Line


def test_a_story_goes_from_the_visit_to_the_photos(desk: Desk, line: Line) -> None:
    told = story(desk, "problems", line.problem)
    assert [(one.kind, one.done) for one in told] == [
        ("visits", "来访登记"),
        ("requests", "诉求登记"),
        ("requests", "列入问题清单"),
        ("problems", "提出"),
        ("problems", "入单"),
        ("offers", "登记资源"),
        ("duties", "交办"),
        ("problems", "认领"),
        ("duties", "接单"),
        ("activities", "开展活动"),
        ("duties", "申请销号"),
        ("duties", "同意销号"),
        ("problems", "销号"),
        ("requests", "办理完毕"),
    ]
    last = told[-3]
    assert (last.words, [photo.caption for photo in last.photos]) == (
        "楼道灯全部换好",
        ["更换前", "更换后"],
    )
    assert [one.day for one in told] == sorted(one.day for one in told)
    assert picture(desk, last, last.photos[0].sha256).startswith(b"\xff\xd8")


@pytest.mark.parametrize("kind", ["visit", "request", "duty", "offer", "activity"])
def test_it_is_the_same_story_from_every_record(desk: Desk, line: Line, kind: str) -> None:
    whole = story(desk, "problems", line.problem)
    named = {"visit": "visits", "request": "requests", "duty": "duties", "offer": "offers"}
    told = story(desk, named.get(kind, "activities"), getattr(line, kind))
    assert told == whole


def test_it_names_nobody_who_lives_there(desk: Desk, line: Line) -> None:
    said = " ".join(one.words for one in story(desk, "requests", line.request))
    assert "陈桂英" not in said
    assert "13800005678" not in said


def test_an_offer_that_serves_others_does_not_bring_their_stories(desk: Desk, line: Line) -> None:
    given = lists.get_offer(desk, line.offer)
    other = raise_problem(desk, description="东门路口雨天积水")
    propose(desk, other, given, amount=1)
    mine = {one.uid for one in story(desk, "problems", line.problem)}
    assert other.uid not in mine
    assert other.uid in {one.uid for one in story(desk, "offers", line.offer)}


def test_a_merged_problem_is_told_with_the_one_that_was_kept(desk: Desk, line: Line) -> None:
    gone, kept = raise_problem(desk), raise_problem(desk, description="整栋楼道灯都不亮")
    lists.merge_problem(desk, gone.uid, gone.revision, kept.uid)
    told = story(desk, "problems", gone.uid)
    assert {one.uid for one in told} == {gone.uid, kept.uid}
    assert told == story(desk, "problems", kept.uid)


def test_a_closing_that_was_opened_again_shows_its_photos_at_the_last_one(
    desk: Desk, line: Line, clock: FixedClock, blobs: FolderBlobs
) -> None:
    duty = lists.get_duty(desk, line.duty)
    act(desk, duty, DutyAction.REOPEN, words="灯又灭了")
    told = story(desk, "duties", line.duty)
    assert [one.done for one in told if one.photos] == []
    assert "重新打开" in [one.done for one in told]


def test_photos_of_a_step_stand_where_the_step_is_told(
    desk: Desk, line: Line, blobs: FolderBlobs
) -> None:
    desk.database.keep_attachments_in(blobs)
    request, problem = requests.get(desk, line.request), lists.get_problem(desk, line.problem)
    requests.act(
        desk,
        request.uid,
        Action.CLOSE,
        request.revision,
        StepDetails(words="居民说好了"),
        pictures=[photo(161)],
    )
    # What is added at a step that is not told itself stands at the one before it.
    now = requests.get(desk, line.request).revision
    requests.add_photos(desk, blobs, line.request, now, [photo(162)])
    other = lists.get_duty(desk, propose(desk, raise_problem(desk)).uid)
    act(desk, other, DutyAction.ACCEPT)
    now = lists.get_duty(desk, other.uid).revision
    said = DutyDetails(words="灯座已拆")
    lists.act(desk, other.uid, DutyAction.PROGRESS, now, said, pictures=[photo(163)])

    told = {(one.kind, one.done): one for one in story(desk, "problems", problem.uid)}
    closing = told["requests", "办结"]
    assert len(closing.photos) == 2
    assert picture(desk, closing, closing.photos[0].sha256) == photo(161).jpeg
    (progress,) = [one for one in story(desk, "duties", other.uid) if one.photos]
    assert (progress.done, progress.words) == ("进展", "灯座已拆")


def test_petitions_and_other_kinds_have_no_story(desk: Desk) -> None:
    petition = register(
        desk, petition=True, name="", phone="", building="", unit="", room="", title="", summary=""
    )
    assert story(desk, "requests", petition.uid) == ()
    with pytest.raises(UserError, match="没有来龙去脉"):
        story(desk, "residents", petition.uid)
    with pytest.raises(UserError):
        story(desk, "problems", petition.uid)
