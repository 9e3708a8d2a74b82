"""What reporting reads of the change log, remembers of the street, and writes when logs meet."""

from __future__ import annotations

import sqlalchemy as sa

Connection = sa.Connection
