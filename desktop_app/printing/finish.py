"""What the PDF writer cannot put into a file: its description (XMP), attachments, a password."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from xml.sax.saxutils import escape

import pikepdf
from reportlab.pdfbase.pdfdoc import PDFName, PDFStream


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the document."""

    name: str
    content: bytes
    kind: str = "text/csv"
    description: str = ""


class Described(Protocol):
    """What a description is made from."""

    @property
    def title(self) -> str: ...

    @property
    def author(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def made_at(self) -> datetime: ...


# XML 1.0 has no way to write these.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made_at}</xmp:CreateDate>
<xmp:ModifyDate>{made_at}</xmp:ModifyDate>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def add_description(canvas: Any, described: Described, program: str, language: str) -> None:
    """The document's title, author, language and time as XMP, in the canvas's catalogue."""
    fields = {
        "title": described.title,
        "author": described.author,
        "subject": described.subject,
        "made_at": described.made_at.isoformat(timespec="seconds"),
        "program": program,
        "language": language,
    }
    plain = {name: escape(_NOT_IN_XML.sub("", value)) for name, value in fields.items()}
    stream = PDFStream(content=_XMP.format(**plain).encode(), filters=[])
    stream.dictionary["Type"] = PDFName("Metadata")
    stream.dictionary["Subtype"] = PDFName("XML")
    canvas._doc.Catalog.Metadata = canvas._doc.Reference(stream)


def finished(content: bytes, attachments: Sequence[Attachment], password: str) -> bytes:
    """The file with its attachments and its lock; as it is when it has neither."""
    if not attachments and not password:
        return content
    memory = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for attachment in attachments:
            pdf.attachments[attachment.name] = pikepdf.AttachedFileSpec(
                pdf,
                attachment.content,
                filename=attachment.name,
                mime_type=attachment.kind,
                description=attachment.description,
            )
        if password:
            lock = pikepdf.Encryption(user=password, owner=password, R=6)
            pdf.save(memory, encryption=lock)
        else:
            pdf.save(memory, deterministic_id=True)
    return memory.getvalue()
