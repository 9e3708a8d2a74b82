"""A meeting's resolution and the problem it became name each other."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.ledgers.activities import store as activities
from desktop_app.ledgers.activities.rules.activity import Activity, Resolution
from desktop_app.ledgers.three_lists import store as lists
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.storage.session import Unit


def resolution_of(activity: Activity, uid: Uid) -> Resolution:
    """One resolution of an activity; `UserError` when it has none of that uid."""
    for resolution in activity.resolutions:
        if resolution.uid == uid:
            return resolution
    raise UserError("这场活动没有这条议定事项，没有改动。", "请刷新后再选。", field="resolution")


def settle_resolutions(unit: Unit, problem: Problem, *, everywhere: bool) -> list[str]:
    """Have the resolution that the problem came of point at it, and no other one.

    Looked at is the activity it names; with `everywhere` all there are, because the problem may
    have named another one before. Raises `UserError` where that resolution is another problem
    already.
    """
    wanted = None if problem.deleted else problem.resolution
    touched: dict[Uid, Activity] = {}
    if everywhere:
        naming = activities.naming_problem(unit.connection, problem.uid)
        touched = {one.uid: one for one in naming}
    if problem.activity is not None and problem.activity not in touched:
        found = activities.SHELF.get(unit.connection, problem.activity)
        if found is not None and not found.deleted:
            touched[found.uid] = found
    said = []
    for activity in touched.values():
        resolutions = tuple(_linked(unit, one, problem, wanted) for one in activity.resolutions)
        if resolutions != activity.resolutions:
            activities.SHELF.put(unit, altered(activity, resolutions=resolutions))
            said.append(f"{activity.number} 议定事项")
    return said


def _linked(unit: Unit, one: Resolution, problem: Problem, wanted: Uid | None) -> Resolution:
    if one.uid != wanted:
        return replace(one, link=None) if one.link == problem.uid else one
    if one.link is not None and one.link != problem.uid:
        other = lists.PROBLEM_SHELF.get(unit.connection, one.link)
        if other is not None and not other.deleted:
            raise UserError(
                f"这条议定事项已经转入问题清单（{other.number}），没有改动。",
                "请打开那个问题接着办。",
                field="resolution",
            )
    return replace(one, link=problem.uid)
