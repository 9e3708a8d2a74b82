"""Posts (岗位): who claims one, who is on duty when.

There is no `figures.py` on purpose: what a month's service comes to is counted from service
records, in minutes that somebody has confirmed. An evening that also counted here, as a shift,
would stand in a report twice.
"""
