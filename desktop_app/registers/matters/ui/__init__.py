"""The section 事项目录 of 设置: the list of matters and the form of one."""
