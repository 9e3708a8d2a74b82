"""What a clerk sees of activities: the list and the calendar, a plan, and one activity."""
