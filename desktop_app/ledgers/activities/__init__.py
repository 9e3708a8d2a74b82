"""The ledger of activities: what was planned, who was there, and what came of it."""
