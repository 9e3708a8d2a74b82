"""Step 1: the tables of the foundation. Frozen: a later change of the schema is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 1
TITLE = "基础表"

SQLITE = (
    """
CREATE TABLE audit (
	n INTEGER NOT NULL,
	at INTEGER NOT NULL,
	actor BLOB,
	actor_name TEXT NOT NULL CONSTRAINT ck_audit_actor_name_length CHECK (length(actor_name) <= 60),
	action TEXT NOT NULL CONSTRAINT ck_audit_action_length CHECK (length(action) <= 60),
	subject TEXT NOT NULL CONSTRAINT ck_audit_subject_length CHECK (length(subject) <= 200),
	detail TEXT NOT NULL CONSTRAINT ck_audit_detail_length CHECK (length(detail) <= 2000),
	hash BLOB NOT NULL,
	CONSTRAINT pk_audit PRIMARY KEY (n)
)
 STRICT
""",
    """
CREATE INDEX ix_audit_at ON audit (at)
""",
    """
CREATE INDEX ix_audit_subject ON audit (subject, n)
""",
    """
CREATE TABLE chain_head (
	name TEXT NOT NULL,
	n INTEGER NOT NULL,
	hash BLOB NOT NULL,
	CONSTRAINT pk_chain_head PRIMARY KEY (name)
)
 STRICT
""",
    """
CREATE TABLE change (
	n INTEGER NOT NULL,
	kind TEXT NOT NULL,
	uid BLOB NOT NULL,
	op TEXT NOT NULL CONSTRAINT ck_change_op_known CHECK (op IN ('put', 'delete')),
	revision INTEGER NOT NULL,
	version INTEGER NOT NULL,
	at INTEGER NOT NULL,
	salt BLOB NOT NULL,
	digest BLOB NOT NULL,
	hash BLOB NOT NULL,
	payload TEXT,
	CONSTRAINT pk_change PRIMARY KEY (n)
)
 STRICT
""",
    """
CREATE INDEX ix_change_uid ON change (uid, n)
""",
    """
CREATE TABLE counter (
	name TEXT NOT NULL,
	value INTEGER NOT NULL,
	CONSTRAINT pk_counter PRIMARY KEY (name)
)
 STRICT
""",
    """
CREATE TABLE draft (
	owner BLOB NOT NULL,
	form TEXT NOT NULL,
	at INTEGER NOT NULL,
	content TEXT NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (owner, form)
)
 STRICT
""",
    """
CREATE TABLE meta (
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_meta PRIMARY KEY (name)
)
 STRICT
""",
    """
CREATE TABLE setting (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL CONSTRAINT ck_setting_value_length CHECK (length(value) <= 4000),
	CONSTRAINT pk_setting PRIMARY KEY ("key")
)
 STRICT
""",
    """
INSERT INTO meta (name, value) VALUES ('schema_version', '0')
""",
)

POSTGRESQL = (
    """
CREATE TABLE audit (
	n BIGINT NOT NULL,
	at BIGINT NOT NULL,
	actor UUID,
	actor_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_audit_actor_name_length CHECK (length(actor_name) <= 60),
	action VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_audit_action_length CHECK (length(action) <= 60),
	subject VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_audit_subject_length CHECK (length(subject) <= 200),
	detail VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_audit_detail_length CHECK (length(detail) <= 2000),
	hash BYTEA NOT NULL,
	CONSTRAINT pk_audit PRIMARY KEY (n)
)
""",
    """
CREATE INDEX ix_audit_at ON audit (at)
""",
    """
CREATE INDEX ix_audit_subject ON audit (subject, n)
""",
    """
CREATE TABLE chain_head (
	name VARCHAR COLLATE "C" NOT NULL,
	n BIGINT NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_chain_head PRIMARY KEY (name)
)
""",
    """
CREATE TABLE change (
	n BIGINT NOT NULL,
	kind VARCHAR COLLATE "C" NOT NULL,
	uid UUID NOT NULL,
	op VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_change_op_known CHECK (op IN ('put', 'delete')),
	revision BIGINT NOT NULL,
	version BIGINT NOT NULL,
	at BIGINT NOT NULL,
	salt BYTEA NOT NULL,
	digest BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	payload TEXT,
	CONSTRAINT pk_change PRIMARY KEY (n)
)
""",
    """
CREATE INDEX ix_change_uid ON change (uid, n)
""",
    """
CREATE TABLE counter (
	name VARCHAR COLLATE "C" NOT NULL,
	value BIGINT NOT NULL,
	CONSTRAINT pk_counter PRIMARY KEY (name)
)
""",
    """
CREATE TABLE draft (
	owner UUID NOT NULL,
	form VARCHAR COLLATE "C" NOT NULL,
	at BIGINT NOT NULL,
	content TEXT NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (owner, form)
)
""",
    """
CREATE TABLE meta (
	name VARCHAR COLLATE "C" NOT NULL,
	value VARCHAR COLLATE "C" NOT NULL,
	CONSTRAINT pk_meta PRIMARY KEY (name)
)
""",
    """
CREATE TABLE setting (
	key VARCHAR COLLATE "C" NOT NULL,
	value VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_setting_value_length CHECK (length(value) <= 4000),
	CONSTRAINT pk_setting PRIMARY KEY (key)
)
""",
    """
INSERT INTO meta (name, value) VALUES ('schema_version', '0')
""",
)
