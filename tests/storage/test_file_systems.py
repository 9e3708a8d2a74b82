"""Which disks are somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.storage import mounts
from desktop_app.storage.file_systems import file_system_of, is_network_share, largest_file
from desktop_app.storage.mounts import mount_of, parse_mounts

MOUNTS = r"""27 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
41 27 0:42 / /mnt/hall rw,relatime shared:30 - cifs //server/hall rw,vers=3.0
42 41 8:17 / /mnt/hall/stick ro,relatime shared:31 master:2 - vfat /dev/sdb1 rw,fmask=0022
43 27 0:43 / /home rw,relatime - nfs4 server:/data rw
44 27 0:44 / /media/a\040b\134\011街道 rw,nosuid - fuse.sshfs me@host:/ rw
45 27 0:45 / /twice rw - tmpfs tmpfs rw
46 27 0:46 /sub /twice rw - nfs server:/twice ro
bad line
47 27 0:47 / /no-dash rw nfs server:/twice rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/jinlin", "ext4"),
        ("/mnt/hall/jinlin", "cifs"),
        ("/mnt/hallway", "ext4"),
        ("/mnt/hall/stick/jinlin", "vfat"),
        ("/home", "nfs4"),
        ("/media/a b\\\t街道/c", "fuse.sshfs"),
        ("/twice/a", "nfs"),
    ],
)
def test_the_nearest_and_last_mount_decides(path: str, kind: str) -> None:
    mount = mount_of(Path(path), parse_mounts(MOUNTS))
    assert mount is not None
    assert mount.file_system == kind


def test_a_line_of_the_kernel_is_taken_apart() -> None:
    root, _, stick, *_, twice = parse_mounts(MOUNTS)
    assert (root.device, root.source, root.read_only) == ("8:1", "/dev/sda1", False)
    assert (stick.point, stick.read_only) == (Path("/mnt/hall/stick"), True)
    assert (twice.root, twice.read_only) == ("/sub", True)


def test_an_empty_list_of_mounts_says_nothing() -> None:
    assert mount_of(Path("/a"), parse_mounts("")) is None


def test_the_disk_a_folder_really_lies_on_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert file_system_of(tmp_path) != ""
    monkeypatch.setattr(mounts, "_MOUNTINFO", tmp_path / "a system that does not tell")
    assert file_system_of(tmp_path) == ""


@pytest.mark.parametrize("name", ["vfat", "FAT32", "FAT", "msdos"])
def test_fat_holds_no_file_of_4_gib(name: str) -> None:
    assert largest_file(name) == 4 * 1024**3 - 1


@pytest.mark.parametrize("name", ["exfat", "exFAT", "NTFS", "fuseblk", "ext4", ""])
def test_other_disks_hold_any_file(name: str) -> None:
    assert largest_file(name) is None


def test_this_machines_own_disk_is_not_a_share(tmp_path: Path) -> None:
    assert not is_network_share(tmp_path / "not there yet")
