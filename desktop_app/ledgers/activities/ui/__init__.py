"""What a clerk sees of activities: list and calendar, the plan, and the page of one activity."""
