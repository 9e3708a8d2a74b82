"""What leaves the printer is kept as it was, and every further copy is told apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.sentences import Sentence, worded
from desktop_app.ledgers.papers import service
from desktop_app.ledgers.papers.rules import (
    CopyKind,
    Paper,
    PaperDraft,
    Wording,
    mark_of,
)
from desktop_app.storage import audit
from desktop_app.storage.attachments import BlobStore, FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk

PDF = b"%PDF-1.4 the very bytes that were printed"
ABOUT = Uid(int=7)
OPENING = Sentence("opening", "开头", "{日期}，本站举办{名称}。", ("日期", "名称"))


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32))


def draft(title: str = "近邻集市活动总结", **more: Any) -> PaperDraft:
    return PaperDraft(report="activity", title=title, pages=3, about=ABOUT, **more)


def kept(desk: Desk, blobs: BlobStore, **more: Any) -> Paper:
    return service.keep(desk, blobs, draft(**more), PDF, CopyKind.PRINTED).value


def test_a_kept_paper_comes_back_byte_for_byte(desk: Desk, blobs: BlobStore) -> None:
    paper = kept(desk, blobs, wording=(Wording("opening", "我们办了一场集市。"),))
    again = service.get(desk, paper.uid)
    assert service.content(desk, blobs, paper.uid) == PDF
    assert (again.title, again.pages, again.size) == ("近邻集市活动总结", 3, len(PDF))
    assert again.wording == (Wording("opening", "我们办了一场集市。"),)
    assert again.made_by_name == desk.actor.name


def test_the_first_copy_has_no_mark_and_the_second_says_so(
    desk: Desk, blobs: BlobStore, clock: FixedClock
) -> None:
    paper = service.keep(desk, blobs, draft(), PDF, CopyKind.SAVED).value
    assert mark_of(paper, desk.today, "李文强") == ""
    paper = service.note_copy(desk, paper.uid, CopyKind.PRINTED).value
    assert mark_of(paper, desk.today, "李文强") == "补打（第2次）　2026年11月23日　李文强"
    clock.advance(60)
    paper = service.note_copy(desk, paper.uid, CopyKind.SAVED).value
    assert [copy.kind for copy in paper.copies] == [
        CopyKind.SAVED,
        CopyKind.PRINTED,
        CopyKind.SAVED,
    ]
    assert paper.printings == 1
    assert service.content(desk, blobs, paper.uid) == PDF


def test_papers_are_found_by_what_they_are_about(
    desk: Desk, blobs: BlobStore, clock: FixedClock
) -> None:
    first = kept(desk, blobs)
    clock.advance(1)
    second = kept(desk, blobs, title="第二版")
    clock.advance(1)
    month = service.keep(
        desk,
        blobs,
        PaperDraft(report="month", title="2026年10月工作报告", pages=5, period="2026-10"),
        PDF,
        CopyKind.SAVED,
    ).value
    found = service.kept(desk, "activity", about=ABOUT)
    assert [one.uid for one in found] == [second.uid, first.uid]
    assert [one.uid for one in service.kept(desk, "month", period="2026-10")] == [month.uid]
    assert service.kept(desk, "month", period="2026-09") == ()
    assert [one.uid for one in service.page(desk).rows] == [month.uid, second.uid, first.uid]
    assert [one.uid for one in service.page(desk, "month").rows] == [month.uid]


def test_an_issue_keeps_its_number_and_the_next_year_begins_at_one(
    desk: Desk, blobs: BlobStore, clock: FixedClock
) -> None:
    def brief(about: int) -> None:
        told = PaperDraft(report="brief", title="活动简报", pages=1, about=Uid(int=about))
        service.keep(desk, blobs, told, PDF, CopyKind.SAVED)
        clock.advance(1)

    def number(about: int) -> int:
        return service.issue_of(desk, "brief", Uid(int=about))

    kept(desk, blobs)
    assert number(9) == 1, "a paper of another kind is no issue of this one"
    brief(9)
    brief(3)
    brief(9)
    assert (number(9), number(3), number(5)) == (1, 2, 3)
    clock.advance(60 * 24 * 3600)
    assert number(5) == 1


def test_the_audit_names_kind_and_day_and_nobody(desk: Desk, blobs: BlobStore) -> None:
    kept(desk, blobs, title="陈桂英一次性告知单")
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        lines = list(audit.entries(connection))
    assert lines[0].action == "存档文书"
    assert lines[0].subject == "activity 2026-11-23"
    assert "陈桂英" not in f"{lines[0].subject}{lines[0].detail}"


def test_an_office_words_a_sentence_its_own_way_and_can_take_it_back(desk: Desk) -> None:
    assert service.phrases(desk, "activity") == {}
    done = service.word(desk, "activity", OPENING, "{日期}，{名称}如期举行。")
    assert service.phrases(desk, "activity") == {"opening": "{日期}，{名称}如期举行。"}
    assert service.phrases(desk, "month") == {}
    assert done.undo is not None
    done.undo.call(desk)
    assert service.phrases(desk, "activity") == {}


def test_the_programs_own_words_are_no_change_that_is_kept(desk: Desk) -> None:
    service.word(desk, "activity", OPENING, "{名称}。")
    service.word(desk, "activity", OPENING, OPENING.text)
    assert service.phrases(desk, "activity") == {}
    service.word(desk, "activity", OPENING, "{名称}！")
    assert service.phrases(desk, "activity") == {"opening": "{名称}！"}


def test_a_sentence_changed_twice_is_not_taken_back_behind_the_second(desk: Desk) -> None:
    first = service.word(desk, "activity", OPENING, "一")
    service.word(desk, "activity", OPENING, "二")
    assert first.undo is not None
    with pytest.raises(Conflict):
        first.undo.call(desk)
    assert service.phrases(desk, "activity") == {"opening": "二"}


def test_a_gap_the_report_does_not_have_is_named(desk: Desk) -> None:
    with pytest.raises(UserError) as refusal:
        service.word(desk, "activity", OPENING, "{日期}{天气}")
    assert "{天气}" in refusal.value.sentence
    assert "{日期}、{名称}" in refusal.value.next_step
    assert service.phrases(desk, "activity") == {}


def test_own_words_win_over_the_offices_and_those_over_the_programs() -> None:
    values = {"日期": "11月23日", "名称": "集市"}
    office, own = {"opening": "{名称}开了。"}, {"opening": "就这么写 {名称}"}
    assert worded([OPENING], {}, {}, values) == {"opening": "11月23日，本站举办集市。"}
    assert worded([OPENING], office, {}, values) == {"opening": "集市开了。"}
    assert worded([OPENING], office, own, values) == {"opening": "就这么写 {名称}"}
    assert worded([OPENING], {}, {}, {"名称": "集市"}) == {"opening": "{日期}，本站举办集市。"}
