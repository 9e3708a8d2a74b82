"""The page 站点: the list of stations, how they join, and what becomes of them."""
