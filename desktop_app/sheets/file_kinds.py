"""What a file is, by its first bytes and what stands in it; never by its ending."""

from __future__ import annotations

import io
import zipfile
from enum import Enum, auto

from desktop_app.sheets import faults


class FileKind(Enum):
    """The kinds that are read."""

    XLSX = auto()
    XLS = auto()
    TEXT = auto()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE, _ARCHIVE = "一张图片", "一个压缩包"
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", " PDF 文件"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"MZ", "一个程序"),
    (b"SQLite format 3\x00", "一个数据库"),
    (b"{\\rtf", " Word 文档"),
    (b"age-encryption.org", "一个加密的上报文件"),
)
_PLAIN_STARTS = (b"BM", b"MZ", b"GIF8", b"Rar!")
"""Beginnings that a text may have, too: they count only where there is a zero byte as well."""
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<style")
_SOME = 4096


def kind_of(raw: bytes) -> FileKind:
    """The kind of a file's content; raises `UserError` for all that is no table."""
    if raw.startswith(_OLE):
        return _of_ole(raw)
    if raw.startswith(b"PK"):
        return _of_zip(raw)
    for start, kind in _OTHERS:
        if raw.startswith(start) and (start not in _PLAIN_STARTS or b"\0" in raw[:_SOME]):
            raise faults.another_kind(kind)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return FileKind.TEXT
    # BIFF 2 to 5 without a container around it: the sheets of Windows 3.
    if raw[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08") and b"\0" in raw[:16]:
        raise faults.another_table("很旧的 Excel 表格（Excel 95 以前）")
    _refuse_markup(raw)
    if b"\0" in raw[:_SOME]:
        raise faults.no_table()
    return FileKind.TEXT


def _refuse_markup(raw: bytes) -> None:
    start = raw[:_SOME].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"mime-version:", *_HTML)):
        raise faults.another_table("改名为表格的网页")
    if start.startswith(b"<?xml"):
        if b"spreadsheet" in start:
            raise faults.another_table(" XML 格式的表格（Excel 2003）")
        raise faults.another_table("改名为表格的网页") if b"<html" in start else faults.no_table()


def _of_ole(raw: bytes) -> FileKind:
    """An old workbook, an old document, or the wrapping of a workbook with a password."""
    if _has_stream(raw, "EncryptedPackage"):
        raise faults.password()
    if _has_stream(raw, "WordDocument"):
        raise faults.another_kind(" Word 文档")
    if _has_stream(raw, "PowerPoint Document"):
        raise faults.another_kind("演示文稿")
    if _has_stream(raw, "Workbook") or _has_stream(raw, "Book"):
        return FileKind.XLS
    raise faults.damaged()


def _has_stream(raw: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in raw


def has_old_macros(raw: bytes) -> bool:
    """Whether an .xls brings macros."""
    return _has_stream(raw, "_VBA_PROJECT_CUR")


def _of_zip(raw: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            first = archive.read("mimetype")[:60] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        raise faults.damaged() from None
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "xl/workbook.bin" in names:
        raise faults.another_table("二进制的 Excel 表格（.xlsb）")
    if b"opendocument.spreadsheet" in first:
        raise faults.another_table(" ODF 格式的表格（.ods）")
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in first:
        raise faults.another_kind(" Word 文档")
    if any(name.startswith("ppt/") for name in names):
        raise faults.another_kind("演示文稿")
    raise faults.another_kind(_ARCHIVE)
