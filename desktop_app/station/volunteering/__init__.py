"""志愿: the page of volunteers, teams and what joins them with the ledgers."""
