"""The stations of a street: how they stand, and the files by which they join and are helped."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.picking import pick
from desktop_app.core.rights import Right
from desktop_app.core.settings import STATION_REMIND_DAYS
from desktop_app.registers.offices import service as offices
from desktop_app.registers.offices.rules import StationEntry
from desktop_app.registers.offices.service import RequestLook, Rescued
from desktop_app.registers.offices.written import Written, flushed
from desktop_app.storage.files import write_atomic
from desktop_app.storage.os_errors import translate_away_error
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings
from desktop_app.street.inbox import service as inbox
from desktop_app.street.stations.rules import Order, StationStand, Wanted, arranged, stand_of

INVITATION = "street.json"
MOST_BYTES = 1 << 20
_READABLE = 0o644
"""What is in these files is signed or sealed, and whoever opens them elsewhere is another user."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The stations of a street: those that are `shown`, and all that are `living`, of which `late`
    are to be reminded."""

    shown: tuple[StationStand, ...]
    living: tuple[StationEntry, ...]
    late: int
    remind_days: int


@dataclass(frozen=True, slots=True)
class InvitationSaved:
    """The file for the stations lies there. `paper_key` is the street's second key, shown once."""

    written: Written
    fingerprint: str
    expires_at: Millis
    paper_key: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class WelcomeSaved:
    """The station has joined, and the file that tells it so lies there."""

    written: Written
    station: StationEntry
    fingerprint: str
    replaced: bool


def listed(desk: Desk, wanted: Wanted) -> Listed:
    """Every station that `wanted` leaves, with what it sent."""
    reports = {report.code: report for report in inbox.reports(desk)}
    with desk.reading(needs=Right.READ) as connection:
        remind_days = read_settings(connection)[STATION_REMIND_DAYS]
    today, zone = desk.today, desk.database.zone
    stands = [
        stand_of(line, reports.get(line.entry.code), today, zone, remind_days)
        for line in offices.station_lines(desk)
        if not line.entry.deleted
    ]
    living = [stand for stand in stands if not stand.entry.state.over]
    shown = stands if wanted.over else living
    if wanted.search.strip():
        shown = pick(shown, wanted.search, _names)
    late = sum(stand.late for stand in living)
    entries = tuple(stand.entry for stand in arranged(living, Order.CODE))
    return Listed(tuple(arranged(shown, wanted.order)), entries, late, remind_days)


def _names(stand: StationStand) -> tuple[str, ...]:
    earlier = (one.name for one in stand.entry.earlier_names)
    return (stand.entry.name, stand.code, *earlier)


def save_invitation(desk: Desk, folder: Path) -> InvitationSaved:
    """Write the file with which stations ask to join; the first makes the street's keys, too."""
    invited = offices.invite(desk)
    path = folder / INVITATION
    write_atomic(path, invited.content, what="保存邀请文件", mode=_READABLE)
    return InvitationSaved(
        flushed([path]), invited.fingerprint, invited.expires_at, invited.paper_key
    )


def look_at_request(desk: Desk, path: Path) -> tuple[bytes, RequestLook]:
    """The request in a file and what it says; refused when it cannot be accepted."""
    content = _content(path)
    return content, offices.look_at_request(desk, content)


def accept(
    desk: Desk, content: bytes, folder: Path, *, replace_pc: bool, expected: str = ""
) -> WelcomeSaved:
    """Accept a request, and write the file that tells the station so.

    `replace_pc`: it had another PC, which is not believed any more. Accepting the same request
    again writes the same file again.
    """
    welcomed = offices.accept(desk, content, replace_pc=replace_pc, expected=expected)
    path = folder / f"welcome-{welcomed.station.code}.json"
    write_atomic(path, welcomed.content, what="保存接收文件", mode=_READABLE)
    return WelcomeSaved(flushed([path]), welcomed.station, welcomed.fingerprint, welcomed.replaced)


def rescue(desk: Desk, path: Path, reason: str) -> Rescued:
    """The code that opens a station which nobody can open any more; the audit says why."""
    return offices.rescue(desk, _content(path), reason)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise translate_away_error(error, "读取文件") from error
    if len(content) > MOST_BYTES:
        raise UserError(
            f"“{path.name}”太大，不是站点的申请文件，没有改动。", "请检查是否选对了文件。"
        )
    return content
