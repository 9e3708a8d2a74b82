"""Sealing 200 MB of photos and opening them again, beside `age` on the same bytes.

Ours hashes every photo and the sealed file on both ways, signs, checks everything, and leaves it
ready to be read; `age` encrypts one file of all photos and decrypts it again. Wall time, medians;
both take turns. `_cpu_s` are seconds of processor, threads together: on a busy machine those of the
other core are missing.
"""

from __future__ import annotations

import hashlib
import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop_app.bundle.header import Header, ParcelKind
from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.bundle.parcel import FileSource, open_parcel, seal_parcel

DEFAULTS: dict[str, Any] = {"rounds": 5, "photos": 400, "bytes": 500_000}
MOST_TIMES_AGE = 2.2


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """The ratio is that of the sums of one round; the bound is on its median."""
    with tempfile.TemporaryDirectory() as name:
        work = _Work(Path(name), int(options["photos"]), int(options["bytes"]))
        sealing, opening, ours, age, ratios, ours_cpu, age_cpu = ([] for _ in range(7))
        for turn in range(int(options["rounds"]) + 1):
            age_s, age_c = _timed(work.age, resource.RUSAGE_CHILDREN)
            seal_s, seal_c = _timed(work.seal, resource.RUSAGE_SELF)
            open_s, open_c = _timed(work.open, resource.RUSAGE_SELF)
            if turn:  # the first round only warms the caches
                sealing.append(seal_s)
                opening.append(open_s)
                ours.append(seal_s + open_s)
                age.append(age_s)
                ratios.append((seal_s + open_s) / age_s)
                ours_cpu.append(seal_c + open_c)
                age_cpu.append(age_c)
    ratio = statistics.median(ratios)
    return {
        "megabytes": work.size / 1e6,
        "seal_s": statistics.median(sealing),
        "open_s": statistics.median(opening),
        "ours_s": statistics.median(ours),
        "age_s": statistics.median(age),
        "ours_cpu_s": statistics.median(ours_cpu),
        "age_cpu_s": statistics.median(age_cpu),
        "ratio": ratio,
        "bound": MOST_TIMES_AGE,
        "holds": ratio <= MOST_TIMES_AGE,
    }


class _Work:
    """The photos, the keys, and what is done with them."""

    def __init__(self, folder: Path, count: int, size: int) -> None:
        self._folder = folder
        self._signer, self._key = SigningKey.fresh(), OpeningKey.fresh()
        self._whole, self._age_key = folder / "whole", folder / "key.txt"
        self._age_key.write_text(self._key.to_text())
        self.size = count * size
        self._photos: dict[str, Path] = {}
        with self._whole.open("wb") as whole:
            for _ in range(count):
                data = os.urandom(size)
                whole.write(data)
                sha256 = hashlib.sha256(data).hexdigest()
                path = self._photos[sha256] = folder / sha256
                path.write_bytes(data)

    def seal(self) -> None:
        photos = [
            FileSource.photo(sha256, lambda path=path: path.open("rb"))  # type: ignore[misc]
            for sha256, path in self._photos.items()
        ]
        kind = ParcelKind.PHOTOS
        with (self._folder / "ours.jlb").open("wb") as target:
            seal_parcel(
                target,
                [],
                photos,
                lambda facts: Header(kind, "QR01", "JD00", "first", 0, "0", tables=facts),
                self._signer,
                [self._key.recipient],
            )

    def open(self) -> None:
        with open_parcel(self._folder / "ours.jlb", [self._key], self._folder) as parcel:
            if len(parcel.photo_names()) != len(self._photos):
                raise AssertionError("not all photos arrived")

    def age(self) -> None:
        sealed, again = self._folder / "age.age", self._folder / "age.out"
        for command in (
            ["age", "-r", self._key.recipient, "-o", str(sealed), str(self._whole)],
            ["age", "-d", "-i", str(self._age_key), "-o", str(again), str(sealed)],
        ):
            subprocess.run(command, check=True)


def _timed(work: Callable[[], None], who: int) -> tuple[float, float]:
    """Seconds by the wall, and of processor."""
    used, began = resource.getrusage(who), time.perf_counter()
    work()
    took, after = time.perf_counter() - began, resource.getrusage(who)
    return took, after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
