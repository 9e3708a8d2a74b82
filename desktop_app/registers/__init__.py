"""What ledgers point at: who, where, which unit, which operator, which matter, which day."""
