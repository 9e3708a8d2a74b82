"""What units promised and did, counted across the ledgers; what 前台 is reminded of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.rights import Right
from desktop_app.ledgers.agreements import service as agreements
from desktop_app.ledgers.agreements.rules.agreement import Agreement, PromiseKind
from desktop_app.ledgers.agreements.rules.entry import PromiseForm
from desktop_app.ledgers.agreements.rules.listing import AgreementFilter
from desktop_app.ledgers.three_lists.rules.listing import DutyFilter
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.registers.partners import service as partners
from desktop_app.registers.partners.rules import Partner, form_of
from desktop_app.station.co_building import service, unit_year
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import held, plan
from tests.ledgers.agreements.builders import draft, signed, unit
from tests.ledgers.three_lists import builders as lists

PROMISES = (
    PromiseForm(PromiseKind.ACTIVITIES, 4),
    PromiseForm(PromiseKind.OFFERS, 2),
    PromiseForm(PromiseKind.SOLVED, 1),
    PromiseForm(PromiseKind.MEETINGS, 4),
    PromiseForm(PromiseKind.OTHER, 100, "义诊服务居民人次"),
)


@pytest.fixture
def bank(desk: Desk) -> Partner:
    return unit(desk, short_name="青榕农商行")


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32))


def agreement(desk: Desk, bank: Partner, **more: Any) -> Agreement:
    return signed(desk, bank.uid, promises=PROMISES, **more)


def done(desk: Desk, one: Agreement) -> dict[PromiseKind, int | None]:
    return {each.promise.kind: each.done for each in service.fulfilled(desk, one)}


def test_nothing_done_is_nought_and_words_are_not_counted(desk: Desk, bank: Partner) -> None:
    found = service.fulfilled(desk, agreement(desk, bank))
    assert [one.words for one in found] == [
        "本年度已 0次",
        "本年度已 0项",
        "本年度已 0件",
        "本年度已 0次",
        "未统计",
    ]


def test_an_activity_counts_once_it_takes_place_and_names_the_unit_by_any_of_its_names(
    desk: Desk, bank: Partner, clock: FixedClock
) -> None:
    one = agreement(desk, bank)
    held(desk, clock, partners=("青榕农商行", "青榕小学"))
    held(desk, clock, name="金融知识进小区", partners=("青榕小学",))
    plan(desk, day=date(2026, 11, 30), partners=(bank.name,))
    assert done(desk, one)[PromiseKind.ACTIVITIES] == 1
    called = replace(form_of(bank), name="青榕农商银行荷塘支行")
    renamed = partners.change(desk, bank.uid, bank.revision, called).value
    assert "青榕农商行" in renamed.names
    assert done(desk, one)[PromiseKind.ACTIVITIES] == 1


def test_a_meeting_with_the_unit_is_no_activity(
    desk: Desk, bank: Partner, clock: FixedClock
) -> None:
    one = agreement(desk, bank)
    held(desk, clock, kind="三方联席会", name="季度联席会", partners=(bank.name,))
    found = done(desk, one)
    assert (found[PromiseKind.MEETINGS], found[PromiseKind.ACTIVITIES]) == (1, 0)


def test_offers_count_until_they_are_withdrawn_and_problems_once_they_are_closed(
    desk: Desk, bank: Partner, blobs: FolderBlobs
) -> None:
    one = agreement(desk, bank)
    given: Offer = lists.offer(desk, partner=bank.uid, partner_name=bank.name)
    duty = lists.propose(desk, lists.raise_problem(desk), given)
    assert done(desk, one)[PromiseKind.OFFERS] == 1
    assert done(desk, one)[PromiseKind.SOLVED] == 0
    lists.closed(desk, lists.seat(desk, "何平"), blobs, duty)
    assert done(desk, one)[PromiseKind.SOLVED] == 1


def test_a_problem_that_took_two_duties_of_the_unit_is_solved_once(
    desk: Desk, bank: Partner, blobs: FolderBlobs
) -> None:
    one = agreement(desk, bank)
    given: Offer = lists.offer(desk, partner=bank.uid, partner_name=bank.name)
    problem = lists.raise_problem(desk)
    duties = [lists.propose(desk, problem, given) for _ in range(2)]
    for duty in duties:
        lists.closed(desk, lists.seat(desk, "何平"), blobs, duty)
    assert done(desk, one)[PromiseKind.SOLVED] == 1
    year = unit_year.year_of(desk, bank.uid)
    assert [each.done for each in year.pledges[0].promises] == [0, 1, 1, 0, None]
    assert (len(year.closed), year.solved) == (2, 1)


def test_only_the_present_year_of_an_agreement_counts(
    desk: Desk, bank: Partner, clock: FixedClock
) -> None:
    one = agreement(desk, bank, ends_on=date(2028, 11, 22))
    held(desk, clock, partners=(bank.name,))
    assert done(desk, one)[PromiseKind.ACTIVITIES] == 1
    clock.set(desk.database.zone.at(date(2027, 12, 1), 9))
    assert done(desk, one)[PromiseKind.ACTIVITIES] == 0


def test_a_draft_promises_nothing_yet(desk: Desk, bank: Partner) -> None:
    assert service.fulfilled(desk, draft(desk, bank.uid, promises=PROMISES)) == ()


def test_the_list_says_it_in_short_and_the_unit_s_page_whole(desk: Desk, bank: Partner) -> None:
    one = agreement(desk, bank)
    lines = agreements.page(desk).rows
    assert service.promised(desk, lines) == {
        one.uid.hex: "活动 0/4 · 项目 0/2 · 问题 0/1 · 联席会 0/4"
    }
    of_unit = service.of_unit(desk, bank.uid)
    assert ([each.uid for each in of_unit.agreements], of_unit.live) == ([one.uid], 1)
    assert service.live_agreements(desk, [bank.uid]) == {bank.uid: 1}


def test_the_counter_is_reminded_of_what_runs_out_and_of_what_is_late(
    desk: Desk, bank: Partner, clock: FixedClock
) -> None:
    assert service.reminders(desk) == ()
    agreement(desk, bank, ends_on=date(2026, 12, 10))
    lists.propose(desk, lists.raise_problem(desk))
    said = service.reminders(desk)
    assert [one.words for one in said] == ["共建协议即将到期 1 份"]
    assert said[0].wanted == AgreementFilter(expiring=True)
    clock.set(desk.database.zone.at(date(2026, 12, 15), 9))
    late, over = service.reminders(desk)
    assert (late.words, late.wanted) == ("责任清单逾期 1 项", DutyFilter(late=True))
    assert (over.words, over.page) == ("共建协议已到期 1 份", "agreements")


def test_a_quarterly_report_is_asked_for_where_an_agreement_promises_it(
    desk: Desk, bank: Partner, clock: FixedClock
) -> None:
    clock.set(desk.database.zone.at(date(2027, 1, 5), 9))
    agreement(desk, bank, ends_on=date(2027, 12, 31))
    assert service.reminders(desk) == ()
    agreement(desk, unit(desk, name="青榕小学"), quarterly_report=True, ends_on=date(2027, 12, 31))
    assert [one.words for one in service.reminders(desk)] == [
        "2026年第4季度共建情况，按协议要书面汇报街道"
    ]


def test_who_may_not_read_the_lists_is_reminded_of_nothing(desk: Desk, bank: Partner) -> None:
    agreement(desk, bank, ends_on=date(2026, 12, 10))
    nobody = replace(desk, actor=replace(desk.actor, rights=desk.actor.rights - {Right.READ}))
    assert service.reminders(nobody) == ()
