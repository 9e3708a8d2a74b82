"""Photos go in parcels of their own and may arrive later than their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.travel import Profile
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.service import PhotoSource
from desktop_app.ledgers.three_lists.rules.duty import DutyAction
from desktop_app.station.reporting.service.pictures import only_at_the_street, waiting
from desktop_app.station.reporting.service.state import state
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from tests.ledgers.activities.builders import plan
from tests.ledgers.activities.test_photo_files import jpeg
from tests.ledgers.three_lists.builders import act, add_evidence, propose, raise_problem
from tests.station.reporting.hall import Hall


@pytest.fixture
def blobs(hall: Hall, tmp_path: Path) -> FolderBlobs:
    """Where the station keeps its photos."""
    found = FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32))
    hall.desk.database.keep_attachments_in(found)
    return found


def with_photos(hall: Hall, blobs: FolderBlobs, count: int) -> list[str]:
    """An activity with so many photos, by their SHA-256."""
    made = plan(hall.desk)
    sources = [
        PhotoSource(f"{number}.jpg", data=jpeg(number * 9, (400, 300))) for number in range(count)
    ]
    activities.take_in_photos(hall.desk, blobs, made.uid, sources, Job("添加照片"))
    return sorted(photo.sha256 for photo in activities.get(hall.desk, made.uid).photos)


def test_photos_that_are_not_confirmed_travel_in_a_parcel_of_their_own(
    hall: Hall, blobs: FolderBlobs
) -> None:
    photos = with_photos(hall, blobs, 3)
    bundle, parcel = hall.report().paths
    assert hall.street.photos_in(bundle) == ()
    assert sorted(hall.street.photos_in(parcel)) == photos
    assert parcel.name.endswith("-照片1.jlb")


def test_a_photo_arrives_as_it_was_kept(hall: Hall, blobs: FolderBlobs) -> None:
    (sha256,) = with_photos(hall, blobs, 1)
    with hall.street.opened(hall.report().paths[1]) as parcel:
        assert parcel.photo(sha256).read() == blobs.get(bytes.fromhex(sha256))


def test_many_photos_are_cut_into_parts_that_say_how_many_there_are(
    hall: Hall, blobs: FolderBlobs
) -> None:
    photos = with_photos(hall, blobs, 5)
    size = max(len(blobs.get(bytes.fromhex(one))) for one in photos)
    _, *parcels = hall.report(part_bytes=2 * size).paths
    found: list[str] = []
    for number, path in enumerate(parcels, start=1):
        with hall.street.opened(path) as parcel:
            assert (parcel.header.part, parcel.header.parts) == (number, len(parcels))
            found += parcel.photo_names()
    assert len(parcels) == 3
    assert sorted(found) == photos


def test_a_confirmed_photo_is_not_sent_again(hall: Hall, blobs: FolderBlobs) -> None:
    with_photos(hall, blobs, 2)
    assert state(hall.desk).photos_waiting == 2
    hall.up()
    assert hall.down().photos == 2
    assert state(hall.desk).photos_waiting == 0
    assert len(hall.report().paths) == 1


def test_a_photo_that_did_not_arrive_is_sent_again(hall: Hall, blobs: FolderBlobs) -> None:
    with_photos(hall, blobs, 2)
    hall.street.take(hall.report().paths[0])
    hall.down()
    assert len(hall.report().paths) == 2


def test_figures_alone_carry_no_photo(hall: Hall, blobs: FolderBlobs) -> None:
    with_photos(hall, blobs, 1)
    assert len(hall.report(Profile.STATS).paths) == 1


def test_a_photo_leaves_only_where_the_record_that_shows_it_does(
    hall: Hall, blobs: FolderBlobs
) -> None:
    """What is reported every day says nothing of evidence, so it carries no picture of it."""
    (public,) = with_photos(hall, blobs, 1)
    duty = act(hall.desk, propose(hall.desk, raise_problem(hall.desk)), DutyAction.ACCEPT)
    evidence = add_evidence(hall.desk, blobs, duty).evidence[0].sha256
    assert state(hall.desk).photos_waiting == 1
    everyday = hall.report(Profile.WORK).paths[1]
    assert hall.street.photos_in(everyday) == (public,)
    with hall.desk.reading(needs=Right.READ) as connection:
        whole = waiting(connection, Profile.FULL)
    assert whole == {bytes.fromhex(public), bytes.fromhex(evidence)}


def test_one_damaged_photo_keeps_no_other_back(hall: Hall, blobs: FolderBlobs) -> None:
    photos = with_photos(hall, blobs, 3)
    missing, damaged, whole = photos
    blobs.path_of(bytes.fromhex(missing)).unlink()
    path = blobs.path_of(bytes.fromhex(damaged))
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    done = hall.report()
    assert hall.street.photos_in(done.paths[1]) == (whole,)
    assert done.export.photos == 1


def test_the_photo_of_a_paper_that_never_travels_stays_here(hall: Hall, blobs: FolderBlobs) -> None:
    from desktop_app import catalog
    from desktop_app.ledgers.papers import store as papers

    with_photos(hall, blobs, 1)
    with hall.desk.reading(needs=Right.READ) as connection:
        assert papers.attached(connection) == set()
        assert len(catalog.travelling_attachments(connection)) == 1


def test_when_the_street_went_back_its_newer_photos_are_sent_again(
    hall: Hall, blobs: FolderBlobs
) -> None:
    with_photos(hall, blobs, 1)
    hall.up()
    hall.down()
    with_photos(hall, blobs, 2)
    hall.up()
    hall.down()
    hall.street.forget_after(2)
    hall.street.held.photos.clear()
    hall.down()
    assert state(hall.desk).photos_waiting >= 1


def test_a_photo_that_only_the_street_has_is_told_and_neither_missed_nor_sent(
    hall: Hall, blobs: FolderBlobs
) -> None:
    empty = hall.backed_up()
    photos = with_photos(hall, blobs, 2)
    hall.up()
    hall.restore(empty)
    for one in photos:
        blobs.path_of(bytes.fromhex(one)).unlink()
    done = hall.meet()
    assert done.photos == 2
    assert "只在街道" in done.sentence
    assert state(hall.desk).photos_waiting == 0
    with hall.desk.reading(needs=Right.READ) as connection:
        assert only_at_the_street(connection) == {bytes.fromhex(one) for one in photos}
