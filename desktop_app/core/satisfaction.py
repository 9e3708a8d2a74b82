"""好差评: the five levels in which a resident says how a matter was dealt with."""

from __future__ import annotations

from desktop_app.core.fields import LabelledEnum


class Satisfaction(LabelledEnum):
    """好差评, five levels (GB/T 39735-2020). 未评价 is the absence of one, not a level."""

    VERY_SATISFIED = "very_satisfied", "非常满意"
    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    VERY_DISSATISFIED = "very_dissatisfied", "非常不满意"
