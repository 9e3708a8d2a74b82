"""Service records and certificates as kinds of record: names in the change log, plain form."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.ledgers.service.fields import CERTIFICATE_FIELDS, SERVICE_FIELDS
from desktop_app.ledgers.service.rules.certificate import Certificate
from desktop_app.ledgers.service.rules.service_record import ServiceRecord

SERVICE = RecordKind("service", "服务记录", ServiceRecord, SERVICE_FIELDS, travels=True)
CERTIFICATES = RecordKind("certificates", "服务证明", Certificate, CERTIFICATE_FIELDS, travels=True)

KINDS = (SERVICE, CERTIFICATES)
