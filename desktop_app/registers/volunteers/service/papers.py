"""The picture of what a guardian signed: taken in with the form, and shown."""

from __future__ import annotations

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import Photo, PhotoSource
from desktop_app.core.rights import Right
from desktop_app.printing.photo_intake import Room, look_through
from desktop_app.registers.volunteers import store
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.files import translate_os_error
from desktop_app.storage.pictures import keep
from desktop_app.storage.session import Desk


def paper_from(desk: Desk, blobs: BlobStore, source: PhotoSource) -> Photo:
    """Keep a picture that a form is to name. Raises `UserError` when it is none.

    Kept before anything names it: what no record names is swept up later.
    """
    with desk.reading(needs=Right.HANDLE):
        room = Room((), 1, full="", known="")
    looked = look_through([source], room, translate_os_error, Job("添加同意书照片"))
    if looked.refused:
        raise UserError(looked.refused[0].words, "请换一张照片。", field="consent_photo")
    return keep(blobs, looked.pictures, ("",))[0]


def paper(desk: Desk, blobs: BlobStore, uid: Uid, sha256: str) -> bytes:
    """The JPEG of what a volunteer's guardian signed; written to the audit, because names stand in
    it. Raises `UserError` when there is no such picture."""
    with desk.unit_of_work("查看同意书", needs=Right.REVEAL) as unit:
        volunteer = store.SHELF.need(unit.connection, uid)
        agreed = volunteer.guardian_consent
        if agreed is None or agreed.photo is None or agreed.photo.sha256 != sha256:
            raise UserError("没有这张照片，它可能已被移除。", "请刷新后再试。")
        unit.about(volunteer.number)
    return blobs.get(bytes.fromhex(sha256))
