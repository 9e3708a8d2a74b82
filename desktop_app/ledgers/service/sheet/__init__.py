"""The sheets of service records, and of certificates, which are only written."""

from desktop_app.ledgers.service.sheet.certificates import CERTIFICATES_SHEET
from desktop_app.ledgers.service.sheet.records import SERVICE_SHEET

SHEETS = (SERVICE_SHEET, CERTIFICATES_SHEET)
