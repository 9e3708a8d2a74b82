"""Step 4: 街道与站点. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 4
TITLE = "街道与站点"

SQLITE = (
    """
CREATE TABLE invitation (
	id TEXT NOT NULL,
	made_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	CONSTRAINT pk_invitation PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE TABLE join_request (
	id TEXT NOT NULL,
	digest TEXT NOT NULL,
	signer TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	street_code TEXT NOT NULL CONSTRAINT ck_join_request_street_code_length CHECK (length(street_code) <= 8),
	street_name TEXT NOT NULL CONSTRAINT ck_join_request_street_name_length CHECK (length(street_name) <= 40),
	street_signing BLOB NOT NULL,
	street_recipients TEXT NOT NULL,
	made_at INTEGER NOT NULL,
	closed_at INTEGER,
	CONSTRAINT pk_join_request PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE TABLE own_key (
	public TEXT NOT NULL,
	role TEXT NOT NULL CONSTRAINT ck_own_key_role_known CHECK (role IN ('signing', 'opening', 'paper')),
	state TEXT NOT NULL CONSTRAINT ck_own_key_state_known CHECK (state IN ('current', 'requested', 'announced', 'retired')),
	secret TEXT,
	since INTEGER NOT NULL,
	until INTEGER,
	CONSTRAINT pk_own_key PRIMARY KEY (public)
)
 STRICT
""",
    """
CREATE UNIQUE INDEX uq_own_key_current ON own_key (role) WHERE state = 'current'
""",
    """
CREATE TABLE own_street (
	signing BLOB NOT NULL,
	code TEXT NOT NULL CONSTRAINT ck_own_street_code_length CHECK (length(code) <= 8),
	name TEXT NOT NULL CONSTRAINT ck_own_street_name_length CHECK (length(name) <= 40),
	recipients TEXT NOT NULL,
	joined_at INTEGER NOT NULL,
	left_at INTEGER,
	CONSTRAINT pk_own_street PRIMARY KEY (signing)
)
 STRICT
""",
    """
CREATE TABLE station_entry (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	code TEXT NOT NULL CONSTRAINT ck_station_entry_code_length CHECK (length(code) <= 8),
	name TEXT NOT NULL CONSTRAINT ck_station_entry_name_length CHECK (length(name) <= 40),
	since TEXT NOT NULL,
	until TEXT,
	state TEXT NOT NULL CONSTRAINT ck_station_entry_state_known CHECK (state IN ('expected', 'joined', 'revoked', 'merged', 'moved')),
	successor TEXT NOT NULL CONSTRAINT ck_station_entry_successor_length CHECK (length(successor) <= 8),
	origin TEXT NOT NULL CONSTRAINT ck_station_entry_origin_length CHECK (length(origin) <= 8),
	moved_to TEXT NOT NULL CONSTRAINT ck_station_entry_moved_to_length CHECK (length(moved_to) <= 40),
	earlier_names TEXT NOT NULL,
	note TEXT NOT NULL CONSTRAINT ck_station_entry_note_length CHECK (length(note) <= 500),
	CONSTRAINT pk_station_entry PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE UNIQUE INDEX uq_station_entry_code ON station_entry (code)
""",
    """
CREATE TABLE station_key (
	public BLOB NOT NULL,
	n INTEGER NOT NULL,
	station TEXT NOT NULL CONSTRAINT ck_station_key_station_length CHECK (length(station) <= 8),
	recipient TEXT NOT NULL,
	lineage TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER,
	revoked_at INTEGER,
	reason TEXT NOT NULL CONSTRAINT ck_station_key_reason_length CHECK (length(reason) <= 200),
	used_at INTEGER,
	request TEXT NOT NULL,
	CONSTRAINT pk_station_key PRIMARY KEY (public)
)
 STRICT
""",
    """
CREATE INDEX ix_station_key_station ON station_key (station, n)
""",
)

POSTGRESQL = (
    """
CREATE TABLE invitation (
	id VARCHAR COLLATE "C" NOT NULL,
	made_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	CONSTRAINT pk_invitation PRIMARY KEY (id)
)
""",
    """
CREATE TABLE join_request (
	id VARCHAR COLLATE "C" NOT NULL,
	digest VARCHAR COLLATE "C" NOT NULL,
	signer VARCHAR COLLATE "C" NOT NULL,
	fingerprint VARCHAR COLLATE "C" NOT NULL,
	street_code VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_join_request_street_code_length CHECK (length(street_code) <= 8),
	street_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_join_request_street_name_length CHECK (length(street_name) <= 40),
	street_signing BYTEA NOT NULL,
	street_recipients TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	closed_at BIGINT,
	CONSTRAINT pk_join_request PRIMARY KEY (id)
)
""",
    """
CREATE TABLE own_key (
	public VARCHAR COLLATE "C" NOT NULL,
	role VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_own_key_role_known CHECK (role IN ('signing', 'opening', 'paper')),
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_own_key_state_known CHECK (state IN ('current', 'requested', 'announced', 'retired')),
	secret TEXT,
	since BIGINT NOT NULL,
	until BIGINT,
	CONSTRAINT pk_own_key PRIMARY KEY (public)
)
""",
    """
CREATE UNIQUE INDEX uq_own_key_current ON own_key (role) WHERE state = 'current'
""",
    """
CREATE TABLE own_street (
	signing BYTEA NOT NULL,
	code VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_own_street_code_length CHECK (length(code) <= 8),
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_own_street_name_length CHECK (length(name) <= 40),
	recipients TEXT NOT NULL,
	joined_at BIGINT NOT NULL,
	left_at BIGINT,
	CONSTRAINT pk_own_street PRIMARY KEY (signing)
)
""",
    """
CREATE TABLE station_entry (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	code VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_station_entry_code_length CHECK (length(code) <= 8),
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_station_entry_name_length CHECK (length(name) <= 40),
	since VARCHAR COLLATE "C" NOT NULL,
	until VARCHAR COLLATE "C",
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_station_entry_state_known CHECK (state IN ('expected', 'joined', 'revoked', 'merged', 'moved')),
	successor VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_station_entry_successor_length CHECK (length(successor) <= 8),
	origin VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_station_entry_origin_length CHECK (length(origin) <= 8),
	moved_to VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_station_entry_moved_to_length CHECK (length(moved_to) <= 40),
	earlier_names TEXT NOT NULL,
	note VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_station_entry_note_length CHECK (length(note) <= 500),
	CONSTRAINT pk_station_entry PRIMARY KEY (uid)
)
""",
    """
CREATE UNIQUE INDEX uq_station_entry_code ON station_entry (code)
""",
    """
CREATE TABLE station_key (
	public BYTEA NOT NULL,
	n BIGINT NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_station_key_station_length CHECK (length(station) <= 8),
	recipient VARCHAR COLLATE "C" NOT NULL,
	lineage VARCHAR COLLATE "C" NOT NULL,
	since BIGINT NOT NULL,
	until BIGINT,
	revoked_at BIGINT,
	reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_station_key_reason_length CHECK (length(reason) <= 200),
	used_at BIGINT,
	request VARCHAR COLLATE "C" NOT NULL,
	CONSTRAINT pk_station_key PRIMARY KEY (public)
)
""",
    """
CREATE INDEX ix_station_key_station ON station_key (station, n)
""",
)
