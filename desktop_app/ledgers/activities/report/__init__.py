"""What is printed of an activity: 活动总结, 活动简报, 签到表.

Each is a pure function from an activity's data to a document. `SENTENCES` and `BRIEF_SENTENCES` are
what an office may word; `values` fills their gaps.
"""

from __future__ import annotations

from desktop_app.ledgers.activities.report.brief import BRIEF_LENGTH, brief, told_of_length
from desktop_app.ledgers.activities.report.data import ActivityData, picture
from desktop_app.ledgers.activities.report.sign_in import ROWS, TALL_ROWS, sign_in
from desktop_app.ledgers.activities.report.summary import activity
from desktop_app.ledgers.activities.report.wording import BRIEF_SENTENCES, SENTENCES, values

__all__ = [
    "BRIEF_LENGTH",
    "BRIEF_SENTENCES",
    "ROWS",
    "SENTENCES",
    "TALL_ROWS",
    "ActivityData",
    "activity",
    "brief",
    "picture",
    "sign_in",
    "told_of_length",
    "values",
]
