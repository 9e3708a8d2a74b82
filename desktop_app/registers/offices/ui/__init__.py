"""Widgets of the register of stations that the pages of a street share."""
