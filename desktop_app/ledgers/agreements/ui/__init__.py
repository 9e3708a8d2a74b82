"""Screens of 共建协议."""
