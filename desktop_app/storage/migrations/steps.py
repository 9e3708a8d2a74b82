"""The explicit list of steps, in order. A released one is never edited; new ones follow it."""

from __future__ import annotations

from types import ModuleType

from desktop_app.storage.migrations import (
    m0001_foundation,
    m0002_activities,
    m0003_papers,
    m0004_offices,
    m0005_reporting,
    m0006_inbox,
    m0007_overview,
    m0008_agreements,
    m0009_requests,
    m0010_three_lists,
    m0011_whistles,
    m0012_volunteers,
    m0013_party,
    m0014_posts,
    m0015_service,
    m0016_imports,
    m0017_sheet_templates,
)

STEPS: tuple[ModuleType, ...] = (
    m0001_foundation,
    m0002_activities,
    m0003_papers,
    m0004_offices,
    m0005_reporting,
    m0006_inbox,
    m0007_overview,
    m0008_agreements,
    m0009_requests,
    m0010_three_lists,
    m0011_whistles,
    m0012_volunteers,
    m0013_party,
    m0014_posts,
    m0015_service,
    m0016_imports,
    m0017_sheet_templates,
)

LATEST: int = STEPS[-1].NUMBER
