"""Keeping papers, noting their copies, and the office's own words for the sentences in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import Conflict
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.sentences import Sentence
from desktop_app.ledgers.papers import store
from desktop_app.ledgers.papers.record import KIND, PHRASE
from desktop_app.ledgers.papers.rules import (
    Copy,
    CopyKind,
    Paper,
    PaperDraft,
    Phrase,
    checked_draft,
    checked_phrase,
    with_copy,
)
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk, Unit


def keep(
    desk: Desk, blobs: BlobStore, draft: PaperDraft, pdf: bytes, copy: CopyKind
) -> Changed[Paper]:
    """Keep a paper as it leaves the program for the first time, with that copy noted.

    The PDF is on the disk before the record says so, so a power cut loses no paper that is listed.
    """
    draft = checked_draft(draft)
    desk.actor.require(Right.PAPERS)
    kept = blobs.put(pdf)
    with desk.unit_of_work("存档文书", needs=Right.PAPERS) as unit:
        paper = Paper(
            uid=unit.new_uid(),
            station=unit.station.code,
            report=draft.report,
            title=draft.title,
            day=unit.zone.day(unit.now),
            sha256=kept.sha256.hex(),
            size=kept.size,
            pages=draft.pages,
            about=draft.about,
            period=draft.period,
            wording=draft.wording,
            copies=(_copy(unit, copy),),
            made_by=unit.actor.uid,
            made_by_name=unit.actor.name,
        )
        saved = store.SHELF.put(unit, paper)
        unit.about(_subject(saved), f"{copy.label}，{saved.pages} 页")
    return changed(KIND.name, saved.uid, saved)


def note_copy(desk: Desk, uid: Uid, kind: CopyKind) -> Changed[Paper]:
    """A kept paper was printed or saved again."""
    with desk.unit_of_work("再次输出文书", needs=Right.PAPERS) as unit:
        paper = store.SHELF.need(unit.connection, uid)
        saved = store.SHELF.put(unit, with_copy(paper, _copy(unit, kind)))
        again = "补打" if kind is CopyKind.PRINTED else kind.label
        unit.about(_subject(saved), f"{again}，第 {len(saved.copies)} 份")
    return changed(KIND.name, uid, saved)


def get(desk: Desk, uid: Uid) -> Paper:
    """One paper; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return store.SHELF.need(connection, uid)


def content(desk: Desk, blobs: BlobStore, uid: Uid) -> bytes:
    """The PDF as it was kept. Raises `MissingAttachment` or `DamagedAttachment`."""
    return blobs.get(bytes.fromhex(get(desk, uid).sha256))


def forget_about(desk: Desk, uids: Sequence[Uid], piles: Sequence[str] = ()) -> Changed[int]:
    """The papers about these records are kept no longer, because somebody asks to be forgotten
    (个人信息保护法 art. 47): nothing points at their PDFs any more, so the next sweep removes them.
    Of the kinds `piles` those of several people go whole, whoever else is in them: nothing tells
    who is, and no page can be taken out of what was kept. Answers how many there were. Cannot be
    undone: ask first."""
    with desk.unit_of_work("删除存档文书", needs=Right.ERASE) as unit:
        found = store.about(unit.connection, uids, piles)
        store.forget_payloads(unit, [one.uid for one in found])
        for paper in found:
            store.SHELF.remove(unit, replace(paper, wording=()))
        unit.about(f"文书 {len(found)} 份")
    return Changed(frozenset({KIND.name}), tuple(one.uid for one in found), len(found))


def page(
    desk: Desk, report: str = "", cursor: str | None = FIRST, *, size: int = PAGE_SIZE
) -> Page[Paper]:
    """One page of what was kept, the latest first."""
    with desk.reading(needs=Right.READ) as connection:
        return store.papers(connection, report=report, cursor=cursor, size=size)


def kept(
    desk: Desk, report: str, *, about: Uid | None = None, period: str = ""
) -> tuple[Paper, ...]:
    """The papers of one kind about one record or one period, the latest first."""
    with desk.reading(needs=Right.READ) as connection:
        return tuple(store.papers_of(connection, report, about, period))


def issue_of(desk: Desk, report: str, about: Uid) -> int:
    """The 期号 of a paper that comes out in issues, counted anew every year.

    What a record was first kept under stays its number; a record without one gets the next.
    """
    with desk.reading(needs=Right.READ) as connection:
        issued = store.issued(connection, report, desk.today.year)
    return issued.index(about) + 1 if about in issued else len(issued) + 1


def phrases(desk: Desk, report: str) -> dict[str, str]:
    """The office's own sentences of one kind of report, by name."""
    with desk.reading(needs=Right.READ) as connection:
        return {phrase.name: phrase.text for phrase in store.phrases(connection, report)}


def word(desk: Desk, report: str, sentence: Sentence, text: str) -> Changed[str]:
    """Word a sentence of a report otherwise from now on; the program's own words, or none, undo it.

    Papers that were kept stay as they are.
    """
    wanted = checked_phrase(sentence, text)
    wanted = "" if wanted == sentence.text else wanted
    with desk.unit_of_work("修改文书用语", needs=Right.MANAGE_STATION) as unit:
        unit.about(f"{report} {sentence.label}")
        uid, before = _worded(unit, report, sentence.name, wanted)
    undo = Undo("撤销修改", _worded_back(report, sentence, before, wanted))
    return changed(PHRASE.name, uid, wanted or sentence.text, undo=undo)


def _worded(unit: Unit, report: str, name: str, text: str) -> tuple[Uid, str]:
    """Write the office's words; answers the record's uid and the words before."""
    known = {one.name: one for one in store.phrases(unit.connection, report)}.get(name)
    if known is None:
        new = Phrase(
            uid=unit.new_uid(), station=unit.station.code, report=report, name=name, text=text
        )
        return (store.PHRASES.put(unit, new).uid if text else new.uid), ""
    if text:
        store.PHRASES.put(unit, replace(known, text=text))
    else:
        store.PHRASES.remove(unit, known)
    return known.uid, known.text


def _worded_back(
    report: str, sentence: Sentence, before: str, after: str
) -> Callable[[Desk], Changed[str]]:
    def back(desk: Desk) -> Changed[str]:
        with desk.unit_of_work("撤销修改文书用语", needs=Right.MANAGE_STATION) as unit:
            unit.about(f"{report} {sentence.label}")
            uid, found = _worded(unit, report, sentence.name, before)
            if found != after:
                raise Conflict(PHRASE.label)
        return changed(PHRASE.name, uid, before or sentence.text)

    return back


def _copy(unit: Unit, kind: CopyKind) -> Copy:
    return Copy(kind, unit.now, unit.zone.day(unit.now), unit.actor.name)


def _subject(paper: Paper) -> str:
    """What the audit calls a paper by: its kind and day, never a resident's name."""
    return f"{paper.report} {paper.day:%Y-%m-%d}"
