"""The resident's screen, the clerk's end of it, and the page 评价."""
