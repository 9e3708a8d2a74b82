"""The counter: who came, with what, and what the day has brought so far."""
