"""Parcels made to do harm, correctly signed by whomever and correctly sealed: all are refused."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from desktop_app.bundle.archive import end_record
from desktop_app.bundle.faults import BadContent, Incomplete, NoParcel, Refused
from desktop_app.bundle.keyring import SigningKey
from desktop_app.bundle.parcel import OpenParcel, open_parcel
from desktop_app.core.errors import ExitStatus, Fault
from tests.bundle import hostile
from tests.bundle.hostile import Files, Member, payload, sealed, signed, zipped
from tests.bundle.parcels import STREET_KEY, header, photo, photo_source, seal, small_log

ONE_SENTENCE_ENDS = "本机数据没有任何改动。"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "上报包-QR01-000001-000005.jlb"


def opened(path: Path, data: bytes) -> OpenParcel:
    path.write_bytes(data)
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    try:
        return open_parcel(path, [STREET_KEY], scratch)
    finally:
        assert list(scratch.iterdir()) == []


def refusal(path: Path, data: bytes) -> Fault:
    """How the parcel is refused: in one sentence that also says that nothing has changed."""
    with pytest.raises((Refused, NoParcel)) as caught:
        opened(path, data)
    assert caught.value.sentence.endswith(ONE_SENTENCE_ENDS)
    assert caught.value.sentence.count("。") == 1
    assert caught.value.next_step
    return caught.value


def members(files: Files) -> list[Member]:
    return [Member(name, data, not name.endswith(".jpg")) for name, data in files.items()]


def good() -> Files:
    sha256, data = photo(1)
    return payload(small_log(), files={f"data/photos/{sha256}.jpg": data})


def test_the_builders_build_what_is_taken_when_nothing_is_changed(path: Path) -> None:
    with opened(path, sealed(zipped(signed(good())))) as parcel:
        assert parcel.header.changes == 5
        assert len(parcel.photo_names()) == 1


NAMES = [
    "../evil.txt",
    "data/../../evil.txt",
    "data/./x.txt",
    "/etc/passwd",
    "//server/share/x",
    "c:/windows/x",
    "data\\..\\evil.txt",
    "data/x\0.txt",
    "data/x\n.txt",
    "data/",
    "data//x",
    "",
    ".",
    "..",
    "data/.hidden",
    "data/con .txt",
    "data/" + "x" * 200,
    "data/ü.txt",
    "data/Visit.ndjson",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("is_listed", [True, False])
def test_a_name_that_leads_elsewhere_is_refused(path: Path, name: str, is_listed: bool) -> None:
    content = good()
    if is_listed and "\n" not in name:
        files = signed({**content, name: b"x"})
    else:
        files = {name: b"x", **signed(content)}
    words = refusal(path, sealed(zipped(files))).sentence
    assert "文件名不允许" in words or "压缩包目录" in words


@pytest.mark.parametrize(
    "again", ["data/changes/visit.ndjson", "data/changes/VISIT.ndjson", "Data/header.json"]
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_name_given_twice_is_refused_whatever_its_case(
    path: Path, again: str, is_first: bool
) -> None:
    files, other = members(signed(good())), Member(again, b"{}")
    archive = zipped([other, *files] if is_first else [*files, other])
    words = refusal(path, sealed(archive)).sentence
    assert "文件名重复" in words or (is_first and again.lower() != again and "文件名" in words)


@pytest.mark.parametrize("name", ["data/more.txt", "more.txt", "data/changes/more.ndjson"])
def test_a_file_outside_the_manifest_is_refused(path: Path, name: str) -> None:
    archive = zipped({**signed(good()), name: b"x"})
    assert "清单以外" in refusal(path, sealed(archive)).sentence


def test_a_file_outside_data_is_refused_though_it_is_in_the_manifest(path: Path) -> None:
    refusal(path, sealed(zipped(signed({**good(), "fetch.txt": b"x"}))))
    content = good()
    tags = {"fetch.txt": b"http://example.org 5 data/x\n"}
    assert isinstance(refusal(path, sealed(zipped(signed(content, tags=tags)))), BadContent)


@pytest.mark.parametrize(
    "name", ["data/changes/visit.ndjson", "data/header.json", "bagit.txt", "bag-info.txt",
             "manifest-sha256.txt", "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"],
)  # fmt: skip
def test_a_file_that_is_missing_is_named(path: Path, name: str) -> None:
    files = signed(good())
    del files[name]
    words = refusal(path, sealed(zipped(files))).sentence
    assert name in words or "清单上的文件不全" in words


def test_a_bag_without_header_is_refused(path: Path) -> None:
    content = good()
    del content["data/header.json"]
    assert "缺少包头" in refusal(path, sealed(zipped(signed(content)))).sentence


@pytest.mark.parametrize(
    "name", ["data/changes/visit.ndjson", "data/header.json", "bagit.txt", "bag-info.txt",
             "manifest-sha256.txt", "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"],
)  # fmt: skip
def test_a_file_that_was_changed_after_it_was_signed_is_refused(path: Path, name: str) -> None:
    files = signed(good())
    files[name] = files[name].replace(b"1", b"2", 1) if b"1" in files[name] else b"x"
    refusal(path, sealed(zipped(files)))


SPELLINGS: dict[str, Callable[[bytes], bytes]] = {
    "a file twice": lambda listed: listed + listed.splitlines(keepends=True)[0],
    "junk behind": lambda listed: listed + b"junk",
    "no end": lambda listed: listed[:-1],
    "an empty line": lambda listed: listed + b"\n",
    "binary mode": lambda listed: listed.replace(b"  ", b" *"),
    "ends of Windows": lambda listed: listed.replace(b"\n", b"\r\n"),
    "capitals": lambda listed: listed.upper(),
    "a file too many": lambda listed: listed + b"00" * 32 + b"  data/missing.txt\n",
    "a byte order mark": lambda listed: b"\xef\xbb\xbf" + listed,
    "lines without end": lambda listed: listed + b"\n" * 30_000,
}


@pytest.mark.parametrize("change", SPELLINGS)
def test_a_manifest_has_one_spelling_only(path: Path, change: str) -> None:
    content = good()
    listed = SPELLINGS[change](hostile.manifest(content))
    assert isinstance(refusal(path, sealed(zipped(signed(content, listed=listed)))), BadContent)


@pytest.mark.parametrize("what", ["one more", "one less"])
def test_a_tag_manifest_lists_the_tag_files_and_nothing_else(path: Path, what: str) -> None:
    listed = signed(good())["tagmanifest-sha256.txt"]
    more, less = listed + b"00" * 32 + b"  data/x\n", listed[: listed.index(b"\n") + 1]
    other = more if what == "one more" else less
    files = signed(good(), tags_listed=other)
    assert "tagmanifest" in refusal(path, sealed(zipped(files))).sentence


def test_a_bag_of_another_version_is_refused(path: Path) -> None:
    other = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
    files = signed(good(), tags={"bagit.txt": other})
    assert "bagit.txt" in refusal(path, sealed(zipped(files))).sentence


def test_a_signature_for_another_purpose_is_none(path: Path) -> None:
    files = signed(good(), namespace="jinlin-desk.station.v1")
    assert "签名无效" in refusal(path, sealed(zipped(files))).sentence


def test_a_signature_under_another_tag_manifest_is_none(path: Path) -> None:
    files = signed(good())
    other = signed(payload(), SigningKey.fresh())
    files["tagmanifest-sha256.txt.sig"] = other["tagmanifest-sha256.txt.sig"]
    assert "签名无效" in refusal(path, sealed(zipped(files))).sentence


def test_a_photo_whose_name_lies_about_its_hash_is_refused(path: Path) -> None:
    lying = {"data/photos/" + "ab" * 32 + ".jpg": b"not that"}
    words = refusal(path, sealed(zipped(signed({**payload(), **lying})))).sentence
    assert "照片" in words


def test_a_photo_whose_content_was_exchanged_is_refused(path: Path) -> None:
    content = good()
    name = next(name for name in content if name.endswith(".jpg"))
    files = signed(content)
    files[name] = photo(2)[1]
    assert "校验值不符" in refusal(path, sealed(zipped(files))).sentence


def test_a_photo_that_was_packed_is_refused(path: Path) -> None:
    packed = [Member(name, data, True) for name, data in signed(good()).items()]
    assert "照片" in refusal(path, sealed(zipped(packed))).sentence


@pytest.mark.parametrize(("size", "count"), [(300_000_000, 1), (2_000_000, 1), (2**31 - 1, 3)])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(path: Path, size: int, count: int) -> None:
    bombs = [
        Member(f"data/b{number}.txt", b"", packed=hostile.deflated(bytes(1000)), size=size)
        for number in range(count)
    ]
    words = refusal(path, sealed(zipped([*bombs, *members(signed(payload()))]))).sentence
    assert "大得不正常" in words


def test_a_bomb_that_says_it_is_small_is_stopped_where_it_said(path: Path) -> None:
    packed = hostile.deflated(bytes(50_000_000))
    content = payload()
    files = members(signed({**content, "data/b.txt": b"x"}))
    lying = [
        Member(each.name, b"x", packed=packed, size=1000) if each.name == "data/b.txt" else each
        for each in files
    ]
    assert "data/b.txt 的大小" in refusal(path, sealed(zipped(lying))).sentence


def test_more_files_than_fit_in_memory_are_refused(path: Path) -> None:
    many = [Member(f"data/x{number}", b"", is_packed=False) for number in range(21_000)]
    assert "数目太多" in refusal(path, sealed(zipped(many))).sentence


@pytest.mark.parametrize("line", [b"x" * (1 << 20) + b"x", b"y" * 3_000_000])
def test_a_table_with_a_line_without_end_is_refused(path: Path, line: bytes) -> None:
    # What cannot be packed well: else it would be taken for a bomb first.
    table = [photo(5, len(line))[1].replace(b"\n", b" ")]
    words = refusal(path, sealed(zipped(signed(payload(lines={"counts": table}))))).sentence
    assert "太长" in words


def test_a_table_whose_last_line_has_no_end_is_refused(path: Path) -> None:
    data = b"{}\n{}"
    table = {"name": "counts", "rows": 1, "sha256": hashlib.sha256(data).hexdigest()}
    content = payload(values={"tables": [table]}, files={"data/counts.ndjson": data})
    assert "不完整" in refusal(path, sealed(zipped(signed(content)))).sentence


def test_a_header_that_was_exchanged_is_not_believed_about_its_age(path: Path) -> None:
    files = signed(payload())
    newer = header(format=9, oldest_reader=9)
    files["data/header.json"] = payload(made=newer)["data/header.json"]
    assert "校验值不符" in refusal(path, sealed(zipped(files))).sentence


@pytest.mark.parametrize(
    "values",
    [
        {"tables": []},
        {"tables": [{"name": "counts", "rows": 2, "sha256": "ab" * 32}]},
        {"tables": [{"name": "other", "rows": 1, "sha256": "ab" * 32}]},
    ],
)
def test_a_header_that_tells_other_tables_than_there_are_is_refused(
    path: Path, values: dict[str, object]
) -> None:
    content = payload(lines={"counts": [b"{}"]}, values=values)
    refusal(path, sealed(zipped(signed(content))))


def test_a_newer_parcel_is_refused_politely_though_it_holds_what_nobody_knows(path: Path) -> None:
    made = header(format=9, oldest_reader=7)
    content = payload(made=made, files={"data/rows/visit.cbor": b"\0"})
    fault = refusal(path, sealed(zipped(signed(content))))
    assert "更新版本" in fault.sentence
    assert "U 盘" in fault.next_step
    assert fault.exit_status is ExitStatus.REFUSED


def test_a_newer_parcel_that_we_may_read_is_read_with_what_we_do_not_know(path: Path) -> None:
    made = header(format=9, oldest_reader=1, extra={"mood": "fine"})
    content = payload(made=made, files={"data/rows/visit.cbor": b"\0"})
    with opened(path, sealed(zipped(signed(content)))) as parcel:
        assert parcel.header.extra == {"mood": "fine"}


@pytest.mark.parametrize(
    "archive",
    [
        b"",
        b"\0",
        b"PK\x05\x06" + bytes(18),
        b"no archive at all, just some text that was sealed for us by somebody",
        b"PK\x05\x06" + bytes(18) + b"behind",
    ],
)
def test_what_is_sealed_but_no_bag_is_refused(path: Path, archive: bytes) -> None:
    assert refusal(path, sealed(archive)).exit_status is ExitStatus.REFUSED


def test_bytes_before_between_and_behind_are_refused(path: Path) -> None:
    archive = zipped(signed(good()))
    for at in (0, archive.index(b"PK\x03\x04", 10), archive.index(b"PK\x01\x02"), len(archive)):
        refusal(path, sealed(archive[:at] + b"hidden" + archive[at:]))


@pytest.mark.parametrize("at", [0, 3, None])
def test_bytes_that_a_true_directory_leaves_out_are_refused(path: Path, at: int | None) -> None:
    files = members(signed(good()))
    if at is None:
        archive = zipped(files, hidden=b"hidden")
    else:
        files[at] = replace(files[at], hidden=b"hidden")
        archive = zipped(files)
    assert "布局" in refusal(path, sealed(archive)).sentence


def test_an_archive_as_other_programs_make_it_is_refused(path: Path) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in signed(good()).items():
            archive.writestr(name, data)
    refusal(path, sealed(stream.getvalue()))


def test_an_archive_with_a_comment_is_refused(path: Path) -> None:
    archive = zipped(signed(good()))
    refusal(path, sealed(archive[:-2] + b"\x07\x00" + b"comment"))


def test_two_entries_over_the_same_bytes_are_refused(path: Path) -> None:
    files = members(signed(good()))
    archive = zipped(files)
    directory_at = archive.index(b"PK\x01\x02")
    first = archive[directory_at : archive.index(b"PK\x01\x02", directory_at + 4)]
    again = first.replace(b"visit", b"visis")
    end = end_record(len(files) + 1, len(archive) - 22 - directory_at + len(again), directory_at)
    refusal(path, sealed(archive[:-22] + again + end))


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", NoParcel, "空的"),
        (b"PK\x03\x04" + bytes(5000), NoParcel, "别的文件"),
        ("姓名,电话\n陈桂英,138\n".encode("gbk"), NoParcel, "别的文件"),
        (b"age-encryption.org/v1\n" + b"-> X25519 a\n" * 3000, NoParcel, "别的文件"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", NoParcel, "别的文件"),
        (b"age-encryp", Incomplete, "没有拷完"),
    ],
)
def test_another_kind_of_file_is_the_persons_slip(
    path: Path, content: bytes, kind: type[Fault], words: str
) -> None:
    fault = refusal(path, content)
    assert isinstance(fault, kind)
    assert words in fault.sentence
    assert fault.exit_status is ExitStatus.WRONG_INPUT


def test_a_folder_is_the_persons_slip(tmp_path: Path) -> None:
    with pytest.raises(NoParcel, match="文件夹"):
        open_parcel(tmp_path, [STREET_KEY], tmp_path)


def test_half_a_file_is_incomplete_and_a_changed_one_is_damaged(path: Path) -> None:
    seal(path, small_log(), [photo_source(photo(1, 3_000_000)[1])])
    whole = path.read_bytes()
    half = refusal(path, whole[: len(whole) // 2])
    assert isinstance(half, Incomplete)
    assert half.exit_status is ExitStatus.WRONG_INPUT
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    fault = refusal(path, bytes(changed))
    assert fault.exit_status is ExitStatus.REFUSED
    assert "改动" in fault.sentence


@pytest.mark.parametrize("size", [0, 65_536, 65_536 * 3, 65_535])
def test_something_behind_the_seal_is_refused(path: Path, size: int) -> None:
    data = sealed(bytes(size))
    for more in (b"x", bytes(16), bytes(70_000), data):
        refusal(path, data + more)
