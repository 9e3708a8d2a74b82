"""Pictures as they come, as files, folders or from the clipboard: shrunk, each refusal by name.

One picture that cannot be used never costs the others. How a picture is opened and what is taken
out of it is for `photo`; how the pictures are kept is for the ledger that asked for them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Conflict, Fault, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import SUFFIXES, PhotoSource, Picture, Refusal

R = TypeVar("R")
_TRIES = 3

Explain = Callable[[OSError, str], Fault]
"""Puts an error of the disk into words; the second is what was being done."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much fits: `seen` are the SHA-256 of what is there already, `most` how many there may be.

    `full` is said of each picture that no longer fits, `known` of one that is there already.
    """

    seen: Collection[str]
    most: int
    full: str
    known: str


@dataclass(frozen=True, slots=True)
class Looked:
    """The pictures that can be kept, and each file that cannot."""

    pictures: tuple[Picture, ...]
    refused: tuple[Refusal, ...]


# No slots: a generic alias of a frozen class with slots cannot be called on Python 3.11.
@dataclass(frozen=True)
class PicturesTaken(Generic[R]):
    """What became of the pictures that were offered; `changed` is None when none was added."""

    changed: Changed[R] | None
    added: int
    refused: tuple[Refusal, ...]


def bring_in(
    sources: Sequence[PhotoSource],
    room: Room,
    explain: Explain,
    job: Job,
    add: Callable[[Sequence[Picture]], Changed[R]],
) -> PicturesTaken[R]:
    """Add to a record what can be used of the sources. Cancelling the job raises and keeps none.

    `add` looks at the record as it stands now and is called again after a `Conflict`: pictures come
    beside whatever somebody wrote meanwhile, so that is no reason to refuse them.
    """
    looked = look_through(sources, room, explain, job)
    if not looked.pictures:
        return PicturesTaken(None, 0, looked.refused)
    for _ in range(_TRIES - 1):
        try:
            return PicturesTaken(add(looked.pictures), len(looked.pictures), looked.refused)
        except Conflict:
            continue
    return PicturesTaken(add(looked.pictures), len(looked.pictures), looked.refused)


def offered(looked: Looked, uid: Uid) -> PicturesTaken[tuple[Picture, ...]]:
    """What was looked at for a record that does not have it yet: its value are the pictures."""
    pictures = looked.pictures
    changed = Changed(frozenset(), (uid,), pictures) if pictures else None
    return PicturesTaken(changed, len(pictures), looked.refused)


def look_through(sources: Sequence[PhotoSource], room: Room, explain: Explain, job: Job) -> Looked:
    """Make a picture of each source that is one. Cancelling the job raises and keeps none."""
    refused: list[Refusal] = []
    files = list(_files(sources, refused, explain))
    seen = set(room.seen)
    pictures: list[Picture] = []
    for number, source in enumerate(files):
        job.progress(number, len(files), f"{number + 1}/{len(files)}　{source.name}")
        if len(seen) >= room.most:
            refused += [Refusal(one.name, room.full) for one in files[number:]]
            break
        try:
            pictures.append(_picture(source, seen, room, explain))
        except Fault as fault:
            refused.append(Refusal(source.name, fault.words))
    job.check()
    return Looked(tuple(pictures), tuple(refused))


def _files(
    sources: Iterable[PhotoSource], refused: list[Refusal], explain: Explain
) -> Iterable[PhotoSource]:
    for source in sources:
        if source.path is None or not source.path.is_dir():
            yield source
            continue
        try:
            inside = sorted(path for path in source.path.iterdir() if _is_picture(path))
        except OSError as error:
            refused.append(Refusal(source.name, explain(error, "打开文件夹").words))
            continue
        if not inside:
            refused.append(Refusal(source.name, "这个文件夹里没有照片。请选放照片的文件夹。"))
        yield from (PhotoSource(path.name, path) for path in inside)


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def _picture(source: PhotoSource, seen: set[str], room: Room, explain: Explain) -> Picture:
    # Loaded with the first photo: most days nobody adds one.
    from desktop_app.printing.photo import refuse_too_heavy, take_in

    data = source.data
    if source.path is not None:
        try:
            refuse_too_heavy(source.path.stat().st_size)
            data = source.path.read_bytes()
        except OSError as error:
            raise explain(error, "打开照片") from error
    photo = take_in(data)
    if photo.sha256 in seen:
        raise UserError(room.known)
    seen.add(photo.sha256)
    return Picture(photo.data, photo.width, photo.height, photo.taken_on)
