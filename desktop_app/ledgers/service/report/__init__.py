"""What is printed of service: the certificate, the summary that is none, and the records."""

from desktop_app.ledgers.service.report.certificate import (
    CERTIFICATE_SENTENCES,
    SUMMARY_SENTENCES,
    SUMMARY_TITLE,
    CertificateData,
    certificate,
    certificate_values,
    summaries,
    summary,
    summary_values,
)
from desktop_app.ledgers.service.report.records import PersonBlock, RecordsData, records

__all__ = [
    "CERTIFICATE_SENTENCES",
    "SUMMARY_SENTENCES",
    "SUMMARY_TITLE",
    "CertificateData",
    "PersonBlock",
    "RecordsData",
    "certificate",
    "certificate_values",
    "records",
    "summaries",
    "summary",
    "summary_values",
]
