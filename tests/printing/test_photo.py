"""Photos from phones and cameras, whole and broken, as they are handed over the counter."""

from __future__ import annotations

import hashlib
import io
import struct
import sys
import zlib
from datetime import date
from types import ModuleType

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from desktop_app.core.errors import UserError
from desktop_app.printing import photo
from desktop_app.printing.photo import take_in
from tests.printing.conftest import corners, opened, saved, seen_corners

ORIENTATION, EXIF, GPS, TAKEN = 0x0112, 0x8769, 0x8825, 0x9003


def exif(orientation: int = 1, taken: str = "2026:11:20 09:30:00") -> Image.Exif:
    """What a phone writes: how it was held, when, and where."""
    made = Image.Exif()
    made[ORIENTATION] = orientation
    made[0x010F] = "phone-maker"
    made.get_ifd(EXIF)[TAKEN] = taken
    made.get_ifd(GPS)[2] = (25.0, 6.0, 12.0)
    return made


def sentence(data: bytes) -> str:
    """How the photo is refused."""
    with pytest.raises(UserError) as refused:
        take_in(data)
    fault = refused.value
    assert "没有加入" in fault.sentence
    assert fault.next_step
    return fault.sentence


HOW_IT_WAS_HELD = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", sorted(HOW_IT_WAS_HELD))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_photo_stands_upright_however_the_phone_was_held(orientation: int, kind: str) -> None:
    turn = HOW_IT_WAS_HELD[orientation]
    upright = corners(400, 300)
    lying = upright if turn is None else upright.transpose(turn)
    kept = take_in(saved(lying, kind, exif=exif(orientation)))
    assert (kept.width, kept.height) == (400, 300)
    assert seen_corners(opened(kept.data)) == [0, 1, 2, 3]


def test_where_and_with_what_it_was_taken_is_gone_and_the_day_is_kept_apart() -> None:
    data = saved(corners(), exif=exif(), comment=b"secret comment", xmp=b"<x:xmpmeta secret/>")
    assert b"phone-maker" in data
    kept = take_in(data)
    left = opened(kept.data)
    assert kept.taken_on == date(2026, 11, 20)
    assert dict(left.getexif()) == {}
    assert set(left.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"phone-maker" not in kept.data
    assert b"secret" not in kept.data
    assert b"Exif" not in kept.data


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "2026:13:40 00:00:00", "yesterday", "", "    :  :  "]
)
def test_a_camera_that_does_not_know_the_day_gives_none(taken: str) -> None:
    assert take_in(saved(corners(), exif=exif(taken=taken))).taken_on is None


def test_a_damaged_note_of_the_camera_does_not_cost_the_photo() -> None:
    broken = b"Exif\0\0II*\0\xff\xff\xff\xff" + bytes(40)
    kept = take_in(saved(corners(), exif=broken))
    assert (kept.width, kept.taken_on) == (400, None)


def test_a_photo_is_shrunk_to_its_longer_side_and_never_blown_up() -> None:
    large = take_in(saved(corners(4032, 3024)))
    assert (large.width, large.height) == (1600, 1200)
    tall = take_in(saved(corners(900, 4000)), longest=1000)
    assert (tall.width, tall.height) == (225, 1000)
    small = take_in(saved(corners(120, 90)))
    assert (small.width, small.height) == (120, 90)
    thread = take_in(saved(Image.new("RGB", (9000, 2)), "PNG"))
    assert (thread.width, thread.height) == (1600, 1)


def test_what_is_kept_is_known_by_the_digest_of_its_bytes() -> None:
    data = saved(corners(), exif=exif(6))
    kept = take_in(data)
    assert kept.sha256 == hashlib.sha256(kept.data).hexdigest()
    assert take_in(data).sha256 == kept.sha256
    assert opened(kept.data).size == (kept.width, kept.height)


def test_taking_in_what_was_taken_in_changes_neither_size_nor_sides() -> None:
    once = take_in(saved(corners(2000, 1500), exif=exif(6)))
    twice = take_in(once.data)
    assert (twice.width, twice.height) == (once.width, once.height)
    assert seen_corners(opened(twice.data)) == seen_corners(opened(once.data))


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "YCbCr", "1", "P", "LA", "RGBA", "PA"])
def test_every_kind_of_colour_becomes_plain_rgb(mode: str) -> None:
    picture = corners().convert("RGBA") if mode in ("LA", "PA") else corners()
    picture = picture.convert(mode)
    kept = opened(take_in(saved(picture, "TIFF")).data)
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (400, 300))


def test_a_cmyk_photo_keeps_its_colours() -> None:
    assert seen_corners(opened(take_in(saved(corners().convert("CMYK"))).data)) == [0, 1, 2, 3]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_what_can_be_seen_through_lies_on_white(kind: str) -> None:
    glass = corners().convert("RGBA")
    glass.paste((0, 0, 0, 0), (0, 0, 200, 300))
    kept = opened(take_in(saved(glass, kind)).data)
    assert kept.getpixel((60, 60)) == (255, 255, 255)
    assert seen_corners(kept)[1:3] == [1, 2]


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_a_colour_that_stands_for_nothing_lies_on_white(mode: str) -> None:
    picture = Image.new("RGB", (80, 60), (7, 7, 7)).convert(mode)
    kept = opened(take_in(saved(picture, "PNG", transparency=picture.getpixel((0, 0)))).data)
    assert kept.getpixel((20, 20)) == (255, 255, 255)


def test_sixteen_bits_a_channel_keep_their_brightness() -> None:
    row = struct.pack("<100H", *[20_000] * 50, *[60_000] * 50)
    halves = Image.frombytes("I;16", (100, 40), row * 40)
    kept = opened(take_in(saved(halves, "PNG")).data)
    dark, light = kept.getpixel((10, 20)), kept.getpixel((90, 20))
    assert isinstance(dark, tuple)
    assert isinstance(light, tuple)
    assert dark[0] == pytest.approx(78, abs=3)
    assert light[0] == pytest.approx(233, abs=3)


def test_colours_of_another_space_are_brought_over_and_the_profile_is_gone() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    kept = take_in(saved(corners(), icc_profile=lab))
    assert "icc_profile" not in opened(kept.data).info
    nonsense = take_in(saved(corners(), icc_profile=b"no profile at all"))
    assert seen_corners(opened(nonsense.data)) == [0, 1, 2, 3]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF", "AVIF"])
def test_the_content_decides_as_nobody_looks_at_a_name(kind: str) -> None:
    kept = take_in(saved(corners(), kind))
    assert opened(kept.data).format == "JPEG"
    assert seen_corners(opened(kept.data)) == [0, 1, 2, 3]


def test_of_a_photo_in_two_exposures_the_first_is_kept() -> None:
    data = saved(corners(), "MPO", save_all=True, append_images=[Image.new("RGB", (400, 300))])
    assert seen_corners(opened(take_in(data).data)) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 " + bytes(99), b"PK\x03\x04" + bytes(99), "一段文字。".encode() * 9,
             b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\0\0\0\x18ftypmp42" + bytes(64)]
)  # fmt: skip
def test_what_is_no_photo_is_told_so(data: bytes) -> None:
    assert "不是照片" in sentence(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"])
@pytest.mark.parametrize("part", [0.06, 0.5, 0.97])
def test_a_photo_that_was_cut_short_is_refused_and_never_half_kept(kind: str, part: float) -> None:
    noise = Image.effect_noise((300, 200), 60).convert("RGB")
    whole = saved(noise, kind)
    with pytest.raises(UserError):
        take_in(whole[: int(len(whole) * part)])


def test_a_photo_cut_short_says_so() -> None:
    whole = saved(Image.effect_noise((300, 200), 60).convert("RGB"))
    assert "不完整" in sentence(whole[: len(whole) // 2])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"])
def test_whatever_byte_is_wrong_the_answer_is_a_photo_or_a_sentence(kind: str) -> None:
    whole = saved(corners(60, 40), kind, **({"exif": exif(6)} if kind != "BMP" else {}))
    answers = []
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        try:
            answers.append(take_in(bytes(broken)).width > 0)
        except UserError as refused:
            answers.append(bool(refused.sentence))
    assert all(answers)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_a_moving_picture_is_no_photo(kind: str) -> None:
    second = Image.new("RGB", (400, 300), "white")
    data = saved(corners(), kind, save_all=True, append_images=[second])
    assert "会动" in sentence(data)


def bomb(side: int) -> bytes:
    """A small PNG file that would unpack to a square of this many black pixels a side."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side + 7) // 8 + 1) * side, 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_is_seen_in_its_header_and_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpacked(_: object) -> None:
        raise AssertionError("unpacked")

    data = bomb(30_000)
    assert len(data) < 200_000
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", unpacked)
    assert "万像素" in sentence(data)
    assert "万像素" in sentence(bomb(7_100))


def test_fifty_megapixels_are_the_limit() -> None:
    assert take_in(bomb(7_000)).width == 1600
    assert "5000 万像素" in sentence(bomb(7_100))


def test_a_file_of_more_than_thirty_megabytes_is_refused_by_its_size() -> None:
    assert "超过 30 MB" in sentence(saved(corners()) + bytes(photo.MOST_BYTES))


def heic(brand: bytes = b"heic") -> bytes:
    """The beginning of a photo as iPhones save it."""
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + b"mif1heic" + bytes(200)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
def test_a_photo_of_an_iphone_is_told_how_to_save_it_otherwise(
    brand: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(UserError) as refused:
        take_in(heic(brand))
    assert "HEIC" in refused.value.sentence
    assert "JPEG" in refused.value.next_step


def test_with_the_optional_opener_a_photo_of_an_iphone_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    optional = ModuleType("pillow_heif")

    png = io.BytesIO(saved(corners(), "PNG"))

    def register() -> None:
        Image.register_open("HEIF", lambda *_: PngImagePlugin.PngImageFile(png))

    vars(optional)["register_heif_opener"] = register
    monkeypatch.setitem(sys.modules, "pillow_heif", optional)
    try:
        assert seen_corners(opened(take_in(heic()).data)) == [0, 1, 2, 3]
    finally:
        Image.OPEN.pop("HEIF")
        Image.ID.remove("HEIF")
