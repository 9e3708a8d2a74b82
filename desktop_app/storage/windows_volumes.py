"""What Windows says of its drive letters, through its own functions; for Windows only.

Every question is answered by None or False when the drive is gone by then: drives come and go
between two questions.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Volume:
    """What is on a drive: `file_system` is "FAT32", "exFAT", "NTFS"…"""

    label: str
    file_system: str
    read_only: bool


def roots_of(mask: int) -> list[str]:
    """The drives of a bit mask as `GetLogicalDrives` answers it: 5 is A:\\ and C:\\."""
    return [f"{chr(65 + bit)}:\\" for bit in range(26) if mask >> bit & 1]


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    REMOVABLE, FIXED, REMOTE = 2, 3, 4

    _READ_ONLY_VOLUME = 0x0008_0000
    _FAIL_CRITICAL_ERRORS = 1
    _SHARE_ALL = 7
    _OPEN_EXISTING = 3
    _QUERY_PROPERTY = 0x002D_1400
    _BUS_USB = 7
    _INVALID = ctypes.c_void_p(-1).value

    class _DeviceDescriptor(ctypes.Structure):
        """The fixed head of STORAGE_DEVICE_DESCRIPTOR (winioctl.h)."""

        _fields_ = [
            ("Version", wintypes.DWORD),
            ("Size", wintypes.DWORD),
            ("DeviceType", wintypes.BYTE),
            ("DeviceTypeModifier", wintypes.BYTE),
            ("RemovableMedia", wintypes.BYTE),
            ("CommandQueueing", wintypes.BYTE),
            ("VendorIdOffset", wintypes.DWORD),
            ("ProductIdOffset", wintypes.DWORD),
            ("ProductRevisionOffset", wintypes.DWORD),
            ("SerialNumberOffset", wintypes.DWORD),
            ("BusType", wintypes.DWORD),
            ("RawPropertiesLength", wintypes.DWORD),
        ]

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.GetDriveTypeW.argtypes = [wintypes.LPCWSTR]
    _kernel.GetVolumeInformationW.argtypes = [
        wintypes.LPCWSTR,
        wintypes.LPWSTR,
        wintypes.DWORD,
        ctypes.POINTER(wintypes.DWORD),
        ctypes.POINTER(wintypes.DWORD),
        ctypes.POINTER(wintypes.DWORD),
        wintypes.LPWSTR,
        wintypes.DWORD,
    ]
    _kernel.CreateFileW.argtypes = [
        wintypes.LPCWSTR,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.LPVOID,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.HANDLE,
    ]
    _kernel.CreateFileW.restype = wintypes.HANDLE
    _kernel.DeviceIoControl.argtypes = [
        wintypes.HANDLE,
        wintypes.DWORD,
        wintypes.LPVOID,
        wintypes.DWORD,
        wintypes.LPVOID,
        wintypes.DWORD,
        ctypes.POINTER(wintypes.DWORD),
        wintypes.LPVOID,
    ]
    _kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    _kernel.SetThreadErrorMode.argtypes = [wintypes.DWORD, ctypes.POINTER(wintypes.DWORD)]

    def roots() -> list[str]:
        """Every drive there is: "C:\\"."""
        return roots_of(_kernel.GetLogicalDrives())

    def kind_of(root: str) -> int:
        """`REMOVABLE`, `FIXED`, `REMOTE` or another number of `GetDriveTypeW`."""
        return int(_kernel.GetDriveTypeW(root))

    def volume_of(root: str) -> Volume | None:
        """What is on a drive; None when nothing is (a card reader without a card) or no more."""
        label = ctypes.create_unicode_buffer(261)
        system = ctypes.create_unicode_buffer(261)
        flags = wintypes.DWORD()
        with _without_boxes():
            found = _kernel.GetVolumeInformationW(
                root, label, len(label), None, None, ctypes.byref(flags), system, len(system)
            )
        if not found:
            return None
        return Volume(label.value, system.value, bool(flags.value & _READ_ONLY_VOLUME))

    def is_usb(root: str) -> bool:
        """Whether a drive hangs on USB: USB hard disks are `FIXED` for Windows."""
        # No right is asked for, so that this needs no administrator.
        handle = _kernel.CreateFileW(
            f"\\\\.\\{root[:2]}", 0, _SHARE_ALL, None, _OPEN_EXISTING, 0, None
        )
        if handle in (None, _INVALID):
            return False
        try:
            query = (wintypes.DWORD * 3)()  # StorageDeviceProperty, PropertyStandardQuery
            answer, got = _DeviceDescriptor(), wintypes.DWORD()
            told = _kernel.DeviceIoControl(
                handle,
                _QUERY_PROPERTY,
                ctypes.byref(query),
                ctypes.sizeof(query),
                ctypes.byref(answer),
                ctypes.sizeof(answer),
                ctypes.byref(got),
                None,
            )
            return bool(told) and answer.BusType == _BUS_USB
        finally:
            _kernel.CloseHandle(handle)

    @contextmanager
    def _without_boxes() -> Iterator[None]:
        """Otherwise Windows asks the person to put a disk into an empty card reader."""
        before = wintypes.DWORD()
        _kernel.SetThreadErrorMode(_FAIL_CRITICAL_ERRORS, ctypes.byref(before))
        try:
            yield
        finally:
            _kernel.SetThreadErrorMode(before, None)
