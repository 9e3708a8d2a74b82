"""Papers as a person deals with them: drafted, worded, printed or saved and kept, printed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import catalog
from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.paper_kinds import Kind, check_edition, check_wanted, kind_named
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper
from desktop_app.core.sentences import Sentence
from desktop_app.core.settings import (
    ADDRESS,
    CONTROLLER,
    FANG_FACE,
    ISSUER,
    OPENING_HOURS,
    SERVICE_PHONE,
    TITLE_FACE,
)
from desktop_app.ledgers.papers import service as papers
from desktop_app.ledgers.papers.rules import CopyKind, Paper, PaperDraft, Wording, mark_of
from desktop_app.ledgers.service import service as certificates
from desktop_app.ledgers.service.rules.certificate import LIVE
from desktop_app.storage.files import write_atomic
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings

if TYPE_CHECKING:
    from desktop_app.printing.fonts import Role


@dataclass(frozen=True, slots=True)
class Drafted:
    """A paper that was made and not kept yet.

    `words` are its sentences as they stand in it, by name; `own` those of them that somebody worded
    for this one paper. `missing` are characters that no face has: they stand as 〓. `refused` says
    which of the office's own faces could not be used, and why.
    """

    kind: Kind
    wanted: OpenPaper
    title: str
    pdf: bytes
    pages: int
    sentences: tuple[Sentence, ...]
    words: Mapping[str, str]
    own: Mapping[str, str]
    missing: tuple[str, ...]
    refused: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """What its file would be called."""
        return f"{safe_name(self.title)}.pdf"

    @property
    def missing_words(self) -> str:
        """What to say of characters that cannot be printed; empty when there are none."""
        if not self.missing:
            return ""
        shown = "、".join(f"“{one}”（U+{ord(one):04X}）" for one in self.missing)
        return f"字库里没有 {shown}，纸上印成〓。其余内容不受影响；请打印后手写补上。"


_NOT_IN_NAMES = '\\/:*?"<>|\r\n\t'
_LONGEST_NAME = 80


def safe_name(title: str) -> str:
    """A title as every file system takes it for a name."""
    plain = "".join(" " if mark in _NOT_IN_NAMES else mark for mark in title)
    return " ".join(plain.split())[:_LONGEST_NAME].rstrip(". ") or "文书"


def draft(desk: Desk, wanted: OpenPaper, own: Mapping[str, str] | None = None) -> Drafted:
    """Make a paper. `own` words some of its sentences for this one; nothing is kept yet.

    Takes a second at most, and the first one of a session the third of one more: call it in a job.
    """
    kind = kind_named(wanted.kind)
    desk.actor.require(kind.needs)
    check_edition(kind, desk.database.station.edition)
    check_wanted(kind, wanted)
    from desktop_app.printing.document import missing_characters, render
    from desktop_app.printing.fonts import fonts
    from desktop_app.printing.stamp import page_count

    own = dict(own or {})
    made = catalog.paper_makers()[kind.name](desk, wanted, letterhead(desk))
    words = made.words(papers.phrases(desk, kind.name) if made.sentences else {}, own)
    document = made.make(words)
    book = fonts(_own_faces(desk))
    pdf = render(document, book)
    return Drafted(
        kind=kind,
        wanted=wanted,
        title=document.title,
        pdf=pdf,
        pages=page_count(pdf),
        sentences=made.sentences,
        words=words,
        own=own,
        missing=tuple(sorted(missing_characters(document, book))),
        refused=tuple(fault.words for fault in book.refused.values()),
    )


def _own_faces(desk: Desk) -> dict[Role, Path]:
    """The faces of the office's own that are set, by what they are for."""
    from desktop_app.printing.fonts import Role

    with desk.reading(needs=Right.READ) as connection:
        settings = read_settings(connection)
    told = {Role.FANG: settings[FANG_FACE], Role.TITLE: settings[TITLE_FACE]}
    return {role: Path(path) for role, path in told.items() if path}


def letterhead(desk: Desk) -> Letterhead:
    """Whom a paper made now is from."""
    with desk.reading(needs=Right.READ) as connection:
        settings = read_settings(connection)
    database = desk.database
    return Letterhead(
        station=database.station.name,
        issuer=settings[ISSUER],
        made_at=database.zone.local(database.clock.now()),
        operator=desk.actor.name,
        phone=settings[SERVICE_PHONE],
        address=settings[ADDRESS],
        hours=settings[OPENING_HOURS],
        controller=settings[CONTROLLER],
    )


def keep(desk: Desk, drafted: Drafted, copy: CopyKind) -> Changed[Paper]:
    """A draft leaves the program: keep it as it is, with its first copy."""
    desk.actor.require(drafted.kind.needs)
    wanted = drafted.wanted
    saved = papers.keep(
        desk,
        desk.database.blobs,
        PaperDraft(
            report=drafted.kind.name,
            title=drafted.title,
            pages=drafted.pages,
            about=wanted.about,
            period="" if wanted.period is None else str(wanted.period),
            wording=tuple(Wording(name, text) for name, text in sorted(drafted.own.items())),
        ),
        drafted.pdf,
        copy,
    )
    if wanted.kind == CERTIFICATE and wanted.about is not None:
        saved = _with_certificate(desk, wanted.about, saved)
    return saved


CERTIFICATE = "volunteer-certificate"
"""The one record that says which kept paper was made of it: the register of certificates."""


def _with_certificate(desk: Desk, certificate: Uid, saved: Changed[Paper]) -> Changed[Paper]:
    if certificates.get_certificate(desk, certificate).state not in LIVE:
        return saved
    noted = certificates.keep_paper(desk, certificate, saved.value.uid)
    return Changed(saved.kinds | noted.kinds, (*saved.uids, *noted.uids), saved.value, saved.undo)


def kept(desk: Desk, wanted: OpenPaper) -> tuple[Paper, ...]:
    """What was kept of the same record or period before, the latest first."""
    desk.actor.require(Right.READ)
    if wanted.about is None and wanted.period is None:
        return ()
    period = "" if wanted.period is None else str(wanted.period)
    return papers.kept(desk, wanted.kind, about=wanted.about, period=period)


def paper(desk: Desk, uid: Uid) -> Paper:
    """One kept paper; `UserError` when there is none."""
    desk.actor.require(Right.READ)
    return papers.get(desk, uid)


def content(desk: Desk, uid: Uid) -> bytes:
    """A kept paper, byte for byte."""
    desk.actor.require(kind_named(papers.get(desk, uid).report).needs)
    return papers.content(desk, desk.database.blobs, uid)


def copy_for_paper(desk: Desk, uid: Uid) -> bytes:
    """A kept paper as it is printed again: with 补打 on it if it was printed before."""
    paper = papers.get(desk, uid)
    mark = mark_of(paper, desk.today, desk.actor.name)
    pdf = content(desk, uid)
    if not mark:
        return pdf
    from desktop_app.printing.stamp import stamped

    return stamped(pdf, mark)


def left(desk: Desk, uid: Uid, copy: CopyKind) -> Changed[Paper]:
    """A kept paper left the program once more."""
    desk.actor.require(kind_named(papers.get(desk, uid).report).needs)
    return papers.note_copy(desk, uid, copy)


def save(desk: Desk, path: Path, pdf: bytes) -> Path:
    """Write a PDF where somebody wants it; `.pdf` is added where it is missing."""
    desk.actor.require(Right.READ)
    if path.suffix.lower() != ".pdf":
        path = path.with_name(f"{path.name}.pdf")
    write_atomic(path, pdf, what="保存 PDF")
    return path


@dataclass(frozen=True, slots=True)
class Worded:
    """A sentence of a kind of paper as this office has it."""

    kind: Kind
    sentence: Sentence
    text: str

    @property
    def is_own(self) -> bool:
        """Whether the office words it otherwise than the program."""
        return self.text != self.sentence.text


def wordings(desk: Desk) -> tuple[Worded, ...]:
    """Every sentence of every kind, as it stands now; takes a moment the first time."""
    desk.actor.require(Right.READ)
    found = []
    for name, sentences in catalog.paper_sentences().items():
        kind = kind_named(name)
        if kind.edition != desk.database.station.edition:
            continue
        own = papers.phrases(desk, name)
        found += [Worded(kind, one, own.get(one.name, one.text)) for one in sentences]
    return tuple(found)


def word(desk: Desk, kind: Kind, sentence: Sentence, text: str) -> Changed[str]:
    """Word a sentence otherwise for all papers of a kind from now on."""
    desk.actor.require(Right.MANAGE_STATION)
    return papers.word(desk, kind.name, sentence, text)
