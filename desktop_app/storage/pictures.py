"""Pictures of records become attachments."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.photos import Photo, Picture
from desktop_app.storage.attachments import BlobStore


def keep(
    blobs: BlobStore, pictures: Sequence[Picture], captions: Sequence[str]
) -> tuple[Photo, ...]:
    """Write the contents of pictures; `captions` are theirs, as they are to be kept.

    Contents are on the disk before a record names them: a power cut leaves at most files that
    nobody points at, which are swept up later.
    """
    photos = []
    for one, caption in zip(pictures, captions, strict=True):
        kept = blobs.put(one.jpeg)
        size = (one.width, one.height)
        photos.append(Photo(kept.sha256.hex(), kept.size, *size, one.taken_on, caption))
    return tuple(photos)
