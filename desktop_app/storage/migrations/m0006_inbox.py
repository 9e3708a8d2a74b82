"""Step 6: 收件. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 6
TITLE = "收件"

SQLITE = (
    """
CREATE TABLE inbox_file (
	uid BLOB NOT NULL,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL CONSTRAINT ck_inbox_file_actor_length CHECK (length(actor) <= 200),
	name TEXT NOT NULL CONSTRAINT ck_inbox_file_name_length CHECK (length(name) <= 255),
	size INTEGER NOT NULL,
	parcel TEXT NOT NULL CONSTRAINT ck_inbox_file_parcel_length CHECK (length(parcel) <= 64),
	station TEXT NOT NULL CONSTRAINT ck_inbox_file_station_length CHECK (length(station) <= 64),
	station_name TEXT NOT NULL CONSTRAINT ck_inbox_file_station_name_length CHECK (length(station_name) <= 200),
	lineage TEXT NOT NULL CONSTRAINT ck_inbox_file_lineage_length CHECK (length(lineage) <= 200),
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	profile TEXT NOT NULL CONSTRAINT ck_inbox_file_profile_length CHECK (length(profile) <= 200),
	made_at INTEGER NOT NULL,
	program TEXT NOT NULL CONSTRAINT ck_inbox_file_program_length CHECK (length(program) <= 200),
	hash BLOB,
	outcome TEXT NOT NULL CONSTRAINT ck_inbox_file_outcome_known CHECK (outcome IN ('applied', 'parked', 'duplicate', 'gap', 'forked', 'refused')),
	sentence TEXT NOT NULL CONSTRAINT ck_inbox_file_sentence_length CHECK (length(sentence) <= 2000),
	sha256 TEXT NOT NULL CONSTRAINT ck_inbox_file_sha256_length CHECK (length(sha256) <= 64),
	counts TEXT NOT NULL,
	parked INTEGER NOT NULL,
	returned TEXT NOT NULL CONSTRAINT ck_inbox_file_returned_length CHECK (length(returned) <= 2000),
	returned_at INTEGER,
	CONSTRAINT pk_inbox_file PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_inbox_file_at ON inbox_file (at, uid)
""",
    """
CREATE INDEX ix_inbox_file_station ON inbox_file (station, at, uid)
""",
    """
CREATE TABLE parked (
	station TEXT NOT NULL,
	kind TEXT NOT NULL,
	uid BLOB NOT NULL,
	n INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	version INTEGER NOT NULL,
	at INTEGER NOT NULL,
	born INTEGER NOT NULL,
	profile TEXT NOT NULL CONSTRAINT ck_parked_profile_length CHECK (length(profile) <= 200),
	reason TEXT NOT NULL CONSTRAINT ck_parked_reason_length CHECK (length(reason) <= 64),
	field TEXT NOT NULL CONSTRAINT ck_parked_field_length CHECK (length(field) <= 64),
	since INTEGER NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_parked PRIMARY KEY (station, kind, uid)
)
 STRICT
""",
    """
CREATE TABLE received (
	station TEXT NOT NULL,
	n INTEGER NOT NULL,
	kind TEXT NOT NULL,
	uid BLOB,
	op TEXT NOT NULL CONSTRAINT ck_received_op_known CHECK (op IN ('put', 'delete', 'withheld')),
	revision INTEGER NOT NULL,
	version INTEGER NOT NULL,
	at INTEGER NOT NULL,
	digest BLOB NOT NULL,
	hash BLOB NOT NULL,
	form INTEGER,
	CONSTRAINT pk_received PRIMARY KEY (station, n)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE INDEX ix_received_gone ON received (station, kind, uid) WHERE op = 'delete'
""",
    """
CREATE INDEX ix_received_uid ON received (uid, n)
""",
    """
CREATE TABLE received_extra (
	kind TEXT NOT NULL,
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_received_extra PRIMARY KEY (kind, uid)
)
 STRICT
""",
    """
CREATE TABLE received_form (
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	profile TEXT NOT NULL CONSTRAINT ck_received_form_profile_length CHECK (length(profile) <= 200),
	fields TEXT NOT NULL,
	CONSTRAINT pk_received_form PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE TABLE received_photo (
	station TEXT NOT NULL,
	sha256 BLOB NOT NULL,
	at INTEGER NOT NULL,
	CONSTRAINT pk_received_photo PRIMARY KEY (station, sha256)
)
 STRICT
""",
    """
CREATE TABLE received_station (
	station TEXT NOT NULL,
	name TEXT NOT NULL CONSTRAINT ck_received_station_name_length CHECK (length(name) <= 200),
	applied INTEGER NOT NULL,
	hash BLOB NOT NULL,
	lineage TEXT NOT NULL CONSTRAINT ck_received_station_lineage_length CHECK (length(lineage) <= 200),
	earlier_lineages TEXT NOT NULL,
	profile TEXT NOT NULL CONSTRAINT ck_received_station_profile_length CHECK (length(profile) <= 200),
	projection TEXT NOT NULL CONSTRAINT ck_received_station_projection_length CHECK (length(projection) <= 200),
	made_at INTEGER NOT NULL,
	taken_at INTEGER NOT NULL,
	program TEXT NOT NULL CONSTRAINT ck_received_station_program_length CHECK (length(program) <= 200),
	missing_until INTEGER NOT NULL,
	photos_missing INTEGER NOT NULL,
	CONSTRAINT pk_received_station PRIMARY KEY (station)
)
 STRICT
""",
    """
CREATE TABLE received_tally (
	station TEXT NOT NULL,
	kind TEXT NOT NULL,
	rows INTEGER NOT NULL,
	changes INTEGER NOT NULL,
	head BLOB NOT NULL,
	CONSTRAINT pk_received_tally PRIMARY KEY (station, kind)
)
 STRICT
""",
)

POSTGRESQL = (
    """
CREATE TABLE inbox_file (
	uid UUID NOT NULL,
	at BIGINT NOT NULL,
	actor VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_actor_length CHECK (length(actor) <= 200),
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_name_length CHECK (length(name) <= 255),
	size BIGINT NOT NULL,
	parcel VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_parcel_length CHECK (length(parcel) <= 64),
	station VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_station_length CHECK (length(station) <= 64),
	station_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_station_name_length CHECK (length(station_name) <= 200),
	lineage VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_lineage_length CHECK (length(lineage) <= 200),
	first BIGINT NOT NULL,
	last BIGINT NOT NULL,
	profile VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_profile_length CHECK (length(profile) <= 200),
	made_at BIGINT NOT NULL,
	program VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_program_length CHECK (length(program) <= 200),
	hash BYTEA,
	outcome VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_outcome_known CHECK (outcome IN ('applied', 'parked', 'duplicate', 'gap', 'forked', 'refused')),
	sentence VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_sentence_length CHECK (length(sentence) <= 2000),
	sha256 VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_sha256_length CHECK (length(sha256) <= 64),
	counts TEXT NOT NULL,
	parked BIGINT NOT NULL,
	returned VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_inbox_file_returned_length CHECK (length(returned) <= 2000),
	returned_at BIGINT,
	CONSTRAINT pk_inbox_file PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_inbox_file_at ON inbox_file (at, uid)
""",
    """
CREATE INDEX ix_inbox_file_station ON inbox_file (station, at, uid)
""",
    """
CREATE TABLE parked (
	station VARCHAR COLLATE "C" NOT NULL,
	kind VARCHAR COLLATE "C" NOT NULL,
	uid UUID NOT NULL,
	n BIGINT NOT NULL,
	revision BIGINT NOT NULL,
	version BIGINT NOT NULL,
	at BIGINT NOT NULL,
	born BIGINT NOT NULL,
	profile VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_parked_profile_length CHECK (length(profile) <= 200),
	reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_parked_reason_length CHECK (length(reason) <= 64),
	field VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_parked_field_length CHECK (length(field) <= 64),
	since BIGINT NOT NULL,
	content VARCHAR NOT NULL,
	CONSTRAINT pk_parked PRIMARY KEY (station, kind, uid)
)
""",
    """
CREATE TABLE received (
	station VARCHAR COLLATE "C" NOT NULL,
	n BIGINT NOT NULL,
	kind VARCHAR COLLATE "C" NOT NULL,
	uid UUID,
	op VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_received_op_known CHECK (op IN ('put', 'delete', 'withheld')),
	revision BIGINT NOT NULL,
	version BIGINT NOT NULL,
	at BIGINT NOT NULL,
	digest BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	form BIGINT,
	CONSTRAINT pk_received PRIMARY KEY (station, n)
)
""",
    """
CREATE INDEX ix_received_gone ON received (station, kind, uid) WHERE op = 'delete'
""",
    """
CREATE INDEX ix_received_uid ON received (uid, n)
""",
    """
CREATE TABLE received_extra (
	kind VARCHAR COLLATE "C" NOT NULL,
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	content VARCHAR NOT NULL,
	CONSTRAINT pk_received_extra PRIMARY KEY (kind, uid)
)
""",
    """
CREATE TABLE received_form (
	id BIGINT NOT NULL,
	kind VARCHAR COLLATE "C" NOT NULL,
	profile VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_received_form_profile_length CHECK (length(profile) <= 200),
	fields TEXT NOT NULL,
	CONSTRAINT pk_received_form PRIMARY KEY (id)
)
""",
    """
CREATE TABLE received_photo (
	station VARCHAR COLLATE "C" NOT NULL,
	sha256 BYTEA NOT NULL,
	at BIGINT NOT NULL,
	CONSTRAINT pk_received_photo PRIMARY KEY (station, sha256)
)
""",
    """
CREATE TABLE received_station (
	station VARCHAR COLLATE "C" NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_received_station_name_length CHECK (length(name) <= 200),
	applied BIGINT NOT NULL,
	hash BYTEA NOT NULL,
	lineage VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_received_station_lineage_length CHECK (length(lineage) <= 200),
	earlier_lineages TEXT NOT NULL,
	profile VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_received_station_profile_length CHECK (length(profile) <= 200),
	projection VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_received_station_projection_length CHECK (length(projection) <= 200),
	made_at BIGINT NOT NULL,
	taken_at BIGINT NOT NULL,
	program VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_received_station_program_length CHECK (length(program) <= 200),
	missing_until BIGINT NOT NULL,
	photos_missing BIGINT NOT NULL,
	CONSTRAINT pk_received_station PRIMARY KEY (station)
)
""",
    """
CREATE TABLE received_tally (
	station VARCHAR COLLATE "C" NOT NULL,
	kind VARCHAR COLLATE "C" NOT NULL,
	rows BIGINT NOT NULL,
	changes BIGINT NOT NULL,
	head BYTEA NOT NULL,
	CONSTRAINT pk_received_tally PRIMARY KEY (station, kind)
)
""",
)
