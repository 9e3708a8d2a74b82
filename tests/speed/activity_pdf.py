"""How long 活动总结 of two pages and six photos takes to become a PDF, beside its photos alone.

The photos are shrunk already, as they are kept. Both are measured turn by turn with the faces
registered, on the wall and in CPU seconds, because the person who pressed 预览 waits on the wall.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

from desktop_app.ledgers.activities.report import SENTENCES, activity
from desktop_app.printing.document import render
from desktop_app.printing.pictures import Photos
from tests.ledgers.activities.papers import HEAD, data, photos, words
from tests.printing.papers import official

DEFAULTS: dict[str, Any] = {"rounds": 9, "photos": 6}
MOST_SECONDS = 1.0


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians of both, their ratio, and whether the promise holds."""
    shown = photos(options["photos"])
    of = data(photos=shown, solved=("QR01-W2026A-00012",))
    whole = activity(of, words(SENTENCES, of), HEAD)
    alone = official(Photos(shown))
    size = len(render(whole))
    render(alone)
    taken: dict[str, list[float]] = {"whole": [], "whole_cpu": [], "alone": [], "alone_cpu": []}
    for _ in range(options["rounds"]):
        for name, document in (("whole", whole), ("alone", alone)):
            wall, cpu = _timed(lambda document=document: render(document))  # type: ignore[misc]
            taken[name].append(wall)
            taken[f"{name}_cpu"].append(cpu)
    median = {name: statistics.median(found) for name, found in taken.items()}
    return {
        "wall_s": round(median["whole"], 3),
        "slowest_wall_s": round(max(taken["whole"]), 3),
        "cpu_s": round(median["whole_cpu"], 3),
        "photos_alone_wall_s": round(median["alone"], 3),
        "photos_alone_cpu_s": round(median["alone_cpu"], 3),
        "ratio_to_photos_alone": round(median["whole_cpu"] / median["alone_cpu"], 2),
        "kib": size // 1024,
        "photos_kib": sum(len(one.photo.data) for one in shown) // 1024,
        "holds": median["whole"] <= MOST_SECONDS,
    }


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu
