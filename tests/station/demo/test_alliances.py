"""The partners of a demo and what was signed with them, as the registers would have taken it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from desktop_app.core.identity import check_credit_code
from desktop_app.core.settings import AGREEMENT_REMIND_DAYS
from desktop_app.ledgers.agreements.rules.agreement import (
    Action,
    Agreement,
    AgreementState,
    has_expired,
    is_expiring,
)
from desktop_app.ledgers.agreements.rules.entry import checked, form_of, missing
from desktop_app.ledgers.agreements.store import SHELF
from desktop_app.ledgers.agreements.tables import AGREEMENT
from desktop_app.registers.partners import rules as partners
from desktop_app.registers.partners.store import SHELF as PARTNERS
from desktop_app.registers.partners.tables import PARTNER
from desktop_app.station.demo import words
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.treaties import NOWHERE, Fate, credit_code, fates
from desktop_app.station.sign_in.session import Session
from tests.station.demo.made import TODAY
from tests.station.demo.test_demo import rows

S = AgreementState


@pytest.fixture
def agreements(hall: Session) -> list[Agreement]:
    return [SHELF.value(row) for row in rows(hall, AGREEMENT)]


@pytest.fixture
def known(hall: Session) -> list[partners.Partner]:
    return [PARTNERS.value(row) for row in rows(hall, PARTNER)]


def test_every_partner_is_one_the_register_would_have_taken(
    known: list[partners.Partner],
) -> None:
    for one in known:
        form = partners.form_of(one)
        assert partners.checked(form, TODAY) == form
        assert one.ended or one.works_on(TODAY)

    assert len(known) == 20
    assert len({one.credit_code for one in known}) == len({one.name for one in known}) == 20
    assert [one.ended for one in known].count(True) == 1


def test_no_credit_code_can_be_anybodys() -> None:
    dice = Dice("codes")
    for register in ("11", "12", "31", "52", "91"):
        code = credit_code(dice, register)
        assert check_credit_code(code) == code
        assert code[2:8] == NOWHERE


def test_agreements_stand_in_every_way_there_is(agreements: list[Agreement]) -> None:
    states = Counter(one.state for one in agreements)
    remind = AGREEMENT_REMIND_DAYS.default

    assert len(agreements) == 20
    assert set(states) == set(S)
    assert states[S.DRAFT] == 1
    assert any(has_expired(one.state, one.ends_on, TODAY) for one in agreements)
    assert any(is_expiring(one.state, one.ends_on, TODAY, remind) for one in agreements)
    assert any(one.supplements for one in agreements)
    assert any(one.scans for one in agreements)


def test_every_agreement_is_in_order_and_with_somebody_who_was_a_partner(
    agreements: list[Agreement], known: list[partners.Partner]
) -> None:
    by_uid = {one.uid: one for one in known}
    for one in agreements:
        assert one.partner is not None
        assert one.partner_name == by_uid[one.partner].name
        assert checked(form_of(one)) == form_of(one)
        assert not (one.signed and missing(one))
        assert [step.at for step in one.steps] == sorted(step.at for step in one.steps)


def test_what_was_renewed_and_what_goes_on_with_it_name_each_other(
    agreements: list[Agreement],
) -> None:
    by_uid = {one.uid: one for one in agreements}
    renewed = [one for one in agreements if one.state is S.RENEWED]

    assert renewed
    for one in renewed:
        assert one.renewed_by is not None
        assert one.ends_on is not None
        after = by_uid[one.renewed_by]
        assert after.renewal_of == one.uid
        assert after.starts_on == one.ends_on + timedelta(days=1)
        assert [step.action for step in one.steps][-1] is Action.REPLACED


@pytest.mark.parametrize("count", [2, 3, 5, 8, 20, 37])
def test_so_many_agreements_are_made_as_were_wished_for(count: int) -> None:
    found = fates(count)
    assert len(found) + found.count(Fate.RENEWED) == count
    assert Fate.EXPIRING in found
    assert set(found) == set(Fate) or count < 8


def test_activities_with_a_unit_name_a_partner_of_the_list() -> None:
    names = {row["name"] for row in words.rows("partners.csv")}
    together = [row for row in words.rows("activities.csv") if row["kind"] == "共建联办"]

    assert together
    assert {row["partner"] for row in words.rows("activities.csv")} - {""} <= names
    assert {row["partner"] for row in together} <= {
        row["name"] for row in words.rows("partners.csv")[:4]
    }
    assert {row["partner"] for row in words.rows("offers.csv")} <= names
