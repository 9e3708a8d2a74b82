"""The section 站点 of 设置."""
