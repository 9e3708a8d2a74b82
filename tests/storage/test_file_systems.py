"""Which disks are somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.storage.file_systems import file_system_type, is_network_share

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
//server/hall /mnt/hall cifs rw 0 0
/dev/sdb1 /mnt/hall/stick vfat rw 0 0
server:/data /home nfs4 rw 0 0
me@host:/ /media/a\040b fuse.sshfs rw 0 0
tmpfs /twice tmpfs rw 0 0
server:/twice /twice nfs rw 0 0
bad line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/jinlin", "ext4"),
        ("/mnt/hall/jinlin", "cifs"),
        ("/mnt/hallway", "ext4"),
        ("/mnt/hall/stick/jinlin", "vfat"),
        ("/home", "nfs4"),
        ("/media/a b/c", "fuse.sshfs"),
        ("/twice/a", "nfs"),
    ],
)
def test_the_nearest_and_last_mount_decides(path: str, kind: str) -> None:
    assert file_system_type(Path(path), MOUNTS) == kind


def test_an_empty_list_of_mounts_says_nothing() -> None:
    assert file_system_type(Path("/a"), "") == ""


def test_this_machines_own_disk_is_not_a_share(tmp_path: Path) -> None:
    assert not is_network_share(tmp_path / "not there yet")
