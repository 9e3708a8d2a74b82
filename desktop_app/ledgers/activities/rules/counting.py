"""How many there were: from the rows of the sheet, and where somebody said otherwise. Pure.

A number is never typed in place of the sheet without a reason, and one that was corrected is shown
to be stale when the sheet changes afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment
from desktop_app.core.text import clean_line
from desktop_app.ledgers.activities.rules.activity import (
    MOST_EXPECTED,
    REASON_LIMIT,
    Action,
    Activity,
    CountCorrection,
    Group,
)
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.activities.rules.steps import refuse_unless, with_step


@dataclass(frozen=True, slots=True)
class HeadCount:
    """The people of one activity.

    `rows` is what the sheet gives by group, `people` the same after corrections. `listed` are all
    who stand on the sheet, `absent` those who were expected and did not come.
    """

    rows: Mapping[Group, int]
    people: Mapping[Group, int]
    listed: int
    absent: int

    @property
    def present(self) -> int:
        """实到: everybody, corrections included."""
        return sum(self.people.values())

    @property
    def corrected(self) -> frozenset[Group]:
        return frozenset(group for group in Group if self.people[group] != self.rows[group])


def head_count(activity: Activity, attendance: Iterable[Attendance]) -> HeadCount:
    """The people of an activity from its rows."""
    living = [row for row in attendance if not row.deleted]
    present = Counter(row.group for row in living if row.present)
    return counted(activity.corrections, present, len(living))


def counted(
    corrections: Iterable[CountCorrection], present: Mapping[Group, int], listed: int
) -> HeadCount:
    """The same from sums that the database has made."""
    rows = {group: present.get(group, 0) for group in Group}
    people = rows | {one.group: one.people for one in corrections}
    return HeadCount(rows, people, listed, listed - sum(rows.values()))


def expected(activity: Activity, counts: HeadCount) -> int:
    """应到: the number given beforehand, otherwise everybody on the sheet."""
    return counts.listed if activity.expected is None else activity.expected


def stale_groups(activity: Activity, counts: HeadCount) -> list[CountCorrection]:
    """Corrections of groups whose rows have changed since; they must be looked at again."""
    return [one for one in activity.corrections if one.rows != counts.rows[one.group]]


def with_counts(
    activity: Activity,
    people: Mapping[Group, int | None],
    reason: str,
    counts: HeadCount,
    moment: Moment,
) -> Activity:
    """The activity with other numbers for some groups; None goes back to the rows.

    Raises `InvalidInput` without a reason or for a number that cannot be.
    """
    refuse_unless(activity, Action.CORRECT_COUNT)
    problems: list[UserError] = []
    for number in people.values():
        if number is not None and not 0 <= number <= MOST_EXPECTED:
            problems.append(
                UserError("人数不对。", f"请填0到{MOST_EXPECTED}之间的数。", field="people")
            )
    why = clean_line(reason, limit=REASON_LIMIT, label="更正原因", field="reason")
    if not why:
        problems.append(
            UserError(
                "还没有写更正人数的原因，没有改动。",
                "人数由签到表得出；改成别的数，请写明原因，例如“有5人未签到”。",
                field="reason",
            )
        )
    if problems:
        raise InvalidInput(problems)
    kept = {one.group: one for one in activity.corrections}
    words = []
    for group, number in people.items():
        rows = counts.rows[group]
        kept.pop(group, None)
        if number is not None and number != rows:
            kept[group] = CountCorrection(group, number, rows, why, moment.actor, moment.at)
        words.append(f"{group.label} {counts.people[group]} → {rows if number is None else number}")
    corrections = tuple(kept[group] for group in Group if group in kept)
    changed = altered(activity, corrections=corrections)
    return with_step(changed, Action.CORRECT_COUNT, moment, f"{'，'.join(words)}（{why}）")
