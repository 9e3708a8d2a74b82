"""Step 7: 总览汇总. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.

NUMBER = 7
TITLE = "总览汇总"

# By hand: an index of a table that was there before.
_BY_STATION = """
CREATE INDEX ix_visit_station ON visit (station, at, uid) WHERE deleted_at IS NULL AND petition = 0
"""

SQLITE = (
    _BY_STATION,
    """
CREATE TABLE rollup (
	cut TEXT NOT NULL,
	month TEXT NOT NULL,
	station TEXT NOT NULL,
	name TEXT NOT NULL,
	part TEXT NOT NULL,
	value INTEGER NOT NULL,
	CONSTRAINT pk_rollup PRIMARY KEY (cut, month, station, name, part)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE TABLE rollup_month (
	station TEXT NOT NULL,
	month TEXT NOT NULL,
	marked INTEGER NOT NULL,
	counted INTEGER NOT NULL,
	version TEXT NOT NULL,
	CONSTRAINT pk_rollup_month PRIMARY KEY (station, month)
)
 STRICT
""",
    """
CREATE TABLE rollup_total (
	cut TEXT NOT NULL,
	month TEXT NOT NULL,
	name TEXT NOT NULL,
	part TEXT NOT NULL,
	value INTEGER NOT NULL,
	CONSTRAINT pk_rollup_total PRIMARY KEY (cut, month, name, part)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE TABLE rollup_withheld (
	station TEXT NOT NULL,
	month TEXT NOT NULL,
	name TEXT NOT NULL,
	value INTEGER NOT NULL,
	CONSTRAINT pk_rollup_withheld PRIMARY KEY (station, month, name)
)
 STRICT
""",
)

POSTGRESQL = (
    _BY_STATION,
    """
CREATE TABLE rollup (
	cut VARCHAR COLLATE "C" NOT NULL,
	month VARCHAR COLLATE "C" NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL,
	part VARCHAR COLLATE "C" NOT NULL,
	value BIGINT NOT NULL,
	CONSTRAINT pk_rollup PRIMARY KEY (cut, month, station, name, part)
)
""",
    """
CREATE TABLE rollup_month (
	station VARCHAR COLLATE "C" NOT NULL,
	month VARCHAR COLLATE "C" NOT NULL,
	marked BIGINT NOT NULL,
	counted BIGINT NOT NULL,
	version VARCHAR COLLATE "C" NOT NULL,
	CONSTRAINT pk_rollup_month PRIMARY KEY (station, month)
)
""",
    """
CREATE TABLE rollup_total (
	cut VARCHAR COLLATE "C" NOT NULL,
	month VARCHAR COLLATE "C" NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL,
	part VARCHAR COLLATE "C" NOT NULL,
	value BIGINT NOT NULL,
	CONSTRAINT pk_rollup_total PRIMARY KEY (cut, month, name, part)
)
""",
    """
CREATE TABLE rollup_withheld (
	station VARCHAR COLLATE "C" NOT NULL,
	month VARCHAR COLLATE "C" NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL,
	value BIGINT NOT NULL,
	CONSTRAINT pk_rollup_withheld PRIMARY KEY (station, month, name)
)
""",
)
