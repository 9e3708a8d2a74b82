"""Joining a street, the keys of both sides, and what becomes of stations.

Every change needs `Right.MANAGE_STATION`, at the station as at the street.
"""

from desktop_app.registers.offices.service.joining import (
    Invited,
    Joined,
    Requested,
    RequestLook,
    Welcomed,
    accept,
    invite,
    join,
    look_at_request,
    request,
)
from desktop_app.registers.offices.service.reading import (
    my_street,
    station_line,
    station_lines,
    structure,
)

__all__ = [
    "Invited",
    "Joined",
    "RequestLook",
    "Requested",
    "Welcomed",
    "accept",
    "invite",
    "join",
    "look_at_request",
    "my_street",
    "request",
    "station_line",
    "station_lines",
    "structure",
]
