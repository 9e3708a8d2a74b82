"""Who gives time to the neighbourhood: volunteers, their teams, who was in which team when."""
