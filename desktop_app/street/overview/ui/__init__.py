"""The page 总览: the street's figures, who has not reported, every part of it."""
