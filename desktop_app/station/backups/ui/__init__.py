"""The section 备份 of 设置."""
