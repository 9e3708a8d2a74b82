"""志愿: the page of volunteers, teams and what joins them with the ledgers."""
"""What joins volunteers, posts, service and 报到 with the other ledgers of a station."""
