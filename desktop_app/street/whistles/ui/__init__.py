"""The page 吹哨 of a street."""
