"""What joins volunteers, posts, service and 报到 with each other and with the other ledgers of a
station; and the page 志愿."""
