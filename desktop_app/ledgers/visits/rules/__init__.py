"""The rules of visits: what one is (`visit`), what may be entered (`entry`), which step may follow
which (`steps`). Pure: no database, no clock, no screen."""
