"""三单共建: what residents need, what units can give, and who does what until it is closed.

Three kinds of record: a problem (问题清单), an offer (共建清单), a duty (责任清单), which is one
match of the two or a problem dispatched without an offer.
"""
