"""Joining a street, the keys of both sides, and what becomes of stations.

Every change needs `Right.MANAGE_STATION`, at the station as at the street.
"""

from desktop_app.registers.offices.service.answering import (
    Invited,
    RequestLook,
    Welcomed,
    accept,
    invite,
    look_at_request,
)
from desktop_app.registers.offices.service.asking import Joined, Requested, join, request
from desktop_app.registers.offices.service.changing import (
    merge,
    move_out,
    reinstate,
    rename,
    rename_here,
    split,
)
from desktop_app.registers.offices.service.keys import (
    Recovered,
    confirm_known_keys,
    recover_key,
    revoke,
    rotate,
)
from desktop_app.registers.offices.service.reading import (
    Asked,
    my_request,
    my_street,
    station_line,
    station_lines,
    structure,
)
from desktop_app.registers.offices.service.rescuing import (
    Rescued,
    ask_for_rescue,
    deposit_rescue,
    rescue,
)

__all__ = [
    "Asked",
    "Invited",
    "Joined",
    "Recovered",
    "RequestLook",
    "Requested",
    "Rescued",
    "Welcomed",
    "accept",
    "ask_for_rescue",
    "confirm_known_keys",
    "deposit_rescue",
    "invite",
    "join",
    "look_at_request",
    "merge",
    "move_out",
    "my_request",
    "my_street",
    "recover_key",
    "reinstate",
    "rename",
    "rename_here",
    "request",
    "rescue",
    "revoke",
    "rotate",
    "split",
    "station_line",
    "station_lines",
    "structure",
]
