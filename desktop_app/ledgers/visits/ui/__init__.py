"""What a clerk sees of visits: the list, one visit, and the sheets its steps are taken on."""
