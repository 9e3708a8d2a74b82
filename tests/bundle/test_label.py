"""What a sealed file shows without a key: its name, its size, its hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop_app.bundle.faults import Incomplete, NoParcel
from desktop_app.bundle.header import ParcelKind
from desktop_app.bundle.parcel import file_name, read_label
from desktop_app.core.errors import EnvironmentFault
from tests.bundle.parcels import seal, small_log

B, P, R, S = ParcelKind.BUNDLE, ParcelKind.PHOTOS, ParcelKind.RECEIPT, ParcelKind.SNAPSHOT


@pytest.mark.parametrize(
    ("kind", "first", "last", "part", "name"),
    [
        (B, 121, 340, 1, "上报包-QR01-000121-000340.jlb"),
        (P, 121, 340, 2, "上报包-QR01-000121-000340-照片2.jlb"),
        (R, 1, 340, 1, "回执-QR01-000340.jlb"),
        (S, 1, 12_345_678, 1, "对账-QR01-12345678.jlb"),
    ],
)
def test_a_name_says_station_and_numbers_both_ways(
    tmp_path: Path, kind: ParcelKind, first: int, last: int, part: int, name: str
) -> None:
    assert file_name(kind, "QR01", first, last, part) == name
    path = tmp_path / name
    sealed = seal(path, small_log())
    label = read_label(path)
    assert (label.kind, label.office, label.last) == (kind, "QR01", last)
    assert label.first == (first if kind in {B, P} else None)
    assert label.part == (part if kind is P else None)
    assert (label.size, label.sha256) == (sealed.size, sealed.sha256)
    assert label.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("上报包-QR-01-000121-000340.jlb", "QR-01"),
        ("上报包-QR01-000121-000340 (1).jlb", "QR01"),
        ("上报包-QR01-000121-000340 - 副本.JLB", "QR01"),
        ("给街道的文件.jlb", None),
        ("上报包-QR01.jlb", None),
    ],
)
def test_a_copied_or_renamed_file_says_what_its_name_still_says(
    tmp_path: Path, name: str, office: str | None
) -> None:
    path = tmp_path / name
    seal(path, small_log())
    label = read_label(path)
    assert (label.name, label.office) == (name, office)
    assert label.first == (121 if office else None)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"age-encryption.org/v2\n-> x\n---\n"])
def test_what_is_none_of_ours_has_no_label(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "上报包-QR01-000121-000340.jlb"
    path.write_bytes(content)
    with pytest.raises(NoParcel, match="没有任何改动"):
        read_label(path)


def test_the_very_beginning_of_a_parcel_is_incomplete(tmp_path: Path) -> None:
    path = tmp_path / "half.jlb"
    path.write_bytes(b"age-encryption.org/v1\n-> X25519 abc\n")
    with pytest.raises(Incomplete, match="没有拷完"):
        read_label(path)


def test_a_folder_is_no_parcel_and_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NoParcel, match="文件夹"):
        read_label(tmp_path)
    with pytest.raises(EnvironmentFault, match="读取文件时出错"):
        read_label(tmp_path / "gone.jlb")
