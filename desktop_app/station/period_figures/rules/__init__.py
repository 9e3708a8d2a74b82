"""What a period's report is made of, how it compares with others, and its charts. Pure."""
