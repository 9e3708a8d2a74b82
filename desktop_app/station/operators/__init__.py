"""操作员: the own account, and for who manages them everybody's."""
