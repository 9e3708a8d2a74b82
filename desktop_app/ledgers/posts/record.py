"""Posts, claims and shifts as kinds of record: their names in the change log, their plain form."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.ledgers.posts.fields import CLAIM_FIELDS, POST_FIELDS, SHIFT_FIELDS
from desktop_app.ledgers.posts.rules.claim import Claim
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.shift import Shift

POSTS = RecordKind("posts", "岗位", Post, POST_FIELDS, travels=True)
CLAIMS = RecordKind("claims", "岗位认领", Claim, CLAIM_FIELDS, travels=True)
SHIFTS = RecordKind("shifts", "值班", Shift, SHIFT_FIELDS, travels=True)

KINDS = (POSTS, CLAIMS, SHIFTS)
