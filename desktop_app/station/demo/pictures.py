"""The drawn pictures of a demo home: taken in once, and named by many records."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.photos import Photo
from desktop_app.core.resources import resource_bytes
from desktop_app.station.demo.dice import Dice
from desktop_app.storage.attachments import BlobStore

_FOLDER = ("sample", "demo", "pictures")
_CAPTIONS = {
    "charging": "充电位投入使用",
    "goods": "物资送到",
    "lamps": "夜间亮灯",
    "passage": "通道清空",
    "ramp": "坡道和扶手完工",
    "roof": "屋面防水完工",
    "room": "活动室换了座椅",
}
_SIGNED = "paper"
_SIZE = (800, 600)

NAMES = (*_CAPTIONS, _SIGNED)


@dataclass(frozen=True)
class Pictures:
    """`scenes` show what was done; `signed` is a sheet with a signature."""

    scenes: tuple[Photo, ...]
    signed: Photo

    def some(self, dice: Dice, words: str) -> tuple[Photo, ...]:
        """One or two that fit what was done, as evidence of it."""
        fitting = [one for one in self.scenes if _fits(one, words)]
        first = dice.pick(fitting or self.scenes)
        if dice.chance(0.4):
            return first, replace(self.signed, caption="居民签字")
        return (first,)


_TELLING = {"充电": 0, "物资": 1, "辅具": 1, "灯": 2, "通道": 3, "坡道": 4, "扶手": 4, "防水": 5}
_ORDER = tuple(_CAPTIONS)


def _fits(photo: Photo, words: str) -> bool:
    return any(
        word in words and photo.caption == _CAPTIONS[_ORDER[place]]
        for word, place in _TELLING.items()
    )


def taken_in(blobs: BlobStore) -> Pictures:
    """Keep the pictures as attachments of a new home."""
    scenes = tuple(_kept(blobs, name, caption) for name, caption in _CAPTIONS.items())
    return Pictures(scenes, _kept(blobs, _SIGNED, ""))


def _kept(blobs: BlobStore, name: str, caption: str) -> Photo:
    kept = blobs.put(resource_bytes(*_FOLDER, f"{name}.jpg"))
    return Photo(kept.sha256.hex(), kept.size, *_SIZE, None, caption)
