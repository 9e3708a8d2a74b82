"""The page on which a paper is looked at, worded, printed and saved; the office's own words."""
