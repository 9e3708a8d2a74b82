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
_FAULTS = {
    "dark": ("夜里没有灯", ("灯", "照明")),
    "blocked": ("通道被车堵住", ("通道", "停放混乱", "乱停")),
    "leak": ("天花板渗水", ("渗", "漏")),
    "heaped": ("楼道堆物", ("堆物", "堆在")),
}
"""What was wrong, and the words of a matter that such a picture fits."""

_SIGNED = "paper"
_SIZE = (800, 600)

NAMES = (*_CAPTIONS, *_FAULTS, _SIGNED)


@dataclass(frozen=True)
class Pictures:
    """`scenes` show what was done, `faults` what was wrong; `signed` is a signed sheet."""

    scenes: tuple[Photo, ...]
    faults: tuple[Photo, ...]
    signed: Photo

    def of_fault(self, words: str) -> tuple[Photo, ...]:
        """What was wrong, where there is a picture of it."""
        told = _FAULTS.values()
        fitting = (
            photo
            for photo, (_caption, telling) in zip(self.faults, told, strict=True)
            if any(word in words for word in telling)
        )
        return tuple(fitting)[:1]

    def of_work(self, words: str) -> tuple[Photo, ...]:
        """What was done, where there is a picture of it."""
        return tuple(one for one in self.scenes if _fits(one, words))[:1]

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
    faults = tuple(_kept(blobs, name, caption) for name, (caption, _words) in _FAULTS.items())
    return Pictures(scenes, faults, _kept(blobs, _SIGNED, ""))


def _kept(blobs: BlobStore, name: str, caption: str) -> Photo:
    kept = blobs.put(resource_bytes(*_FOLDER, f"{name}.jpg"))
    return Photo(kept.sha256.hex(), kept.size, *_SIZE, None, caption)
