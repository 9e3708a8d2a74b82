"""一次性告知单, read by programs that had no part in making it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.handling import Handling
from desktop_app.core.letterhead import Letterhead
from desktop_app.printing.document import missing_characters, render
from desktop_app.registers.matters.report import notice
from desktop_app.registers.matters.rules import Material, MaterialForm, Matter
from desktop_app.registers.matters.starter import starter_matters
from tests.printing.outside import Reading, assert_lines_break_well, assert_sound
from tests.registers.matters.papers import HEAD, matter

BARE = matter(
    handling=Handling.ADVICE, station_days=0, department_days="", office="", address="", phone="",
    hours="", conditions="", materials=(), materials_note="", steps="", fee="", basis="",
    help_note="", outside_reason="", checked_on=None, counter="",
)  # fmt: skip


def printed(told: Matter, head: Letterhead = HEAD, *, large: bool = False) -> Reading:
    """Through the gate, with nothing on it that cannot be drawn and no line badly ended."""
    document = notice(told, head, large=large)
    assert missing_characters(document) == frozenset()
    reading = assert_sound(render(document))
    assert_lines_break_well(reading)
    return reading


def drawn(reading: Reading) -> str:
    """All characters in the order of the cells."""
    return re.sub(r"\s", "", reading.drawn)


def test_a_notice_tells_everything_at_once_in_the_order_the_rules_ask_for() -> None:
    reading = printed(matter())
    said = drawn(reading)
    told = (
        "您咨询的“高龄津贴申领帮办”，现一次性告知如下：",
        "一、办理依据：当地高龄津贴发放办法（最后核对日期：2026年11月2日）",
        "二、办理条件",
        "三、需要的材料",
        "序号材料名称形式份数已备齐1申请人居民身份证原件及复印件1份□",
        "四、办理步骤",
        "五、办理时限本站：3个工作日内答复或告知转交去向；",
        "部门：以澄岭街道社会事务办公室公布为准（现公布为20个工作日）。",
        "六、收费情况：不收费",
        "七、办理地点和电话办理单位澄岭街道社会事务办公室",
        "八、本站帮办：",
        "九、不属本站办理的理由：",
        "可拨打0597-2212345或12345。",
        "澄岭街道青榕社区居民委员会2026年11月23日",
    )
    places = [said.find(words) for words in told]
    assert -1 not in places, told[places.index(-1)]
    assert places == sorted(places)
    assert said.count("□") == 4
    assert len(reading.pages) == 1


def test_what_nobody_entered_is_left_out_and_the_rest_counts_on() -> None:
    said = drawn(printed(replace(BARE, fee="不收费", steps="一次办好")))
    assert "一、办理步骤：一次办好" in said
    assert "二、收费情况：不收费" in said
    for word in ("依据", "条件", "材料", "时限", "地点", "帮办：", "理由", "None", "：。"):
        assert word not in said, word


def test_a_matter_nothing_is_known_of_sends_to_whoever_publishes_it() -> None:
    reading = printed(BARE)
    said = reading.characters
    assert "办理要求请以办理单位公布为准" in said
    assert "如下" not in said
    assert len(reading.pages) == 1


def test_what_nobody_has_checked_says_so() -> None:
    assert "尚未与办理单位核对" in printed(matter(checked_on=None)).characters
    assert "尚未" not in printed(matter(checked_on=date(2026, 11, 2))).characters


def test_the_stations_limit_is_promised_and_a_departments_is_only_told() -> None:
    told = printed(matter(office="", department_days="约一个月")).characters
    assert "部门：以部门公布为准（现公布为约一个月）。" in told
    instant = matter(handling=Handling.INSTANT, station_days=0, office="", department_days="")
    said = printed(instant).characters
    assert "本站：材料齐全的，当场办理。" in said
    assert "0个工作日" not in said
    assert "部门：" not in said


def test_large_print_is_larger_and_says_the_same() -> None:
    small, large = printed(matter()), printed(matter(), large=True)
    heights = [
        max(word.bottom - word.top for line in page.lines for word in line if "身份证" in word.text)
        for page in (small.pages[0], large.pages[0])
    ]
    assert heights[1] > 1.3 * heights[0]
    for words in ("申请人居民身份证", "不收费", "0597-2213456"):
        assert words in drawn(large)


def test_a_further_copy_says_so() -> None:
    assert "补打" in printed(matter(), replace(HEAD, mark="补打", phone="")).pages[0].texts


@pytest.mark.slow
def test_every_matter_of_the_starter_directory_can_be_handed_over() -> None:
    for number, one in enumerate(starter_matters()):
        told = replace(
            BARE, code=f"{number:04d}", category=one.category, name=one.name,
            handling=one.handling, station_days=one.station_days, materials=one.materials,
            materials_note=one.materials_note, petition=one.petition,
        )  # fmt: skip
        said = drawn(Reading(render(notice(told, HEAD))))
        assert f"您咨询的“{re.sub(chr(32), '', one.name)}”" in said
        assert said.count("□") == len(one.materials)


def test_a_notice_stands_whatever_was_typed() -> None:
    hostile = "壹（《壹》壹），“壹！”壹……壹——壹？" * 20
    told = matter(
        name="国" * 80,
        category="类" * 40,
        conditions=hostile,
        steps="步" * 2000,
        basis="\n".join(f"第{n}条" for n in range(100)),
        outside_reason="a" * 2000,
        fee="费" * 200,
        office="单" * 200,
        materials=tuple(Material("材" * 100, form, 99) for form in MaterialForm) * 6,
        materials_note="𬭎䶮㛃龑",
    )
    head = replace(HEAD, operator="阿卜杜勒艾则孜·" * 7 + "提提提提", issuer="澄岭街道青榕社区" * 9)
    for large in (False, True):
        said = drawn(printed(told, head, large=large))
        # The word 材料 and the name in the head count, too.
        assert said.count("材" * 10) == 30 * 10
        assert said.count("步") == 2000 + 1
        assert said.count("壹") == 20 * 7
        assert said.count("□") == 30
        assert "𬭎䶮㛃龑" in said
