"""The ledgers: what happened at the station, one folder each. They do not know each other."""
