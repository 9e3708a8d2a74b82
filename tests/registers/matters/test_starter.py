"""The 事项目录 that comes with the program is one a station can begin with."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from desktop_app.core.handling import Handling
from desktop_app.registers.matters.starter import read_matters, starter_matters


def test_the_starter_covers_what_stations_do() -> None:
    matters = starter_matters()
    assert len(matters) == 68
    assert len({matter.category for matter in matters}) == 12
    assert set(Counter(matter.handling for matter in matters)) == set(Handling)


def test_what_is_lent_handed_over_or_promised_has_a_limit_and_petitions_are_only_told() -> None:
    for matter in starter_matters():
        if matter.handling in (Handling.TIMED, Handling.FORWARDED, Handling.ASSISTED):
            assert matter.station_days > 0, matter.name
    (petition,) = [matter for matter in starter_matters() if matter.petition]
    assert petition.name == "信访渠道与12345热线告知"
    assert petition.handling is Handling.ADVICE


def test_no_remark_is_listed_among_the_materials() -> None:
    for matter in starter_matters():
        for material in matter.materials:
            assert not re.search("^以|公布|^无（|^无$|；", material.name), matter.name
    renting = next(matter for matter in starter_matters() if matter.name == "居住证申领帮办")
    assert [material.name for material in renting.materials] == [
        "身份证",
        "居住或就业或就读材料",
        "照片",
    ]
    assert renting.materials_note == "以派出所公布为准"


def test_a_word_that_is_no_handling_stops_the_reading() -> None:
    lines = ["category,matter,handling,workdays,materials,note,petition,urgent", "甲,乙,受理,0,,,,"]
    with pytest.raises(ValueError, match="受理"):
        list(read_matters(lines))
