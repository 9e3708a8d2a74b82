"""The section 操作员 of 设置 and its sheets."""
