"""What an export is, how far it has come, and how a station stands with its street."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.travel import Profile

REASON_LIMIT = 200
REASON_LEAST = 4
KEPT_YEARS = 3
"""How long an export stays on record (数据出境与提供的留痕)."""


class Phase(LabelledEnum):
    """How far an export has come. Only a receipt confirms."""

    EXPORTED = "exported", "已导出"
    DELIVERED = "delivered", "已送达"
    CONFIRMED = "confirmed", "已确认"


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file of an export: its name, bytes, and SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Export:
    """One 上报 as it stays on record.

    It carries the changes `first` to `last` (none when `last` is the one before `first`); `hash` is
    the chain's at `last`. `counts` are lines by table of the bundle. `size` adds up all files,
    `sha256` is the bundle's; `second` the second person of a full one.
    """

    uid: Uid
    made_at: Millis
    made_by: Uid | None
    made_by_name: str
    profile: Profile
    reason: str = ""
    second: Uid | None = None
    second_name: str = ""
    lineage: str
    first: int
    last: int
    hash: bytes
    projection: Mapping[str, Any]
    counts: Mapping[str, int]
    photos: int
    files: tuple[SentFile, ...]
    size: int
    sha256: str
    delivered_at: Millis | None = None
    delivered_to: str = ""
    confirmed_at: Millis | None = None

    @property
    def phase(self) -> Phase:
        """已导出, 已送达 or 已确认."""
        if self.confirmed_at is not None:
            return Phase.CONFIRMED
        return Phase.EXPORTED if self.delivered_at is None else Phase.DELIVERED

    @property
    def changes(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Second:
    """A second person who has proven a password for a full export."""

    uid: Uid
    name: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What pressing 上报 did. `paths` are the files where they were delivered, or in the outbox
    when no folder was given."""

    export: Export
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class PendingMark:
    """待补: what the street could not give back whole of a record. `fields` are names with the
    masked value it had (empty when it had none); `revision` is the record's at that time."""

    kind: str
    uid: Uid
    revision: int
    marked_at: Millis
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReportingState:
    """How a station stands with its street.

    `waiting` changes and `photos_waiting` photos are not confirmed yet, `pending` records have
    something to be filled in. `needs_reconcile` is a
    sentence when 重新对账 must come before the next export, else empty. `parked` is how many
    records the street has put aside, `returned` what it said when it sent a bundle back.
    """

    street: str
    last_export: Export | None
    last_delivery: Export | None
    confirmed: int
    confirmed_at: Millis | None
    waiting: int
    photos_waiting: int
    pending: int
    needs_reconcile: str = ""
    parked: int = 0
    returned: str = ""
    clock_offset: int | None = None


def checked_reason(profile: Profile, reason: str, second: Second | None, actor: Uid | None) -> str:
    """The reason as it goes on record. Raises `UserError` when a full export lacks something."""
    said = " ".join(reason.split())
    if len(said) > REASON_LIMIT:
        raise UserError(
            f"上报原因超过 {REASON_LIMIT} 个字，没有导出。", "请写得短一些。", field="reason"
        )
    if profile is not Profile.FULL:
        return said
    if len(said) < REASON_LEAST:
        raise UserError(
            "上报完整资料必须写明原因，没有导出，数据都在。",
            f"请写清楚街道为什么需要完整资料（至少 {REASON_LEAST} 个字）。",
            field="reason",
        )
    if second is None or second.uid == actor:
        raise UserError(
            "上报完整资料要有第二个人同意，没有导出，数据都在。",
            "请另一位有“维护站点”权限的操作员输入自己的密码。",
            field="second",
        )
    return said


def file_name(station: str, first: int, last: int, *, photo_part: int = 0) -> str:
    """`上报包-QR01-000121-000340.jlb`; what is inside shows in nothing else."""
    ending = f"-照片{photo_part}" if photo_part else ""
    return f"上报包-{station}-{first:06d}-{last:06d}{ending}.jlb"
