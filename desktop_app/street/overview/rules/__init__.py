"""What a street's overview is made of: what it tells, who has reported, its charts. Pure."""
