"""Photos as they come, as files or from the clipboard: shrunk, kept, and each refusal told by name.

One picture that cannot be used never costs the others. How a picture is opened and what is taken
out of it is for `printing.photo`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Conflict, Fault, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.ledgers.activities.rules.activity import MOST_PHOTOS, Action, Activity
from desktop_app.ledgers.activities.rules.photos import Picture
from desktop_app.ledgers.activities.rules.steps import refuse_unless
from desktop_app.ledgers.activities.service.pictures import add_photos
from desktop_app.ledgers.activities.service.reading import get
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.files import translate_os_error
from desktop_app.storage.session import Desk

SUFFIXES = frozenset(
    {
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".bmp",
        ".gif",
        ".tif",
        ".tiff",
        ".avif",
        ".heic",
        ".heif",
    }
)
"""What of a folder is looked at; a file somebody chose by itself is always tried."""

_TRIES = 3


@dataclass(frozen=True, slots=True)
class PhotoSource:
    """A picture that is offered: a file or folder at `path`, or its content in `data`."""

    name: str
    path: Path | None = None
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken in, and why."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class PhotosTaken:
    """What became of the pictures; `changed` is None when none was added."""

    changed: Changed[Activity] | None
    added: int
    refused: tuple[Refusal, ...]


def take_in_photos(
    desk: Desk, blobs: BlobStore, uid: Uid, sources: Sequence[PhotoSource], job: Job
) -> PhotosTaken:
    """Add pictures to an activity; those that cannot be used are told, the others are kept.

    Raises `UserError` when the activity takes none any more. Cancelling keeps none of them.
    """
    activity = get(desk, uid)
    refuse_unless(activity, Action.ADD_PHOTOS)
    refused: list[Refusal] = []
    files = list(_files(sources, refused))
    seen = {photo.sha256 for photo in activity.photos}
    pictures: list[Picture] = []
    for number, source in enumerate(files):
        job.progress(number, len(files), f"{number + 1}/{len(files)}　{source.name}")
        if len(seen) >= MOST_PHOTOS:
            left = f"一场活动最多保存{MOST_PHOTOS}张照片，没有加入。请挑选有代表性的。"
            refused += [Refusal(one.name, left) for one in files[number:]]
            break
        try:
            pictures.append(_picture(source, seen))
        except Fault as fault:
            refused.append(Refusal(source.name, fault.words))
    job.check()
    if not pictures:
        return PhotosTaken(None, 0, tuple(refused))
    return PhotosTaken(_added(desk, blobs, uid, pictures), len(pictures), tuple(refused))


def _added(
    desk: Desk, blobs: BlobStore, uid: Uid, pictures: Sequence[Picture]
) -> Changed[Activity]:
    """Photos come beside whatever somebody wrote meanwhile, so that is no reason to refuse them."""
    for _ in range(_TRIES - 1):
        try:
            return add_photos(desk, blobs, uid, get(desk, uid).revision, pictures)
        except Conflict:
            continue
    return add_photos(desk, blobs, uid, get(desk, uid).revision, pictures)


def _files(sources: Iterable[PhotoSource], refused: list[Refusal]) -> Iterable[PhotoSource]:
    for source in sources:
        if source.path is None or not source.path.is_dir():
            yield source
            continue
        try:
            inside = sorted(path for path in source.path.iterdir() if _is_picture(path))
        except OSError as error:
            refused.append(Refusal(source.name, translate_os_error(error, "打开文件夹").words))
            continue
        if not inside:
            refused.append(Refusal(source.name, "这个文件夹里没有照片。请选放照片的文件夹。"))
        yield from (PhotoSource(path.name, path) for path in inside)


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def _picture(source: PhotoSource, seen: set[str]) -> Picture:
    # Loaded with the first photo: most days nobody adds one.
    from desktop_app.printing.photo import refuse_too_heavy, take_in

    data = source.data
    if source.path is not None:
        try:
            refuse_too_heavy(source.path.stat().st_size)
            data = source.path.read_bytes()
        except OSError as error:
            raise translate_os_error(error, "打开照片") from error
    photo = take_in(data)
    if photo.sha256 in seen:
        raise UserError("这张照片已经在这场活动里，没有再加一次。")
    seen.add(photo.sha256)
    return Picture(photo.data, photo.width, photo.height, photo.taken_on)
