"""The page 报表."""
