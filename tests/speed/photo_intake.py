"""Taking in six photos of 12 megapixels from a phone that was held upright.

Beside it, on the same files in turn, the same decoding, shrinking and encoding alone: without
looking at header and notes, turning, cleaning and the digest. CPU milliseconds a photo, medians.
`whole_decode_ms` is what it costs without asking the decoder for half the size.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image

from desktop_app.printing.photo import LONGEST, QUALITY, take_in

DEFAULTS: dict[str, Any] = {"rounds": 5, "photos": 6}
MOST_TIMES_BARE = 1.2

_SIZE = (4032, 3024)
_ORIENTATION, _EXIF, _GPS, _TAKEN = 0x0112, 0x8769, 0x8825, 0x9003


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """The ratio is that of sums over all photos of one round; the bound is on its median."""
    photos = [_photo(number) for number in range(int(options["photos"]))]
    ours, bare, whole, ratios = [], [], [], []
    for turn in range(int(options["rounds"]) + 1):
        took = [_timed(take_in, data) for data in photos]
        reference = [_timed(_bare, data) for data in photos]
        if turn:  # the first round only warms the caches
            ours += took
            bare += reference
            whole.append(_timed(_whole, photos[0]))
            ratios.append(sum(took) / sum(reference))
    ratio = statistics.median(ratios)
    return {
        "photo_bytes": len(photos[0]),
        "take_in_ms": statistics.median(ours),
        "decode_shrink_encode_ms": statistics.median(bare),
        "whole_decode_ms": statistics.median(whole),
        "ratio": ratio,
        "bound": MOST_TIMES_BARE,
        "holds": ratio <= MOST_TIMES_BARE,
    }


def _photo(number: int) -> bytes:
    """A photo as phones save it: lying, with a note to turn it, the day and the place."""
    grain = Image.effect_noise((_SIZE[0] // 4, _SIZE[1] // 4), 20 + 5 * number)
    ground = Image.radial_gradient("L").resize(_SIZE)
    picture = Image.merge("RGB", [ground, grain.resize(_SIZE), ground.transpose(
        Image.Transpose.FLIP_LEFT_RIGHT)])  # fmt: skip
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    exif.get_ifd(_EXIF)[_TAKEN] = "2026:11:20 09:30:00"
    exif.get_ifd(_GPS)[2] = (25.0, 6.0, 12.0)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=93, exif=exif)
    return stream.getvalue()


def _bare(data: bytes) -> None:
    picture = Image.open(io.BytesIO(data), formats=("JPEG",))
    size = (LONGEST, LONGEST * _SIZE[1] // _SIZE[0])
    picture.draft(None, size)
    small = picture.resize(size, Image.Resampling.LANCZOS)
    small.save(io.BytesIO(), "JPEG", quality=QUALITY)


def _whole(data: bytes) -> None:
    picture = Image.open(io.BytesIO(data), formats=("JPEG",))
    small = picture.resize((LONGEST, LONGEST * _SIZE[1] // _SIZE[0]), Image.Resampling.LANCZOS)
    small.save(io.BytesIO(), "JPEG", quality=QUALITY)


def _timed(work: Callable[[bytes], object], data: bytes) -> float:
    began = time.process_time()
    work(data)
    return (time.process_time() - began) * 1000
