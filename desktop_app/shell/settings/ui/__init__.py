"""The page 设置, and its section about this PC."""
