"""The rules of requests: what one is (`request`), what may be entered (`entry`), which step may
follow which (`steps`), what they change (`course`). Pure: no database, no clock, no screen."""
