"""A document as a description, and its way to the bytes of a PDF.

The same document and the same `made_at` give the same bytes, so that what is archived can be
compared; only a password brings in chance. No claim of PDF/A or PDF/UA is made: nothing here could
prove one, and blocks are not tagged.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from typing import Any

from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen.canvas import Canvas

from desktop_app.printing import finish, typesetter
from desktop_app.printing.blocks import Block, Sheet
from desktop_app.printing.fonts import FontBook, fonts
from desktop_app.printing.page import OfficialFrame, PageFrame

PROGRAM = "近邻台"
LANGUAGE = "zh-CN"

_SAVING = threading.Lock()
"""The writer reads a face with one place mark for all documents."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed. `made_at` is the moment it says it was made, with its zone.

    `attachments` travel inside the file, a table's rows as CSV above all. With a `password` nobody
    opens the file without it (AES-256).
    """

    title: str
    blocks: tuple[Block, ...]
    made_at: datetime
    frame: PageFrame = field(default_factory=OfficialFrame)
    author: str = ""
    subject: str = ""
    attachments: tuple[finish.Attachment, ...] = ()
    password: str = field(default="", repr=False)


def render(document: Document, book: FontBook | None = None) -> bytes:
    """The document as a PDF. Takes time: call it in a job."""
    book = book or fonts()
    memory = io.BytesIO()
    canvas = _new_canvas(memory, document)
    area, looks = document.frame.area, document.frame.looks
    sheet = Sheet(book, looks, area.width, area.height)
    flowables = (flow for block in document.blocks for flow in block.flowables(sheet))
    pages = typesetter.Typesetter(canvas, area).lay(flowables)
    typesetter.draw(canvas, pages, document.frame, book, document.title)
    with _SAVING:
        canvas.save()
    return finish.finished(memory.getvalue(), document.attachments, document.password)


def missing_characters(document: Document, book: FontBook | None = None) -> frozenset[str]:
    """What would be printed as 〓: to be told before printing. Reads every text of the blocks."""
    found: set[str] = set()
    waiting: list[Any] = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            found.update(part)
        elif is_dataclass(part):
            waiting += [getattr(part, part_of.name) for part_of in fields(part)]
        elif isinstance(part, Sequence) and not isinstance(part, bytes):
            waiting += part
        elif isinstance(part, Mapping):
            waiting += part.values()
    return (book or fonts()).missing("".join(found))


def _new_canvas(memory: io.BytesIO, document: Document) -> Any:
    canvas = Canvas(
        memory,
        pagesize=document.frame.paper,
        pageCompression=1,
        invariant=1,
        lang=LANGUAGE,
        pdfVersion=(1, 4),
    )
    stamp = TimeStamp(1)
    stamp.YMDhms = tuple(document.made_at.timetuple())[:6]
    offset = document.made_at.utcoffset()
    if offset is None:
        raise ValueError("a document is made at a moment in a zone")
    minutes = round(offset.total_seconds() / 60)
    stamp.dhh, stamp.dmm = int(minutes / 60), abs(minutes) % 60
    canvas._doc._timeStamp = stamp
    canvas._doc.updateSignature(f"{document.made_at.isoformat()} {document.title}".encode())
    canvas.setTitle(document.title)
    canvas.setAuthor(document.author)
    canvas.setSubject(document.subject)
    canvas.setCreator(PROGRAM)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    finish.add_description(canvas, document, PROGRAM, LANGUAGE)
    return canvas
