"""Photos of problems, evidence of duties, signed papers: kept as attachments, named in records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import Photo, PhotoSource, Picture, captions_of
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.record import PROBLEMS
from desktop_app.ledgers.three_lists.rules.course import LINE_LIMIT, MOST_PHOTOS
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction
from desktop_app.ledgers.three_lists.rules.duty_steps import refuse_unless as refuse_duty_unless
from desktop_app.ledgers.three_lists.rules.duty_steps import with_evidence, without_evidence
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemAction
from desktop_app.ledgers.three_lists.rules.problem_steps import (
    refuse_unless,
    with_photos,
    without_photo,
)
from desktop_app.ledgers.three_lists.service.duties import changed_by
from desktop_app.ledgers.three_lists.service.parts import moment, seen_problem
from desktop_app.ledgers.three_lists.service.problems import undo_step
from desktop_app.printing.photo_intake import (
    PicturesTaken,
    Room,
    bring_in,
    look_through,
    offered,
)
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.files import translate_os_error
from desktop_app.storage.pictures import keep
from desktop_app.storage.session import Desk

R = TypeVar("R", bound=Record)


def add_evidence(
    desk: Desk,
    blobs: BlobStore,
    uid: Uid,
    revision: int,
    pictures: Sequence[Picture],
    *,
    step: int | None = None,
) -> Changed[Duty]:
    """Add pictures that show what was done; one that is there already is not taken in twice.

    They belong to an earlier `step` of one's own, counted from 1, or to the adding itself.
    """
    captions = captions_of(pictures, LINE_LIMIT)
    with desk.reading(needs=Right.HANDLE) as connection:
        # Before megabytes are written for nothing.
        refuse_duty_unless(store.DUTY_SHELF.need(connection, uid), DutyAction.ADD_EVIDENCE)
    photos = keep(blobs, pictures, captions)
    return changed_by(
        desk,
        uid,
        revision,
        DutyAction.ADD_EVIDENCE,
        lambda before, now: with_evidence(before, photos, now, step=step),
    )


def remove_evidence(desk: Desk, uid: Uid, revision: int, sha256: str) -> Changed[Duty]:
    """Take a picture out again, while the duty is being worked on; its content stays for a week."""
    return changed_by(
        desk,
        uid,
        revision,
        DutyAction.REMOVE_EVIDENCE,
        lambda before, now: without_evidence(before, sha256, now),
    )


def take_in_evidence(
    desk: Desk,
    blobs: BlobStore,
    uid: Uid,
    sources: Sequence[PhotoSource],
    job: Job,
    *,
    step: int | None = None,
) -> PicturesTaken[Duty]:
    """Add files as evidence; those that cannot be read are told by name, the others are kept."""
    with desk.reading(needs=Right.HANDLE) as connection:
        duty = store.DUTY_SHELF.need(connection, uid)
    refuse_duty_unless(duty, DutyAction.ADD_EVIDENCE)

    def add(pictures: Sequence[Picture]) -> Changed[Duty]:
        with desk.reading(needs=Right.HANDLE) as connection:
            revision = store.DUTY_SHELF.need(connection, uid).revision
        return add_evidence(desk, blobs, uid, revision, pictures, step=step)

    return _taken_in(duty.evidence, sources, add, job)


def add_problem_photos(
    desk: Desk,
    blobs: BlobStore,
    uid: Uid,
    revision: int,
    pictures: Sequence[Picture],
    *,
    step: int | None = None,
) -> Changed[Problem]:
    """Add photos that show the problem; they belong to an earlier `step` of one's own, counted from
    1, or to the adding itself."""
    captions = captions_of(pictures, LINE_LIMIT)
    with desk.reading(needs=Right.HANDLE) as connection:
        refuse_unless(store.PROBLEM_SHELF.need(connection, uid), ProblemAction.ADD_PHOTOS)
    photos = keep(blobs, pictures, captions)
    return _problem_changed(
        desk,
        uid,
        revision,
        ProblemAction.ADD_PHOTOS,
        lambda before, now: with_photos(before, photos, now, step=step),
    )


def remove_problem_photo(desk: Desk, uid: Uid, revision: int, sha256: str) -> Changed[Problem]:
    """Take a photo out of a problem; its content stays for a week."""
    return _problem_changed(
        desk,
        uid,
        revision,
        ProblemAction.REMOVE_PHOTO,
        lambda before, now: without_photo(before, sha256, now),
    )


def take_in_problem_photos(
    desk: Desk,
    blobs: BlobStore,
    uid: Uid,
    sources: Sequence[PhotoSource],
    job: Job,
    *,
    step: int | None = None,
) -> PicturesTaken[Problem]:
    """Add files as photos of a problem; those that cannot be read are told by name."""
    with desk.reading(needs=Right.HANDLE) as connection:
        problem = store.PROBLEM_SHELF.need(connection, uid)
    refuse_unless(problem, ProblemAction.ADD_PHOTOS)

    def add(pictures: Sequence[Picture]) -> Changed[Problem]:
        with desk.reading(needs=Right.HANDLE) as connection:
            revision = store.PROBLEM_SHELF.need(connection, uid).revision
        return add_problem_photos(desk, blobs, uid, revision, pictures, step=step)

    return _taken_in(problem.photos, sources, add, job)


def keep_picture(desk: Desk, blobs: BlobStore, source: PhotoSource) -> Photo:
    """Keep one picture before a step names it: the signed paper of a review.

    Raises the fault that says why it cannot be used.
    """
    with desk.reading(needs=Right.HANDLE):
        room = Room((), 1, full="", known="")
    looked = look_through([source], room, translate_os_error, Job("添加签字照片"))
    if looked.refused:
        raise UserError(looked.refused[0].words, "请换一张照片。", field="confirmation")
    return keep(blobs, looked.pictures, ("",))[0]


def picture(desk: Desk, blobs: BlobStore, uid: Uid, sha256: str) -> bytes:
    """The JPEG of one picture of a problem or a duty. Raises `MissingAttachment` or
    `DamagedAttachment`."""
    with desk.reading(needs=Right.READ) as connection:
        problem = store.PROBLEM_SHELF.get(connection, uid)
        duty = None if problem else store.DUTY_SHELF.get(connection, uid)
    there: list[Photo] = list(problem.photos) if problem else []
    if duty is not None:
        there = [*duty.evidence, *([duty.confirmation] if duty.confirmation else [])]
    if sha256 not in {one.sha256 for one in there}:
        raise UserError("没有这张照片，它可能已被移除。", "请刷新后再试。", field="photos")
    return blobs.get(bytes.fromhex(sha256))


def look_at_photos(
    desk: Desk, uid: Uid, sources: Sequence[PhotoSource], seen: Collection[str], job: Job
) -> PicturesTaken[tuple[Picture, ...]]:
    """Make pictures for a step of a problem or a duty that is being written down; `seen` are the
    SHA-256 of those that the form holds already. Nothing is kept before the step is taken."""
    with desk.reading(needs=Right.HANDLE) as connection:
        problem = store.PROBLEM_SHELF.get(connection, uid)
        there = problem.photos if problem else store.DUTY_SHELF.need(connection, uid).evidence
    return offered(look_through(sources, _room(there, seen), translate_os_error, job), uid)


def _taken_in(
    there: Sequence[Photo],
    sources: Sequence[PhotoSource],
    add: Callable[[Sequence[Picture]], Changed[R]],
    job: Job,
) -> PicturesTaken[R]:
    return bring_in(sources, _room(there), translate_os_error, job, add)


def _room(there: Sequence[Photo], seen: Collection[str] = ()) -> Room:
    return Room(
        {*(photo.sha256 for photo in there), *seen},
        MOST_PHOTOS,
        full=f"最多保存{MOST_PHOTOS}张照片，没有加入。请挑选有代表性的。",
        known="这张照片已经在里面，没有再加一次。",
    )


def _problem_changed(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: ProblemAction,
    make: Callable[[Problem, Moment], Problem],
) -> Changed[Problem]:
    with desk.unit_of_work(f"问题：{action.label}", needs=Right.HANDLE) as unit:
        before = seen_problem(unit, uid, revision)
        saved = store.PROBLEM_SHELF.put(unit, make(before, moment(unit)))
        unit.about(saved.number, saved.steps[-1].words)
    undo: Undo = undo_step(f"撤销{action.label}", before, saved)
    return changed(PROBLEMS.name, uid, saved, undo=undo)
