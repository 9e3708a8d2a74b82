"""A PDF read by programs that had no part in making it: poppler and qpdf.

No single one of them notices every damage: qpdf sees the file's structure, `pdffonts` a face that
is not embedded or cannot be copied from, `pdftotext` characters lost or drawn beside the page,
`pdftoppm` operators that draw nothing. `assert_sound` is all of them; a missing program is an
error.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import NamedTuple

from PIL import Image

NEVER_FIRST = "，。、；：？！）》」』】〉”’…％"
NEVER_LAST = "（《「『【〈“‘"
_EDGE_MM = 4
"""No printer reaches further; what stands there was put there by mistake."""


class Word(NamedTuple):
    """A word with its box in points from the top left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """One page as poppler reads it: its lines, each a list of words."""

    width: float
    height: float
    lines: tuple[tuple[Word, ...], ...]

    @property
    def texts(self) -> list[str]:
        """The page's lines, without the spaces between words."""
        return ["".join(word.text for word in line) for line in self.lines]


@dataclass(frozen=True)
class Reading:
    """The answers of the programs about one file, each asked once."""

    content: bytes = field(repr=False)
    password: str = ""

    def ask(self, program: str, *arguments: str, after: tuple[str, ...] = ()) -> str:
        """What a program prints about the file; any word on its error output is a failure."""
        secret = ["-upw", self.password] if self.password else []
        done = self.run(program, *secret, *arguments, after=after)
        assert (done.returncode, done.stderr) == (0, ""), f"{program}: {done.stderr[:500]}"
        return done.stdout

    def as_file(self) -> io.BytesIO:
        """The file for a library that reads one."""
        return io.BytesIO(self.content)

    def run(self, *command: str, after: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        """A program on a copy of the file, whose path stands between `command` and `after`."""
        with tempfile.TemporaryDirectory(prefix="jinlin-pdf-") as folder:
            path = Path(folder) / "document.pdf"
            path.write_bytes(self.content)
            # poppler writes a rare character in its own head of -bbox as two surrogates.
            return subprocess.run(
                [*command, str(path), *after],
                capture_output=True, text=True, encoding="utf-8", errors="surrogatepass",
                timeout=120, check=False,
            )  # fmt: skip

    @cached_property
    def text(self) -> str:
        """All text in reading order; a form feed ends each page."""
        return self.ask("pdftotext", "-enc", "UTF-8", after=("-",))

    @cached_property
    def drawn(self) -> str:
        """All text in the order it was drawn; poppler's reading order mixes up table cells."""
        return self.ask("pdftotext", "-raw", "-enc", "UTF-8", after=("-",))

    @cached_property
    def characters(self) -> str:
        """The text without anything that only spaces it out."""
        return re.sub(r"\s", "", self.text)

    @cached_property
    def facts(self) -> dict[str, str]:
        """What pdfinfo says: Title, Author, Pages, Page size …"""
        rows = (line.partition(":") for line in self.ask("pdfinfo").splitlines())
        return {name.strip(): value.strip() for name, _, value in rows}

    @cached_property
    def fonts(self) -> list[dict[str, str]]:
        """The rows of pdffonts, by the titles of its columns."""
        titles, rule, *rows = self.ask("pdffonts").splitlines()
        spans = [match.span() for match in re.finditer("-+", rule)]
        return [{titles[a:b].strip(): row[a:b].strip() for a, b in spans} for row in rows]

    @cached_property
    def pages(self) -> list[Page]:
        """Every page with the boxes of its words."""
        found = self.ask("pdftotext", "-bbox-layout", after=("-",))
        return [_page(part) for part in found.split("<page ")[1:]]

    def pictures(self, dots_per_inch: int = 40) -> Iterator[Image.Image]:
        """Every page as it is printed, in grey."""
        with tempfile.TemporaryDirectory() as folder:
            self.ask("pdftoppm", "-gray", "-r", str(dots_per_inch), after=(f"{folder}/p",))
            for file in sorted(Path(folder).glob("*.pgm")):
                with Image.open(file) as picture:
                    yield picture.copy()


def assert_sound(content: bytes, password: str = "") -> Reading:
    """The gate: whole, embedded, copyable, drawn without complaint, not blank, on the page."""
    reading = Reading(content, password)
    _check_structure(reading)
    assert reading.fonts, "no font at all"
    for font in reading.fonts:
        assert (font["emb"], font["sub"], font["uni"]) == ("yes", "yes", "yes"), font
    for number, page in enumerate(reading.pages, 1):
        _check_words(number, page)
    shown = 0
    for number, picture in enumerate(reading.pictures(), 1):
        shown = number
        assert sum(picture.histogram()[:128]) > 0, f"page {number} is blank"
        assert _ink_at_the_edge(picture) == 0, f"page {number} prints beyond what printers reach"
    assert shown == len(reading.pages) == int(reading.facts["Pages"])
    return reading


def assert_lines_break_well(reading: Reading) -> None:
    """No line begins with a closing sign or ends with an opening one (GB/T 15834-2011, 5.1)."""
    lines = [text for page in reading.pages for text in page.texts if text]
    assert [line for line in lines if line[0] in NEVER_FIRST] == []
    assert [line for line in lines if line[-1] in NEVER_LAST] == []


def _check_structure(reading: Reading) -> None:
    secret = [f"--password={reading.password}"] if reading.password else []
    done = reading.run("qpdf", *secret, "--check")
    assert done.returncode == 0, done.stdout + done.stderr


_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)


def _page(part: str) -> Page:
    size = re.match(r'width="([\d.]+)" height="([\d.]+)"', part)
    assert size is not None
    lines = [
        tuple(
            Word(unescape(text), float(left), float(top), float(right), float(bottom))
            for left, top, right, bottom, text in _WORD.findall(line)
        )
        for line in part.split("<line ")[1:]
    ]
    return Page(float(size[1]), float(size[2]), tuple(lines))


def _check_words(number: int, page: Page) -> None:
    for line in page.lines:
        for word in line:
            assert word.left >= 0, (number, word)
            assert word.right <= page.width, (number, word)
            # A word's box is the whole height of its face, ink or not: only its middle counts.
            assert 0 < (word.top + word.bottom) / 2 < page.height, (number, word)


def _ink_at_the_edge(picture: Image.Image) -> int:
    edge = round(_EDGE_MM / 25.4 * 40)
    inner = picture.copy()
    width, height = picture.size
    inner.paste(255, (edge, edge, width - edge, height - edge))
    return sum(inner.histogram()[:250])
