"""Sticks are found by themselves, and the disks of the computer are not taken for sticks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.storage import linux_drives, mounts
from desktop_app.storage.drives import Drive, drives, is_there
from desktop_app.storage.linux_drives import Sysfs, labels, plain_label, removable_mounts
from desktop_app.storage.mounts import parse_mounts
from desktop_app.storage.windows_volumes import roots_of

USB = "pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block"
SATA = "pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block"

# A desktop with a stick whose label has a blank, a USB hard disk that calls itself fixed, a card,
# an encrypted stick, the Windows of the second disk, a CD, a share, and a stick mounted twice.
DESKTOP = r"""
22 27 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
27 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw,errors=remount-ro
28 27 8:1 / /boot/efi rw,relatime shared:26 - vfat /dev/sda1 rw,fmask=0077,iocharset=utf8
29 27 8:3 / /media/clerk/OS\040(D) rw,nosuid,nodev,relatime shared:26 - fuseblk /dev/sda3 rw
30 27 8:17 / /media/clerk/街道\040U盘 rw,nosuid,nodev,relatime shared:300 - vfat /dev/sdb1 rw,utf8
31 27 8:33 / /data/disk ro,relatime - ext4 /dev/sdc1 rw
32 27 179:1 / /mnt/card rw,relatime shared:301 master:7 - exfat /dev/mmcblk0p1 ro
33 27 253:0 / /mnt/sealed rw,relatime - ext4 /dev/mapper/luks-77 rw
34 27 11:0 / /media/clerk/CDROM ro,nosuid,nodev - iso9660 /dev/sr0 ro
35 27 0:55 / /media/share rw,relatime - cifs //server/hall rw
36 27 8:17 /收件 /srv/inbox rw,relatime - vfat /dev/sdb1 rw
37 27 259:1 / /mnt/inside rw,relatime - ext4 /dev/nvme0n1p1 rw
"""


def disk(
    sysfs: Path, block: str, number: str, *, partition: str = "", removable: str = "0"
) -> Path:
    """Add a disk (and a partition of it) to a copy of /sys, linked as the kernel links it."""
    whole = sysfs / "devices" / block
    whole.mkdir(parents=True, exist_ok=True)
    (whole / "removable").write_text(f"{removable}\n")
    last = whole / partition
    last.mkdir(exist_ok=True)
    if partition:
        (last / "partition").write_text("1\n")
    links = sysfs / "dev/block"
    links.mkdir(parents=True, exist_ok=True)
    (links / number).symlink_to(os.path.relpath(last, links))
    return whole


@pytest.fixture
def sysfs(tmp_path: Path) -> Path:
    root = tmp_path / "sys"
    for number in (1, 2, 3):
        disk(root, f"{SATA}/sda", f"8:{number}", partition=f"sda{number}")
    disk(root, f"{USB}/sdb", "8:17", partition="sdb1", removable="1")
    disk(root, f"{USB}/sdc", "8:33", partition="sdc1")
    card = disk(root, "pci0000:00/mmc_host/mmc0/mmc0:0007/block/mmcblk0", "179:1", partition="p1")
    (card / "device").mkdir()
    (card / "device/type").write_text("SD\n")
    sealed = disk(root, "virtual/block/dm-0", "253:0")
    (sealed / "slaves").mkdir()
    below = disk(root, f"{USB}/sdd", "8:49", partition="sdd1", removable="1") / "sdd1"
    (sealed / "slaves/sdd1").symlink_to(os.path.relpath(below, sealed / "slaves"))
    disk(root, "pci0000:00/0000:00:1d.0/nvme/nvme0/nvme0n1", "259:1", partition="nvme0n1p1")
    return root


def found(text: str, sysfs: Path) -> list[str]:
    return [str(one.point) for one in removable_mounts(parse_mounts(text), Sysfs(sysfs).disks_of)]


def test_sticks_usb_disks_cards_and_sealed_sticks_are_found_and_nothing_else(sysfs: Path) -> None:
    assert found(DESKTOP, sysfs) == [
        "/data/disk",
        "/media/clerk/街道 U盘",
        "/mnt/card",
        "/mnt/sealed",
    ]


def test_whether_a_drive_is_read_only_is_said_by_the_mount_or_by_the_disk(sysfs: Path) -> None:
    mounted = removable_mounts(parse_mounts(DESKTOP), Sysfs(sysfs).disks_of)
    assert [one.read_only for one in mounted] == [True, False, True, False]


def test_what_the_desktop_mounts_under_media_counts_where_sys_tells_nothing(tmp_path: Path) -> None:
    assert found(DESKTOP, tmp_path) == ["/media/clerk/OS (D)", "/media/clerk/街道 U盘"]


def test_a_system_that_runs_from_a_stick_does_not_offer_it(sysfs: Path) -> None:
    live = "27 1 8:17 / / rw - ext4 /dev/sdb1 rw\n30 27 8:17 / /media/data rw - ext4 /dev/sdb1 rw\n"
    assert found(live, sysfs) == []


def test_of_two_mounts_on_one_folder_the_upper_one_counts(sysfs: Path) -> None:
    covered = "30 27 8:17 / /mnt/a rw - vfat /dev/sdb1 rw\n31 27 259:1 / /mnt/a rw - ext4 /dev/x rw"
    assert found(covered, sysfs) == []


def test_a_file_system_with_a_number_of_its_own_is_looked_up_by_its_device(sysfs: Path) -> None:
    """Such as btrfs; a device that is gone, or is none, tells nothing and breaks nothing."""
    gone = "30 27 0:60 / /mnt/a rw - btrfs /dev/no-such-device rw\n"
    odd = "31 27 0:61 / /mnt/b rw - fuse /dev/null rw\n"
    assert found(gone + odd, sysfs) == []


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("BACKUP", "BACKUP"),
        (r"MY\x20STICK", "MY STICK"),
        ("街道办", "街道办"),
        (r"\xe8\xa1\x97\xe9\x81\x93", "街道"),
        (r"\xbd\xd6\xb5\xc0", "街道"),
        (r"a\x2fb", "a/b"),
    ],
)
def test_labels_are_read_as_udev_and_old_windows_write_them(written: str, label: str) -> None:
    assert plain_label(written) == label


def test_labels_belong_to_devices(tmp_path: Path) -> None:
    device = tmp_path / "sdb1"
    device.touch()
    folder = tmp_path / "by-label"
    folder.mkdir()
    (folder / r"街道\x20U盘").symlink_to("../sdb1")
    assert labels(folder) == {str(device.resolve()): "街道 U盘"}
    assert labels(tmp_path / "no udev here") == {}


def test_a_drive_is_told_with_its_room_and_one_that_vanished_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged = tmp_path / "街道 U盘"
    plugged.mkdir()
    told = tmp_path / "mountinfo"
    line = "{} 27 7:9{} / {} rw,nosuid - vfat /dev/no-{} rw\n"
    told.write_text(
        line.format(30, 1, str(plugged).replace(" ", r"\040"), "b")
        + line.format(31, 2, tmp_path / "pulled", "c")
    )
    monkeypatch.setattr(mounts, "_MOUNTINFO", told)
    monkeypatch.setattr(linux_drives, "_MEDIA", (tmp_path,))
    [drive] = drives()
    assert (drive.path, drive.name, drive.file_system) == (plugged, "街道 U盘", "vfat")
    assert drive.total >= drive.free > 0
    assert not drive.read_only
    assert is_there(drive)
    told.write_text("")
    assert not is_there(drive)


def test_a_system_that_tells_nothing_has_no_drives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mounts, "_MOUNTINFO", tmp_path / "none")
    assert drives() == []


def test_the_disk_this_machine_runs_from_is_no_stick() -> None:
    assert Path("/") not in [drive.path for drive in drives()]


def test_a_drive_without_a_label_is_called_by_its_place() -> None:
    assert Drive(Path("/media/clerk/1A2B-3C4D"), "", "vfat", 1, 1, False).name == "1A2B-3C4D"
    assert Drive(Path("/"), "", "vfat", 1, 1, False).name == "/"


def test_windows_answers_its_letters_as_bits() -> None:
    assert roots_of(0) == []
    assert roots_of(0b10_0000_0000_0000_0000_0000_1101) == ["A:\\", "C:\\", "D:\\", "Z:\\"]
