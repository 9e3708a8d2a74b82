"""共建协议书, read by programs that had no part in making it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.errors import InvalidInput
from desktop_app.core.record import altered
from desktop_app.ledgers.agreements.report import agreement
from desktop_app.ledgers.agreements.rules.agreement import (
    Agreement,
    Promise,
    PromiseKind,
    Supplement,
    TermChange,
)
from desktop_app.printing.document import missing_characters, render
from tests.ledgers.agreements.papers import CODE, HEAD, short, told
from tests.printing.outside import Reading, assert_lines_break_well, assert_sound

ARTICLES = (
    "第一条共建内容。", "第二条甲方责任。", "第三条乙方责任。", "第四条清单与时限。",
    "第五条联席会议。", "第六条共同活动。", "第七条个人信息保护。", "第八条廉洁与自愿。",
    "第九条期限与变更。", "第十条其他。",
)  # fmt: skip


def pages(one: Agreement) -> list[str]:
    """The text of each page without the spaces and line ends."""
    reading = Reading(render(agreement(one, HEAD)))
    return ["".join("".join(page.texts).split()).replace("\u3000", "") for page in reading.pages]


def text(one: Agreement) -> str:
    return re.sub("—[0-9]+—", "", "".join(pages(one)))


@pytest.mark.parametrize("one", [told(), short()], ids=["full", "short"])
def test_the_paper_is_sound_and_its_lines_break_well(one: Agreement) -> None:
    document = agreement(one, HEAD)

    assert missing_characters(document) == frozenset()
    assert_lines_break_well(assert_sound(render(document)))


@pytest.mark.parametrize("one", [told(), short()], ids=["full", "short"])
def test_ten_articles_stand_in_their_order(one: Agreement) -> None:
    said = text(one)
    places = [said.index(article) for article in ARTICLES]

    assert places == sorted(places)
    assert "{" not in said
    assert "[[" not in said


def test_every_part_stands_where_the_model_has_it() -> None:
    said = text(told())

    for part in (
        "协议编号：QR01-X2026A-00001",
        f"乙方：青榕农村商业银行荷塘支行党支部（所在单位统一社会信用代码{CODE}）（负责人黄国栋，联络员李慧敏）",
        "双方围绕组织联建、活动联办、资源共享、服务联动开展共建。重点做好反诈宣传",
        "（一）每季度汇总居民需求，形成问题清单；（二）提供青榕雅苑党群服务站活动室",
        "；（三）如实记录并反馈办理情况；协助乙方开展入户宣传，提供居民联络渠道。",
        "遇重大节日走访困难家庭；年度内提供共建项目不少于6项（反诈、助老各3项）、解决问题不少于8件。",
        "每季度召开一次，研究认领、调度和需协调事项。共建情况每季度书面汇报街道。",
        "年度内联合开展活动不少于4次（以实际需要为准，不重复安排）。",
        "自2026年3月12日至2027年3月11日。",
        "可提前30日书面通知终止，已认领未办结事项应妥善交接。终止后已开放的场地按原定日期用完为止。",
        "本协议一式三份，双方各执一份，报澄岭街道党工委一份，自双方签字（盖章）之日起生效。",
        "附件：1.问题清单2.共建清单3.责任清单",
    ):
        assert part in said, part


def test_what_nobody_filled_in_leaves_no_gap() -> None:
    said = text(short())

    assert "统一社会信用代码" not in said
    assert "（三）如实记录并反馈办理情况。第三条" in said
    assert "按责任清单办理认领事项。第四条" in said
    assert "双方围绕活动联办开展共建。第二条" in said
    assert "共建目标" not in said
    assert "本协议一式两份，双方各执一份，自双方签字" in said
    assert "书面汇报街道" not in said


def test_a_draft_is_dated_by_hand_and_a_signed_one_by_its_day() -> None:
    assert pages(short())[-1].count("年月日") == 2
    assert pages(told())[-1].count("2026年3月12日") == 2


@pytest.mark.parametrize("lines", range(9))
def test_the_signatures_stay_together_below_an_article(lines: int) -> None:
    longer = short(contents_words="，".join(["重点服务老年人和困难家庭，帮助解决身边难事"] * lines))
    last = pages(longer)[-1]

    for mark in ("甲方（盖章）：乙方（盖章）：", "负责人（签字）：负责人（签字）：", "附件：1."):
        assert mark in last
    assert "自双方签字（盖章）之日起生效。" in last or "生效。甲方" in last
    assert not last.startswith("甲方（盖章）")


def test_what_is_missing_is_asked_for_before_a_page_is_set() -> None:
    empty = short(platform="", venues="", meeting_every=None, promises=(), a_liaison="")
    with pytest.raises(InvalidInput) as refused:
        agreement(empty, HEAD)

    assert [problem.field for problem in refused.value.problems] == [
        "a_liaison", "platform", "venues", "meeting_every", "promises",
    ]  # fmt: skip


def test_it_is_printed_as_it_was_signed_and_not_as_a_supplement_made_it() -> None:
    change = TermChange("venues", '"开放一楼会议室"', '"开放停车位"')
    later = told(
        venues="开放停车位",
        supplements=(Supplement("补1", date(2026, 9, 1), "改为停车位", (change,)),),
    )

    assert "（二）开放一楼会议室；" in text(later)
    assert "停车位" not in text(later)


def test_the_lists_are_called_as_the_office_calls_them() -> None:
    called = ("需求清单", "资源清单", "项目清单")
    said = "".join(Reading(render(agreement(short(), HEAD, called))).text.split())

    assert "形成需求清单" in said
    assert "双方商定的需求清单、资源清单、项目清单为本协议附件" in said
    assert "问题清单" not in said


def test_a_further_copy_is_marked_and_words_with_signs_do_not_double_them() -> None:
    one = altered(
        told(), venues="开放会议室；", b_duties="走访困难家庭。\n", goals="人人满意！",
        promises=(Promise(told().uid, PromiseKind.ACTIVITIES, 12),),
    )  # fmt: skip
    said = "".join(Reading(render(agreement(one, replace(HEAD, mark="补打")))).text.split())

    assert "补打" in said
    assert "（二）开放会议室；（三）" in said
    assert "走访困难家庭。第四条" in said
    assert "人人满意！第二条" in said
    assert "不少于12次" in said
