"""吹哨: what stations escalated to their street, and what the street says to it."""
