"""The papers of an activity, read by programs that had no part in making them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from desktop_app.core.ids import Uid
from desktop_app.core.sentences import check_gaps, worded
from desktop_app.ledgers.activities.report import (
    BRIEF_SENTENCES,
    ROWS,
    SENTENCES,
    TALL_ROWS,
    ActivityData,
    activity,
    brief,
    sign_in,
    told_of_length,
    values,
)
from desktop_app.ledgers.activities.rules.activity import (
    CountCorrection,
    Fund,
    Group,
    Resolution,
    Review,
)
from desktop_app.printing.document import Document, missing_characters, render
from desktop_app.printing.page import MM
from tests.ledgers.activities import papers
from tests.ledgers.activities.papers import HEAD, RARE, data, meeting, people, photos, record, row
from tests.printing.outside import Reading, assert_lines_break_well, assert_sound

LONG_NAME = "阿卜杜勒艾则孜·" * 7 + "提提提提"
HOSTILE = "民（《民》民），“民！”民……民——民？" * 20 + "国" * 5000 + "a" * 600 + "𬭎䶮㛃"


def summary(of: ActivityData) -> Document:
    return activity(of, papers.words(SENTENCES, of), HEAD)


def a_brief(of: ActivityData, issue: int = 3, **own: str) -> Document:
    told = replace(of, issue=issue)
    return brief(told, papers.words(BRIEF_SENTENCES, told, HEAD, **own), HEAD)


def printed(document: Document) -> Reading:
    """Through the gate, with nothing on it that cannot be drawn and no line badly ended."""
    assert missing_characters(document) == frozenset()
    reading = assert_sound(render(document))
    assert_lines_break_well(reading)
    return reading


def drawn(reading: Reading) -> str:
    """All characters in the order of the cells; reading order mixes up cells of several lines."""
    return re.sub(r"\s", "", reading.drawn)


def hostile(**more: Any) -> ActivityData:
    """Everything as long and as awkward as the ledger lets it be, and more."""
    told = record(
        name="邻里" * 50,
        summary=HOSTILE,
        outcome="\n\n".join(["好" * 300] * 3),
        place_words="青榕雅苑" * 50,
        partners=tuple(f"{LONG_NAME}第{n}党支部" for n in range(20)),
        funds=tuple(Fund(LONG_NAME, 1_000_000_000, LONG_NAME) for _ in range(20)),
        recorder=LONG_NAME,
        **more,
    )
    return data(told, tuple(row(n, LONG_NAME) for n in range(40)), photos=photos(40))


# --- 活动总结 ----------------------------------------------------------------------------------


def test_a_summary_tells_what_is_in_the_record_and_names_its_annex() -> None:
    reading = printed(summary(data(photos=photos(6), solved=("QR01-W2026A-00012",))))
    said = drawn(reading)
    for words in (
        "“健康入户邻里同行”活动总结",
        "2026年11月23日上午，青榕社区党委在青榕雅苑小区广场开展“健康入户邻里同行”义诊活动。",
        "到场23人，其中党员6人、志愿者6人、群众6人、共建单位5人。",
        "2026年11月23日09:30—11:00",
        "解决问题1件，问题清单编号：QR01-W2026A-00012。",
        "合计2,060.50",
        "附件：现场照片（6张）",
        "中共澄岭街道青榕社区委员会2026年11月25日",
    ):
        assert said.count(words) == 1, words
    heads = [text for page in reading.pages for text in page.texts if text[1:2] == "、"]
    assert heads[:5] == [
        "一、基本情况",
        "二、主要做法",
        "三、取得成效",
        "四、下一步打算",
        "五、经费使用",
    ]


def test_every_photo_is_printed_with_its_caption_four_to_a_page_at_most() -> None:
    reading = printed(summary(data(photos=photos(10))))
    listed = [line.split()[0] for line in reading.ask("pdfimages", "-list").splitlines()[2:]]
    assert len(listed) == 10
    assert max(listed.count(page) for page in set(listed)) <= 4
    assert reading.characters.count("医生为老人量血压") == 2


def test_a_summary_without_optional_facts_has_no_empty_line_for_them() -> None:
    bare = record(
        organiser="", place_words="", partners=(), brand="", summary="", outcome="",
        next_steps="", served=None, funds=(), recorder="", reviewer="",
    )  # fmt: skip
    reading = printed(summary(data(bare, ())))
    said = reading.characters
    for word in (
        "共建单位：",
        "承办",
        "协办",
        "主持人",
        "记录人",
        "审核人",
        "附件",
        "经费",
        "成效",
    ):
        assert word not in said, word
    assert "到场0人，" not in said
    assert "{" not in said
    assert len(reading.pages) == 1


def test_a_meeting_says_who_was_expected_came_and_stayed_away_and_why() -> None:
    rows = (*people(7), row(8, RARE, arrived_at=None, absent_reason="出差"))
    reading = printed(summary(data(meeting(), rows)))
    said = reading.characters
    assert "“三方共商停车难”会议情况" in said
    assert "应到9人，实到7人，缺席2人。会议由陈志强主持。" in said
    assert f"{RARE}青榕雅苑出差" in drawn(reading)
    assert said.index("会议议题") < said.index("讨论情况") < said.index("议定事项")
    assert "2026年12月10日" in said


def test_only_a_meeting_names_who_was_not_there() -> None:
    rows = (*people(3), row(8, "黄丽丽", arrived_at=None, absent_reason="出差"))
    said = printed(summary(data(rows=rows))).characters
    assert "黄丽丽" not in said
    assert "陈桂英" not in said


def test_numbers_that_were_corrected_say_so_and_why() -> None:
    by_hand = CountCorrection(
        Group.PUBLIC, 30, 6, "有24人未签到", "林晓芳", papers.ZONE.at(papers.DAY)
    )
    said = printed(summary(data(record(corrections=(by_hand,))))).characters
    assert "到场47人，其中党员6人、志愿者6人、群众30人、共建单位5人。" in said
    assert "群众人数按签到表为6人，更正为30人：有24人未签到（林晓芳）" in said


def test_reviews_and_where_they_were_made_public_are_told() -> None:
    told = meeting(
        reviews=(Review("业委会", 92, "公开及时"), Review("物业", 88)),
        disclosed_on=papers.DAY,
        disclosed_at="小区公告栏",
        resolutions=(),
    )
    said = drawn(printed(summary(data(told))))
    assert "业委会92公开及时" in said
    assert "评议结果于2026年11月23日在小区公告栏公开。" in said
    assert "议定事项" not in said


def test_an_office_words_headings_and_sentences_itself() -> None:
    of = data()
    phrases = {"head_course": "活动过程", "present": "参加活动{合计}人。"}
    words = worded(SENTENCES, phrases, {"title": "邻里健康日侧记"}, values(of, HEAD))
    said = printed(activity(of, words, HEAD)).characters
    assert "二、活动过程" in said
    assert "参加活动23人。" in said
    assert said.startswith("邻里健康日侧记")


@pytest.mark.parametrize("sentences", [SENTENCES, BRIEF_SENTENCES])
def test_every_gap_of_every_sentence_can_be_filled(sentences: Any) -> None:
    of = data(meeting())
    known = values(of, HEAD).keys()
    for sentence in sentences:
        check_gaps(sentence, sentence.text)
        assert set(sentence.gaps) <= known, sentence.name
    assert len({sentence.name for sentence in sentences}) == len(sentences)


def test_the_figures_travel_inside_without_anybody_in_them() -> None:
    content = render(summary(data(photos=photos(2), solved=("QR01-W2026A-00012",))))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kept = pdf.attachments["活动数据.csv"].get_file().read_bytes().decode("utf-8-sig")
    rows = dict(csv.reader(io.StringIO(kept)))
    assert rows["到场合计"] == "23"
    assert (rows["解决问题"], rows["照片"], rows["经费（元）"]) == ("1", "2", "2,060.50")
    assert "陈桂英" not in kept


def test_a_station_without_a_unit_that_signs_signs_itself() -> None:
    of = data()
    head = replace(HEAD, issuer="", mark="补打")
    page = printed(activity(of, papers.words(SENTENCES, of, head), head)).pages
    assert "青榕社区近邻党群服务站" in page[-1].texts
    assert all("补打" in one.texts for one in page)


@pytest.mark.slow
def test_a_summary_stands_whatever_was_typed() -> None:
    reading = printed(summary(hostile()))
    said = reading.characters
    assert said.count("国") == 5000
    assert said.count("𬭎䶮㛃") == 1
    assert said.count("邻里") >= 50
    assert len(reading.ask("pdfimages", "-list").splitlines()) - 2 == 40


@pytest.mark.slow
def test_a_meeting_of_thousands_names_everybody_who_stayed_away() -> None:
    rows = tuple(row(n, f"赵{n:05d}", arrived_at=None) for n in range(5000))
    resolutions = tuple(Resolution(Uid(int=n), HOSTILE[:400], LONG_NAME) for n in range(50))
    reading = printed(summary(data(meeting(expected=None, resolutions=resolutions), rows)))
    assert set(re.findall(r"赵\d{5}", reading.drawn)) == {f"赵{n:05d}" for n in range(5000)}
    assert "应到5000人，实到0人，缺席5000人" in reading.characters


# --- 活动简报 ----------------------------------------------------------------------------------


def test_a_brief_has_its_issue_its_text_its_photos_and_its_readers() -> None:
    of = data(photos=photos(6))
    document = a_brief(of, 12)
    reading = printed(document)
    assert len(reading.pages) == 2
    first, last = reading.pages
    assert first.texts[:2] == ["活动简报", "第12期"]
    assert "青榕社区党委开展" in first.texts
    assert [text for text in last.texts if text[1:2] == "："] == [
        "报：上级党组织", "送：各共建单位", "发：各党支部、各网格",
    ]  # fmt: skip
    assert len(reading.ask("pdfimages", "-list").splitlines()) - 2 == 4
    assert document.title == "青榕社区党委开展“健康入户 邻里同行”义诊活动"


def test_a_brief_prints_nothing_in_colour_but_its_photos() -> None:
    content = render(a_brief(data()))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for step in pikepdf.parse_content_stream(page, "rg RG"):
                assert len(set(map(float, step.operands))) == 1


def test_readers_without_words_are_left_out() -> None:
    said = printed(a_brief(data(), to_report="", to_send="", to_issue="各网格")).characters
    assert "发：各网格" in said
    assert "报：" not in said
    assert "送：" not in said


def test_the_length_of_a_brief_is_told_when_it_is_unusual() -> None:
    of = data()
    for text, told in (("好" * 400, ""), ("好" * 20, "现在有"), ("好" * 700, "现在有")):
        words = papers.words(BRIEF_SENTENCES, of, HEAD, text=text)
        assert told_of_length(of, words).count("现在有") == told.count("现在有"), text[:3]


def test_a_brief_stands_whatever_was_typed() -> None:
    said = printed(a_brief(hostile())).characters
    assert said.count("国") == 5000
    bare = printed(a_brief(data(record(summary="", outcome="", organiser=""), ())))
    assert len(bare.pages) == 1


# --- 签到表 ------------------------------------------------------------------------------------


def numbers(reading: Reading) -> list[list[int]]:
    """The row numbers of each page."""
    right = (15 + 11) * MM
    return [
        [
            int(word.text)
            for line in page.lines
            for word in line
            if word.text.isdecimal() and word.right < right
        ]
        for page in reading.pages
    ]


def test_a_sheet_nobody_has_signed_up_for_is_a_page_of_empty_rows() -> None:
    reading = printed(sign_in(data(rows=()), HEAD))
    assert numbers(reading) == [list(range(1, ROWS + 1))]
    for words in (
        "序号姓名单位/小区身份电话签到时间签退时间签名",
        "活动名称：健康入户邻里同行",
        "时间：2026年11月23日09:30—11:00",
        "地点：青榕雅苑小区广场",
    ):
        assert words in reading.characters, words


def test_who_signed_up_stands_first_with_a_masked_phone_and_empty_rows_follow() -> None:
    rows = (
        row(1, RARE, arrived_at=None),
        row(2, "次仁·卓玛", arrived_at=None),
        row(3, "阿卜杜拉·买买提", phone="138****0003", arrived_at=None),
        row(4, "黄丽", deleted_at=papers.ZONE.at(papers.DAY)),
    )
    reading = printed(sign_in(data(rows=rows), HEAD, 10))
    said = reading.characters
    assert numbers(reading) == [list(range(1, 26))]
    assert RARE in said
    assert said.count("138****000") == 3
    assert "13800000001" not in said
    assert "黄丽" not in said
    assert "09:" not in said.replace("09:30—11:00", "")


def test_who_is_there_already_has_the_time_on_the_sheet() -> None:
    said = drawn(printed(sign_in(data(rows=(row(1, "黄丽"),)), HEAD, 0)))
    assert "138****000109:26" in said


@pytest.mark.parametrize(("signed_up", "blank", "pages"), [(25, 0, 1), (20, 6, 2), (60, 20, 4)])
def test_every_page_of_a_sheet_is_full(signed_up: int, blank: int, pages: int) -> None:
    rows = people(signed_up, arrived_at=None)
    found = numbers(printed(sign_in(data(rows=rows), HEAD, blank)))
    assert [len(page) for page in found] == [ROWS] * pages
    assert found[-1][-1] == ROWS * pages


def test_tall_rows_are_twelve_millimetres_high() -> None:
    reading = printed(sign_in(data(rows=()), HEAD, 5, TALL_ROWS))
    assert numbers(reading) == [list(range(1, TALL_ROWS + 1))]
    tops = [w.top for line in reading.pages[0].lines for w in line if w.text in ("1", "2")]
    assert abs(tops[0] - tops[1]) >= 12 * MM


@pytest.mark.slow
def test_a_sheet_stands_whatever_was_typed() -> None:
    rows = tuple(row(n, LONG_NAME, unit="国" * 100) for n in range(300))
    of = data(record(name="邻里" * 50, place_words="青榕雅苑" * 50), rows)
    reading = printed(sign_in(of, HEAD, 3))
    found = sorted(number for page in numbers(reading) for number in page)
    assert found == list(range(1, 326))
    assert reading.pages[0].texts[0] == "活动签到表"
