"""A card reader types a whole card at once; only what is certain is taken."""

from __future__ import annotations

import time
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.burst import ScannedId, recognise_burst
from desktop_app.core.identity import Gender, IdKind, check_id, citizen_check_digit

NUMBER = "11010519491231002X"
ADDRESS = "福建省龙岩市新罗区澄岭街道青榕雅苑3栋2单元501室"
CARD = ("单小芳", "女", "汉", "19491231", ADDRESS, NUMBER)


def whole_card(name: str = "单小芳", nation: str = "汉") -> ScannedId:
    return ScannedId(
        check_id(IdKind.RESIDENT_ID_CARD, NUMBER),
        name,
        Gender.FEMALE,
        nation,
        date(1949, 12, 31),
        ADDRESS,
    )


@pytest.mark.parametrize(
    "burst",
    [
        NUMBER,
        f"{NUMBER}\r\n",
        f"\t{NUMBER}\t",
        NUMBER.lower(),
        "１１０１０５１９４９１２３１００２ｘ",
    ],
)
def test_a_bare_number_is_a_card(burst: str) -> None:
    scanned = recognise_burst(burst)
    assert scanned is not None
    assert scanned.card.number == NUMBER
    assert (scanned.name, scanned.address) == (None, None)
    assert (scanned.birth, scanned.gender) == (date(1949, 12, 31), Gender.FEMALE)


@pytest.mark.parametrize("separator", ["\t", "\r\n", "\n", "|", ";", ",", "，", "；", "^", " "])
@pytest.mark.parametrize("end", ["", "\r\n", "\t"])
def test_a_whole_card_is_taken_apart_whatever_sets_its_fields_apart(
    separator: str, end: str
) -> None:
    assert recognise_burst(separator.join(CARD) + end) == whole_card()


@pytest.mark.parametrize(
    "birth", ["1949-12-31", "1949年12月31日", "1949.12.31", "１９４９１２３１"]
)
def test_the_birth_may_be_written_in_several_ways(birth: str) -> None:
    assert recognise_burst("\t".join((*CARD[:3], birth, *CARD[4:]))) == whole_card()


def test_labels_on_the_fields_are_no_part_of_them() -> None:
    labels = ("姓名：", "性别:", "民族：", "出生：", "住址：", "公民身份号码：")
    burst = "\r\n".join(label + text for label, text in zip(labels, CARD, strict=True))
    assert recognise_burst(burst) == whole_card()


def test_what_follows_the_number_is_passed_over() -> None:
    more = ("龙岩市公安局新罗分局", "2016.01.01-长期")
    assert recognise_burst("\t".join((*CARD, *more))) == whole_card()
    assert recognise_burst("\t".join((*CARD, "龙岩市公安局", "20160101", "20360101"))) is not None


def test_the_order_of_the_fields_matters_only_for_name_before_address() -> None:
    for order in permutations(CARD):
        if order.index(CARD[0]) < order.index(CARD[4]):
            assert recognise_burst("\t".join(order)) == whole_card()


def test_a_name_that_is_also_a_nation_is_a_name() -> None:
    card = ("高山", "女", "畲族", *CARD[3:])
    assert recognise_burst("\t".join(card)) == whole_card("高山", "畲")


def test_a_name_in_parts_gets_the_one_dot() -> None:
    card = ("阿迪力•买买提", "女", "维吾尔族", *CARD[3:])
    assert recognise_burst("\t".join(card)) == whole_card("阿迪力·买买提", "维吾尔")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("83000019900101001", IdKind.HK_MACAO_TAIWAN_RESIDENCE),
        ("93512419850615002", IdKind.FOREIGN_PERMANENT_RESIDENCE),
    ],
)
def test_other_cards_with_18_digits_are_known_by_their_first(body: str, kind: IdKind) -> None:
    scanned = recognise_burst(body + citizen_check_digit(body))
    assert scanned is not None
    assert scanned.card.kind is kind


@pytest.mark.parametrize(
    "burst",
    [
        "",
        "张三",
        "zsf 501",
        "13800001234",
        "110105194912310021",
        NUMBER * 2,
        f"{NUMBER},11010519491231003{citizen_check_digit('11010519491231003')}",
        "\t".join((*CARD[:3], "19500101", *CARD[4:])),
        f"办理编号{NUMBER}",
        "6222021234567890123",
    ],
)
def test_what_is_no_card_or_a_garbled_one_is_left_alone(burst: str) -> None:
    assert recognise_burst(burst) is None


@given(st.text(st.sampled_from("1234567890Xx\t\n,| 张女汉\x00\u200b：年"), max_size=80))
def test_any_burst_gets_an_answer(burst: str) -> None:
    for text in (burst, f"{burst}\t{NUMBER}", f"{burst}{NUMBER}"):
        scanned = recognise_burst(text)
        assert scanned is None or scanned.card.number in text.upper().replace(" ", "")


def test_a_huge_paste_is_no_burst_and_costs_nothing() -> None:
    paste = f"{NUMBER}\t" * 1_000_000
    begin = time.perf_counter()
    assert recognise_burst(paste) is None
    assert time.perf_counter() - begin < 0.05
