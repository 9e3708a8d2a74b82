"""The sheets of activities and of who took part."""

from desktop_app.ledgers.activities.sheet.activities import ACTIVITIES_SHEET
from desktop_app.ledgers.activities.sheet.attendance import ATTENDANCE_SHEET

SHEETS = (ACTIVITIES_SHEET, ATTENDANCE_SHEET)
