"""The three lists for the command line."""

from __future__ import annotations

LEDGERS = ()
