"""What is printed of the three lists: the lists themselves, 任务交办单 and 问题销号单.

They go to units and to meetings: none of them tells the name, the number or the door of a resident.
"""

from __future__ import annotations

from desktop_app.ledgers.three_lists.report.closing_sheet import closing_sheet
from desktop_app.ledgers.three_lists.report.data import DutyData, ListsData, evidence
from desktop_app.ledgers.three_lists.report.duty_sheet import duty_sheet
from desktop_app.ledgers.three_lists.report.lists import three_lists

__all__ = ["DutyData", "ListsData", "closing_sheet", "duty_sheet", "evidence", "three_lists"]
