"""Step 5: 上报. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 5
TITLE = "上报"

SQLITE = (
    """
CREATE TABLE report_adopted (
	n INTEGER NOT NULL,
	kind TEXT NOT NULL,
	uid BLOB NOT NULL,
	op TEXT NOT NULL,
	revision INTEGER NOT NULL,
	version INTEGER NOT NULL,
	at INTEGER NOT NULL,
	digest BLOB NOT NULL,
	hash BLOB NOT NULL,
	CONSTRAINT pk_report_adopted PRIMARY KEY (n)
)
 STRICT
""",
    """
CREATE INDEX ix_report_adopted_digest ON report_adopted (digest)
""",
    """
CREATE INDEX ix_report_adopted_uid ON report_adopted (uid, n)
""",
    """
CREATE TABLE report_carried (
	kind TEXT NOT NULL,
	month TEXT NOT NULL,
	name TEXT NOT NULL,
	value INTEGER NOT NULL,
	CONSTRAINT pk_report_carried PRIMARY KEY (kind, month, name)
)
 STRICT
""",
    """
CREATE TABLE report_export (
	uid BLOB NOT NULL,
	made_at INTEGER NOT NULL,
	made_by BLOB,
	made_by_name TEXT NOT NULL CONSTRAINT ck_report_export_made_by_name_length CHECK (length(made_by_name) <= 60),
	profile TEXT NOT NULL CONSTRAINT ck_report_export_profile_length CHECK (length(profile) <= 20),
	reason TEXT NOT NULL CONSTRAINT ck_report_export_reason_length CHECK (length(reason) <= 200),
	second BLOB,
	second_name TEXT NOT NULL CONSTRAINT ck_report_export_second_name_length CHECK (length(second_name) <= 60),
	lineage TEXT NOT NULL CONSTRAINT ck_report_export_lineage_length CHECK (length(lineage) <= 40),
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	hash BLOB NOT NULL,
	projection TEXT NOT NULL,
	counts TEXT NOT NULL,
	photos INTEGER NOT NULL,
	files TEXT NOT NULL,
	size INTEGER NOT NULL,
	sha256 TEXT NOT NULL CONSTRAINT ck_report_export_sha256_length CHECK (length(sha256) <= 64),
	delivered_at INTEGER,
	delivered_to TEXT NOT NULL CONSTRAINT ck_report_export_delivered_to_length CHECK (length(delivered_to) <= 500),
	confirmed_at INTEGER,
	CONSTRAINT pk_report_export PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_report_export_made_at ON report_export (made_at)
""",
    """
CREATE TABLE report_pending (
	kind TEXT NOT NULL,
	uid BLOB NOT NULL,
	revision INTEGER NOT NULL,
	marked_at INTEGER NOT NULL,
	fields TEXT NOT NULL,
	CONSTRAINT pk_report_pending PRIMARY KEY (kind, uid)
)
 STRICT
""",
    """
CREATE TABLE report_photo (
	sha256 BLOB NOT NULL,
	confirmed_at INTEGER NOT NULL,
	only_there INTEGER NOT NULL,
	CONSTRAINT pk_report_photo PRIMARY KEY (sha256)
)
 STRICT
""",
    """
CREATE TABLE report_standing (
	one INTEGER NOT NULL CONSTRAINT ck_report_standing_single CHECK (one = 1),
	confirmed INTEGER NOT NULL,
	hash BLOB NOT NULL,
	confirmed_at INTEGER,
	projection TEXT NOT NULL,
	tallied INTEGER NOT NULL,
	tidied INTEGER NOT NULL,
	ahead INTEGER,
	receipt_at INTEGER,
	receipt TEXT NOT NULL,
	CONSTRAINT pk_report_standing PRIMARY KEY (one)
)
 STRICT
""",
    """
CREATE TABLE report_tally (
	kind TEXT NOT NULL,
	rows INTEGER NOT NULL,
	changes INTEGER NOT NULL,
	head BLOB NOT NULL,
	CONSTRAINT pk_report_tally PRIMARY KEY (kind)
)
 STRICT
""",
)

POSTGRESQL = (
    """
CREATE TABLE report_adopted (
	n BIGINT NOT NULL,
	kind VARCHAR COLLATE "C" NOT NULL,
	uid UUID NOT NULL,
	op VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	version BIGINT NOT NULL,
	at BIGINT NOT NULL,
	digest BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_report_adopted PRIMARY KEY (n)
)
""",
    """
CREATE INDEX ix_report_adopted_digest ON report_adopted (digest)
""",
    """
CREATE INDEX ix_report_adopted_uid ON report_adopted (uid, n)
""",
    """
CREATE TABLE report_carried (
	kind VARCHAR COLLATE "C" NOT NULL,
	month VARCHAR COLLATE "C" NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL,
	value BIGINT NOT NULL,
	CONSTRAINT pk_report_carried PRIMARY KEY (kind, month, name)
)
""",
    """
CREATE TABLE report_export (
	uid UUID NOT NULL,
	made_at BIGINT NOT NULL,
	made_by UUID,
	made_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_report_export_made_by_name_length CHECK (length(made_by_name) <= 60),
	profile VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_report_export_profile_length CHECK (length(profile) <= 20),
	reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_report_export_reason_length CHECK (length(reason) <= 200),
	second UUID,
	second_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_report_export_second_name_length CHECK (length(second_name) <= 60),
	lineage VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_report_export_lineage_length CHECK (length(lineage) <= 40),
	first BIGINT NOT NULL,
	last BIGINT NOT NULL,
	hash BYTEA NOT NULL,
	projection TEXT NOT NULL,
	counts TEXT NOT NULL,
	photos BIGINT NOT NULL,
	files TEXT NOT NULL,
	size BIGINT NOT NULL,
	sha256 VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_report_export_sha256_length CHECK (length(sha256) <= 64),
	delivered_at BIGINT,
	delivered_to VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_report_export_delivered_to_length CHECK (length(delivered_to) <= 500),
	confirmed_at BIGINT,
	CONSTRAINT pk_report_export PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_report_export_made_at ON report_export (made_at)
""",
    """
CREATE TABLE report_pending (
	kind VARCHAR COLLATE "C" NOT NULL,
	uid UUID NOT NULL,
	revision BIGINT NOT NULL,
	marked_at BIGINT NOT NULL,
	fields TEXT NOT NULL,
	CONSTRAINT pk_report_pending PRIMARY KEY (kind, uid)
)
""",
    """
CREATE TABLE report_photo (
	sha256 BYTEA NOT NULL,
	confirmed_at BIGINT NOT NULL,
	only_there SMALLINT NOT NULL,
	CONSTRAINT pk_report_photo PRIMARY KEY (sha256)
)
""",
    """
CREATE TABLE report_standing (
	one BIGSERIAL NOT NULL CONSTRAINT ck_report_standing_single CHECK (one = 1),
	confirmed BIGINT NOT NULL,
	hash BYTEA NOT NULL,
	confirmed_at BIGINT,
	projection TEXT NOT NULL,
	tallied BIGINT NOT NULL,
	tidied BIGINT NOT NULL,
	ahead BIGINT,
	receipt_at BIGINT,
	receipt TEXT NOT NULL,
	CONSTRAINT pk_report_standing PRIMARY KEY (one)
)
""",
    """
CREATE TABLE report_tally (
	kind VARCHAR COLLATE "C" NOT NULL,
	rows BIGINT NOT NULL,
	changes BIGINT NOT NULL,
	head BYTEA NOT NULL,
	CONSTRAINT pk_report_tally PRIMARY KEY (kind)
)
""",
)
