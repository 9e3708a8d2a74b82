"""Places and their links as versioned records: the form the change log and bundles know."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.registers.places.fields import LINK_FIELDS, PLACE_FIELDS
from desktop_app.registers.places.rules import Place, PlaceLink

KIND = RecordKind("places", "地点", Place, PLACE_FIELDS, travels=True)
LINK = RecordKind("place_links", "地点关联", PlaceLink, LINK_FIELDS, travels=True)

KINDS = (KIND, LINK)
