"""What the page says: how the station stands, what was delivered, which files it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop_app.core.clock import Millis, Zone, millis
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.travel import Profile
from desktop_app.registers.offices.ui.targets import Target, size_words
from desktop_app.station.reporting.rules.answers import Answer, Answered, Taken
from desktop_app.station.reporting.rules.reports import Export, ReportingState, SentFile
from desktop_app.station.reporting.service import PendingRecord
from desktop_app.station.reporting.ui import outcomes, words
from desktop_app.station.reporting.ui.files import is_of_station, judge
from desktop_app.station.reporting.ui.looks import standing_of
from desktop_app.station.reporting.ui.offers import is_news
from desktop_app.station.reporting.ui.pending import pending_rows
from desktop_app.station.reporting.ui.taking import Took
from desktop_app.station.reporting.ui.work import NotSent, Sent, last_folder
from desktop_app.storage.drives import Drive

ZONE = Zone("Asia/Shanghai")
TODAY = date(2026, 11, 23)
JOINED = date(2026, 11, 2)
LINE = "first"


def at(day: int) -> Millis:
    """A morning in November."""
    return millis(datetime(2026, 11, day, 1, tzinfo=UTC))


EXPORT = Export(
    uid=Uid(int=1),
    made_at=at(20),
    made_by=None,
    made_by_name="王小燕",
    profile=Profile.WORK,
    lineage=LINE,
    first=121,
    last=340,
    hash=b"",
    projection={},
    counts={},
    photos=6,
    files=(SentFile("上报包-QR01-000121-000340.jlb", 3_400_000, "ab"),),
    size=3_565_158,
    sha256="ab",
    delivered_at=at(20),
    delivered_to="/media/JINLIN",
)
STATE = ReportingState(
    street="澄岭街道",
    last_export=EXPORT,
    last_delivery=EXPORT,
    confirmed=120,
    confirmed_at=at(16),
    waiting=262,
    photos_waiting=6,
    pending=0,
)


def test_what_was_delivered_and_what_is_new_are_told_apart() -> None:
    shown = standing_of(STATE, [EXPORT], ZONE, TODAY, lineage=LINE, pending=0, late=False)
    assert (shown.fresh, shown.sent, shown.photos) == (42, 220, 6)
    assert "11月20日 周五 09:00 送出的还没有回执" in shown.since


def test_the_day_is_that_of_the_last_confirmed_report_and_the_receipt_is_told_beside() -> None:
    confirmed = replace(EXPORT, made_at=at(13), confirmed_at=at(16))
    shown = standing_of(
        STATE, [EXPORT, confirmed], ZONE, TODAY, lineage=LINE, pending=0, late=False
    )
    assert shown.until == "11月13日 周五"
    assert shown.since.startswith("7天前收到回执（11月16日 周一 09:00）")


def test_what_was_sent_before_a_restore_counts_for_nothing() -> None:
    assert words.delivered_only(STATE, "second") == 0
    assert words.delivered_only(replace(STATE, needs_reconcile="…"), LINE) == 0
    assert words.delivered_only(replace(STATE, last_delivery=None), LINE) == 0


@pytest.mark.parametrize(
    ("confirmed", "waiting", "photos", "days", "late"),
    [
        (16, 1, 0, 7, True),
        (17, 1, 0, 7, False),
        (16, 0, 0, 7, False),
        (16, 0, 1, 7, True),
        (16, 1, 0, 0, False),
        (None, 1, 0, 7, True),
        (None, 1, 0, 30, False),
    ],
)
def test_somebody_is_reminded_when_there_is_something_and_the_street_was_long_silent(
    confirmed: int | None, waiting: int, photos: int, days: int, late: bool
) -> None:
    state = replace(
        STATE,
        confirmed_at=None if confirmed is None else at(confirmed),
        waiting=waiting,
        photos_waiting=photos,
    )
    assert words.is_late(state, JOINED, ZONE, TODAY, days) is late


def test_a_station_without_a_street_is_never_late_and_says_so_calmly() -> None:
    state = replace(STATE, street="", confirmed_at=None)
    assert not words.is_late(state, JOINED, ZONE, TODAY, 7)
    assert words.strip_words(state, ZONE, TODAY) == "未接入街道"


def test_the_foot_of_the_window_says_when_the_street_confirmed_last() -> None:
    assert words.strip_words(STATE, ZONE, TODAY) == "上报最后确认 7天前"
    assert words.strip_words(replace(STATE, confirmed_at=at(23)), ZONE, TODAY).endswith("今天")
    never = replace(STATE, confirmed_at=None)
    assert words.strip_words(never, ZONE, TODAY) == "尚未向街道上报"
    assert words.reminder(STATE, ZONE, TODAY) == "街道最后一次确认是7天前，待上报 262 条。"


def test_only_a_stick_may_be_pulled() -> None:
    stick = Target(
        Path("/media/JINLIN"), Drive(Path("/media/JINLIN"), "JINLIN", "vfat", 9, 9, False)
    )
    assert outcomes.of_sent(Sent(EXPORT, stick, "核对一致。")).headline == "可以拔出"
    share = outcomes.of_sent(Sent(EXPORT, Target(Path("/share")), "核对一致。"))
    assert share.headline == "已送到"
    assert "220 条变更、6 张照片，共 3.4 MB，已写到文件夹 /share" in share.sentences[1]


def test_what_did_not_arrive_is_kept_and_can_be_sent_again() -> None:
    fault = UserError("U 盘已写满。", "请换一个。")
    told = outcomes.of_sent(NotSent(EXPORT, Target(Path("/share")), fault))
    assert (told.tone, told.headline) == ("warn", "没有送到")
    assert [step.verb for step in told.steps] == ["再送一次"]
    stopped = outcomes.of_sent(NotSent(EXPORT, Target(Path("/share")), None))
    assert (stopped.tone, stopped.headline) == ("info", "已取消")


@pytest.mark.parametrize(
    ("size", "told"), [(1, "1 KB"), (1025, "2 KB"), (3 << 20, "3.0 MB"), (12 << 30, "12.0 GB")]
)
def test_sizes_are_told_as_people_say_them(size: int, told: str) -> None:
    assert size_words(size) == told


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("回执-QR01-000340.jlb", True),
        ("对账-qr01-000340.jlb", True),
        ("回执-QR02-000340.jlb", False),
        ("回执-QR011-000340.jlb", False),
        ("上报包-QR01-000121-000340.jlb", False),
        ("回执-QR01-000340.txt", False),
    ],
)
def test_only_what_the_street_made_for_this_station_is_offered(name: str, ours: bool) -> None:
    assert is_of_station(name, "QR01") is ours


@pytest.mark.parametrize(
    ("name", "news"),
    [
        ("回执-QR01-000121.jlb", True),
        ("回执-QR01-000120.jlb", True),
        ("回执-QR01-000119.jlb", False),
        ("对账-QR01-000340.jlb", False),
        ("回执-QR01.jlb", False),
    ],
)
def test_a_receipt_is_news_while_it_says_more_than_is_known(name: str, news: bool) -> None:
    assert is_news(Path(name), STATE) is news


def test_an_old_receipt_is_no_news_when_no_photo_waits_either() -> None:
    assert not is_news(Path("回执-QR01-000120.jlb"), replace(STATE, photos_waiting=0))


def test_of_several_files_only_ours_are_taken_and_the_others_are_named() -> None:
    answer = judge((Path("/a/回执-QR01-000340.jlb"), Path("/a/名册.xlsx")))
    assert answer is not None
    assert [path.name for path in answer.taken] == ["回执-QR01-000340.jlb"]
    assert "“名册.xlsx”不是街道发来的文件" in answer.words


def test_spreadsheets_are_left_to_the_window() -> None:
    assert judge((Path("/a/2023来访登记.XLS"),)) is None
    assert judge((Path("/a/名册.xlsx"), Path("/a/名册.csv"))) is None


def test_of_a_record_to_be_filled_in_the_masked_fields_come_first() -> None:
    record = PendingRecord(
        "residents", "居民档案", Uid(int=2), "QR01-R2026A-00004",
        (("备注", ""), ("姓名", "欧**月"), ("地址补充", ""), ("出生日期", "")),
    )  # fmt: skip
    (row,) = pending_rows([record], {"residents"})
    assert row.fields == "姓名、备注、地址补充 等 4 项"
    assert row.hints == "姓名 欧**月"
    assert row.opens


@pytest.mark.parametrize(
    ("offset", "told"),
    [
        (None, ""),
        (9 * 60_000, ""),
        (15 * 60_000, "本机的时间比街道慢约 15 分钟，请校准电脑的日期和时间。"),
        (-26 * 3_600_000, "本机的时间比街道快约 26 小时，请校准电脑的日期和时间。"),
    ],
)
def test_a_clock_that_goes_wrong_is_told(offset: int | None, told: str) -> None:
    assert words.clock_words(offset) == told


def test_before_reconciling_the_foot_of_the_window_says_so() -> None:
    state = replace(STATE, needs_reconcile="街道知道得更多。")
    assert words.strip_words(state, ZONE, TODAY) == "要先重新对账再上报"


def test_the_folder_of_before_is_found_again_unless_it_was_a_stick(tmp_path: Path) -> None:
    share, stick = tmp_path / "share", tmp_path / "JINLIN"
    share.mkdir()
    stick.mkdir()
    sent = [replace(EXPORT, delivered_to=str(one)) for one in (stick, tmp_path / "gone", share)]
    assert last_folder(sent, [stick], Job("上报")) == share
    assert last_folder(sent, [stick, share], Job("上报")) is None


def test_a_receipt_that_brings_answers_says_to_which_and_leads_there() -> None:
    answered = (Answered(Uid(int=7), "QR01-S2026A-00007", "水管老化"),)
    taken = Taken(Answer.CONFIRMS, 340, 1, 0, (), 0, "已确认。", answered=answered)
    took = Took(Path("回执-QR01-000340.jlb"), taken)

    alone = outcomes.of_receipts([took], may_look=True)
    assert "街道答复了 1 条吹哨，写在诉求里：" in alone.sentences
    assert "　QR01-S2026A-00007 水管老化" in alone.sentences
    assert [step.verb for step in alone.steps] == [outcomes.LOOK]
    # Where no page shows requests there is nothing to lead to.
    assert outcomes.of_receipts([took]).steps == ()
    both = outcomes.of_receipts([took, replace(took, path=Path("回执-2.jlb"))], may_look=True)
    assert [step.name for step in both.steps] == [outcomes.ANSWERS]
    assert outcomes.answered_by([took, took]) == list(answered)


def test_an_old_receipt_that_still_brings_an_answer_has_changed_something() -> None:
    known = Taken(Answer.REPEATS, 340, 0, 0, (), 0, "已经收过。")
    news = replace(known, answered=(Answered(Uid(int=7), "", "水管老化"),))
    assert not Took(Path("x"), known).changed
    assert Took(Path("x"), news).changed
