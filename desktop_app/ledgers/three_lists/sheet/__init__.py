"""The sheets of the three lists: problems, what is offered, who is responsible."""

from desktop_app.ledgers.three_lists.sheet.duties import DUTIES_SHEET
from desktop_app.ledgers.three_lists.sheet.offers import OFFERS_SHEET
from desktop_app.ledgers.three_lists.sheet.problems import PROBLEMS_SHEET

SHEETS = (PROBLEMS_SHEET, OFFERS_SHEET, DUTIES_SHEET)
