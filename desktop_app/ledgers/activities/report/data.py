"""What the papers of an activity are made from, and how its numbers and times are written. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.core.letterhead import Letterhead
from desktop_app.core.photos import Photo
from desktop_app.ledgers.activities.rules.activity import Activity, ActivityKind, Group, kind_label
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.activities.rules.counting import HeadCount
from desktop_app.printing import photo as pictures
from desktop_app.printing.blocks import written_date
from desktop_app.printing.photo_sheet import Captioned

_NOON, _EVENING = 12, 18


@dataclass(frozen=True, slots=True)
class ActivityData:
    """An activity with its sheet as `service.attendance_of` gives them.

    `photos` in the activity's order, made by `picture`; `solved` are the numbers of the items of
    the problem list it solved, `place` the name of its place of the register, needed only where
    the activity has no words for it, `issue` the 期号 of its brief.
    """

    activity: Activity
    rows: tuple[Attendance, ...]
    counts: HeadCount
    expected: int
    photos: tuple[Captioned, ...] = ()
    solved: tuple[str, ...] = ()
    place: str = ""
    issue: int = 1

    @property
    def where(self) -> str:
        """地点 as printed."""
        return self.activity.place_words or self.place

    @property
    def absent(self) -> int:
        """缺席: what 应到 and 实到 leave, so that the three agree on paper."""
        return max(0, self.expected - self.counts.present)

    @property
    def excused(self) -> list[Attendance]:
        """Who was expected, did not come, and stands on the sheet."""
        return [row for row in self.rows if not row.present and not row.deleted]


def picture(photo: Photo, jpeg: bytes) -> Captioned:
    """A photo of the record with its content, to be printed."""
    kept = pictures.Photo(jpeg, photo.width, photo.height, photo.sha256, photo.taken_on)
    return Captioned(kept, photo.caption)


def kind_words(activity: Activity) -> str:
    """The kind as a sentence needs it: 义诊活动, 三方联席会, 两议两评两公开会议."""
    label = "" if activity.kind == ActivityKind.OTHER else kind_label(activity.kind)
    if activity.meeting:
        return label if label.endswith(("会", "会议")) else f"{label}会议"
    return label if label.endswith("活动") else f"{label}活动"


def day_part(activity: Activity, head: Letterhead) -> str:
    """上午, 下午 or 晚上, by its beginning."""
    hour = head.local(activity.starts_at).hour
    return "上午" if hour < _NOON else "下午" if hour < _EVENING else "晚上"


def time_words(activity: Activity, head: Letterhead) -> str:
    """2026年11月23日 09:30—11:00; an end on the next day says so."""
    starts, ends = head.local(activity.starts_at), head.local(activity.ends_at)
    over = "次日" if ends.date() > starts.date() else ""
    return f"{written_date(activity.day)} {starts:%H:%M}—{over}{ends:%H:%M}"


def made_up_of(counts: HeadCount) -> str:
    """其中党员3人、群众5人, or 均为群众; nothing when nobody was there."""
    there = [group for group in Group if counts.people[group]]
    if len(there) <= 1:
        return "".join(f"均为{group.label}" for group in there)
    return "其中" + "、".join(f"{group.label}{counts.people[group]}人" for group in there)


def yuan(fen: int) -> str:
    """1,234.50"""
    return f"{fen // 100:,}.{fen % 100:02d}"


def paragraphs(text: str) -> Sequence[str]:
    """The paragraphs somebody typed; an empty line begins one, too."""
    return [line.strip() for line in text.splitlines() if line.strip()]
