"""Who works at the station: operators, their roles, and the rules for passwords and PINs."""
