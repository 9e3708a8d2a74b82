"""The course of an agreement: drafted, signed, supplemented, renewed, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, NotAllowed, UserError
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.rules.agreement import Action, AgreementState, PromiseKind
from desktop_app.ledgers.agreements.rules.entry import PromiseForm, form_of
from desktop_app.ledgers.agreements.rules.steps import RULES
from desktop_app.ledgers.agreements.rules.supplementing import SupplementForm
from desktop_app.ledgers.agreements.rules.terms import as_signed, change_words, terms_at
from desktop_app.registers.partners import service as partners
from desktop_app.registers.partners.rules import form_of as unit_form
from desktop_app.storage.session import Desk
from tests.ledgers.agreements.builders import TODAY, draft, form, signed, supplemented, unit

S = AgreementState
DAY = 86_400


def test_a_draft_may_be_half_written_and_says_what_is_missing(desk: Desk) -> None:
    made = draft(desk, a_head="", ends_on=None, contents=())

    assert (made.number, made.state) == ("QR01-X2026A-00001", S.DRAFT)
    missing = service.history(desk, made.uid).missing
    assert [problem.field for problem in missing] == ["a_head", "ends_on", "contents"]
    with pytest.raises(InvalidInput) as refused:
        service.sign(desk, made.uid, made.revision, TODAY + timedelta(days=1))
    assert [problem.field for problem in refused.value.problems] == [
        "a_head", "ends_on", "contents", "signed_on",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"ends_on": date(2026, 11, 22)}, "截止日期早于起始日期"),
        ({"ends_on": date(2126, 11, 22)}, "超过十年"),
        ({"starts_on": date(206, 11, 22)}, "早于2010年"),
        ({"notice_days": 0}, "提前通知的天数不对"),
        ({"copies": 3}, "合计2份，不是3份"),
        ({"copies": 2, "filed_with": "澄岭街道党工委"}, "报备案单位一份，合计3份"),
        ({"promises": (PromiseForm(PromiseKind.ACTIVITIES, 0),)}, "每年的数量不对"),
        ({"promises": (PromiseForm(PromiseKind.OTHER, 3),)}, "没有写是什么"),
        ({"promises": (PromiseForm(PromiseKind.OFFERS, 3),) * 2}, "写了两次"),
        ({"a_phone": "8"}, "电话"),
        ({"credit_code": "91350800MA2XN0QA24"}, "校验码"),
    ],
)
def test_what_contradicts_itself_is_refused_in_one_sentence_each(
    desk: Desk, more: dict[str, object], says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        draft(desk, **more)  # type: ignore[arg-type]


def test_an_agreement_needs_a_unit_that_is_a_partner(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="还没有选共建单位"):
        service.draft(desk, form(None))
    known = unit(desk)
    partners.end(desk, known.uid, known.revision, "搬走")
    with pytest.raises(UserError, match="已经不再是共建单位"):
        draft(desk, known.uid)


def test_a_new_agreement_begins_with_what_is_known_of_the_unit(desk: Desk) -> None:
    known = unit(desk)
    begun = service.form_for(desk, known.uid)

    assert (begun.party_b, begun.b_head, begun.b_phone) == (
        known.party_organisation, "黄国栋", "13800005678",
    )  # fmt: skip


def test_nobody_signs_after_the_last_day(desk: Desk) -> None:
    made = draft(desk, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    with pytest.raises(InvalidInput, match="晚于协议的截止日期"):
        service.sign(desk, made.uid, made.revision)

    old = service.sign(desk, made.uid, made.revision, date(2025, 1, 1)).value
    assert (old.state, old.signed_on) == (S.SIGNED, date(2025, 1, 1))


def test_the_name_of_the_unit_is_that_of_the_day_of_signing(desk: Desk, clock: FixedClock) -> None:
    known = unit(desk)
    made = draft(desk, known.uid)
    clock.advance(2 * DAY)
    renamed = replace(unit_form(known), name="澄岭农商银行荷塘支行")
    partners.change(desk, known.uid, known.revision, renamed)
    done = service.sign(desk, made.uid, made.revision).value

    assert (made.partner_name, done.partner_name) == (known.name, "澄岭农商银行荷塘支行")


def test_terms_of_a_signed_agreement_do_not_change_by_hand(desk: Desk) -> None:
    done = signed(desk)
    with pytest.raises(UserError, match="不能直接修改") as refused:
        service.change(desk, done.uid, done.revision, form(done.partner, venues="停车位"))
    assert "签补充协议" in refused.value.next_step
    with pytest.raises(UserError, match="不能删除"):
        service.discard(desk, done.uid, done.revision)
    assert service.get(desk, done.uid).venues == "一楼会议室"


def test_a_supplement_changes_terms_and_keeps_what_they_were(desk: Desk, clock: FixedClock) -> None:
    first = signed(desk)
    clock.advance(10 * DAY)
    later = TODAY + timedelta(days=10)
    second = supplemented(desk, first, later, venues="停车位", ends_on=date(2028, 11, 22))
    clock.advance(10 * DAY)
    third = supplemented(desk, second, later + timedelta(days=10), venues="")

    assert (third.venues, third.ends_on) == ("", date(2028, 11, 22))
    assert [one.number for one in third.supplements] == ["补1", "补2"]
    words = [change_words(one, {"ends_on": "截止日期"}) for one in second.supplements[0].changes]
    assert words == [
        "截止日期：2027年11月22日 → 2028年11月22日", "venues：一楼会议室 → 停车位",
    ]  # fmt: skip
    venues = [
        told.venues if (told := service.terms_at(desk, first.uid, day)) else None
        for day in (TODAY - timedelta(days=1), TODAY, later, later + timedelta(days=10))
    ]
    assert venues == [None, "一楼会议室", "停车位", ""]
    original = as_signed(third)
    assert original is not None
    assert form_of(original) == form_of(first)


def test_a_supplement_of_the_same_day_holds_that_day(desk: Desk) -> None:
    done = supplemented(desk, signed(desk), venues="停车位")
    told = terms_at(done, TODAY)

    assert told is not None
    assert told.venues == "停车位"


def test_promises_that_a_supplement_changes_come_back_whole(desk: Desk) -> None:
    first = signed(desk, on=TODAY - timedelta(days=5), starts_on=TODAY - timedelta(days=5))
    more = (PromiseForm(PromiseKind.ACTIVITIES, 6, uid=first.promises[0].uid),)
    second = supplemented(desk, first, promises=more)

    assert second.amount(PromiseKind.ACTIVITIES) == 6
    assert second.promises[0].uid == first.promises[0].uid
    told = terms_at(second, TODAY - timedelta(days=1))
    assert told is not None
    assert told.promises == first.promises


@pytest.mark.parametrize(
    ("on", "words", "changes", "says"),
    [
        (TODAY + timedelta(days=1), "延长", {}, "比今天还晚"),
        (TODAY - timedelta(days=1), "延长", {}, "早于上一次签订的日期"),
        (TODAY, " ", {}, "还没有写补充协议的内容"),
        (TODAY, "改人", {"a_head": ""}, "甲方负责人"),
        (TODAY, "改签订日", {"signed_on": TODAY}, "只能变更条款"),
        (TODAY, "改期", {"ends_on": date(2026, 11, 1)}, "早于起始日期"),
    ],
)
def test_a_supplement_that_cannot_be_is_refused(
    desk: Desk, on: date, words: str, changes: dict[str, object], says: str
) -> None:
    done = signed(desk)
    told = SupplementForm(signed_on=on, words=words, changes=changes)
    with pytest.raises(UserError, match=says):
        service.supplement(desk, done.uid, done.revision, told)
    assert service.get(desk, done.uid).supplements == ()


def test_other_people_to_call_need_no_supplement(desk: Desk) -> None:
    done = signed(desk)
    now = service.change_contacts(
        desk, done.uid, done.revision, b_liaison="周文静", b_phone="13800001234"
    ).value

    assert (now.b_liaison, now.a_liaison, now.supplements) == ("周文静", "林晓芳", ())
    assert now.steps[-1].words == "乙方"
    with pytest.raises(UserError, match="都没有变"):
        service.change_contacts(desk, done.uid, now.revision, b_liaison="周文静")


def test_an_agreement_is_renewed_when_the_new_one_is_signed(desk: Desk) -> None:
    old = signed(desk)
    new = service.renew(desk, old.uid, old.revision).value

    assert (new.state, new.renewal_of) == (S.DRAFT, old.uid)
    assert (new.starts_on, new.ends_on) == (date(2027, 11, 23), date(2028, 11, 22))
    waiting = service.get(desk, old.uid)
    assert waiting.state is S.SIGNED, "a draft replaces nothing"
    with pytest.raises(UserError, match=new.number):
        service.renew(desk, old.uid, waiting.revision)

    made = service.sign(desk, new.uid, new.revision)
    replaced = service.history(desk, old.uid)
    assert (replaced.agreement.state, replaced.later) == (S.RENEWED, new.number)
    assert service.history(desk, new.uid).earlier == old.number
    assert made.undo is not None
    made.undo.call(desk)
    assert service.get(desk, old.uid).state is S.SIGNED
    assert service.get(desk, new.uid).state is S.DRAFT


def test_a_renewal_of_what_was_ended_meanwhile_is_not_signed(desk: Desk) -> None:
    old = signed(desk)
    new = service.renew(desk, old.uid, old.revision).value
    now = service.get(desk, old.uid)
    service.end(desk, old.uid, now.revision, "单位撤并")
    with pytest.raises(UserError, match="不能再由这份接续"):
        service.sign(desk, new.uid, new.revision)

    assert service.get(desk, new.uid).state is S.DRAFT


def test_a_renewal_of_days_in_leap_years_is_as_long(desk: Desk) -> None:
    old = signed(desk, on=date(2024, 2, 29), starts_on=date(2024, 2, 29), ends_on=date(2025, 2, 27))
    new = service.renew(desk, old.uid, old.revision).value

    assert new.starts_on == date(2025, 2, 28)
    assert new.ends_on == date(2026, 2, 27)


def test_ending_wants_a_reason_and_a_day_that_has_come(desk: Desk) -> None:
    done = signed(desk)
    for reason, day, says in (
        (" ", TODAY, "原因"),
        ("撤并", TODAY + timedelta(days=1), "比今天还晚"),
        ("撤并", TODAY - timedelta(days=1), "早于签订日期"),
    ):
        with pytest.raises(UserError, match=says):
            service.end(desk, done.uid, done.revision, reason, day)
    over = service.end(desk, done.uid, done.revision, "单位撤并").value

    assert (over.state, over.ended_on, over.end_reason) == (S.ENDED, TODAY, "单位撤并")
    with pytest.raises(UserError, match="不能“续签”") as refused:
        service.renew(desk, over.uid, over.revision)
    assert "不再需要办理" in refused.value.next_step


def test_signing_cannot_be_taken_back_from_under_a_supplement(desk: Desk) -> None:
    made = draft(desk)
    done = service.sign(desk, made.uid, made.revision)
    supplemented(desk, done.value, venues="停车位")
    assert done.undo is not None
    with pytest.raises(Conflict):
        done.undo.call(desk)

    assert service.get(desk, made.uid).state is S.SIGNED


def test_a_draft_that_comes_to_nothing_goes(desk: Desk) -> None:
    made = draft(desk)
    service.discard(desk, made.uid, made.revision)

    assert service.page(desk).rows == ()
    with pytest.raises(UserError, match="没有找到"):
        service.get(desk, made.uid)


def test_two_desks_do_not_both_sign(desk: Desk) -> None:
    made = draft(desk)
    service.sign(desk, made.uid, made.revision)
    with pytest.raises(Conflict):
        service.sign(desk, made.uid, made.revision)


def test_who_may_only_read_changes_nothing(desk: Desk) -> None:
    done = signed(desk)
    reader = Desk(desk.database, Actor(None, "审计", "安全审计员", frozenset({Right.READ})))
    with pytest.raises(NotAllowed):
        service.end(reader, done.uid, done.revision, "撤并")


def test_phones_are_masked_until_somebody_reads_them_out(desk: Desk) -> None:
    done = signed(desk)

    assert service.get(desk, done.uid).b_phone == "138****5678"
    assert service.read_out(desk, done.uid, "b_phone") == "13800005678"
    entry = service.history(desk, done.uid).entries[0]
    assert (entry.action, entry.subject, entry.detail) == (
        "查看完整内容", done.number, "乙方联络电话",
    )  # fmt: skip


def test_every_step_but_drafting_and_undoing_is_in_the_table() -> None:
    assert set(Action) - set(RULES) == {Action.DRAFT, Action.UNDO}
