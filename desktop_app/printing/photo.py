"""Photos as they come in: upright, small, plain, and without a word about where they were taken.

`take_in()` is the one door for pictures from phones, cameras and chat programs. What it answers is
what is kept and what is printed: reportlab puts a JPEG into a PDF unchanged and ignores the
orientation written in it, so a photo is turned here, once. Slow work (about 0.2 s for 12
megapixels): call it in a job. How photos lie on paper is `photo_sheet.py`.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Final

from PIL import Image, UnidentifiedImageError

from desktop_app.core.errors import UserError

MOST_BYTES: Final = 30_000_000
MOST_PIXELS: Final = 50_000_000
"""The largest phone sensors that save a JPEG at full size by default have 50 megapixels."""

LONGEST: Final = 1600
"""Pixels along the longer side that are kept: 250 dpi across a text area of 156 mm."""

QUALITY: Final = 85

_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF", "AVIF")
_MOVING = frozenset({"GIF", "PNG", "WEBP", "AVIF", "HEIF"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})

_ORIENTATION = 0x0112
_EXIF_FOLDER = 0x8769
_TAKEN, _DIGITISED, _CHANGED = 0x9003, 0x9004, 0x0132

# By Exif 2.3, 4.6.4 A: what undoes each orientation a camera may have written down.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# What Pillow raises on files that lie about themselves; found by flipping and cutting bytes.
_DAMAGE = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError,
    AttributeError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip

# Above twice this many Pillow itself refuses, before anything is unpacked.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept: a baseline JPEG in RGB without metadata, `width` × `height` pixels.

    `taken_on` is the day the camera wrote down, by its own clock; None when it wrote none.
    """

    data: bytes
    width: int
    height: int
    sha256: str
    taken_on: date | None = None

    @property
    def aspect(self) -> float:
        """Width divided by height."""
        return self.width / self.height


def take_in(data: bytes, *, longest: int = LONGEST) -> Photo:
    """Read a picture file and answer the photo to keep; what the file is called does not matter.

    At most `longest` pixels along the longer side; a smaller picture is never blown up. Raises
    `UserError` for what is no photo, is damaged, moves, or is too large to be opened safely.
    """
    refuse_too_heavy(len(data))
    # Pillow warns of odd files; a person gets a sentence, or a photo that came out right.
    with warnings.catch_warnings(action="ignore"), _opened(data) as picture:
        _refuse_what_moves(picture)
        exif = _exif(picture)
        try:
            # Half, a quarter or an eighth of the size costs a fraction of the time, but only when
            # asked for in the photo's own aspect.
            picture.draft(None, _fitted(picture.size, longest))
            picture.load()
            plain = _turned(_shrunk(_eight_bit(picture), longest), exif)
            plain = _rgb_on_white(plain, picture.info.get("icc_profile"))
        except _DAMAGE as error:
            raise _damaged() from error
        day = _taken_on(exif)
    kept = _encoded(plain)
    return Photo(kept, *plain.size, hashlib.sha256(kept).hexdigest(), day)


def refuse_too_heavy(size: int) -> None:
    """Raise `UserError` for a file of more bytes than a photo has: best asked before reading it."""
    if size > MOST_BYTES:
        raise _too_heavy(size)


def _opened(data: bytes) -> Image.Image:
    formats: tuple[str, ...] = _FORMATS
    if _is_heic(data):
        if not _can_open_heic():
            raise UserError(
                "这是苹果手机的 HEIC 格式照片，本机打不开，没有加入，原来的内容没有变。",
                "请在手机“设置 → 相机 → 格式”里选“兼容性最佳”后重拍，或用微信、电脑的看图程序"
                "另存为 JPEG 后再加入。",
            )
        formats = (*_FORMATS, "HEIF")
    try:
        picture = Image.open(io.BytesIO(data), formats=formats)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise UserError(
            "这个文件不是照片，没有加入，原来的内容没有变。",
            "请选 JPEG、PNG 等图片文件；文档、视频和压缩包不能当照片。",
        ) from error
    except _DAMAGE as error:
        raise _damaged() from error
    if picture.width * picture.height > MOST_PIXELS:
        picture.close()
        raise _too_many_pixels(picture.size)
    return picture


def _is_heic(data: bytes) -> bool:
    """By ISO 23008-12: an `ftyp` box whose brands name HEVC pictures; AVIF is opened as it is."""
    if data[4:8] != b"ftyp":
        return False
    brands = {data[at : at + 4] for at in (8, *range(16, min(len(data), 64), 4))}
    return bool(brands & _HEIC_BRANDS) and not brands & {b"avif", b"avis"}


def _can_open_heic() -> bool:
    """Whether the optional opener is installed; its licence keeps it out of what we ship."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        return False
    register_heif_opener()
    return True


def _refuse_what_moves(picture: Image.Image) -> None:
    if picture.format in _MOVING and getattr(picture, "is_animated", False):
        raise UserError(
            "这是会动的图片，不能当照片用，没有加入，原来的内容没有变。",
            "请截取其中一个画面，另存为 JPEG 后再加入。",
        )


def _exif(picture: Image.Image) -> Image.Exif:
    """What the camera wrote down; nothing when it cannot be read, which is no reason to refuse."""
    try:
        return picture.getexif()
    except _DAMAGE:
        return Image.Exif()


def _taken_on(exif: Image.Exif) -> date | None:
    with contextlib.suppress(*_DAMAGE):
        inner = exif.get_ifd(_EXIF_FOLDER)
        for found in (inner.get(_TAKEN), inner.get(_DIGITISED), exif.get(_CHANGED)):
            with contextlib.suppress(*_DAMAGE):
                year, month, day = str(found).split(" ")[0].split(":")
                return date(int(year), int(month), int(day))
    return None


def _fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    factor = min(1.0, longest / max(size))
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _eight_bit(picture: Image.Image) -> Image.Image:
    """Without palette and without more than eight bits a channel; transparency stays for now."""
    if picture.mode == "P":
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in ("RGB", "L") and "transparency" in picture.info:
        return picture.convert("RGBA")
    if picture.mode == "I" or picture.mode.startswith("I;16") or picture.mode == "F":
        return _scaled_down(picture)
    return picture


def _scaled_down(picture: Image.Image) -> Image.Image:
    # Pillow's own conversion cuts off everything brighter than 255.
    wide = picture.convert("F")
    low, high = wide.getextrema()
    if picture.mode == "F":
        white = float(high) if isinstance(high, int | float) and high > 1 else 1.0
    else:
        white = 65535.0
    if not all(isinstance(end, int | float) and end == end for end in (low, high)):
        raise ValueError("brightness is not a number")
    return wide.point(lambda value: value * (255 / white) + 0.0).convert("L")


def _shrunk(picture: Image.Image, longest: int) -> Image.Image:
    size = _fitted(picture.size, longest)
    if size == picture.size:
        return picture
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _turned(picture: Image.Image, exif: Image.Exif) -> Image.Image:
    """Upright, after shrinking: turning then costs a few milliseconds."""
    turn = _TURNS.get(exif.get(_ORIENTATION, 1))
    return picture if turn is None else picture.transpose(turn)


def _rgb_on_white(picture: Image.Image, profile: object) -> Image.Image:
    if "A" in picture.mode or "a" in picture.mode:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer.getchannel("A"))
    if isinstance(profile, bytes) and picture.mode in ("RGB", "CMYK", "L"):
        picture = _as_srgb(picture, profile)
    return picture.convert("RGB")


def _as_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The same colours without the profile: phones photograph in wider colour spaces than sRGB."""
    from PIL import ImageCms

    with contextlib.suppress(ImageCms.PyCMSError, *_DAMAGE):
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" not in ImageCms.getProfileDescription(found):
            made = ImageCms.profileToProfile(
                picture, found, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if made is not None:
                return made
    return picture


def _encoded(picture: Image.Image) -> bytes:
    # Pillow writes a comment that came with the file into the new one.
    picture.info = {}
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()


def _too_heavy(size: int) -> UserError:
    return UserError(
        f"照片文件有 {size / 1e6:.0f} MB，超过 {MOST_BYTES / 1e6:.0f} MB，没有加入，"
        "原来的内容没有变。",
        "请用手机或看图程序缩小后另存为 JPEG，再加入一次。",
    )


def _too_many_pixels(size: tuple[int, int] | None = None) -> UserError:
    words = f"有 {size[0]}×{size[1]} 像素，" if size else ""
    return UserError(
        f"照片{words}超过 {MOST_PIXELS // 10_000} 万像素，没有加入，原来的内容没有变。",
        "请缩小后另存为 JPEG，再加入一次。",
    )


def _damaged() -> UserError:
    return UserError(
        "照片文件不完整或已损坏，没有加入，原来的内容没有变。",
        "请从手机或相机重新复制一次，再加入。",
    )
