"""三单: the lists, 共建单位 and agreements on one page; what units promised, and what they did."""
