"""What service records and certificates are, which step may follow which, what is counted. Pure."""
