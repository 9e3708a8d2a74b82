"""共建协议: what a station's party organisation and a unit agreed on, and what becomes of it."""
