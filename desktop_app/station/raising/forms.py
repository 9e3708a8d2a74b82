"""The form of a problem as a request or a resolution fills it in. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.core.origin import Source
from desktop_app.ledgers.activities.rules.activity import Activity, Resolution
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.three_lists.rules.problem_entry import ProblemForm

OTHER = "其他"
"""A problem must have a category; a request or a resolution need not have one."""


def form_of_request(request: Request) -> ProblemForm:
    """Who, where and what of a request. Its title names nobody, so it becomes the description;
    what was said in private (情况) stays with the request."""
    return ProblemForm(
        source=request.source,
        compound=request.compound,
        building=request.building,
        category=request.category or OTHER,
        description=request.title,
        urgency=request.urgency,
        raiser=request.name,
        raiser_phone=request.phone,
        request=request.uid,
        visit=request.visit,
        activity=request.activity,
        resolution=request.resolution,
        listed=True,
    )


def form_of_resolution(activity: Activity, resolution: Resolution, today: date) -> ProblemForm:
    """What a meeting decided should be done, wanted by the day it named."""
    due = resolution.due if resolution.due is not None and resolution.due >= today else None
    return ProblemForm(
        source=Source.MEETING,
        category=OTHER,
        description=resolution.words,
        activity=activity.uid,
        resolution=resolution.uid,
        wanted_by=due,
        listed=True,
    )


def linked_to(form: ProblemForm, proposal: ProblemForm) -> ProblemForm:
    """What a clerk made of a proposal, which cannot change what it came of; who raised it is taken
    from there, too, because a screen shows that person's number masked."""
    kept = {
        name: getattr(proposal, name)
        for name in ("source", "request", "visit", "activity", "resolution")
    }
    return replace(
        form,
        raiser=proposal.raiser or form.raiser,
        raiser_phone=proposal.raiser_phone or form.raiser_phone,
        listed=True,
        **kept,
    )
