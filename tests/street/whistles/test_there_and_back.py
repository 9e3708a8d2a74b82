"""An answer to a 吹哨 comes down once, whatever becomes of receipts, backups and the request."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.errors import Conflict, NotAllowed, UserError
from desktop_app.core.rights import Actor, Right
from desktop_app.core.travel import Profile
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.request import Action, Request, RequestState
from desktop_app.station.reporting.service import Answer, Taken, take_receipt
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.whistles import service as whistles
from desktop_app.street.whistles import store
from desktop_app.street.whistles.rules import Stage
from tests.ledgers.requests import builders
from tests.street.whistles.conftest import STATION, WORDS, Both


def take(both: Both, path: Path) -> Taken:
    return take_receipt(both.station, path, scratch=both.folder)


def answers(request: Request) -> list[str]:
    """What the history says of the street's answers."""
    return [step.words for step in request.steps if step.action is Action.ANSWERED]


def test_an_escalated_request_is_seen_answered_and_goes_on_at_the_station(both: Both) -> None:
    asked = both.escalated(title="水管老化")
    both.report()
    (seen,) = whistles.whistles(both.street).listed
    assert (seen.record.title, seen.stage, seen.days(both.street.today)) == (
        "水管老化", Stage.WAITING, 0,
    )  # fmt: skip
    assert seen.record.escalated is not None
    assert seen.record.escalated.reason == "需要住建所协调"
    assert both.says(asked).stage is Stage.ANSWERED
    taken = take(both, both.receipt())
    assert [(one.number, one.title) for one in taken.answered] == [(asked.number, "水管老化")]
    now = both.at_station(asked)
    assert now.state is RequestState.ACCEPTED
    assert now.answer is not None
    office = both.street.database.station.name
    assert (now.answer.words, now.answer.office) == (WORDS, office)
    assert answers(now) == [f"{office}，{WORDS}"]
    both.report()
    assert both.seen(asked).stage is Stage.TAKEN


def test_an_answer_is_said_in_every_receipt_until_the_record_shows_it_and_counts_once(
    both: Both,
) -> None:
    asked = both.escalated()
    both.report()
    both.says(asked)
    first, second = both.receipt(), both.receipt()
    assert take(both, second).answered
    before = both.at_station(asked)
    for path in (first, second, both.receipt()):
        assert take(both, path).answered == ()
    assert both.at_station(asked) == before
    both.report()
    assert both.seen(asked).stage is Stage.TAKEN
    with both.street.reading(needs=Right.READ) as connection:
        assert store.to_send(connection, STATION, 10) == []
    assert take(both, both.receipt()).answered == ()


def test_a_lost_receipt_is_made_good_by_the_next_one(both: Both) -> None:
    asked = both.escalated()
    both.report()
    both.says(asked)
    both.receipt().unlink()
    builders.register(both.station)
    verdict = both.carry(*both.export())[0]
    assert both.answer(verdict).answered
    assert both.at_station(asked).state is RequestState.ACCEPTED


def test_an_old_receipt_replayed_after_a_second_whistle_changes_nothing(both: Both) -> None:
    asked = both.escalated()
    both.report()
    both.says(asked)
    old = both.receipt()
    take(both, old)
    both.clock.advance(60)
    builders.act(both.station, asked, Action.ESCALATE, words="还是没有来")
    again = both.at_station(asked)
    assert take(both, old).answered == ()
    assert both.at_station(asked) == again
    both.report()
    seen = both.seen(asked)
    assert (seen.stage, seen.given) == (Stage.WAITING, None)
    both.says(asked, "明天一定到。")
    assert take(both, both.receipt()).answered
    assert [words.split("，")[1] for words in answers(both.at_station(asked))] == [
        WORDS.split("，")[0], "明天一定到。",
    ]  # fmt: skip


def test_an_answer_that_comes_after_the_next_whistle_stands_in_the_history_only(both: Both) -> None:
    asked = both.escalated()
    both.report()
    both.says(asked)
    late = both.receipt()
    both.clock.advance(60)
    builders.act(both.station, asked, Action.DONE, Action.REDO, Action.ESCALATE)
    assert take(both, late).answered
    now = both.at_station(asked)
    assert (now.state, now.answer) == (RequestState.ESCALATED, None)
    assert len(answers(now)) == 1
    assert take(both, both.receipt()).answered == ()
    assert len(answers(both.at_station(asked))) == 1


@pytest.mark.parametrize("end", [Action.CLOSE, Action.MERGE, Action.WITHDRAW])
def test_a_request_that_has_ended_meanwhile_keeps_the_answer_and_its_state(
    both: Both, end: Action
) -> None:
    asked = both.escalated()
    both.report()
    both.says(asked)
    both.clock.advance(60)
    if end is Action.MERGE:
        other = builders.register(both.station)
        now = both.at_station(asked)
        requests.merge(both.station, asked.uid, now.revision, other.uid)
    else:
        path = (Action.DONE, Action.CLOSE) if end is Action.CLOSE else (end,)
        builders.act(both.station, asked, *path)
    before = both.at_station(asked)
    assert take(both, both.receipt()).answered
    now = both.at_station(asked)
    assert (now.state, now.due, now.closed_day) == (before.state, before.due, before.closed_day)
    assert now.answer is not None
    assert now.answer.words == WORDS
    assert len(answers(now)) == 1
    both.report()
    assert both.seen(asked).stage is Stage.TAKEN


def test_an_answer_may_be_changed_until_the_station_has_it(both: Both) -> None:
    asked = both.escalated()
    both.report()
    first = both.says(asked)
    on_its_way = both.receipt()
    assert first.given is not None
    second = whistles.answer(
        both.street, STATION, asked.uid, "改为周五上门。", seen=first.given.uid
    ).value
    with pytest.raises(Conflict):
        whistles.answer(both.street, STATION, asked.uid, "改为周六。", seen=first.given.uid)
    assert second.given is not None
    take(both, on_its_way)
    assert both.at_station(asked).answer.words == WORDS  # type: ignore[union-attr]
    both.report()
    # The record shows the one before: the new one is still on its way, and may still be changed.
    assert both.seen(asked).stage is Stage.ANSWERED
    take(both, both.receipt())
    assert both.at_station(asked).answer.words == "改为周五上门。"  # type: ignore[union-attr]
    assert take(both, on_its_way).answered == ()
    both.report()
    with pytest.raises(UserError, match="已经收下"):
        both.says(asked, "又改了。")


def test_what_a_clerk_wrote_down_of_a_telephone_call_stays_in_the_history(both: Both) -> None:
    asked = both.escalated()
    both.report()
    both.says(asked)
    path = both.receipt()
    builders.act(both.station, asked, Action.ANSWERED)
    both.report()
    assert take(both, path).answered == ()
    now = both.at_station(asked)
    assert now.answer is not None
    assert now.answer.words == WORDS
    assert len(answers(now)) == 2


def test_a_restored_station_is_told_once_more(both: Both) -> None:
    asked = both.escalated()
    both.report()
    backup = both.station_hall().backed_up()
    both.says(asked)
    take(both, both.receipt())
    builders.register(both.station)
    both.station_hall().restore(backup)
    assert both.at_station(asked).answer is None
    assert take(both, both.receipt()).answered
    assert both.report().outcome is Outcome.APPLIED
    assert both.seen(asked).stage is Stage.TAKEN
    assert len(answers(both.at_station(asked))) == 1


def test_a_restored_station_that_must_come_together_has_the_answer_afterwards(both: Both) -> None:
    backup_before = both.station_hall().backed_up()
    asked = both.escalated()
    both.report()
    both.says(asked)
    taken = both.receipt()
    take(both, taken)
    both.report()
    both.station_hall().restore(backup_before)
    builders.register(both.station)
    assert take(both, both.receipt()).answer is Answer.OTHER_PAST
    both.meet()
    now = both.at_station(asked)
    assert now.answer is not None
    assert now.answer.words == WORDS
    assert take(both, taken).answered == ()
    assert both.report().outcome is Outcome.APPLIED
    assert both.seen(asked).stage is Stage.TAKEN


def test_what_another_past_says_is_not_taken_before_both_came_together(both: Both) -> None:
    asked = both.escalated()
    both.report()
    backup = both.station_hall().backed_up()
    builders.register(both.station)
    both.report()
    both.says(asked)
    path = both.receipt()
    both.station_hall().restore(backup)
    assert take(both, path).answered == ()
    assert both.at_station(asked).answer is None
    both.meet()
    assert take(both, both.receipt()).answered


def test_a_street_restored_from_before_its_answer_learns_it_from_the_record(both: Both) -> None:
    asked = both.escalated()
    both.report()
    backup = both.street_hall().backed_up()
    both.says(asked)
    take(both, both.receipt())
    both.report()
    both.street_hall().restore(backup)
    assert both.seen(asked).stage is Stage.WAITING
    assert take(both, both.receipt()).answer is Answer.BACK
    both.report()
    seen = both.seen(asked)
    assert (seen.stage, seen.given) == (Stage.ELSEWHERE, None)
    assert seen.record.answer is not None
    assert seen.record.answer.words == WORDS


def test_a_restored_street_that_answers_again_is_the_later_word(both: Both) -> None:
    asked = both.escalated()
    both.report()
    backup = both.street_hall().backed_up()
    both.says(asked)
    lost = both.receipt()
    both.street_hall().restore(backup)
    both.clock.advance(60)
    both.says(asked, "恢复以后重新答复。")
    take(both, both.receipt())
    assert take(both, lost).answered == ()
    assert both.at_station(asked).answer.words == "恢复以后重新答复。"  # type: ignore[union-attr]


def test_a_whistle_taken_back_is_answered_no_more(both: Both) -> None:
    made = builders.register(both.station)
    done = requests.act(
        both.station, made.uid, Action.ESCALATE, made.revision, builders.SAID[Action.ESCALATE]
    )
    both.report()
    both.says(done.value)
    late = both.receipt()
    assert done.undo is not None
    done.undo.call(both.station)
    both.report()
    assert whistles.whistles(both.street).listed == ()
    assert take(both, late).answered
    now = both.at_station(made)
    assert (now.state, now.answer, len(answers(now))) == (RequestState.REGISTERED, None, 1)


def test_who_is_forgotten_stays_forgotten_whatever_receipts_say(both: Both) -> None:
    person = builders.resident(both.station)
    asked = both.escalated(resident=person.uid)
    both.report()
    both.says(asked)
    path = both.receipt()
    requests.forget_people(both.station, [person.uid])
    assert take(both, path).answered
    now = both.at_station(asked)
    assert (now.state, now.answer.words) == (RequestState.ACCEPTED, "")  # type: ignore[union-attr]
    both.report()
    seen = both.seen(asked)
    assert seen.given is not None
    assert seen.given.words == ""
    assert WORDS not in str(both.street_hall().backed_up()["whistle_answer"])
    with pytest.raises(UserError):
        both.says(asked)


def test_of_mere_figures_nobody_can_judge(both: Both) -> None:
    asked = both.escalated()
    both.report(Profile.STATS)
    (seen,) = whistles.whistles(both.street).listed
    assert (seen.stage, seen.record.title, seen.asked) == (Stage.WAITING, "", None)
    with pytest.raises(UserError, match="统计数字"):
        both.says(asked)
    both.report()
    assert both.says(asked).stage is Stage.ANSWERED


def test_nobody_who_may_not_take_in_files_answers_and_no_station_does(both: Both) -> None:
    asked = both.escalated()
    both.report()
    with pytest.raises(UserError, match="站点"):
        whistles.answer(both.station, STATION, asked.uid, WORDS)
    for words in ("", " \n "):
        with pytest.raises(UserError, match="答复内容"):
            both.says(asked, words)
    with pytest.raises(UserError, match="没有找到"):
        whistles.answer(both.street, "QR09", asked.uid, WORDS)
    auditor = Actor(None, "审计员", "安全审计员", frozenset({Right.READ}))
    with pytest.raises(NotAllowed):
        whistles.answer(Desk(both.street.database, auditor), STATION, asked.uid, WORDS)
    assert both.seen(asked).given is None


def test_those_without_an_answer_come_first_the_longest_before_all(both: Both) -> None:
    old, answered, fresh = (both.escalated(title=word) for word in ("甲", "乙", "丙"))
    both.report()
    both.says(answered)
    found = whistles.whistles(both.street)
    assert [one.record.title for one in found.listed] == ["甲", "丙", "乙"]
    assert found.waiting == 2
    assert {old.uid, fresh.uid} == {
        one.record.uid for one in found.listed if one.stage is Stage.WAITING
    }
    assert whistles.whistles(both.street, "QR09").listed == ()
