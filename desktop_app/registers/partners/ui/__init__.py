"""Screens of 共建单位."""
