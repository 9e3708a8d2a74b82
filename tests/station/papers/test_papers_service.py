"""A paper is drafted, worded, kept as it left the program, and marked when it is printed again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import NotAllowed, UserError
from desktop_app.core.paper_kinds import kind_named, may_make
from desktop_app.core.periods import parse_period
from desktop_app.core.resources import resource_files
from desktop_app.core.rights import Actor, Right
from desktop_app.core.route import OpenPaper
from desktop_app.core.settings import FANG_FACE, ISSUER
from desktop_app.ledgers.papers import service as kept_papers
from desktop_app.ledgers.papers.rules import CopyKind
from desktop_app.ledgers.visits import service as visits
from desktop_app.station.papers import service
from desktop_app.station.period_figures.report import SENTENCES
from desktop_app.station.settings import service as settings
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import plan
from tests.ledgers.visits.builders import form, matter
from tests.printing.outside import assert_sound

NOVEMBER = OpenPaper("month", period=parse_period("2026-11"))
OVERALL = next(one for one in SENTENCES if one.name == "overall")


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with two visits this month and a name to sign with."""
    desk.database.keep_attachments_in(FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32)))
    visits.register(desk, form(matter()))
    visits.register(desk, form(matter("临时救助")))
    settings.write(desk, ISSUER, "青榕社区居民委员会")
    return desk


def test_a_month_is_one_call_and_says_what_was_counted(office: Desk) -> None:
    drafted = service.draft(office, NOVEMBER)
    reading = assert_sound(drafted.pdf)
    assert drafted.title == "青榕雅苑党群服务站 2026年11月工作报告"
    assert drafted.pages == len(reading.pages)
    assert "本站登记来访2件，共2批、2人次" in reading.characters
    assert "青榕社区居民委员会" in reading.characters
    assert "2026年11月23日" in reading.characters
    assert drafted.missing == ()


def test_the_same_moment_gives_the_same_bytes(office: Desk) -> None:
    assert service.draft(office, NOVEMBER).pdf == service.draft(office, NOVEMBER).pdf


def test_a_sentence_worded_for_one_paper_is_in_that_paper_only(office: Desk) -> None:
    drafted = service.draft(office, NOVEMBER, {"overall": "本月一切平稳。"})
    assert "本月一切平稳。" in assert_sound(drafted.pdf).characters
    assert drafted.words["overall"] == "本月一切平稳。"
    assert "本月一切平稳" not in service.draft(office, NOVEMBER).words["overall"]


def test_an_offices_own_words_stand_in_every_paper_from_then_on(office: Desk) -> None:
    service.word(office, kind_named("month"), OVERALL, "{期间}共登记{登记件数}件。")
    assert service.draft(office, NOVEMBER).words["overall"] == "2026年11月共登记2件。"
    assert (
        "开展活动"
        in service.draft(office, OpenPaper("quarter", period=parse_period("2026-Q4"))).words[
            "overall"
        ]
    )


def test_what_was_kept_stays_byte_for_byte_while_the_ledger_goes_on(office: Desk) -> None:
    drafted = service.draft(office, NOVEMBER)
    paper = service.keep(office, drafted, CopyKind.SAVED).value
    visits.register(office, form(matter()))
    service.word(office, kind_named("month"), OVERALL, "改过了。")
    assert service.content(office, paper.uid) == drafted.pdf
    assert [one.uid for one in service.kept(office, NOVEMBER)] == [paper.uid]
    assert service.draft(office, NOVEMBER).pdf != drafted.pdf


def test_the_second_print_of_a_paper_says_so_on_every_page(office: Desk, clock: FixedClock) -> None:
    paper = service.keep(office, service.draft(office, NOVEMBER), CopyKind.PRINTED).value
    marked = assert_sound(service.copy_for_paper(office, paper.uid))
    assert len(marked.pages) == paper.pages
    assert all({"补打（第2次）", "2026年11月23日"} <= set(page.texts) for page in marked.pages)
    clock.advance(86_400)
    service.left(office, paper.uid, CopyKind.PRINTED)
    again = assert_sound(service.copy_for_paper(office, paper.uid))
    assert {"补打（第3次）", "2026年11月24日"} <= set(again.pages[0].texts)


def test_a_paper_that_was_only_saved_is_printed_without_a_mark(office: Desk) -> None:
    drafted = service.draft(office, NOVEMBER)
    paper = service.keep(office, drafted, CopyKind.SAVED).value
    assert service.copy_for_paper(office, paper.uid) == drafted.pdf


def test_a_pdf_is_written_where_somebody_wants_it_with_its_ending(
    office: Desk, tmp_path: Path
) -> None:
    drafted = service.draft(office, NOVEMBER)
    written = service.save(office, tmp_path / "11月报告", drafted.pdf)
    assert written == tmp_path / "11月报告.pdf"
    assert written.read_bytes() == drafted.pdf


def test_a_name_that_no_face_has_is_told_before_it_is_printed(office: Desk) -> None:
    drafted = service.draft(office, NOVEMBER, {"overall": "𠮷先生来访。"})
    assert drafted.missing == ("𠮷",)
    assert "“𠮷”（U+20BB7）" in drafted.missing_words
    assert "𠮷" not in assert_sound(drafted.pdf).characters


def test_an_offices_own_face_is_used_and_a_wrong_file_is_told(office: Desk, tmp_path: Path) -> None:
    own = resource_files("fonts", "NotoSansSC-Bold.ttf")[0]
    settings.write(office, FANG_FACE, str(own))
    drafted = service.draft(office, NOVEMBER)
    assert drafted.refused == ()
    assert "Fang" not in faces_of(drafted.pdf)
    wrong = tmp_path / "字体.ttf"
    wrong.write_bytes(b"no face")
    settings.write(office, FANG_FACE, str(wrong))
    drafted = service.draft(office, NOVEMBER)
    assert len(drafted.refused) == 1
    assert "Fang" in faces_of(drafted.pdf)


def faces_of(pdf: bytes) -> str:
    """The names of the faces a PDF uses."""
    return " ".join(font["name"] for font in assert_sound(pdf).fonts)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("青榕站 2026年10月工作报告", "青榕站 2026年10月工作报告"),
        ('总结：1/2 "近邻"<集市>|?*', "总结：1 2 近邻 集市"),
        ("...", "文书"),
        ("长" * 300, "长" * 80),
    ],
)
def test_a_title_becomes_a_name_every_file_system_takes(title: str, name: str) -> None:
    assert service.safe_name(title) == name


def test_a_month_report_asks_for_a_month(office: Desk) -> None:
    for wrong in (OpenPaper("month"), OpenPaper("month", period=parse_period("2026-Q3"))):
        with pytest.raises(UserError) as refusal:
            service.draft(office, wrong)
        assert refusal.value.field == "period"


def test_an_unknown_kind_is_answered_with_those_there_are(office: Desk) -> None:
    with pytest.raises(UserError) as refusal:
        service.draft(office, OpenPaper("weekly"))
    assert "month（月工作报告）" in refusal.value.next_step


def test_who_may_not_export_gets_no_list_on_paper(office: Desk) -> None:
    volunteer = Actor(None, "王", "值班志愿者", frozenset({Right.SIGN_IN, Right.READ}))
    with pytest.raises(NotAllowed):
        service.draft(Desk(office.database, volunteer), OpenPaper("visits-ledger"))


def test_every_paper_that_was_kept_is_on_the_list(office: Desk) -> None:
    service.keep(office, service.draft(office, NOVEMBER), CopyKind.SAVED)
    (line,) = kept_papers.page(office).rows
    assert (line.report, line.period) == ("month", "2026-11")


def test_a_kept_paper_is_among_the_attachments_that_must_be_there(office: Desk) -> None:
    paper = service.keep(office, service.draft(office, NOVEMBER), CopyKind.SAVED).value
    with office.reading(needs=Right.READ) as connection:
        assert bytes.fromhex(paper.sha256) in catalog.attached(connection)


def test_a_brief_takes_the_next_issue_of_the_year_unless_somebody_words_it(office: Desk) -> None:
    first, second = plan(office), plan(office, name="近邻集市")
    service.keep(office, service.draft(office, OpenPaper("brief", first.uid)), CopyKind.SAVED)
    assert service.draft(office, OpenPaper("brief", first.uid)).words["issue"] == "第1期"
    drafted = service.draft(office, OpenPaper("brief", second.uid))
    assert drafted.words["issue"] == "第2期"
    assert "第2期" in assert_sound(drafted.pdf).characters
    worded = service.draft(office, OpenPaper("brief", second.uid), {"issue": "总第58期"})
    assert "总第58期" in assert_sound(worded.pdf).characters


def test_what_would_be_refused_is_not_offered(desk: Desk) -> None:
    actor = desk.actor
    needed = {Right.PAPERS, Right.EXPORT}
    assert needed <= actor.rights
    assert may_make(actor, "roster")
    assert not may_make(actor, "roster", "street")
    for right in needed:
        assert not may_make(replace(actor, rights=actor.rights - {right}), "roster")
