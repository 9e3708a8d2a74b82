"""The sheets of posts, of who claimed them, and of who stands there when."""

from desktop_app.ledgers.posts.sheet.people import CLAIMS_SHEET, SHIFTS_SHEET
from desktop_app.ledgers.posts.sheet.posts import POSTS_SHEET

SHEETS = (POSTS_SHEET, CLAIMS_SHEET, SHIFTS_SHEET)
