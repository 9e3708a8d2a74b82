"""The rules of the three lists: records, steps, matching, the board. Pure."""
