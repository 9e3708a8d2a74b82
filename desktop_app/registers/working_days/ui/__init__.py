"""The section 工作日历 of 设置: a month to look at and to change by keyboard."""
